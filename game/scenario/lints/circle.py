"""Do things wait for each other, so that none of them ever comes about?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.scene import Scene

CODE: Final = "R502"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield what waits for something that waits for it."""
    if not scene.sound:
        return
    for blocked in scene.possible.blocked:
        if blocked.in_circle:
            message = _("'{name}' never comes about: it needs {others}, which waits for it")
            text = message.format(name=blocked.thing.name, others=_(", ").join(blocked.missing))
            yield scene.warn(CODE, blocked.thing.path, text, _("change one of the conditions"))
