"""How did it end, and who got what they wanted?"""

from collections.abc import Callable, Sequence

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.engine.expression import Leaf
from game.engine.program import Row, compile_formulas, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State


def outcomes(ruleset: Ruleset, state: State) -> Ints:
    """Return the position of each game's outcome, the first whose condition holds, [B]."""
    result = np.full(state.lanes, len(ruleset.outcomes) - 1)
    tried = [item.when for item in ruleset.outcomes if item.when is not None]
    rows = rows_of(compile_formulas(tried).run(state.read), state.lanes)
    at = len(tried)
    for position in reversed([i for i, item in enumerate(ruleset.outcomes) if item.when is not None]):
        at -= 1
        result = np.where(rows[at] != 0.0, position, result)
    return result


def worth(ruleset: Ruleset, state: State, role: int) -> Floats:
    """Return how far each objective of a role is reached, 0 to 1, [objectives, B]."""
    objectives = ruleset.roles[role].objectives
    rows = rows_of(compile_formulas([item.of for item in objectives]).run(state.read), state.lanes)
    worst = np.array([[item.worst] for item in objectives])
    best = np.array([[item.best] for item in objectives])
    reached_part: Floats = np.clip((rows - worst) / (best - worst), 0.0, 1.0)
    return reached_part


def score(ruleset: Ruleset, state: State, role: int) -> Floats:
    """Return a role's score, the weighted mean of its objectives, 0 to 1, [B]."""
    total, weights = np.zeros(state.lanes), 0.0
    for row, item in zip(worth(ruleset, state, role), ruleset.roles[role].objectives, strict=True):
        total += item.weight * row
        weights += item.weight
    return total / weights if weights else total


def reached(ruleset: Ruleset, state: State, role: int) -> Bools:
    """Return whether a role's score reaches its mark, [B]."""
    result: Bools = score(ruleset, state, role) >= ruleset.roles[role].reached_at
    return result


def reader(ruleset: Ruleset, state: State, asked: Floats | None = None) -> Callable[[Leaf], Row]:
    """Return what formulas of measures and questions read: the state, outcomes and values when asked.

    Args:
        ruleset: The compiled scenario.
        state: The situation to read.
        asked: Indicator values before the turn in which a question was asked, [V, B].
    """

    def read(leaf: Leaf) -> Row:
        if leaf.kind == "outcome":
            return (outcomes(ruleset, state) == leaf.index).astype(np.float64)
        if leaf.kind == "asked":
            if asked is None:
                raise ValueError("a formula reads asked() where nothing was asked")
            return asked[leaf.index]
        return state.read(leaf)

    return read


def costs(ruleset: Ruleset, path: Sequence[State]) -> Floats:
    """Return what the game cost, [costs, B], from the states after each turn, the last at the end."""
    values = np.zeros((len(ruleset.costs), path[-1].lanes))
    for at, cost in enumerate(ruleset.costs):
        if cost.of is not None:
            values[at] = rows_of(compile_formulas([cost.of]).run(path[-1].read), path[-1].lanes)[0]
        elif cost.count is not None:
            program = compile_formulas([cost.count])
            for state in path:
                values[at] += rows_of(program.run(state.read), state.lanes)[0] != 0.0
    return values
