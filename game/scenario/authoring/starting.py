"""What does a new scenario begin with? A complete small one, in two languages, that passes every check."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario.authoring.editor_schema import modeline
from game.scenario.authoring.rendering import STARTERS, environment, speaker
from game.scenario.authoring.text_tree import lines_of, pairs, tree_of
from game.scenario.expressions import RESERVED
from game.scenario.library import ROOT
from game.scenario.nodes import read_text
from game.scenario.places import Node, Source

MOST_ROLES: Final = 6
MOST_INDICATORS: Final = 12
MOST_TURNS: Final = 100
FEWEST_TURNS: Final = 2

_SHOWN: Final = 6
"""Indicators that a role sees first, besides the two of its objectives."""
_START: Final = date(2030, 1, 7)
_TAKEN: Final = RESERVED | {"all", "default", "draw", "always", "broken", "end", "asked"}
_PUSH: Final = 14.0
"""Points by which a role's insisting, in every turn, moves an indicator in a whole game."""
_EASE: Final = 8.0
"""Points by which its talks do."""
_DRIFT: Final = 0.6
"""What part of the first indicator's distance from its middle the others give way to, in a whole game."""
_NOISE: Final = 4.0
"""Standard deviation of an indicator's luck over a whole game."""


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called in the scenario's own language and in the other one; '' if that is open."""

    own: str
    other: str = ""


@dataclass(frozen=True)
class Plan:
    """What a new scenario is to be.

    Attributes:
        folder: Its folder, as the author called it.
        language: Its own language, one of STARTERS; it is translated into the other.
        turns: How many turns it has.
        title: Its title; None if that is open.
        roles: Who plays; two if none are named.
        indicators: What is counted; two if none are named. The first is what every role wants less of.
    """

    folder: str
    language: str = STARTERS[0]
    turns: int = 6
    title: Name | None = None
    roles: tuple[Name, ...] = ()
    indicators: tuple[Name, ...] = ()

    @property
    def other(self) -> str:
        """The language that it is translated into."""
        return next(language for language in STARTERS if language != self.language)


@dataclass(frozen=True, slots=True)
class _Thing:
    """An indicator as the template sees it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class _Side:
    """A role as the template sees it: it wants more of one indicator and less of another."""

    id: str
    label: str
    more: _Thing
    less: _Thing
    shows: tuple[str, ...]


def names_in(text: str) -> tuple[Name, ...]:
    """Return names from a text such as `Mayor=العمدة, Farmers`."""
    found = []
    for part in re.split(r"[,،]", text):
        own, _equals, other = part.partition("=")
        if own.strip():
            found.append(Name(own.strip(), other.strip()))
    return tuple(found)


def check_plan(plan: Plan) -> None:
    """Refuse a plan that no scenario can be made of.

    Raises:
        UsageError: It asks for too few or too many of something.
    """
    if plan.language not in STARTERS:
        message = _("a new scenario can be written in {languages}, not in '{name}'")
        raise UsageError(message.format(languages=_(", ").join(STARTERS), name=plan.language))
    if not FEWEST_TURNS <= plan.turns <= MOST_TURNS:
        message = _("a new scenario can have {fewest} to {most} turns, not {turns}")
        raise UsageError(message.format(fewest=FEWEST_TURNS, most=MOST_TURNS, turns=plan.turns))
    for names, most, what in (
        (plan.roles, MOST_ROLES, _("roles")),
        (plan.indicators, MOST_INDICATORS, _("indicators")),
    ):
        if names and not 2 <= len(names) <= most:
            message = _("a new scenario can have 2 to {most} {what}, not {found}; more can be added later")
            raise UsageError(message.format(most=most, what=what, found=len(names)))
        twice = sorted({name.own for name in names if [other.own for other in names].count(name.own) > 1})
        if twice:
            raise UsageError(_("'{name}' is named twice").format(name=twice[0]))


def files_of(plan: Plan) -> Mapping[str, str]:
    """Return the files of a new scenario: text of each by its path inside the folder.

    Raises:
        UsageError: No scenario can be made of the plan.
    """
    check_plan(plan)
    own, other = _rendered(plan, plan.language), _rendered(plan, plan.other)
    root = _read(own)
    wanted = {pair.path: pair.text for pair in pairs(_read(other), None)}
    texts = tree_of(root, wanted)
    assert isinstance(texts, dict)  # noqa: S101 - a scenario has texts
    path = f"text/{plan.other}.yaml"
    translation = "\n".join([modeline(path), *lines_of(texts)]) + "\n"
    return {ROOT: own, path: translation}


def _read(text: str) -> Node:
    return read_text(Source(ROOT, text)).root


def _rendered(plan: Plan, language: str) -> str:
    say = speaker(language)
    default = [
        Name(speaker(plan.language)(f"indicator_{n}"), speaker(plan.other)(f"indicator_{n}")) for n in (1, 2)
    ]
    sides = [Name(speaker(plan.language)("role", n=n), speaker(plan.other)("role", n=n)) for n in (1, 2)]
    named = plan.indicators or tuple(default)
    things = [
        _Thing(name, _in_language(plan, item, language))
        for name, item in zip(ids_for(named, "indicator"), named, strict=True)
    ]
    roles = plan.roles or tuple(sides)
    template = environment().get_template("scenario.yaml.j2")
    return template.render(
        say=say,
        modeline=modeline(ROOT),
        folder=f'"{plan.folder}"' if " " in plan.folder else plan.folder,
        title=say("title") if plan.title is None else _in_language(plan, plan.title, language),
        language=plan.language,
        start=_START.isoformat(),
        turns=plan.turns,
        meeting=(_START + timedelta(weeks=plan.turns // 2)).isoformat(),
        indicators=things,
        roles=[
            _side(at, name, _in_language(plan, item, language), things)
            for at, (name, item) in enumerate(zip(ids_for(roles, "role"), roles, strict=True))
        ],
        push=_figure(_PUSH / plan.turns),
        ease=_figure(_EASE / plan.turns),
        drift=_figure(_DRIFT / plan.turns),
        noise=_figure(_NOISE / math.sqrt(plan.turns)),
    )


def _side(at: int, name: str, label: str, things: Sequence[_Thing]) -> _Side:
    """Return a role; together the roles see every indicator."""
    less, *rest = things
    more, turned = rest[at % len(rest)], at * _SHOWN % len(rest)
    shows = dict.fromkeys(thing.id for thing in (less, more, *rest[turned:], *rest[:turned]))
    return _Side(name, label, more, less, tuple(shows)[: _SHOWN + 2])


def _figure(value: float) -> str:
    return f"{value:.2g}"


def _in_language(plan: Plan, name: Name, language: str) -> str:
    if language == plan.language:
        return name.own
    return name.other or speaker(language)("untranslated", name=name.own)


def ids_for(names: Iterable[Name], fallback: str) -> list[str]:
    """Return an id for each name: its Latin letters and digits, else the fallback and a number."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKD", name.own).encode("ascii", "ignore").decode().lower()
        word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:30].rstrip("_")
        usable = re.fullmatch(r"[a-z][a-z0-9_]*", word) and word not in _TAKEN and word not in found
        found.append(word if usable else f"{fallback}_{number}")
    return found
