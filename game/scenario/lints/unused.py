"""Is something defined that nothing uses?"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from game.locale import _
from game.scenario.findings import Finding
from game.scenario.formula_names import Kind
from game.scenario.names import Suggestions
from game.scenario.scene import Scene
from game.scenario.schema import Claim
from game.scenario.situations import situations_of

CODE: Final = "R504"


def look(scene: Scene) -> Iterator[Finding]:
    """Yield indicators that nothing reads, and tags that are a slip away from one that something refers to."""
    if not scene.sound:
        return
    read = _in_formulas(scene, "indicator").union(*(role.shows for role in scene.scenario.roles.values()))
    for name in scene.scenario.indicators:
        if name not in read and scene.of_variant(("indicators", name)):
            message = _("nothing reads '{name}': no formula, and no role is shown it")
            fix = _(
                "take it out, name it in a role's 'shows', or let a rule, objective or ending depend on it"
            )
            yield scene.warn(CODE, ("indicators", name), message.format(name=name), fix, key=True)
    yield from _misspelt_tags(scene)


def _in_formulas(scene: Scene, kind: Kind) -> set[str]:
    """Return the names of a kind that formulas read."""
    return {use.name for formula in scene.formulas.values() for use in formula.uses if use.kind == kind}


def _claims(scene: Scene) -> Iterator[Claim]:
    return chain.from_iterable(account.claims.values() for account in scene.scenario.readings.values())


def _misspelt_tags(scene: Scene) -> Iterator[Finding]:
    """Yield tags that nothing refers to and that are spelt almost like one that something does.

    Other tags that nothing refers to may serve the person who simulates.
    """
    used, suggestions = _tags(scene), Suggestions()
    for name, policy in scene.scenario.policies.items():
        for at, tag in enumerate(policy.tags):
            if tag in used:
                continue
            near = suggestions.on(tag, used).sure
            if near is not None and near not in policy.tags:
                path = ("policies", name, "tags", at)
                message = _("nothing refers to the tag '{name}'").format(name=tag)
                yield scene.warn(CODE, path, message, _("did you mean '{name}'?").format(name=near))


def _tags(scene: Scene) -> set[str]:
    """Return the tags that something refers to."""
    scenario = scene.scenario
    names = [name for policy in scenario.policies.values() for name in policy.excludes]
    names += [name for agreement in scenario.agreements.values() for name in agreement.broken_by]
    names += [name for contest in scenario.contests.values() for name in contest.harvest_without]
    for claim in _claims(scene):
        names += [effect.of for effect in claim.effects]
        names += [scale.of for scale in claim.scale if scale.of is not None]
        for expect in claim.expect:
            for situation in situations_of(expect):
                names += [name for moves in situation.play.values() for name in moves]
    return {name[1:] for name in names if name.startswith("#")} | _in_formulas(scene, "tag")
