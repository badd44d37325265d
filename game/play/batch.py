"""How are many games played under given circumstances? In blocks that fit the processor's cache."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from game.base.arrays import Floats
from game.engine.bound import Bound, bind
from game.engine.chance import roots_from
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin
from game.play.plans import Chooser, Course, FixedPlan, play_turn
from game.scenario.expects import Start

BLOCK: Final = 1000
"""Games played side by side; results do not depend on it."""


@dataclass(frozen=True)
class Circumstances:
    """What is special about a batch of games.

    Attributes:
        plans: Moves that each role tries in order every turn, by role.
        others: Makes the chooser of roles without a plan, or None for idle ones.
        starts: Indicators that begin elsewhere.
        forced: Events that fire whatever their chance and condition, by turn.
        forbidden: Events that never fire.
    """

    plans: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    others: Callable[[int], Chooser] | None = None
    starts: Sequence[Start] = ()
    forced: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    forbidden: tuple[int, ...] = ()

    def course(self, ruleset: Ruleset) -> Course:
        """Return how the batch goes."""
        choosers: list[Chooser] = []
        for role in range(len(ruleset.roles)):
            if role in self.plans:
                choosers.append(FixedPlan(self.plans[role]))
            elif self.others is not None:
                choosers.append(self.others(role))
        return Course(choosers, self.forced, self.forbidden)

    def first_values(self, ruleset: Ruleset, lanes: int) -> Floats:
        """Return the indicator values that the games begin with, [V, B], held in range."""
        values = np.array([item.start for item in ruleset.indicators])
        for start in self.starts:
            item = ruleset.indicators[start.indicator]
            value = item.start + start.value if start.relative else start.value
            values[start.indicator] = min(max(value, item.low), item.high)
        return np.repeat(values[:, None], lanes, axis=1)


def blocks(
    bound: Bound,
    course: Course,
    first_values: Callable[[int], Floats],
    seed: int,
    games: int,
) -> Iterator[list[State]]:
    """Play the games `seed`, `seed + 1`, ... and yield each block's states, the start first.

    Args:
        bound: The ruleset in its world.
        course: How the games go.
        first_values: Gives the values [V, B] that a block of so many games begins with.
        seed: Of the first game.
        games: How many.
    """
    for first in range(0, games, BLOCK):
        lanes = min(BLOCK, games - first)
        state = begin(bound.ruleset, roots_from(seed + first, lanes), first_values(lanes))
        path = [state]
        while state.turn <= bound.ruleset.turns:
            state = play_turn(bound, state, course).after
            path.append(state)
        yield path


def play_batch(
    ruleset: Ruleset, world: Floats, circumstances: Circumstances, seed: int, games: int
) -> Iterator[list[State]]:
    """Play games in one world under given circumstances; yields each block's states, the start first."""
    course = circumstances.course(ruleset)
    return blocks(
        bind(ruleset, world),
        course,
        lambda lanes: circumstances.first_values(ruleset, lanes),
        seed,
        games,
    )
