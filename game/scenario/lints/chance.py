"""Is there an event that luck never brings about, and that nobody sets off?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.scene import Scene
from game.scenario.situations import situations_of

CODE: Final = "L704"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield events whose chance is 0, unless an inject or a claim's situation sets them off."""
    if not scene.sound:
        return
    set_off = _set_off(scene)
    for name in scene.scenario.events:
        chance = scene.formulas.get(("events", name, "chance"))
        if chance is not None and chance.span.high <= 0.0 and name not in set_off:
            message = _("the chance of '{name}' is 0, and no inject sets it off").format(name=name)
            fix = _("raise the chance, or add an inject with 'event: {name}'").format(name=name)
            yield scene.warn(CODE, chance.path, message, fix)


def _set_off(scene: Scene) -> set[str]:
    """Return the events that a facilitator has ready, or that a claim is tried on."""
    found = {inject.event for inject in scene.scenario.injects.values() if inject.event is not None}
    for account in scene.scenario.readings.values():
        for claim in account.claims.values():
            for expect in claim.expect:
                for situation in situations_of(expect):
                    found |= {forced.partition("@")[0] for forced in situation.force}
    return found
