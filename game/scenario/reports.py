"""How exactly is a role told of an indicator?"""

from typing import Final

from game.scenario.schema import Indicator

_USUAL_ERROR: Final = 15.0
"""Standard deviation of a report, in points, where an indicator gives none."""


def error_for(indicator: Indicator, role: str) -> float:
    """Return the standard deviation of what a role is told, in points; 0 means exactly."""
    report = indicator.report
    if role in report.exact_for:
        return 0.0
    return report.error.get(role, report.error.get("default", _USUAL_ERROR))


def is_exact(indicator: Indicator, role: str) -> bool:
    """Return whether a role knows an indicator exactly."""
    return role not in indicator.report.hidden_from and error_for(indicator, role) == 0.0
