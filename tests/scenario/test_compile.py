"""Compiling: the ruleset says in numbers what the files say in words."""

import math

import numpy as np
import pytest

from game.base.errors import UsageError
from game.engine.bound import bind, pure
from game.engine.chance import roots_from
from game.engine.expression import Call, Const, Leaf
from game.engine.ruleset import Move, Rule, Ruleset
from game.engine.state import begin
from game.engine.turn import resolve
from game.scenario.building import Built, build, examine
from game.scenario.loading import load_texts
from game.scenario.names import event_of, hint, indicator_of, moves_of, reading_of, role_of
from tests.scenario.tiny import TEXT, read, sound


def built(changes: dict[str, str] | None = None, *, in_variant: bool = False) -> Built:
    return build(sound(changes), "tiny", in_variant=in_variant)


@pytest.fixture(scope="module")
def tiny() -> Ruleset:
    return built().ruleset


def rules(ruleset: Ruleset) -> dict[str, Rule]:
    return {rule.id: rule for rule in ruleset.rules}


def move(ruleset: Ruleset, name: str) -> Move:
    return next(item for item in ruleset.moves if item.id == name)


def cause_names(ruleset: Ruleset) -> list[str]:
    moves = [item.id for item in ruleset.moves]
    events = [item.id for item in ruleset.events]
    agreements = [item.id for item in ruleset.agreements]
    return ["always", *moves, *events, *agreements, *(f"broken.{item}" for item in agreements)]


def test_rules_are_named_by_cause_and_indicator_and_sorted(tiny: Ruleset) -> None:
    ids = [rule.id for rule in tiny.rules]
    assert ids == sorted(ids)
    assert {"always>trust", "always>wealth", "spend>later", "protest.listen>anger", "pact>anger"} <= set(ids)
    assert {"broken.pact>trust", "hopeful.talk_works.talk>anger"} <= set(ids)
    names = cause_names(tiny)
    for rule in tiny.rules:
        cause = rule.id.partition(">")[0].removeprefix("hopeful.talk_works.")
        assert names[rule.cause] == cause
        assert rule.fades == (cause != "always")


def test_scales_multiply_what_readings_share(tiny: Ruleset) -> None:
    found = {name: rule.coefficients for name, rule in rules(tiny).items()}
    assert found["talk>trust"] == (2.0, 0.0)
    assert found["march>anger"] == (0.25, 1.0)  # by its tag and by its name
    assert found["shout>anger"] == (0.5, 1.0)
    assert found["spend>anger"] == (1.0, -1.0)
    assert found["spend>later"] == (1.0, 1.0)
    assert found["broken.pact>trust"] == (1.0, 1.5)


def test_own_rules_work_in_one_reading_and_for_each_cause(tiny: Ruleset) -> None:
    own = {name: rule.coefficients for name, rule in rules(tiny).items() if name.startswith("hopeful.")}
    assert own == {
        "hopeful.talk_works.talk>anger": (1.0, 0.0),
        "hopeful.talk_works.spend>anger": (1.0, 0.0),
        "hopeful.talk_works.always>trust": (1.0, 0.0),
    }


def test_delays_are_kept(tiny: Ruleset) -> None:
    later = rules(tiny)["spend>later"]
    assert (later.after, later.lasts, later.by) == (2, 2, Const(6.0))


def test_effects_beyond_the_end_take_no_memory() -> None:
    endless = rules(built({"after: 2, for: 2": "after: 5, for: 400"}).ruleset)["spend>later"]
    assert (endless.after, endless.lasts) == (5, 6)


def test_moves_are_policies_signatures_and_answers(tiny: Ruleset) -> None:
    assert [(item.id, item.kind, tiny.roles[item.role].id) for item in tiny.moves] == [
        ("talk", "policy", "town"),
        ("spend", "policy", "town"),
        ("march", "policy", "crowd"),
        ("shout", "policy", "crowd"),
        ("sign.pact", "sign", "town"),
        ("sign.pact", "sign", "crowd"),
        ("protest.wait", "answer", "town"),
        ("protest.listen", "answer", "town"),
    ]
    assert [item.cost for item in tiny.moves] == [2, 1, 2, 1, 1, 0, 0, 1]
    assert move(tiny, "spend").covert == 0.5
    assert move(tiny, "spend").tags == {"soft", "costly"}
    assert tiny.moves[4].agreement == 0
    assert tiny.moves[6].event == 0


def test_exclusions_hold_both_ways_and_never_against_oneself(tiny: Ruleset) -> None:
    assert tiny.moves[0].excludes == {1}
    assert tiny.moves[1].excludes == {0}
    assert tiny.moves[2].excludes == {3}
    assert tiny.moves[3].excludes == {2}


def test_events_have_turns_chances_and_factors(tiny: Ruleset) -> None:
    protest, vote_day, leak = tiny.events
    assert protest.chance == Call("add", (Const(0.1), Call("mul", (Const(0.002), Leaf("indicator", 1)))))
    assert (protest.decides, protest.default, protest.options) == (0, 6, (6, 7))
    assert (vote_day.turn, vote_day.once, vote_day.chance) == (4, True, None)
    assert (leak.seen_by, protest.seen_by) == ({0}, {0, 1})
    assert leak.when == Leaf("in_force", 0)
    assert tiny.factors.tolist() == [[0.5, 2.0], [1.0, 1.0], [1.0, 3.0]]


def test_agreements_break_by_tags_of_their_parties_answers_and_events(tiny: Ruleset) -> None:
    [pact] = tiny.agreements
    assert (pact.parties, pact.offer_lasts, pact.starts, pact.covert) == ((0, 1), 2, False, False)
    assert pact.broken_by_moves == {2, 3, 6}
    assert pact.broken_by_events == {2}


def test_tag_of_a_stranger_breaks_nothing_but_a_named_policy_does() -> None:
    guard = (
        "  guards: {label: G, brief: B, objectives: {o: {label: O, of: anger, from: 1, to: 0}}}\npolicies:\n"
    )
    patrol = guard + "  patrol: {role: guards, label: P, tags: [loud]}\n"
    assert built({"policies:\n": patrol}).ruleset.agreements[0].broken_by_moves == {3, 4, 7}
    named = {"policies:\n": patrol, 'broken_by: ["#loud"': "broken_by: [patrol"}
    assert built(named).ruleset.agreements[0].broken_by_moves == {0, 7}


def test_roles_and_their_reports(tiny: Ruleset) -> None:
    town, crowd = tiny.roles
    assert (town.capital_start, town.capital_income, town.capital_most, town.slots) == (4, 2, 8, 2)
    assert town.caretaker == (0, 7)
    assert crowd.caretaker == (5,)
    assert (town.believes, town.temperature, crowd.believes) == (0, 0.5, None)
    assert (town.objectives[0].worst, town.objectives[0].best, town.objectives[0].weight) == (60, 20, 2)
    trust, anger, money = tiny.indicators
    assert (trust.errors, anger.errors, money.errors) == ((8, 15), (12, 12), (0, 10))
    assert anger.hidden == (False, True)
    assert (trust.soft_bottom, trust.soft_top, trust.rests_at, trust.rests_rate) == (30, 40, 40, 0.1)
    assert anger.rests_rate == 0.0


def test_contest_outcomes_and_costs(tiny: Ruleset) -> None:
    assert [(item.id, item.turn, item.seats) for item in tiny.contests] == [("council", 4, 20)]
    assert [(item.id, item.contest, item.was) for item in tiny.blocs] == [
        ("townsfolk", 0, 0),
        ("rebels", 0, 8),
    ]
    assert [item.when is None for item in tiny.outcomes] == [False, True]
    assert [(item.count is None, item.of is None) for item in tiny.costs] == [(False, True), (True, False)]
    assert dict(tiny.dates) == {"vote": 4, "late": 6}


def test_worlds(tiny: Ruleset) -> None:
    assert tiny.prior.tolist() == [0.75, 0.25]
    assert tiny.world is None
    one = built({"calendar:\n": "world: bleak\ncalendar:\n"}).ruleset.world
    assert one is not None
    assert one.tolist() == [0.0, 1.0]
    mix = built({"calendar:\n": "world: {mix: {bleak: 1, hopeful: 3}}\ncalendar:\n"}).ruleset.world
    assert mix is not None
    assert mix.tolist() == [0.75, 0.25]


def test_pace_makes_fewer_turns_count_for_more() -> None:
    paced = built({"calendar:\n": "pace: 11/6\ncalendar:\n"}).ruleset
    pace = 11 / 6
    assert paced.pace == pace
    found = {name: rule.by for name, rule in rules(paced).items()}
    assert found["always>trust"] == Const(-0.5 * pace)
    assert found["pact>anger"] == Const(-pace)
    assert found["talk>trust"] == Const(3 * pace**0.75)
    assert found["spend>anger"] == Call(
        "mul", (Const(pace**0.75), Call("mul", (Const(-0.1), Leaf("indicator", 1))))
    )
    assert found["protest>trust"] == Const(-3.0)
    assert found["protest.listen>anger"] == Const(-3.0)
    assert found["broken.pact>trust"] == Const(-6.0)
    trust = paced.indicators[0]
    assert trust.noise == pytest.approx(2 * math.sqrt(pace))
    assert trust.rests_rate == pytest.approx(1 - 0.9**pace)
    assert rules(paced)["talk>trust"].coefficients == (2.0, 0.0)


def test_order_of_entries_never_matters_to_rules() -> None:
    scenario, places = read()
    turned = {
        section: dict(reversed(getattr(scenario, section).items()))
        for section in ("policies", "events", "indicators", "agreements")
    }
    other = build(examine(scenario.model_copy(update=turned), places), "tiny").ruleset
    mine = built().ruleset
    assert [(rule.id, rule.coefficients) for rule in other.rules] == [
        (rule.id, rule.coefficients) for rule in mine.rules
    ]
    assert [other.indicators[rule.target].id for rule in other.rules] == [
        mine.indicators[rule.target].id for rule in mine.rules
    ]


def test_order_of_factors_never_changes_a_bit() -> None:
    lines = [f"          - {{of: talk, change: trust, times: {times}}}\n" for times in (0.1, 0.7, 1.3)]
    first = "          - {of: talk, change: trust, times: 2}\n"
    found = {
        rules(built({first: "".join(order)}).ruleset)["talk>trust"].coefficients
        for order in (lines, lines[::-1], [lines[1], lines[0], lines[2]])
    }
    assert len(found) == 1


def test_the_engine_plays_it(tiny: Ruleset) -> None:
    for reading in range(2):
        state = begin(tiny, roots_from(1, 5))
        bound = bind(tiny, pure(tiny, reading))
        while state.turn <= tiny.turns:
            state, _causes = resolve(bound, state, np.zeros((len(tiny.moves), 5), bool))
        assert np.isfinite(state.x).all()
        assert state.seats.sum(axis=0).tolist() == [20] * 5


def test_notes_say_where_rules_come_from() -> None:
    notes = built().notes
    note = notes["talk>trust"]
    assert (note.cite, note.reading, note.path) == (
        ("report:1", "report:2"),
        None,
        ("policies", "talk", "effects", 0),
    )
    assert [(item.reading, item.claim, item.times, item.cite) for item in note.scalings] == [
        ("hopeful", "talk_works", 2.0, ("report:2",)),
        ("bleak", "nothing_helps", 0.0, ("report:1", "book:7")),
    ]
    assert notes["march>anger"].scalings[1].cite == ("report:1",)
    own = notes["hopeful.talk_works.always>trust"]
    assert (own.reading, own.claim, own.cite, own.basis) == (
        "hopeful",
        "talk_works",
        ("report:2",),
        "inference",
    )
    assert notes["hopeful.talk_works.talk>anger"].basis == "stated"
    assert notes["always>trust"].why == "Time wears"
    line = TEXT.splitlines()[notes["always>trust"].line - 1]
    assert "Time wears" in line
    assert notes["always>trust"].file == "tiny.yaml"


def test_expectations_are_positions_and_turns() -> None:
    difference, against_start, together, ending, path, times = built().expectations
    assert difference.situation.play == ((0, (1, 0)),)  # the tag's moves, the cheapest first
    assert difference.compared is not None
    assert difference.bounds.at_least == 4.0
    assert (against_start.at, against_start.compared) == (5, None)
    assert together.at == 6
    assert together.together is not None
    assert together.together.second.force == ((2, 1), (0, 3), (0, 4))
    [start] = together.together.second.start
    assert (start.indicator, start.value, start.relative) == (2, 10.0, True)
    assert ending.measure == Leaf("outcome", 0)
    assert ending.also_under[0][1].at_most == 0.1
    assert (path.every_until, path.where, path.situation.forbid) == (4, Leaf("happened", 0), (2,))
    assert times.times is not None
    assert (times.times.factor, times.times.situation.play) == (2.0, ((1, (3,)),))
    assert "chance(storm)" in ending.place.text


def test_a_variant_asks_for_three_quarters_of_a_difference() -> None:
    difference, against_start, together, ending, path, times = built(in_variant=True).expectations
    assert difference.bounds.at_least == 3.0
    assert against_start.bounds.at_most == 10.0  # an upper limit of a rise stays
    assert together.together is not None
    assert together.together.more_than_sum == 3.0
    assert ending.bounds.at_most == 0.2
    assert path.bounds.within == 80.0
    assert times.times is not None
    assert times.times.factor == 1.5
    fall = built({"at: vote+1, at_most: 10": "at: vote+1, at_most: -10"}, in_variant=True).expectations[1]
    assert fall.bounds.at_most == -7.5
    level = built({"without: {}, at_least: 4": "at_least: 40"}, in_variant=True).expectations[0]
    assert level.bounds.at_least == 40.0


def test_what_a_variant_asks_for_itself_counts_in_full() -> None:
    short = (
        "pace: 2\nreadings: {hopeful: {claims: {talk_works: {expect: "
        "[{measure: trust, with: {play: {town: talk}}, without: {}, at_least: 8}]}}}}\n"
    )
    loaded = load_texts({"scenario.yaml": TEXT, "variants/short.yaml": short}, "tiny", "short")
    assert loaded.ruleset is not None, loaded.findings
    own, *inherited = loaded.expectations
    assert own.bounds.at_least == 8.0
    assert inherited[0].together is not None
    assert inherited[0].together.more_than_sum == 3.0
    assert loaded.ruleset.pace == 2.0


def test_names_a_person_types_are_found_or_explained(tiny: Ruleset) -> None:
    assert moves_of(tiny, 0, "#soft") == (1, 0)
    assert moves_of(tiny, 1, "sign.pact") == (5,)
    assert (reading_of(tiny, "bleak"), role_of(tiny, "crowd"), indicator_of(tiny, "money")) == (1, 1, 2)
    assert event_of(tiny, "leak") == 2
    for attempt, remedy in (
        (lambda: moves_of(tiny, 0, "tolk"), "did you mean 'talk'?"),
        (lambda: moves_of(tiny, 0, "#sofd"), "did you mean '#soft'?"),
        (lambda: moves_of(tiny, 0, "#loud"), "choose from: #costly, #soft"),
        (lambda: reading_of(tiny, "blaek"), "did you mean 'bleak'?"),
        (lambda: role_of(tiny, "towm"), "did you mean 'town'?"),
        (lambda: indicator_of(tiny, "trst"), "did you mean 'trust'?"),
        (lambda: event_of(tiny, "lek"), "did you mean 'leak'?"),
    ):
        with pytest.raises(UsageError) as caught:
            attempt()
        assert str(caught.value).endswith(remedy)


def test_hints_are_short() -> None:
    assert hint("x", []) == "there is none to choose from"
    assert hint("zzz", ["a", "b"]) == "choose from: a, b"
    assert hint("zzz", [f"n{at}" for at in range(10)]).endswith("n7 and 2 more")
    assert hint("ＴＲＵＳＴ", ["trust"]) == "did you mean 'trust'?"
