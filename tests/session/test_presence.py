"""Who is here? Whoever is connected to any process, and whoever asks without a socket: nobody stands in for them."""

import pytest
import sqlalchemy as sa

from game.play.orders import Ack, Order
from game.session.host import Host
from game.session.sharing import ALIVE
from game.session.store import Store
from game.session.tables import hosts
from tests.session.closing import close_all
from tests.session.conftest import Hands
from tests.session.group import Group


@pytest.fixture
def two(fresh_database, clock):
    found = [Host(Store(fresh_database), clock) for _host in range(2)]
    yield found
    close_all(found, fresh_database)


def both_tick(two) -> None:
    for _time in range(2):
        for host in two:
            host.tick()


def wait(hosts, clock: Hands, seconds: int) -> None:
    """Let time pass while hosts look at it."""
    for _second in range(seconds):
        clock.at += 1
        for host in hosts:
            host.tick()


def test_a_player_of_another_process_is_not_away(two, tutorial, clock: Hands):
    group = Group(two[0], tutorial, grace_seconds=30)
    two[1].present(group.token(0), 1)
    two[0].present(group.token(1), 1)
    group.begin()
    both_tick(two)
    for host in two:
        assert [seat.connected for seat in host.status(group.token()).seats] == [1, 1]
    wait(two, clock, 31)
    both_tick(two)
    assert [seat.held for seat in group.status().seats] == ["people", "people"]
    two[1].present(group.token(0), -1)
    both_tick(two)
    assert [seat.connected for seat in group.status().seats] == [0, 1]
    wait(two, clock, 31)
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
        wait([host], clock, 50)
        host.seen(group.token(1))
        host.tick()
    assert [(seat.held, seat.connected) for seat in group.status().seats] == [("people", 1)] * 2
    wait([host], clock, 30)
    told.clear()
    wait([host], clock, 31)
    assert told == [1]
    assert [(seat.held, seat.connected) for seat in group.status().seats] == [("people", 1), ("people", 0)]
    wait([host], clock, 10)
    assert [seat.held for seat in group.status().seats] == ["people", "caretaker"]


def test_whoever_sends_something_is_not_away(host, tutorial, clock):
    group = Group(host, tutorial, grace_seconds=30).begin()
    clock.at += 20
    host.draft(group.token(1), Order(turn=1, moves=group.choice(1)))
    wait([host], clock, 15)
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


@pytest.mark.parametrize("is_same", [True, False], ids=["asleep", "ended"])
def test_time_that_runs_out_while_the_host_is_away_pauses_the_game(opened, tutorial, clock, is_same):
    host = opened()
    group = Group(host, tutorial, turn_seconds=300).begin()
    host.present(group.token(), 1)
    wait([host], clock, 60)
    clock.at += 3600
    group.host = host if is_same else opened()
    group.host.tick()
    status = group.status()
    assert (status.turn, status.paused, status.left) == (1, True, 300)
    assert "slept" in group.host.messages(group.token())[-1].text
    assert group.act("resume") == Ack(turn=1)
    assert group.status().deadline == clock.at + 300


def test_a_game_that_everybody_left_is_not_played_by_its_clock(host, tutorial, clock):
    group = Group(host, tutorial, turn_seconds=60).begin()
    host.present(group.token(), 1)
    wait([host], clock, 61)
    assert group.status().turn == 2
    host.present(group.token(), -1)
    wait([host], clock, 61)
    assert group.status().turn == 3
    wait([host], clock, 61)
    assert (group.status().turn, group.status().paused) == (3, True)


def test_whoever_is_in_another_room_keeps_the_clock_going(host, tutorial, clock):
    group = Group(host, tutorial, rooms=2, turn_seconds=60).begin()
    host.present(group.token(room=2), 1)
    wait([host], clock, 61)
    assert [group.status(room).turn for room in (1, 2)] == [2, 2]


@pytest.mark.parametrize("is_same", [True, False], ids=["asleep", "ended"])
def test_nobody_is_absent_for_time_in_which_no_host_looked(opened, tutorial, clock, is_same):
    host = opened()
    group = Group(host, tutorial, grace_seconds=120).begin()
    wait([host], clock, 10)
    clock.at += 3600
    group.host = host if is_same else opened()
    group.host.tick()
    group.host.present(group.token(), 1)
    wait([group.host], clock, 119)
    assert [seat.held for seat in group.status().seats] == ["people", "people"]
    wait([group.host], clock, 1)
    assert [seat.held for seat in group.status().seats] == ["people", "caretaker"]


def test_where_everybody_is_away_no_caretaker_plays(host, tutorial, clock):
    group = Group(host, tutorial, grace_seconds=30).begin()
    wait([host], clock, 100)
    assert [seat.held for seat in group.status().seats] == ["people", "people"]
