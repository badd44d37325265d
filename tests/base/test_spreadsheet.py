"""Does a spreadsheet take a text for a text, wherever it is used?"""

import csv
import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.base.spreadsheet import csv_of, harmless, meant, workbook_of

_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cells(content, delimiter):
    """Return all cells as a spreadsheet reads them that parts cells by a delimiter, whatever stands in the file."""
    return [
        cell
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter)
        for cell in row
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    "text",
    ["=1+1", "a;=1+1", 'a;"=1+1', "a;'=1+1", "+1;-1;@x", ";=1", '"=1";"=2', "a,=1;=2", "＝1", "\t=1", "\n=1"],
)
def test_no_text_of_a_table_becomes_a_formula(text, delimiter):
    for place in range(2):
        row: list[object] = ["P01", "P02"]
        row[place] = text
        found = cells(csv_of(["one", "two"], [row]), delimiter)
        assert [cell for cell in found if cell.startswith(_BEGINS)] == []


@given(st.text(st.sampled_from("a;'\"=-＝\n\t ,"), max_size=12))
def test_what_was_made_harmless_is_read_as_it_was_meant(text):
    assert meant(harmless(text)) == text


def test_plain_texts_and_numbers_stay_as_they_are():
    plain = ["Amal", "a; b", "5-3", "it's; 'so'", "One part.\n\nAnother."]
    assert [harmless(text) for text in plain] == plain
    assert csv_of(["n"], [[-5], [-0.5]]).endswith(b"-5\r\n-0.5\r\n")


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(mirrored):
    texts = ["=1+1", "a;=2", "https://example.org", "007", "أمل"]
    content = workbook_of("grades", ["who", "n"], [[text, -0.5] for text in texts], right_to_left=mirrored)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert re.findall(r"<t[^>]*>([^<]*)</t>", strings) == ["who", "n", *texts]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert sheet.count("<v>-0.5</v>") == len(texts)
    assert ('rightToLeft="1"' in sheet) == mirrored
