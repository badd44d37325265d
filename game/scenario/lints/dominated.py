"""Is there a choice that is never better than another one, whatever the role wants?

Certain only where two choices exclude each other and differ in nothing but plain numbers: then the numbers
are compared by what the scenario itself calls better for the role.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from game.engine.expression import Const
from game.locale import _
from game.scenario.findings import Finding
from game.scenario.places import Path
from game.scenario.scene import Scene
from game.scenario.schema import Policy

CODE: Final = "L707"
_MOST: Final = 100
"""Choices of a group that are compared with each other."""

_Delay: TypeAlias = tuple[str, int, int]
"""An indicator, turns until an effect on it arrives, and turns on which it does."""


@dataclass(frozen=True)
class _Choice:
    """A policy or an answer.

    Attributes:
        name: Its id.
        path: Where it stands.
        cost: What it costs.
        kept: All that must be the same in another one, formulas among it.
        points: Plain effects in each reading.
    """

    name: str
    path: Path
    cost: float
    kept: object
    points: Mapping[_Delay, tuple[float, ...]]


def look(scene: Scene) -> Iterator[Finding]:
    """Yield choices that a role has no reason to make."""
    if not scene.sound:
        return
    spoken_of = _spoken_of(scene)
    for role in scene.scenario.roles:
        for group in _groups(scene, role, spoken_of):
            for worse in group[:_MOST]:
                better = next((each for each in group[:_MOST] if _dominates(scene, role, each, worse)), None)
                if better is not None and scene.of_variant(worse.path):
                    message = _("'{name}' is never better for {role} than '{other}', and never cheaper")
                    text = message.format(name=worse.name, role=role, other=better.name)
                    fix = _("lower its cost, or let it do something that the other does not")
                    yield scene.warn(CODE, worse.path, text, fix, key=True, see=better.path)


def _groups(scene: Scene, role: str, spoken_of: set[str]) -> Iterator[Sequence[_Choice]]:
    """Yield choices of a role of which it can make one alone."""
    for name, event in scene.scenario.events.items():
        if event.decision is not None and event.decision.role == role:
            options = event.decision.options
            yield [
                _choice(
                    scene,
                    f"{name}.{option}",
                    ("events", name, "decision", "options", option),
                    item.cost,
                    item.when,
                )
                for option, item in options.items()
                if f"{name}.{option}" not in spoken_of
            ]
    if scene.scenario.roles[role].slots == 1:
        policies = scene.scenario.policies.items()
        yield [
            _choice(scene, name, ("policies", name), item.cost, _terms(item))
            for name, item in policies
            if item.role == role and name not in spoken_of and not item.cooldown
        ]


def _terms(policy: Policy) -> object:
    return (policy.when, frozenset(policy.tags), frozenset(policy.excludes), policy.covert)


def _choice(scene: Scene, name: str, path: Path, cost: float, terms: object) -> _Choice:
    points: dict[_Delay, tuple[float, ...]] = {}
    formulas = []
    for draft in scene.by_cause.get(name, ()):
        effect, expr = draft.effect, scene.formulas[(*draft.path, "by")].expr
        delay = (effect.change, effect.after, effect.for_)
        if isinstance(expr, Const):
            sizes = tuple(coefficient * expr.value for coefficient in draft.coefficients)
            known = points.get(delay, (0.0,) * len(sizes))
            points[delay] = tuple(map(sum, zip(known, sizes, strict=True)))
        else:
            formulas.append((delay, effect.by, draft.coefficients))
    return _Choice(name, path, cost, (terms, sorted(formulas)), points)


def _dominates(scene: Scene, role: str, better: _Choice, worse: _Choice) -> bool:
    if better.kept != worse.kept or better.cost > worse.cost:
        return False
    is_better = better.cost < worse.cost
    for delay in {*better.points, *worse.points}:
        wanted = scene.scenario.indicators[delay[0]].better.get(role)
        sign = {"high": 1.0, "low": -1.0}.get(wanted or "", 0.0)
        nothing = (0.0,) * len(scene.scenario.readings)
        gains = zip(better.points.get(delay, nothing), worse.points.get(delay, nothing), strict=True)
        for gain in (ours - theirs for ours, theirs in gains):
            if gain != 0.0 and gain * sign <= 0.0:
                return False
            is_better |= gain != 0.0
    return is_better


def _spoken_of(scene: Scene) -> set[str]:
    """Return the moves that something else refers to by name, so that more may hang on them than effects."""
    scenario = scene.scenario
    names = {use.name for formula in scene.formulas.values() for use in formula.uses if use.kind == "move"}
    names |= {name for agreement in scenario.agreements.values() for name in agreement.broken_by}
    return names.union(*(policy.excludes for policy in scenario.policies.values()))
