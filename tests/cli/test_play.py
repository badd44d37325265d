"""Do `play` and the bare command start, save, end and go on as they say?"""

import shlex
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.command import ROOT, environment, rival_readings


def test_end_of_input_saves_and_exits_with_0(tmp_path: Path) -> None:
    save = tmp_path / "my game.jsonl"
    words = ("play", "baghdad-2021", "--text", "--seat", "government", "--save", str(save))
    ran = rival_readings(*words, home=tmp_path, typed="policies\n1\n")
    assert ran.code == 0, ran.err
    assert ran.err == ""
    assert "Turn 1 of 11" in ran.out
    resume = shlex.split(ran.out.splitlines()[-1].partition("by: ")[2])
    again = rival_readings(*resume[1:], home=tmp_path, typed="order\n")
    assert again.code == 0, again.err
    assert "Your order for this turn:" in again.out


def test_play_without_a_window_says_so_and_plays_in_text(tmp_path: Path) -> None:
    ran = rival_readings("play", "--seat", "blocs", home=tmp_path)
    assert ran.code == 0
    assert "No window can open here" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "Turn 1 of 11" in ran.out
    assert len(list((tmp_path / "data").rglob("*.jsonl"))) == 1


def test_play_asks_for_a_role(tmp_path: Path) -> None:
    ran = rival_readings("play", "--text", home=tmp_path, typed="nobody\n2\n")
    assert "Which role do you play?" in ran.out
    assert "You are: Washington" in ran.out


@pytest.mark.parametrize(
    ("lang", "help_word", "quit_word"), [("en", "help", "quit"), ("ar", "مساعدة", "خروج"), ("ar", "?", "q")]
)
def test_the_choice_of_a_role_takes_help_and_quit(
    lang: str, help_word: str, quit_word: str, tmp_path: Path
) -> None:
    typed = f"{help_word}\n{quit_word}\n1\n"
    ran = rival_readings("play", "--text", "--lang", lang, home=tmp_path, typed=typed)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines.count(lines[0]) == 2, "help shows the list again"
    assert lines[-2].endswith(f": {quit_word}")
    assert lines[-1] == ""
    assert not list(tmp_path.rglob("*.jsonl"))


def test_play_leaves_quietly_where_nobody_answers(tmp_path: Path) -> None:
    ran = rival_readings("play", "--text", home=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert not list(tmp_path.rglob("*.jsonl"))


def test_the_bare_command_opens_the_menu(tmp_path: Path) -> None:
    ran = rival_readings(home=tmp_path, typed="9\n")
    assert ran.code == 0, ran.err
    assert "Rival Readings: what do you want to do?" in ran.out
    assert "Play: Baghdad 2021" in ran.out
    assert "Play: Template" not in ran.out  # it is there to be copied, as in the window


def test_the_menu_begins_a_game_and_offers_to_go_on_with_it(tmp_path: Path) -> None:
    first = rival_readings(home=tmp_path, typed="1\n1\n1\n")
    assert "Turn 1 of" in first.out, first.out + first.err
    again = rival_readings(home=tmp_path, typed="1\n")
    assert "1. Go on: " in again.out
    assert "as Government of Mustafa al-Kadhimi" in " ".join(again.out.split())
    assert "Turn 1 of" in again.out
    arabic = rival_readings("--lang", "ar", home=tmp_path, typed="9\n")
    assert "متابعة: بغداد 2021" in arabic.out


def test_an_interrupt_saves_and_exits_with_130(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "game", "play", "--text", "--seat", "government"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**environment(tmp_path), "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        while b"Type a word or its number" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        hangs = threading.Timer(60, process.kill)
        hangs.start()
        out, err = process.stdout.read().decode(), process.stderr.read().decode()
        hangs.cancel()
        assert process.wait(30) == 130
    assert "The game is saved as it stands." in out
    assert err == ""


def test_arabic_goes_through_everything(tmp_path: Path) -> None:
    ran = rival_readings(
        "play", "--text", "--seat", "government", "--lang", "ar", home=tmp_path, typed="policies\n١\nq\n"
    )
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) > 20
