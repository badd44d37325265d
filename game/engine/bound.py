"""What does a world make of a ruleset? Coefficients for its mix of readings, and programs ready to run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.base.arrays import Bools, Floats, Words
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


@dataclass(frozen=True)
class Bound:
    """A ruleset in one world.

    Attributes:
        ruleset: The compiled scenario.
        world: How much of each reading is true, summing to 1, [K].
        coefficients: S @ w, how strongly each rule acts, [R].
        plans: The plan of each cause that has rules here.
        factors: What each event's chance is multiplied by, [E].
    """

    ruleset: Ruleset
    world: Floats
    coefficients: Floats
    plans: dict[int, Plan]
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
        fading: One over the soft width at bottom and at top, [V, 1] each; 0 where there is none.
        noise: Standard deviation of each indicator per turn, [V, 1].
        conflicts: Moves that may not stand in one order, [P, P].
    """

    conditional: tuple[int, ...]
    conditions: Program
    events: Program
    strengths: Program
    rests: tuple[Floats, Floats]
    limits: tuple[Floats, Floats]
    fading: tuple[Floats, Floats]
    noise: Floats
    conflicts: Bools
    costs: Floats
    noise_streams: Words
    event_streams: Words
    covert_streams: Words
    bloc_streams: Words


def _column(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64).reshape(-1, 1)


def _slopes(widths: Sequence[float]) -> Floats:
    return _column([1.0 / width if width else 0.0 for width in widths])


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


@lru_cache(maxsize=64)
def _tables(key: "_ByIdentity") -> Tables:
    ruleset = key.ruleset
    conditional = tuple(at for at, move in enumerate(ruleset.moves) if move.when is not None)
    whens: list[Expr] = [move.when for move in ruleset.moves if move.when is not None]
    events: list[Expr] = []
    for event in ruleset.events:
        events.append(event.chance if event.chance is not None else Const(1.0))
        events.append(event.when if event.when is not None else Const(1.0))
    items = ruleset.indicators
    return Tables(
        conditional=conditional,
        conditions=compile_formulas(whens),
        events=compile_formulas(events),
        strengths=compile_formulas([bloc.strength for bloc in ruleset.blocs]),
        rests=(_column([i.rests_at for i in items]), _column([i.rests_rate for i in items])),
        limits=(_column([i.low for i in items]), _column([i.high for i in items])),
        fading=(_slopes([i.soft_bottom for i in items]), _slopes([i.soft_top for i in items])),
        noise=_column([i.noise for i in items]),
        conflicts=_conflicts(ruleset),
        costs=_column([move.cost for move in ruleset.moves]),
        noise_streams=streams(f"noise:{i.id}" for i in items),
        event_streams=streams(f"event:{event.id}" for event in ruleset.events),
        covert_streams=streams(f"covert:{move.id}" for move in ruleset.moves),
        bloc_streams=streams(
            f"contest:{ruleset.contests[bloc.contest].id}:{bloc.id}" for bloc in ruleset.blocs
        ),
    )


@dataclass(frozen=True, eq=False)
class _ByIdentity:
    """A ruleset, and perhaps a world, as a key of caches: the same object counts as the same ruleset."""

    ruleset: Ruleset
    world: bytes = b""

    def __hash__(self) -> int:
        return hash((id(self.ruleset), self.world))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.ruleset is other.ruleset and self.world == other.world


def tables(ruleset: Ruleset) -> Tables:
    """Return what every turn of a ruleset needs in any world."""
    return _tables(_ByIdentity(ruleset))


@lru_cache(maxsize=256)
def _bind(key: _ByIdentity) -> Bound:
    ruleset, world = key.ruleset, np.frombuffer(key.world)
    table = np.array([rule.coefficients for rule in ruleset.rules]).reshape(-1, len(ruleset.readings))
    coefficients = _mixed(table, world)
    by_cause: dict[int, list[int]] = defaultdict(list)
    for at, rule in enumerate(ruleset.rules):
        if coefficients[at] != 0.0:
            by_cause[rule.cause].append(at)
    plans = {cause: _plan(ruleset, coefficients, members) for cause, members in by_cause.items()}
    return Bound(ruleset, world, coefficients, plans, _mixed(ruleset.factors, world))


def _mixed(table: Floats, world: Floats) -> Floats:
    """Return table @ world, summed reading by reading in order so that the bits never vary."""
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
    return _bind(_ByIdentity(ruleset, np.asarray(world, np.float64).tobytes()))


def pure(ruleset: Ruleset, reading: int) -> Floats:
    """Return the world in which one reading is all of the truth, [K]."""
    world = np.zeros(len(ruleset.readings))
    world[reading] = 1.0
    return world
