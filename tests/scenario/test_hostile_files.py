"""Whatever bytes a file holds, reading it ends soon, with findings and without an exception."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.findings import Finding, github_lines, has_errors, json_problems, text_lines
from game.scenario.loading import load_texts
from game.scenario.nodes import MOST_BYTES, MOST_ENTRIES, MOST_TEXT, FileTree, read_bytes
from tests.scenario.tiny import TEXT

UNREADABLE: dict[str, tuple[bytes, str, int, int]] = {
    "a list that never ends": (b"a: " + b"[" * 100_000, "F108", 1, 27),
    "brackets that all close": (b"[" * 50_000 + b"]" * 50_000, "F108", 1, 25),
    "groups in groups": (b"{a: " * 20_000, "F108", 1, 97),
    "dashes in dashes": (b"a:\n" + b"- " * 10_000, "F108", 2, 47),
    "an alias": (b"a: 1\nb: *a\n", "Y203", 2, 4),
    "an anchor": (b"a: &a [x, x]\n", "Y203", 1, 4),
    "aliases that explode": (
        b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(9)), "Y203", 1, 4,
    ),
    "a list within itself": (b"a: &a [*a]\n", "Y203", 1, 4),
    "a merge key": (b"a:\n  <<: {b: 1}\n", "Y203", 2, 3),
    "merge keys that explode": (
        b"a0: &a0 {k: 1}\n" + b"".join(b"a%d: &a%d {<<: [*a%d, *a%d]}\n" % (n, n, n - 1, n - 1)
                                      for n in range(1, 24)), "Y203", 1, 5,
    ),
    "a tag that builds an object": (b"a: !!python/object/apply:os.system ['true']\n", "Y204", 1, 4),
    "a tag of one's own": (b"a: !secret x\n", "Y204", 1, 4),
    "a text of 21,000 characters": (b"a: b\nc: " + b"x" * 21_000 + b"\n", "F107", 2, 4),
    "a text of 5 MB": (b"a: '" + b"x" * 5_000_000 + b"'\n", "F101", 1, 1),
    "a number of 5,000 digits": (b"a: 0x" + b"f" * 25_000 + b"\n", "F107", 1, 4),
    "too many values": (b"a: [" + b"1," * 1_001 + b"]\n", "F101", 1, 2_005),
    "a NUL": (b"a: b\nc: d\0e\n", "F104", 2, 5),
    "an escape character": (b"a: \x1b[2J\n", "F104", 1, 4),
    "a line end that editors do not know": ("a: b\u2028c: d\n".encode(), "F104", 1, 5),
    "a byte order mark inside": ("a: \ufeffb\n".encode(), "F104", 1, 4),
    "a control that is spelt out": (b'a: b\nc: "d\\e[2J\\r"\n', "F104", 2, 4),
    "a control spelt out in a key": (b'"a\\x9b": b\n', "F104", 1, 1),
    "a turn of direction that is spelt out": (b'a: "x\\u202Ey"\n', "F105", 1, 4),
    "UTF-16": ("a: b\n".encode("utf-16"), "F102", 1, 1),
    "UTF-16 without its mark": ("a: b\n".encode("utf-16-le"), "F102", 1, 1),
    "Arabic in cp1256": ("a: b\nc: العراق\n".encode("cp1256"), "F103", 2, 4),
    "a half character behind a mark": (b"\xef\xbb\xbfa: b\nc: \xd8\n", "F103", 2, 4),
    "text that turns direction": ("a: x\u202ey\n".encode(), "F105", 1, 5),
    "an isolate in a key": ("\u2066a\u2069: x\n".encode(), "F105", 1, 1),
    "a tab": (b"a:\n\tb: 1\n", "Y201", 2, 1),
    "a tab behind spaces": (b"a:\n  b: 1\n  \tc: 1\n", "Y201", 3, 3),
    "a special space": ("a:\n\u00a0\u00a0b: 1\n".encode(), "Y202", 2, 1),
    "two documents": (b"a: 1\n---\nb: 2\n", "Y207", 2, 1),
    "nothing": (b"", "F109", 1, 1),
    "only a remark": (b"# later\n", "F109", 1, 1),
    "a list": (b"- a\n", "F110", 1, 1),
    "a word": (b"hello\n", "F110", 1, 1),
    "a group as a key": (b"? [a]\n: b\n", "Y214", 1, 3),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_hostile_file(name: str) -> None:
    content, code, line, column = UNREADABLE[name]
    began = time.perf_counter()
    tree = read_bytes("x.yaml", content)
    assert time.perf_counter() - began < 5
    finding = tree.findings[0]
    assert (finding.code, finding.place.line, finding.place.column) == (code, line, column)
    assert finding.severity == "error"
    assert max(map(len, text_lines(tree.findings))) < 1000


SYNTAX: dict[str, tuple[str, str, int, int]] = {
    "a second colon": ("a: x: y\n", "Y210", 1, 5),
    "a text that begins with @": ("a: b\nc: @d\n", "Y211", 2, 4),
    "a text that begins with %": ("a: %d\n", "Y211", 1, 4),
    "a text that begins with &": ("a: & b\n", "Y211", 1, 5),
    "a text behind quotes": ('a: "b" and c\n', "Y211", 1, 8),
    "a quote that is not closed": ("a: b\nc: 'd\n", "Y212", 2, 4),
    "a quote closed by the next one": ('a:\n  b: "half\n  c: 1\nd: "x"\n', "Y212", 2, 6),
    "a line too far right": ("a:\n  b: 1\n   c: 2\n", "Y213", 3, 5),
    "a line too far left": ("a:\n    b: 1\n  c: 2\n", "Y213", 3, 3),
    "a bracket that is not closed": ("a: [b, c\nd: 1\n", "Y213", 1, 4),
    "a group that is cut off": ("a:\n  b: {c: 1, d\n", "Y213", 2, 6),
    "a key without a colon": ("a: b\nc\nd: e\n", "Y214", 2, 1),
    "a backslash": ('a: "\\q"\n', "Y215", 1, 5),
    "half a character": ('a: "\\ud800"\n', "Y215", 1, 7),
    "a directive": ("%YAML 9.9\n---\na: 1\n", "Y219", 1, 1),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_yaml_mistake_is_found_where_it_is_made(name: str) -> None:
    content, code, line, column = SYNTAX[name]
    finding = read_bytes("x.yaml", content.encode()).findings[0]
    assert (finding.code, finding.place.line, finding.place.column) == (code, line, column)


def codes(tree: FileTree) -> list[tuple[str, int]]:
    return [(finding.code, finding.place.line) for finding in tree.findings]


def test_all_sections_with_mistakes_are_reported_in_one_run() -> None:
    tree = read_bytes("x.yaml", b"a:\n\tb: 1\nc: x: y\nd: 1\ne: [1\nf: 2\n")
    assert codes(tree) == [("Y201", 2), ("Y210", 3), ("Y213", 5)]
    assert isinstance(tree.root.content, dict)
    assert list(tree.root.content) == ["a", "d", "f"]
    assert tree.blanked == {"c", "e"}


def test_after_five_mistakes_the_rest_is_left() -> None:
    tree = read_bytes("x.yaml", b"".join(b"k%d: x: y\n" % n for n in range(40)))
    assert len(tree.findings) == 5


def test_a_second_document_leaves_the_first() -> None:
    tree = read_bytes("x.yaml", b"a: 1\n---\nb: 2\n")
    assert tree.root.data() == {"a": "1"}


def test_duplicate_key_names_both_places() -> None:
    [finding] = read_bytes("x.yaml", b"a: 1\nb: 2\n'a': 3\n").findings
    assert (finding.code, finding.place.line, finding.place.column) == ("Y206", 3, 1)
    assert finding.see is not None
    assert (finding.see.line, finding.see.column) == (1, 1)


def test_text_cut_off_by_a_remark_is_a_warning() -> None:
    [finding] = read_bytes("x.yaml", b"a: one of us # 3 votes\nb: 2 # fine\nc: d e  # fine\n").findings
    assert (finding.code, finding.severity, finding.place.line, finding.place.column) == (
        "Y220",
        "warning",
        1,
        14,
    )


def test_quotation_marks_of_a_word_processor_are_a_warning() -> None:
    [finding] = read_bytes("x.yaml", "a: “b”\nb: «c»\n".encode()).findings
    assert (finding.code, finding.severity) == ("Y221", "warning")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_give_the_same_positions(end: str) -> None:
    tree = read_bytes("x.yaml", f"a: 1{end}{end}عرب: 2{end}a: 3{end}".encode())
    [finding] = tree.findings
    assert (finding.place.line, finding.place.column, finding.place.text) == (4, 1, "a: 3")


def test_byte_order_mark_at_the_start_is_no_mistake() -> None:
    tree = read_bytes("x.yaml", b"\xef\xbb\xbfa: 1\na: 2\n")
    assert tree.source.text.startswith("a")
    assert [finding.place.column for finding in tree.findings] == [1]


def test_columns_count_characters_not_bytes() -> None:
    [finding] = read_bytes("x.yaml", "𝄞é: {عراق: 1, عراق: 2}\n".encode()).findings
    assert finding.place.column == 15


def test_scalars_stay_text() -> None:
    content = b"a: [no, 010, 1:30, 2021-01-05, 1_000, .nan, 0x1F, ~, null, 1e3, '', yes]\n"
    assert read_bytes("x.yaml", content).root.data() == {
        "a": ["no", "010", "1:30", "2021-01-05", "1_000", ".nan", "0x1F", "~", "null", "1e3", "", "yes"]
    }


def test_a_file_at_the_limits_is_read() -> None:
    tree = read_bytes("x.yaml", b"a: '" + b"x" * MOST_TEXT + b"'\nb: [" + b"1," * MOST_ENTRIES + b"]\n")
    assert tree.findings == []
    assert len(tree.source.text) < MOST_BYTES


def test_many_unknown_keys_are_counted_and_few_are_shown() -> None:
    text = TEXT + "".join(f"k{number}: 1\n" for number in range(900))
    findings = load_texts({"scenario.yaml": text}, "x", None).findings
    assert len(findings) == 900
    assert len(text_lines(findings)) < 60


def test_more_entries_than_a_group_may_have_are_one_finding() -> None:
    text = TEXT + "".join(f"k{number}: 1\n" for number in range(20_000))
    findings = load_texts({"scenario.yaml": text}, "x", None).findings
    assert [finding.code for finding in findings] == ["F101"]


def test_more_values_than_a_scenario_may_have_are_one_finding() -> None:
    many = "".join(
        f"  p{n}: {{role: town, label: P, tags: [{', '.join(['t'] * 400)}]}}\n" for n in range(300)
    )
    files = {"scenario.yaml": TEXT, "costs.yaml": "{}\n", "injects.yaml": many.replace("  p", "p")}
    found = load_texts(files, "x", None).findings
    assert "F101" in {finding.code for finding in found}


def usable(findings: tuple[Finding, ...]) -> None:
    text_lines(findings)
    github_lines(findings)
    json.loads(json.dumps(json_problems(findings)))
    for finding in findings:
        assert finding.place.line >= 1
        assert 1 <= finding.place.column <= len(finding.place.text) + 1
        assert finding.place.end_column > finding.place.column
        assert finding.message


@given(st.data())
def test_no_damage_to_a_file_is_fatal(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(TEXT)))
    removed = data.draw(st.integers(0, 40))
    odd = st.sampled_from(
        [*"\t\n\r \"'[]{}:#&*!|>-%@`,?0123", "\u202e", "\ud800", "\x00", "٣", "<<: ", "~", "- "]
    )
    put_in = "".join(data.draw(st.lists(odd | st.text(max_size=3), max_size=4)))
    loaded = load_texts({"scenario.yaml": TEXT[:at] + put_in + TEXT[at + removed :]}, "x", None)
    usable(loaded.findings)
    assert (loaded.ruleset is None) == has_errors(loaded.findings)


@given(st.binary(max_size=300))
def test_no_bytes_are_fatal(content: bytes) -> None:
    tree = read_bytes("x.yaml", content)
    usable(tuple(tree.findings))


@given(st.integers(0, len(TEXT)))
def test_no_cut_is_fatal(end: int) -> None:
    loaded = load_texts({"scenario.yaml": TEXT[:end]}, "x", None)
    usable(loaded.findings)
    assert (loaded.ruleset is None) == has_errors(loaded.findings)
