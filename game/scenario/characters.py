"""Which characters of a file can nobody see, or may not stand where they do? Looked at before it is YAML."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from game.locale import _
from game.scenario.authoring.splicing import STEP, Splice
from game.scenario.findings import Finding, error
from game.scenario.places import Source

_MOST_MARKS: Final = 10
"""Findings of one kind that the look at the characters reports for a file."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ESCAPED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_TAB: Final = re.compile(r"^[ ]*\t[ \t]*(?=\S)", re.MULTILINE)
_SPACE: Final = re.compile("^[ \t]*[\u00a0\u2000-\u200b\u202f\u205f\u3000]+", re.MULTILINE)
_SUSPECT: Final = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\u2000-\u200b\u2028-\u202f\u205f\u2066-\u2069\u3000\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
"""Every character that one of the others looks for."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_INDENTED: Final = re.compile(r"^( *)[a-z]\w*:[ ]*(?:#.*)?\r?\n(\1 +)[a-z]", re.MULTILINE)
"""A key and the first line of the group below it."""
_LINE_ENDS: Final = "\u2028\u2029"
_NO_WIDTH: Final = "\u200b"


def look_at(source: Source) -> tuple[list[Finding], str]:
    """Return what is wrong with the characters of a file, and its text without them.

    Everything else stands in the text where it stands in the file.
    """
    if not _SUSPECT.search(source.text):
        return [], source.text
    findings = list(_findings(source))
    if not findings:
        return [], source.text
    text = _TAB.sub(lambda found: found.group().replace("\t", " "), source.text)
    text = _SPACE.sub(lambda found: " " * len(found.group()), text)
    return findings, _CONTROL.sub(" ", _SURROGATE.sub(" ", text))


def escaped(source: Source, start: int, end: int, text: str) -> tuple[list[Finding], str]:
    """Return what is wrong with the characters that a text in quotes names by escapes, and the text without them.

    Args:
        source: The file.
        start: Where the text begins in it.
        end: Where it ends.
        text: What was read of it.
    """
    found = _ESCAPED.search(text)
    if found is None:
        return [], text
    message = _("an escape here stands for an invisible control character (U+{code:04X})")
    if _DIRECTION.match(found.group()):
        message = _(
            "an escape here stands for an invisible character that turns the direction of writing (U+{code:04X})"
        )
    code = "F105" if _DIRECTION.match(found.group()) else "F104"
    place = source.place(start, end)
    return [error(code, place, message.format(code=ord(found.group())), _("delete it"))], _ESCAPED.sub(
        " ", text
    )


def _findings(source: Source) -> Iterator[Finding]:
    for pattern, describe in (
        (_CONTROL, _control),
        (_SURROGATE, _control),
        (_DIRECTION, _direction),
        (_TAB, _tab),
        (_SPACE, _special_space),
    ):
        for count, found in enumerate(pattern.finditer(source.text)):
            if count == _MOST_MARKS:
                break
            yield describe(source, found)


def _control(source: Source, found: re.Match[str]) -> Finding:
    letter = found.group()
    message = _("an invisible control character stands here (U+{code:04X})").format(code=ord(letter))
    instead = " " if letter in _LINE_ENDS else ""
    edit = None if "\x80" <= letter <= "\x9f" else Splice(found.start(), found.end(), instead)
    return error("F104", source.place(found.start(), found.end()), message, _("delete it"), edit=edit)


def _direction(source: Source, found: re.Match[str]) -> Finding:
    message = _("an invisible character that turns the direction of writing stands here (U+{code:04X})")
    return error(
        "F105",
        source.place(found.start(), found.end()),
        message.format(code=ord(found.group())),
        _("delete it; Arabic and Latin text find their direction by themselves"),
        edit=Splice(found.start(), found.end(), ""),
    )


def _tab(source: Source, found: re.Match[str]) -> Finding:
    at = found.start() + found.group().index("\t")
    fix = _("put spaces in its place; most editors can do so for the whole file")
    edit = Splice(found.start(), found.end(), " " * _meant_indent(source.text, found.start()))
    return error("Y201", source.place(at, at + 1), _("a tab stands where spaces must"), fix, edit=edit)


def _meant_indent(text: str, start: int) -> int:
    """Return how many spaces the line that begins at an offset should begin with, going by those above it."""
    found = _INDENTED.search(text)
    step = len(found[2]) - len(found[1]) if found is not None else STEP
    lines = [line for line in text[:start].splitlines() if line.strip() and not line.lstrip().startswith("#")]
    tabbed = list(takewhile(_has_tab, reversed(lines)))[::-1]
    above = lines[len(lines) - len(tabbed) - 1] if len(lines) > len(tabbed) else ""
    indent, tabs, opens = len(above) - len(above.lstrip()), 0, _opens_group(above)
    for number, line in enumerate([*tabbed, text[start:].splitlines()[0]]):
        depth = line[: len(line) - len(line.lstrip())].count("\t")
        indent += step * (int(opens) if number == 0 else depth - tabs)
        tabs, opens = depth, _opens_group(line)
    return max(0, indent)


def _has_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]


def _opens_group(line: str) -> bool:
    return line.partition(" #")[0].rstrip().endswith(":")


def _special_space(source: Source, found: re.Match[str]) -> Finding:
    at = next(found.start() + i for i, letter in enumerate(found.group()) if letter not in " \t")
    message = _("a special space (U+{code:04X}) stands where ordinary spaces must")
    message = message.format(code=ord(source.text[at]))
    instead = "".join(
        letter if letter in " \t" else "" if letter == _NO_WIDTH else " " for letter in found.group()
    )
    edit = Splice(found.start(), found.end(), instead)
    fix = _("put an ordinary space in its place")
    return error("Y202", source.place(at, at + 1), message, fix, edit=edit)
