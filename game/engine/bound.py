"""What does a world make of a ruleset? Coefficients for its mix of readings, and programs ready to run."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.base.arrays import Bools, Counts, Floats, Ints, Number, Words
from game.engine.affine import Affine, affine_of
from game.engine.chance import streams
from game.engine.expression import Const, Expr
from game.engine.program import Program, compile_formulas
from game.engine.ruleset import Rule, Ruleset

ALWAYS = 0
"""The cause that acts in every turn."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules of one cause that say anything in this world.

    Attributes:
        fixed: Rules of constant size that take effect at once: (position, target, 0 for a fall and 1 for a rise,
            points per use). Where it falls in one world and rises in another, there are two, each 0 elsewhere.
        points: The points of `fixed` as a table, [fixed, *split, 1].
        varying: Rules of varying size, or that arrive later, with their coefficient.
        program: Computes the sizes of `varying`, in that order.
    """

    fixed: tuple[tuple[int, int, int, Number], ...]
    points: Floats
    varying: tuple[tuple[int, Rule, Number], ...]
    program: Program


@dataclass(frozen=True, slots=True)
class Drift:
    """What happens each turn whatever anybody does, in the form in which it is computed fastest.

    Attributes:
        constant: Points that come every turn, [V, *split, 1].
        slopes: Points per point of another indicator: (target, indicator, points).
        rest: The other rules of ALWAYS.
    """

    constant: Floats
    slopes: tuple[tuple[int, int, Number], ...]
    rest: Plan


@dataclass(frozen=True)
class Bound:
    """A ruleset in one world, or in W worlds side by side: the first part of the lanes is in the first, and so on.

    Attributes:
        ruleset: The compiled scenario.
        split: Into how many equal parts, one for each world, the lanes are split: (W,), or () for one world.
        coefficients: S @ w, how strongly each rule acts, [R, *split].
        plans: The plan of each cause that has rules here, in the order of their rules' ids, so that the order
            of lines in a file never decides the order of a sum.
        drift: The plan of ALWAYS, prepared.
        factors: What each event's chance is multiplied by, [E, *split, 1].
    """

    ruleset: Ruleset
    split: tuple[int, ...]
    coefficients: Floats
    plans: dict[int, Plan]
    drift: Drift
    factors: Floats


@dataclass(frozen=True)
class Tables:
    """What every turn of a ruleset needs in any world, computed once.

    Attributes:
        conditions: Computes `when` of moves, for the moves in `conditional`.
        guarded: Events that happen under a condition only.
        events: Computes the chance of each event, then the condition of each in `guarded`.
        strengths: Computes each bloc's log weight.
        rests: Resting level and rate, [V, 1] each.
        limits: Lowest and highest value, [V, 1] each.
        soft_bottom: Where falls of an indicator would end, and from how far above they fade, [V, 1] each.
        soft_top: The same for rises; infinitely far away where they do not fade.
        noise: Standard deviation of each indicator per turn, [V, 1].
        conflicts: Moves that may not stand in one order, [P, P].
        rivals: The same for each move.
        once: Events that happen once at most, [E, 1].
        dated: Turn of each dated event, 0 for others, [E, 1].
        answer_turns: Turns that each event's decision stays open, 0 for events without one, [E, 1].
        signatures: Moves that sign an agreement.
        answering: Moves that answer a decision, and the event of each.
        signing: The moves of `signatures`, with the agreement and the role of each.
        single: Whether each agreement can be signed once only, [agreements, 1].
        priced: Moves that cost something.
        prices: The cost of each of them, [priced, 1].
        payers: The role of each of them.
        incomes: Capital earned per turn and held at most, [roles, 1] each.
        report_streams: The streams of each role's report errors, [roles, V].
        report_errors: Standard deviation of each role's reports, NaN where it gets none, [roles, V, 1].
    """

    conditional: tuple[int, ...]
    conditions: Program
    guarded: Ints
    events: Program
    strengths: Program
    rests: tuple[Floats, Floats]
    limits: tuple[Floats, Floats]
    soft_bottom: tuple[Floats, Floats]
    soft_top: tuple[Floats, Floats]
    noise: Floats
    conflicts: Bools
    rivals: tuple[frozenset[int], ...]
    costs: Floats
    once: Bools
    dated: Counts
    answer_turns: Counts
    signatures: tuple[int, ...]
    answering: tuple[Ints, Ints]
    signing: tuple[Ints, Ints, Ints]
    single: Bools
    priced: Ints
    prices: Floats
    payers: Ints
    incomes: tuple[Floats, Floats]
    noise_streams: Words
    event_streams: Words
    covert_streams: Words
    bloc_streams: Words
    report_streams: Words
    report_errors: Floats


def _column(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64).reshape(-1, 1)


def _counts(values: Sequence[int]) -> Counts:
    return np.array(values, dtype=np.int16).reshape(-1, 1)


def _places(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _conflicts(ruleset: Ruleset) -> Bools:
    """Return which moves exclude each other: as authored, and answers to one decision."""
    moves = ruleset.moves
    table = np.zeros((len(moves), len(moves)), bool)
    for at, move in enumerate(moves):
        table[at, list(move.excludes)] = True
        if move.event is not None:
            table[at, list(ruleset.events[move.event].options)] = True
    table |= table.T
    np.fill_diagonal(table, val=False)
    return table


def _report_errors(ruleset: Ruleset) -> Floats:
    errors = [
        [np.nan if item.hidden[role] else item.errors[role] for item in ruleset.indicators]
        for role in range(len(ruleset.roles))
    ]
    return np.array(errors, np.float64).reshape(len(errors), -1, 1)


@lru_cache(maxsize=64)
def tables(ruleset: Ruleset) -> Tables:
    """Return what every turn of a ruleset needs in any world."""
    conditional = tuple(at for at, move in enumerate(ruleset.moves) if move.when is not None)
    whens: list[Expr] = [move.when for move in ruleset.moves if move.when is not None]
    likely = [event.chance if event.chance is not None else Const(1.0) for event in ruleset.events]
    guards = {at: event.when for at, event in enumerate(ruleset.events) if event.when is not None}
    items, moves = ruleset.indicators, ruleset.moves
    answers = [at for at, move in enumerate(moves) if move.event is not None]
    priced = [at for at, move in enumerate(moves) if move.cost]
    signatures = tuple(at for at, move in enumerate(moves) if move.agreement is not None)
    conflicts = _conflicts(ruleset)
    return Tables(
        conditional=conditional,
        conditions=compile_formulas(whens),
        guarded=_places(list(guards)),
        events=compile_formulas([*likely, *guards.values()]),
        strengths=compile_formulas([bloc.strength for bloc in ruleset.blocs]),
        rests=(_column([i.rests_at for i in items]), _column([i.rests_rate for i in items])),
        limits=(_column([i.low for i in items]), _column([i.high for i in items])),
        soft_bottom=(
            _column([i.low if i.soft_bottom else -np.inf for i in items]),
            _column([i.soft_bottom or 1.0 for i in items]),
        ),
        soft_top=(
            _column([i.high if i.soft_top else np.inf for i in items]),
            _column([i.soft_top or 1.0 for i in items]),
        ),
        noise=_column([i.noise for i in items]),
        conflicts=conflicts,
        rivals=tuple(frozenset(np.flatnonzero(row).tolist()) for row in conflicts),
        costs=_column([move.cost for move in ruleset.moves]),
        once=np.array([event.once for event in ruleset.events], bool).reshape(-1, 1),
        dated=_counts([event.turn or 0 for event in ruleset.events]),
        answer_turns=_counts([event.answer_turns for event in ruleset.events]),
        signatures=signatures,
        answering=(_places(answers), _places([moves[at].event or 0 for at in answers])),
        signing=(
            _places(signatures),
            _places([moves[at].agreement or 0 for at in signatures]),
            _places([moves[at].role for at in signatures]),
        ),
        single=np.array([item.once for item in ruleset.agreements], bool).reshape(-1, 1),
        priced=_places(priced),
        prices=_column([moves[at].cost for at in priced]),
        payers=_places([moves[at].role for at in priced]),
        incomes=(
            _column([role.capital_income for role in ruleset.roles]),
            _column([role.capital_most for role in ruleset.roles]),
        ),
        noise_streams=streams(f"noise:{i.id}" for i in items),
        event_streams=streams(f"event:{event.id}" for event in ruleset.events),
        covert_streams=streams(f"covert:{move.id}" for move in ruleset.moves),
        bloc_streams=streams(
            f"contest:{ruleset.contests[bloc.contest].id}:{bloc.id}" for bloc in ruleset.blocs
        ),
        report_streams=streams(
            f"report:{role.id}:{item.id}" for role in ruleset.roles for item in ruleset.indicators
        ).reshape(len(ruleset.roles), -1),
        report_errors=_report_errors(ruleset),
    )


@lru_cache(maxsize=256)
def _bind(ruleset: Ruleset, weights: tuple[bytes, ...]) -> Bound:
    worlds = [np.frombuffer(weight) for weight in weights]
    table = np.array([rule.coefficients for rule in ruleset.rules]).reshape(-1, len(ruleset.readings))
    coefficients = _mixed(table, worlds)
    by_cause: dict[int, list[int]] = defaultdict(list)
    for at, rule in enumerate(ruleset.rules):
        if coefficients[at].any():
            by_cause[rule.cause].append(at)
    plans = {cause: _plan(ruleset, coefficients, members) for cause, members in by_cause.items()}
    drift = _drift(ruleset, coefficients, by_cause.get(ALWAYS, []))
    factors = _mixed(ruleset.factors, worlds)[..., None]
    return Bound(ruleset, coefficients.shape[1:], coefficients, plans, drift, factors)


def _drift(ruleset: Ruleset, coefficients: Floats, members: list[int]) -> Drift:
    """Sum up the affine rules of ALWAYS, and the pull of resting levels with them."""
    totals = [
        Affine(item.rests_rate * item.rests_at, {at: -item.rests_rate} if item.rests_rate else {})
        for at, item in enumerate(ruleset.indicators)
    ]
    rest = []
    for at in members:
        rule = ruleset.rules[at]
        found = affine_of(rule.by) if rule.after == 0 and rule.lasts == 1 else None
        if found is None:
            rest.append(at)
        else:
            totals[rule.target] = totals[rule.target].plus(found.times(_number(coefficients[at])))
    slopes = tuple(
        (target, source, slope)
        for target, total in enumerate(totals)
        for source, slope in sorted(total.slopes.items(), key=lambda item: ruleset.indicators[item[0]].id)
    )
    constants = _stacked([total.constant for total in totals], coefficients.shape[1:])
    return Drift(constants, slopes, _plan(ruleset, coefficients, rest))


def _mixed(table: Floats, worlds: Sequence[Floats]) -> Floats:
    """Return table @ world, [N], or for several worlds [N, W].

    It is summed reading by reading so that the bits never vary with the number of lanes.
    """
    totals = np.zeros((table.shape[0], len(worlds)))
    for place, world in enumerate(worlds):
        for at, weight in enumerate(world):
            if weight:
                totals[:, place] += table[:, at] * weight
    return totals if len(worlds) > 1 else totals[:, 0]


def _number(values: Floats) -> Number:
    """Return what [] or [W] values are to sums over lanes."""
    if (values == values.flat[0]).all():
        return float(values.flat[0])
    return values[:, None]


def _plan(ruleset: Ruleset, coefficients: Floats, members: list[int]) -> Plan:
    fixed, varying = [], []
    for at in members:
        rule, coefficient = ruleset.rules[at], _number(coefficients[at])
        if isinstance(rule.by, Const) and rule.fades and rule.after == 0 and rule.lasts == 1:
            fixed += [(at, rule.target, *part) for part in _by_direction(coefficient * rule.by.value)]
        else:
            varying.append((at, rule, coefficient))
    program = compile_formulas([rule.by for _, rule, _ in varying])
    points = _stacked([points for *_, points in fixed], coefficients.shape[1:])
    return Plan(tuple(fixed), points, tuple(varying), program)


def _stacked(numbers: Sequence[Number], split: tuple[int, ...]) -> Floats:
    """Return numbers as a table, [N, *split, 1]."""
    table = np.empty((len(numbers), *split, 1))
    for at, number in enumerate(numbers):
        table[at] = number
    return table


def _by_direction(points: Number) -> Iterator[tuple[int, Number]]:
    """Yield 0 with what falls and 1 with what rises."""
    if isinstance(points, float):
        yield int(points > 0.0), points
        return
    if (points < 0.0).any():
        yield 0, np.minimum(points, 0.0)
    if (points > 0.0).any():
        yield 1, np.maximum(points, 0.0)


def bind(ruleset: Ruleset, *worlds: Floats) -> Bound:
    """Return a ruleset in a world: how much of each reading is true, [K], summing to 1; or in several side by side."""
    return _bind(ruleset, tuple(np.asarray(world, np.float64).tobytes() for world in worlds))


def pure(ruleset: Ruleset, reading: int) -> Floats:
    """Return the world in which one reading is all of the truth, [K]."""
    world = np.zeros(len(ruleset.readings))
    world[reading] = 1.0
    return world
