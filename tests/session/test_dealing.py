"""People are dealt into a session's rooms; who has a place keeps it, and the press has real work."""

import pytest

from game.play.orders import Ack, Order
from game.session.api import Act
from tests.session.group import Group


def test_people_are_dealt_and_latecomers_added(host, tutorial):
    created = host.create(tutorial, rooms=3)
    people = [host.join(created.code, f"P{number}") for number in range(7)]
    assert host.deal(created.facilitator_token) == Ack(turn=1)
    assert host.deal(created.facilitator_token).code == "closed"
    before = {person.participant_id: host.who(person.token) for person in people}
    assert all(who.room for who in before.values())
    late = host.join(created.code, "late")
    assert host.deal(created.facilitator_token) == Ack(turn=1)
    assert host.who(late.token).room
    assert {person.participant_id: host.who(person.token) for person in people} == before
    assert host.deal(created.facilitator_token, ["nobody"]).code == "unknown"


def test_the_press_writes_to_all(host, tutorial):
    group = Group(host, tutorial).begin()
    press = group.join("press")
    group.act("seat", participant=press.participant_id, room=1, post="press")
    assert host.send(press.token, "all", "A bulletin") == Ack(turn=1)
    assert host.messages(group.token())[0].sender == "press"
    assert host.send(group.token(), "press", "A word") == Ack(turn=1)
    assert host.messages(press.token)[1].text == "A word"


@pytest.mark.parametrize("way", ["claim", "deal", "give"])
def test_whoever_comes_late_plays_the_seat_that_a_bot_has_kept(host, tutorial, way):
    group = Group(host, tutorial)
    role, late = group.roles[1], group.join("late")
    host.act(group.facilitator, Act(kind="seat", participant=group.ids[1, role], room=1, post="observer"))
    group.begin()
    assert group.status().seats[1].held == "bot"
    group.confirm(0)
    assert group.status().turn == 2
    if way == "claim":
        assert isinstance(host.claim(late.token, 1, role), Ack)
    elif way == "deal":
        assert isinstance(host.deal(group.facilitator), Ack)
    else:
        group.act("seat", participant=late.participant_id, room=1, role=role)
    status = group.status()
    assert (status.seats[1].held, status.seats[1].holders) == ("people", ("late",))
    group.confirm(0)
    assert group.status().turn == 2
    assert isinstance(host.confirm(late.token, Order(turn=2)), Ack)
    assert group.status().turn == 3
