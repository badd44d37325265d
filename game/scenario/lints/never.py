"""Is there a condition that never holds, something that waits for what never happens, or a late effect?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.scene import Scene

CODE: Final = "L701"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield what never comes about."""
    for condition in scene.conditions():
        if condition.span.is_false:
            message, fix = _("this condition never holds"), _("take the entry out, or change the condition")
            yield scene.warn(CODE, condition.path, message, fix)
    yield from _late(scene)
    if scene.sound:
        for blocked in scene.possible.blocked:
            if not blocked.in_circle:
                message = _("'{name}' never comes about: it needs {others}, which never does")
                text = message.format(name=blocked.thing.name, others=_(", ").join(blocked.missing))
                yield scene.warn(CODE, blocked.thing.path, text, _("change one of the conditions"))


def _late(scene: Scene) -> Iterator[Finding]:
    """Yield effects that arrive after the last turn."""
    turns = scene.inventory.calendar.turns
    late = {draft.path for draft in scene.drafts.values() if draft.effect.after >= turns}
    for path in sorted(late, key=str):
        message = _("this effect arrives after the last turn")
        fix = _("the game has {turns} turns").format(turns=turns)
        yield scene.warn(CODE, (*path, "after"), message, fix)
