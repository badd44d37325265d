"""How is a fixed plan played: the same moves tried each turn, as far as they are legal?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from game.base.arrays import Bools
from game.engine.bound import Bound
from game.engine.ledger import Step
from game.engine.moves import Hand
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.engine.turn import resolve


class Chooser(Protocol):
    """Chooses moves in many games at once."""

    def __call__(self, state: State, hand: Hand) -> None:
        """Add moves to the hand for the turn that the state is at the start of."""
        ...


@dataclass(frozen=True, slots=True)
class FixedPlan:
    """Moves that are tried in order each turn until slots or capital end."""

    moves: tuple[int, ...]

    def __call__(self, state: State, hand: Hand) -> None:
        """Add the plan's moves, in all lanes, as far as they fit."""
        everywhere = np.ones(state.lanes, bool)
        for at in self.moves:
            hand.take(at, everywhere)


@dataclass(frozen=True, slots=True)
class Course:
    """How a batch of games is to go.

    Attributes:
        choosers: What chooses moves; roles that none of them plays stay idle.
        forced: Events that fire in a turn whatever their chance and condition, by turn.
        forbidden: Events that never fire.
    """

    choosers: Sequence[Chooser] = ()
    forced: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    forbidden: tuple[int, ...] = ()


def moves_chosen(ruleset: Ruleset, state: State, choosers: Iterable[Chooser]) -> Bools:
    """Return the moves that choosers make, [P, B], always legal."""
    chosen = list(choosers)
    if not chosen:
        return np.zeros((len(ruleset.moves), state.lanes), bool)
    hand = Hand(ruleset, state)
    for choose in chosen:
        choose(state, hand)
    return hand.taken


def play_turn(bound: Bound, state: State, course: Course) -> Step:
    """Resolve one turn of a batch."""
    moves = moves_chosen(bound.ruleset, state, course.choosers)
    forced = course.forced.get(state.turn, ())
    after, causes = resolve(bound, state, moves, forced, course.forbidden)
    return Step(state, causes, after, forced)
