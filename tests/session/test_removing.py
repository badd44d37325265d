"""Somebody whom the facilitator removes: out with all their devices, their seat with the others or free, until they
join anew."""

import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from game.play.orders import Ack, Order, Refused
from game.session.api import Act, Participant
from tests.session.group import Group


@pytest.fixture
def group(host, tutorial) -> Group:
    return Group(host, tutorial).begin()


def removed(group, participant, key=None):
    return group.host.act(group.facilitator, Act(kind="remove", participant=participant), key)


def test_whoever_is_removed_is_out_and_told_why(group):
    token, name = group.token(), group.ids[1, group.roles[0]]
    digits = group.host.pin(token)
    other = group.host.move(group.code, digits).token
    unused = group.host.pin(token)
    assert removed(group, name) == Ack(turn=1)
    for ended in (token, other):
        assert group.host.who(ended) is None
        assert group.host.listens(ended) is None
        for answer in (
            group.host.view(ended, "en"),
            group.host.status(ended),
            group.host.rooms(ended, "en"),
            group.host.messages(ended),
            group.host.pin(ended),
            group.host.claim(ended, 1, group.roles[0]),
            group.host.confirm(ended, Order(turn=1)),
            group.host.send(ended, "all", "Still here"),
        ):
            assert isinstance(answer, Refused)
            assert answer.code == "stranger"
            assert answer.reason.startswith("The facilitator has removed you")
    assert group.host.move(group.code, unused).code == "stranger"
    assert "removed" not in group.host.status("guess").reason


def test_a_seat_stays_with_its_others_and_is_free_without(group):
    role = group.roles[0]
    beside = group.join("beside")
    assert group.host.claim(beside.token, 1, role) == Ack(turn=1)
    assert removed(group, group.ids[1, role]) == Ack(turn=1)
    assert group.host.status(beside.token).seats[0].holders == ("beside",)
    assert group.host.confirm(beside.token, Order(turn=1)) == Ack(turn=1)
    assert removed(group, beside.participant_id) == Ack(turn=1)
    assert group.host.status(group.token(1)).seats[0].holders == ()
    late = group.join("late")
    assert group.host.claim(late.token, 1, role) == Ack(turn=1)


def test_what_somebody_removed_has_confirmed_alone_counts_no_more(group):
    role, moves = group.roles[0], group.choice()
    others = [group.join(name) for name in ("second", "third")]
    for joined in others:
        group.host.claim(joined.token, 1, role)
        group.host.present(joined.token, 1)
    group.host.present(group.token(), 1)
    assert group.host.confirm(group.token(), Order(turn=1, moves=moves)) == Ack(turn=1)
    assert group.host.status(others[0].token).seats[0].proposed
    removed(group, group.ids[1, role])
    assert not group.host.status(others[0].token).seats[0].proposed
    group.host.confirm(others[0].token, Order(turn=1, moves=moves))
    assert not group.host.status(others[0].token).seats[0].confirmed
    group.host.confirm(others[1].token, Order(turn=1, moves=moves))
    assert group.host.status(others[0].token).seats[0].confirmed


@pytest.mark.parametrize("place", [{}, {"post": "press", "room": 1}, {"post": "observer", "room": 1}])
def test_press_observers_and_people_without_a_room_are_removed_alike(group, place):
    joined = group.join("somebody")
    if place:
        group.act("seat", participant=joined.participant_id, **place)
    assert removed(group, joined.participant_id) == Ack(turn=1)
    assert group.host.who(joined.token) is None
    assert removed(group, joined.participant_id).code == "unknown"
    assert removed(group, "guess").code == "unknown"
    assert joined.participant_id not in {
        who.id for who in group.host.overview(group.facilitator).participants
    }


def test_they_join_anew_as_somebody_new_by_the_same_name(group, opened):
    role = group.roles[0]
    old = group.host.who(group.token())
    removed(group, old.id)
    again = group.join(old.nickname)
    group.host.claim(again.token, 1, role)
    for host in (group.host, opened()):
        found = host.who(again.token)
        assert isinstance(found, Participant)
        assert (found.role, found.joined) == (role, len(group.roles))
        assert host.who(group.token()) is None
        assert host.status(group.token()).reason.startswith("The facilitator has removed you")


def test_it_stands_in_the_log_and_counts_once(group):
    name = group.ids[1, group.roles[0]]
    for _again in range(2):
        assert removed(group, name, key="one") == Ack(turn=1)
    log = [json.loads(line) for line in group.host.export(group.facilitator)["log.jsonl"].splitlines()]
    acts = [line for line in log if "remove" in (line["record"], line.get("act"))]
    assert [(line["room"], line["participant"], line["id"]) for line in acts] == [
        (0, "facilitator", "P01"),
        (1, "facilitator", "P01"),
    ]


def test_grades_keep_whoever_had_a_part_and_nobody_else(group):
    group.confirm()
    idle = group.join("twice")
    group.act("seat", participant=idle.participant_id, post="seat", room=1, role=group.roles[0])
    for name in (group.ids[1, group.roles[0]], idle.participant_id):
        removed(group, name)
    for role in group.roles[1:]:
        group.host.confirm(group.tokens[1, role], Order(turn=1))
    files = group.host.export(group.facilitator)
    rows = {
        row["participant"]: row
        for row in csv.DictReader(io.StringIO(files["grades.csv"].decode("utf-8-sig")))
    }
    assert set(rows) == {f"P{at:02}" for at in range(1, len(group.roles) + 1)}
    assert rows["P01"]["orders"] == "1"
    assert "people/P01.html" in files
    assert group.ids[1, group.roles[0]].encode() not in b"".join(files.values())


def test_whoever_is_removed_while_they_change_seats_is_refused(host, tutorial):
    """As when the facilitator presses at that moment: the host has let them in, the hall knows them no more."""
    group = Group(host, tutorial)
    with ThreadPoolExecutor(1) as pool:
        with host.session(group.name).rooms[1].lock:  # whoever changes seats waits here
            claiming = pool.submit(host.claim, group.token(), 1, group.roles[1])
            time.sleep(0.5)
            assert removed(group, group.ids[1, group.roles[0]]) == Ack(turn=1)
        answer = claiming.result(timeout=30)
    assert isinstance(answer, Refused)
    assert answer.reason.startswith("The facilitator has removed you")
