"""Is there something that another entry makes pointless: a goal out of reach, policies without a slot?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.scene import Scene
from game.scenario.schema import Role

CODE: Final = "L710"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield what can make no difference as the scenario stands."""
    players = {policy.role for policy in scene.scenario.policies.values()}
    for name, role in scene.scenario.roles.items():
        if role.slots == 0 and name in players:
            message = _("{role} has policies, and no slot to play them in").format(role=name)
            yield scene.warn(CODE, ("roles", name, "slots"), message, _("write 'slots: 1' or more"))
        yield from _hidden(scene, name, role)
        if scene.measured:
            yield from _out_of_reach(scene, name, role)


def _hidden(scene: Scene, name: str, role: Role) -> Iterator[Finding]:
    """Yield the indicators that a role is to see first and may not see at all."""
    for at, shown in enumerate(role.shows):
        indicator = scene.scenario.indicators.get(shown)
        if indicator is None or name not in indicator.report.hidden_from:
            continue
        message = _("{role} is to see '{name}' first, which is hidden from it").format(role=name, name=shown)
        see = ("indicators", shown, "report", "hidden_from")
        yield scene.warn(CODE, ("roles", name, "shows", at), message, _("keep one of the two"), see=see)


def _out_of_reach(scene: Scene, name: str, role: Role) -> Iterator[Finding]:
    """Yield the objectives that are worth the same whatever happens."""
    for key, goal in role.objectives.items():
        path = ("roles", name, "objectives", key)
        measure = scene.formulas.get((*path, "of"))
        if measure is None or measure.faults or goal.from_ == goal.to:
            continue
        low, high = sorted((goal.from_, goal.to))
        span = measure.span
        if low < span.high and span.low < high:
            continue
        message = _("this objective is worth the same whatever happens: '{of}' lies between {low} and {high}")
        text = message.format(of=goal.of, low=f"{span.low:g}", high=f"{span.high:g}")
        yield scene.warn(CODE, (*path, "from"), text, _("choose 'from' and 'to' between these"))
