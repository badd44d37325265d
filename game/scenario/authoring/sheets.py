"""How do a scenario's texts get to a colleague who never opens YAML, and back? As a sheet with a text in each row.

The sheet is a CSV file in UTF-8 with a mark by which spreadsheets know it: what a text is called, the text in the
scenario's own language, its translation. A text that a spreadsheet would take for a formula has an apostrophe
before it, which is taken off again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from game.base.errors import ContentError
from game.base.spreadsheet import csv_of, meant
from game.locale import _

ID: Final = "id"
"""Heading of the column that says what a text is called."""
_MOST_BYTES: Final = 20 * 1024 * 1024
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
)
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet.

    Attributes:
        line: Its line in the file.
        id: What the text is called.
        own: The text in the scenario's own language.
        other: Its translation; '' if there is none.
    """

    line: int
    id: str
    own: str
    other: str


def sheet(own: str, other: str, rows: Iterable[Row]) -> bytes:
    """Return rows as the bytes of a sheet.

    Args:
        own: Code of the scenario's own language.
        other: Code of the language that it is translated into.
        rows: What stands in it.
    """
    return csv_of([ID, own, other], ([row.id, row.own, row.other] for row in rows))


def _text(cell: str) -> str:
    return meant(cell.replace("\r\n", "\n").replace("\r", "\n").strip())


def read_sheet(name: str, content: bytes, own: str, other: str) -> list[Row]:
    """Return the rows of a sheet.

    Args:
        name: The file, as messages call it.
        content: Its bytes.
        own: Code of the scenario's own language.
        other: Code of the language that is expected in it.

    Raises:
        ContentError: It is damaged, or no sheet of this kind.
    """
    text = _decoded(name, content)
    first = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        _check_heading(name, heading, own, other)
        return list(_rows(name, reader))
    except csv.Error as problem:
        message = _("{name}:{line}: this row is damaged: its quotes or commas do not fit together")
        raise ContentError(message.format(name=name, line=reader.line_num)) from problem


def _decoded(name: str, content: bytes) -> str:
    if len(content) > _MOST_BYTES:
        raise ContentError(_("{name} is too large for a sheet of texts").format(name=name))
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        message = _("{name} is not in UTF-8; save it in your spreadsheet as 'CSV UTF-8'")
        raise ContentError(message.format(name=name)) from problem


def _check_heading(name: str, heading: list[str], own: str, other: str) -> None:
    while heading and not heading[-1]:
        heading.pop()
    wanted = [ID, own, other]
    if heading == wanted:
        return
    if len(heading) == len(wanted) and heading[:2] == wanted[:2]:
        message = _("{name} is a sheet for the language '{found}', not '{wanted}'")
        raise ContentError(message.format(name=name, found=heading[2][:20], wanted=other))
    message = _("{name} is no sheet of this scenario's texts: its first row must be {wanted}")
    raise ContentError(message.format(name=name, wanted=",".join(wanted)))


def _rows(name: str, cells: Iterator[list[str]]) -> Iterator[Row]:
    seen: dict[str, int] = {}
    line = 1
    for row in cells:
        line += 1
        while len(row) > 2 and not row[-1].strip() and len(row) != 3:
            row.pop()
        if not any(cell.strip() for cell in row):
            continue
        if len(row) not in (2, 3):
            message = _("{name}: row {line} has {found} cells instead of 3")
            raise ContentError(message.format(name=name, line=line, found=len(row)))
        found = Row(line, row[0].strip(), _text(row[1]), _text(row[2]) if len(row) == 3 else "")
        hidden = _HIDDEN.search(found.other)
        if hidden:
            message = _("{name}: row {line} contains a character that is damaged or invisible (U+{code:04X})")
            raise ContentError(message.format(name=name, line=line, code=ord(hidden.group())))
        if found.id in seen:
            message = _("{name}: row {line} repeats '{id}' of row {first}")
            raise ContentError(message.format(name=name, line=line, id=found.id[:80], first=seen[found.id]))
        seen[found.id] = line
        yield found
