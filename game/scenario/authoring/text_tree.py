"""Which texts does a scenario have, what is each called in a translation, and where does its translation stand?

A text is called by the keys that lead to it in the shortest form that a translation can have: an entry's only
text by the entry, an item of a list by its name, or its number from 1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from game.scenario.authoring.splicing import (
    STEP,
    Splice,
    column_of,
    end_of,
    entry_after,
    entry_first,
    is_flow,
    key_text,
    line_end_of,
    quoted,
    scalar_lines,
)
from game.scenario.places import Node
from game.scenario.schema import Scenario
from game.scenario.schema.walk import Hint, holds_texts, is_list, is_text, model_of, step
from game.scenario.translating import name_of, only_text

TextPath: TypeAlias = tuple[str, ...]
Wanted: TypeAlias = Mapping[TextPath, str]
"""A text by what it is called."""
Tree: TypeAlias = "str | list[str] | dict[str, Tree]"
"""Texts as a translation has them."""

SEPARATOR: Final = "/"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation.

    Attributes:
        path: What it is called.
        own: Where it stands in the scenario.
        other: Where its translation stands; None if there is none.
    """

    path: TextPath
    own: Node
    other: Node | None

    @property
    def text(self) -> str:
        """The text in the scenario's own language."""
        return str(self.own.content)

    @property
    def translation(self) -> str:
        """Its translation; '' if there is none."""
        found = self.other.content if self.other is not None and not self.other.empty else ""
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Child:
    """What stands below a part of a scenario.

    Attributes:
        name: What it is called in translations.
        hint: What the schema expects there.
        own: Where it stands.
        other: Where its counterpart in a translation stands; None if there is none.
        bare: Whether its text may stand in place of the entry, as the only one that the entry has.
    """

    name: str
    hint: Hint
    own: Node
    other: Node | None
    bare: bool = False


def pairs(own: Node, other: Node | None, hint: Hint = Scenario, path: TextPath = ()) -> Iterator[Pair]:
    """Yield every text of a scenario in its order, beside its translation.

    Args:
        own: The scenario's tree.
        other: The translation's tree.
        hint: What the schema expects at this place.
        path: What this place is called.
    """
    if not holds_texts(hint):
        return
    if is_text(hint):
        if isinstance(own.content, str) and own.content.strip() and not own.empty:
            yield Pair(path, own, other)
        return
    for child in children(hint, own, other):
        inner = path if child.bare else (*path, child.name)
        yield from pairs(child.own, child.other, child.hint, inner)


def children(hint: Hint, own: Node, other: Node | None) -> Iterator[Child]:
    """Yield what stands below a part of a scenario and has texts, beside its counterpart in a translation."""
    if is_list(hint):
        yield from _items(hint, own, other)
        return
    only = only_text(hint) if hint is not Scenario else ""
    found = other.content if other is not None else None
    for key, child in own.content.items() if isinstance(own.content, dict) else ():
        inner = step(hint, key)
        if inner is None or not holds_texts(inner):
            continue
        if isinstance(found, dict):
            yield Child(key, inner, child, found.get(key), key == only)
        else:
            yield Child(key, inner, child, other if key == only else None, key == only)


def _items(hint: Hint, own: Node, other: Node | None) -> Iterator[Child]:
    items = own.content if isinstance(own.content, list) else [own]
    names = [_name(item) for item in items]
    found = other.content if other is not None else None
    for at, (item, name) in enumerate(zip(items, names, strict=True)):
        known = name if name and names.count(name) == 1 else str(at + 1)
        match found:
            case dict():
                counterpart = found.get(name)
            case list() if len(found) == len(items):
                counterpart = found[at]
            case str() if len(items) == 1:
                counterpart = other
            case _:
                counterpart = None
        yield Child(known, step(hint, at), item, counterpart)


def _name(item: Node) -> str:
    data = item.data()
    return name_of(data) if isinstance(data, Mapping) else ""


def tree_of(own: Node, wanted: Wanted, hint: Hint = Scenario, path: TextPath = ()) -> "Tree | None":
    """Return texts as a translation has them; None if nothing is wanted here.

    Args:
        own: The scenario's tree.
        wanted: The texts.
        hint: What the schema expects at this place.
        path: What this place is called.
    """
    if is_text(hint):
        return wanted.get(path)
    if is_list(hint) and model_of(step(hint, 0)) is None:
        texts = {pair.path: pair.text for pair in pairs(own, None, hint, path)}
        return [wanted.get(at, text) for at, text in texts.items()] if texts.keys() & wanted.keys() else None
    result: dict[str, Tree] = {}
    for child in children(hint, own, None):
        found = tree_of(child.own, wanted, child.hint, path if child.bare else (*path, child.name))
        if child.bare:
            return found
        if found is not None:
            result[child.name] = found
    return result or None


def lines_of(tree: "Mapping[str, Tree]") -> list[str]:
    """Return texts as the lines of a translation."""
    lines: list[str] = []
    for key, value in tree.items():
        if isinstance(value, str):
            lines += scalar_lines(key_text(key), value)
            continue
        below = (
            [line for item in value for line in scalar_lines("-", item)]
            if isinstance(value, list)
            else lines_of(value)
        )
        lines += [f"{key_text(key)}:", *(" " * STEP + line if line else "" for line in below)]
    return lines


def on_one_line(tree: "Tree") -> str:
    """Return texts as they stand inside braces."""
    if isinstance(tree, str):
        return quoted(tree)
    if isinstance(tree, list):
        return f"[{', '.join(map(quoted, tree))}]"
    return "{" + ", ".join(f"{key_text(key)}: {on_one_line(value)}" for key, value in tree.items()) + "}"


@dataclass(frozen=True)
class Grafter:
    """Finds the changes by which a translation gets some texts.

    Attributes:
        wanted: The texts.
    """

    wanted: Wanted

    def splices(
        self, own: Node, other: Node, hint: Hint = Scenario, path: TextPath = (), *, braces: bool = False
    ) -> Iterator[Splice]:
        """Yield the changes for a part of a translation.

        Args:
            own: The scenario's tree.
            other: The translation's tree.
            hint: What the schema expects at this place.
            path: What this place is called.
            braces: Whether this place is inside braces or brackets.

        Raises:
            ContentError: A text cannot be put where it belongs.
        """
        if isinstance(other.content, str):
            for pair in pairs(own, other, hint, path):
                text = self.wanted.get(pair.path)
                if text is not None and text != pair.translation:
                    yield _scalar(other, text, braces=braces)
            return
        braces = braces or is_flow(other)
        before: str | None = None
        for child in children(hint, own, other):
            inner = path if child.bare else (*path, child.name)
            if child.other is not None:
                yield from self.splices(child.own, child.other, child.hint, inner, braces=braces)
                before = child.name
                continue
            tree = tree_of(child.own, self.wanted, child.hint, inner)
            if tree is not None:
                one_line = f"{key_text(child.name)}: {on_one_line(tree)}"
                lines = [one_line] if braces else lines_of({child.name: tree})
                yield entry_after(other, before, lines) if before is not None else entry_first(other, lines)


def _scalar(node: Node, text: str, *, braces: bool) -> Splice:
    """Return the change of a scalar's text."""
    source = node.source.text
    end = end_of(node)
    if braces:
        return Splice(node.start, end, quoted(text))
    first, *rest = scalar_lines("-" if node.key is None else "key", text)
    indent = " " * _indent(node)
    lines = [first.partition(" ")[2], *(indent + line if line else "" for line in rest)]
    return Splice(node.start, end, line_end_of(source).join(lines))


def _indent(node: Node) -> int:
    """Return how far to the right the key or dash of a scalar stands."""
    start = node.key[0] if node.key is not None else node.start
    before = node.source.place(start, start + 1).text[: column_of(node.source, start)]
    return len(before) if node.key is not None else len(before.rstrip().removesuffix("-"))
