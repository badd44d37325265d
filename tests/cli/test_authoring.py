"""Do `new`, `diff`, `translate`, `schema` and `reference` do what they say, and refuse what makes no sense?"""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from game.base.errors import UsageError
from game.cli.beginning import wizard
from game.scenario.authoring.starting import Plan
from tests.cli.command import ROOT, Ran, environment

Run = Callable[..., Ran]
BRIDGE = ("--title", "The bridge", "--roles", "Mayor=العمدة, Farmers", "--indicators", "Anger,Trust,Water")


@pytest.fixture
def bridge(tmp_path: Path, run_here: Run) -> Path:
    folder = tmp_path / "bridge"
    assert run_here("new", str(folder), *BRIDGE, "--turns", "4").code == 0
    return folder


def test_new_writes_a_scenario_that_passes_strictly(bridge: Path, run_here: Run) -> None:
    files = sorted(path.relative_to(bridge).as_posix() for path in bridge.rglob("*.*"))
    assert files == ["scenario.yaml", "schema.json", "text/ar.yaml"]
    ran = run_here("check", "--strict", str(bridge))
    assert ran.code == 0, ran.out
    assert "3 of 3 claim tests hold" in ran.out


def test_new_says_what_it_wrote_and_what_to_do_next(tmp_path: Path, run_here: Run) -> None:
    ran = run_here("new", str(tmp_path / "a b"))
    assert ran.code == 0
    assert ran.err == ""
    assert f'rival-readings check "{tmp_path}/a b"' in ran.out


def test_new_never_overwrites(bridge: Path, run_here: Run) -> None:
    before = (bridge / "scenario.yaml").read_bytes()
    for place in (bridge, bridge / "scenario.yaml"):
        ran = run_here("new", str(place), *BRIDGE)
        assert ran.code == 2
        assert "not overwritten" in ran.err
    assert (bridge / "scenario.yaml").read_bytes() == before


def test_new_copies_a_shipped_scenario(tmp_path: Path, run_here: Run) -> None:
    folder = tmp_path / "mine"
    assert run_here("new", str(folder), "--from", "template").code == 0
    assert run_here("check", "--strict", "--no-claims", str(folder)).code == 0
    assert run_here("diff", "template", str(folder)).out == "No difference.\n"


def test_new_adds_an_entry_and_says_where(bridge: Path, run_here: Run) -> None:
    ran = run_here("new", "policy", "--in", str(bridge), "--id", "build_dam")
    assert ran.code == 0, ran.err
    place = ran.out.splitlines()[0].partition(": ")[0]
    file, _colon, line = place.rpartition(":")
    assert "build_dam:" in Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert run_here("check", "--strict", str(bridge)).code == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("new", "policy"), 2, "--in SCENARIO"),
        (("new", "polcy", "--in", "BRIDGE"), 2, "did you mean 'policy'"),
        (("new", "policy", "--in", "template"), 2, "--from template"),
        (("new", "policy", "--in", "no-such"), 2, "no-such"),
        (("new", "policy", "--in", "BRIDGE", "--id", "Dam"), 2, "small Latin letters"),
        (("new", "policy", "--in", "BRIDGE", "--title", "A"), 2, "--id"),
        (("new", "NEW", "--id", "dam"), 2, "--in"),
        (("new", "NEW", "--from", "template", "--turns", "3"), 2, "leave out"),
        (("new", "NEW", "--from", "templat"), 2, "template"),
        (("new", "NEW", "--language", "fr"), 2, "en, ar"),
        (("new", "NEW", "--turns", "1"), 2, "2 to 100"),
        (("new", "NEW", "--roles", "One"), 2, "2 to 6 roles"),
        (("new", "NEW", "--indicators", "A,A"), 2, "'A' is named twice"),
        (("diff", "template", "no-such"), 2, "no-such"),
        (("diff", "template", "tutorial", "--games", "0"), 2, "--games"),
        (("translate", "export", "BRIDGE", "en"), 2, "written in 'en'"),
        (("translate", "export", "BRIDGE", "../ar"), 2, "code of a language"),
        (("translate", "import", "BRIDGE", "ar", "no-such.csv"), 2, "no-such.csv"),
        (("translate", "import", "template", "ar", "no-such.csv"), 2, "--from template"),
        (("translate", "import", "BRIDGE", "ar", "BRIDGE/scenario.yaml"), 1, "first row"),
        (("schema", "--for", "no-such"), 2, "no-such"),
        (("schema", "-o", "BRIDGE/scenario.yaml"), 2, "something else"),
        (("reference", "-o", "BRIDGE/scenario.yaml"), 2, "something else"),
        (("reference", "-o", "BRIDGE/scenario.yaml/x.html"), 3, "written"),
        (("reference", "-o", "BRIDGE"), 2, "something else"),
    ],
)  # fmt: skip
def test_wrong_use_is_explained(
    words: tuple[str, ...], code: int, says: str, bridge: Path, tmp_path: Path, run_here: Run
) -> None:
    before = {path: path.read_bytes() for path in bridge.rglob("*.*")}
    told = [word.replace("BRIDGE", str(bridge)).replace("NEW", str(tmp_path / "new")) for word in words]
    ran = run_here(*told)
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert sum(line.startswith("Error: ") for line in ran.err.splitlines()) == 1
    assert {path: path.read_bytes() for path in bridge.rglob("*.*")} == before
    assert not (tmp_path / "new").exists()


def test_a_scenario_with_errors_is_shown_and_not_changed(bridge: Path, run_here: Run) -> None:
    path = bridge / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("cost: 2", "csot: 2"), encoding="utf-8")
    before = path.read_bytes()
    for words in (("new", "policy", "--in"), ("translate", "coverage"), ("diff", "template")):
        ran = run_here(*words, str(bridge))
        assert ran.code == 1
        assert "csot" in ran.err
    assert path.read_bytes() == before
    assert run_here("schema", "--for", str(bridge)).code == 0


def test_diff_tells_what_bots_games_show(bridge: Path, tmp_path: Path, run_here: Run) -> None:
    other = tmp_path / "other"
    run_here("new", str(other), *BRIDGE, "--turns", "4")
    path = other / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("start: 50", "start: 80", 1), encoding="utf-8")
    ran = run_here("diff", str(bridge), str(other), "--games", "50")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "the indicator 'anger': start 50 -> 80"
    assert "insisting:" in lines
    assert any(line.startswith("  ending high: ") for line in lines)
    assert run_here("diff", str(bridge), str(other), "--no-games").out.splitlines() == lines[:1]
    document = json.loads(run_here("diff", str(bridge), str(other), "--games", "50", "--json").out)
    assert list(document) == ["before", "after", "changes", "texts", "games", "readings"]
    assert document["changes"][0]["path"] == "indicators.anger.start"
    shift = next(item for item in document["readings"]["talking"] if item["id"] == "anger")
    assert shift["after"] - shift["before"] > 15
    assert shift["is_sure"]


def test_a_sheet_goes_out_and_comes_back(bridge: Path, tmp_path: Path, run_here: Run) -> None:
    sheet = tmp_path / "arabic.csv"
    ran = run_here("translate", "export", str(bridge), "ar", "-o", str(sheet))
    assert ran.code == 0, ran.err
    assert run_here("translate", "export", str(bridge), "ar", "-o", str(sheet)).code == 2
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "en", "ar"]
    rows[1][2] = "الجسر القديم"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    before = (bridge / "text" / "ar.yaml").read_text(encoding="utf-8")
    ran = run_here("translate", "import", str(bridge), "ar", str(sheet))
    assert ran.code == 0, ran.err
    assert "1 text taken." in ran.out
    after = (bridge / "text" / "ar.yaml").read_text(encoding="utf-8")
    assert after == before.replace("The bridge (بالعربية)", "الجسر القديم")


def test_coverage_is_a_table(bridge: Path, run_here: Run) -> None:
    ran = run_here("translate", "coverage", str(bridge))
    head, row = ran.out.splitlines()
    assert head.split("  ")[0] == "language"
    assert row.split()[3] == "0"
    document = json.loads(run_here("translate", "coverage", str(bridge), "--json").out)
    assert document["own"] == "en"
    assert document["languages"][0]["missing"] == 0
    (bridge / "text" / "ar.yaml").unlink()
    assert "no translation yet" in run_here("translate", "coverage", str(bridge)).out


def test_schema_is_printed_or_written_with_the_lines_to_put_into_files(
    bridge: Path, tmp_path: Path, run_here: Run
) -> None:
    assert json.loads(run_here("schema").out)["title"] == "Scenario"
    out = tmp_path / "schema.json"
    ran = run_here("schema", "--for", str(bridge), "-o", str(out))
    assert ran.code == 0
    assert ran.err == ""  # the new scenario's files say it already
    assert "mayor" in json.dumps(json.loads(out.read_text(encoding="utf-8")))
    assert run_here("schema", "-o", str(out)).code == 0  # an older schema gives way
    ran = run_here("schema", "--for", "template", "-o", str(out))
    assert len(ran.err.splitlines()) == 2


def test_reference_is_printed_or_written_in_both_languages(tmp_path: Path, run_here: Run) -> None:
    assert "Policy" in run_here("reference").out
    out = tmp_path / "reference.html"
    for lang in ("en", "ar"):
        assert run_here("reference", "-o", str(out), "--lang", lang).code == 0
        assert f'<html lang="{lang}"' in out.read_text(encoding="utf-8")


def test_the_wizard_asks_until_it_can_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter(
        [
            "English",
            "en",
            "The bridge",
            "الجسر",
            "Mayor",
            "Mayor=العمدة, Farmers",
            "المزارعون",
            "",
            "many",
            "1",
            "4",
        ]
    )
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return next(answers)

    plan = wizard(Plan("x"), ask)
    assert next(answers, None) is None
    assert (plan.title.own, plan.title.other) == ("The bridge", "الجسر")
    assert [(name.own, name.other) for name in plan.roles] == [("Mayor", "العمدة"), ("Farmers", "المزارعون")]
    assert (plan.indicators, plan.turns) == ((), 4)
    assert len(capsys.readouterr().err.splitlines()) == 4
    assert all("Enter" in question for question in questions)


def test_the_wizard_takes_what_is_proposed() -> None:
    assert wizard(Plan("x"), lambda _question: "") == Plan("x")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")
def test_the_wizard_runs_on_a_terminal(tmp_path: Path) -> None:
    ours, theirs = os.openpty()

    def begin(folder: str, typed: bytes) -> "subprocess.CompletedProcess[bytes]":
        os.write(ours, typed)
        return subprocess.run(
            [sys.executable, "-m", "game", "new", str(tmp_path / folder)],
            stdin=theirs,
            capture_output=True,
            cwd=ROOT,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )

    try:
        ran = begin("bridge", b"\nThe bridge\n\n\n\n3\n")
        assert ran.returncode == 0, ran.stderr.decode()
        left = begin("bridge2", b"\x04")
    finally:
        os.close(ours)
        os.close(theirs)
    assert b"How many turns?" in ran.stdout
    assert 'title: "The bridge"' in (tmp_path / "bridge" / "scenario.yaml").read_text(encoding="utf-8")
    assert left.returncode == 0
    assert not (tmp_path / "bridge2").exists()


def test_names_that_are_wrong_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    from game.cli.beginning import Asked, new

    with pytest.raises(UsageError):
        new(str(tmp_path / "x"), None, None, None, Asked(turns=-3))
    assert list(tmp_path.iterdir()) == []
