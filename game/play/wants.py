"""How much would a role gain, by the end, from a point more of each indicator in each turn? For quick bots.

Worked out once for a role and a belief: along the course that drift and events would take on average if nobody
moved, how a point more in one turn changes every later value, and through those the role's objectives. So a
point that fades, spreads to other indicators or comes before an election counts for what is left of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from game.base.arrays import Bools, Counts, Floats
from game.engine.bound import Bound, bind, tables
from game.engine.chance import roots_from
from game.engine.contests import largest_remainder, shares
from game.engine.effects import Causes, advance
from game.engine.expression import Leaf, leaves
from game.engine.program import Row, compile_formulas, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin
from game.engine.turn import chances

_STEP: Final = 1.0
"""Index points by which a value is moved to see what follows."""

BEYOND: Final = 0.1
"""What more of an objective counts for once its best is reached: a bot still keeps a margin."""


class Wants:
    """What a role wants, as gains in its score.

    Attributes:
        gains: For a point more of an indicator at the start of a turn, the gain in each objective's part of the
            score at the end, [turns + 2, V, objectives]; turn 0 is unused, turns + 1 is the end.
        reads: Indicators that the objectives read.
    """

    def __init__(self, ruleset: Ruleset, role: int, world: Floats) -> None:
        """Work out what a role wants.

        Args:
            ruleset: The compiled scenario.
            role: Whose objectives.
            world: What it believes, [K].
        """
        self.objectives = ruleset.roles[role].objectives
        self.program = compile_formulas([item.of for item in self.objectives])
        total = sum(item.weight for item in self.objectives) or 1.0
        read = (leaf for item in self.objectives for leaf in leaves(item.of))
        self.reads = {leaf.index for leaf in read if leaf.kind == "indicator"}
        self._portions = np.array(
            [item.weight / total / (item.best - item.worst) for item in self.objectives]
        )
        self._worst = np.array([[item.worst] for item in self.objectives])
        self._span = np.array([[item.best - item.worst] for item in self.objectives])
        self.gains = self._gains(ruleset, world)

    def _gains(self, ruleset: Ruleset, world: Floats) -> Floats:
        course = _course(_ByWorld(ruleset, np.asarray(world, np.float64).tobytes()))
        gains = np.zeros((ruleset.turns + 2, len(ruleset.indicators), len(self.objectives)))
        gains[-1] = self._slopes(course[-1].state, None)
        for step in reversed(course[:-1]):
            turn = step.state.turn
            for target, row in enumerate(step.spread):
                gains[turn] += row[:, None] * gains[turn + 1, target]
            if step.seats is not None:
                gains[turn] += self._slopes(step.state, step.seats)
        return gains

    def _slopes(self, state: State, seats: Floats | None) -> Floats:
        """Return what a point more of each indicator changes at once, [V, objectives].

        Args:
            state: Lane 0 as it is expected, one lane more for each indicator with `_STEP` points more of it.
            seats: None for the values at the end; else what the contests of the turn would then give, [blocs, B].
        """

        def read(leaf: Leaf) -> Row:
            if seats is None:
                return state.read(leaf)
            return seats[leaf.index] if leaf.kind == "seats" else _first(state.read(leaf))

        rows = rows_of(self.program.run(read), state.lanes)
        slopes: Floats = np.stack([(row[1:] - row[0]) / _STEP for row in rows], axis=1) * self._portions
        return slopes

    def counts(self, read: Callable[[Leaf], Row], lanes: int) -> Bools:
        """Return whether each objective still counts in full, [objectives, B], as what formulas read is known."""
        rows = rows_of(self.program.run(read), lanes)
        full: Bools = (rows - self._worst) / self._span <= 1.0
        return full


def risk_of_breach(ruleset: Ruleset, world: Floats, agreement: int) -> Floats:
    """Return the chance that an event breaks an agreement, were it in force, in each turn, [turns + 1].

    Args:
        ruleset: The compiled scenario.
        world: What is believed, [K].
        agreement: The agreement.
    """
    events = list(ruleset.agreements[agreement].broken_by_events)
    bound = bind(ruleset, world)
    risk = np.zeros(ruleset.turns + 1)
    for step in _course(_ByWorld(ruleset, np.asarray(world, np.float64).tobytes()))[:-1]:
        in_force = step.state.in_force.copy()
        in_force[agreement] = True
        likely = chances(bound, replace(step.state, in_force=in_force))[0][events, 0]
        risk[step.state.turn] = 1.0 - np.prod(1.0 - likely)
    return risk


def _first(row: Row) -> Row:
    return row if isinstance(row, float) else row[0]


@dataclass(frozen=True, slots=True)
class _Step:
    """A turn of the expected course.

    Attributes:
        state: Its start, in lanes as `Wants._slopes` takes them.
        spread: What a point of each indicator becomes of each other one by the next turn, [V to, V from].
        seats: What the contests of this turn would give in each lane, [blocs, B]; None if there are none.
    """

    state: State
    spread: Floats
    seats: Floats | None


@dataclass(frozen=True, eq=False)
class _ByWorld:
    """A ruleset and a world as a key: the same object counts as the same ruleset."""

    ruleset: Ruleset
    world: bytes

    def __hash__(self) -> int:
        return hash((id(self.ruleset), self.world))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByWorld) and self.ruleset is other.ruleset and self.world == other.world


@lru_cache(maxsize=32)
def _course(key: _ByWorld) -> tuple[_Step, ...]:
    """Return the turns as they are expected when nobody moves, and the end, without luck."""
    ruleset = key.ruleset
    bound = bind(ruleset, np.frombuffer(key.world))
    lanes = len(ruleset.indicators) + 1
    state = begin(ruleset, roots_from(0, lanes))
    left = np.ones(len(ruleset.events))
    steps = []
    while state.turn <= ruleset.turns:
        state = _spread_out(state)
        seats = _expected_seats(ruleset, state)
        ahead, pending, likely = _expected(bound, state, left)
        left *= np.where([event.once for event in ruleset.events], 1.0 - likely, 1.0)
        steps.append(_Step(state, (ahead[:, 1:] - ahead[:, :1]) / _STEP, seats))
        low, high = tables(ruleset).limits
        x = np.clip(np.repeat(ahead[:, :1], lanes, axis=1), low, high)
        held = state.seats if seats is None else _whole(ruleset, state, seats)
        state = replace(state, turn=state.turn + 1, x=x, pending=pending, seats=held)
    steps.append(_Step(_spread_out(state), np.zeros((lanes - 1, lanes - 1)), None))
    return tuple(steps)


def _spread_out(state: State) -> State:
    """Return a state whose lanes but the first have `_STEP` points more of one indicator each."""
    x = state.x.copy()
    x[:, 1:] += np.eye(len(x)) * _STEP
    return replace(state, x=x)


def _expected(bound: Bound, state: State, left: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the values after a turn, [V, B], what then arrives later, [H, V, B], and the events' chances, [E].

    Args:
        bound: The ruleset in the world that is believed in.
        state: The start of the turn.
        left: Chance that each event has not used up its only time, [E].
    """
    ruleset = bound.ruleset
    nothing = np.zeros((len(ruleset.moves), state.lanes), bool)
    quiet = np.zeros((len(ruleset.events), state.lanes), bool)
    causes = Causes(nothing, nothing, quiet, state.in_force, np.zeros_like(state.in_force), state.seats)
    ahead = advance(bound, state, causes)
    x, likely = ahead.x, chances(bound, state)[0] * left[:, None]
    for at in range(len(ruleset.events)):
        plan = bound.plans.get(ruleset.cause_of_event(at))
        if plan is None:
            continue
        for _, target, _, points in plan.fixed:
            x[target] += points * likely[at]
        sizes = rows_of(plan.program.run(state.read), state.lanes)
        for (_, rule, coefficient), size in zip(plan.varying, sizes, strict=True):
            x[rule.target] += coefficient * rule.lasts * size * likely[at]
    # What arrives later is taken from the expected lane: the others differ from it in this turn alone.
    pending = np.repeat(ahead.pending[:, :, :1], state.lanes, axis=2)
    return x, pending, likely[:, 0]


def _expected_seats(ruleset: Ruleset, state: State) -> Floats | None:
    """Return each bloc's share of the seats in this turn's contests, not yet whole, [blocs, B]; None without any."""
    due = [at for at, contest in enumerate(ruleset.contests) if contest.turn == state.turn]
    if not due:
        return None
    strengths = rows_of(tables(ruleset).strengths.run(state.read), state.lanes)
    seats = state.seats.astype(np.float64)
    for at in due:
        members = [place for place, bloc in enumerate(ruleset.blocs) if bloc.contest == at]
        seats[members] = shares(strengths[members]) * ruleset.contests[at].seats
    return seats


def _whole(ruleset: Ruleset, state: State, seats: Floats) -> Counts:
    """Return the expected seats as whole numbers, in every lane those of the first, [blocs, B]."""
    held = state.seats.copy()
    for at, contest in enumerate(ruleset.contests):
        if contest.turn == state.turn:
            members = [place for place, bloc in enumerate(ruleset.blocs) if bloc.contest == at]
            held[members] = largest_remainder(seats[members, :1] / contest.seats, contest.seats)
    return held
