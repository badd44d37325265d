"""Where in the files does a value stand? Positions for findings, exact to the character."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, TypeAlias

_LINE_END: Final = re.compile(r"\r\n|\r|\n")

Key: TypeAlias = str | int
Path: TypeAlias = tuple[Key, ...]


@dataclass(frozen=True)
class Source:
    """A file's text.

    Attributes:
        name: The file as findings name it.
        text: Its text, line ends as in the file.
    """

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, start: int, end: int) -> "Place":
        """Return the place of some characters; a place that spans lines ends with its first."""
        line = bisect_right(self._starts, start) - 1
        first = self._starts[line]
        stop = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        excerpt = self.text[first:stop].rstrip("\r\n")
        column = start - first
        width = max(1, min(end, first + len(excerpt)) - start)
        return Place(self.name, line + 1, column + 1, column + 1 + width, excerpt)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: line and columns from 1, in characters; `end_column` is one past the last.

    `text` is the whole line.
    """

    file: str
    line: int
    column: int
    end_column: int
    text: str


@dataclass(slots=True)
class Node:
    """A value in a file.

    Attributes:
        source: The file.
        start: Offset of its first character.
        end: Offset one past its last.
        content: Text of a scalar, entries of a mapping, or items of a list.
        plain: Whether a scalar stands without quotes and not as a block.
        key: Offsets of the key that leads to it, start and end; None at the top and in lists.
    """

    source: Source
    start: int
    end: int
    content: "str | dict[str, Node] | list[Node]"
    plain: bool = False
    key: tuple[int, int] | None = None
    key_source: Source | None = None

    def copied(self) -> "Node":
        """Return the same value, of which parts can be taken out without harm to this one."""
        content = self.content
        if isinstance(content, dict):
            return replace(self, content={key: node.copied() for key, node in content.items()})
        return (
            replace(self, content=[node.copied() for node in content]) if isinstance(content, list) else self
        )

    def data(self) -> object:
        """Return the value as texts, dicts and lists."""
        if isinstance(self.content, str):
            return self.content
        if isinstance(self.content, dict):
            return {key: node.data() for key, node in self.content.items()}
        return [node.data() for node in self.content]

    def offset_of(self, at: int) -> int | None:
        """Return where in the file a character of a scalar's text stands.

        None where the text does not stand in the file as it is, on one line.
        """
        raw = self.source.text[self.start : self.end]
        if not isinstance(self.content, str) or raw.strip("\"'") != self.content.strip("\"'") or "\n" in raw:
            return None
        inner = raw.find(self.content)
        return self.start + inner + min(at, len(self.content)) if inner >= 0 else None

    @property
    def empty(self) -> bool:
        """Whether nothing was written: an empty plain scalar, `null` or `~`."""
        return self.plain and self.content in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class Places:
    """Positions of everything in a scenario.

    Attributes:
        root: The scenario as one tree, whatever files its parts come from.
        fallback: Where to point when nothing is there at all, such as an empty folder.
    """

    root: Node
    fallback: Source = field(default_factory=lambda: Source("scenario.yaml", ""))

    def node(self, path: Sequence[Key]) -> Node | None:
        """Return what stands at a path, None if nothing does."""
        node: Node | None = self.root
        for key in path:
            if node is None:
                return None
            content = node.content
            if isinstance(content, dict) and isinstance(key, str):
                node = content.get(key)
            elif isinstance(content, list) and isinstance(key, int) and key < len(content):
                node = content[key]
            else:
                return None
        return node

    def at(self, path: Sequence[Key], *, key: bool = False) -> Place:
        """Return the place of a value, or of its key; of the nearest thing around it, if it is not there."""
        known = tuple(path)
        node = self.node(known)
        while node is None and known:
            known = known[:-1]
            node, key = self.node(known), True
        if node is None or (not known and node.start == node.end):
            return self.fallback.place(0, 1)
        if key and node.key is not None:
            return (node.key_source or node.source).place(*node.key)
        return node.source.place(node.start, node.end)

    def inside(self, path: Sequence[Key], offset: int, length: int) -> Place:
        """Return the place of characters inside a scalar's text, of the whole scalar where they have none."""
        node = self.node(path)
        first = node.offset_of(offset) if node is not None else None
        if node is None or first is None:
            return self.at(path)
        return node.source.place(first, first + max(1, length))
