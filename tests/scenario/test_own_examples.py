"""Remedies show names of the file at hand, not of some other scenario."""

import re
from pathlib import Path

import pytest

import game
from game.scenario.loading import load, load_texts
from tests.scenario.tiny import TEXT

CASES = [
    ("{of: talk, change: trust, times: 2}", "{of: '!', change: trust, times: 2}", "write it like protest"),
    ("excludes: [talk]", "excludes: ['!']", 'write it like "#soft"'),
    ("caretaker: [talk, protest.listen]", "caretaker: ['!']", "write it like talk"),
    ("at: vote+1", "at: vote-1", "write it like vote+1"),
    ("force: [leak, protest@3", "force: [leak@x@y, protest@3", "write it like protest@2"),
    ("claims: [hopeful.talk_works]", "claims: [hopeful]", "write it like hopeful.talk_works"),
    ("  march: {role", "  Long March!: {role", "write it like long_march"),
    ("  march: {role", "  2nd_march: {role", "write it like nd_march"),
    ("  march: {role", "  مسيرة: {role", "write it like "),
]


@pytest.mark.parametrize(("old", "new", "fix"), CASES, ids=lambda text: text)
def test_a_remedy_shows_a_name_of_this_file(old: str, new: str, fix: str) -> None:
    assert TEXT.count(old) == 1
    found = load_texts({"scenario.yaml": TEXT.replace(old, new)}, "bridge", None).findings
    told = [finding.fix for finding in found if finding.fix.startswith("write it like")]
    assert told, found
    assert told[0].startswith(fix)
    word = told[0].removeprefix("write it like ")
    assert re.fullmatch(r'"#[a-z]\w*"|[a-z][a-z0-9_.]*(@2|\+1)?', word), word


def test_a_file_s_name_is_turned_into_an_id() -> None:
    files = {"scenario.yaml": TEXT, "readings/Dr Müller.yaml": "analyst: M\nlabel: M\n"}
    [finding] = [item for item in load_texts(files, "bridge", None).findings if item.code == "F111"]
    assert finding.fix == "name it like dr_muller.yaml"


def test_the_checker_speaks_of_no_scenario_of_its_own() -> None:
    """Names of the shipped scenario's things stand nowhere in the code that reads scenarios."""
    scenario = load("baghdad-2021").scenario
    assert scenario is not None
    names = {
        *scenario.readings, *scenario.policies, *scenario.events, *scenario.agreements, *scenario.indicators,
    }  # fmt: skip
    names = {name for name in names if "_" in name}
    folder = Path(game.__file__).parent / "scenario"
    for path in folder.rglob("*.py"):
        assert not names & set(re.findall(r"\w+", path.read_text(encoding="utf-8"))), path
