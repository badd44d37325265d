"""What a seat can know: from what it saw alone, and in the end mostly the truth."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.bound import pure
from game.engine.worlds import drawn, world_of
from game.play.batch import Circumstances
from game.play.demo import play_thoughtful
from game.play.evidence import first_evidence, weigh
from game.play.game import Game
from game.play.plans import moves_chosen
from game.play.quick import QuickBot


def quick_game(ruleset, seed, reading):
    bots = [QuickBot(ruleset, role) for role in range(len(ruleset.roles))]
    game = Game(ruleset, seed, pure(ruleset, reading))
    while not game.over:
        moves = moves_chosen(ruleset, game.state, bots)[:, 0]
        game.resolve({0: np.flatnonzero(moves)})
    return game


@pytest.fixture(scope="module")
def games(ruleset):
    return [quick_game(ruleset, 100 + number, number % len(ruleset.readings)) for number in range(9)]


def test_the_true_reading_comes_out_on_average(ruleset, games):
    last = [
        game.evidence(role).weights[number % len(ruleset.readings)]
        for number, game in enumerate(games)
        for role in range(len(ruleset.roles))
    ]
    first = 1.0 / len(ruleset.readings)
    assert float(np.mean(last)) > 2.0 * first


def test_weights_are_probabilities_after_every_turn(ruleset, games):
    for turn in range(ruleset.turns + 1):
        evidence = games[0].evidence(1, turn)
        assert evidence.weights.sum() == pytest.approx(1.0)
        assert (evidence.weights >= 0.0).all()
        for state in evidence.particles:
            assert np.isfinite(state.x).all()
            assert len(set(state.roots.tolist())) == state.lanes


@given(role=st.integers(0, 3), at=st.integers(0, 24), value=st.floats(0.0, 100.0))
def test_an_unheard_report_changes_nothing(ruleset, games, role, at, value):
    item = ruleset.indicators[at]
    seen = games[0].seen(role, 1)
    reports = seen.reports.copy()
    if not item.hidden[role]:
        reports[at] = value
    before = first_evidence(ruleset, role)
    one = weigh(ruleset, before, seen)
    two = weigh(ruleset, before, replace(seen, reports=reports))
    same = np.array_equal(one.weights, two.weights)
    assert same or not item.hidden[role]


def test_same_sights_same_evidence_whatever_the_seed(ruleset, games):
    seen = [games[0].seen(2, turn) for turn in range(1, 6)]
    once = twice = first_evidence(ruleset, 2)
    for item in seen:
        once, twice = weigh(ruleset, once, item), weigh(ruleset, twice, item)
    assert np.array_equal(once.weights, twice.weights)


def test_worlds_are_drawn_by_their_prior(ruleset):
    counts = np.bincount([drawn(ruleset, seed) for seed in range(3000)], minlength=len(ruleset.readings))
    assert counts / 3000 == pytest.approx(ruleset.prior, abs=0.03)
    assert world_of(ruleset, 5).sum() == 1.0


def test_simulated_games_of_search_bots_are_single_games(ruleset):
    (path,) = play_thoughtful(ruleset, pure(ruleset, 0), Circumstances(forbidden=(0,)), 5, 1)
    assert len(path) == ruleset.turns + 1
