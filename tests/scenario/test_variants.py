"""Is a variant laid over its scenario as written, and is a mistake in it found where it stands?"""

import pytest

from game.scenario.loading import Loaded, load_texts
from tests.scenario.folders import SHORT, whole
from tests.scenario.found import places
from tests.scenario.tiny import TEXT


def with_variant(text: str = SHORT) -> Loaded:
    return load_texts({"scenario.yaml": TEXT, "variants/short.yaml": text}, "bridge", "short")


def test_variant_merges_replaces_and_deletes() -> None:
    loaded = with_variant()
    scenario = whole(loaded)
    assert scenario.title == "The short bridge"
    assert scenario.pace == 1.5
    assert scenario.calendar.turns == 4
    assert list(scenario.calendar.dates) == ["vote"]
    assert "shout" not in scenario.policies
    assert scenario.policies["talk"].cost == 1
    assert scenario.policies["talk"].label == "Talk"
    assert [effect.by for effect in scenario.policies["talk"].effects] == ["4"]
    assert loaded.variant == "short"


def test_mistakes_in_a_variant_are_found_in_its_file() -> None:
    text = SHORT.replace("cost: 1", "cost: one").replace("shout", "shuot")
    text += "  hopefull: {claims: {talk_works: {expect: []}}}\n"
    text += "indicators: {trust: {label: null}, doubt: {label: Doubt}}\n"
    found = with_variant(text).findings
    assert places(found) == [
        ("S403", "variants/short.yaml", 5, 16),
        ("R501", "variants/short.yaml", 6, 3),
        ("R501", "variants/short.yaml", 10, 3),
        ("S402", "variants/short.yaml", 11, 14),
        ("S402", "variants/short.yaml", 11, 36),
    ]
    assert [f.fix for f in found if f.code == "R501"] == ["did you mean 'shout'?", "did you mean 'hopeful'?"]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("roles: {town: {slotz: 1}}\n", "did you mean 'slots'?"),
        ("calendar: {turnz: 4}\n", "did you mean 'turns'?"),
        ("titel: Short\n", "did you mean 'title'?"),
        ("roles: {town: {slots: 1, slotz: 1}}\n", ""),
    ],
)
def test_a_misspelt_key_in_a_variant_is_known_by_what_it_replaces(text: str, fix: str) -> None:
    [finding] = with_variant(text).findings
    assert (finding.code, finding.place.file) == ("S401", "variants/short.yaml")
    assert finding.fix == fix if fix else "slots" not in finding.fix
    assert (finding.edit is not None) == bool(fix)


def test_unreadable_variant() -> None:
    assert [f.code for f in with_variant("title: x: y\npace: 2\n").findings] == ["Y210"]
