"""Is there a condition that always holds?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.scene import Scene

CODE: Final = "L702"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield conditions that might as well be left out."""
    for condition in scene.conditions():
        if condition.span.is_true:
            message, fix = _("this condition always holds"), _("take the condition out")
            yield scene.warn(CODE, condition.path, message, fix)
