"""References: what does not exist, or may not stand where it stands, is named at its place."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.building import examine
from game.scenario.findings import Finding, has_errors
from game.scenario.loading import load_texts
from tests.scenario.found import marked
from tests.scenario.tiny import TEXT, examined, read


def findings(changes: Mapping[str, str]) -> list[Finding]:
    return sorted(examined(changes).findings, key=lambda finding: finding.order)


def test_the_small_scenario_has_no_mistakes() -> None:
    assert examined().findings == ()


UNKNOWN = [
    ("shows: [trust, money]", "shows: [trust, mony]", "mony", "did you mean 'money'?"),
    ("believes: hopeful", "believes: hopefull", "hopefull", "did you mean 'hopeful'?"),
    ("default: 15, town: 8", "default: 15, twon: 8", "twon", "did you mean 'town'?"),
    ("exact_for: [town]", "exact_for: [crwd]", "crwd", "did you mean 'crowd'?"),
    ("hidden_from: [crowd]", "hidden_from: [crowds]", "crowds", "did you mean 'crowd'?"),
    ("caretaker: [talk, protest.listen]", "caretaker: [tlk]", "tlk", "did you mean 'talk'?"),
    ("caretaker: [talk, protest.listen]", "caretaker: [protest.lisen]", "protest.lisen",
     "did you mean 'protest.listen'?"),
    ("caretaker: [sign.pact]", "caretaker: [sign.pakt]", "sign.pakt", "did you mean 'sign.pact'?"),
    ("excludes: [talk]", "excludes: [tolk]", "tolk", "did you mean 'talk'?"),
    ('excludes: ["#loud"]', 'excludes: ["#lowd"]', '"#lowd"', "did you mean '#loud'?"),
    ("{change: trust, by: -6}", "{change: trist, by: -6}", "trist", "did you mean 'trust'?"),
    ("seen_by: [town]", "seen_by: [twon]", "twon", "did you mean 'town'?"),
    ("date: vote, once: true", "date: voting, once: true", "voting", "did you mean 'vote'?"),
    ("default: wait", "default: wiat", "wiat", "did you mean 'wait'?"),
    ("between: [town, crowd]", "between: [town, croud]", "croud", "did you mean 'crowd'?"),
    ("cost: {town: 1}", "cost: {tawn: 1}", "tawn", "did you mean 'town'?"),
    ("protest.wait, leak", "protest.wait, leek", "leek", ""),
    ('harvest_without: ["#loud"]', 'harvest_without: ["#laud"]', '"#laud"', "did you mean '#loud'?"),
    ('{of: "#soft", change: anger', '{of: "#sofd", change: anger', '"#sofd"', "did you mean '#soft'?"),
    ("{of: talk, change: trust, times: 2}", "{of: tolk, change: trust, times: 2}", "tolk", ""),
    ("{of: talk, change: trust, times: 2}", "{of: talk, change: trost, times: 2}", "trost",
     "did you mean 'trust'?"),
    ("rule: spend>anger", "rule: spend>angr", "spend>angr", "did you mean 'spend>anger'?"),
    ("chances: {protest: 0.5}", "chances: {protests: 0.5}", "protests", "did you mean 'protest'?"),
    ("[{event: protest", "[{event: protets", "protets", "did you mean 'protest'?"),
    ("at: vote+1", "at: votes+1", "votes+1", "did you mean 'vote'?"),
    ("until: vote", "until: voted", "voted", "did you mean 'vote'?"),
    ("{play: {crowd: [march]}}", "{play: {crowds: [march]}}", "crowds", "did you mean 'crowd'?"),
    ("{play: {crowd: [march]}}", "{play: {crowd: [marsch]}}", "marsch", "did you mean 'march'?"),
    ('{money: "+10"}', '{mony: "+10"}', "mony", "did you mean 'money'?"),
    ("force: [leak, protest@3", "force: [lek, protest@3", "lek", "did you mean 'leak'?"),
    ("forbid: leak", "forbid: leack", "leack", "did you mean 'leak'?"),
    ("also_under: {hopeful:", "also_under: {hopful:", "hopful", "did you mean 'hopeful'?"),
    ("to: [town], event: leak", "to: [towm], event: leak", "towm", "did you mean 'town'?"),
    ("to: [town], event: leak", "to: [town], event: laek", "laek", "did you mean 'leak'?"),
    ("dates: [vote], ask", "dates: [vot], ask", "vot", "did you mean 'vote'?"),
    ("claims: [hopeful.talk_works]", "claims: [hopeful.talk_work]", "hopeful.talk_work",
     "did you mean 'talk_works'?"),
    ("bears_on: {bleak: for}", "bears_on: {blek: for}", "blek", "did you mean 'bleak'?"),
    ('[1, "book:7"]', '[1, "bok:7"]', '"bok:7"', "did you mean 'book'?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "word", "fix"), UNKNOWN)
def test_unknown_name_is_found_where_it_stands(old: str, new: str, word: str, fix: str) -> None:
    [finding] = findings({old: new})
    assert (finding.code, finding.severity, marked(finding)) == ("R501", "error", word)
    assert finding.fix == fix or not fix


OTHER = [
    ({"  talk: {role: town": "  talk: {role: trust"}, "R503", "trust"),
    ({"shows: [trust, money]": "shows: [trust, vote]"}, "R503", "vote"),
    ({"excludes: [talk]": "excludes: [leak]"}, "R503", "leak"),
    ({"broken_by: [": "broken_by: [sign.pact, "}, "R503", "sign.pact"),
    ({"rule: spend>anger": "rule: hopeful.talk_works.always>trust"}, "R503",
     "hopeful.talk_works.always>trust"),
    ({"rule: spend>anger": "rule: always>trust.rests"}, "R503", "always>trust.rests"),
    ({"{of: talk, change: trust, times: 2}": "{of: vote, change: trust, times: 2}"}, "R503", "vote"),
    ({"  pact:\n": "  talk:\n", "in_force(pact)": "1 < turn", "sign.pact": "sign.talk",
      "broken.pact": "broken.talk"}, "R505", "talk"),
    ({"  vote_day: {label: The vote,": "  talk: {label: The vote, effects: [{change: trust, by: 1}],"}, "R505", "talk"),
    ({"rebels: {label: R": "townsfolk2: {label: R", "seats.rebels": "seats.townsfolk2",
      "contests:\n": "contests:\n  again: {date: late, seats: 5, blocs: {townsfolk: "
      "{label: T, strength: 1}, x: {label: X, strength: 1}}}\n"}, "R505", "townsfolk"),
    ({"indicators:\n": "indicators:\n  turn: {label: T, start: 5}\n"}, "R506", "turn"),
    ({"events:\n": "events:\n  always: {label: A, chance: 0.1}\n"}, "R506", "always"),
    ({"dates: {vote:": "dates: {end: 2021-08-01, vote:"}, "R506", "end"),
    ({"late: 2021-10-10": "late: 2021-12-10"}, "R507", "2021-12-10"),
    ({"at: vote+1": "at: late+1"}, "R507", "late+1"),
    ({"at: vote+1": "at: 9"}, "R507", "9"),
    ({"protest@3": "protest@7"}, "R507", "protest@7"),
    ({"turns: [2]": "turns: [2, 8]"}, "R507", "8"),
    ({'holds: "anger > asked(anger)"': 'holds: "anger > asked(anger)", at: 2'}, "R507", "2"),
    ({"turns: [2]": "turns: [6]", '"anger > asked(anger)"': '"anger > asked(anger)", at: vote+1'}, "R507", "vote+1"),
    ({"id: later}": "id: money}"}, "R510", "money"),
    ({", id: later}": "}"}, "R510", "money"),
    ({"{of: talk, change: trust, times: 2}": "{of: talk, change: anger, times: 2}"}, "R511", "anger"),
    ({"caretaker: [sign.pact]": "caretaker: [talk]"}, "R512", "talk"),
    ({"excludes: [talk]": "excludes: [march]"}, "R512", "march"),
    ({"excludes: [talk]": 'excludes: ["#loud"]'}, "R512", '"#loud"'),
    ({"{play: {crowd: [march]}}": "{play: {crowd: [talk]}}"}, "R512", "talk"),
    ({"between: [town, crowd]": "between: [town, town, crowd]"}, "R512", "town"),
    ({"    chance: \"0.1 + 0.002 * anger\"": "    seen_by: crowd\n    chance: 0.1"}, "R512", "town"),
    ({"peace: {title": 'peace: {when: "anger < 30", title'}, "R513", '"anger < 30"'),
    ({"storm: {when: \"anger >= 60\", title": "storm: {title"}, "R513", "storm"),
    ({"wait: {label: Wait,": "wait: {label: Wait, cost: 1,"}, "R514", "1"),
    ({"wait: {label: Wait,": 'wait: {label: Wait, when: "turn > 2",'}, "R514", '"turn > 2"'),
    ({"label: Trust\n    start: 50": "label: Trust\n    start: 150"}, "R515", "150"),
    ({"rests: {at: 40": "rests: {at: -1"}, "R515", "-1"),
    ({"range: [0, 50]": "range: [50, 0]"}, "R515", "[50, 0"),
    ({"from: 20, to: 80": "from: 20, to: 20"}, "R515", "20"),
    ({'{money: "+10"}': '{money: "+40"}'}, "R515", '"+40"'),
    ({"at: vote+1, at_most: 10": "at: vote+1, at_least: 11, at_most: 10"}, "R515", "11"),
    ({"measure: chance(storm), at_most": "measure: chance(storm), at: 3, at_most"}, "R515",
     "chance(storm)"),
    ({"exact_for: [town]}": "exact_for: [town], hidden_from: [town]}",
      "money > 10 and": "turn > 1 and"}, "R515", "town"),
    ({"cite: 2\n": "cite: 3\n"}, "R516", "3"),
    ({'cite: "report:1"': 'cite: "report:4"'}, "R516", '"report:4"'),
    ({"book: {title: A book}": f'book: {{title: B, paragraphs: {{7: "{"0" * 64}"}}}}'}, "R516", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "word"), OTHER)
def test_mistake_is_found_where_it_stands(changes: dict[str, str], code: str, word: str) -> None:
    found = [finding for finding in findings(changes) if finding.severity == "error"]
    assert found
    assert {finding.code for finding in found} == {code}
    assert marked(found[0]) == word
    assert all(finding.fix for finding in found)


LEAKS = [
    ("money > 10 and not before(vote)", "money > 10 and trust > 3", "trust"),
    ("money > 10 and not before(vote)", "anger > 3", "anger"),
    ("money > 10 and not before(vote)", "happened(leak)", "leak"),
    ("money > 10 and not before(vote)", "turn > 1 and played(loud)", "loud"),
    ("money > 10 and not before(vote)", "not played(march)", "march"),
    ("listen: {label: Listen,", 'listen: {label: Listen, when: "trust > 3",', "trust"),
    ("    offer_lasts: 2", '    when: "money > 3"', "money"),
]


@pytest.mark.parametrize(("old", "new", "word"), LEAKS)
def test_condition_that_tells_too_much_is_an_error(old: str, new: str, word: str) -> None:
    [finding] = findings({old: new})
    if old.startswith("listen"):
        # A formula in a mapping on one line: the place is exact there too.
        assert "town" in finding.message
    assert (finding.code, marked(finding)) == ("R508", word)


@pytest.mark.parametrize(
    "allowed",
    [
        "turn > 2 and after(vote) and seats.townsfolk > 3",
        "happened(protest) and played(talk) and played(soft) and played(protest.wait)",
        "not in_force(pact) and played(sign.pact) and money > 3",
    ],
)
def test_conditions_may_use_what_the_role_knows(allowed: str) -> None:
    assert findings({"money > 10 and not before(vote)": allowed}) == []


def test_covert_agreement_is_known_to_its_parties_alone() -> None:
    third = (
        "  guard: {label: G, brief: B, objectives: {o: {label: O, of: anger, from: 1, to: 0}}}\npolicies:\n"
        '  patrol: {role: guard, label: P, when: "in_force(pact)"}\n'
    )
    covert = "    offer_lasts: 2\n    covert: true\n"
    assert findings({"policies:\n": third}) == []
    [finding] = findings({"policies:\n": third, "    offer_lasts: 2\n": covert})
    assert (finding.code, marked(finding)) == ("R508", "pact")


def test_exact_report_on_a_contested_indicator_is_an_error() -> None:
    [finding] = findings({"report: {error: 12, hidden_from: [crowd]}": "report: {exact_for: town}"})
    assert (finding.code, marked(finding)) == ("R509", "town")
    [finding] = findings({"report: {error: {default: 15, town: 8}}": "report: {error: {town: 0}}"})
    assert (finding.code, marked(finding)) == ("R509", "0")


def test_claim_without_citation_is_a_warning() -> None:
    [finding] = findings({"        cite: 2\n": ""})
    assert (finding.code, finding.severity, marked(finding)) == ("L706", "warning", "talk_works")


def test_conditions_that_never_or_always_hold_are_warnings() -> None:
    changes = {"anger >= 60": "anger > 100", "money > 10 and not before(vote)": "turn > 0"}
    assert [(f.code, f.severity) for f in findings(changes)] == [("L702", "warning"), ("L701", "warning")]


def test_things_that_wait_for_each_other_are_warnings() -> None:
    changes = {
        "money > 10 and not before(vote)": "played(talk)",
        "  talk: {role: town,": '  talk: {role: town, when: "turn > 1 and played(spend)",',
    }
    found = [(f.code, f.severity, marked(f)) for f in findings(changes)]
    assert found == [
        ("R502", "warning", '"turn > 1 and played(spend)"'),
        ("R502", "warning", '"played(talk)"'),
    ]


def test_what_needs_the_impossible_is_a_warning() -> None:
    changes = {
        "money > 10 and not before(vote)": "turn > 99",
        'when: "in_force(pact)"': 'when: "played(spend) and in_force(pact)"',
        'when: "anger >= 60"': 'when: "happened(leak)"',
    }
    found = [(f.code, marked(f)) for f in findings(changes)]
    assert found == [
        ("L701", '"turn > 99"'),
        ("L701", '"played(spend) and in_force(pact)"'),
        ("L703", '"happened(leak)"'),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("tags: [soft], cost: 2", "tags: [soft], cost: 9"), ("cost: {town: 1}", "cost: {town: 9}"),
     ("label: Listen, cost: 1", "label: Listen, cost: 9")],
)  # fmt: skip
def test_what_nobody_can_afford_is_a_warning(old: str, new: str) -> None:
    [finding] = findings({old: new})
    assert (finding.code, finding.severity, marked(finding)) == ("L708", "warning", "9")


def test_effect_after_the_end_is_a_warning() -> None:
    [finding] = findings({"after: 2, for: 2": "after: 6, for: 2"})
    assert (finding.code, finding.severity, marked(finding)) == ("L701", "warning", "6")


@pytest.mark.parametrize("outline", ["[[10,50],[10,55],[10,58]]", "[[10,50],[12,50],[14,50]]"])
def test_an_outline_without_an_area_is_an_error(outline: str) -> None:
    [finding] = findings({"injects:": f"map: {{outline: {outline}}}\ninjects:"})
    assert (finding.code, marked(finding)) == ("R515", outline.removesuffix("]"))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("capital: {start: 4, income: 2, most: 8}", "capital: {start: 40, income: 2, most: 8}", "40"),
        ("capital: {start: 4, income: 2, most: 8}", "capital: {start: 10}", "10"),
        ("capital: {start: 4, income: 2, most: 8}", "capital: {most: 3}", "3"),
    ],
)
def test_capital_that_begins_above_its_most_is_an_error(old: str, new: str, word: str) -> None:
    [finding] = [found for found in findings({old: new}) if found.severity == "error"]
    assert (finding.code, marked(finding)) == ("R515", word)


def test_formula_fault_stands_inside_the_formula() -> None:
    [finding] = findings({'by: "-0.1 * anger"': 'by: "-0.1 * angr"'})
    assert (finding.code, marked(finding), finding.fix) == ("X312", "angr", "did you mean 'anger'?")


def test_formula_that_is_a_key_is_marked_as_a_whole() -> None:
    [finding] = findings({"values: {seats.rebels: 9}": "values: {seats.rebel: 9}"})
    assert (finding.code, marked(finding), finding.fix) == ("X312", "seats.rebel", "did you mean 'rebels'?")


def test_risky_formula_is_a_warning() -> None:
    [finding] = findings({'by: "-0.1 * anger"': 'by: "3 / anger"'})
    assert (finding.code, finding.severity, marked(finding)) == ("X313", "warning", "3 / anger")


def test_missing_section_is_one_finding() -> None:
    start, end = TEXT.index("injects:"), TEXT.index("questions:")
    gone = TEXT.replace(TEXT[TEXT.index("events:") : TEXT.index("agreements:")], "")
    gone = gone.replace(TEXT[start:end], "").replace(", where: happened(protest)", "")
    gone = gone.replace(", protest.listen]", "]").replace(", protest.wait, leak]", "]")
    [finding] = examine(*read(gone)).findings
    assert (finding.code, finding.fix) == ("R501", "add the section 'events'")


def test_missing_sources_are_one_finding() -> None:
    gone = TEXT.replace(TEXT[TEXT.index("sources:") : TEXT.index("calendar:")], "")
    [finding] = examine(*read(gone)).findings
    assert (finding.code, finding.fix) == ("R501", "add the section 'sources'")


WORDS = [(found.start(), found.end()) for found in re.finditer(r"[\w.>]+", TEXT)]


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_no_swapped_word_makes_an_exception(old: tuple[int, int], new: tuple[int, int]) -> None:
    text = TEXT[: old[0]] + TEXT[slice(*new)] + TEXT[old[1] :]
    loaded = load_texts({"scenario.yaml": text}, "tiny", None)
    assert (loaded.ruleset is None) == has_errors(loaded.findings)


def test_several_mistakes_are_found_in_one_run() -> None:
    changes = {
        "shows: [trust, money]": "shows: [trust, mony]",
        "protest@3": "protest@9",
        'by: "-0.1 * anger"': 'by: "-0.1 * angr"',
    }
    assert [finding.code for finding in findings(changes)] == ["R501", "X312", "R507"]


@pytest.mark.parametrize(
    ("section", "gone"),
    [
        ("policies", "talk"), ("events", "protest"), ("agreements", "pact"), ("roles", "town"),
        ("indicators", "anger"), ("readings", "hopeful"), ("contests", "council"), ("outcomes", "storm"),
        ("outcomes", "peace"),
    ],
)  # fmt: skip
def test_nothing_is_said_against_what_could_not_be_read(section: str, gone: str) -> None:
    scenario, places = read()
    entries = {name: item for name, item in getattr(scenario, section).items() if name != gone}
    partial = scenario.model_copy(update={section: entries})
    # The broken entry still stands in the file, so its id counts as known.
    assert examine(partial, places, {section}).findings == ()
    emptied = scenario.model_copy(update={section: {}})
    assert examine(emptied, places, {section}).findings == ()
