"""How does one entry more get into a scenario: a policy, an event, a reading or an indicator?"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from game.base.errors import ContentError, UsageError
from game.locale import _
from game.scenario.authoring.editor_schema import modeline
from game.scenario.authoring.opened import Opened, changed
from game.scenario.authoring.own_schema import renew_schema
from game.scenario.authoring.rendering import STARTERS, environment, speaker
from game.scenario.authoring.splicing import STEP, Splice, end_of, entry_last, is_flow
from game.scenario.authoring.text_tree import TextPath, pairs
from game.scenario.authoring.translation import changes, own_language
from game.scenario.citations import only_source
from game.scenario.colours import NAMED, READINGS, drawn
from game.scenario.files import SECTIONS
from game.scenario.inventory import SHARING_IDS
from game.scenario.library import ROOT
from game.scenario.nodes import read_text
from game.scenario.places import Node, Source
from game.scenario.schema import Indicator, Scenario
from game.scenario.schema.values import ID
from game.scenario.schema.walk import step

Kind: TypeAlias = Literal["policy", "event", "reading", "indicator"]

SECTION_OF: Final[Mapping[str, str]] = {
    "policy": "policies",
    "event": "events",
    "reading": "readings",
    "indicator": "indicators",
}
"""The section in which a new entry of each kind stands."""
_MOST_SHOWN: Final = 8
"""Indicators that a role sees first, at most."""
_MORE: Final = 1.5
"""How many times as much a new policy does as the strongest one that its role has."""
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SIZE: Final = 0.04
"""What part of an indicator's range the effect of a new reading's claim is."""


@dataclass(frozen=True)
class Added:
    """An entry that was added.

    Attributes:
        kind: What it is.
        id: Its id.
        file: The file that it stands in.
        line: Its first line.
        files: All files that were written.
    """

    kind: str
    id: str
    file: Path
    line: int
    files: list[Path]


def add(scenario: Opened, kind: Kind, wanted: str | None) -> Added:
    """Put a further entry into a scenario's files, with texts to replace in each of its languages.

    Args:
        scenario: The scenario.
        kind: What to add.
        wanted: Its id; one that is free if None.

    Raises:
        UsageError: The id cannot be used.
        ContentError: The scenario has errors, or the entry cannot be put where it belongs.
    """
    known = scenario.loaded.scenario
    assert known is not None  # noqa: S101 - without one, `loaded` raises
    name = _id(known, kind, wanted)
    own = own_language(scenario)
    lines = _lines(known, kind, name, own)
    path, splices, new = _placed(scenario, SECTION_OF[kind], name, lines)
    if kind == "indicator":
        _show(scenario, name, splices)
    after = scenario.after(splices, new)
    for language in scenario.merged.translations:
        further, _files = changes(after, language, _texts(after, kind, name, language))
        splices |= further
    files = changed(scenario, splices, new)
    if scenario.folder is not None:
        files += renew_schema(scenario.folder)
    return Added(kind, name, after.place_of(path), _line_of(_entry(after, kind, name)), files)


def _id(scenario: Scenario, kind: Kind, wanted: str | None) -> str:
    section = SECTION_OF[kind]
    taken = {
        name
        for other in (SHARING_IDS if section in SHARING_IDS else (section,))
        for name in getattr(scenario, other)
    }
    if wanted is not None:
        if not re.fullmatch(ID, wanted):
            message = _("'{name}' cannot be an id: write small Latin letters, digits and _, a letter first")
            raise UsageError(message.format(name=wanted))
        if wanted in taken:
            raise UsageError(_("there is a '{name}' already: choose another id").format(name=wanted))
        return wanted
    first = f"new_{kind}"
    return next(
        name for number in range(1, len(taken) + 2) if (name := _numbered(first, number)) not in taken
    )


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def _lines(scenario: Scenario, kind: Kind, name: str, language: str) -> list[str]:
    """Return a new entry's lines, as if it stood at the left edge."""
    known = language if language in STARTERS else STARTERS[0]
    template = environment().get_template(f"{kind}.yaml.j2")
    gaps = _GAPS[kind](scenario)
    return template.render(say=speaker(known), id=name, **gaps).splitlines()


def _for_policy(scenario: Scenario) -> dict[str, object]:
    """Return what a new policy does: more of what its role wants than its others do, and for more."""
    *_others, last = scenario.policies.values()
    role = scenario.roles[last.role]
    wanted = [item for item in role.objectives.values() if item.of in scenario.indicators]
    indicator = wanted[0].of if wanted else next(iter(scenario.indicators))
    own = [policy for policy in scenario.policies.values() if policy.role == last.role]
    sizes = [
        abs(float(effect.by))
        for policy in own
        for effect in policy.effects
        if effect.change == indicator and _NUMBER.fullmatch(effect.by)
    ]
    size = _MORE * max(sizes, default=2 / _MORE) * (-1 if wanted and wanted[0].to < wanted[0].from_ else 1)
    cost = min(max(policy.cost for policy in own) + 1, role.capital.most)
    return {"role": last.role, "indicator": indicator, "by": f"{size:.3g}", "cost": f"{cost:g}"}


def _for_event(scenario: Scenario) -> dict[str, object]:
    return {"role": next(iter(scenario.roles)), "indicator": next(iter(scenario.indicators))}


def _for_reading(scenario: Scenario) -> dict[str, object]:
    """Return what a new reading's claim speaks of: a policy that does something further, which must show at once."""
    used = drawn([reading.colour for reading in scenario.readings.values()], READINGS)
    source = only_source(scenario)
    number = min(scenario.sources[source].paragraphs) if source is not None else 1
    found = next(_links(scenario), None)
    if found is None:
        message = _("no policy can be used on the first turn to show what a new reading would say of it")
        raise ContentError(message)
    policy, indicator = found
    item = scenario.indicators[indicator]
    low, high = item.range
    size = (high - low) * _SIZE * (-1 if item.start > (low + high) / 2 else 1)
    return {
        "colour": next((name for name, colour in NAMED.items() if colour not in used), None),
        "cite": f"{source or next(iter(scenario.sources))}:{number}" if scenario.sources else None,
        "policy": policy,
        "role": scenario.policies[policy].role,
        "indicator": indicator,
        "by": f"{size:g}",
        "rises": size > 0,
        "bound": f"{size / 4:g}",
        "turn": 1,
    }


def _links(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield policies that can be used on the first turn, each with an indicator that it does not change yet."""
    for name, policy in scenario.policies.items():
        role = scenario.roles[policy.role]
        if policy.when is not None or policy.cost > role.capital.start or role.slots < 1:
            continue
        changed_now = {effect.change for effect in policy.effects}
        for indicator, item in scenario.indicators.items():
            if indicator not in changed_now and not _known_exactly(item):
                yield name, indicator


def _known_exactly(item: Indicator) -> bool:
    return bool(item.report.exact_for) or 0.0 in item.report.error.values()


_GAPS: Final[Mapping[Kind, Callable[[Scenario], dict[str, object]]]] = {
    "policy": _for_policy,
    "event": _for_event,
    "reading": _for_reading,
    "indicator": lambda _scenario: {},
}


def _placed(
    scenario: Opened, section: str, name: str, lines: list[str]
) -> tuple[str, dict[str, list[Splice]], dict[str, str]]:
    """Return the file in which a new entry stands, and the changes or the new file that put it there."""
    if section == "readings" and any(path.startswith("readings/") for path in scenario.trees):
        path = f"readings/{name}.yaml"
        return path, {}, {path: "\n".join([modeline(path), *_of_its_own(name, lines)]) + "\n"}
    group = _entries(scenario.merged.root).get(section)
    if group is not None:
        path = _file_of(scenario, group)
        return path, {path: [entry_last(group, lines)]}, {}
    if scenario.folder is not None and any(path.partition(".")[0] in SECTIONS for path in scenario.trees):
        path = f"{section}.yaml"
        return path, {}, {path: "\n".join([modeline(path), *lines]) + "\n"}
    below = [f"{section}:", *(" " * STEP + line if line else "" for line in lines)]
    return ROOT, {ROOT: [entry_last(scenario.trees[ROOT].root, below)]}, {}


def _show(scenario: Opened, name: str, splices: dict[str, list[Splice]]) -> None:
    """Let the first role that has room for it see a new indicator, so that it is not for nothing."""
    for role in _entries(scenario.merged.root, "roles").values():
        shows = role.content.get("shows") if isinstance(role.content, dict) else None
        if shows is None or not isinstance(shows.content, list) or not is_flow(shows):
            continue
        if 0 < len(shows.content) < _MOST_SHOWN:
            at = end_of(shows.content[-1])
            splices.setdefault(_file_of(scenario, shows), []).append(Splice(at, at, f", {name}"))
            return


def _of_its_own(name: str, lines: list[str]) -> list[str]:
    """Return an entry's lines as they stand in a file of its own, which is named after it."""
    at = lines.index(f"{name}:")
    return [*lines[:at], *(line[STEP:] for line in lines[at + 1 :])]


def _file_of(scenario: Opened, node: Node) -> str:
    return next(path for path, tree in scenario.trees.items() if tree.source is node.source)


def _entries(group: Node, *keys: str) -> Mapping[str, Node]:
    """Return the entries of a group, or of one inside it."""
    for key in keys:
        group = _entries(group)[key]
    assert isinstance(group.content, dict)  # noqa: S101 - the scenario was read without errors
    return group.content


def _entry(scenario: Opened, kind: Kind, name: str) -> Node:
    return _entries(scenario.merged.root, SECTION_OF[kind])[name]


def _texts(after: Opened, kind: Kind, name: str, language: str) -> dict[TextPath, str]:
    """Return a new entry's texts in a language, by what they are called."""
    section = SECTION_OF[kind]
    hint, path = step(step(Scenario, section), name), (section, name)
    own = {pair.path: pair.text for pair in pairs(_entry(after, kind, name), None, hint, path)}
    if language not in STARTERS:
        return {path: f"[{language}] {text}" for path, text in own.items()}
    known = after.loaded.scenario
    assert known is not None  # noqa: S101 - without one, `loaded` raises
    lines = _lines(known, kind, name, language)
    there = _entries(read_text(Source("", "\n".join(lines))).root)
    return {pair.path: pair.text for pair in pairs(there[name], None, hint, path)}


def _line_of(entry: Node) -> int:
    """Return the line on which an entry begins; the first for one in a file of its own."""
    return (entry.key_source or entry.source).place(*entry.key).line if entry.key is not None else 1
