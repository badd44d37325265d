"""What happens when threads, devices and processes cross each other: nobody is left waiting, nobody gets in."""

import sqlite3
import threading
import time
from collections.abc import Sequence

from game.play.orders import Ack, Order, Prediction
from game.session.host import Host
from game.session.limiter import MOST_MISSES, Limiter
from game.session.listening import Listener
from game.session.room import Room
from game.session.session import Presence
from game.session.store import Store
from game.session.stored import UnsavedError
from tests.session.group import Group
from tests.session.test_shared import two, until

__all__ = ["two"]


def at_once(work, times: int = 8) -> None:
    """Run work in several threads that begin together."""
    gate = threading.Barrier(times)

    def run() -> None:
        gate.wait()
        work()

    threads = [threading.Thread(target=run) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_others_are_told_though_the_one_who_ordered_has_gone(host, tutorial):
    group = Group(host, tutorial).begin()
    gate, heard = threading.Event(), []

    def hold_up(_session: str, number: int, _version: int) -> None:
        heard.append(number)
        gate.wait(5)

    host.subscribe(hold_up)
    first = host.confirm_soon(group.token(0), Order(turn=1), "a")
    second = host.confirm_soon(group.token(1), Order(turn=1), "b")
    assert not second.cancel()
    gate.set()
    assert first.result(30) == second.result(30) == Ack(turn=1)
    assert until(lambda: heard.count(1) == 2)


def test_who_comes_too_late_on_one_host_has_its_watchers_told(two, tutorial):
    group = Group(two[0], tutorial, rooms=4).begin()
    told: dict[int, int] = {}
    two[1].subscribe(lambda _session, number, version: told.update({number: version}))
    for room in range(1, 5):
        assert two[1].status(group.token(room=room)).turn == 1
        assert two[0].confirm(group.token(0, room), Order(turn=1)) == Ack(turn=1)
        racing = two[0].confirm_soon(group.token(1, room), Order(turn=1), "k")
        late = two[1].confirm_soon(group.token(1, room), Order(turn=1), "other")
        codes = {getattr(done.result(30), "code", "ack") for done in (racing, late)}
        assert codes <= {"ack", "confirmed", "wrong_turn"}
        kept = len(two[0].store.read(group.name, room))
        assert until(lambda room=room, kept=kept: told.get(room) == kept), (told, room, kept)


def test_what_builds_on_an_order_that_came_too_late_is_done_again_after_it(tmp_path, tutorial):
    where = tmp_path / "store.db"
    here, there = Host(Store(where)), Host(Store(where))
    group = Group(here, tutorial).begin()
    assert group.status().turn == 1
    assert there.send(group.token(1), "all", "I was faster.") == Ack(turn=1)
    disk = sqlite3.connect(where, isolation_level=None)
    disk.execute("BEGIN IMMEDIATE")
    waiting = [here.confirm_soon(token, Order(turn=1), "k") for token in group.tokens.values()]
    disk.execute("COMMIT")
    disk.close()
    assert {done.result(30) for done in waiting} == {Ack(turn=1)}
    kept = [item.body["record"] for item in there.store.read(group.name, 1)]
    assert kept[-4:] == ["message", *["order"] * len(waiting), "resolve"]
    for host in (here, there):
        host.close()


def test_of_an_order_that_came_too_late_nothing_stays_and_nothing_else_is_lost(two, tutorial, monkeypatch):
    here, there = two
    group = Group(here, tutorial).begin()
    first, second = group.roles[:2]
    token = group.token()
    reading = tutorial.ruleset.readings[0]
    assert here.predict(token, Prediction(turn=1, readings={reading: 1.0}), "p") == Ack(turn=1)
    assert there.status(token).turn == 1
    here.store._listener.close()  # it hears nothing from now on
    read_whole = []
    monkeypatch.setattr(Room, "forget", read_whole.append)
    assert there.draft(group.token(1), Order(turn=1, moves=group.choice(1)), "d") == Ack(turn=1)
    drafted = here.draft_soon(token, Order(turn=1, moves=group.choice()), "d")
    ordered = here.confirm_soon(token, Order(turn=1), "o")
    assert drafted.result(30) == ordered.result(30) == Ack(turn=1)
    assert not read_whole
    monkeypatch.undo()
    kept = [(item.body["record"], item.body.get("role")) for item in here.store.read(group.name, 1)]
    assert kept[-4:] == [("prediction", first), ("draft", second), ("draft", first), ("order", first)]
    later = Host(Store(here.store.where))
    for role in range(2):
        assert here.view(group.token(role), "en") == later.view(group.token(role), "en")
    assert here.predicted(token) == later.predicted(token)
    later.close()


def test_news_that_came_before_ones_own_order_was_noted_is_taken_in_after_it(two, tutorial, monkeypatch):
    here, there = two
    group = Group(here, tutorial).begin()
    assert there.status(group.token()).turn == 1
    submit, come, heard = here.store.submit, threading.Event(), threading.Event()

    def submit_slowly(batch):
        done = submit(batch)
        done.add_done_callback(lambda _kept: come.wait(5))
        return done

    room = here.session(group.name).rooms[1]
    listened = room.heard

    def hear(size, stored=()):
        listened(size, stored)
        if size == len(there.store.read(group.name, 1)):
            heard.set()

    monkeypatch.setattr(here.store, "submit", submit_slowly)
    ordered = here.confirm_soon(group.token(), Order(turn=1), "o")
    assert until(lambda: group.roles[0] not in there.status(group.token()).missing)
    monkeypatch.setattr(room, "heard", hear)
    assert there.send(group.token(1), "all", "I am next.") == Ack(turn=1)
    assert heard.wait(30)
    come.set()
    assert ordered.result(30) == Ack(turn=1)
    assert until(lambda: [said.text for said in here.messages(group.token())] == ["I am next."])


def test_one_key_on_two_hosts_at_once_is_one_order(two, tutorial):
    group = Group(two[0], tutorial, rooms=6).begin()
    for room in range(1, 7):
        assert two[1].status(group.token(room=room)).turn == 1
        waiting = [
            host.confirm_soon(group.token(room=room), Order(turn=1), "mine")
            for host in two
            for _time in range(3)
        ]
        assert {done.result(30) for done in waiting} == {Ack(turn=1)}
        kept = [item.body["record"] for item in two[0].store.read(group.name, room)]
        assert kept.count("order") == 1


def test_news_that_cannot_be_taken_in_does_not_end_the_listening(fresh_database):
    heard = []

    def take(news: Sequence[tuple[str, int, int]] | None) -> None:
        heard.append(news)
        if len(heard) == 1:
            raise UnsavedError("away")

    listener = Listener(fresh_database, take)
    try:
        assert until(lambda: heard == [None, None])
    finally:
        listener.close()


def test_an_ended_token_is_not_remembered_by_a_question_that_began_before(host, tutorial):
    group = Group(host, tutorial).begin()
    old, person = group.token(), group.ids[1, group.roles[0]]
    asking = True

    def ask() -> None:
        while asking:
            host.who(old)
            time.sleep(0)

    threads = [threading.Thread(target=ask) for _n in range(4)]
    for thread in threads:
        thread.start()
    new = old
    for _time in range(10):
        new = host.reissue(group.facilitator, person).token
    asking = False
    for thread in threads:
        thread.join()
    assert host.who(old) is None
    assert host.status(old).code == "stranger"
    assert host.who(new).id == person


def test_devices_are_counted_from_any_thread():
    presence = Presence(0.0)

    def come_and_go() -> None:
        for _time in range(2000):
            presence.change("p", 1, 0.0)
            presence.change("p", -1, 0.0)

    presence.change("p", 1, 0.0)
    at_once(come_and_go)
    assert presence.devices("p") == 1
    assert presence.gone_since("p") is None


def test_misses_are_counted_from_any_thread():
    limiter = Limiter()
    at_once(lambda: [limiter.missed(f"{n % 50}", 1.0) for n in range(1000)])
    assert not limiter.allows("7", 2.0)
    assert MOST_MISSES > 1


def test_a_player_sees_no_second_seat_while_the_game_runs(host, tutorial):
    group = Group(host, tutorial, rooms=2)
    mine, other = group.token(0), group.roles[1]
    assert host.claim(mine, 1, other) == Ack(turn=1)
    assert host.claim(mine, 1, group.roles[0]) == Ack(turn=1)
    group.begin()
    for room, role in ((1, other), (2, group.roles[0]), (2, other)):
        refused = host.claim(mine, room, role)
        assert refused.code == "taken"
        assert "facilitator" in refused.reason
    assert host.claim(mine, 1, group.roles[0]) == Ack(turn=1)
    assert host.view(mine, "en").role == group.roles[0]
    person = group.ids[1, group.roles[0]]
    group.act("seat", participant=person, room=1, role=other)
    assert host.view(mine, "en").role == other
    late = group.join("late")
    assert host.claim(late.token, 1, group.roles[0]) == Ack(turn=1)


def test_what_is_said_to_a_closing_store_is_answered(tmp_path, tutorial):
    host = Host(Store(tmp_path / "store.db"))
    group = Group(host, tutorial).begin()
    waiting = []
    going = True

    def order() -> None:
        while going:
            waiting.append(host.confirm_soon(group.token(), Order(turn=1), f"{len(waiting)}"))

    thread = threading.Thread(target=order)
    thread.start()
    time.sleep(0.05)
    host.close()
    going = False
    thread.join()
    assert waiting
    assert {getattr(done.result(30), "code", "ack") for done in waiting} <= {"ack", "confirmed", "unsaved"}


def test_a_device_goes_as_who_it_came_though_its_token_has_ended(host, tutorial):
    group = Group(host, tutorial).begin()
    old, person = group.token(), group.ids[1, group.roles[0]]
    host.present(old, 1)
    host.reissue(group.facilitator, person)
    host.present(old, 1)
    assert group.host.session(group.name).presence.devices(person) == 1
    host.present(old, -1)
    assert group.host.session(group.name).presence.devices(person) == 0
    host.present("nobody's", 1)
    host.present("nobody's", -1)
