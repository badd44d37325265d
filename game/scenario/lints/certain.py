"""Is there an event whose chance is above 1 as a rule, as where percent are written?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from game.locale import _
from game.scenario.bounds import Interval, Ranges, judge
from game.scenario.findings import Finding
from game.scenario.scene import Scene

CODE: Final = "L709"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield events whose formula comes to more than 1 where all indicators stand in the middle."""
    if not scene.measured:
        return
    middle = _middle(scene.ranges)
    for name in scene.scenario.events:
        chance = scene.formulas.get(("events", name, "chance"))
        if chance is None or chance.faults or not chance.uses:
            continue
        usual = judge(chance, middle).span.low
        if usual > 1.0 or chance.span.low >= 1.0:
            message = _(
                "the chance of '{name}' is {value} in the middle of the indicators' ranges, and 1 is certain"
            )
            fix = _("divide by 100 what is meant as percent, or write 'chance: 1'")
            yield scene.warn(CODE, chance.path, message.format(name=name, value=f"{usual:.3g}"), fix)


def _middle(ranges: Ranges) -> Ranges:
    """Return ranges in which each indicator stands in the middle of its own."""
    middles = [(span.low + span.high) / 2 for span in ranges.indicators]
    return replace(ranges, indicators=tuple(Interval(middle, middle) for middle in middles))
