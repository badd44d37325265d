"""What a finding looks like in text, as JSON and on GitHub."""

import json

import pytest

from game.locale import speak
from game.scenario.findings import (
    MOST_PER_CODE,
    MOST_SHOWN,
    Finding,
    error,
    github_lines,
    json_problems,
    json_text,
    lines_of,
    summary,
    text_lines,
    warning,
)
from game.scenario.loading import load_texts
from game.scenario.places import Source


def at(text: str, start: int, end: int, message: str = "it is wrong", fix: str = "") -> Finding:
    return error("S401", Source("a/b.yaml", text).place(start, end), message, fix)


def test_text() -> None:
    source = Source("water.yaml", "one: 1\n    csot: 3\n    cost: 4\n")
    place, other = source.place(11, 15), source.place(23, 27)
    finding = error("S401", place, "unknown key 'csot'", "did you mean 'cost'?", other)
    assert lines_of(finding) == [
        "water.yaml:2:5: error S401: unknown key 'csot'",
        "     2 |     csot: 3",
        "       |     ^^^^",
        "       = fix: did you mean 'cost'?",
        "       = see: water.yaml:3:5",
    ]


def test_no_caret_under_or_behind_right_to_left_text() -> None:
    for text, start, end in (("label: عراق", 7, 11), ("عراق: 5x", 6, 8)):
        lines = lines_of(at(text, start, end))
        assert lines[2] == f"       = here: {text[start:end]}"
    assert lines_of(at("cost: x # عراق", 6, 7))[2].endswith("^")


@pytest.mark.parametrize("start", [0, 10, 79, 80, 99, 500, 2990, 2999])
def test_excerpts_are_short_and_the_caret_is_right(start: int) -> None:
    text = "".join(chr(97 + n % 26) for n in range(3000))
    lines = lines_of(at(text, start, start + 1))
    assert len(lines[1]) <= 110
    assert lines[1][lines[2].index("^")] == text[start]


def test_a_mark_longer_than_the_excerpt() -> None:
    lines = lines_of(at("x" * 3000, 0, 3000))
    assert lines[2].count("^") == 100
    assert max(map(len, lines)) <= 110


def test_control_characters_never_reach_the_terminal() -> None:
    shown = "\n".join(lines_of(at("a: \x1b[2J\u202eb\x00", 3, 4)))
    assert not any(letter in shown for letter in "\x1b\u202e\x00")
    assert "\\u001b" in shown


def test_long_reports_are_cut_and_counted() -> None:
    source = Source("x", "abc\n" * 500)
    many = [error(f"S4{n % 20:02}", source.place(4 * n, 4 * n + 3), "m") for n in range(500)]
    lines = text_lines(many)
    assert sum(line.startswith("x:") for line in lines) == MOST_SHOWN
    more = [line for line in lines if line.startswith("...")]
    assert sum(int(line.split()[2]) for line in more) == 500 - MOST_SHOWN
    one = [error("S401", source.place(0, 1), "m")] * 30
    assert sum(line.startswith("x:") for line in text_lines(one)) == MOST_PER_CODE


def test_findings_come_by_position() -> None:
    source = Source("x", "ab\ncd\n")
    late, early = error("A", source.place(3, 4), "m"), error("B", source.place(1, 2), "m")
    assert [problem["code"] for problem in json_problems([late, early])] == ["B", "A"]


def test_json() -> None:
    [problem] = json_problems([at("ab: عراق", 4, 8, fix="do it")])
    assert problem == {
        "file": "a/b.yaml",
        "line": 1,
        "column": 5,
        "severity": "error",
        "code": "S401",
        "message": "it is wrong",
        "help": "do it",
        "variant": None,
    }
    assert json.loads(json_text(problem)) == problem


def test_github() -> None:
    finding = warning("L704", Source("a,b:c.yaml", "x").place(0, 1), "100 % wrong\nhere", "fix it")
    assert github_lines([finding]) == [
        "::warning file=a%2Cb%3Ac.yaml,line=1,col=1,title=L704::100 %25 wrong%0Ahere%0Afix it"
    ]


def test_summary() -> None:
    place = Source("x", "x").place(0, 1)
    assert summary([]) == "no mistakes found"
    assert summary([error("A", place, "m"), warning("B", place, "m")]) == "1 error, 1 warning"


def test_messages_are_in_the_reader_s_language_at_the_time() -> None:
    def message() -> str:
        return load_texts({"scenario.yaml": ""}, "x", None).findings[0].message

    english = message()
    with speak("ar"):
        arabic = message()
    assert english == "this file is empty"
    assert message() == english
    assert arabic
