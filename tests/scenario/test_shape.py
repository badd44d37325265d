"""The smallest mistakes of form: one finding each, at the right character, with the remedy."""

import pytest

from game.scenario.findings import Finding
from game.scenario.loading import load_texts
from game.scenario.schema import Scenario
from game.scenario.schema.walk import hint_of, holds_texts, keys_of, step
from tests.scenario.found import marked
from tests.scenario.tiny import TEXT


def findings(*changes: tuple[str, str]) -> list[Finding]:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return list(load_texts({"scenario.yaml": text}, "x", None).findings)


# What is changed, into what; code, line and column, what is marked, remedy.
MISTAKES: list[tuple[str, str, str, int, int, str, str]] = [
    ("    label: Trust\n", "    lable: Trust\n", "S401", 13, 5, "lable", "did you mean 'label'?"),
    ("    label: Trust\n", "    Label: Trust\n", "S401", 13, 5, "Label", "did you mean 'label'?"),
    ("    label: Trust\n", "    ｌabel: Trust\n", "S401", 13, 5, "ｌabel", "did you mean 'label'?"),
    ("    label: Trust\n", "    label: T\n    owner: x\n", "S401", 14, 5, "owner", ""),
    ("    noise: 2\n", "    nosie: 2\n", "S401", 16, 5, "nosie", "did you mean 'noise'?"),
    ("roles:\n", "role:\n", "S401", 24, 1, "role", "did you mean 'roles'?"),
    ("calendar:\n", "calender:\n", "S401", 6, 1, "calender", "did you mean 'calendar'?"),
    ("of: anger, from: 60", "of: anger, form: 60", "S401", 32, 38, "form", "did you mean 'from'?"),
    ("without: {}, at_least: 4", "without: {}, atleast: 4",
     "S401", 113, 76, "atleast", "did you mean 'at_least'?"),
    ("    label: Trust\n", "", "S402", 12, 3, "trust", "add a line 'label: ...'"),
    ("    start: 50\n", "    start:\n", "S402", 14, 5, "start", ""),
    ("    brief: Keep calm.\n", '    brief: ""\n', "S402", 27, 5, "brief", ""),
    ("    caretaker: [sign.pact]\n", "    caretaker:\n", "S402", 41, 5, "caretaker", ""),
    ('chance: "0.1 + 0.002 * anger"', "once: true", "S402", 60, 3, "protest", ""),
    ("chance: 0.1, seen", "chance: 0.1, date: vote, seen", "S407", 71, 25, "chance", "keep one of them"),
    ("    start: 50\n", "    start: fifty\n", "S403", 14, 12, "fifty", ""),
    ("    start: 50\n", "    start: 1:30\n", "S403", 14, 12, "1:30", ""),
    ("    start: 50\n", "    start: ٤٥\n", "S403", 14, 12, "٤٥", "write 45"),
    ("    start: 50\n", "    start: [50]\n", "S403", 14, 12, "[50", ""),
    ("    start: 50\n", '    start: "50,5"\n', "S403", 14, 12, '"50,5"', "write 50.5"),
    ("    slots: 2\n", "    slots: 2.5\n", "S403", 29, 12, "2.5", ""),
    ("once: true", "once: ja", "S403", 70, 49, "ja", "write true or false"),
    ("start: 2021-07-29", "start: 2021-07-32", "S403", 7, 10, "2021-07-32", ""),
    ("vote: 2021-09-10", "vote: September", "S403", 10, 17, "September", ""),
    ("range: [0, 50]", "range: 50", "S403", 20, 43, "50", ""),
    ("range: [0, 50]", "range: [0]", "S404", 20, 43, "[0", "write 2 values"),
    ("range: [0, 50]", "range: [0, 1, 2]", "S404", 20, 43, "[0, 1, 2", "write 2 values"),
    ("range: [0, 50]", "range: []", "S404", 20, 43, "[", "write 2 values"),
    ("injects:\n", "map: {outline: [[10, 10], [20, 10], [20, 130]]}\ninjects:\n",
     "S404", 138, 42, "130", "the highest is 90"),
    ("between: [town, crowd]", "between: [town, Crowd]", "S403", 75, 21, "Crowd", ""),
    ("tags: [loud], cost", "tags: {loud: 1}, cost", "S403", 56, 38, "tags", ""),
    ("    capital: {start: 4, income: 2, most: 8}", "    capital: 4", "S403", 28, 14, "4", ""),
    ("    noise: 2\n", "    noise: 0\n", "S404", 16, 12, "0", "it must be above 0"),
    ("label: A leak, chance: 0.1", "label: A leak, chance: 15",
     "S404", 71, 33, "15", "write 0.15 for 15 percent"),
    ("label: A leak, chance: 0.1", 'label: A leak, chance: "-0.2"',
     "S404", 71, 33, '"-0.2"', "a chance lies between 0 (never) and 1 (certain)"),
    ("covert: 0.5", "covert: 1.5", "S404", 51, 13, "1.5", "the highest is 1"),
    ("between: [town, crowd]", "between: [town]", "S404", 75, 14, "[town", "write at least 2"),
    ("step: half-month", "step: fortnight", "S405", 8, 9, "fortnight", ""),
    ("step: half-month", "step: half_month", "S405", 8, 9, "half_month", "did you mean 'half-month'?"),
    ("basis: inference", "basis: infered", "S405", 106, 45, "infered", "did you mean 'inference'?"),
    ("format: 1\n", "format: 2\n", "S406", 1, 9, "2", "write 'format: 1'"),
    ("  talk: {role", "  Talk: {role", "S403", 43, 3, "Talk", ""),
    ("cite: 1}", "cite: one}", "S403", 22, 54, "one", ""),
    ("{rule: spend>anger, times: -1}", "{rule: spend>anger, of: march, times: -1}",
     "S407", 124, 33, "of", ""),
    ("{of: talk, change: trust, times: 0}", "{change: trust, times: 0}",
     "S402", 123, 13, "{change: trust, times: 0", ""),
    ("also_under: {hopeful: {at_most: 0.1}}", "also_under: {hopeful: {}}", "S402", 132, 65, "hopeful",
     "add 'at_least', 'at_most' or 'within'"),
    ("of: {play: {crowd: [shout]}}}", "of: {}}", "S402", 137, 13, "at_least_times", ""),
    ("            with: {play: {town: [talk]}}\n            without: {}\n            at_least_times",
     "            at_least_times", "S402", 135, 13, "at_least_times", "add 'with: {...}'"),
    ("more_than_sum: 4", "within: 4", "S407", 130, 13, "both", ""),
    ("    bot: {believes: hopeful, temperature: 0.5}", "    bot: {temperature: -1}",
     "S404", 35, 24, "-1", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line", "column", "word", "fix"), MISTAKES)
def test_smallest_mistake(old: str, new: str, code: str, line: int, column: int, word: str, fix: str) -> None:
    found = findings((old, new))
    errors = [finding for finding in found if finding.severity == "error"]
    assert [(e.code, e.place.line, e.place.column, marked(e)) for e in errors] == [(code, line, column, word)]
    assert not fix or errors[0].fix == fix


def test_the_small_scenario_has_the_right_form() -> None:
    assert findings() == []


def test_an_entry_that_cannot_be_read_still_counts_as_defined() -> None:
    [finding] = findings(("    label: Trust\n", "    label: Trust\n    strat: 3\n"), ("    start: 50\n", ""))
    assert (finding.code, marked(finding)) == ("S401", "strat")


def test_a_broken_policy_hides_no_mistake_elsewhere_and_makes_none() -> None:
    found = findings(
        ("cost: 2, effects: [{change: trust, by: 3", "cost: two, effects: [{change: trust, by: 3"),
        ("{change: anger, by: 4}", "{change: angr, by: 4}"),
        ("    prior: 3\n", "    prior: 0\n"),
    )
    assert [(finding.code, marked(finding)) for finding in found] == [
        ("S403", "two"),
        ("R501", "angr"),
        ("S404", "0"),
    ]


def test_items_behind_a_broken_one_keep_their_places() -> None:
    found = findings(
        ("- {change: money, by: -4}", "- {change: money}"),
        ('{change: anger, by: "-0.1 * anger"}', '{change: anger, by: "-0.1 * angr"}'),
    )
    assert [(finding.code, finding.place.line, marked(finding)) for finding in found] == [
        ("S402", 53, "{change: money"),
        ("X312", 55, "angr"),
    ]


def test_one_missing_section_is_one_finding() -> None:
    start, end = TEXT.index("outcomes:\n"), TEXT.index("costs:\n")
    [finding] = [f for f in findings((TEXT[start:end], "")) if f.severity == "error"]
    assert (finding.code, finding.place.line, finding.message) == (
        "S402",
        1,
        "the scenario has no 'outcomes'",
    )


def test_a_section_behind_a_yaml_mistake_is_not_missed() -> None:
    found = findings(("roles:\n", "  roles:\n"), ("    label: Trust\n", "    lable: Trust\n"))
    assert [(finding.code, finding.place.line) for finding in found] == [("S401", 13), ("Y213", 24)]


def test_every_key_has_a_description() -> None:
    seen: set[type] = set()

    def look(hint: object) -> None:
        from game.scenario.schema.walk import model_of

        model = model_of(hint)
        if model is None or model in seen:
            return
        seen.add(model)
        assert model.__doc__
        for key, field in keys_of(model).items():
            assert field.description, (model, key)
            below = hint_of(field)
            look(below)
            for deeper in (step(below, "x"), step(below, 0)):
                look(deeper)
                look(step(deeper, "x"))

    look(Scenario)
    assert len(seen) > 30


def test_texts_are_told_from_all_else() -> None:
    assert holds_texts(step(step(Scenario, "indicators"), "trust"))
    assert not holds_texts(step(Scenario, "calendar"))


def test_editors_accept_the_short_forms_too() -> None:
    kinds = Scenario.model_json_schema()["$defs"]
    assert [kind["type"] for kind in kinds["Effect"]["properties"]["cite"]["anyOf"]] == [
        ["string", "number"],
        "array",
    ]
    assert kinds["Effect"]["properties"]["by"]["type"] == ["string", "number"]
    assert kinds["Report"]["properties"]["error"]["anyOf"][0]["type"] == "number"
    assert kinds["Policy"]["properties"]["covert"]["type"] == ["boolean", "number"]
    assert kinds["Policy"]["additionalProperties"] is False
