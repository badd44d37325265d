"""Is a game played again what it says: the same orders and luck, and only what was asked for different?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.base.digest import word_of
from game.engine import judge
from game.engine.bound import pure
from game.engine.chance import roots_from
from game.engine.state import begin
from game.play.demo import demo
from game.play.game import Game
from game.play.replay import NOTICED, again, luck, offered, parting, turning_points, under, without


@pytest.fixture(scope="module")
def game(ruleset):
    return demo(ruleset, 7, pure(ruleset, 1))


@pytest.fixture(scope="module")
def other_game(ruleset):
    return demo(ruleset, 11, pure(ruleset, 2))


def same(one, two):
    return all(
        np.array_equal(getattr(first.after, name), getattr(second.after, name))
        for first, second in zip(one.steps, two.steps, strict=True)
        for name in ("x", "pending", "capital", "fired", "seats", "signed", "in_force")
    )


def test_under_its_own_world_a_game_is_bit_for_bit_the_same(game, other_game):
    for played in (game, other_game):
        replay = again(played, played.world)
        assert replay.left_out == ()
        assert same(played, replay.game)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**63), reading=st.integers(0, 2), data=st.data())
def test_any_orders_come_out_the_same(ruleset, seed, reading, data):
    """Orders drawn at random, as far as they are legal, and the answers by default that they leave."""
    from game.engine.moves import legal_part

    played = Game(ruleset, seed, pure(ruleset, reading))
    while not played.over:
        wanted = np.zeros((len(ruleset.moves), 1), bool)
        wanted[data.draw(st.lists(st.integers(0, len(ruleset.moves) - 1), max_size=12)), 0] = True
        legal = legal_part(ruleset, played.state, wanted)[:, 0]
        played.resolve({0: tuple(map(int, np.flatnonzero(legal)))})
    replay = again(played, played.world)
    assert replay.left_out == ()
    assert same(played, replay.game)


def test_another_reading_differs_only_by_its_coefficients_until_states_part(ruleset, game):
    for reading in (0, 2):
        replay = under(game, reading).game
        for turn, (one, two) in enumerate(zip(game.steps, replay.steps, strict=True), start=1):
            if not np.array_equal(one.before.x, two.before.x) or not same_causes(one, two):
                break
            differing = rules(game, turn) ^ rules(replay, turn)
            coefficients = {
                at
                for at in range(len(ruleset.rules))
                if game.bound.coefficients[at] != replay.bound.coefficients[at]
            }
            named = {rule for rule, _target, _points in differing}
            assert named <= coefficients
            acting = {rule for rule, _t, _p in rules(game, turn) | rules(replay, turn)}
            assert named == acting & coefficients
        assert turn > 1


def same_causes(one, two):
    return np.array_equal(one.causes.fired, two.causes.fired) and np.array_equal(
        one.causes.moves, two.causes.moves
    )


def rules(game, turn):
    return {
        (term.rule, term.target, float(term.points[0]))
        for term in game.ledger(turn)
        if term.source == "rule" and term.points[0] != 0.0
    }


def test_the_first_parting_is_the_first_noticed_difference(game):
    other = under(game, 0).game
    found = parting(game, other)
    assert found is not None
    for turn in range(1, found.turn):
        assert np.abs(other.steps[turn - 1].after.x - game.steps[turn - 1].after.x).max() < NOTICED
    apart = (other.steps[found.turn - 1].after.x - game.steps[found.turn - 1].after.x)[:, 0]
    assert found.apart == pytest.approx(apart[found.indicator])
    assert abs(found.apart) == pytest.approx(np.abs(apart).max())
    assert all(term.target == found.indicator for terms in found.terms for term in terms)
    assert parting(game, again(game, game.world).game) is None


def test_a_branch_is_the_game_with_that_order(ruleset, game):
    replay = again(game, game.world, {(3, 0): ()})
    naive = Game(ruleset, game.seed, game.world)
    for turn, order in enumerate(game.orders, start=1):
        kept = [at for at in order if not (turn == 3 and ruleset.moves[at].role == 0)]
        kept = [at for at in kept if (turn, at) not in replay.left_out]
        naive.resolve({0: kept}, game.steps[turn - 1].forced)
    assert same(naive, replay.game)
    assert not same(game, replay.game)


def test_what_is_offered_was_possible_or_ordered(ruleset, game):
    from game.engine.moves import possible

    for turn in (1, 6):
        for role in range(len(ruleset.roles)):
            moves = offered(game, turn, role)
            ordered = [at for at in game.orders[turn - 1] if ruleset.moves[at].role == role]
            assert set(ordered) <= set(moves)
            assert all(possible(ruleset, game.states()[turn - 1])[at, 0] or at in ordered for at in moves)


def test_bots_take_over_from_a_branch_on(game):
    replay = again(game, game.world, {(4, 1): ()}, bots_from=5)
    assert replay.game.orders[:3] == game.orders[:3]
    assert replay.game.over
    assert not any(game.ruleset.moves[at].role == 1 for at in replay.game.orders[3])
    mine = [[at for at in order if game.ruleset.moves[at].role == 1] for order in game.orders[4:]]
    kept = [[at for at in order if game.ruleset.moves[at].role == 1] for order in replay.game.orders[4:]]
    left_out = {at for turn, at in replay.left_out if turn > 4}
    assert kept == [[at for at in order if at not in left_out] for order in mine]


def test_other_lucks_are_games_with_those_roots(ruleset, game):
    found = luck(game, 24)
    roots = roots_from(word_of(f"luck:{game.seed}"), 24)
    for lane in (0, 11, 23):
        state = begin(ruleset, roots[lane : lane + 1])
        single = Game(ruleset, 0, game.world)
        single._start = state
        single = again_from(game, single)
        for role in range(len(ruleset.roles)):
            assert judge.score(ruleset, single.state, role)[0] == found.scores[role, lane]
    assert found.outcomes.sum() == pytest.approx(1.0)
    assert ((found.below >= 0) & (found.below <= 1)).all()


def again_from(game, single):
    from game.engine.moves import legal_part

    for order, step in zip(game.orders, game.steps, strict=True):
        wanted = np.zeros((len(game.ruleset.moves), 1), bool)
        wanted[list(order), 0] = True
        legal = legal_part(game.ruleset, single.state, wanted)[:, 0]
        single.resolve({0: tuple(map(int, np.flatnonzero(legal)))}, step.forced)
    return single


def test_what_a_move_came_to_is_the_game_without_it(ruleset, game):
    found = without(game)
    assert len(found) == sum(map(len, game.orders))
    assert [item.size for item in found] == sorted((item.size for item in found), reverse=True)
    for item in (found[0], found[len(found) // 2], found[-1]):
        role = ruleset.moves[item.move].role
        rest = [at for at in game.orders[item.turn - 1] if ruleset.moves[at].role == role and at != item.move]
        replay = again(game, game.world, {(item.turn, role): rest}).game
        assert np.allclose(item.values, game.state.x[:, 0] - replay.state.x[:, 0])
        assert item.outcome == judge.outcomes(ruleset, replay.state)[0]


def test_two_games_have_their_own_turning_points(game, other_game):
    first, second = turning_points(game), turning_points(other_game)
    assert len(first) == len({item.turn for item in first}) == 3
    assert [(item.turn, item.move) for item in first] != [(item.turn, item.move) for item in second]
