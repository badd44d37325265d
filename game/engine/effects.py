"""What do the causes of a turn do to the indicators?

    contribution[r] = (S @ w)[r] * G[cause(r)] * f_r(x) * soft_r(x)

Contributions are summed in the order of the rules, in every lane alike, so that the bits never vary with the
number of lanes. A single game is computed with Python's own numbers: the same bits in less time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.base.arrays import Bools, Counts, Floats, Ints
from game.engine.bound import ALWAYS, Bound, Plan, tables
from game.engine.expression import Leaf
from game.engine.program import Row
from game.engine.state import State


def rows_with_any(table: Bools | Counts) -> list[int]:
    """Return the rows of a table, [N, B], that are not 0 in every lane."""
    some = table[:, 0] if table.shape[1] == 1 else table.any(axis=1)
    rows: list[int] = np.nonzero(some)[0].tolist()
    return rows


@dataclass(frozen=True, slots=True)
class Causes:
    """What acts in a turn.

    Attributes:
        moves: Moves made, defaults of unanswered decisions included, [P, B].
        hidden: Uses of covert moves that nobody else is told of, [P, B].
        fired: Events that fire, [E, B].
        acting: Agreements in force and not broken this turn, [A, B].
        broken: Agreements broken this turn, [A, B].
        seats: Seats after the turn's contests, [blocs, B].
    """

    moves: Bools
    hidden: Bools
    fired: Bools
    acting: Bools
    broken: Bools
    seats: Counts

    def take(self, lanes: Ints | slice) -> "Causes":
        """Return what acts in the games at the given positions, in that order."""
        return Causes(*(getattr(self, name)[:, lanes] for name in self.__slots__))

    def active(self) -> Iterator[tuple[int, Bools]]:
        """Yield each cause that acts in some lane and where it does, [B]; not ALWAYS, which acts in all."""
        first = ALWAYS + 1
        for table in (self.moves, self.fired, self.acting, self.broken):
            for at in rows_with_any(table):
                yield first + at, table[at]
            first += len(table)


@dataclass(frozen=True, slots=True)
class Forecasted:
    """Where a turn leads before luck: values, [V, B], and effects still to come, [H, V, B]."""

    x: Floats
    pending: Floats


def advance(bound: Bound, state: State, causes: Causes) -> Forecasted:
    """Return where the causes lead before luck: contributions and arrivals added to the start of the turn."""
    sums = _Sums(bound, state)
    sums.add_varying(bound.drift.rest, 1.0)
    active = dict(causes.active())
    for cause, plan in bound.plans.items():
        where = active.get(cause)
        if where is None:
            continue
        share = parted(bound, where.astype(np.float64)) if state.lanes > 1 else 1.0
        sums.add_fixed(plan, share)
        sums.add_varying(plan, share)
    return sums.total()


def parted(bound: Bound, rows: Any) -> Any:
    """Return a view of rows [..., B] in which the lanes of each world stand apart, [..., *split, lanes of one]."""
    if not bound.split:
        return rows
    return rows.reshape(*rows.shape[:-1], *bound.split, rows.shape[-1] // bound.split[0])


def reader(bound: Bound, state: State) -> Callable[[Leaf], Row]:
    """Return what formulas read, in rows in which the lanes of each world stand apart, or numbers."""

    def read(leaf: Leaf) -> Row:
        row = state.read(leaf)
        return row if isinstance(row, float) else parted(bound, row)

    return read if bound.split else state.read


def fading(bound: Bound, state: State) -> Any:
    """Return by how much effects on each indicator fade near its limits, 1 where they do not.

    Returns:
        Factors on falls and on rises, [2, V, *split, lanes of one]; in a single game lists of numbers, [2][V].
    """
    compiled = tables(bound.ruleset)
    (bottom, depth), (top, height) = compiled.soft_bottom, compiled.soft_top
    factors = np.empty((2, *state.x.shape))
    np.divide(state.x - bottom, depth, out=factors[0])
    np.divide(top - state.x, height, out=factors[1])
    np.minimum(factors, 1.0, out=factors)
    return parted(bound, factors) if state.lanes > 1 else factors[:, :, 0].tolist()


def faded(factors: Any, target: int, points: Row) -> Row:
    """Return effects on an indicator, a row or one number, as `fading` leaves them."""
    falls, rises = factors[0][target], factors[1][target]
    if isinstance(points, float):
        return points * (rises if points > 0.0 else falls)
    return points * np.where(points > 0.0, rises, falls)


class _Sums:
    """What each indicator comes to, contribution by contribution.

    Attributes:
        x: Drift, arrivals and effects of varying size added to the start of the turn, [V].
        fixed: Falls and rises of constant size, before they fade, [2][V].
        pending: Effects that arrive in later turns, [H, V, *split, lanes of one].
    """

    def __init__(self, bound: Bound, state: State) -> None:
        """Begin with drift and arrivals."""
        self._bound, self._state = bound, state
        self._factors = fading(bound, state)
        before, arriving = parted(bound, state.x), parted(bound, state.pending)
        self._table = before + bound.drift.constant
        self.x = self._rows(self._table)
        self.fixed: list[list[Row]] = [[0.0] * len(self.x), [0.0] * len(self.x)]
        self.pending = np.zeros_like(arriving)
        sources = self._rows(before)
        for target, source, points in bound.drift.slopes:
            self.x[target] += sources[source] * points
        if len(arriving):
            self.pending[:-1] = arriving[1:]
            for at, row in enumerate(self._rows(arriving[0])):
                self.x[at] += row

    def _rows(self, table: Floats) -> list[Row]:
        """Return a table's rows, in a single game numbers."""
        return list(table) if self._state.lanes > 1 else table[:, 0].tolist()

    def add_fixed(self, plan: Plan, share: Row) -> None:
        """Add the rules of one cause that are of constant size.

        Args:
            plan: The rules.
            share: 1 where the cause acts and 0 elsewhere; in a single game just 1.
        """
        if isinstance(share, float):
            for _, target, rising, points in plan.fixed:
                self.fixed[rising][target] += points
        else:
            for (_, target, rising, _), row in zip(plan.fixed, plan.points * share, strict=True):
                self.fixed[rising][target] += row

    def add_varying(self, plan: Plan, share: Row) -> None:
        """Add the rules of one cause whose size varies, or that arrive later.

        Args:
            plan: The rules.
            share: 1 where the cause acts and 0 elsewhere.
        """
        if not plan.varying:
            return
        sizes = plan.program.run(reader(self._bound, self._state))
        for (_, rule, coefficient), size in zip(plan.varying, sizes, strict=True):
            points = size * coefficient * share
            if rule.fades:
                points = faded(self._factors, rule.target, points)
            if rule.after == 0:
                self.x[rule.target] += points
            for delay in range(max(rule.after, 1), rule.after + rule.lasts):
                self.pending[delay - 1, rule.target] += points

    def total(self) -> Forecasted:
        """Return the sums, effects of constant size faded and added."""
        for totals, factors in zip(self.fixed, self._factors, strict=True):
            for target, total in enumerate(totals):
                if not isinstance(total, float) or total:
                    self.x[target] += total * factors[target]
        x = self._table if self._state.lanes > 1 else np.array(self.x)
        return Forecasted(x.reshape(self._state.x.shape), self.pending.reshape(self._state.pending.shape))
