"""A whole server is killed under load, has slow and silent clients, and meets orders of every wrong kind."""

import json
import os
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from websockets.sync.client import connect

from game.cli.addresses import free_port
from game.scenario.loading import load
from game.session.host import Host
from game.session.store import Store
from tests.server.drilling import SMALL_BUFFER, Phone, Window, playing, server, wait_until
from tests.server.serving import never_reads
from tests.session.conftest import database, fresh_database  # noqa: F401 - fixtures
from tests.session.group import Group

KILLS = int(os.environ.get("SESSION_KILLS", "5"))
ROOMS = 4
CHANGES = 150


@pytest.fixture(scope="module")
def baghdad():
    return load("baghdad-2021")


@pytest.fixture
def phone():
    """Make phones, or windows, that are put away in the end."""
    made = []

    def another(place, token, port, kind=Phone):
        made.append(kind(place, token, port))
        return made[-1]

    yield another
    for one in made:
        one.close()


def begun(where, loaded):
    """Return a session that has begun, kept by a host that is gone."""
    host = Host(Store(where))
    group = Group(host, loaded, rooms=ROOMS).begin()
    host.close()
    return group


def orders_sent(phones):
    return sum(len(one.kept) for one in phones)


def check_kept(where, name, phones):
    """Every acknowledged order stands once, no seat has two in a turn, and every turn was resolved once."""
    known = {one.place: dict(one.kept) for one in phones}
    store = Store(where)
    try:
        for room in range(1, ROOMS + 1):
            bodies = [item.body for item in store.read(name, room)]
            orders = [body for body in bodies if body["record"] == "order"]
            found = {(body["role"], body["turn"]): body["moves"] for body in orders}
            assert len(found) == len(orders)
            mine = {place[1]: kept for place, kept in known.items() if place[0] == room}
            for role, kept in mine.items():
                assert {turn: found.get((role, turn)) for turn in kept} == kept
            turns = [body["turn"] for body in bodies if body["record"] == "resolve"]
            assert turns == list(range(1, len(turns) + 1))
    finally:
        store.close()


def go_on(phones):
    """Every room ends its turn and plays one more whole turn."""
    assert [one.refused for one in phones if one.refused] == []
    first = {one.place: one.status()["turn"] for one in phones}
    for turn in range(2):
        for one in phones:
            status = one.status()
            assert (status["phase"], status["turn"] - first[one.place]) in {
                ("playing", turn),
                ("playing", turn + 1),
            }
            if one.place[1] in status["missing"] and status["turn"] == first[one.place] + turn:
                assert one.hand_in(status["turn"], []).status_code == 200
    assert {one.place: one.status()["turn"] - 2 for one in phones} == first


@pytest.mark.parametrize("trial", range(KILLS))
def test_a_killed_server_comes_back_with_everything(tmp_path, baghdad, phone, trial):
    where, port = str(tmp_path / "store.db"), free_port()
    group = begun(where, baghdad)
    phones = [
        phone(place, token, port, Window if at % 2 else Phone)
        for at, (place, token) in enumerate(group.tokens.items())
    ]
    with ExitStack() as stack:
        first = stack.enter_context(server(where, port))
        with playing(phones), ThreadPoolExecutor(len(phones)) as pool:
            wait_until(lambda: orders_sent(phones) > 4 + 5 * trial % 40)
            os.kill(first.pid, signal.SIGKILL)
            first.wait(10)
            check_kept(where, group.name, phones)
            others = [phone(one.place, one.token, port) for one in phones]
            stack.enter_context(server(where, port))
            began = time.perf_counter()
            views = list(pool.map(Phone.view, others, timeout=30))
            seconds = time.perf_counter() - began
        assert all(view["policies"] for view in views)
        again = sum(one.sent_again > 0 for one in phones)
        print(f"all views back after {seconds:.2f} s; {again} of {len(phones)} seats sent an order again")
        go_on(phones)
        assert all(one.by_socket for one in phones if isinstance(one, Window))
    check_kept(where, group.name, phones)


def test_one_of_two_servers_on_postgresql_is_killed(fresh_database, baghdad, phone):  # noqa: F811 - the fixture
    group, ports = begun(fresh_database, baghdad), (free_port(), free_port())
    tokens = group.tokens.items()
    phones = [
        phone(place, token, ports[at % 2], Window if at // 2 % 2 else Phone)
        for at, (place, token) in enumerate(tokens)
    ]
    with server(fresh_database, ports[0]) as first, server(fresh_database, ports[1]):
        with playing(phones):
            wait_until(lambda: orders_sent(phones) > 20)
            os.kill(first.pid, signal.SIGKILL)
            before = {one.place: len(one.kept) for one in phones}
            for one in phones:
                one.port = ports[1]
            wait_until(lambda: all(len(one.kept) > before[one.place] for one in phones))
        go_on(phones)
    check_kept(fresh_database, group.name, phones)


def news_waiting(client):
    """Return how many changes a client was sent that begins to read only now."""
    client.settimeout(1)
    got = b""
    while True:
        try:
            chunk = client.recv(65536)
        except TimeoutError:
            return got.count(b'"version"')
        assert chunk
        got += chunk


def hear(live, version):
    """Read what a socket tells until it has told of a version; return how many times it told."""
    for heard in range(1, CHANGES):
        _kind, _space, status = str(live.recv(timeout=20)).partition(" ")
        if status and json.loads(status)["version"] >= version:
            return heard
    raise AssertionError(version)


def test_slow_and_silent_clients_hold_nobody_up(tmp_path, baghdad, phone, capfd):
    where, port, told = str(tmp_path / "store.db"), free_port(), 0
    group = begun(where, baghdad)
    phones = [phone(place, token, port) for place, token in group.tokens.items()]
    one, two = phones[:2]
    speakers = [each for each in phones if each.place[0] == 1][1:]
    elsewhere = next(each for each in phones if each.place[0] == 2)
    with server(where, port, SMALL_BUFFER), ExitStack() as stack:
        for at in range(30):
            silent = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            half = b"POST /api/confirm HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"
            silent.sendall(half[: 40 + at])
        assert two.view()["turn"] == 1
        slow = [stack.enter_context(never_reads(port, one.token)) for _each in range(8)]
        url, header = f"ws://127.0.0.1:{port}/live", {"Authorization": f"Bearer {one.token}"}
        live = connect(url, additional_headers=header, proxy=None, close_timeout=1)
        with live:
            for number in range(CHANGES):
                speaker = speakers[number % len(speakers)]
                said = speaker.ask("POST", "say", {"to": "all", "text": f"{number}", "key": f"said {number}"})
                assert said.status_code == 200, said.text
                assert number % 5 or elsewhere.status()["phase"] == "playing"
                told += hear(live, one.status()["version"])
            for each in (one, two, elsewhere):
                assert each.order(each.view()).status_code == 200
            hear(live, one.status()["version"])
        assert told >= CHANGES
        assert news_waiting(slow[0]) < CHANGES * 3 / 4
        go_on([each for each in phones if each.place[0] == 1])
        assert "Traceback" not in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="a machine has many addresses of its own on Linux alone")
def test_one_machine_that_opens_all_it_can_leaves_room_for_the_class(tmp_path, baghdad, phone):
    where, port = str(tmp_path / "store.db"), free_port()
    group = begun(where, baghdad)
    phones = [phone(place, token, port) for place, token in group.tokens.items() if place[0] == 1]
    with server(where, port, files=256), ExitStack() as stack:
        for _each in range(400):
            laptop = socket.create_connection(("127.0.0.1", port), 10, source_address=("127.0.0.9", 0))
            stack.enter_context(laptop)
        for each in phones:
            assert each.order(each.view()).status_code == 200
        assert {each.view()["turn"] for each in phones} == {2}
        assert sum(each.sent_again for each in phones) == 0


def test_orders_of_every_wrong_kind(tmp_path, baghdad, phone):
    where, port = str(tmp_path / "store.db"), free_port()
    group = begun(where, baghdad)
    room = [phone(place, token, port) for place, token in group.tokens.items() if place[0] == 1]
    one, two = room[:2]
    with server(where, port):
        view, other = one.view(), two.view()
        answers = [one.order(view) for _again in range(3)]
        assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {"turn": 1})] * 3
        for each in room[1:]:
            assert each.order(each.view()).status_code == 200
        assert one.view()["turn"] == 2
        assert one.order(view).json() == {"turn": 1}
        check_kept(where, group.name, room)
        before = one.status()["version"]
        late = one.confirm(1, [], "late")
        assert (late.status_code, late.json()["code"]) == (409, "wrong_turn")
        own = {move["id"] for move in view["policies"]}
        theirs = next(move["id"] for move in other["policies"] if move["id"] not in own)
        foreign = one.confirm(2, [theirs], "foreign")
        assert (foreign.status_code, foreign.json()["code"]) == (409, "not_yours")
        assert foreign.json()["move"] == theirs
        large = one.confirm(2, ["x" * 100] * 1000, "large")
        url, pieces = f"http://127.0.0.1:{port}/api/confirm", (b" " * 1024 for _piece in range(100))
        unannounced = one.client.post(url, content=pieces)
        for answer in (large, unannounced):
            assert (answer.status_code, answer.json()["code"]) == (413, "malformed")
        assert all(answer.json()["reason"] for answer in (late, foreign, large, unannounced))
        assert one.status()["version"] == before
        go_on(room)
    check_kept(where, group.name, room)
