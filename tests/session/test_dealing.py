"""A class of any size is dealt into rooms and seats, evenly, with something to do for everybody."""

from collections import Counter

import pytest

from game.play.orders import Ack
from game.session.dealing import places, rooms_for
from tests.session.group import Group

ROLES = ("a", "b", "c", "d")


@pytest.mark.parametrize("people", range(1, 61))
def test_every_size_of_class_has_places(people):
    rooms = rooms_for(people, len(ROLES))
    dealt = places(people, rooms, ROLES)
    assert len(dealt) == people
    sizes = Counter(place.room for place in dealt)
    assert max(sizes.values()) - min(sizes.values()) <= 1
    for room in sizes:
        seats = Counter(place.role for place in dealt if place.room == room and place.role)
        if people >= len(ROLES):
            assert set(seats) == set(ROLES)
            assert max(seats.values()) - min(seats.values()) <= 1
        assert sum(place.post == "observer" for place in dealt if place.room == room) <= 1


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
