"""Do `check --fix`, `--watch`, `--article` and `explain` do and say what they promise?"""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from game.cli.checking import Checked, Found
from game.cli.watching import changes, renewed_schemas
from game.scenario.codes import pages
from game.scenario.findings import error, warning
from game.scenario.library import folder_of
from game.scenario.places import Source
from tests.cli.command import ROOT, Ran, environment, rival_readings
from tests.scenario.tiny import TEXT

Run = Callable[..., Ran]

SLIP = TEXT.replace("    label: Trust\n", "    lable: Trust  # here\n")
COMMAND = re.compile(r"::(error|warning) file=[^,:]+,line=\d+,col=\d+,title=[A-Z]\d{3}::[^\n]+")


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.yaml"
    path.write_text(SLIP, encoding="utf-8")
    return path


def test_what_can_be_put_right_is_offered_and_explained(bridge: Path, run_here: Run) -> None:
    ran = run_here("check", str(bridge), "--no-claims")
    assert ran.code == 1
    assert "did you mean 'label'?" in ran.out
    assert re.search(r"bridge\.yaml: 1 error \(checked in \d+ ms\)\.", ran.out)
    assert "check --fix" in ran.out
    assert ran.out.splitlines()[-1].endswith("explain S401")


def test_fix_says_what_it_did_and_checks_again(bridge: Path, run_here: Run) -> None:
    ran = run_here("check", str(bridge), "--no-claims", "--fix")
    assert ran.code == 0, ran.out
    first, second, *_rest = ran.out.splitlines()
    assert first.startswith(f"{bridge.as_posix()}:13:5: put right: unknown key 'lable'")
    assert second == f"1 mistake put right in {bridge.as_posix()}."
    assert "no mistakes found" in ran.out
    assert bridge.read_text(encoding="utf-8") == SLIP.replace("lable", "label")
    again = run_here("check", str(bridge), "--no-claims", "--fix")
    assert again.code == 0
    assert "nothing to put right" in again.out


def test_fix_keeps_to_one_json_document(bridge: Path, run_here: Run) -> None:
    ran = run_here("check", str(bridge), "--no-claims", "--fix", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out) == {"ok": True, "problems": [], "claims": []}
    assert "put right" in ran.err


@pytest.mark.parametrize(
    "words", [("--fix",), ("baghdad-2021", "--fix"), ("--watch", "--fix"), ("--watch", "--format", "json")]
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], run_here: Run) -> None:
    ran = run_here("check", *words)
    assert ran.code == 2
    assert ran.err.startswith("Error: ")
    assert ran.out == ""


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_form_is_well_formed(lang: str, tmp_path: Path, run_here: Run) -> None:
    paths = []
    for number, text in enumerate(
        (SLIP, TEXT.replace("start: 50", 'start: "a\\"b, c:: %"'), TEXT, "a: x: y\n", "")
    ):
        path = tmp_path / f"odd, name: {number}%.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    ran = run_here("check", *paths, "--no-claims", "--format", "json", "--lang", lang)
    document = json.loads(ran.out)
    assert (ran.code, document["ok"], ran.err) == (1, False, "")
    keys = ["file", "line", "column", "severity", "code", "message", "help", "variant"]
    assert all(list(problem) == keys for problem in document["problems"])
    assert {problem["file"] for problem in document["problems"]} == {
        Path(paths[n]).as_posix() for n in (0, 1, 3, 4)
    }
    ran = run_here("check", *paths, "--no-claims", "--format", "github", "--lang", lang)
    assert ran.code == 1
    assert all(COMMAND.fullmatch(line) for line in ran.out.splitlines())
    assert len(ran.out.splitlines()) == len(document["problems"])
    ran = run_here("check", *paths, "--no-claims", "--lang", lang)
    assert ran.code == 1
    assert ("error" in ran.out) == (lang == "en")


def test_claims_stand_in_the_document(tmp_path: Path, run_here: Run) -> None:
    path = tmp_path / "bridge.yaml"
    path.write_text(TEXT, encoding="utf-8")
    document = json.loads(run_here("check", str(path), "--format", "json").out)
    keys = ["reading", "claim", "measure", "found", "expected", "holds", "variant"]
    assert list(document["claims"][0]) == keys
    assert {problem["code"] for problem in document["problems"]} <= {"C801", "C802"}


def test_an_article_is_compared_and_never_shown(tmp_path: Path, run_here: Run) -> None:
    from game.scenario.articles import fingerprint

    first, second = "The bridge  is old.", "Nobody knows who built it."
    text = TEXT.replace('1: "' + "0" * 64, f'1: "{fingerprint(first)}').replace(
        '2: "' + "0" * 64, f'2: "{fingerprint(second)}'
    )
    path, copy = tmp_path / "bridge.yaml", tmp_path / "copy.txt"
    path.write_text(text, encoding="utf-8")

    def compared(words: str, *more: str) -> Ran:
        copy.write_bytes(words.encode())
        return run_here("check", str(path), "--no-claims", "--article", str(copy), *more)

    same = compared(f"\ufeff# a remark\r\n[1] {first}\r\n\r\n[2] Nobody knows\r\nwho built it.\r\n")
    assert same.code == 0
    assert "2 match your copy, 0 differ, 0 are missing" in same.out
    assert "2 match" in compared(f"{first}\n\n{second}\n").out
    assert "2 match" in compared(f"A title\n\n{first}\n\n{second}\n").out
    other = compared(f"[1] {first}\n[2] Somebody knows.\n", "--format", "json")
    found = json.loads(other.out)["problems"]
    assert {problem["code"] for problem in found} == {"R517"}
    lines = text.splitlines()
    assert all("cite" in lines[problem["line"] - 1] for problem in found)
    assert "Somebody" not in other.out
    missing = compared(f"[2] {second}\n", "--strict")
    assert missing.code == 1
    assert "warning R518" in missing.out
    assert "Nobody" not in missing.out
    assert compared("", "--format", "github").code == 0
    none = run_here("check", str(path), "--article", str(tmp_path / "none.txt"))
    assert (none.code, none.out) == (2, "")
    copy.write_bytes("المادة".encode("cp1256"))
    assert run_here("check", str(path), "--article", str(copy)).code == 2


def test_explain(run_here: Run) -> None:
    ran = run_here("explain", "s401")
    assert ran.code == 0
    assert ran.out.startswith("S401: ")
    assert "csot: 2" in ran.out
    assert "\x1b" not in ran.out
    listed = run_here("explain").out.splitlines()
    assert [line[:4] for line in listed] == list(pages())
    for unknown, near in (("S499", "S407"), ("X3", "X30"), ("nonsense", "F100")):
        ran = run_here("explain", unknown)
        assert (ran.code, ran.out) == (2, "")
        assert near in ran.err


@pytest.mark.parametrize("code", pages())
def test_every_page_can_be_printed_in_arabic(code: str, run_here: Run) -> None:
    english, arabic = run_here("explain", code), run_here("explain", code, "--lang", "ar")
    assert english.code == arabic.code == 0
    assert re.search("[\u0621-\u064a]{3}", arabic.out)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", english.out + arabic.out)


def test_what_has_changed_is_known_again_on_other_lines() -> None:
    before, after = Source("a.yaml", "x\ny\nz\n"), Source("a.yaml", "new\nx\ny\nz\n")
    old = [
        error("S401", before.place(0, 1), "one"),
        error("S401", before.place(2, 3), "two"),
        warning("L702", before.place(4, 5), "w"),
    ]
    now = [
        error("S401", after.place(4, 5), "one"),
        error("S401", after.place(4, 5), "one"),
        warning("L702", after.place(8, 9), "w"),
    ]
    found = changes(Found([Checked("a", old)]), Found([Checked("a", now)]))
    assert [finding.message for finding in found.fixed] == ["two"]
    assert [finding.message for finding in found.still] == ["one", "w"]
    assert found.new == ()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "game", "check", "--watch", "--no-claims", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**environment(tmp_path), "PYTHONUNBUFFERED": "1"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def until(stream: IO[str] | None, words: str) -> str:
    """Return what a process prints up to some words."""
    assert stream is not None
    text = ""
    while words not in text:
        line = stream.readline()
        assert line, text
        text += line
    return text


@pytest.mark.skipif(sys.platform == "win32", reason="interrupted by a signal")
def test_watch_tells_what_each_save_changes(
    tmp_path: Path, watching: Callable[..., "subprocess.Popen[str]"]
) -> None:
    folder = tmp_path / "lorma"
    shutil.copytree(folder_of("tutorial"), folder)
    root = folder / "scenario.yaml"
    good = root.read_text(encoding="utf-8")
    root.write_text(good.replace("language: en", "languge: en"), encoding="utf-8")
    process = watching(str(folder))
    shown = until(process.stdout, "Ctrl-C")
    assert "unknown key 'languge'" in shown
    time.sleep(0.5)  # the folder is being watched from here on
    draft = folder / "draft"
    draft.write_text(good.replace("turns: 3", "turns: three"), encoding="utf-8")
    draft.replace(root)  # as many editors save
    shown = until(process.stdout, "explain")
    assert "fixed: " in shown
    assert "1 new:" in shown
    assert "'three'" in shown
    root.write_text(good, encoding="utf-8")
    shown = until(process.stdout, "no mistakes found")
    assert "'three' is not a whole number (S403)" in shown
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert process.stdout is not None
    assert "Traceback" not in process.stdout.read()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is watched cannot be changed so there")
def test_watch_goes_on_when_files_and_folders_come_and_go(
    tmp_path: Path, watching: Callable[..., "subprocess.Popen[str]"]
) -> None:
    folder = tmp_path / "bridge"
    folder.mkdir()
    root, away = folder / "scenario.yaml", tmp_path / "away"
    root.write_text(TEXT, encoding="utf-8")
    process = watching(str(folder))
    until(process.stdout, "Ctrl-C")
    time.sleep(0.5)  # the folder is being watched from here on
    root.rename(away)
    assert "this folder has no file scenario.yaml" in until(process.stdout, "explain")
    time.sleep(1)
    away.rename(root)
    assert "fixed: " in until(process.stdout, "no mistakes found")
    variants = folder / "variants"
    variants.mkdir()
    until(process.stdout, "no mistakes found")
    (variants / "short.yaml").write_text("titel: Short\n", encoding="utf-8")
    assert "'titel'" in until(process.stdout, "explain")
    shutil.rmtree(variants)
    assert "fixed: " in until(process.stdout, "no mistakes found")
    root.write_text(TEXT.replace("label: Trust", "lable: Trust"), encoding="utf-8")
    assert "'lable'" in until(process.stdout, "explain")


def test_watch_refuses_what_is_not_there(run_here: Run) -> None:
    ran = run_here("check", "--watch", "no-such-folder")
    assert ran.code == 2
    assert "no-such-folder" in ran.err


def test_a_schema_beside_a_scenario_learns_its_new_names(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert rival_readings("new", str(folder), home=tmp_path, typed="\n" * 12).code == 0
    root, beside = folder / "scenario.yaml", folder / "schema.json"
    assert beside.is_file()
    assert renewed_schemas([str(folder)]) == []
    root.write_text(root.read_text(encoding="utf-8").replace("tension", "clutter"), encoding="utf-8")
    known = '"clutter"' in beside.read_text(encoding="utf-8")
    assert renewed_schemas([str(folder)]) == [beside]
    assert not known
    beside.unlink()
    assert renewed_schemas([str(folder)]) == []


def test_what_is_wrong_in_a_variant_alone_is_said_to_be(tmp_path: Path, run_here: Run) -> None:
    folder = tmp_path / "bridge"
    (folder / "variants").mkdir(parents=True)
    text = TEXT.replace('when: "in_force(pact)"', 'when: "turn > 0"')  # a warning of the whole scenario
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    short = "pace: 2\ncalendar: {turns: 2}\nroles: {town: {slots: two}}\n"
    (folder / "variants" / "short.yaml").write_text(short, encoding="utf-8")
    for spec in (str(folder), f"{folder}:short"):
        ran = run_here("check", spec, "--no-claims", "--format", "json")
        found = {(p["code"], Path(p["file"]).name, p["variant"]) for p in json.loads(ran.out)["problems"]}
        assert found >= {("R507", "scenario.yaml", "short"), ("S403", "short.yaml", "short")}
        said = run_here("check", spec, "--no-claims").out
        assert "outside the game" in said
        assert said.count(" L702: ") == 1
        assert not any("(in the variant" in line for line in said.splitlines() if " L702: " in line)
        assert all("(in the variant 'short')" in line for line in said.splitlines() if " R507: " in line)
        assert not any("(in the variant" in line for line in said.splitlines() if " S403: " in line)


def test_a_variant_s_claim_says_what_is_written(tmp_path: Path, run_here: Run) -> None:
    folder = tmp_path / "bridge"
    (folder / "variants").mkdir(parents=True)
    text = TEXT.replace("without: {}, at_least: 4", "without: {}, at_least: 400")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    (folder / "variants" / "short.yaml").write_text("title: Short\n", encoding="utf-8")
    out = run_here("check", f"{folder}:short").out
    assert "expected at least 300" in out
    assert "this is three quarters of 400, as for variants" in out
    assert "(in the variant 'short')" in out
