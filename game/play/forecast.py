"""What would follow? Futures from a seat's own particles, one set under each reading.

The seat's planned moves are made this turn; later turns, and all other roles, are played by quick bots. All
readings share the same luck, so that what differs between them differs by what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats, Ints, Words
from game.base.digest import word_of
from game.engine import judge
from game.engine.bound import Bound, bind, pure
from game.engine.chance import roots_from
from game.engine.ledger import Step, Term, rest_terms, rule_terms
from game.engine.moves import Hand
from game.engine.program import compile_formulas, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State, side_by_side
from game.engine.turn import resolve
from game.play.evidence import Evidence
from game.play.quick import QuickBot
from game.scenario.asking import Asked

FUTURES: Final = 250
"""Futures for each reading: enough for a first picture."""

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Shares of the futures that lie below each line of a band."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one reading leads a seat to expect.

    Attributes:
        bands: Quantiles of each indicator after each turn from the coming one to the last,
            [turns, V, quantiles].
        means: Mean of each indicator after each of these turns, [turns, V].
        events: Chance that each event happens at least once from now on, [E].
        outcomes: Chance of each ending, [outcomes].
        seats: Mean seats of each bloc at the end, [blocs].
        terms: What rules and resting levels do in the coming turn, points in each future.
    """

    bands: Floats
    means: Floats
    events: Floats
    outcomes: Floats
    seats: Floats
    terms: tuple[Term, ...]


class Forecaster:
    """Looks ahead for one role; keeps what does not change from one look to the next."""

    def __init__(self, ruleset: Ruleset, role: int) -> None:
        self.ruleset, self.role = ruleset, role
        self.bots = [QuickBot(ruleset, other) for other in range(len(ruleset.roles))]
        self.luck = word_of(f"forecast:{ruleset.roles[role].id}")

    def look(
        self,
        evidence: Evidence,
        planned: Sequence[int],
        futures: int = FUTURES,
    ) -> tuple[Expected, ...]:
        """Return what each reading leads the seat to expect.

        Args:
            evidence: What the seat knows.
            planned: The seat's moves for the coming turn, legal.
            futures: How many for each reading.
        """
        return tuple(path.expected() for path in self._paths(evidence, planned, futures, self.ruleset.turns))

    def answer(self, evidence: Evidence, planned: Sequence[int], question: Asked) -> Floats:
        """Return how likely each reading holds yes to a question that is asked before the coming turn, [K].

        Args:
            evidence: What the seat knows.
            planned: The seat's moves for the coming turn, legal.
            question: The question; nothing is played beyond the turn that settles it.
        """
        until = question.settled(evidence.particles[0].turn)
        paths = self._paths(evidence, planned, FUTURES, until)
        return np.array([settled(self.ruleset, question, path.begun, path.state).mean() for path in paths])

    def _paths(self, evidence: Evidence, planned: Sequence[int], futures: int, until: int) -> "list[_Path]":
        """Return the futures under each reading, played up to and with a turn."""
        luck = roots_from(self.luck, futures)
        paths = [
            _Path(bind(self.ruleset, pure(self.ruleset, reading)), _drawn(particles, luck))
            for reading, particles in enumerate(evidence.particles)
        ]
        turn = paths[0].state.turn
        while paths[0].state.turn <= until:
            moves = self._moves(
                [path.state for path in paths], planned if paths[0].state.turn == turn else None
            )
            for path, made in zip(paths, np.split(moves, len(paths), axis=1), strict=True):
                path.go_on(np.ascontiguousarray(made))
        return paths

    def _moves(self, states: Sequence[State], planned: Sequence[int] | None) -> Bools:
        """Return the moves made under all readings, [P, K x N]: bots look at all futures at once."""
        joint = side_by_side(states)
        hand = Hand(self.ruleset, joint)
        for role, bot in enumerate(self.bots):
            if planned is None or role != self.role:
                bot(joint, hand)
        if planned is not None:
            hand.taken[list(planned)] = True
        return hand.taken


def _drawn(particles: State, luck: Words) -> State:
    """Return as many futures' beginnings as there is luck for, particles in turn."""
    chosen: Ints = np.arange(len(luck)) % particles.lanes
    return replace(particles.take(chosen), roots=luck)


class _Path:
    """The futures under one reading, turn by turn."""

    def __init__(self, bound: Bound, begun: State) -> None:
        self.bound, self.begun, self.state = bound, begun, begun
        self.first: Step | None = None
        self.values: list[Floats] = []

    def go_on(self, moves: Bools) -> None:
        """Resolve one more turn."""
        after, causes = resolve(self.bound, self.state, moves)
        self.first = self.first or Step(self.state, causes, after)
        self.values.append(after.x)
        self.state = after

    def expected(self) -> Expected:
        """Return what the futures come to, after the last turn."""
        ruleset, state = self.bound.ruleset, self.state
        stacked = np.stack(self.values)
        happened = (state.fired > 0) & ~(self.begun.fired > 0)
        ends = np.bincount(judge.outcomes(ruleset, state), minlength=len(ruleset.outcomes))
        return Expected(
            bands=np.moveaxis(np.quantile(stacked, QUANTILES, axis=2), 0, 2),
            means=stacked.mean(axis=2),
            events=happened.mean(axis=1),
            outcomes=ends / state.lanes,
            seats=state.seats.mean(axis=1),
            terms=() if self.first is None else _terms(self.bound, self.first),
        )


def settled(ruleset: Ruleset, question: Asked, asked: State, after: State) -> Bools:
    """Return whether the answer to a question is yes, [B].

    Args:
        ruleset: The compiled scenario.
        question: The question.
        asked: The situation before the turn of asking.
        after: The situation in which it is settled.
    """
    read = judge.reader(ruleset, after, asked.x)
    row = rows_of(compile_formulas([question.holds]).run(read), after.lanes)[0]
    holds: Bools = row != 0.0
    return holds


def _terms(bound: Bound, step: Step) -> tuple[Term, ...]:
    return (*rule_terms(bound, [step]), *rest_terms(bound, step.before))
