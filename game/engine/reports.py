"""What does a role hear of an indicator? Not the value but a report of it, off by an error of known size."""

import numpy as np

from game.base.arrays import Floats
from game.engine.bound import tables
from game.engine.ruleset import Ruleset
from game.engine.state import State


def errors_of(ruleset: Ruleset, role: int) -> Floats:
    """Return the standard deviation of a role's reports in index points, [V]; NaN where it gets none."""
    errors: Floats = tables(ruleset).report_errors[role, :, 0]
    return errors


def reports(ruleset: Ruleset, state: State) -> Floats:
    """Return the reports on the turn that led to a state, [roles, V, B]; NaN where a role gets none.

    report = clip(x + error * z), with z of the stream `report:ROLE:INDICATOR`.
    """
    compiled = tables(ruleset)
    errors, (low, high) = compiled.report_errors, compiled.limits
    luck = state.normal(compiled.report_streams.ravel(), state.turn - 1)
    heard = state.x + errors * luck.reshape(*errors.shape[:2], -1)
    within: Floats = np.minimum(np.maximum(heard, low), high)
    return within
