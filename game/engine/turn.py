"""How does one turn become the next? Causes first, then their effects, then luck.

    x' = round(clip(x + sum of contributions per indicator + arrivals + noise))

Every function is pure; `resolve` does the whole turn. The parts are public because the evidence filter
puts its own knowledge between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from game.base.arrays import Bools, Counts, Floats
from game.engine import chance
from game.engine.bound import Bound, tables
from game.engine.contests import largest_remainder, shares
from game.engine.effects import Causes, Forecasted, advance, parted, rows_with_any
from game.engine.program import rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State

DIGITS = 9
"""Decimal digits that indicator values are rounded to after each turn."""


def any_of(table: Bools, rows: Iterable[int]) -> Bools:
    """Return where any of the given rows of a table, [N, B], holds, [B]."""
    result = np.zeros(table.shape[1], bool)
    for at in rows:
        result |= table[at]
    return result


def with_defaults(ruleset: Ruleset, state: State, moves: Bools) -> Bools:
    """Return the moves with the default answer of every decision that is due and unanswered, [P, B]."""
    result = moves
    for at in rows_with_any(state.open):
        event = ruleset.events[at]
        due = state.open[at] > 0 if state.turn == ruleset.turns else state.open[at] == 1
        answered = any_of(moves, event.options)
        if result is moves:
            result = moves.copy()
        result[event.default] |= due & ~answered
    return result


def chances(bound: Bound, state: State) -> tuple[Floats, Bools]:
    """Return each event's probability to fire this turn, [E, B], and where it may fire at all, [E, B].

    Dated events have probability 1 in their turn, 0 in others. The probability is 0 where the event may
    not fire: its condition does not hold, its own decision is open, or it was to happen once and has.
    """
    ruleset, compiled = bound.ruleset, tables(bound.ruleset)
    results = compiled.events.run(state.read)
    probability = rows_of(results[: len(ruleset.events)], state.lanes)
    each = parted(bound, probability)
    each *= bound.factors
    np.maximum(probability, 0.0, out=probability)
    np.minimum(probability, 1.0, out=probability)
    if ruleset.pace != 1.0:
        probability = 1.0 - np.power(1.0 - probability, ruleset.pace)
    may = free(ruleset, state)
    may[compiled.guarded] &= rows_of(results[len(ruleset.events) :], state.lanes) != 0.0
    dated = compiled.dated
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
    draws = state.uniform(tables(bound.ruleset).event_streams)
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
                draws = state.uniform(words[at : at + 1])[0]
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
        by_moves = any_of(shown, agreement.broken_by_moves)
        by_events = any_of(fired, agreement.broken_by_events)
        broken[at] = state.in_force[at] & (by_moves | by_events)
    return broken


def held_contests(ruleset: Ruleset, state: State) -> Counts:
    """Return every bloc's seats after the contests of this turn, [blocs, B]."""
    due = [at for at, contest in enumerate(ruleset.contests) if contest.turn == state.turn]
    if not due:
        return state.seats
    compiled = tables(ruleset)
    strengths = rows_of(compiled.strengths.run(state.read), state.lanes)
    luck = state.normal(compiled.bloc_streams)
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


def noise_of(ruleset: Ruleset, state: State) -> Floats:
    """Return what luck adds to each indicator this turn, in index points, [V, B]."""
    compiled = tables(ruleset)
    luck = chance.normal(state.roots, state.turn, compiled.noise_streams)
    noise: Floats = state.on_lanes(luck * compiled.noise)
    return noise


def settle(ruleset: Ruleset, state: State, causes: Causes, ahead: Forecasted, noise: Floats) -> State:
    """Return the state after the turn: luck added, values held in range, books brought up to date."""
    low, high = tables(ruleset).limits
    x: Floats = ahead.x + noise
    np.clip(x, low, high, out=x)
    np.round(x, DIGITS, out=x)
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
    cooldown: Counts = state.cooldown - (state.cooldown > 0)
    for at in rows_with_any(moves):
        move = ruleset.moves[at]
        if move.cooldown:
            cooldown[at] = np.where(moves[at], move.cooldown, cooldown[at])
    return cooldown


def _decisions(ruleset: Ruleset, state: State, causes: Causes) -> Counts:
    opened: Counts = state.open - (state.open > 0)
    for at in rows_with_any(state.open):
        opened[at] *= ~any_of(causes.moves, ruleset.events[at].options)
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
