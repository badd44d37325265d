"""Does a page hear of what concerns it, wherever its person sits by then?"""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle
from types import SimpleNamespace

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from game.play.orders import Ack, Order
from game.play.views import View
from game.session.api import Act
from game.session.thinking import Thinkers
from tests.server.serving import never_reads, serving
from tests.session.group import Group
from tests.session.test_shared import until


def text_of(told) -> str:
    """Return a message as text."""
    return told if isinstance(told, str) else told.decode()


def news(socket) -> bool:
    """Return whether a change is told soon."""
    try:
        return text_of(socket.recv(timeout=30)).startswith("changed")
    except TimeoutError:
        return False


def quiet(socket) -> list[str]:
    """Take all news that is on its way."""
    told = []
    try:
        while True:
            told.append(text_of(socket.recv(timeout=0.5)))
    except TimeoutError:
        return told


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
            quiet(socket)
            assert isinstance(host.confirm(mover.token, Order(turn=1)), Ack)
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
            kind, _space, status = str(socket.recv(timeout=30)).partition(" ")
            assert kind == "status"
            assert json.loads(status)["turn"] == 1
            host.join(served.code, "late")
            host.confirm(two.token, Order(turn=1))
            assert str(socket.recv(timeout=30)).startswith("status {")
            host.confirm(one.token, Order(turn=1))
            assert news(socket)


def test_a_stranger_hears_nothing(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        url = served.url.replace("http", "ws") + "/live"
        with pytest.raises(InvalidStatus, match="403"):
            connect(url, additional_headers={"Authorization": "Bearer nobody"}, proxy=None)


def test_no_socket_opens_elsewhere(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        for path in ("/", "/live/", "/api/view", "/version"):
            with pytest.raises(InvalidStatus, match=r"40[34]"):
                connect(
                    served.url.replace("http", "ws") + path,
                    additional_headers={"Authorization": f"Bearer {one.token}"},
                    proxy=None,
                )


def test_a_socket_that_says_nonsense_hears_on(tutorial, tmp_path, capfd):
    with serving(tmp_path, tutorial) as served:
        one, two = both_seats(served, tutorial)
        url = served.url.replace("http", "ws") + "/live"
        with connect(url, additional_headers={"Authorization": f"Bearer {one.token}"}, proxy=None) as socket:
            for said in (b"\x00\xff", "words", b""):
                socket.send(said)
            served.host.confirm(two.token, Order(turn=1, moves=()))
            assert any('"confirmed":true' in told for told in quiet(socket))
    assert "exception was never retrieved" not in capfd.readouterr().err


def test_a_page_that_is_out_of_date_when_its_socket_opens_is_told_at_once(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        noted = host.mark(one.token)
        url = served.url.replace("http", "ws") + f"/live?noted={noted}"
        header = {"Authorization": f"Bearer {one.token}"}
        with connect(url, additional_headers=header, proxy=None) as socket:
            host.confirm(two.token, Order(turn=1))
            assert str(socket.recv(timeout=30)).startswith("status {")
        host.confirm(one.token, Order(turn=1))
        with connect(url, additional_headers=header, proxy=None) as socket:
            assert news(socket)


def live(served, person, query=""):
    """Open a person's socket."""
    url = served.url.replace("http", "ws") + f"/live{query}"
    return connect(url, additional_headers={"Authorization": f"Bearer {person.token}"}, proxy=None)


def next_view(socket):
    """Return the view that is sent next."""
    while True:
        told = socket.recv(timeout=30)
        if isinstance(told, bytes):
            return View.model_validate_json(told.removeprefix(b"view "))


def test_each_turn_brings_every_device_its_own_view(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        with (
            live(served, one, "?view=en") as first,
            live(served, one, "?view=en") as second,
            live(served, two, "?view=ar") as third,
            live(served, two) as silent,
        ):
            for socket in (first, second, third):
                assert next_view(socket).turn == 1
            for person in (one, two):
                assert isinstance(host.confirm(person.token, Order(turn=1)), Ack)
            assert next_view(first) == next_view(second) == host.view(one.token, "en")
            assert next_view(third) == host.view(two.token, "ar")
            quiet(first)
            host.draft(one.token, Order(turn=2, moves=able(host, one)))
            assert news(first)  # the draft: news for this seat, but nothing that all see
            with pytest.raises(TimeoutError):
                first.recv(timeout=0.5)
            assert not any(told.startswith("view") for told in quiet(silent))


def able(host, person):
    """Return a move that a person's seat can make, as an order's moves."""
    return (next(move.id for move in host.view(person.token, "en").policies if move.available),)


def test_nobody_but_a_seat_is_sent_a_view(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        watcher = host.join(served.code, "watcher")
        host.act(
            served.facilitator, Act(kind="seat", participant=watcher.participant_id, room=1, post="observer")
        )
        made = SimpleNamespace(token=served.facilitator)
        with live(served, watcher, "?view=en") as watching, live(served, made, "?view=en") as facilitating:
            for person in (one, two):
                assert isinstance(host.confirm(person.token, Order(turn=1)), Ack)
            for socket in (watching, facilitating):
                assert news(socket)
                assert not any(told.startswith("view") for told in quiet(socket))


def test_a_turn_is_told_once_it_is_on_the_disk_and_its_estimates_follow(tutorial, tmp_path):
    with serving(tmp_path, tutorial, thinkers=Thinkers(1)) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        with (
            live(served, one, "?view=en") as socket,
            closing(sqlite3.connect(tmp_path / "store.db")) as other,
        ):
            while not (view := next_view(socket)).settled:
                assert view.turn == 1
            quiet(socket)
            other.execute("BEGIN IMMEDIATE")  # the server's writer has to wait
            answers = [host.confirm_soon(person.token, Order(turn=1), None) for person in (one, two)]
            session = host.session(host.who(one.token).session)
            assert session.rooms[1].table.game.turn == 2
            host.told(session, 1)
            looking = ThreadPoolExecutor(1)
            seen = looking.submit(host.view, two.token, "en")
            with pytest.raises(TimeoutError):
                socket.recv(timeout=0.5)
            assert not any(answer.done() for answer in answers)
            assert not seen.done()  # whoever looks waits for the disk as well
            other.execute("ROLLBACK")
            assert seen.result(30).turn == 2
            looking.shutdown()
            view = next_view(socket)
            assert view.turn == 2
            while not view.settled:
                view = next_view(socket)
            assert view.indicators[0].change is not None or view.indicators[0].hidden


def test_a_view_that_could_not_be_shown_for_a_moment_is_sent_after_it(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        room = host.session(host.who(one.token).session).rooms[1]
        moves = able(host, two)
        with (
            live(served, one, "?view=en") as socket,
            closing(sqlite3.connect(tmp_path / "store.db")) as other,
        ):
            quiet(socket)
            other.execute("BEGIN IMMEDIATE")
            with room.lock:
                room.show_to("")  # something that all see, while somebody is at work in the room
                host.told(host.session(host.who(one.token).session), 1)
                assert not quiet(socket)
                drafted = host.draft_soon(two.token, Order(turn=1, moves=moves), None)
            assert not any(told.startswith("view") for told in quiet(socket))
            other.execute("ROLLBACK")
            assert drafted.result(30) == Ack(turn=1)
            assert next_view(socket).turn == 1


def test_a_view_that_is_sent_says_what_the_view_itself_would(baghdad, tmp_path):
    with serving(tmp_path, baghdad, thinkers=Thinkers(1)) as served:
        group = Group(served.host, baghdad).begin()
        person = SimpleNamespace(token=group.token())
        group.play_turn()
        with live(served, person, "?view=ar") as socket:
            told = socket.recv(timeout=30)
            while not View.model_validate_json(told.removeprefix(b"view ")).settled:
                told = socket.recv(timeout=20)
        known = served.host.view(person.token, "ar")
        assert json.loads(told.removeprefix(b"view ")) == json.loads(known.model_dump_json())
        assert json.loads(known.as_json()) == json.loads(known.model_dump_json())


def test_a_socket_shows_that_it_is_alive_and_one_that_takes_nothing_is_let_go(baghdad, tmp_path, monkeypatch):
    monkeypatch.setattr("game.server.hub.HEARTBEAT", 0.3)
    with serving(tmp_path, baghdad) as served:
        host, group = served.host, Group(served.host, baghdad).begin()
        person, name = SimpleNamespace(token=group.token()), group.ids[1, group.roles[0]]
        with live(served, person) as socket:
            while socket.recv(timeout=30) != "still":
                pass
        assert until(lambda: not host.session(group.name).presence.devices(name))
        with never_reads(int(served.url.rpartition(":")[2]), person.token, "?view=en"):
            assert until(lambda: host.session(group.name).presence.devices(name) == 1)
            shown = cycle((True, False))

            def is_gone():  # what it would be sent fills its buffers bit by bit
                group.act("evidence", shown=next(shown))
                return not host.session(group.name).presence.devices(name)

            assert until(is_gone, 60)


def test_a_socket_that_could_not_be_told_what_is_new_is_let_go(tutorial, tmp_path, monkeypatch, caplog):
    with serving(tmp_path, tutorial) as served:
        host, (one, two) = served.host, both_seats(served, tutorial)
        url = served.url.replace("http", "ws") + "/live"
        with connect(url, additional_headers={"Authorization": f"Bearer {one.token}"}, proxy=None) as socket:
            quiet(socket)
            works = host.status_at
            monkeypatch.setattr(host, "status_at", lambda _place: works(None))
            assert isinstance(host.confirm(two.token, Order(turn=1)), Ack)
            with pytest.raises(ConnectionClosed):
                quiet(socket)
        assert "a socket was not told what is new" in caplog.text
