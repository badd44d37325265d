"""Are people told what was done in their name when a turn ended without their order, and nobody else?"""

import pytest

from game.play.orders import Ack, Order
from game.session.api import Act
from tests.session.group import Group


@pytest.fixture
def group(host, tutorial):
    return Group(host, tutorial).begin()


def told(host, token, lang="en"):
    return [item for item in host.view(token, lang).headlines if item.kind == "stood_in"]


def label_of(group, move, at=0):
    return next(item.label for item in group.host.view(group.token(at), "en").policies if item.id == move)


def test_a_draft_that_counted_is_told_to_its_seat_alone_and_after_a_restart(group, opened):
    (draft,) = group.choice()
    group.host.draft(group.token(), Order(turn=1, moves=(draft,)))
    assert isinstance(group.confirm(1), Ack)
    cost = next(item.cost for item in group.host.view(group.token(), "en").policies if item.id == draft)
    assert isinstance(group.act("force"), Ack)
    (item,) = told(group.host, group.token())
    assert item.turn == 1
    assert item.text == (
        "The order of your seat was not in when turn 1 ended, so your draft counted. Done in your name: "
        f"{label_of(group, draft)}. Political capital spent on it: {cost:.0f}."
    )
    assert group.host.view(group.token(), "en").headlines[0] == item
    assert not told(group.host, group.token(1))
    board = group.host.board(group.facilitator, "en", 1)
    assert not [line for line in board.headlines if line.kind == "stood_in"]
    again = opened()
    assert told(again, group.token()) == [item]
    assert not told(again, group.token(1))


def test_a_caretaker_that_acted_is_told_with_what_it_did(group):
    ruleset = group.loaded.compiled
    assert isinstance(group.confirm(1), Ack)
    group.act("force")
    (item,) = told(group.host, group.token())
    assert "so a caretaker acted in your name." in item.text
    done = [ruleset.moves[at].id for at in ruleset.roles[0].caretaker]
    played = next(move for move in done if "." not in move)
    assert label_of(group, played) in item.text


def test_an_empty_draft_of_two_people_is_told_as_it_was_after_a_restart(host, tutorial, opened):
    group = Group(host, tutorial)
    other = group.join("second of the seat")
    host.claim(other.token, 1, group.roles[0])
    for token in (group.token(), other.token):
        host.present(token, 1)
    group.begin()
    assert isinstance(group.confirm(1), Ack)
    assert isinstance(host.confirm(group.token(), Order(turn=1)), Ack)
    assert group.status().turn == 1, "another person of the seat must confirm too"
    group.act("force")
    (item,) = told(host, group.token())
    assert item.text == (
        "The order of your seat was not in when turn 1 ended, so your draft counted. "
        "Nothing was done in your name."
    )
    assert told(host, other.token) == [item]
    assert told(opened(), other.token) == [item]


def test_who_comes_to_a_bots_seat_reads_what_it_did(group):
    group.act("hand", room=1, role=group.roles[0], held="bot")
    assert isinstance(group.confirm(1), Ack)
    (item,) = told(group.host, group.token())
    assert item.text.startswith("A bot played your seat in turn 1.")


def test_what_was_handed_in_and_what_is_taken_back_is_told_nobody(group):
    group.play_turn()
    assert not told(group.host, group.token())
    group.act("force")
    assert [item.turn for item in told(group.host, group.token())] == [2]
    group.act("rewind", room=1, turn=2, text="once more")
    assert not told(group.host, group.token())
    group.play_turn()
    assert not told(group.host, group.token())


def test_a_default_answer_is_told_apart_from_what_a_caretaker_did(host, baghdad):
    group = Group(host, baghdad).begin()
    for _turn in range(baghdad.compiled.turns):
        if group.status().phase != "playing":
            break
        asked = {
            at: item
            for at in range(len(group.roles))
            for item in host.view(group.token(at), "en").decisions
            if item.turns_left == 1
        }
        group.host.act(group.facilitator, Act(kind="force"))
        for at, item in asked.items():
            label = next(option.label for option in item.options if option.id == item.default)
            last = told(host, group.token(at))[-1].text
            assert label not in last.partition("Decided")[0]
            assert f"Decided because nobody answered: {item.label}: {label}" in last
        if asked:
            return
    pytest.fail("no question was asked")
