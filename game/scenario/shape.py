"""Has a scenario's tree the form that the schema expects? If not: where, what instead, one finding each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from game.locale import _
from game.scenario.edits import renamed_in, renamed_key
from game.scenario.entries import entry_at
from game.scenario.findings import Finding, error
from game.scenario.names import Suggestions, hint, meant, nearest
from game.scenario.own_examples import like_this, own_example
from game.scenario.places import Key, Node, Path, Places, Source
from game.scenario.pruning import Pruned
from game.scenario.schema import Scenario
from game.scenario.schema.scenario import Incomplete
from game.scenario.schema.values import shorten
from game.scenario.schema.walk import keys_of, length_of, model_of, step
from game.scenario.syntax import not_closed

_ROUNDS: Final = 12
"""How often broken parts are taken out before a scenario is given up."""
_MOST_MISTAKES: Final = 1_000
"""Mistakes that are told; where there are more, what is said elsewhere is not looked at."""
_MOST_SUGGESTIONS: Final = 200
"""Unknown keys for which a near one is looked up."""
_GROUP: Final = frozenset({"dict_type", "model_type", "model_attributes_type", "mapping_type"})
_LIST: Final = frozenset({"tuple_type", "list_type"})


@dataclass(slots=True)
class Shaped:
    """A tree as the schema sees it.

    Attributes:
        scenario: What could be read; None where too little could be.
        findings: What is wrong with its form.
        unread: Sections of which parts had to be left out.
    """

    scenario: Scenario | None = None
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def shape(places: Places, unread: set[str], variant: Source | None = None) -> Shaped:
    """Read a tree as a scenario, without its broken parts where there are any.

    Items of lists that cannot be read leave the tree, so that positions of the others stay right.

    Args:
        places: The tree.
        unread: Sections that are known to be incomplete; nothing is missed there.
        variant: The file of the variant that is laid over the scenario.
    """
    result = Shaped()
    pruned = Pruned(places.root)
    for number in range(_ROUNDS):
        try:
            result.scenario = (Incomplete if number else Scenario).model_validate(pruned.data())
        except ValidationError as problem:
            details = problem.errors(include_url=False, include_input=False)
            mistakes = [_Mistake.of(places, item) for item in details[:_MOST_MISTAKES]]
            if number == 0:
                result.findings += _findings(places, list(_told(places, mistakes)), unread, variant)
            absent = {str(mistake.key) for mistake in mistakes if mistake.is_absence}
            faulty = {mistake.path for mistake in mistakes if not mistake.is_absence}
            if () in faulty or len(details) > _MOST_MISTAKES:
                break
            result.unread |= absent
            result.unread |= {str(path[0]) for path in faulty}
            pruned.take_out(faulty)
        else:
            break
    return result


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What pydantic rejects, in terms of the tree.

    Attributes:
        kind: Its type there, or the code of a reader's own refusal.
        path: The nearest thing in the tree.
        key: The key that is missing or unknown.
        on_key: Whether it is about a key instead of its value.
        context: What pydantic or the reader says besides.
    """

    kind: str
    path: Path
    key: Key
    on_key: bool
    context: dict[str, Any]

    @property
    def is_absence(self) -> bool:
        """Whether a whole section is not there that the rest can be read without."""
        return (self.kind, self.path) == ("missing", ()) and self.key in Incomplete.__annotations__

    @classmethod
    def of(cls, places: Places, details: ErrorDetails) -> "_Mistake":
        loc: tuple[Key, ...] = details["loc"]
        kind, context = details["type"], details.get("ctx", {})
        if kind == "missing":
            return cls(kind, _known(places, loc[:-1]), loc[-1], False, context)
        path = _known(places, loc)
        return cls(kind, path, path[-1] if path else "", loc[-1:] == ("[key]",), context)


def _known(places: Places, loc: Iterable[Key]) -> Path:
    """Return a location without the parts that stand for nothing in the tree."""
    path: list[Key] = []
    for key in loc:
        if places.node((*path, key)) is not None:
            path.append(key)
    return tuple(path)


def _told(places: Places, mistakes: Iterable[_Mistake]) -> Iterator[_Mistake]:
    """Yield the mistakes without those about the number of values that others tell already."""
    short: set[Path] = set()
    for mistake in mistakes:
        if mistake.kind == "missing" and isinstance(mistake.key, int):
            if mistake.path in short:
                continue  # one finding says how many there must be
            short.add(mistake.path)
        if mistake.kind != "too_short" or not _holds(places, mistake.path, mistake.context["min_length"]):
            yield mistake


def _holds(places: Places, path: Path, least: int) -> bool:
    """Return whether there are enough values somewhere, of which some cannot be read."""
    node = places.node(path)
    return node is not None and isinstance(node.content, list) and len(node.content) >= least


def _findings(
    places: Places, mistakes: list[_Mistake], unread: set[str], variant: Source | None
) -> Iterator[Finding]:
    missing: defaultdict[Path, list[str]] = defaultdict(list)
    for mistake in mistakes:
        if mistake.kind == "missing" and isinstance(mistake.key, str):
            missing[mistake.path].append(mistake.key)
    suggestions = 0
    for mistake in mistakes:
        if mistake.kind == "extra_forbidden":
            suggestions += 1
            yield _unknown(places, mistake, missing[mistake.path[:-1]], suggestions <= _MOST_SUGGESTIONS)
    misspelt = _misspelt(places, missing, variant)
    for path, near in misspelt.items():
        message = _("the variant changes {entry}, which the scenario does not have").format(
            entry=entry_at(path)
        )
        fix = _("did you mean '{name}'?").format(name=near)
        yield error("R501", places.at(path, key=True), message, fix)
    for path, keys in missing.items():
        if any(path[: len(other)] == other for other in misspelt):
            continue
        for key in keys:
            if path or key not in unread:
                yield _missing(places, path, key)
    for mistake in mistakes:
        if mistake.kind != "extra_forbidden" and not (
            mistake.kind == "missing" and isinstance(mistake.key, str)
        ):
            yield _wrong(places, mistake)


def _misspelt(places: Places, missing: Iterable[Path], variant: Source | None) -> dict[Path, str]:
    """Return the incomplete entries that a variant adds, whose names are near to those of others there."""
    result: dict[Path, str] = {}
    suggestions = Suggestions()
    for path in sorted(missing, key=len):
        node, around = places.node(path), places.node(path[:-1])
        if not path or node is None or node.source is not variant or around is None:
            continue
        names = around.content if isinstance(around.content, dict) and around.source is not variant else {}
        found = suggestions.on(str(path[-1]), [name for name in names if name != path[-1]])
        if found.near is not None:
            result[path] = found.near
    return result


def _unknown(places: Places, mistake: _Mistake, missing: list[str], suggest: bool) -> Finding:
    """Return the finding for an unknown key; a missing key that was meant by it is missed no more."""
    parent, key = mistake.path[:-1], str(mistake.key)
    expected: Any = Scenario
    for part in parent:
        expected = step(expected, part)
    model = model_of(expected)
    around = places.node(parent)
    present = _beside(around, places.node(mistake.path))
    allowed = [name for name in keys_of(model) if name not in present] if model is not None else []
    message = _("unknown key '{key}' in {entry}").format(key=shorten(key), entry=entry_at(parent))
    fix, edit = "", None
    if suggest:
        near = nearest(key, missing)
        if near is not None:
            missing.remove(near)
        fix = hint(key, [near]) if near is not None else hint(key, allowed) if allowed else _("take it out")
        name, node = meant(key, allowed), places.node(mistake.path)
        if name is not None and near in (None, name) and node is not None:
            edit = renamed_key(node, key, name)
    return error("S401", places.at(mistake.path, key=True), message, fix, edit=edit)


def _beside(around: Node | None, node: Node | None) -> list[str]:
    """Return the keys of an entry that stand in the same file as one of its values.

    What a variant replaces stands in the scenario's own file, and may well be meant.
    """
    if around is None or not isinstance(around.content, dict):
        return []
    return [key for key, other in around.content.items() if node is None or _file_of(other) is _file_of(node)]


def _file_of(node: Node) -> Source:
    return node.key_source or node.source


def _missing(places: Places, path: Path, key: str) -> Finding:
    entry = places.node(path)
    swallower = _swallower(entry, key) if entry is not None else None
    if swallower is not None:
        return not_closed(swallower)
    if path:
        message = _("'{key}' is missing in {entry}").format(key=key, entry=entry_at(path))
    else:
        message = _("the scenario has no '{key}'").format(key=key)
    fix = _("add a line '{key}: ...'").format(key=key)
    return error("S402", places.at(path, key=True), message, fix)


def _swallower(entry: Node, key: str) -> Node | None:
    """Return the text in quotes, in an entry, that goes on over the line of a key that is missing there."""
    line = re.compile(rf"[\r\n][ ]*{re.escape(key)}:\s")
    for node in entry.content.values() if isinstance(entry.content, dict) else ():
        if (
            isinstance(node.content, str)
            and not node.plain
            and line.search(node.source.text, node.start, node.end)
        ):
            return node
    return None


def _wrong(places: Places, mistake: _Mistake) -> Finding:
    code, message, fix = _words(places, mistake)
    path, last = mistake.path, mistake.context.get("key")
    entry = entry_at(path)
    inner = next((key for key in reversed(path) if isinstance(key, str)), "")
    if inner and f"{inner}'" not in entry and f".{inner}" not in entry:
        text = _("{entry}, '{key}': {message}").format(entry=entry, key=inner, message=message)
    else:
        text = _("{entry}: {message}").format(entry=entry, message=message)
    if last:
        return error(code, places.at((*path, last), key=True), text, fix)
    node = places.node(path)
    is_group = node is not None and isinstance(node.content, dict)
    empty = node is not None and node.content == ""
    on_key = mistake.on_key or is_group or empty
    instead = mistake.context.get("instead")
    edit = None
    if instead and not on_key and node is not None and isinstance(node.content, str):
        edit = renamed_in(node, node.content, instead)
    return error(code, places.at(path, key=on_key), text, fix, edit=edit)


def _words(places: Places, mistake: _Mistake) -> tuple[str, str, str]:
    """Return code, message and remedy."""
    kind, context = mistake.kind, mistake.context
    node = places.node(mistake.path)
    content = node.content if node is not None else ""
    if "message" in context:
        written = str(mistake.path[-1]) if mistake.on_key else content if isinstance(content, str) else ""
        own = own_example(places, context.get("like", ""), written)
        return kind, context["message"], like_this(own) if own else context["fix"]
    if kind in _GROUP | _LIST:
        wanted = _("a group of 'key: value' lines") if kind in _GROUP else _("a list")
        if isinstance(content, str) and not content.strip():
            fix = _("write {wanted}, or take the line out").format(wanted=wanted)
            return "S402", _("there is nothing here"), fix
        found = _("a list") if isinstance(content, list) else _("a text") if isinstance(content, str) else ""
        found = found or _("a group of keys")
        example = _("write 'key: value' lines below it, indented") if kind in _GROUP else _("write [A, B]")
        return (
            "S403",
            _("here stands {found} instead of {wanted}").format(found=found, wanted=wanted),
            example,
        )
    needed = _length(kind, mistake)
    if needed:
        return "S404", _("here stands the wrong number of values"), needed
    return "S403", _("this cannot stand here"), _("compare it with the format's reference")


def _length(kind: str, mistake: _Mistake) -> str:
    """Return how many values are needed, '' where their number is right."""
    exactly = _exact_length(mistake.path)
    if exactly is not None and kind in ("missing", "too_short", "too_long"):
        return _("write {n} values").format(n=exactly)
    if kind == "too_short":
        return _("write at least {n}").format(n=mistake.context["min_length"])
    if kind == "too_long":
        return _("write at most {n}").format(n=mistake.context["max_length"])
    return ""


def _exact_length(path: Path) -> int | None:
    """Return how many values must stand somewhere, None where there may be more or fewer."""
    expected: Any = Scenario
    for part in path:
        expected = step(expected, part)
    return length_of(expected)
