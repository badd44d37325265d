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
from game.engine.bound import bind, pure
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
        answers: Chance that each question asked is answered yes, [questions].
    """

    bands: Floats
    means: Floats
    events: Floats
    outcomes: Floats
    seats: Floats
    terms: tuple[Term, ...]
    answers: Floats


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
        questions: Sequence[Asked] = (),
    ) -> tuple[Expected, ...]:
        """Return what each reading leads the seat to expect.

        Args:
            evidence: What the seat knows.
            planned: The seat's moves for the coming turn, legal.
            futures: How many for each reading.
            questions: Questions whose answers are looked for, asked before the coming turn.
        """
        ruleset, luck = self.ruleset, roots_from(self.luck, futures)
        begun = side_by_side([_drawn(particles, luck) for particles in evidence.particles])
        first, end, values, answers = self._played(begun, len(evidence.particles), planned, questions)
        by_reading = values.reshape(*values.shape[:2], len(evidence.particles), futures)
        # Quantiles of values in order are found in a fraction of the time.
        bands = np.quantile(np.sort(by_reading, axis=3), QUANTILES, axis=3)
        means = by_reading.mean(axis=3)
        happened = (end.fired > 0) & ~(begun.fired > 0)
        ends = judge.outcomes(ruleset, end)
        expected = []
        for reading in range(len(evidence.particles)):
            lanes = slice(reading * futures, (reading + 1) * futures)
            expected.append(
                Expected(
                    bands=np.moveaxis(bands[..., reading], 0, 2),
                    means=means[..., reading],
                    events=happened[:, lanes].mean(axis=1),
                    outcomes=np.bincount(ends[lanes], minlength=len(ruleset.outcomes)) / futures,
                    seats=end.seats[:, lanes].mean(axis=1),
                    terms=self._terms(reading, first.take(lanes)),
                    answers=answers[:, reading],
                )
            )
        return tuple(expected)

    def _played(
        self, begun: State, readings: int, planned: Sequence[int], questions: Sequence[Asked]
    ) -> tuple[Step, State, Floats, Floats]:
        """Play futures to the end, those of every reading side by side.

        Returns:
            The coming turn; the end; the values after each turn, [turns, V, B]; and how often each question is
            answered yes, [questions, K].
        """
        bound = bind(self.ruleset, *(pure(self.ruleset, reading) for reading in range(readings)))
        state, values, answers = begun, [], np.zeros((len(questions), readings))
        first: Step | None = None
        while first is None or state.turn <= self.ruleset.turns:
            moves = self._moves(state, planned if first is None else None)
            after, causes = resolve(bound, state, moves)
            first = first or Step(state, causes, after)
            values.append(after.x)
            for at, question in enumerate(questions):
                if question.settled(begun.turn) == state.turn:
                    yes = settled(self.ruleset, question, begun, after)
                    answers[at] = yes.reshape(readings, -1).mean(axis=1)
            state = after
        return first, state, np.stack(values), answers

    def _moves(self, state: State, planned: Sequence[int] | None) -> Bools:
        """Return the moves made, [P, B]."""
        hand = Hand(self.ruleset, state)
        for role, bot in enumerate(self.bots):
            if planned is None or role != self.role:
                bot(state, hand)
        if planned is not None:
            hand.taken[list(planned)] = True
        return hand.taken

    def _terms(self, reading: int, step: Step) -> tuple[Term, ...]:
        bound = bind(self.ruleset, pure(self.ruleset, reading))
        return (*rule_terms(bound, [step]), *rest_terms(bound, step.before))


def _drawn(particles: State, luck: Words) -> State:
    """Return as many futures' beginnings as there is luck for, particles in turn."""
    chosen: Ints = np.arange(len(luck)) % particles.lanes
    return replace(particles.take(chosen), roots=luck)


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
