"""What is different in another scenario, or in another state of the same one, in the words of the format?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from pydantic import BaseModel

from game.locale import _
from game.scenario.entries import entry_at
from game.scenario.loading import Loaded
from game.scenario.schema import Scenario
from game.scenario.schema.walk import Hint, is_list, is_text, keys_of, step
from game.scenario.translating import name_of

KeyPath: TypeAlias = tuple[str, ...]
_ORDERED: Final = ("outcomes",)
"""Sections whose order means something."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is different.

    Attributes:
        what: Whether an entry was added or removed, something in it changed, or entries stand in another order.
        path: Where it stands.
        before: What stood there, as an author would write it; '' if nothing.
        after: What stands there now; '' if nothing.
    """

    what: Literal["added", "removed", "changed", "ordered"]
    path: KeyPath
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return it as a line of text."""
        entry, rest = _named(self.path)
        if self.what == "ordered":
            text = _("{entry}: in another order, {before} -> {after}")
            return text.format(entry=entry, before=self.before, after=self.after)
        if self.what == "changed":
            return _("{entry}: {key} {before} -> {after}").format(
                entry=entry,
                key=".".join(rest),
                before=self.before or _("nothing"),
                after=self.after or _("nothing"),
            )
        shown = f"{entry}: {'.'.join(rest)}" if rest else entry
        text = _("added: {entry}") if self.what == "added" else _("removed: {entry}")
        label = self.after or self.before
        return text.format(entry=f'{shown} "{label}"' if label else shown)


@dataclass(frozen=True, slots=True)
class TextChanges:
    """How many texts of a language are different."""

    language: str
    changed: int
    new: int
    gone: int


@dataclass(frozen=True)
class Differences:
    """What is different between two scenarios.

    Attributes:
        changes: Everything but texts, in the order of the format.
        texts: Texts, by language; none for a language without differences.
    """

    changes: tuple[Change, ...]
    texts: tuple[TextChanges, ...]


@dataclass
class _Flat:
    """A scenario as single values.

    Attributes:
        values: Each value as an author would write it, by where it stands; texts apart.
        texts: Each text.
        entries: The label of each entry that has an id or a name.
        orders: The ids of sections whose order means something.
    """

    values: dict[KeyPath, str] = field(default_factory=dict)
    texts: dict[KeyPath, str] = field(default_factory=dict)
    entries: dict[KeyPath, str] = field(default_factory=dict)
    orders: dict[KeyPath, tuple[str, ...]] = field(default_factory=dict)


def differences(before: Loaded, after: Loaded) -> Differences:
    """Return what is different between two scenarios without errors."""
    first, second = _flat(_content(before)), _flat(_content(after))
    languages = dict.fromkeys((*before.languages, *after.languages))
    texts = [_texts(language, before, after) for language in languages]
    return Differences(
        tuple(_changes(first, second)),
        tuple(item for item in texts if item.changed or item.new or item.gone),
    )


def _content(loaded: Loaded) -> Scenario:
    assert loaded.scenario is not None  # noqa: S101 - callers pass scenarios without errors
    return loaded.scenario


def _texts(language: str, before: Loaded, after: Loaded) -> TextChanges:
    first = _flat(before.in_language(language)).texts if language in before.languages else {}
    second = _flat(after.in_language(language)).texts if language in after.languages else {}
    common = first.keys() & second.keys()
    changed = sum(first[path] != second[path] for path in common)
    return TextChanges(language, changed, len(second) - len(common), len(first) - len(common))


def _changes(first: _Flat, second: _Flat) -> Iterator[Change]:
    gone = [path for path in first.entries if path not in second.entries]
    new = [path for path in second.entries if path not in first.entries]
    for path in _outermost(gone):
        yield Change("removed", path, before=first.entries[path])
    for path in _outermost(new):
        yield Change("added", path, after=second.entries[path])
    for path in dict.fromkeys((*first.values, *second.values)):
        before, after = first.values.get(path, ""), second.values.get(path, "")
        if before != after and not _below(path, gone) and not _below(path, new):
            yield Change("changed", path, before, after)
    for path, ids in second.orders.items():
        kept = tuple(name for name in first.orders.get(path, ()) if name in ids)
        now = tuple(name for name in ids if name in kept)
        if kept != now:
            yield Change("ordered", path, ", ".join(kept), ", ".join(now))


def _outermost(paths: Sequence[KeyPath]) -> list[KeyPath]:
    return [path for path in paths if not _below(path[:-1], paths)]


def _below(path: KeyPath, others: Sequence[KeyPath]) -> bool:
    known = set(others)
    return any(path[:length] in known for length in range(1, len(path) + 1))


def _flat(scenario: Scenario) -> _Flat:
    found = _Flat()
    _flatten(Scenario, scenario, (), found)
    return found


def _flatten(hint: Hint, value: Any, path: KeyPath, found: _Flat) -> None:
    """Note the values at and below a place."""
    if isinstance(value, BaseModel):
        for key, item in keys_of(type(value)).items():
            name = next(name for name, other in type(value).model_fields.items() if other is item)
            _flatten(step(type(value), key), getattr(value, name), (*path, key), found)
    elif isinstance(value, Mapping):
        if path[-1:] and path[-1] in _ORDERED:
            found.orders[path] = tuple(map(str, value))
        for key, child in value.items():
            inner = (*path, str(key))
            if isinstance(child, BaseModel):
                found.entries[inner] = _label(child)
            _flatten(step(hint, str(key)), child, inner, found)
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        for name, child in zip(_names(value), value, strict=True):
            found.entries[(*path, name)] = ""
            _flatten(step(hint, 0), child, (*path, name), found)
    elif is_text(hint) or (is_list(hint) and is_text(step(hint, 0))):
        for at, text in enumerate(value if isinstance(value, tuple) else (value,) if value else ()):
            found.texts[(*path, str(at + 1))] = text
    else:
        shown = _shown(value)
        if shown:
            found.values[path] = shown


def _label(entry: BaseModel) -> str:
    found = getattr(entry, "label", None) or getattr(entry, "title", None)
    return found if isinstance(found, str) else ""


def _names(items: Sequence[BaseModel]) -> list[str]:
    """Return what each entry of a list is called: by what it is about, else by its number."""
    names = [_name(item) for item in items]
    return [name if name and names.count(name) == 1 else str(at) for at, name in enumerate(names, start=1)]


def _name(item: BaseModel) -> str:
    data = {key: value for key in ("id", "change", "of") if (value := getattr(item, key, None)) is not None}
    return name_of(data) or str(getattr(item, "rule", None) or getattr(item, "event", None) or "")


def _shown(value: Any) -> str:
    """Return a value as an author would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.6g}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text


def _named(path: KeyPath) -> tuple[str, KeyPath]:
    """Return in words which entry a path is in, and the rest of the path."""
    words = entry_at(path)
    length = next(length for length in range(len(path) + 1) if entry_at(path[:length]) == words)
    return words, path[length:]
