"""Is what a seat hands in by its socket kept, answered and counted like what comes by a request?"""

import json
import sqlite3
import threading
from contextlib import closing, contextmanager

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from game.play.orders import Ack, Order, Prediction
from game.remote.client import Client
from game.remote.seat import RemoteSeat
from game.session.api import Act
from tests.server.serving import serving
from tests.server.test_live import both_seats, quiet


@contextmanager
def line_of(served, person):
    """Open a seat's socket."""
    url = served.url.replace("http", "ws") + "/live"
    header = {"Authorization": f"Bearer {person.token}"}
    with connect(url, additional_headers=header, proxy=None) as socket:
        yield socket


def handed_in(socket, message):
    """Hand something in; return the key and the answer that come back."""
    socket.send(message if isinstance(message, str) else json.dumps(message))
    while True:
        kind, _space, rest = socket.recv(timeout=30).partition(" ")
        if kind == "answer":
            told = json.loads(rest)
            return told["key"], told["answer"]


def orders_in(folder):
    """Return the bodies of all orders that are on the disk."""
    with closing(sqlite3.connect(folder / "store.db")) as link:
        bodies = [json.loads(body) for (body,) in link.execute("SELECT body FROM records ORDER BY n")]
    return [body for body in bodies if body["record"] == "order"]


def test_an_order_is_on_the_disk_when_it_is_answered_and_counts_once_however_it_comes(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        one, two = both_seats(served, tutorial)
        order = {"do": "confirm", "key": 'k 1"', "order": {"turn": 1, "moves": []}}
        with line_of(served, one) as socket:
            assert handed_in(socket, order) == ('k 1"', {"turn": 1})
            assert len(orders_in(tmp_path)) == 1
            assert handed_in(socket, order) == ('k 1"', {"turn": 1})
        again = httpx.post(
            f"{served.url}/api/confirm",
            headers={"Authorization": f"Bearer {one.token}"},
            json={"order": order["order"], "key": 'k 1"'},
        )
        assert again.json() == {"turn": 1}
        assert len(orders_in(tmp_path)) == 1
        assert isinstance(served.host.confirm(two.token, Order(turn=1)), Ack)
        assert served.host.status(one.token).turn == 2


def test_drafts_and_predictions_come_by_it_too(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        view = served.host.view(one.token, "en")
        move = next(item.id for item in view.policies if item.available)
        shares = {item.id: 1 / len(view.readings) for item in view.readings}
        with line_of(served, one) as socket:
            draft = {"do": "draft", "key": "d", "order": {"turn": 1, "moves": [move]}}
            assert handed_in(socket, draft) == ("d", {"turn": 1})
            said = {"do": "predict", "key": "p", "prediction": {"turn": 1, "readings": shares}}
            assert handed_in(socket, said) == ("p", {"turn": 1})
        assert served.host.view(one.token, "en").draft == (move,)
        assert served.host.predicted(one.token) == Prediction(turn=1, readings=shares)


def test_a_refusal_comes_back_in_the_language_that_was_asked_in(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        wrong = {"do": "confirm", "key": "k", "order": {"turn": 9, "moves": []}}
        with line_of(served, one) as socket:
            _key, told = handed_in(socket, {**wrong, "lang": "ar"})
            assert told["code"] == "wrong_turn"
            assert any("\u0600" <= letter <= "\u06ff" for letter in told["reason"])
            _key, told = handed_in(socket, {**wrong, "lang": "nonsense"})
            assert told["reason"].isascii()


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("", None),
        ("confirm", None),
        ('{"do": "confirm", "key": "k", "order": {"turn": "x"}}', None),
        ('{"do": "act", "key": "k"}', None),
        ('{"do": "confirm", "key": ""}', None),
        ('{"do": "confirm", "key": "k"}', "k"),
        ('{"do": "predict", "key": "k", "order": {"turn": 1, "moves": []}}', "k"),
    ],
)
def test_what_cannot_be_understood_is_told_so_and_changes_nothing(tutorial, tmp_path, message, key):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        with line_of(served, one) as socket:
            found, told = handed_in(socket, message)
            assert (found, told["code"]) == (key, "malformed")
            good = {"do": "confirm", "key": "good", "order": {"turn": 1, "moves": []}}
            assert handed_in(socket, good) == ("good", {"turn": 1})
        assert len(orders_in(tmp_path)) == 1


def test_a_socket_without_a_seat_hands_in_nothing(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        order = {"do": "confirm", "key": "k", "order": {"turn": 1, "moves": []}}
        latecomer = served.host.join(served.code, "late")
        with line_of(served, latecomer) as socket:
            assert handed_in(socket, order)[1]["code"] == "stranger"
        with line_of(served, one) as socket:
            served.host.act(served.facilitator, Act(kind="remove", participant=one.participant_id))
            assert handed_in(socket, order)[1]["code"] == "stranger"
        assert orders_in(tmp_path) == []


def test_a_message_that_is_too_large_ends_its_socket_alone(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as served:
        one, two = both_seats(served, tutorial)
        with line_of(served, one) as socket, line_of(served, two) as other:
            socket.send("x" * 5000)
            with pytest.raises(ConnectionClosed):
                quiet(socket)
            order = {"do": "confirm", "key": "k", "order": {"turn": 1, "moves": []}}
            assert handed_in(other, order) == ("k", {"turn": 1})


@contextmanager
def heard(client):
    """Hear a host's news in a thread."""
    begun = threading.Event()

    def hear():
        for _told in client.news():
            begun.set()

    thread = threading.Thread(target=hear, daemon=True)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        client.hang_up()
        thread.join(5)


@pytest.fixture
def asked(monkeypatch):
    """The paths of all requests."""
    found, first = [], httpx.Client.request

    def request(self, method, url, **content):
        found.append(url)
        return first(self, method, url, **content)

    monkeypatch.setattr(httpx.Client, "request", request)
    return found


def test_who_hears_news_hands_in_by_the_same_socket(tutorial, tmp_path, asked):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        client = Client(served.url)
        client.token, seat = one.token, RemoteSeat(client)
        with heard(client):
            assert seat.confirm(Order(turn=1)) == Ack(turn=1)
            assert seat.confirm(Order(turn=2)).code == "wrong_turn"
            assert asked == []
        assert seat.confirm(Order(turn=1)).code == "confirmed"
        assert asked == ["/confirm"]
        client.close()


def test_what_a_lost_socket_does_not_answer_is_sent_by_request_and_counts_once(
    tutorial, tmp_path, asked, monkeypatch
):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        client = Client(served.url)
        client.token, seat = one.token, RemoteSeat(client)
        monkeypatch.setattr(client, "_heard", lambda _told: client.hang_up())  # the answer never arrives
        with heard(client):
            assert seat.confirm(Order(turn=1)) == Ack(turn=1)
        assert asked == ["/confirm"]
        assert len(orders_in(tmp_path)) == 1
        client.close()
