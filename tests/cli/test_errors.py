"""Does every wrong use end in one clear message on standard error, with its exit code and no traceback?"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from game.locale import LANGUAGES
from tests.cli.command import ROOT, Ran, environment, rival_readings

SIMULATE = ("simulate", "baghdad-2021", "--games", "2")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("dmo",), "demo"),
        (("demo", "--sed", "3"), "--seed"),
        (("demo", "baghdad-2012"), "baghdad-2021"),
        (("demo", "--seed", "-1"), "--seed"),
        (("demo", "--seed", "x"), "--seed"),
        (("demo", "--world", "al_basry"), "al_basri"),
        (("demo", "--world", "mix:al_basri"), "READING=WEIGHT"),
        (("demo", "--lang", "fr"), "'fr' is none of: en, ar"),
        (("play", "--text", "--seat", "goverment"), "government"),
        (("play", "--text", "--seat", "government", "--seat", "government"), "twice"),
        (("play", "--text", "--resume", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("play", "--resume", "a", "--seed", "3", "--seat", "x"), "leave out --seat, --seed"),
        (("simulate", "baghdad-2021"), "--games"),
        (("simulate", "baghdad-2021", "--games", "-5"), "-5"),
        (("simulate", "baghdad-2021", "--games", "0"), "0"),
        (("simulate", "baghdad-2021", "--games", "many"), "--games"),
        ((*SIMULATE, "--reading", "al_basry"), "al_basri"),
        ((*SIMULATE, "--play", "government"), "--play ROLE=MOVE,#TAG"),
        ((*SIMULATE, "--play", "goverment=#negotiate"), "government"),
        ((*SIMULATE, "--play", "government=#negotiat"), "#negotiate"),
        ((*SIMULATE, "--play", "government=rocket_campaign"), "rocket_campaign"),
        ((*SIMULATE, "--start", "economy"), "--start INDICATOR=VALUE"),
        ((*SIMULATE, "--start", "economy=lots"), "lots"),
        ((*SIMULATE, "--start", "economy=500"), "500"),
        ((*SIMULATE, "--start", "economy=-1000"), "economy starts at"),
        ((*SIMULATE, "--start", "economy=+1000"), "economy starts at"),
        ((*SIMULATE, "--force", "us_raid@3", "--forbid", "us_raid"), "us_raid is both forced and forbidden"),
        ((*SIMULATE, "--start", "econmy=50"), "economy"),
        ((*SIMULATE, "--force", "us_rade"), "us_raid"),
        ((*SIMULATE, "--force", "us_raid@99"), "99"),
        ((*SIMULATE, "--forbid", "us_rade"), "us_raid"),
        ((*SIMULATE, "--others", "clever"), "idle, quick, search"),
        (("screenshots", "-o", "pictures", "--size", "wide"), "WIDTHxHEIGHT"),
        (("screenshots", "-o", "pictures", "--size", "640x480"), "960x600"),
        (("screenshots", "-o", "pictures", "--size", "960x599"), "960x600"),
        (("check", "no-such-folder"), "no-such-folder"),
        (("check", "--format", "xml"), "text, json, github"),
    ],
)
def test_wrong_use_is_explained(words: tuple[str, ...], says: str, run_here: Callable[..., Ran]) -> None:
    ran = run_here(*words)
    assert ran.code == 2, ran.err
    assert ran.out == ""
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert sum(line.startswith("Error: ") for line in ran.err.splitlines()) == 1


def test_wrong_use_in_a_process_of_its_own(tmp_path: Path) -> None:
    ran = rival_readings("simulate", "baghdad-2021", "--games", "-5", home=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"not a save\n", b'{"n":0,"record":"game"}\n', b"\xff\xfe\x00", b'{"n": 0}\n{"n": 1}\n'],
)
def test_a_damaged_save_is_refused_and_left_as_it_is(
    content: bytes, tmp_path: Path, run_here: Callable[..., Ran]
) -> None:
    save = tmp_path / "broken.jsonl"
    save.write_bytes(content)
    ran = run_here("play", "--text", "--resume", str(save))
    assert ran.code == 1
    assert "broken.jsonl" in ran.err
    assert "Traceback" not in ran.err
    assert save.read_bytes() == content


def test_a_file_is_never_overwritten_by_a_new_game(tmp_path: Path, run_here: Callable[..., Ran]) -> None:
    save = tmp_path / "precious.jsonl"
    save.write_text("precious")
    ran = run_here("play", "--text", "--seat", "government", "--save", str(save))
    assert ran.code == 2
    assert "--resume" in ran.err
    assert save.read_text() == "precious"


@pytest.mark.parametrize(
    "words",
    [
        ("play", "--text", "--seat", "government", "--save"),
        ("schema", "-o"),
        ("reference", "-o"),
        ("translate", "export", "tutorial", "ar", "-o"),
        ("new",),
        ("screenshots", "-o"),
        ("lesson", "tutorial", "--minutes", "30", "--students", "8", "-o"),
    ],
    ids=" ".join,
)
def test_a_place_that_cannot_be_written_is_named(
    words: tuple[str, ...], tmp_path: Path, run_here: Callable[..., Ran]
) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "new"
    ran = run_here(*words, str(out))
    assert ran.code == 3, ran.err
    assert str(out) in ran.err
    assert sum(line.startswith("Error: ") for line in ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("words", [("host", "tutorial", "--no-window"), ("play", "tutorial", "--browser")])
def test_a_data_folder_that_cannot_be_used_is_named(
    words: tuple[str, ...], tmp_path: Path, run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    ran = run_here(*words)
    assert (ran.code, ran.out) == (3, "")
    assert str(tmp_path / "file" / "rival-readings" / "sessions.db") in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("words", [("demo",), ("play", "--text"), ("simulate", "--games", "2")])
def test_a_broken_scenario_is_shown_with_positions_and_not_played(
    words: tuple[str, ...], tmp_path: Path, run_here: Callable[..., Ran]
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ntitle: Broken\nindicatrs: {}\n")
    ran = run_here(words[0], str(broken), *words[1:])
    assert ran.code == 1, ran.err
    assert "broken.yaml:3:1: error S401" in ran.err
    assert "'indicators'" in ran.err
    assert "Traceback" not in ran.err


def test_a_mistake_of_the_program_itself_is_no_traceback(
    run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.cli.checking.shipped", lambda: 1 // 0)
    ran = run_here("check")
    assert ran.code == 1
    assert "mistake in Rival Readings itself (ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "game", *SIMULATE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(tmp_path),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [SIMULATE, ("--help",), ("host", "--help"), ("--version",)], ids=" ".join)
def test_a_full_disk_is_named(words: tuple[str, ...], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "game", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
    assert ran.returncode == 3
    assert ran.stderr.startswith(b"Error: ")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("dmo",), "demo"),
        (("balnaced",), "balnaced"),
        (("demo", "--sed", "3"), "--seed"),
        (("demo", "--zzz"), "--zzz"),
        (("demo", "a", "b"), "b"),
        (("demo", "--seed", "-1"), "0"),
        (("demo", "--seed", "x"), "--seed"),
        (("demo", "--seed"), "--seed"),
        (("host", "--port", "80000"), "65535"),
        (("play", "--text=3"), "--text"),
        (("simulate", "baghdad-2021"), "--games"),
        (("simulate", "--games", "3"), "SCENARIO"),
        (("translate", "exprt"), "export"),
        (("check", "--format", "xml"), "xml"),
    ],
)
def test_wrong_use_is_told_in_the_language_asked_for(
    words: tuple[str, ...], names: str, lang: str, run_here: Callable[..., Ran]
) -> None:
    ran = run_here("--lang", lang, *words)
    assert (ran.code, ran.out) == (2, "")
    assert names in ran.err
    assert ran.err.endswith(" -h\n")
    assert len(ran.err.splitlines()) == 1
    sentence = re.sub(r"rival-readings[a-z ]*-h", "", ran.err)
    for typers_own in ("No such", "Missing", "Invalid", "Got unexpected", "Option '", "Input should"):
        assert typers_own not in sentence


@pytest.mark.parametrize("words", [(), ("play",), ("simulate",), ("translate",), ("translate", "export")])
def test_a_help_page_speaks_no_english_and_no_python_in_arabic(
    words: tuple[str, ...], run_here: Callable[..., Ran]
) -> None:
    ran = run_here("--lang", "ar", *words, "--help")
    assert ran.code == 0
    for typers_own in (
        "Usage",
        "Options",
        "Arguments",
        "Commands",
        "required",
        "default",
        "Show this",
        "<str>",
    ):
        assert typers_own not in ran.out


@pytest.mark.parametrize("address", ["999.1.1.1", "192.0.2.7", "no address"])
def test_an_address_that_this_machine_has_not_is_wrong_use(
    address: str, run_here: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = run_here("host", "tutorial", "--no-window", "--bind", address, "--store", str(tmp_path / "s.db"))
    assert (ran.code, ran.out) == (2, "")
    assert f"'{address}'" in ran.err
    assert "0.0.0.0" in ran.err  # noqa: S104 - it is only named
    assert len(ran.err.splitlines()) == 1


def test_a_store_that_cannot_be_opened_names_the_way_out(
    run_here: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but longer than its first page's heading " * 9)
    ran = run_here("host", "tutorial", "--no-window", "--store", str(tmp_path / "notes.txt"))
    assert (ran.code, ran.out) == (3, "")
    assert "--store" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("play", "--text", "--seat", "usa"),
        ("play", "--text", "--world", "usa"),
        ("play", "--text", "baghdad-2021:usa"),
        ("host", "--no-window", "usa"),
        ("explain", "R999"),
        ("new", "policies", "--in", "tutorial"),
        ("check", "scenarios/baghdad-2020"),
        ("simulate", "baghdad-2021", "--games", "1", "--play", "factions=usa"),
        ("simulate", "baghdad-2021", "--games", "1", "--play", "factions=#usa"),
    ],
)
def test_a_remedy_stands_behind_the_mark_of_the_language(words: tuple[str, ...], tmp_path: Path) -> None:
    ran = rival_readings("--lang", "ar", *words, home=tmp_path)
    assert ran.code == 2
    assert "؛" in ran.err
    assert ";" not in ran.err
