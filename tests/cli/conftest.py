"""Shared by the tests of commands: one run in this process, quicker than in one of its own, and saved games."""

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from game.cli.main import run
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from game.scenario.loading import Loaded
from tests.cli.command import Ran, environment


@pytest.fixture
def run_here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Return a function that runs `rival-readings WORDS` in this process; nothing can be typed.

    It is for what opens no window. Where `home` is named, nothing is written outside that folder.
    """

    def run_words(*words: str, home: Path | None = None) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rival-readings", *words])
        if home is not None:
            for name, value in environment(home).items():
                monkeypatch.setenv(name, value)
            monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as left:
            run()
        shown = capsys.readouterr()
        code = left.value.code
        return Ran(code if isinstance(code, int) else 0, shown.out, shown.err)

    return run_words


@pytest.fixture(scope="session")
def saves(baghdad: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A game that is `over` and one that is `running`; whoever changes one takes a copy."""
    folder = tmp_path_factory.mktemp("saves")
    found = {}
    for name, turns in (("over", 11), ("running", 2)):
        found[name] = folder / f"{name}.jsonl"
        table = Table.start(baghdad, ["government"], found[name], seed=5)
        for turn in range(1, turns + 1):
            moves = ("public_schedule",) if turn == 1 else ()
            LocalSeat(table, "government").confirm(Order(turn=turn, moves=moves))
        table.close()
    return found
