"""Who is here? Whoever is connected to any process, and whoever asks without a socket: nobody stands in for them."""

import pytest
import sqlalchemy as sa

from game.play.orders import Order
from game.session.host import Host
from game.session.sharing import ALIVE
from game.session.store import Store
from game.session.tables import hosts
from tests.session.conftest import Hands
from tests.session.group import Group


@pytest.fixture
def two(fresh_database, clock):
    found = [Host(Store(fresh_database), clock) for _host in range(2)]
    yield found
    for host in found:
        host.close()


def both_tick(two) -> None:
    for _time in range(2):
        for host in two:
            host.tick()


def test_a_player_of_another_process_is_not_away(two, tutorial, clock: Hands):
    group = Group(two[0], tutorial, grace_seconds=30)
    two[1].present(group.token(0), 1)
    two[0].present(group.token(1), 1)
    group.begin()
    both_tick(two)
    for host in two:
        assert [seat.connected for seat in host.status(group.token()).seats] == [1, 1]
    clock.at += 31
    both_tick(two)
    assert [seat.held for seat in group.status().seats] == ["people", "people"]
    two[1].present(group.token(0), -1)
    both_tick(two)
    assert [seat.connected for seat in group.status().seats] == [0, 1]
    clock.at += 31
    both_tick(two)
    assert [seat.held for seat in group.status().seats] == ["caretaker", "people"]


def test_two_of_a_seat_confirm_together_from_two_processes(two, tutorial):
    group = Group(two[0], tutorial).begin()
    second = group.join("second")
    two[0].claim(second.token, 1, group.roles[0])
    two[0].present(group.token(0), 1)
    two[1].present(second.token, 1)
    both_tick(two)
    group.confirm(0)
    assert group.status().seats[0].proposed
    assert group.roles[0] in group.status().missing


def test_watchers_of_a_room_hear_who_came_elsewhere(two, tutorial):
    group = Group(two[0], tutorial).begin()
    told = []
    two[0].subscribe(lambda session, room, _version: told.append((session, room)))
    two[1].present(group.token(0), 1)
    both_tick(two)
    assert (group.name, 1) in told


def test_a_dead_process_takes_its_devices_with_it(two, tutorial, fresh_database):
    group = Group(two[0], tutorial).begin()
    two[1].present(group.token(0), 1)
    both_tick(two)
    assert group.status().seats[0].connected == 1
    engine = sa.create_engine(fresh_database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as link:
        link.execute(sa.update(hosts).values(at=hosts.c.at - (ALIVE + 1)))
    engine.dispose()
    two[0].tick()
    assert group.status().seats[0].connected == 0


def test_on_one_machine_nothing_is_told(tmp_path, tutorial):
    host = Host(Store(tmp_path / "store.db"))
    group = Group(host, tutorial).begin()
    host.present(group.token(), 1)
    host.tick()
    assert [seat.connected for seat in group.status().seats] == [1, 0]
    host.close()


def test_whoever_asks_without_a_socket_is_not_away(host, tutorial, clock):
    group = Group(host, tutorial, grace_seconds=70).begin()
    told = []
    host.subscribe(lambda _session, room, _version: told.append(room))
    host.present(group.token(0), 1)
    for _time in range(3):
        clock.at += 50
        host.seen(group.token(1))
        host.tick()
    assert [(seat.held, seat.connected) for seat in group.status().seats] == [("people", 1)] * 2
    clock.at += 61
    told.clear()
    host.tick()
    assert told == [1]
    assert [(seat.held, seat.connected) for seat in group.status().seats] == [("people", 1), ("people", 0)]
    clock.at += 10
    host.tick()
    assert [seat.held for seat in group.status().seats] == ["people", "caretaker"]


def test_whoever_sends_something_is_not_away(host, tutorial, clock):
    group = Group(host, tutorial, grace_seconds=30).begin()
    clock.at += 20
    host.draft(group.token(1), Order(turn=1, moves=group.choice(1)))
    clock.at += 15
    host.tick()
    assert [seat.held for seat in group.status().seats] == ["caretaker", "people"]


def test_a_page_that_lost_its_socket_is_away_until_it_asks_again(host, tutorial, clock):
    group = Group(host, tutorial).begin()
    host.seen(group.token())
    host.present(group.token(), 1)
    clock.at += 1
    host.present(group.token(), -1)
    assert group.status().seats[0].connected == 0
    clock.at += 1
    host.seen(group.token())
    assert group.status().seats[0].connected == 1
    host.seen("nobody's")
