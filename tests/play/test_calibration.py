"""Is the evidence calibrated? Of all that was said to be likely to some degree, that share is true.

Worlds are drawn from the prior; quick bots of drawn belief play. `HYPOTHESIS_PROFILE=long` plays 3000 games.
"""

import os

import numpy as np
import pytest

from game.engine.bound import pure
from game.engine.worlds import drawn
from game.play.evidence import first_evidence, weigh
from game.play.game import Game
from game.play.plans import moves_chosen
from game.play.quick import QuickBot

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
GAMES, MOST_ERROR = (3000, 0.03) if IS_LONG else (48, 0.09)
BINS = 10


def curve(said, came):
    """Return for each bin that was used: mean said, share true, how many."""
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    return [(said[bins == at].mean(), came[bins == at].mean(), (bins == at).sum()) for at in np.unique(bins)]


def error_of(points):
    total = sum(count for _said, _came, count in points)
    return sum(abs(said - came) * count for said, came, count in points) / total


@pytest.fixture(scope="module")
def weights(ruleset):
    """P(reading) as each seat had it, [games, roles, turns, K], and the true reading of each game."""
    roles, readings = len(ruleset.roles), len(ruleset.readings)
    found = np.zeros((GAMES, roles, ruleset.turns, readings))
    truth = np.zeros(GAMES, int)
    for number in range(GAMES):
        truth[number] = drawn(ruleset, number)
        game = Game(ruleset, number, pure(ruleset, truth[number]))
        beliefs = np.random.default_rng(number).integers(readings, size=roles)
        bots = [QuickBot(ruleset, role, pure(ruleset, belief)) for role, belief in enumerate(beliefs)]
        while not game.over:
            moves = moves_chosen(ruleset, game.state, bots)[:, 0]
            game.resolve({0: np.flatnonzero(moves)})
        for role in range(roles):
            evidence = first_evidence(ruleset, role)
            for turn in range(1, ruleset.turns + 1):
                evidence = weigh(ruleset, evidence, game.seen(role, turn))
                found[number, role, turn - 1] = evidence.weights
    return found, truth


def test_evidence_is_calibrated_for_every_seat_together(weights, capsys):
    found, truth = weights
    came = np.broadcast_to(np.eye(found.shape[3])[truth][:, None, None], found.shape)
    points = curve(found.ravel(), came.ravel())
    with capsys.disabled():
        if IS_LONG:
            print(f"\ncalibration error {error_of(points):.4f}")
            print("\n".join(f"said {said:.3f} true {share:.3f} of {count}" for said, share, count in points))
    assert error_of(points) < MOST_ERROR
    assert [said for said, _share, _count in points] == sorted(said for said, _share, _count in points)


def test_evidence_is_calibrated_for_each_seat(weights):
    found, truth = weights
    for role in range(found.shape[1]):
        own = found[:, role]
        came = np.broadcast_to(np.eye(own.shape[2])[truth][:, None], own.shape)
        assert error_of(curve(own.ravel(), came.ravel())) < 1.5 * MOST_ERROR


def test_the_truth_grows_likelier_turn_by_turn(weights):
    found, truth = weights
    means = found[np.arange(len(truth)), :, :, truth].mean(axis=(0, 1))
    assert means[1] < 0.5
    assert means[0] < means[len(means) // 2] < means[-1]
    assert means[-1] > 0.7
