"""Is there an expectation that no game could disappoint?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.bounds import Interval
from game.scenario.findings import Finding
from game.scenario.scene import Scene
from game.scenario.schema import Bounds, Expect

CODE: Final = "L705"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield expectations whose bounds hold whatever a game brings, so that they prove nothing."""
    if not scene.sound:
        return
    for reading, account in scene.scenario.readings.items():
        for name, claim in account.claims.items():
            for at, expect in enumerate(claim.expect):
                path = ("readings", reading, "claims", name, "expect", at)
                if _is_sure(expect, scene.formulas[(*path, "measure")].span):
                    message = _("this expectation cannot fail: the figure lies within its bounds in any game")
                    fix = _("narrow the bounds to what the claim says, and no other account would show")
                    yield scene.warn(CODE, (*path, "measure"), message, fix)


def _is_sure(expect: Expect, level: Interval) -> bool:
    if expect.both is not None or expect.at_least_times is not None:
        return False
    figure = level
    if expect.without is not None:
        width = level.high - level.low if expect.with_ != expect.without else 0.0
        figure = Interval(-width, width)
    bounds = [bound for bound in (expect, *expect.also_under.values()) if bound.bounded]
    return all(_holds(bound, figure) for bound in bounds)


def _holds(bounds: Bounds, figure: Interval) -> bool:
    """Return whether every value keeps to bounds."""
    return (
        (bounds.at_least is None or bounds.at_least <= figure.low)
        and (bounds.at_most is None or bounds.at_most >= figure.high)
        and (bounds.within is None or bounds.within >= figure.size)
    )
