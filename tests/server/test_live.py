"""Does a page hear of what concerns it, wherever its person sits by then?"""

import json

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from game.play.orders import Ack, Order
from game.session.api import Act
from tests.server.serving import serving


def news(socket) -> bool:
    """Return whether a change is told soon."""
    try:
        return str(socket.recv(timeout=5)).startswith("changed")
    except TimeoutError:
        return False


def quiet(socket) -> None:
    """Take all news that is on its way."""
    try:
        while True:
            socket.recv(timeout=0.5)
    except TimeoutError:
        pass


def both_seats(served, tutorial):
    """Seat one and two, and start."""
    people = [served.host.join(served.code, name) for name in ("one", "two")]
    for person, role in zip(people, tutorial.scenario.roles, strict=True):
        served.host.claim(person.token, 1, role)
    served.host.act(served.facilitator, Act(kind="start"))
    return people


def test_a_moved_person_hears_of_the_new_room(tutorial, tmp_path):
    with serving(tmp_path, tutorial, rooms=2) as served:
        host, roles = served.host, list(tutorial.scenario.roles)
        mover, other = (host.join(served.code, name) for name in ("mover", "other"))
        host.claim(mover.token, 1, roles[0])
        host.claim(other.token, 2, roles[1])
        assert isinstance(host.act(served.facilitator, Act(kind="start")), Ack)
        url = served.url.replace("http", "ws") + "/live"
        header = {"Authorization": f"Bearer {mover.token}"}
        with connect(url, additional_headers=header, proxy=None) as socket:
            quiet(socket)
            moved = Act(kind="seat", participant=mover.participant_id, room=2, role=roles[0])
            assert host.act(served.facilitator, moved) == Ack(turn=1)
            assert news(socket)
            quiet(socket)
            assert isinstance(host.confirm(other.token, Order(turn=1)), Ack)
            assert news(socket)


def test_others_orders_change_the_status_alone(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        url = served.url.replace("http", "ws") + "/live"
        header = {"Authorization": f"Bearer {one.token}"}
        with connect(url, additional_headers=header, proxy=None) as socket:
            quiet(socket)
            host.send(two.token, next(iter(tutorial.scenario.roles)), "Hello")
            assert news(socket)
            able = next(move.id for move in host.view(two.token, "en").policies if move.available)
            assert isinstance(host.draft(two.token, Order(turn=1, moves=(able,))), Ack)
            kind, _space, status = str(socket.recv(timeout=5)).partition(" ")
            assert kind == "status"
            assert json.loads(status)["turn"] == 1
            host.join(served.code, "late")
            host.confirm(two.token, Order(turn=1))
            assert str(socket.recv(timeout=5)).startswith("status {")
            host.confirm(one.token, Order(turn=1))
            assert news(socket)


def test_a_stranger_hears_nothing(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        url = served.url.replace("http", "ws") + "/live"
        with pytest.raises(InvalidStatus, match="403"):
            connect(url, additional_headers={"Authorization": "Bearer nobody"}, proxy=None)


def test_a_page_that_is_out_of_date_when_its_socket_opens_is_told_at_once(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        noted = host.mark(one.token)
        url = served.url.replace("http", "ws") + f"/live?noted={noted}"
        header = {"Authorization": f"Bearer {one.token}"}
        with connect(url, additional_headers=header, proxy=None) as socket:
            host.confirm(two.token, Order(turn=1))
            assert str(socket.recv(timeout=5)).startswith("status {")
        host.confirm(one.token, Order(turn=1))
        with connect(url, additional_headers=header, proxy=None) as socket:
            assert news(socket)
