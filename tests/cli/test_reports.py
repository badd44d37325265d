"""Do `demo`, `simulate`, `check` and the help print what they promise?"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Ran, environment, rival_readings


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return rival_readings("demo", "baghdad-2021", "--seed", "7", home=tmp_path_factory.mktemp("demo"))


def test_two_runs_of_demo_are_equal(demo: Ran, tmp_path: Path) -> None:
    assert demo.code == 0, demo.err
    again = rival_readings("demo", "baghdad-2021", "--seed", "7", home=tmp_path, PYTHONHASHSEED="5")
    assert again == demo


def test_another_seed_and_another_world_tell_another_story(demo: Ran, tmp_path: Path) -> None:
    other = rival_readings("demo", "--seed", "8", "--world", "mix:al_azzawi=1,al_basri=3", home=tmp_path)
    assert other.code == 0
    assert "25 percent" in other.out
    assert other.out != demo.out


def test_simulate_prints_the_document(run_here: Callable[..., Ran]) -> None:
    ran = run_here(
        "simulate", "baghdad-2021", "--games", "20", "--reading", "al_basri", "--json",
        "--play", "government=#negotiate", "--play", "factions=#attack,#truce", "--start", "economy=+5",
        "--force", "us_raid@4", "--forbid", "us_return", "--others", "quick",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert ran.err == ""
    document = json.loads(ran.out)
    assert list(document) == ["scenario", "games", "seed", "readings"]
    figures = document["readings"]["al_basri"]
    assert list(figures) == ["indicators", "by_turn", "events", "outcomes", "seats", "objectives"]
    assert list(figures["indicators"]["economy"]) == ["start", "mean", "sd", "q05", "q50", "q95"]
    assert figures["events"]["us_raid"] == 1.0
    assert figures["events"]["us_return"] == 0.0


def test_simulate_prints_plain_columns(run_here: Callable[..., Ran]) -> None:
    ran = run_here("simulate", "baghdad-2021", "--games", "5")
    assert ran.code == 0, ran.err
    assert "combat_presence" in ran.out
    assert "al_azzawi" in ran.out
    assert not any("\u2500" <= letter <= "\u259f" for letter in ran.out)


def test_check_finds_nothing_in_the_shipped_scenario(run_here: Callable[..., Ran]) -> None:
    ran = run_here("check", "scenarios/baghdad-2021", "--no-claims", "--strict")
    assert ran.code == 0, ran.out + ran.err


def test_check_prints_json_and_nothing_else(tmp_path: Path, run_here: Callable[..., Ran]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ntitle: Broken\nindicatrs: {}\n")
    ran = run_here("check", str(broken), "--format", "json")
    assert ran.code == 1
    assert ran.err == ""
    document = json.loads(ran.out)
    assert document["ok"] is False
    keys = ["file", "line", "column", "severity", "code", "message", "help", "variant"]
    assert list(document["problems"][0]) == keys
    assert document["claims"] == []


def test_check_goes_on_after_a_missing_file_and_says_2(tmp_path: Path, run_here: Callable[..., Ran]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ntitle: Broken\nindicatrs: {}\n")
    ran = run_here("check", "missing.yaml", str(broken))
    assert ran.code == 2
    assert "missing.yaml" in ran.err
    assert "S401" in ran.out


def test_check_writes_for_github(tmp_path: Path, run_here: Callable[..., Ran]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ntitle: Broken\nindicatrs: {}\n")
    ran = run_here("check", str(broken), "--format", "github")
    assert ran.code == 1
    assert ran.out.startswith("::error file=")


@pytest.mark.parametrize("words", [(), ("play",)])
def test_help_starts_without_the_heavy_libraries(words: tuple[str, ...], tmp_path: Path) -> None:
    script = (
        "import sys; from game.cli.main import run\n"
        f"sys.argv = ['rival-readings', *{words!r}, '--help']\n"
        "try: run()\n"
        "except SystemExit as left: assert not left.code\n"
        "heavy = {'numpy', 'yaml', 'babel', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(tmp_path), capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert b"Usage: rival-readings" in ran.stdout


def test_the_version_is_told(tmp_path: Path) -> None:
    from game import __version__

    assert rival_readings("--version", home=tmp_path).out.strip() == __version__
