"""Is there an ending that no game can have?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.possible import is_impossible
from game.scenario.scene import Scene

CODE: Final = "L703"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield endings that need what never happens; of a condition impossible in itself L701 says so."""
    if not scene.sound:
        return
    for name in scene.scenario.outcomes:
        path = ("outcomes", name, "when")
        when = scene.formulas.get(path)
        if when is None or when.span.is_false:
            continue
        if is_impossible(when.expr, scene.possible.ranges):
            message = _("this ending is never reached: it needs what never happens")
            yield scene.warn(CODE, path, message, _("change its condition, or what it needs"))
