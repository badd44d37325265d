"""Does a claim hold where it was tried, and nowhere else, and does `check` say what was found?"""

import pytest

from game.locale import speak
from game.play.claims import prove
from game.scenario.loading import load_texts
from tests.scenario.smallest import FILES

TALK = "with: {play: {town: [talk]}}"


def proofs(expect, noise=1):
    """Return what simulation says of an expectation of the small scenario's hopeful reading."""
    text = "claims:\n  talk_works:\n    says: Talk works.\n    expect:\n      - "
    hope = FILES["readings/hope.yaml"] + text + expect + "\n"
    noisy = FILES["indicators.yaml"].replace("label: Trust", f"label: Trust, noise: {noise}")
    loaded = load_texts({**FILES, "readings/hope.yaml": hope, "indicators.yaml": noisy}, "bridge", None)
    assert loaded.ruleset is not None, loaded.findings
    with speak("en"):
        return prove(loaded)


@pytest.mark.parametrize(
    "asked",
    [
        "at_most: 10",
        "at_least: -10, without: {}, " + TALK,
        "at_least_times: {factor: 2, of: {play: {crowd: [march]}}}, " + TALK,
        "both: [{play: {town: [talk]}}, {play: {crowd: [march]}}], more_than_sum: -1",
    ],
)
def test_what_is_tried_in_no_game_does_not_hold(asked):
    [proof] = proofs(f'{{measure: trust, where: "trust > 1000", {asked}}}')
    assert not proof.holds
    assert proof.found is None
    assert proof.finding.code == "C801"
    assert "in none of the 1000 games does 'where' hold" in proof.finding.message


def test_another_reading_is_tried_in_its_own_games():
    [own, other] = proofs(
        '{measure: trust, where: "trust > 0", at_most: 100, also_under: {gloom: {at_most: 100}}}'
    )
    assert own.holds
    assert other.holds
    [own, other] = proofs(
        '{measure: trust, where: "trust > 99", at_most: 1, also_under: {gloom: {at_most: 1}}}'
    )
    assert (own.reading, own.found, other.reading, other.found) == ("hope", None, "gloom", None)


@pytest.mark.parametrize(
    "asked",
    [
        "at_least_times: {factor: 0.5, of: {play: {crowd: [march]}}}, " + TALK,
        "both: [{play: {town: [talk]}}, {play: {crowd: [march]}}], more_than_sum: -1",
    ],
)
def test_only_games_in_which_where_holds_count(asked):
    [everywhere] = proofs(f'{{measure: "trust * trust * trust", {asked}}}', noise=5)
    [there] = proofs(f'{{measure: "trust * trust * trust", where: "trust > 60", {asked}}}', noise=5)
    assert abs(there.found - everywhere.found) > 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (f"without: {{}}, at_least: 90, {TALK}", "trust differs by"),
        (f"at_least_times: {{factor: 9, of: {{start: {{trust: '+5'}}}}}}, {TALK}", "trust differs by"),
        ("both: [{play: {town: [talk]}}, {play: {crowd: [march]}}], more_than_sum: 9", "trust differs by"),
        ("at_least: 99", "trust is"),
    ],
)
def test_a_difference_is_not_called_a_value(asked, said):
    [proof] = proofs(f"{{measure: trust, {asked}}}")
    assert not proof.holds
    assert f"under hope: {said} " in proof.finding.message
