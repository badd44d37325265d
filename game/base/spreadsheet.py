"""What does a spreadsheet get? A table as CSV in UTF-8 or as a workbook, in which it takes no text for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_MARKS: Final = r"=+\-@＝＋－＠"

_FORMULA: Final = re.compile(rf"^(?='*[{_MARKS}\t\r\n])|[;\r\n](?=[\"']*[{_MARKS}])")
"""Where a text is a formula to a spreadsheet, perhaps behind apostrophes that were put before it: at its beginning, and
behind a semicolon or line's end, where one that parts cells by semicolons begins a cell, whatever quotation marks are
around it."""

_HARMLESS: Final = re.compile(rf"^'(?='*[{_MARKS}\t\r\n])|[;\r\n]'(?=[\"']*[{_MARKS}])")


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
    """Return a text with an apostrophe wherever a spreadsheet would take what follows for a formula."""
    return _FORMULA.sub(lambda found: found[0] + "'", text)


def meant(cell: str) -> str:
    """Return the text that `harmless` made a cell of."""
    return _HARMLESS.sub(lambda found: found[0][:-1], cell)


def workbook_of(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str | float]], *, right_to_left: bool
) -> bytes:
    """Return a table as the bytes of a workbook (.xlsx), which every spreadsheet opens alike wherever it is used.

    Args:
        title: Name of its one sheet, of 31 letters at most.
        header: The first row.
        rows: The others; texts stay texts, numbers can be reckoned with.
        right_to_left: Whether its first column stands at the right.
    """
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(title), book.add_format({"bold": True})
        if right_to_left:
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(place, column, cell)
        sheet.autofit()
    return content.getvalue()
