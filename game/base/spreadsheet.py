"""What does a spreadsheet get? A table as CSV in UTF-8, in which it takes no text for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that is a formula to a spreadsheet, perhaps behind apostrophes that were put before it."""


def csv_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as the bytes of a file, with the mark by which spreadsheets know UTF-8.

    Args:
        header: The first row.
        rows: The others; texts are written as `harmless` has them, numbers as they are.
    """
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(header)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def meant(cell: str) -> str:
    """Return the text that `harmless` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
