"""Lints: each is a module of its own, finds what it is for, and keeps silent where it cannot be sure."""

from collections.abc import Mapping

import pytest

from game.scenario.findings import Finding
from game.scenario.library import shipped
from game.scenario.lints import lints
from game.scenario.loading import load, load_texts
from tests.scenario.tiny import TEXT

HEARD = '          - {measure: "trust - start(trust)", at: vote+1, at_most: 10}\n'


def warnings(changes: Mapping[str, str], variant: str = "") -> list[Finding]:
    text = TEXT
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    files = {"scenario.yaml": text}
    if variant:
        files["variants/short.yaml"] = variant
    found = load_texts(files, "bridge", "short" if variant else None).findings
    assert not any(finding.severity == "error" for finding in found), found
    return list(found)


def test_lints_are_found_by_being_there() -> None:
    assert len({lint.CODE for lint in lints()}) == len(lints()) >= 11
    for lint in lints():
        assert lint.__doc__ is not None
        assert lint.__doc__.endswith("?") or "?\n" in lint.__doc__


@pytest.mark.parametrize("scenario", shipped())
def test_no_lint_cries_wolf(scenario: str) -> None:
    loaded = load(scenario)
    assert loaded.findings == ()
    for variant in loaded.variants:
        assert load(f"{scenario}:{variant}").findings == ()


CHANGES: list[tuple[dict[str, str], list[tuple[str, int]]]] = [
    # An event that only luck could bring about, and luck does not.
    ({"label: A leak, chance: 0.1": "label: A leak, chance: 0"}, []),  # an inject sets it off
    ({'chance: "0.1 + 0.002 * anger"': "chance: 0"}, []),  # a claim forces it
    ({"  vote_day:": "  flood: {label: A flood, chance: 0.0}\n  vote_day:"}, [("L704", 70)]),
    ({"  vote_day:": '  flood: {label: A flood, chance: "0 * anger"}\n  vote_day:'}, [("L704", 70)]),
    ({"  vote_day:": '  flood: {label: A flood, chance: "anger - 99"}\n  vote_day:'}, []),
    ({"of: trust, from: 20, to: 80": "of: trust, from: 140, to: 165"}, [("L710", 40)]),
    ({"of: trust, from: 20, to: 80": "of: trust, from: 0, to: -20"}, [("L710", 40)]),
    ({"of: trust, from: 20, to: 80": "of: trust, from: 100, to: 99"}, []),
    ({"of: trust, from: 20, to: 80": "of: trust, from: 50, to: 150"}, []),
    ({"    slots: 2": "    slots: 0"}, [("L710", 29)]),
    ({"    brief: Be heard.\n": "    brief: Be heard.\n    shows: [anger]\n"}, [("L710", 39)]),
    ({"  vote_day:": "  flood: {label: A flood, chance: anger}\n  vote_day:"}, [("L709", 70)]),
    ({"  vote_day:": '  flood: {label: A flood, chance: "5 + 0.1 * anger"}\n  vote_day:'}, [("L709", 70)]),
    ({"  vote_day:": '  flood: {label: A flood, chance: "max(1, anger / 100)"}\n  vote_day:'}, [("L709", 70)]),
    ({"  vote_day:": '  flood: {label: A flood, chance: "anger / (anger + 5)"}\n  vote_day:'}, []),
    ({"  vote_day:": "  flood: {label: A flood, chance: 1}\n  vote_day:"}, []),
    # Expectations that nothing can disappoint.
    ({"without: {}, at_least: 4}": "without: {}, at_least: -100}"}, [("L705", 113)]),
    ({"without: {}, at_least: 4}": "without: {}, within: 100}"}, [("L705", 113)]),
    ({"without: {}, at_least: 4}": "without: {}, at_most: 99.5}"}, []),
    ({"with: {play: {town: [\"#soft\"]}}, without: {}, at_least: 4}": "with: {}, without: {}, at_least: 0}"},
     [("L705", 113)]),
    ({"{measure: chance(storm), at_most: 0.2, also": "{measure: chance(storm), at_most: 1, also"}, []),
    ({"at_most: 0.2, also_under: {hopeful: {at_most: 0.1}}": "at_most: 1, also_under: {hopeful: {at_least: 0}}"},
     [("L705", 132)]),
    ({"within: 80, with": "within: 100, with"}, [("L705", 133)]),
    ({HEARD: HEARD.replace("10", "100")}, [("L705", 114)]),
    # Things that nothing reads.
    ({"  money: {label": "  doubt: {label: Doubt, start: 5}\n  money: {label"}, [("R504", 20)]),
    ({"tags: [soft], cost": "tags: [sotf], cost", '{of: "#soft", change': "{of: spend, change",
      'play: {town: ["#soft"]}': "play: {town: [talk]}"}, []),
    ({"tags: [loud], excludes": "tags: [laud], excludes"}, [("R504", 58)]),
    ({"tags: [loud], excludes": "tags: [quiet], excludes"}, []),
    ({"tags: [soft, costly]": "tags: [soft, softt]"}, []),  # it carries both
    # Answers that are never better.
    ({"listen: {label: Listen, cost: 1, effects: [{change: anger, by: -3}]}": "listen: {label: Listen, cost: 1}",
      "wait: {label: Wait, effects: [{change: anger, by: 1}]}": "wait: {label: Wait}"}, []),  # `wait` breaks a pact
    ({"listen: {label: Listen, cost: 1, effects: [{change: anger, by: -3}]}": "listen: {label: Listen, cost: 1}",
      "wait: {label: Wait, effects: [{change: anger, by: 1}]}": "wait: {label: Wait}",
      "protest.wait, leak": "leak"}, [("L707", 69)]),
    ({"listen: {label: Listen, cost: 1, effects: [{change: anger, by: -3}]}":
      "listen: {label: Listen, effects: [{change: anger, by: 1}]}", "protest.wait, leak": "leak"}, []),  # the same
    ({"protest.wait, leak": "leak"}, []),  # whether less anger is better, nobody says
    ({"protest.wait, leak": "leak", "cost: 1, effects: [{change: anger, by: -3}]": "effects: [{change: anger, by: -3}]",
      "hidden_from: [crowd]}}": "hidden_from: [crowd]}, better: {town: low}}"}, [("L707", 68)]),
    ({"protest.wait, leak": "leak", "hidden_from: [crowd]}}": "hidden_from: [crowd]}, better: {town: low}}"},
     []),  # `listen` costs more
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CHANGES)
def test_what_lints_find(changes: dict[str, str], expected: list[tuple[str, int]]) -> None:
    assert [(found.code, found.place.line) for found in warnings(changes)] == expected


def test_policies_that_exclude_each_other_are_compared() -> None:
    one_slot = {"    slots: 2": "    slots: 1"}
    lines = (
        "  dither: {role: town, label: Dither, tags: [soft], cost: 3, effects: [{change: trust, by: 2}]}\n"
        "  spend:\n"
    )
    better = {"  trust:\n    label": "  trust:\n    better: {town: high}\n    label"}
    free = {"    excludes: [talk]\n": ""}
    assert [
        f.code for f in warnings({"  spend:\n": lines, **better, **one_slot, **free})
    ] == []  # scaled for `talk` alone
    same = {
        "{of: talk, change: trust, times: 2}": '{of: "#soft", change: trust, times: 2}',
        "{of: talk, change: trust, times: 0}": '{of: "#soft", change: trust, times: 0}',
        "by: 3, cite: [1, 2]": "by: 3",
    }
    assert [
        f.code for f in warnings({"  spend:\n": lines, **better, **free, **same})
    ] == []  # both can be played
    [finding] = warnings({"  spend:\n": lines, **better, **one_slot, **free, **same})
    assert (finding.code, finding.place.text.split(":")[0].strip()) == ("L707", "dither")
    assert finding.see is not None
    assert "talk" in finding.see.text


def test_a_variant_is_not_blamed_for_what_the_whole_scenario_has() -> None:
    base = {"  money: {label": "  doubt: {label: Doubt, start: 5}  # ok: R504\n  money: {label"}
    assert warnings(base, "title: Short\n") == []
    [finding] = warnings({}, "indicators: {doubt: {label: Doubt, start: 5}}\n")
    assert (finding.code, finding.place.file) == ("R504", "variants/short.yaml")


def test_where_something_is_broken_nothing_is_said_to_be_missing() -> None:
    broken = TEXT.replace("  money: {label", "  doubt: {label: Doubt, start: 5}\n  money: {label")
    broken = broken.replace("{change: anger, by: 4}", "{change: angr, by: 4}")
    assert [f.code for f in load_texts({"scenario.yaml": broken}, "x", None).findings] == ["R501"]
