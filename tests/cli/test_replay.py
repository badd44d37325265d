"""Does `replay` show what was, and what might have been, and leave every file as it is?"""

import json

import pytest

from game.play import journal
from tests.cli.command import rival_readings


def test_all_that_can_be_looked_at(saves, tmp_path):
    typed = "1\n\n5\n0\n2\n3\nyes\n4\n5\n3\n1\n1\n2 3\nyes\n6\n"
    ran = rival_readings("replay", str(saves["over"]), home=tmp_path, typed=typed)
    assert ran.code == 0, ran.err
    for text in (
        "Publish the schedule",
        "Turn 5 of 11",
        "They part after turn",
        "what you expected",
        "500 times",
        "Without it",
        "as it was played",
    ):
        assert text in ran.out, text


def test_in_arabic(saves, tmp_path):
    ran = rival_readings("--lang", "ar", "replay", str(saves["over"]), home=tmp_path, typed="4\n5\n6\n")
    assert ran.code == 0, ran.err
    assert "500" in ran.out
    assert "What do you want" not in ran.out


def test_another_reading_on_its_own(saves, tmp_path, run_here):
    ran = run_here("replay", str(saves["over"]), "--reading", "al_baydar", home=tmp_path)
    assert ran.code == 0
    assert "Ali al-Baydar" in ran.out
    wrong = run_here("replay", str(saves["over"]), "--reading", "nobody", home=tmp_path)
    assert wrong.code == 2


def test_of_a_running_game_only_its_own_view(saves, tmp_path, run_here):
    ran = run_here("replay", str(saves["running"]), home=tmp_path)
    assert ran.code == 0
    assert "still running" in ran.out
    assert "finish" in ran.out
    assert "What really moved it" not in ran.out
    refused = run_here("replay", str(saves["running"]), "--reading", "al_basri", home=tmp_path)
    assert refused.code == 1
    assert "finish" in refused.err


def damaged(content):
    lines = content.splitlines(keepends=True)
    lines[3] = lines[3].replace(b"role", b"rolf", 1)
    return b"".join(lines)


def future(content):
    first = json.loads(content.splitlines()[0])
    first.pop("crc")
    first.pop("n")
    first["format"] = journal.FORMAT + 1
    first["version"] = "99.0"
    return journal.written([first])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (damaged, "damaged at line 4"),
        (future, "99.0"),
        (lambda _content: b"a,b,c\n1,2,3\n", "not a saved game"),
        (lambda _content: b"", "empty"),
        (lambda content: content[: len(content) // 300], "not a saved game"),
    ],
    ids=["damaged", "future", "foreign", "empty", "cut"],
)
def test_what_cannot_be_read_is_refused_and_left_alone(saves, tmp_path, make, told, run_here):
    path = tmp_path / "game.jsonl"
    path.write_bytes(make(saves["over"].read_bytes()))
    before = path.read_bytes()
    for words in (("replay", str(path)), ("replay", str(path), "--reading", "al_basri")):
        ran = run_here(*words, home=tmp_path)
        assert ran.code == 1
        assert told in ran.err
        assert "Traceback" not in ran.err
    assert path.read_bytes() == before


def test_a_finished_game_is_left_as_it_is(saves, tmp_path):
    before = saves["over"].read_bytes()
    rival_readings("replay", str(saves["over"]), home=tmp_path, typed="4\n6\n")
    assert saves["over"].read_bytes() == before


def test_finishing_early_in_text_opens_the_truth(saves, tmp_path):
    path = tmp_path / "game.jsonl"
    path.write_bytes(saves["running"].read_bytes())
    ran = rival_readings("play", "--text", "--resume", str(path), home=tmp_path, typed="finish\nyes\nquit\n")
    assert ran.code == 0, ran.err
    assert "The game is over" in ran.out
    again = rival_readings("replay", str(path), home=tmp_path, typed="5\n6\n")
    assert "Without it" in again.out
