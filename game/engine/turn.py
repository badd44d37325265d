"""How does one turn become the next? Causes first, then their effects, then luck.

    contribution[r] = (S @ w)[r] * G[cause(r)] * f_r(x) * soft_r(x)
    x' = round(clip(x + sum of contributions per indicator + arrivals + noise))

Every function is pure; `resolve` does the whole turn. The parts are public because the evidence filter
puts its own knowledge between them.
"""

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from game.base.arrays import Bools, Counts, Floats
from game.engine import chance
from game.engine.bound import ALWAYS, Bound, Drift, Plan, tables
from game.engine.contests import largest_remainder, shares
from game.engine.program import Row, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State

DIGITS = 9
"""Decimal digits that indicator values are rounded to after each turn."""


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


def with_defaults(ruleset: Ruleset, state: State, moves: Bools) -> Bools:
    """Return the moves with the default answer of every decision that is due and unanswered, [P, B]."""
    result = moves
    for at in rows_with_any(state.open):
        event = ruleset.events[at]
        due = state.open[at] > 0 if state.turn == ruleset.turns else state.open[at] == 1
        answered = moves[list(event.options)].any(axis=0)
        if result is moves:
            result = moves.copy()
        result[event.default] |= due & ~answered
    return result


def chances(bound: Bound, state: State) -> tuple[Floats, Bools]:
    """Return each event's probability to fire this turn, [E, B], and where it may fire at all, [E, B].

    Dated events have probability 1 in their turn, 0 in others. The probability is 0 where the event may
    not fire: its condition does not hold, its own decision is open, or it was to happen once and has.
    """
    ruleset = bound.ruleset
    rows = rows_of(tables(ruleset).events.run(state.read), state.lanes)
    probability = np.minimum(np.maximum(rows[0::2] * bound.factors[:, None], 0.0), 1.0)
    if ruleset.pace != 1.0:
        probability = 1.0 - np.power(1.0 - probability, ruleset.pace)
    may = (rows[1::2] != 0.0) & free(ruleset, state)
    dated = tables(ruleset).dated
    np.copyto(probability, dated == state.turn, where=dated > 0)
    probability *= may
    return probability, may


def free(ruleset: Ruleset, state: State) -> Bools:
    """Return which events are not held back by their open decision or by having to happen once, [E, B]."""
    allowed: Bools = (state.open == 0) & ~(tables(ruleset).once & (state.fired > 0))
    return allowed


def fired_by_luck(
    bound: Bound, state: State, forced: Sequence[int] = (), forbidden: Sequence[int] = ()
) -> Bools:
    """Return which events fire, [E, B].

    Args:
        bound: The ruleset in its world.
        state: The start of the turn.
        forced: Events that fire whatever their chance and condition.
        forbidden: Events that do not fire, whatever their chance or date.
    """
    probability, _ = chances(bound, state)
    draws = chance.uniform(state.roots, state.turn, tables(bound.ruleset).event_streams)
    fired: Bools = draws < probability
    for at in forced:
        fired[at] = free(bound.ruleset, state)[at]
    for at in forbidden:
        fired[at] = False
    return fired


def hidden_by_luck(ruleset: Ruleset, state: State, moves: Bools) -> Bools:
    """Return which uses of covert moves stay hidden, [P, B]."""
    hidden = np.zeros_like(moves)
    words = tables(ruleset).covert_streams
    for at in rows_with_any(moves):
        move = ruleset.moves[at]
        if move.covert:
            hidden[at] = moves[at]
            if move.covert < 1.0:
                draws = chance.uniform(state.roots, state.turn, words[at : at + 1])[0]
                hidden[at] &= draws < move.covert
    return hidden


def broken_by(ruleset: Ruleset, state: State, shown: Bools, fired: Bools) -> Bools:
    """Return which agreements in force break this turn, [A, B].

    Args:
        ruleset: The compiled scenario.
        state: The start of the turn.
        shown: Moves made that came to light, [P, B].
        fired: Events that fire, [E, B].
    """
    broken = np.zeros_like(state.in_force)
    for at in rows_with_any(state.in_force):
        agreement = ruleset.agreements[at]
        by_moves = shown[list(agreement.broken_by_moves)].any(axis=0)
        by_events = fired[list(agreement.broken_by_events)].any(axis=0)
        broken[at] = state.in_force[at] & (by_moves | by_events)
    return broken


def held_contests(ruleset: Ruleset, state: State) -> Counts:
    """Return every bloc's seats after the contests of this turn, [blocs, B]."""
    due = [at for at, contest in enumerate(ruleset.contests) if contest.turn == state.turn]
    if not due:
        return state.seats
    compiled = tables(ruleset)
    strengths = rows_of(compiled.strengths.run(state.read), state.lanes)
    luck = chance.normal(state.roots, state.turn, compiled.bloc_streams)
    seats = state.seats.copy()
    for at in due:
        contest = ruleset.contests[at]
        blocs = [place for place, bloc in enumerate(ruleset.blocs) if bloc.contest == at]
        portions = shares(strengths[blocs] + contest.noise * luck[blocs])
        seats[blocs] = largest_remainder(portions, contest.seats)
    return seats


def causes_of(bound: Bound, state: State, moves: Bools, fired: Bools, hidden: Bools) -> Causes:
    """Put together what acts in a turn.

    Args:
        bound: The ruleset in its world.
        state: The start of the turn.
        moves: Moves made, defaults included, [P, B].
        fired: Events that fire, [E, B].
        hidden: Uses of covert moves that stay hidden, [P, B].
    """
    broken = broken_by(bound.ruleset, state, moves & ~hidden, fired)
    acting = state.in_force & ~broken
    return Causes(moves, hidden, fired, acting, broken, held_contests(bound.ruleset, state))


class Softness:
    """By how much falls and rises of each indicator fade near its limits, 1 where they do not.

    Factors, a row [B] or one number, are computed when they are first asked for: most turns touch few indicators.
    """

    def __init__(self, ruleset: Ruleset, state: State) -> None:
        self._items = ruleset.indicators
        # A single game is computed with Python's own numbers: the same bits in less time.
        self._x = state.x if state.lanes > 1 else state.x[:, 0].tolist()
        self._least = np.minimum if state.lanes > 1 else min
        self._falls: dict[int, Floats | float] = {}
        self._rises: dict[int, Floats | float] = {}

    def falls(self, at: int) -> Floats | float:
        """Return the factor on falls of an indicator."""
        if at not in self._falls:
            item, x = self._items[at], self._x[at]
            width = item.soft_bottom
            self._falls[at] = self._least(1.0, (x - item.low) / width) if width else 1.0
        return self._falls[at]

    def rises(self, at: int) -> Floats | float:
        """Return the factor on rises of an indicator."""
        if at not in self._rises:
            item, x = self._items[at], self._x[at]
            width = item.soft_top
            self._rises[at] = self._least(1.0, (item.high - x) / width) if width else 1.0
        return self._rises[at]

    def applied(self, at: int, points: Row) -> Row:
        """Return effects on an indicator, a row [B] or one number, faded."""
        if isinstance(points, float):
            return points * (self.rises(at) if points > 0.0 else self.falls(at))
        return points * np.where(points > 0.0, self.rises(at), self.falls(at))


def advance(bound: Bound, state: State, causes: Causes) -> Forecasted:
    """Return where the causes lead before luck: contributions and arrivals added to the start of the turn."""
    x = _drifted(bound.drift, state)
    pending = np.zeros_like(state.pending)
    if len(pending):
        pending[:-1] = state.pending[1:]
    soft = Softness(bound.ruleset, state)
    _add_varying(bound.drift.rest, state, 1.0, soft, x, pending)
    sums: dict[tuple[int, bool], Row] = {}
    active = dict(causes.active())
    for cause, plan in bound.plans.items():
        where = active.get(cause)
        if where is None:
            continue
        share = where.astype(np.float64) if state.lanes > 1 else 1.0
        for _, target, points in plan.fixed:
            key = target, points > 0.0
            sums[key] = sums[key] + share * points if key in sums else share * points
        _add_varying(plan, state, share, soft, x, pending)
    for (target, rising), total in sorted(sums.items()):
        x[target] += total * (soft.rises(target) if rising else soft.falls(target))
    return Forecasted(np.asarray(x).reshape(state.x.shape), pending)


def _drifted(drift: Drift, state: State) -> Any:
    """Return the values with what comes each turn whatever anybody does, and with what arrives now.

    They are rows [V, B]; in a single game a list of numbers, [V], whose sums have the same bits in less time.
    """
    totals: Any = state.x + drift.constant
    if state.lanes > 1:
        for target, source, points in drift.slopes:
            totals[target] += state.x[source] * points
        if len(state.pending):
            totals += state.pending[0]
        return totals
    x, totals = state.x[:, 0].tolist(), totals[:, 0].tolist()
    for target, source, points in drift.slopes:
        totals[target] += x[source] * points
    if len(state.pending):
        totals = list(map(operator.add, totals, state.pending[0, :, 0].tolist()))
    return totals


def _add_varying(plan: Plan, state: State, share: Row, soft: Softness, x: Any, pending: Floats) -> None:
    """Add the rules of one cause whose size varies, or that arrive later, to the sums in place."""
    if not plan.varying:
        return
    sizes = plan.program.run(state.read)
    for (_, rule, coefficient), size in zip(plan.varying, sizes, strict=True):
        points = size * coefficient * share
        if rule.fades:
            points = soft.applied(rule.target, points)
        if rule.after == 0:
            x[rule.target] += points
        for delay in range(max(rule.after, 1), rule.after + rule.lasts):
            pending[delay - 1, rule.target] += points


def noise_of(ruleset: Ruleset, state: State) -> Floats:
    """Return what luck adds to each indicator this turn, in index points, [V, B]."""
    compiled = tables(ruleset)
    return chance.normal(state.roots, state.turn, compiled.noise_streams) * compiled.noise


def settle(ruleset: Ruleset, state: State, causes: Causes, ahead: Forecasted, noise: Floats) -> State:
    """Return the state after the turn: luck added, values held in range, books brought up to date."""
    low, high = tables(ruleset).limits
    held: Floats = np.minimum(np.maximum(ahead.x + noise, low), high)
    x: Floats = np.round(held, DIGITS)
    signed, in_force = _signatures(ruleset, state, causes)
    return replace(
        state,
        turn=state.turn + 1,
        x=x,
        pending=ahead.pending,
        capital=_capital(ruleset, state, causes.moves),
        cooldown=_cooldown(ruleset, state, causes.moves),
        played=state.played | causes.moves,
        signed=signed,
        in_force=in_force,
        concluded=state.concluded | in_force,
        open=_decisions(ruleset, state, causes),
        fired=state.fired + causes.fired,
        seats=causes.seats,
    )


def _capital(ruleset: Ruleset, state: State, moves: Bools) -> Floats:
    capital = state.capital.copy()
    for at in rows_with_any(moves):
        move = ruleset.moves[at]
        if move.cost:
            capital[move.role] -= move.cost * moves[at]
    income, most = tables(ruleset).incomes
    kept: Floats = np.minimum(capital + income, most)
    return kept


def _cooldown(ruleset: Ruleset, state: State, moves: Bools) -> Counts:
    cooldown = np.maximum(state.cooldown, 1)
    cooldown -= 1
    for at in rows_with_any(moves):
        move = ruleset.moves[at]
        if move.cooldown:
            cooldown[at] = np.where(moves[at], move.cooldown, cooldown[at])
    return cooldown


def _decisions(ruleset: Ruleset, state: State, causes: Causes) -> Counts:
    opened = np.maximum(state.open, 1)
    opened -= 1
    for at in rows_with_any(state.open):
        opened[at] *= ~causes.moves[list(ruleset.events[at].options)].any(axis=0)
    if state.turn < ruleset.turns:
        opened += causes.fired * tables(ruleset).answer_turns
    return opened


def _signatures(ruleset: Ruleset, state: State, causes: Causes) -> tuple[Counts, Bools]:
    """Return the signatures that live on, [A, roles, B], and the agreements that act from now on, [A, B]."""
    signs = [at for at in tables(ruleset).signatures if causes.moves[at].any()]
    if not signs and not state.signed.any():
        return state.signed, causes.acting
    live = state.signed.copy()
    for at in signs:
        move = ruleset.moves[at]
        if move.agreement is not None:
            lasts = ruleset.agreements[move.agreement].offer_lasts
            row = live[move.agreement, move.role]
            live[move.agreement, move.role] = np.where(causes.moves[at], lasts, row)
    in_force = causes.acting.copy()
    for at in rows_with_any(live.reshape(len(live), -1)):
        agreement = ruleset.agreements[at]
        agreed = (live[at, list(agreement.parties)] > 0).all(axis=0)
        in_force[at] |= agreed & ~causes.broken[at] & ~state.in_force[at]
        live[at] = np.where(in_force[at] | causes.broken[at], 0, np.maximum(live[at] - 1, 0))
    return live, in_force


def resolve(
    bound: Bound,
    state: State,
    moves: Bools,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
) -> tuple[State, Causes]:
    """Resolve one turn.

    Args:
        bound: The ruleset in its world.
        state: The start of the turn, B lanes.
        moves: Legal moves, [P, B]; decisions that are due and unanswered take their default.
        forced: Events that fire whatever their chance and condition.
        forbidden: Events that do not fire.

    Returns:
        The state after the turn, and what acted in it.
    """
    ruleset = bound.ruleset
    moves = with_defaults(ruleset, state, moves)
    fired = fired_by_luck(bound, state, forced, forbidden)
    hidden = hidden_by_luck(ruleset, state, moves)
    causes = causes_of(bound, state, moves, fired, hidden)
    ahead = advance(bound, state, causes)
    return settle(ruleset, state, causes, ahead, noise_of(ruleset, state)), causes
