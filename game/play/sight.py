"""What does a seat see of a turn? The one place where its secrets are cut out."""

from dataclasses import dataclass

import numpy as np

from game.base.arrays import Bools, Counts, Floats
from game.engine.ledger import Step
from game.engine.reports import reports
from game.engine.ruleset import Ruleset


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


def observe(ruleset: Ruleset, step: Step) -> list[Observation]:
    """Return what each role learns of a turn of a single game."""
    causes, before = step.causes, step.before
    moves = [(at, bool(causes.hidden[at, 0])) for at in _where(causes.moves)]
    fired, broken, in_force = _where(causes.fired), _where(causes.broken), _where(step.after.in_force)
    heard = reports(ruleset, step.after)[..., 0]
    return [
        Observation(
            turn=before.turn,
            moves=frozenset(at for at, hidden in moves if sees_move(ruleset, role, at, hidden=hidden)),
            fired=frozenset(at for at in fired if role in ruleset.events[at].seen_by),
            injected=frozenset(at for at in step.forced if role in ruleset.events[at].seen_by),
            broken=frozenset(at for at in broken if knows_agreement(ruleset, role, at)),
            in_force=frozenset(at for at in in_force if knows_agreement(ruleset, role, at)),
            seats=step.after.seats[:, 0],
            reports=heard[role],
        )
        for role in range(len(ruleset.roles))
    ]


def _where(table: Bools) -> list[int]:
    """Return the rows of a single game's table, [N, 1], that hold."""
    found: list[int] = np.flatnonzero(table[:, 0]).tolist()
    return found
