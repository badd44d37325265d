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
from game.engine.ledger import MeanTerm, Step, mean_terms
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
        terms: What rules and resting levels do in the coming turn.
    """

    bands: Floats
    means: Floats
    events: Floats
    outcomes: Floats
    seats: Floats
    terms: tuple[MeanTerm, ...]


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
        ruleset, readings = self.ruleset, len(evidence.particles)
        begun = self._begun(evidence, futures)
        first, end, values = self._played(begun, readings, planned, ruleset.turns)
        by_reading = values.reshape(*values.shape[:2], readings, futures)
        means = by_reading.mean(axis=3)
        bands = quantiles(by_reading)
        happened = (end.fired > 0) & ~(begun.fired > 0)
        ends = judge.outcomes(ruleset, end)
        terms = mean_terms(self._bound(readings), first)
        expected = []
        for reading in range(readings):
            lanes = slice(reading * futures, (reading + 1) * futures)
            expected.append(
                Expected(
                    bands=bands[:, :, reading],
                    means=means[..., reading],
                    events=happened[:, lanes].mean(axis=1),
                    outcomes=np.bincount(ends[lanes], minlength=len(ruleset.outcomes)) / futures,
                    seats=end.seats[:, lanes].mean(axis=1),
                    terms=tuple(terms[reading]),
                )
            )
        return tuple(expected)

    def answer(self, evidence: Evidence, planned: Sequence[int], question: Asked) -> Floats:
        """Return how likely each reading holds yes to a question that is asked before the coming turn, [K].

        Args:
            evidence: What the seat knows.
            planned: The seat's moves for the coming turn, legal.
            question: The question; nothing is played beyond the turn that settles it.
        """
        begun, readings = self._begun(evidence, FUTURES), len(evidence.particles)
        _first, end, _values = self._played(begun, readings, planned, question.settled(begun.turn))
        yes = settled(self.ruleset, question, begun, end)
        share: Floats = yes.reshape(readings, -1).mean(axis=1)
        return share

    def _begun(self, evidence: Evidence, futures: int) -> State:
        """Return futures before the coming turn, those of every reading side by side, on the same luck."""
        luck = roots_from(self.luck, futures)
        return side_by_side([_drawn(particles, luck) for particles in evidence.particles])

    def _played(
        self, begun: State, readings: int, planned: Sequence[int], until: int
    ) -> tuple[Step, State, Floats]:
        """Play futures up to and with a turn.

        Returns:
            The coming turn; the end; and the values after each turn, [turns, V, B].
        """
        bound = self._bound(readings)
        state, turns = begun, until + 1 - begun.turn
        values = np.empty((turns, *begun.x.shape))
        first: Step | None = None
        while first is None or state.turn <= until:
            moves = self._moves(state, planned if first is None else None)
            after, causes = resolve(bound, state, moves)
            first = first or Step(state, causes, after)
            values[state.turn - begun.turn] = after.x
            state = after
        return first, state, values

    def _moves(self, state: State, planned: Sequence[int] | None) -> Bools:
        """Return the moves made, [P, B]."""
        hand = Hand(self.ruleset, state)
        for role, bot in enumerate(self.bots):
            if planned is None or role != self.role:
                bot(state, hand)
        if planned is not None:
            hand.taken[list(planned)] = True
        return hand.taken

    def _bound(self, readings: int) -> Bound:
        """Return the ruleset as every reading has it, side by side."""
        return bind(self.ruleset, *(pure(self.ruleset, reading) for reading in range(readings)))


def quantiles(values: Floats) -> Floats:
    """Put values in order along their last axis and return their quantiles, [..., quantiles].

    Source: definition 7 of Hyndman and Fan, The American Statistician 50 (1996), as NumPy computes it, which takes
    several times as long.
    """
    values.sort(axis=-1)
    places = np.array(QUANTILES) * (values.shape[-1] - 1)
    before = np.floor(places).astype(np.int64)
    part = places - before
    lower, upper = values[..., before], values[..., np.minimum(before + 1, values.shape[-1] - 1)]
    gap = upper - lower
    found: Floats = np.where(part < 0.5, lower + gap * part, upper - gap * (1.0 - part))
    return found


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
