"""What does a seat see of a turn? The one place where its secrets are cut out."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from game.base.arrays import Bools, Counts, Floats
from game.engine.ledger import Step
from game.engine.reports import reports
from game.engine.ruleset import Ruleset

_NOTHING: Final = frozenset[int]()
"""Most sets of what happened are empty: all of them are this one."""


@dataclass(frozen=True, slots=True)
class Observation:
    """All that a role learns of a resolved turn of a single game.

    Attributes:
        turn: The turn that was resolved.
        moves: Moves it knows of: its own, others' that came to light, answers to events that it saw,
            signatures under agreements that it is a party to.
        fired: Events that it saw.
        injected: Those of them that a facilitator made happen.
        broken: Agreements known to it that were broken.
        in_force: Agreements known to it that act from now on.
        seats: Seats of every bloc, [blocs].
        reports: What it hears of each indicator, [V]; NaN where it hears nothing.
    """

    turn: int
    moves: frozenset[int]
    fired: frozenset[int]
    injected: frozenset[int]
    broken: frozenset[int]
    in_force: frozenset[int]
    seats: Counts
    reports: Floats


def sees_move(ruleset: Ruleset, role: int, move: int, *, hidden: bool) -> bool:
    """Return whether a role learns that a move was made, given whether that use stayed hidden."""
    item = ruleset.moves[move]
    if item.role == role:
        return True
    if item.event is not None:
        return role in ruleset.events[item.event].seen_by
    if item.agreement is not None:
        return role in ruleset.agreements[item.agreement].parties
    return not hidden


def knows_agreement(ruleset: Ruleset, role: int, agreement: int) -> bool:
    """Return whether a role learns when an agreement comes into force or is broken."""
    item = ruleset.agreements[agreement]
    return not item.covert or role in item.parties


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a role learns of in any turn, by position.

    Attributes:
        moves: Moves that it learns of even where a use stays hidden from others.
        shown: Moves that it learns of where a use comes to light.
        events: Events that it sees.
        agreements: Agreements that it knows.
    """

    moves: frozenset[int]
    shown: frozenset[int]
    events: frozenset[int]
    agreements: frozenset[int]


@lru_cache(maxsize=64)
def _sights(ruleset: Ruleset) -> tuple[_Sight, ...]:
    """Return what each role learns of."""
    moves, agreements = range(len(ruleset.moves)), range(len(ruleset.agreements))
    return tuple(
        _Sight(
            moves=frozenset(at for at in moves if sees_move(ruleset, role, at, hidden=True)),
            shown=frozenset(at for at in moves if sees_move(ruleset, role, at, hidden=False)),
            events=frozenset(at for at, event in enumerate(ruleset.events) if role in event.seen_by),
            agreements=frozenset(at for at in agreements if knows_agreement(ruleset, role, at)),
        )
        for role in range(len(ruleset.roles))
    )


def observe(ruleset: Ruleset, step: Step) -> list[Observation]:
    """Return what each role learns of a turn of a single game."""
    causes, before = step.causes, step.before
    made, hidden = _where(causes.moves), _where(causes.hidden)
    fired, broken, in_force = _where(causes.fired), _where(causes.broken), _where(step.after.in_force)
    forced = frozenset(step.forced) or _NOTHING
    heard, seats = reports(ruleset, step.after)[..., 0], step.after.seats[:, 0]
    return [
        Observation(
            turn=before.turn,
            moves=_known(made, sight.shown - hidden | sight.moves if hidden else sight.shown),
            fired=_known(fired, sight.events),
            injected=_known(forced, sight.events),
            broken=_known(broken, sight.agreements),
            in_force=_known(in_force, sight.agreements),
            seats=seats,
            reports=heard[role],
        )
        for role, sight in enumerate(_sights(ruleset))
    ]


def _known(happened: frozenset[int], known: frozenset[int]) -> frozenset[int]:
    """Return what somebody learns of what happened; the same set for all who learn all of it."""
    return happened if happened <= known else (happened & known or _NOTHING)


def _where(table: Bools) -> frozenset[int]:
    """Return the rows of a single game's table, [N, 1], that hold."""
    return frozenset(np.flatnonzero(table[:, 0]).tolist()) or _NOTHING
