"""What does a turn count for in a variant that has fewer of them?

One turn stands for `pace` turns of the full game. What acts all the time acts that much more; policies,
which a role cannot use as often as before, by a smaller power; single happenings stay as they are. The
engine applies the pace to events' chances.
"""

from typing import Final

from game.engine.expression import Call, Const, Expr
from game.scenario.inventory import ALWAYS, Inventory

_POLICY_POWER: Final = 0.75


class Pacing:
    """Factors of a scenario's pace."""

    def __init__(self, inventory: Inventory) -> None:
        self.pace = inventory.scenario.pace
        self._scenario = inventory.scenario

    def of_effect(self, cause: str) -> float:
        """Return what effects of a cause are multiplied by."""
        if cause == ALWAYS or cause in self._scenario.agreements:
            return self.pace
        if cause in self._scenario.policies:
            return float(self.pace**_POLICY_POWER)
        return 1.0

    def of_noise(self) -> float:
        """Return what noise is multiplied by: independent turns add up by the root."""
        return float(self.pace**0.5)

    def rest(self, rate: float) -> float:
        """Return the part of the gap to its resting value that an indicator closes in a turn."""
        return rate if self.pace == 1.0 else float(1.0 - (1.0 - rate) ** self.pace)


def scaled(expr: Expr, factor: float) -> Expr:
    """Return a formula times a constant."""
    if factor == 1.0:
        return expr
    if isinstance(expr, Const):
        return Const(expr.value * factor)
    return Call("mul", (Const(factor), expr))
