"""What is wrong where libyaml cannot read on? Its sentences in a teacher's words, pointing at the cause."""

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from game.locale import _

_ONLY_KEY: Final = re.compile(r"\s*[\w.-]+:")
_QUOTED_START: Final = re.compile(r"\s*(?:-\s+)?(?:[\w.-]+:\s+)?[\"']")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a text from being read, at the offset of a character."""

    code: str
    offset: int
    message: str
    fix: str


def explain(problem: yaml.YAMLError, text: str, quoted: tuple[int, int] | None) -> Trouble:
    """Return what libyaml could not read.

    Args:
        problem: What it says.
        text: The file's text.
        quoted: Start and end of the last text in quotes that it read.
    """
    context: Any = getattr(problem, "context_mark", None)
    mark: Any = getattr(problem, "problem_mark", None) or context
    offset = min(mark.index if mark is not None else 0, max(0, len(text) - 1))
    start = min(context.index, offset) if context is not None else offset
    said = f"{getattr(problem, 'context', None) or ''} {getattr(problem, 'problem', None) or ''}"
    if quoted is not None and _swallowed(text, quoted, offset):
        return _not_closed(quoted[0])
    if "escape" in said:
        message = _("a backslash begins a code here that does not exist")
        return Trouble("Y215", offset, message, _("write \\\\ for a backslash, or use single quotes"))
    if "quoted scalar" in said:
        return _not_closed(start)
    if "mapping values are not allowed" in said:
        return _second_colon(text, offset)
    if "could not find expected ':'" in said:
        return Trouble("Y214", start, _("a colon is missing after this key"), _("write 'key: value'"))
    if "cannot start any token" in said:
        message = _("a text cannot begin with {letter}").format(letter=text[offset : offset + 1])
        return Trouble("Y211", offset, message, _("put the whole text in double quotes"))
    if any(word in said for word in ("alias", "anchor", "a tag", "directive")):
        message = _("& * ! and % have a special meaning at the beginning of a text")
        return Trouble("Y211", offset, message, _("put the whole text in double quotes"))
    if any(words in said for words in ("<block end>", "expected key", "'-' indicator", "flow")):
        return _out_of_line(text, start, offset)
    message = _("this cannot be read as YAML")
    return Trouble("Y219", offset, message, _("compare indentation, colons and quotes with the lines above"))


def _swallowed(text: str, quoted: tuple[int, int], offset: int) -> bool:
    """Return whether a quotation mark that was never closed took in lines up to the next mark."""
    start, end = quoted
    inside = text[start:end]
    return (
        "\n" in inside and re.search(r"\n\s*(?:-\s|[\w.-]+:\s)", inside) is not None and offset <= end + 200
    )


def _not_closed(offset: int) -> Trouble:
    message = _("a quotation mark opens here and is not closed")
    return Trouble("Y212", offset, message, _("close it with the same mark"))


def _second_colon(text: str, offset: int) -> Trouble:
    line = text[text.rfind("\n", 0, offset) + 1 : offset + 1]
    if _ONLY_KEY.fullmatch(line):
        return _not_aligned(offset)
    message = _("a second colon stands in this line")
    return Trouble("Y210", offset, message, _("put the whole text in double quotes"))


def _out_of_line(text: str, start: int, offset: int) -> Trouble:
    """Return trouble with brackets, with a text behind quotes, or with lines that do not line up."""
    if text[start : start + 1] in ("[", "{"):
        message = _("a bracket opens here and is not closed, or a comma is missing")
        return Trouble("Y213", start, message, _("count the brackets and commas"))
    line_start = text.rfind("\n", 0, offset) + 1
    if _QUOTED_START.match(text, line_start) and text[line_start:offset].strip():
        message = _("the text goes on behind its closing mark")
        return Trouble(
            "Y211", offset, message, _('put the whole text in double quotes, and \\" for marks inside')
        )
    return _not_aligned(offset)


def _not_aligned(offset: int) -> Trouble:
    message = _("this line does not line up with the lines around it")
    return Trouble("Y213", offset, message, _("give entries of one group the same indentation"))
