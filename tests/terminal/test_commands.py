"""Is what a person types understood, and is something helpful said where it is not?"""

import pytest

from game.locale import LANGUAGES, speak
from game.terminal.commands import (
    Typed,
    Unclear,
    commands,
    commands_in,
    offered_first,
    understood,
    whole_number,
    yes_or_no,
)
from game.terminal.console import Console, wrapped
from game.terminal.picking import Missed, Named, pick

DESK = commands_in("deciding")
THINGS = [
    Named("combat_presence", "US combat forces"),
    Named("advisory_presence", "US advisers and trainers"),
    Named("economy", "The economy"),
]


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("policies", "policies", ()),
        ("P", "policies", ()),
        ("pol", "policies", ()),
        ("CHOOSE 3 4", "choose", ("3", "4")),
        ("why combat since 2", "why", ("combat", "since", "2")),
        ("?", "help", ()),
        ("draft", "draft", ()),
        ("q", "quit", ()),
    ],
)
def test_words_and_short_forms(line: str, name: str, rest: tuple[str, ...]) -> None:
    assert understood(line, DESK) == Typed(name, rest)


def test_every_word_means_one_command() -> None:
    for lang in LANGUAGES:
        with speak(lang):
            words = [word for item in commands() for word in item.words]
        assert len(words) == len(set(words))


def test_english_words_are_understood_in_every_language() -> None:
    with speak("ar"):
        assert understood("policies", commands_in("deciding")) == Typed("policies", ())


def test_near_matches_are_offered() -> None:
    found = understood("polcies", DESK)
    assert isinstance(found, Unclear)
    assert found.near[0] == "policies"


def test_an_ambiguous_start_names_what_it_could_be() -> None:
    found = understood("hea hea", [item for item in DESK if item.name in ("help", "headlines")])
    assert found == Typed("headlines", ("hea",))
    found = understood("he", DESK)
    assert isinstance(found, Unclear)
    assert set(found.near) == {"help", "headlines"}


def test_nobody_leaves_by_the_start_of_a_word() -> None:
    assert isinstance(understood("e", DESK), Unclear)
    assert understood("exit", DESK) == Typed("quit", ())


def test_what_is_repeated_to_the_person_is_short_and_printable() -> None:
    found = understood("\x1b[31m" + "x" * 500, DESK)
    assert isinstance(found, Unclear)
    assert found.text.isprintable()
    assert len(found.text) < 60


def test_truth_is_no_command_before_the_end() -> None:
    assert "truth" not in {item.name for item in DESK}
    assert "truth" in {item.name for item in commands_in("over")}
    assert "confirm" not in {item.name for item in commands_in("over")}


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("7.", 7), ("٧", 7), ("seven", None), ("-1", None), ("", None), ("9" * 9, None)],
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert whole_number(text) == value


def test_yes_and_no() -> None:
    assert [yes_or_no(word) for word in ("yes", "Y", "no", "N", "", "maybe")] == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]


@pytest.mark.parametrize("text", ["1", "combat_presence", "us COMBAT forces", "combat"])
def test_a_thing_is_picked_by_number_id_label_or_part(text: str) -> None:
    assert pick(text, THINGS) == THINGS[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4", "from 1 to 3"),
        ("0", "from 1 to 3"),
        ("presence", "Type its number"),
        ("ecomony", "Did you mean The economy? It is number 3"),
        ("zzz", "Type a number of the list"),
    ],
)
def test_a_missed_pick_names_the_remedy(text: str, says: str) -> None:
    found = pick(text, THINGS)
    assert isinstance(found, Missed)
    assert says in found.reason


def test_nothing_can_be_picked_from_an_empty_list() -> None:
    assert isinstance(pick("1", []), Missed)


def test_no_text_from_elsewhere_acts_on_the_screen() -> None:
    shown: list[str] = []
    Console(lambda _prompt: "", shown.append, lambda: 40).say(["one\x1b[2J\x07 two\x9b31m", "ثلاثة\rأربعة"])
    assert shown == ["one[2J two31m", "ثلاثةأربعة"]


def test_lines_are_wrapped_under_their_number() -> None:
    lines = wrapped("12. one two three four five six", 16)
    assert lines == ["12. one two", "    three four", "    five six"]
    assert max(map(len, wrapped("word " * 50, 30))) <= 30
    assert wrapped("", 30) == [""]


def test_a_very_narrow_terminal_is_no_trouble() -> None:
    shown: list[str] = []
    Console(lambda _prompt: "", shown.append, lambda: 0).say(["    1. " + "word " * 20])
    assert len(shown) > 1


def test_what_needs_others_is_no_command_of_a_game_alone() -> None:
    for phase in ("deciding", "over"):
        alone = {item.name for item in commands_in(phase)}
        assert not alone & {"messages", "write", "pin"}
        assert not set(offered_first(phase, commands_in(phase))) & {"messages", "write"}
        together = {item.name for item in commands_in(phase, in_session=True)}
        assert together - alone == {"messages", "write", "pin"}
        assert alone - together == ({"finish"} if phase == "deciding" else set())
    for phase in ("deciding", "waiting", "over"):
        items = commands_in(phase, in_session=True)
        assert {"messages", "write"} <= set(offered_first(phase, items)) <= {item.name for item in items}
