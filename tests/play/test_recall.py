"""A game that is read again goes as it went before, without being worked out anew."""

import numpy as np
import pytest

from game.engine.bound import pure
from game.play.game import Game

SEED = 11


@pytest.fixture
def played(baghdad):
    game = Game(baghdad.ruleset, SEED, pure(baghdad.ruleset, 0))
    for turn in range(4):
        game.resolve(orders(baghdad.ruleset, turn))
    for role in range(4):
        game.estimates(role)
    return game


def orders(ruleset, turn):
    """Return an order of one policy of each role, another one every turn."""
    found = {}
    for role in range(len(ruleset.roles)):
        mine = [at for at, move in enumerate(ruleset.moves) if move.role == role and move.kind == "policy"]
        found[role] = [mine[turn % len(mine)]]
    return found


def again(game, **changed):
    """Begin the same game anew, or one that differs, and let it recall the first."""
    given = {"ruleset": game.ruleset, "seed": game.seed, "world": game.world, **changed}
    other = Game(**given)
    other.recall(game)
    return other


def test_what_goes_the_same_way_is_taken(played):
    other = again(played)
    for turn in range(4):
        backwards = dict(reversed(orders(played.ruleset, turn).items()))
        assert other.resolve(backwards) is played.steps[turn]
    assert [len(other.known_estimates(role)) for role in range(4)] == [5] * 4
    step = other.resolve({})
    assert np.array_equal(step.after.x, played.resolve({}).after.x)


def test_what_goes_another_way_is_worked_out(played):
    other, alone = again(played), Game(played.ruleset, SEED, played.world)
    for game in (other, alone):
        game.resolve(orders(played.ruleset, 0))
        game.resolve(orders(played.ruleset, 3))
        game.resolve(orders(played.ruleset, 2))
    assert other.steps[0] is played.steps[0]
    assert other.steps[1] is not played.steps[1]
    assert not np.array_equal(other.steps[2].after.x, played.steps[2].after.x)
    assert np.array_equal(other.steps[2].after.x, alone.steps[2].after.x)
    assert [len(other.known_estimates(role)) for role in range(4)] == [2] * 4
    for role in range(4):
        for mine, its in zip(other.estimates(role), alone.estimates(role), strict=True):
            assert np.array_equal(mine[0], its[0])


def test_an_event_that_was_made_to_happen_is_no_longer_if_it_is_not(played):
    forced = again(played)
    assert forced.resolve(orders(played.ruleset, 0), forced=(0,)) is not played.steps[0]


@pytest.mark.parametrize("changed", ["seed", "world"])
def test_another_game_is_not_recalled(played, changed):
    given = {"seed": SEED + 1} if changed == "seed" else {"world": pure(played.ruleset, 1)}
    other = again(played, **given)
    assert other.resolve(orders(played.ruleset, 0)) is not played.steps[0]
