"""What is wrong where libyaml cannot read on? Its sentences in a teacher's words, pointing at the cause."""

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from game.locale import _
from game.scenario.authoring.splicing import Splice, quoted
from game.scenario.edits import in_quotes
from game.scenario.findings import Finding, error
from game.scenario.places import Node

_ONLY_KEY: Final = re.compile(r"\s*[\w.-]+:")
_ONLY_WORD: Final = re.compile(r"([A-Za-z_]\w*)\s*")
_CLOSE_COLON: Final = re.compile(r"[A-Za-z_]\w*:(?=[^\s:])")
_KEY_ABOVE: Final = re.compile(r"(?:^|[\r\n]|- )[ ]*([A-Za-z_]\w*:[^\s:][^\r\n]*?)[ ]*(?:\r\n|\r|\n)\Z")
"""A line, right above another, with a key and no space behind its colon."""
_LONGEST: Final = 300
_NEAR: Final = 40
_QUOTED_START: Final = re.compile(r"\s*(?:-\s+)?(?:[\w.-]+:\s+)?[\"']")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a text from being read, at the offset of a character; `edit` where one remedy is certain."""

    code: str
    offset: int
    message: str
    fix: str
    edit: Splice | None = None


def explain(problem: yaml.YAMLError, text: str, last: tuple[int, int] | None) -> Trouble:
    """Return what libyaml could not read.

    Args:
        problem: What it says.
        text: The file's text.
        last: Start and end of the last text in quotes that it read.
    """
    context: Any = getattr(problem, "context_mark", None)
    mark: Any = getattr(problem, "problem_mark", None) or context
    offset = min(mark.index if mark is not None else 0, max(0, len(text) - 1))
    start = min(context.index, offset) if context is not None else offset
    said = f"{getattr(problem, 'context', None) or ''} {getattr(problem, 'problem', None) or ''}"
    if last is not None and _swallowed(text, last, offset):
        return _not_closed(text, last[0])
    if "escape" in said:
        message = _("a backslash begins a code here that does not exist")
        fix = _("write \\\\ for a backslash, or use single quotes")
        edit = Splice(offset, offset, "\\") if text[offset : offset + 1] == "\\" else None
        return Trouble("Y215", offset, message, fix, edit)
    if "quoted scalar" in said:
        return _not_closed(text, start)
    if "mapping values are not allowed" in said:
        return _second_colon(text, offset)
    if "could not find expected ':'" in said:
        return _no_colon(text, start)
    if "cannot start any token" in said:
        message = _("a text cannot begin with {letter}").format(letter=text[offset : offset + 1])
        return Trouble(
            "Y211", offset, message, _("put the whole text in double quotes"), in_quotes(text, offset)
        )
    if any(word in said for word in ("alias", "anchor", "a tag", "directive")):
        message = _("& * ! and % have a special meaning at the beginning of a text")
        return Trouble(
            "Y211", offset, message, _("put the whole text in double quotes"), in_quotes(text, offset)
        )
    if any(words in said for words in ("<block end>", "expected key", "'-' indicator", "flow")):
        return _out_of_line(text, start, offset)
    message = _("this cannot be read as YAML")
    return Trouble("Y219", offset, message, _("compare indentation, colons and quotes with the lines above"))


def _swallowed(text: str, last: tuple[int, int], offset: int) -> bool:
    """Return whether a quotation mark that was never closed took in lines up to the next mark."""
    start, end = last
    inside = text[start:end]
    return (
        "\n" in inside and re.search(r"\n\s*(?:-\s|[\w.-]+:\s)", inside) is not None and offset <= end + 200
    )


def not_closed(node: Node) -> Finding:
    """Return the finding that a text in quotes is never closed, so that the next quotation mark ended it."""
    trouble = _not_closed(node.source.text, node.start)
    place = node.source.place(node.start, node.start + 1)
    return error(trouble.code, place, trouble.message, trouble.fix, edit=trouble.edit)


def _not_closed(text: str, offset: int) -> Trouble:
    line = _line(text, offset)
    edit = None
    if text[offset] not in line[1:] and "#" not in line:
        end = offset + len(line.rstrip())
        edit = Splice(end, end, text[offset])
    message = _("a quotation mark opens here and is not closed")
    return Trouble("Y212", offset, message, _("close it with the same mark"), edit)


def _no_colon(text: str, start: int) -> Trouble:
    line = _line(text, start)
    close = _CLOSE_COLON.match(line)
    if close is not None:
        at = start + close.end()
        message = _("a space is missing after this colon")
        return Trouble("Y214", at - 1, message, _("write 'key: value'"), Splice(at, at, " "))
    word = _ONLY_WORD.fullmatch(line)
    edit = Splice(start + word.end(1), start + word.end(1), ":") if word is not None else None
    return Trouble("Y214", start, _("a colon is missing after this key"), _("write 'key: value'"), edit)


def _line(text: str, offset: int) -> str:
    """Return the rest of a line."""
    found = re.compile(r"[^\r\n]*").match(text, offset)
    return found.group() if found is not None else ""


def _second_colon(text: str, offset: int) -> Trouble:
    line = text[text.rfind("\n", 0, offset) + 1 : offset + 1]
    if _ONLY_KEY.fullmatch(line):
        above = _KEY_ABOVE.search(text, max(0, offset - len(line) - _LONGEST), offset - len(line) + 1)
        return _no_colon(text, above.start(1)) if above is not None else _not_aligned(offset)
    message = _("a second colon stands in this line")
    return Trouble("Y210", offset, message, _("put the whole text in double quotes"), in_quotes(text, offset))


def _out_of_line(text: str, start: int, offset: int) -> Trouble:
    """Return trouble with brackets, with a text behind quotes, or with lines that do not line up."""
    before = text[max(0, offset - _NEAR) : offset].rstrip()
    if text[offset : offset + 1] == "," and before.endswith(","):
        message, edit = _("two commas stand here"), Splice(offset, offset + 1, "")
        return Trouble("Y213", offset, message, _("delete one of the two"), edit)
    if text[start : start + 1] in ("[", "{"):
        message = _("a bracket opens here and is not closed, or a comma is missing")
        return Trouble("Y213", start, message, _("count the brackets and commas"))
    line_start = text.rfind("\n", 0, offset) + 1
    if _QUOTED_START.match(text, line_start) and text[line_start:offset].strip():
        message = _("the text goes on behind its closing mark")
        fix = _('put the whole text in double quotes, and \\" for marks inside')
        return Trouble("Y211", offset, message, fix, _all_in_quotes(text, line_start))
    return _not_aligned(offset)


def _all_in_quotes(text: str, line_start: int) -> Splice | None:
    """Return the change that puts a text into quotes, whose own end at a mark that was to be part of it."""
    opened = _QUOTED_START.match(text, line_start)
    if opened is None:
        return None
    start = opened.end() - 1
    value = _line(text, start).rstrip()
    mark = value[0]
    if " #" in value or "\\" in value:
        return None
    if value.startswith('""') and value.endswith('""') and len(value) > 4:
        return Splice(start, start + len(value), quoted(value[2:-2]))
    inside = list(re.finditer(mark, value[1:-1]))
    if not inside or mark * 2 in value:
        return None
    first, last = ((value[at.start()], value[at.start() + 2]) for at in (inside[0], inside[-1]))
    if _closes(*first):
        # The first words alone stand in quotes, and perhaps the last: 'Yes' or 'no'.
        whole = (len(inside) % 2 == 0 and not _closes(*last)) if value[-1] == mark else len(inside) % 2 == 1
        return Splice(start, start + len(value), quoted(value)) if whole else None
    return Splice(start, start + len(value), quoted(value[1:-1])) if value[-1] == mark else None


def _closes(before: str, after: str) -> bool:
    """Return whether a quotation mark between two letters ends what stands in quotes."""
    return not before.isspace() and not after.isalnum()


def _not_aligned(offset: int) -> Trouble:
    message = _("this line does not line up with the lines around it")
    return Trouble("Y213", offset, message, _("give entries of one group the same indentation"))
