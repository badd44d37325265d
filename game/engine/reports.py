"""What does a role hear of an indicator? Not the value but a report of it, off by an error of known size."""

import numpy as np

from game.base.arrays import Floats
from game.engine import chance
from game.engine.bound import tables
from game.engine.ruleset import Ruleset
from game.engine.state import State


def errors_of(ruleset: Ruleset, role: int) -> Floats:
    """Return the standard deviation of a role's reports in index points, [V]; NaN where it gets none."""
    return np.array([np.nan if item.hidden[role] else item.errors[role] for item in ruleset.indicators])


def reports(ruleset: Ruleset, role: int, state: State) -> Floats:
    """Return the reports on the turn that led to a state, [V, B]; NaN where a role gets none.

    report = clip(x + error * z), with z of the stream `report:ROLE:INDICATOR`.
    """
    names = (f"report:{ruleset.roles[role].id}:{item.id}" for item in ruleset.indicators)
    luck = chance.normal(state.roots, state.turn - 1, chance.streams(names))
    low, high = tables(ruleset).limits
    heard = state.x + errors_of(ruleset, role)[:, None] * luck
    return np.minimum(np.maximum(heard, low), high)
