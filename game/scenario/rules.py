"""Which rules does a scenario have, and how strongly does each reading hold them?"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from game.locale import _
from game.scenario.citations import cites_in_full
from game.scenario.collector import Collector
from game.scenario.inventory import ALWAYS, Inventory, shared_effects
from game.scenario.places import Path
from game.scenario.schema import Claim, Effect, Scale


@dataclass(frozen=True, slots=True)
class Scaling:
    """That a claim scales a rule: of which reading, where that stands, and what it cites."""

    reading: str
    claim: str
    path: Path
    times: float
    cite: tuple[str, ...]
    basis: str


@dataclass(frozen=True)
class RuleDraft:
    """A rule before it is compiled.

    Attributes:
        id: CAUSE>INDICATOR, or CAUSE>ID; before it READING.CLAIM. if one reading alone holds it.
        cause: Name of its cause.
        path: Where its effect stands.
        effect: The effect as written.
        coefficients: How strongly it works in each reading.
        reading: The reading that alone holds it.
        claim: That reading's claim.
        scalings: What claims of other readings do to it.
    """

    id: str
    cause: str
    path: Path
    effect: Effect
    coefficients: tuple[float, ...]
    reading: str | None = None
    claim: str | None = None
    scalings: tuple[Scaling, ...] = field(default=())


def draft_rules(inventory: Inventory, collector: Collector) -> Mapping[str, RuleDraft]:
    """Return every rule by its id, sorted; what is wrong is noted where it stands."""
    drafter = _Drafter(inventory, collector)
    drafter.draft_shared()
    for reading, claim, path, item in _claims(inventory):
        drafter.draft_own(reading, claim, path, item)
    for reading, claim, path, item in _claims(inventory):
        for at, scale in enumerate(item.scale):
            drafter.scale(reading, claim, (*path, "scale", at), item, scale)
    shared = {name: drafter.weighed(draft) for name, draft in drafter.shared.items()}
    return dict(sorted({**shared, **drafter.own}.items()))


def _claims(inventory: Inventory) -> Iterator[tuple[str, str, Path, Claim]]:
    for reading, account in inventory.scenario.readings.items():
        for name, claim in account.claims.items():
            yield reading, name, ("readings", reading, "claims", name), claim


class _Drafter:
    """Puts rules together.

    Attributes:
        shared: Rules that all readings share, by id.
        own: Rules that one reading alone holds, by id.
        by_cause: Ids of the shared rules of each cause.
        scalings: Factors on each shared rule.
    """

    def __init__(self, inventory: Inventory, collector: Collector) -> None:
        self.inventory = inventory
        self.collector = collector
        self.readings = list(inventory.scenario.readings)
        self.shared: dict[str, RuleDraft] = {}
        self.own: dict[str, RuleDraft] = {}
        self.by_cause: dict[str, list[str]] = defaultdict(list)
        self.scalings: dict[str, list[Scaling]] = defaultdict(list)

    def draft_shared(self) -> None:
        for cause, path, effect in shared_effects(self.inventory.scenario):
            rule = f"{cause}>{effect.id or effect.change}"
            draft = RuleDraft(rule, cause, path, effect, (1.0,) * len(self.readings))
            self._add(self.shared, draft)
            self.by_cause[cause].append(rule)

    def draft_own(self, reading: str, claim: str, path: Path, item: Claim) -> None:
        held = tuple(float(other == reading) for other in self.readings)
        for at, effect in enumerate(item.effects):
            where = (*path, "effects", at)
            for cause in self._causes(where, effect.of):
                rule = f"{reading}.{claim}.{cause}>{effect.id or effect.change}"
                self._add(self.own, RuleDraft(rule, cause, where, effect, held, reading, claim))

    def _add(self, rules: dict[str, RuleDraft], draft: RuleDraft) -> None:
        first = rules.get(draft.id)
        if first is None:
            rules[draft.id] = draft
            return
        if draft.path[0] != first.path[0]:
            return  # it is the two causes that have one id, which is found where they stand
        named = draft.effect.id is not None
        message = _("there are two rules '{rule}'").format(rule=draft.id)
        fix = _("choose another id") if named else _("give this one an id of its own, such as 'id: later'")
        where = (*draft.path, "id" if named else "change")
        self.collector.error("R510", where, message, fix, see=(*first.path, "change"))

    def _causes(self, path: Path, name: str) -> tuple[str, ...]:
        """Return the causes that `of` names; note if there is none."""
        found = self.inventory.causes_of(name)
        if not found:
            self._no_cause((*path, "of"), name)
        return found

    def _no_cause(self, path: Path, name: str) -> None:
        inventory = self.inventory
        broken = any(name in inventory.ids(section) for section in ("policies", "events", "agreements"))
        if broken or self.collector.unread & {"policies", "events", "agreements"}:
            return  # it stands in a part that could not be read
        if name.startswith("#"):
            choices = [f"#{tag}" for tag in inventory.tags]
            self.collector.misnamed(
                path, name, choices, _("no policy has the tag '{name}'").format(name=name)
            )
            return
        if name in inventory.tags:
            self.collector.no_sign(path, name)
            return
        kind = inventory.kind_of(name)
        if kind:
            self.collector.wrong_kind(path, name, kind, _("something that causes effects"))
            return
        message = _("nothing that causes effects is called '{name}'").format(name=name)
        self.collector.misnamed(path, name, inventory.causes, message)

    def scale(self, reading: str, claim: str, path: Path, item: Claim, scale: Scale) -> None:
        cite = cites_in_full(self.inventory.scenario, scale.cite or item.cite)
        scaling = Scaling(reading, claim, path, scale.times, cite, scale.basis or item.basis)
        for rule in self._scaled(path, scale):
            self.scalings[rule].append(scaling)

    def weighed(self, draft: RuleDraft) -> RuleDraft:
        """Return a shared rule with its factors multiplied, the same bits in whatever order they stand."""
        scalings = self.scalings.get(draft.id)
        if scalings is None:
            return draft
        factors: dict[str, list[float]] = {name: [] for name in self.readings}
        for scaling in scalings:
            factors[scaling.reading].append(scaling.times)
        coefficients = tuple(math.prod(sorted(factors[name]), start=1.0) for name in self.readings)
        return replace(draft, coefficients=coefficients, scalings=tuple(scalings))

    def _scaled(self, path: Path, scale: Scale) -> list[str]:
        """Return the shared rules that a factor is for; note if there is none."""
        if scale.rule is not None:
            if scale.rule in self.shared:
                return [scale.rule]
            self._no_rule((*path, "rule"), scale.rule)
            return []
        assert scale.of is not None  # noqa: S101 - the schema asks for `of` or `rule`
        causes = self._causes(path, scale.of)
        found = [
            rule
            for cause in causes
            for rule in self.by_cause[cause]
            if scale.change in (None, self.shared[rule].effect.change)
        ]
        if causes and not found:
            self._no_match(path, scale, causes)
        return found

    def _no_rule(self, path: Path, rule: str) -> None:
        if rule in self.own:
            message = _("'{rule}' is a rule of one reading alone").format(rule=rule)
            self.collector.error("R503", path, message, _("change its 'by' instead"))
            return
        if rule.startswith(f"{ALWAYS}>") and rule.endswith(".rests"):
            message = _("the pull back to an indicator's usual level is the same in every reading")
            fix = _("add an effect of 'always' to the claim instead")
            self.collector.error("R503", path, message, fix)
            return
        if not self.collector.unread & {"always", "policies", "events", "agreements"}:
            message = _("there is no rule '{rule}'").format(rule=rule)
            self.collector.misnamed(path, rule, self.shared, message)

    def _no_match(self, path: Path, scale: Scale, causes: tuple[str, ...]) -> None:
        indicators = self.inventory.ids("indicators")
        if scale.change is not None and scale.change not in indicators:
            message = _("there is no indicator '{name}'")
            where = (*path, "change")
            self.collector.unknown(where, scale.change, indicators, message, section="indicators")
            return
        rules = [rule for cause in causes for rule in self.by_cause[cause]]
        changed = sorted({self.shared[rule].effect.change for rule in rules})
        if self._is_broken(causes) or any(name not in indicators for name in changed):
            return  # the effect that is meant may be the one that is misspelt
        message = _("nothing is scaled: '{cause}' does not change {name}")
        name = scale.change or _("anything")
        fix = _("it changes: {names}").format(names=_(", ").join(changed)) if changed else _("take it out")
        self.collector.error("R511", (*path, "change"), message.format(cause=scale.of, name=name), fix)

    def _is_broken(self, causes: tuple[str, ...]) -> bool:
        """Whether some of the effects of a cause may stand in a part that could not be read."""
        sections = {"always"} if causes == (ALWAYS,) else {"policies", "events", "agreements"}
        return bool(self.collector.unread & sections)
