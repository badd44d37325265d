"""Does what an account would have a move do agree with the futures with and without it?"""

import numpy as np
import pytest

from game.engine.bound import pure
from game.play.forecast import Forecaster
from game.play.game import Game
from game.play.leanings import leanings


@pytest.fixture(scope="module")
def game(ruleset):
    game = Game(ruleset, 8, pure(ruleset, 2))
    game.resolve({})
    return game


def test_as_the_futures_with_and_without_the_move(ruleset, game):
    move = ruleset.move_at[0, "train_regulars"]
    target = ruleset.indicator_at["forces_readiness"]
    (points,) = leanings(ruleset, game.evidence(0), [move]).transpose(1, 0, 2)
    forecaster = Forecaster(ruleset, 0)
    idle, made = forecaster.look(game.evidence(0), ()), forecaster.look(game.evidence(0), (move,))
    for reading in range(len(ruleset.readings)):
        ahead = made[reading].means[0, target] - idle[reading].means[0, target]
        assert points[reading, target] == pytest.approx(ahead, abs=0.3)


def test_moves_that_the_readings_judge_alike_and_unlike(ruleset, game):
    moves = [at for at, move in enumerate(ruleset.moves) if move.role == 0 and move.kind == "policy"]
    points = leanings(ruleset, game.evidence(0), moves)
    assert points.shape == (len(ruleset.readings), len(moves), len(ruleset.indicators))
    assert np.ptp(points, axis=0).max() > 1.0
    assert np.isfinite(points).all()
