"""What does a world make of a ruleset? Coefficients for its mix of readings, and programs ready to run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.base.arrays import Bools, Counts, Floats, Ints, Words
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
        fixed: Rules of constant size that take effect at once: (position, target, points per use).
        varying: Rules of varying size, or that arrive later, with their coefficient.
        program: Computes the sizes of `varying`, in that order.
    """

    fixed: tuple[tuple[int, int, float], ...]
    varying: tuple[tuple[int, Rule, float], ...]
    program: Program


@dataclass(frozen=True, slots=True)
class Drift:
    """What happens each turn whatever anybody does, in the form in which it is computed fastest.

    Attributes:
        constant: Points that come every turn, [V, 1].
        slopes: Points per point of another indicator: (target, indicator, points).
        rest: The other rules of ALWAYS.
    """

    constant: Floats
    slopes: tuple[tuple[int, int, float], ...]
    rest: Plan


@dataclass(frozen=True)
class Bound:
    """A ruleset in one world.

    Attributes:
        ruleset: The compiled scenario.
        world: How much of each reading is true, summing to 1, [K].
        coefficients: S @ w, how strongly each rule acts, [R].
        plans: The plan of each cause that has rules here, in the order of their rules' ids, so that the order
            of lines in a file never decides the order of a sum.
        drift: The plan of ALWAYS, prepared.
        factors: What each event's chance is multiplied by, [E].
    """

    ruleset: Ruleset
    world: Floats
    coefficients: Floats
    plans: dict[int, Plan]
    drift: Drift
    factors: Floats


@dataclass(frozen=True)
class Tables:
    """What every turn of a ruleset needs in any world, computed once.

    Attributes:
        conditions: Computes `when` of moves, for the moves in `conditional`.
        events: Computes chance and condition, two formulas an event.
        strengths: Computes each bloc's log weight.
        rests: Resting level and rate, [V, 1] each.
        limits: Lowest and highest value, [V, 1] each.
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
        owners: The role of each move.
        incomes: Capital earned per turn and held at most, [roles, 1] each.
        report_streams: The streams of each role's report errors, [roles, V].
        report_errors: Standard deviation of each role's reports, NaN where it gets none, [roles, V, 1].
    """

    conditional: tuple[int, ...]
    conditions: Program
    events: Program
    strengths: Program
    rests: tuple[Floats, Floats]
    limits: tuple[Floats, Floats]
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
    owners: Ints
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
    events: list[Expr] = []
    for event in ruleset.events:
        events.append(event.chance if event.chance is not None else Const(1.0))
        events.append(event.when if event.when is not None else Const(1.0))
    items, moves = ruleset.indicators, ruleset.moves
    answers = [at for at, move in enumerate(moves) if move.event is not None]
    signatures = tuple(at for at, move in enumerate(moves) if move.agreement is not None)
    conflicts = _conflicts(ruleset)
    return Tables(
        conditional=conditional,
        conditions=compile_formulas(whens),
        events=compile_formulas(events),
        strengths=compile_formulas([bloc.strength for bloc in ruleset.blocs]),
        rests=(_column([i.rests_at for i in items]), _column([i.rests_rate for i in items])),
        limits=(_column([i.low for i in items]), _column([i.high for i in items])),
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
        owners=_places([move.role for move in moves]),
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
def _bind(ruleset: Ruleset, weights: bytes) -> Bound:
    world = np.frombuffer(weights)
    table = np.array([rule.coefficients for rule in ruleset.rules]).reshape(-1, len(ruleset.readings))
    coefficients = _mixed(table, world)
    by_cause: dict[int, list[int]] = defaultdict(list)
    for at, rule in enumerate(ruleset.rules):
        if coefficients[at] != 0.0:
            by_cause[rule.cause].append(at)
    plans = {cause: _plan(ruleset, coefficients, members) for cause, members in by_cause.items()}
    drift = _drift(ruleset, coefficients, by_cause.get(ALWAYS, []))
    return Bound(ruleset, world, coefficients, plans, drift, _mixed(ruleset.factors, world))


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
            totals[rule.target] = totals[rule.target].plus(found.times(float(coefficients[at])))
    slopes = tuple(
        (target, source, slope)
        for target, total in enumerate(totals)
        for source, slope in sorted(total.slopes.items(), key=lambda item: ruleset.indicators[item[0]].id)
    )
    constant = _column([total.constant for total in totals])
    return Drift(constant, slopes, _plan(ruleset, coefficients, rest))


def _mixed(table: Floats, world: Floats) -> Floats:
    """Return table @ world, summed reading by reading so that the bits never vary with the number of lanes."""
    total = np.zeros(table.shape[0])
    for at, weight in enumerate(world):
        if weight:
            total += table[:, at] * weight
    return total


def _plan(ruleset: Ruleset, coefficients: Floats, members: list[int]) -> Plan:
    fixed, varying = [], []
    for at in members:
        rule, coefficient = ruleset.rules[at], float(coefficients[at])
        if isinstance(rule.by, Const) and rule.fades and rule.after == 0 and rule.lasts == 1:
            fixed.append((at, rule.target, coefficient * rule.by.value))
        else:
            varying.append((at, rule, coefficient))
    program = compile_formulas([rule.by for _, rule, _ in varying])
    return Plan(tuple(fixed), tuple(varying), program)


def bind(ruleset: Ruleset, world: Floats) -> Bound:
    """Return a ruleset in a world: how much of each reading is true, [K], summing to 1."""
    return _bind(ruleset, np.asarray(world, np.float64).tobytes())


def pure(ruleset: Ruleset, reading: int) -> Floats:
    """Return the world in which one reading is all of the truth, [K]."""
    world = np.zeros(len(ruleset.readings))
    world[reading] = 1.0
    return world
