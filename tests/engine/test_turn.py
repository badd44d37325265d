"""The turn as the model describes it, on a small ruleset made by hand."""

import copy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine import chance
from game.engine.bound import Bound, bind, pure
from game.engine.ledger import Step, ledger
from game.engine.moves import Hand, first_obstacle, legal_part
from game.engine.state import State, begin, horizon, side_by_side
from game.engine.turn import resolve
from tests.engine.small import RULESET

ARRAYS = [name for name in State.__slots__ if name != "turn"]
seeds = st.integers(0, 2**64 - 1)
worlds = st.floats(0.0, 1.0).map(lambda share: np.array([share, 1.0 - share]))


def play(bound: Bound, roots: np.ndarray, luck: int) -> list[Step]:
    """Play random legal moves; what each lane does depends on its own root alone."""
    state = begin(RULESET, roots)
    steps = []
    for turn in range(1, RULESET.turns + 1):
        names = chance.streams(f"test:{luck}:{at}" for at in range(len(RULESET.moves)))
        wanted = chance.uniform(roots, turn, names) < 0.5
        after, causes = resolve(bound, state, legal_part(RULESET, state, wanted))
        steps.append(Step(state, causes, after))
        state = after
    return steps


@given(seed=seeds, world=worlds, luck=st.integers(0, 9), lanes=st.integers(2, 9))
def test_lanes_equal_single_games_bit_for_bit(seed, world, luck, lanes):
    together = play(bind(RULESET, world), chance.roots_from(seed, lanes), luck)
    for lane in range(lanes):
        alone = play(bind(RULESET, world), chance.roots_of([seed + lane]), luck)
        for one, many in zip(alone, together, strict=True):
            for name in ARRAYS:
                left, right = getattr(one.after, name)[..., 0], getattr(many.after, name)[..., lane]
                assert np.array_equal(left, right), name


@given(
    seed=seeds,
    luck=st.integers(0, 9),
    lanes=st.integers(1, 5),
    shares=st.lists(worlds, min_size=2, max_size=4),
)
def test_worlds_side_by_side_equal_each_alone_bit_for_bit(seed, luck, lanes, shares):
    roots = chance.roots_from(seed, lanes)
    together = play(bind(RULESET, *shares), np.tile(roots, len(shares)), luck)
    for part, world in enumerate(shares):
        for one, many in zip(play(bind(RULESET, world), roots, luck), together, strict=True):
            for name in ARRAYS:
                left, right = getattr(one.after, name), getattr(many.after, name)
                assert np.array_equal(left, right[..., part * lanes : (part + 1) * lanes]), name


def test_games_that_share_their_luck_have_it_each():
    roots, words = chance.roots_from(5, 3), chance.streams(["event:one", "noise:two"])
    alone = begin(RULESET, roots)
    together = side_by_side([alone, alone])
    assert together.lanes == 6
    assert len(together.roots) == 3
    for draw in ("uniform", "normal"):
        luck = getattr(alone, draw)(words, 4)
        assert np.array_equal(getattr(together, draw)(words, 4), np.tile(luck, 2))
        assert np.array_equal(getattr(together.take(np.array([4, 0])), draw)(words, 4), luck[:, [1, 0]])


def test_where_a_rule_rises_in_one_world_and_falls_in_another_each_fades_as_it_should():
    turned = replace(RULESET, rules=tuple(replace(rule, coefficients=(1.0, -1.0)) for rule in RULESET.rules))
    shares = [pure(turned, 0), pure(turned, 1)]
    state = begin(turned, chance.roots_from(3, 2))
    moves = orders(0, 1, 3) & np.ones(2, bool)
    x = resolve(bind(turned, *shares), state, moves)[0].x
    for lane, world in enumerate(shares):
        alone = resolve(bind(turned, world), state.take(np.array([lane])), moves[:, :1])[0].x
        assert np.array_equal(alone[:, 0], x[:, lane])


@given(seed=seeds, world=worlds, luck=st.integers(0, 99))
def test_ledger_sums_to_the_change(seed, world, luck):
    steps = play(bind(RULESET, world), chance.roots_of([seed]), luck)
    for at, step in enumerate(steps):
        terms = ledger(bind(RULESET, world), steps[max(0, at - horizon(RULESET)) : at + 1])
        sums = np.zeros(len(RULESET.indicators))
        for term in terms:
            sums[term.target] += term.points[0]
        assert sums == pytest.approx((step.after.x - step.before.x)[:, 0], abs=1e-9)


@given(seed=seeds, world=worlds, luck=st.integers(0, 99))
def test_values_stay_in_range_and_books_in_order(seed, world, luck):
    for step in play(bind(RULESET, world), chance.roots_from(seed, 4), luck):
        state = step.after
        assert np.isfinite(state.x).all()
        assert (state.x >= 0.0).all()
        assert (state.x <= 100.0).all()
        assert (state.capital >= -1e-9).all()
        assert (state.capital <= np.array([[9.0], [8.0]])).all()
        assert (state.open >= 0).all()
        if state.turn > 3:
            assert (state.seats.sum(axis=0) == 101).all()


def test_adding_an_event_leaves_other_luck_alone():
    more = replace(
        RULESET,
        events=(*RULESET.events, replace(RULESET.events[3], id="another", seen_by=frozenset({1}))),
        factors=np.vstack([RULESET.factors, [1.0, 1.0]]),
        # Causes after events move up by one; the new event has no rules.
        rules=tuple(
            replace(rule, cause=rule.cause + 1) if rule.cause >= 1 + len(RULESET.moves) + 4 else rule
            for rule in RULESET.rules
        ),
    )
    world = pure(RULESET, 1)
    for seed in range(50):
        roots = chance.roots_of([seed])
        few, many = begin(RULESET, roots), begin(more, roots)
        idle = np.zeros((len(RULESET.moves), 1), bool)
        for _turn in range(RULESET.turns):
            few, _ = resolve(bind(RULESET, world), few, idle)
            many, _ = resolve(bind(more, world), many, idle)
        assert np.array_equal(few.x, many.x)
        assert np.array_equal(few.fired, many.fired[:4])


def single(turn: int = 1, **changes: object) -> State:
    return replace(begin(RULESET, chance.roots_of([7])), turn=turn, **changes)


def orders(*positions: int) -> np.ndarray:
    moves = np.zeros((len(RULESET.moves), 1), bool)
    moves[list(positions)] = True
    return moves


def after(state: State, *positions: int, **extra: object) -> State:
    return resolve(bind(RULESET, pure(RULESET, 0)), state, orders(*positions), **extra)[0]


def test_agreement_acts_from_the_turn_after_both_signatures_live():
    state = after(single(), 5)
    assert state.signed[0, 0, 0] == 1
    assert not state.in_force[0, 0]
    both = after(state, 6)
    assert both.in_force[0, 0]
    assert (both.signed == 0).all()
    lapsed = after(after(state), 6)
    assert not lapsed.in_force[0, 0]


def test_breach_by_a_move_that_came_to_light_only():
    roots = [chance.roots_of([seed]) for seed in range(40)]
    outcomes = set()
    for root in roots:
        state = replace(begin(RULESET, root), in_force=np.array([[True]]))
        step, causes = resolve(bind(RULESET, pure(RULESET, 0)), state, orders(2), forbidden=(1,))
        assert bool(causes.broken[0, 0]) == (not causes.hidden[2, 0])
        assert step.in_force[0, 0] == causes.hidden[2, 0]
        outcomes.add(bool(causes.broken[0, 0]))
    assert outcomes == {True, False}


def test_breach_by_an_event_stops_the_effects_in_the_same_turn():
    state = single(in_force=np.array([[True]]))
    _, causes = resolve(bind(RULESET, pure(RULESET, 0)), state, orders(), forced=(1,))
    assert causes.broken[0, 0]
    assert not causes.acting[0, 0]


def test_delayed_effects_arrive_when_due_on_each_of_their_turns():
    # Talks earn trust one turn later, on two turns; size fixed when earned.
    steps = []
    state = single()
    for order in ((0,), (), (), ()):
        later, causes = resolve(bind(RULESET, pure(RULESET, 0)), state, orders(*order))
        steps.append(Step(state, causes, later))
        state = later
    amounts = []
    for at in range(4):
        terms = ledger(bind(RULESET, pure(RULESET, 0)), steps[max(0, at - 2) : at + 1])
        amounts.append(sum(term.points[0] for term in terms if term.rule == 4))
    assert amounts[0] == 0.0
    assert amounts[1] == amounts[2] == pytest.approx(0.05 * 55.0 * 1.0)
    assert amounts[3] == 0.0


def test_decision_opens_next_turn_and_takes_its_default():
    opened = after(single(turn=2), forced=(0,))
    assert opened.open[0, 0] == 1
    _, causes = resolve(bind(RULESET, pure(RULESET, 0)), opened, orders())
    assert causes.moves[7, 0]
    _, causes = resolve(bind(RULESET, pure(RULESET, 0)), opened, orders(8))
    assert causes.moves[8, 0]
    assert not causes.moves[7, 0]
    assert after(opened, 8).open[0, 0] == 0


def test_no_event_fires_while_its_own_decision_is_open_and_none_opens_on_the_last_turn():
    opened = after(single(turn=2), forced=(0,))
    _, causes = resolve(bind(RULESET, pure(RULESET, 0)), opened, orders(), forced=(0,))
    assert not causes.fired[0, 0]
    assert after(single(turn=RULESET.turns), forced=(0,)).open[0, 0] == 0


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((0, 1), None),
        ((0, 2), "excluded"),
        ((7,), "closed"),
        ((1, 0, 5), None),
        ((5, 1, 0, 2), "excluded"),
    ],
)
def test_orders_are_judged_as_a_whole(order, expected):
    found = first_obstacle(RULESET, single(), order)
    assert (found[1] if found else None) == expected
    assert first_obstacle(RULESET, single(), order[::-1]) == found


def test_obstacles_by_reason():
    assert first_obstacle(RULESET, single(cooldown=np.ones((9, 1), np.int16)), [1]) == (1, "cooling")
    poor = single(capital=np.array([[1.0], [4.0]]))
    assert first_obstacle(RULESET, poor, [0]) == (0, "unaffordable")
    calm = single(x=np.array([[50.0], [10.0], [30.0]]))
    assert first_obstacle(RULESET, calm, [3]) == (3, "unavailable")
    assert first_obstacle(RULESET, single(), [3, 4]) == (3, "too_many")


def test_a_hand_never_holds_more_than_is_legal():
    rng = np.random.default_rng(3)
    state = begin(RULESET, chance.roots_from(11, 200))
    hand = Hand(RULESET, state)
    for at in rng.permutation(len(RULESET.moves)):
        hand.take(int(at), rng.random(200) < 0.8)
    for lane in range(200):
        for role in range(2):
            order = [
                at
                for at in range(len(RULESET.moves))
                if hand.taken[at, lane] and RULESET.moves[at].role == role
            ]
            assert first_obstacle(RULESET, state.take(np.array([lane])), order) is None


@pytest.mark.parametrize("choices", [[0, 1, 2], [3, 4], [7, 8]])
def test_a_hand_picks_what_is_worth_most_and_fits(choices):
    rng = np.random.default_rng(5)
    state = begin(RULESET, chance.roots_from(11, 300))
    state = replace(
        state, capital=rng.uniform(0.0, 6.0, state.capital.shape), open=rng.integers(0, 2, state.open.shape)
    )
    values = rng.normal(size=(len(choices), 300)).round(1)
    hand = Hand(RULESET, state)
    hand.take(1, rng.random(300) < 0.3)
    one_by_one = copy.deepcopy(hand)
    hand.pick(choices, values, most=2)
    for lane in range(300):
        alone = np.arange(300) == lane
        for _pick in range(2):
            fitting = [place for place, at in enumerate(choices) if one_by_one.fits(at)[lane]]
            best = max(fitting, key=lambda place: values[place, lane], default=None)
            if best is not None and values[best, lane] > 0.0:
                one_by_one.take(choices[best], alone)
    assert np.array_equal(hand.taken, one_by_one.taken)
    assert np.array_equal(hand.capital, one_by_one.capital)
    assert np.array_equal(hand.slots, one_by_one.slots)
    assert hand.taken[choices].any()


def test_same_luck_under_another_reading():
    roots = chance.roots_from(5, 50)
    hopeful, wary = (play(bind(RULESET, pure(RULESET, at)), roots, 0) for at in range(2))
    first, other = hopeful[0], wary[0]
    differing = [rule for rule in RULESET.rules if rule.coefficients[0] != rule.coefficients[1]]
    assert differing
    terms = {term.rule for term in ledger(bind(RULESET, pure(RULESET, 0)), [first]) if term.source == "noise"}
    assert terms == {None}
    noise_a = [t.points for t in ledger(bind(RULESET, pure(RULESET, 0)), [first]) if t.source == "noise"]
    noise_b = [t.points for t in ledger(bind(RULESET, pure(RULESET, 1)), [other]) if t.source == "noise"]
    assert np.allclose(noise_a, noise_b, atol=1e-8)
