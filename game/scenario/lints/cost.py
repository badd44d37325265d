"""Does a move cost more than its role can ever hold?"""

from collections.abc import Iterator
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.places import Path
from game.scenario.scene import Scene
from game.scenario.schema import Scenario

CODE: Final = "L708"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield the costs that nobody can pay."""
    if not scene.sound:
        return
    for path, role, cost in _costs(scene.scenario):
        capital = scene.scenario.roles[role].capital
        most = max(capital.start, capital.most)
        if cost > most:
            message = _("{role} can never afford this: it holds {most} at most")
            fix = _("lower the cost, or raise the role's capital")
            yield scene.warn(CODE, path, message.format(role=role, most=f"{most:g}"), fix)


def _costs(scenario: Scenario) -> Iterator[tuple[Path, str, float]]:
    """Yield where a cost stands, who pays it and how much it is."""
    for name, policy in scenario.policies.items():
        yield ("policies", name, "cost"), policy.role, policy.cost
    for name, agreement in scenario.agreements.items():
        for role, cost in agreement.cost.items():
            yield ("agreements", name, "cost", role), role, cost
    for name, event in scenario.events.items():
        if event.decision is not None:
            for option, answer in event.decision.options.items():
                path = ("events", name, "decision", "options", option, "cost")
                yield path, event.decision.role, answer.cost
