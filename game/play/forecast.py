"""What would follow? Futures from a seat's own particles, one set under each reading.

The seat's planned moves are made this turn; later turns, and all other roles, are played by quick bots. All
readings share the same luck, so that what differs between them differs by what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.base.digest import word_of
from game.engine import judge
from game.engine.bound import Bound, bind, pure
from game.engine.chance import roots_from
from game.engine.ledger import Step, Term, rest_terms, rule_terms
from game.engine.moves import Hand
from game.engine.program import compile_formulas, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State
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
        self.luck = word_of(f"forecast:{ruleset.roles[role].id}:{ruleset.digest}")

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
        return tuple(
            self._under(
                bind(self.ruleset, pure(self.ruleset, reading)), particles, planned, futures, questions
            )
            for reading, particles in enumerate(evidence.particles)
        )

    def _under(
        self,
        bound: Bound,
        particles: State,
        planned: Sequence[int],
        futures: int,
        questions: Sequence[Asked],
    ) -> Expected:
        chosen: Ints = np.arange(futures) % particles.lanes
        state = replace(particles.take(chosen), roots=roots_from(self.luck, futures))
        begun = state
        paths, first = [], None
        answers = np.zeros(len(questions))
        while state.turn <= self.ruleset.turns:
            hand = Hand(self.ruleset, state)
            for role, bot in enumerate(self.bots):
                if first is None and role == self.role:
                    continue
                bot(state, hand)
            moves = hand.taken
            if first is None:
                moves[list(planned)] = True
            after, causes = resolve(bound, state, moves)
            first = first or Step(state, causes, after)
            paths.append(after.x)
            for at, question in enumerate(questions):
                if question.settled(begun.turn) == state.turn:
                    answers[at] = settled(self.ruleset, question, begun, after).mean()
            state = after
        stacked = np.stack(paths)
        happened = (state.fired > 0) & ~(begun.fired > 0)
        ends = np.bincount(judge.outcomes(self.ruleset, state), minlength=len(self.ruleset.outcomes))
        return Expected(
            bands=np.moveaxis(np.quantile(stacked, QUANTILES, axis=2), 0, 2),
            means=stacked.mean(axis=2),
            events=happened.mean(axis=1),
            outcomes=ends / futures,
            seats=state.seats.mean(axis=1),
            terms=() if first is None else _terms(bound, first),
            answers=answers,
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
