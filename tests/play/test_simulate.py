"""Figures do not depend on how many processes play the games."""

import os

import pytest

from game.play.simulate import Request, simulate
from game.scenario.loading import load


def test_games_shared_with_another_process_give_the_same_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    tutorial, told, figures = load("tutorial"), [], []
    for processors in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda count=processors: count)
        told.append([])
        figures.append(simulate(tutorial, Request(games=25_000, readings=()), told[-1].append))
    assert figures[0] == figures[1]
    for shares in told:
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1.0)
