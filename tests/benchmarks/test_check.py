"""How long does checking take? Run with --benchmark-enable; figures to reach are for a quiet machine."""

import subprocess
import sys

import pytest

from game.scenario import nodes
from game.scenario.findings import json_problems, json_text, text_lines
from game.scenario.library import folder_of
from game.scenario.loading import load, load_texts
from tests.cli.command import ROOT, environment
from tests.scenario.tiny import TEXT


def test_check_warm(benchmark):
    """All checks but claims, files that did not change since the last look."""
    assert benchmark(load, "baghdad-2021").findings == ()


def test_check_after_every_file_has_changed(benchmark):
    def read_anew():
        nodes._faultless.cache_clear()
        return load("baghdad-2021")

    assert benchmark(read_anew).findings == ()


def test_check_after_one_file_has_changed(benchmark, tmp_path):
    folder = tmp_path / "copy"
    for path in folder_of("baghdad-2021").rglob("*.yaml"):
        target = folder / path.relative_to(folder_of("baghdad-2021"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    root, count = folder / "policies.yaml", iter(range(1_000_000))
    text = root.read_text(encoding="utf-8")

    def saved():
        root.write_text(f"{text}# {next(count)}\n", encoding="utf-8")
        return load(folder)

    assert benchmark(saved).findings == ()


@pytest.mark.parametrize("scenario", ["template", "tutorial"])
def test_check_of_a_small_scenario(benchmark, scenario):
    assert benchmark(load, scenario).findings == ()


def test_220_mistakes_with_suggestions(benchmark):
    lines = "".join(f"  - {{change: trst{number}, by: 1, id: i{number}}}\n" for number in range(220))
    files = {"scenario.yaml": TEXT.replace("\nalways:\n", "\nalways:\n" + lines)}

    def told():
        findings = load_texts(files, "x", None).findings
        text_lines(findings)
        return json_text(json_problems(findings))

    assert benchmark(told).count("R501") == 220


def test_check_in_a_process_of_its_own(benchmark, tmp_path):
    words = [sys.executable, "-m", "game", "check", "baghdad-2021", "--no-claims"]

    def run():
        return subprocess.run(words, capture_output=True, cwd=ROOT, env=environment(tmp_path), check=True)

    assert b"no mistakes found" in benchmark.pedantic(run, rounds=5, iterations=1, warmup_rounds=1).stdout
