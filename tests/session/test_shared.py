"""Several hosts on one PostgreSQL database hold the same rooms."""

import threading
import time

import pytest
import sqlalchemy as sa

from game.play.orders import Ack, Order
from game.session.host import Host
from game.session.store import Store
from tests.session.closing import close_all
from tests.session.group import Group


@pytest.fixture
def two(fresh_database):
    hosts = [Host(Store(fresh_database)) for _host in range(2)]
    yield hosts
    close_all(hosts, fresh_database)


def until(holds, seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def test_what_one_keeps_the_other_shows(two, tutorial):
    group = Group(two[0], tutorial).begin()
    assert two[1].status(group.token(1)).turn == 1
    heard = threading.Event()
    two[1].subscribe(lambda _session, _number, _version: heard.set())
    assert group.confirm(0) == Ack(turn=1)
    assert heard.wait(30)
    assert until(lambda: two[1].status(group.token(1)).missing == (group.roles[1],))
    assert two[1].confirm(group.token(1), Order(turn=1), "k") == Ack(turn=1)
    assert until(lambda: group.status().turn == 2)
    assert two[0].view(group.token(), "en") == two[1].view(group.token(), "en")


def test_orders_at_the_same_moment_meet_in_one_turn_and_nobody_is_left_behind(two, tutorial):
    rooms = range(1, 16)
    group = Group(two[0], tutorial, rooms=len(rooms)).begin()
    told: list[dict[int, int]] = [{}, {}]
    for host, versions in zip(two, told, strict=True):
        host.subscribe(lambda _session, room, version, versions=versions: versions.update({room: version}))
    for room in rooms:
        assert two[1].status(group.token(room=room)).turn == 1
    for turn in range(1, tutorial.ruleset.turns + 1):
        waiting = [
            host.confirm_soon(group.token(at, room), Order(turn=turn), f"k{turn}")
            for room in rooms
            for at, host in enumerate(two)
        ]
        assert {done.result(20) for done in waiting} == {Ack(turn=turn)}
        stored = {room: two[0].store.read(group.name, room) for room in rooms}
        for kept in stored.values():
            kinds = [item.body["record"] for item in kept]
            assert (kinds.count("order"), kinds.count("resolve")) == (2 * turn, turn)
        last = {room: len(kept) for room, kept in stored.items()}
        assert until(lambda last=last: told == [last, last]), (turn, last, told)


def test_a_lost_connection_is_caught_up_with(two, tutorial, fresh_database):
    group = Group(two[0], tutorial).begin()
    assert two[1].status(group.token()).turn == 1
    engine = sa.create_engine(fresh_database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as link:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        assert len(link.execute(sa.text(ended)).all()) == 2
    engine.dispose()
    group.play_turn()
    assert until(lambda: two[1].status(group.token()).turn == 2)


def test_a_session_deleted_by_one_is_gone_for_the_other(two, tutorial):
    group = Group(two[0], tutorial).begin()
    assert two[1].status(group.token()).turn == 1
    two[0].delete(group.facilitator)
    assert until(lambda: getattr(two[1].status(group.token()), "code", "") == "stranger")
