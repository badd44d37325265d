"""Is every line that never does anything named, and with the true reason?"""

import pytest

from game.play.coverage import coverage
from game.scenario.loading import load, load_texts
from tests.scenario.tiny import TEXT


def lines_of(text):
    loaded = load_texts({"scenario.yaml": text}, "tiny", None)
    assert loaded.ruleset is not None, loaded.findings
    return {item.id: item for item in coverage(loaded, 20)}


@pytest.mark.parametrize("name", ["baghdad-2021", "tutorial", "template"])
def test_shipped_scenarios_have_no_idle_line(name):
    found = coverage(load(name))
    assert [item for item in found if item.reason] == []
    assert all(0.0 < item.share <= 1.0 for item in found)


def test_lines_are_where_they_stand():
    loaded = load("tutorial")
    lines = loaded.files["scenario.yaml"].splitlines()
    for item in coverage(loaded, 5):
        assert lines[item.line - 1].strip() == item.text


def test_same_scenario_same_figures():
    assert coverage(load("tutorial"), 10) == coverage(load("tutorial"), 10)


def test_reasons():
    idle = """
  never_open: {role: town, label: A, when: turn > 400, effects: [{change: trust, by: 1, id: e_never}]}
  too_dear: {role: town, label: B, cost: 1000, effects: [{change: trust, by: 1, id: e_dear}]}
"""
    found = lines_of(TEXT.replace("\npolicies:\n", "\npolicies:" + idle, 1))
    assert found["never_open"].reason == "its condition never held"
    assert found["too_dear"].reason == "its role never had the capital for it"
    effects = [item for item in found.values() if item.kind == "effect" and "never_open" in item.text]
    assert [item.reason for item in effects] == ["what causes it never happened"]
