"""How is a file changed so that every other line stays as it is? By putting text in place of a few characters."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from game.base.errors import ContentError
from game.locale import _
from game.scenario.places import Node, Source

STEP: Final = 2
"""Spaces by which lines stand further to the right than the line that they belong to."""
_WIDTH: Final = 110
"""Characters up to which a text stands on one line."""
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NOT_FOLDED: Final = re.compile(r"\A\s|\s\Z|[^\S \n]|  | \n|\n |[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What a text may not contain that is broken into lines between its words and put together again."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """A change: the characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return a text with some changes made; they must not overlap. Of several at one place the first stands first."""
    parts, at = [], 0
    for splice in sorted(splices, key=lambda item: (item.start, item.end)):
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])


def line_end_of(text: str) -> str:
    """Return how a file ends its lines."""
    found = re.search(r"\r\n|\r|\n", text)
    return found.group() if found else "\n"


def quoted(text: str) -> str:
    """Return a text in double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def key_text(key: str) -> str:
    """Return a key as it is written."""
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def scalar_lines(head: str, text: str) -> list[str]:
    """Return the lines of `head: text`; a text of several paragraphs or of many letters becomes a block.

    Args:
        head: The key, or `-`.
        text: The text.
    """
    before = f"{head} " if head == "-" else f"{head}: "
    short = "\n" not in text and len(text) + len(before) <= _WIDTH
    if short or _NOT_FOLDED.search(text):
        return [before + quoted(text)]
    first, *rest = text.split("\n")
    lines = [before + ">-", *_folded(first)]
    for paragraph in rest:
        lines += ["", *_folded(paragraph)]
    return lines


def _folded(paragraph: str) -> list[str]:
    """Return a paragraph in lines that are broken between words."""
    lines: list[str] = []
    for word in paragraph.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _WIDTH:
            lines[-1] += " " + word
        else:
            lines.append(" " * STEP + word)
    return lines


def end_of(node: Node) -> int:
    """Return the offset one past the last character of a value, comments behind it not counted."""
    text = node.source.text
    content = node.content
    if isinstance(content, str):
        return node.start + len(text[node.start : node.end].rstrip())
    if is_flow(node):
        return node.end + 1
    children = content.values() if isinstance(content, dict) else content
    ends = [end_of(child) for child in children if child.source is node.source]
    ends += [child.key[1] + 1 for child in children if child.key is not None and child.source is node.source]
    return max(ends, default=node.start)


def is_flow(node: Node) -> bool:
    """Return whether a group or list stands in brackets."""
    return not isinstance(node.content, str) and node.source.text[node.start : node.start + 1] in ("{", "[")


def line_after(text: str, offset: int) -> int:
    """Return the offset of the line after the one that an offset is on; the end of the text if there is none."""
    found = re.compile(r"\r\n|\r|\n").search(text, offset)
    return found.end() if found else len(text)


def column_of(source: Source, offset: int) -> int:
    """Return how many characters stand before an offset on its line."""
    return source.place(offset, offset + 1).column - 1


def entry_last(group: Node, lines: list[str]) -> Splice:
    """Return the change that puts a further entry at the end of a group.

    Args:
        group: The group, a mapping of one file.
        lines: The entry's lines, the first with its key, indented as if it stood at the left edge.

    Raises:
        ContentError: The group is written in braces, and the entry needs several lines.
    """
    entries = _entries(group)
    if is_flow(group):
        return _in_braces(group, lines)
    if not entries:
        at = len(group.source.text)
        return Splice(at, at, _placed(group.source, at, lines, 0))
    return entry_after(group, list(entries)[-1], lines)


def entry_after(group: Node, name: str, lines: list[str]) -> Splice:
    """Return the change that puts a further entry behind one of a group, as `entry_last` does at its end.

    Raises:
        ContentError: As `entry_last` does.
    """
    if is_flow(group):
        return _in_braces(group, lines)
    child, source = _entries(group)[name], group.source
    at = line_after(source.text, max(end_of(child), child.key[1] if child.key is not None else 0))
    gap = [""] if len(lines) > 1 and _has_gaps(group) else []
    return Splice(at, at, _placed(source, at, [*gap, *lines], _column(group)))


def entry_first(group: Node, lines: list[str]) -> Splice:
    """Return the change that puts a further entry before those of a group, as `entry_last` does at its end.

    Raises:
        ContentError: As `entry_last` does.
    """
    first = next(iter(_entries(group).values()), None)
    if first is None or first.key is None or is_flow(group):
        return entry_last(group, lines)
    at = first.key[0] - column_of(group.source, first.key[0])
    gap = [""] if len(lines) > 1 and _has_gaps(group) else []
    return Splice(at, at, _placed(group.source, at, [*lines, *gap], _column(group)))


def _entries(group: Node) -> Mapping[str, Node]:
    assert isinstance(group.content, dict)  # noqa: S101 - callers pass groups
    return group.content


def _column(group: Node) -> int:
    """Return how many spaces stand before the entries of a group."""
    first = next(iter(_entries(group).values()))
    return column_of(group.source, first.key[0]) if first.key is not None else 0


def _in_braces(group: Node, lines: list[str]) -> Splice:
    source = group.source
    if not group.content and group.key is not None:
        indent = column_of(source, group.key[0]) + STEP
        end = line_end_of(source.text)
        return Splice(group.start, group.end + 1, end + end.join(" " * indent + line for line in lines))
    if len(lines) == 1:
        before = ", " if group.content else ""
        at = group.start + 1 + len(source.text[group.start + 1 : group.end].rstrip())
        return Splice(at, at, before + lines[0])
    place = source.place(group.start, group.start + 1)
    message = _("{file}:{line}: these entries stand in braces, where a further one cannot be put in lines")
    fix = _("write them in lines of their own, without braces, and try again")
    raise ContentError(_("; ").join((message.format(file=place.file, line=place.line), fix)))


def _placed(source: Source, at: int, lines: list[str], indent: int) -> str:
    """Return lines as they are put at an offset, with the file's own line ends."""
    end = line_end_of(source.text)
    text = "".join((" " * indent + line if line else "") + end for line in lines)
    before = source.text[:at]
    return end + text if before and not before.endswith(("\n", "\r")) else text


def _has_gaps(group: Node) -> bool:
    """Return whether empty lines stand between the entries of a group."""
    keys = [child.key[0] for child in _entries(group).values() if child.key is not None]
    return len(keys) > 1 and _gap_above(group.source.text[: keys[-1]].rstrip(" "))


def _gap_above(before: str) -> bool:
    """Return whether an empty line stands above the comments that a text ends with."""
    for line in reversed(before.splitlines()):
        if not line.strip():
            return True
        if not line.lstrip().startswith("#"):
            return False
    return False
