"""Is there a claim that cites nothing although the scenario has sources?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.scene import Scene

CODE: Final = "L706"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield claims without a citation."""
    if not scene.scenario.sources:
        return
    for reading, account in scene.scenario.readings.items():
        for name, claim in account.claims.items():
            if not claim.cite:
                path = ("readings", reading, "claims", name)
                message = _("this claim cites nothing")
                fix = _("add 'cite' with the paragraphs it rests on")
                yield scene.warn(CODE, path, message, fix, key=True)
