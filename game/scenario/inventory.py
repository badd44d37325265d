"""Which ids does a scenario have, and which position does each stand for in its ruleset?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias, get_args

from game.engine.ruleset import MoveKind
from game.locale import _
from game.scenario.calendar import Calendar, calendar_of
from game.scenario.formula_names import Kind, Names
from game.scenario.places import Path, Places
from game.scenario.schema import Effect, Scenario

Section: TypeAlias = Literal[
    "indicators", "roles", "policies", "events", "agreements", "contests", "outcomes", "readings"
]

SHARING_IDS: Final[tuple[Section, ...]] = ("policies", "events", "agreements")
"""Sections no two entries of which have the same id: they are causes."""
ALWAYS = "always"
"""The cause that acts in every turn."""
SIGN = "sign."
"""What stands before an agreement's id in the id of its signature."""
BROKEN = "broken."
"""What stands before an agreement's id in the name of its breach."""

_KINDS_OF: Mapping[str, tuple[Kind, ...]] = {
    "indicators": ("indicator",),
    "policies": ("move", "tag"),
    "events": ("event", "move"),
    "agreements": ("agreement", "move"),
    "contests": ("bloc",),
    "outcomes": ("outcome",),
    "calendar": ("date",),
}


@dataclass(frozen=True, slots=True)
class MoveKey:
    """A move before it is compiled.

    Attributes:
        id: What orders call it.
        kind: What it is.
        role: Id of the role that can make it.
        of: Id of its policy, agreement or event.
        option: Id of the option, for an answer.
    """

    id: str
    kind: MoveKind
    role: str
    of: str
    option: str = ""


@dataclass(frozen=True)
class Inventory:
    """The ids of a scenario.

    Attributes:
        scenario: The scenario, or those of its entries that could be read.
        places: Positions of everything in its files; also of entries that could not be read.
        unread: Sections of which nothing or not everything could be read.
    """

    scenario: Scenario
    places: Places
    unread: frozenset[str] = frozenset()

    @cached_property
    def calendar(self) -> Calendar:
        """Turns and dates."""
        return calendar_of(self.scenario)

    def ids(self, section: Section) -> Mapping[str, int]:
        """Return the position of each id of a section; entries that could not be read stand last."""
        return self._sections[section]

    @cached_property
    def _sections(self) -> Mapping[str, Mapping[str, int]]:
        sections: dict[str, Mapping[str, int]] = {}
        for section in get_args(Section):
            known = list(getattr(self.scenario, section))
            node = self.places.node((section,))
            if node is not None and isinstance(node.content, dict):
                known += [name for name in node.content if name not in known]
            sections[section] = {name: at for at, name in enumerate(known)}
        return sections

    @cached_property
    def moves(self) -> tuple[MoveKey, ...]:
        """Every move in its order: policies, signatures by agreement and party, answers by event."""
        scenario = self.scenario
        policies = [MoveKey(name, "policy", item.role, name) for name, item in scenario.policies.items()]
        signatures = [
            MoveKey(SIGN + name, "sign", party, name)
            for name, item in scenario.agreements.items()
            for party in dict.fromkeys(item.between)
        ]
        answers = [
            MoveKey(f"{name}.{option}", "answer", item.decision.role, name, option)
            for name, item in scenario.events.items()
            if item.decision is not None
            for option in item.decision.options
        ]
        return (*policies, *signatures, *answers)

    @cached_property
    def move_ids(self) -> Mapping[str, tuple[int, ...]]:
        """Positions of the moves of each id; none for moves of entries that could not be read."""
        found: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for at, move in enumerate(self.moves):
            found[move.id] += (at,)
        for name in self.ids("policies"):
            found.setdefault(name, ())
        for name in self.ids("agreements"):
            found.setdefault(SIGN + name, ())
        return dict(found)

    @cached_property
    def tags(self) -> Mapping[str, tuple[int, ...]]:
        """Positions of the moves that carry each tag."""
        found: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for at, move in enumerate(self.moves):
            if move.kind == "policy":
                for tag in dict.fromkeys(self.scenario.policies[move.id].tags):
                    found[tag] += (at,)
        return dict(found)

    @cached_property
    def blocs(self) -> Mapping[str, tuple[str, int]]:
        """Contest and position of each bloc."""
        found: dict[str, tuple[str, int]] = {}
        for contest, item in self.scenario.contests.items():
            for bloc in item.blocs:
                found.setdefault(bloc, (contest, len(found)))
        return found

    @cached_property
    def dates(self) -> Mapping[str, int]:
        """Turn of each named date; 1 for a date outside the calendar, which is reported where it stands."""
        dates = self.scenario.calendar.dates
        return {name: self.calendar.turn_of(day) or 1 for name, day in dates.items()}

    @cached_property
    def names(self) -> Names:
        """What formulas may speak of."""
        unread = {kind for section in self.unread for kind in _KINDS_OF.get(section, ())}
        return Names(
            indicators=self.ids("indicators"),
            dates=self.dates,
            events=self.ids("events"),
            agreements=self.ids("agreements"),
            blocs={bloc: at for bloc, (_contest, at) in self.blocs.items()},
            outcomes=self.ids("outcomes"),
            moves={name: found or (0,) for name, found in self.move_ids.items()},
            tags=self.tags,
            unread=frozenset(unread),
        )

    @cached_property
    def causes(self) -> Mapping[str, int]:
        """Number of each cause, counted as `Ruleset.causes` does."""
        found = {ALWAYS: 0}
        for at, move in enumerate(self.moves):
            if move.kind != "sign":
                found[move.id] = 1 + at
        at = 1 + len(self.moves)
        for prefix, section in (("", "events"), ("", "agreements"), (BROKEN, "agreements")):
            for name in getattr(self.scenario, section):
                found[prefix + name] = at
                at += 1
        return found

    def causes_of(self, name: str) -> tuple[str, ...]:
        """Return the causes that `of` stands for: one, or all policies with a #tag; none if unknown."""
        if name.startswith("#"):
            return tuple(self.moves[at].id for at in self.tags.get(name[1:], ()))
        return (name,) if name in self.causes else ()

    def kind_of(self, name: str) -> str:
        """Return in words what a name is, `''` if it is nothing."""
        kinds = {
            "policies": _("a policy"),
            "events": _("an event"),
            "agreements": _("an agreement"),
            "indicators": _("an indicator"),
            "roles": _("a role"),
            "readings": _("a reading"),
            "outcomes": _("an ending"),
            "contests": _("a contest"),
        }
        for section, words in kinds.items():
            if name in self._sections[section]:
                return words
        if name in self.scenario.calendar.dates:
            return _("a date")
        if name in self.tags:
            return _("a tag (written #{name})").format(name=name)
        return _("a bloc") if name in self.blocs else ""


def shared_effects(scenario: Scenario) -> Iterator[tuple[str, Path, Effect]]:
    """Yield every effect that all readings share: its cause, where it stands, and itself."""
    yield from _listed(ALWAYS, ("always",), scenario.always)
    for name, policy in scenario.policies.items():
        yield from _listed(name, ("policies", name, "effects"), policy.effects)
    for name, event in scenario.events.items():
        yield from _listed(name, ("events", name, "effects"), event.effects)
        if event.decision is not None:
            for option, answer in event.decision.options.items():
                path = ("events", name, "decision", "options", option, "effects")
                yield from _listed(f"{name}.{option}", path, answer.effects)
    for name, agreement in scenario.agreements.items():
        yield from _listed(name, ("agreements", name, "effects"), agreement.effects)
        yield from _listed(BROKEN + name, ("agreements", name, "if_broken"), agreement.if_broken)


def _listed(cause: str, path: Path, effects: tuple[Effect, ...]) -> Iterator[tuple[str, Path, Effect]]:
    for at, effect in enumerate(effects):
        yield cause, (*path, at), effect
