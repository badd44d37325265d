"""A whole server is killed under load, has slow and silent clients, and meets orders of every wrong kind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from websockets.sync.client import connect

from game.scenario.loading import load
from game.session.api import Act
from game.session.host import Host
from game.session.store import Store
from tests.server.serving import free_port, serving
from tests.session.conftest import database, fresh_database  # noqa: F401 - fixtures
from tests.session.group import Group

KILLS = int(os.environ.get("SESSION_KILLS", "5"))
ROOMS = 4
PATIENCE = 60.0


@pytest.fixture(scope="module")
def baghdad():
    return load("baghdad-2021")


class Seat:
    """A phone that plays as fast as it can, and sends again until it is answered."""

    def __init__(self, place, token, port):
        self.place, self.port = place, port
        self.client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=10)
        self.kept = {}
        self.stop = threading.Event()

    def ask(self, method, what, body=None):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.client.request(method, f"http://127.0.0.1:{self.port}/api/{what}", json=body)
            except httpx.TransportError:
                assert time.monotonic() < end, "the server is not back"
                time.sleep(0.05)

    def view(self):
        answer = self.ask("GET", "view")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def order(self, view):
        moves = [move["id"] for move in view["policies"] if move["available"]][:1]
        order = {"turn": view["turn"], "moves": moves}
        answer = self.ask("POST", "confirm", {"order": order, "key": str(view["turn"])})
        if answer.status_code == 200:
            self.kept[view["turn"]] = moves
        return answer

    def play(self):
        while not self.stop.is_set():
            view = self.view()
            if view["phase"] == "over":
                return
            if view["phase"] == "deciding":
                self.order(view)
            else:
                time.sleep(0.02)


@pytest.fixture
def phone():
    """Make phones that are put away in the end."""
    made = []

    def another(place, token, port):
        made.append(Seat(place, token, port))
        return made[-1]

    yield another
    for seat in made:
        seat.client.close()


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def server(where, port):
    command = [sys.executable, "-m", "tests.server.drilling", where, str(port)]
    process = subprocess.Popen(command)
    try:
        end = time.monotonic() + PATIENCE
        while not answers(port):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.wait(10)


@contextmanager
def playing(seats):
    threads = [threading.Thread(target=seat.play, daemon=True) for seat in seats]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for seat in seats:
            seat.stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in threads)


def wait_until(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def check_kept(where, name, seats):
    """Every acknowledged order stands once, and every turn was resolved once."""
    store = Store(where)
    try:
        for room in range(1, ROOMS + 1):
            bodies = [item.body for item in store.read(name, room)]
            orders = [body for body in bodies if body["record"] == "order"]
            for seat in (seat for seat in seats if seat.place[0] == room):
                for turn, moves in seat.kept.items():
                    mine = [body for body in orders if (body["role"], body["turn"]) == (seat.place[1], turn)]
                    assert [body["moves"] for body in mine] == [moves]
            turns = [body["turn"] for body in bodies if body["record"] == "resolve"]
            assert turns == list(range(1, len(turns) + 1))
    finally:
        store.close()


def begun(where, loaded):
    """Return a session that has begun, kept by a host that is gone."""
    host = Host(Store(where))
    group = Group(host, loaded, rooms=ROOMS).begin()
    host.close()
    return group


def go_on(seats):
    """Every room plays one more turn."""
    views = {seat.place: seat.view() for seat in seats}
    for seat in seats:
        if views[seat.place]["phase"] == "deciding":
            assert seat.order(views[seat.place]).status_code == 200
    for seat in seats:
        view = seat.view()
        assert view["phase"] == "over" or view["turn"] > views[seat.place]["turn"]


@pytest.mark.parametrize("trial", range(KILLS))
def test_a_killed_server_comes_back_with_everything(tmp_path, baghdad, phone, trial):
    where, port = str(tmp_path / "store.db"), free_port()
    group = begun(where, baghdad)
    seats = [phone(place, token, port) for place, token in group.tokens.items()]
    with ExitStack() as stack:
        first = stack.enter_context(server(where, port))
        with playing(seats):
            wait_until(lambda: sum(len(seat.kept) for seat in seats) > 4 + 5 * trial % 40)
            os.kill(first.pid, signal.SIGKILL)
            first.wait(10)
            stack.enter_context(server(where, port))
            began = time.perf_counter()
            for seat in seats:
                phone(seat.place, group.tokens[seat.place], port).view()
            print(f"all views back after {time.perf_counter() - began:.2f} s")
        go_on(seats)
    check_kept(where, group.name, seats)


def test_one_of_two_servers_on_postgresql_is_killed(fresh_database, baghdad, phone):  # noqa: F811 - the fixture
    group, ports = begun(fresh_database, baghdad), (free_port(), free_port())
    tokens = group.tokens.items()
    seats = [phone(place, token, ports[at % 2]) for at, (place, token) in enumerate(tokens)]
    with server(fresh_database, ports[0]) as first, server(fresh_database, ports[1]):
        with playing(seats):
            wait_until(lambda: sum(len(seat.kept) for seat in seats) > 20)
            os.kill(first.pid, signal.SIGKILL)
            for seat in seats:
                seat.port = ports[1]
            more = sum(len(seat.kept) for seat in seats) + 8
            wait_until(lambda: sum(len(seat.kept) for seat in seats) > more)
        go_on(seats)
    check_kept(fresh_database, group.name, seats)


def test_slow_and_silent_clients_hold_nobody_up(tmp_path, tutorial, phone, capfd):
    with serving(tmp_path, tutorial) as served:
        group = _people(served, tutorial)
        port = int(served.url.rpartition(":")[2])
        silent = [socket.create_connection(("127.0.0.1", port)) for _each in range(30)]
        for at, client in enumerate(silent):
            client.sendall(
                b"POST /api/confirm HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"[: 40 + at]
            )
        url, header = f"ws://127.0.0.1:{port}/live", {"Authorization": f"Bearer {group[0].token}"}
        slow = [_never_reads(port, group[0].token) for _each in range(20)]
        with connect(url, additional_headers=header, proxy=None, close_timeout=1) as healthy:
            for number in range(300):
                answer = served.host.send(group[1].token, "all", f"{number} " + "x" * 1500)
                assert answer.turn == 1
            told = healthy.recv(timeout=10)
            assert str(told).startswith("changed")
            seat = phone((1, ""), group[0].token, port)
            assert seat.order(seat.view()).status_code == 200
        for client in (*silent, *slow):
            client.close()
    assert "Traceback" not in capfd.readouterr().err


def _never_reads(port, token):
    """Return a socket that was upgraded to a WebSocket with a small buffer, and is never read."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.connect(("127.0.0.1", port))
    head = (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    )
    client.sendall(head.encode())
    return client


def _people(served, loaded):
    people = []
    for role in loaded.ruleset.role_at:
        joined = served.host.join(served.code, f"Person {role}")
        served.host.claim(joined.token, 1, role)
        people.append(joined)
    served.host.act(served.facilitator, Act(kind="start"))
    return people


def test_orders_of_every_wrong_kind(tmp_path, tutorial, phone):
    with serving(tmp_path, tutorial) as served:
        one, two = _people(served, tutorial)
        port = int(served.url.rpartition(":")[2])
        seat, other = phone((1, ""), one.token, port), phone((1, ""), two.token, port)
        view, foreign = seat.view(), other.view()
        twice = [seat.order(view) for _again in range(3)]
        assert [answer.status_code for answer in twice] == [200] * 3
        kept = [item.body for item in served.host.store.read(served.made.session_id, 1)]
        assert [body["record"] for body in kept].count("order") == 1
        assert other.order(foreign).status_code == 200
        late = seat.ask("POST", "confirm", {"order": {"turn": 1, "moves": []}, "key": "late"})
        assert (late.status_code, late.json()["code"]) == (409, "wrong_turn")
        strange = [
            move["id"]
            for move in foreign["policies"]
            if move["id"] not in {m["id"] for m in view["policies"]}
        ]
        answer = seat.ask("POST", "confirm", {"order": {"turn": 2, "moves": strange[:1]}, "key": "foreign"})
        assert answer.status_code == 409
        assert answer.json()["reason"]
        large = seat.ask(
            "POST", "confirm", {"order": {"turn": 2, "moves": ["x" * 100] * 1000}, "key": "large"}
        )
        assert (large.status_code, large.json()["code"]) == (413, "malformed")
        assert seat.view()["turn"] == 2
