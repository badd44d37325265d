"""Others work out what takes long: orders never wait for it, and answers are what the room itself would say."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from game.play.orders import Ack, Order, Refused
from game.session.host import Host
from game.session.limiter import MOST_ASKED
from game.session.replicas import Question
from game.session.store import Store
from game.session.thinking import ClosingError, Thinkers
from tests.session.group import Group
from tests.session.test_shared import until


@pytest.fixture(scope="module")
def baghdad_host(tmp_path_factory):
    host = Host(Store(tmp_path_factory.mktemp("thinking") / "store.db"), thinkers=Thinkers(1))
    yield host
    host.close()


def settled(host, token):
    assert until(lambda: host.view(token, "en").settled)
    return host.view(token, "en")


def test_a_view_comes_at_once_and_its_estimates_follow(baghdad_host, baghdad):
    host, group = baghdad_host, Group(baghdad_host, baghdad).begin()
    told = threading.Event()
    for turn in (1, 2, 3):
        group.play_turn()
        host.subscribe(
            lambda session, number, _version: told.set() if (session, number) == (group.name, 1) else None
        )
        told.clear()
        first = host.view(group.token(), "en")
        assert first.turn == turn + 1
        if not first.settled:
            assert all(item.change is None and item.trend == "unclear" for item in first.indicators)
            assert any(item.report is not None for item in first.indicators)
            assert told.wait(20)
        now = settled(host, group.token())
        assert all(item.hidden or len(item.history) == turn + 1 for item in now.indicators)
    alone = Host(host.store)
    assert alone.view(group.token(), "en") == settled(host, group.token())


def test_answers_are_what_the_room_itself_would_say(baghdad_host, baghdad):
    host = baghdad_host
    group = Group(host, baghdad, evidence_shown=True).begin()
    for _turn in range(2):
        group.play_turn()
    order = Order(turn=3, moves=group.choice())
    alone = Host(host.store)
    for one in (host, alone):
        assert not isinstance(one.forecast(group.token(), order, "ar"), Refused)
    assert host.forecast(group.token(), order, "ar") == alone.forecast(group.token(), order, "ar")
    assert host.evidence(group.token(), "en") == alone.evidence(group.token(), "en")
    told = host.explain(group.token(), "timetable", 1, 2, "ar")
    assert told == alone.explain(group.token(), "timetable", 1, 2, "ar")
    assert host.explain(group.token(), "no_such", 1, 2, "en").code == "unknown"
    assert host.truth(group.token(), "timetable", 1, "en").code == "closed"
    assert host.forecast("nobody's", order, "en").code == "stranger"


def test_a_turn_taken_back_is_estimated_anew(baghdad_host, baghdad):
    host, group = baghdad_host, Group(baghdad_host, baghdad).begin()
    for _turn in range(3):
        group.play_turn()
    settled(host, group.token())
    group.act("rewind", room=1, turn=2, text="another way")
    now = settled(host, group.token())
    assert now.turn == 2
    for at in range(4):
        assert host.confirm(group.token(at), Order(turn=2)) == Ack(turn=2)
    after = settled(host, group.token())
    assert after == Host(host.store).view(group.token(), "en")


def test_orders_do_not_wait_for_a_forecast(baghdad_host, baghdad):
    host, group = baghdad_host, Group(baghdad_host, baghdad).begin()
    group.play_turn()
    order = Order(turn=2, moves=group.choice())
    host.forecast(group.token(), order, "en")
    asked = [
        threading.Thread(target=host.forecast, args=(group.token(at), Order(turn=2), "en")) for at in range(4)
    ]
    for thread in asked:
        thread.start()
    began = time.perf_counter()
    assert host.confirm(group.token(), order) == Ack(turn=2)
    took = time.perf_counter() - began
    for thread in asked:
        thread.join()
    assert took < 0.5 * (time.perf_counter() - began)


def test_a_killed_thinker_is_replaced(tmp_path, tutorial):
    host = Host(Store(tmp_path / "store.db"), thinkers=Thinkers(1))
    try:
        group = Group(host, tutorial).begin()
        group.play_turn()
        order = Order(turn=2)
        before = host.forecast(group.token(), order, "en")
        pid = next(iter(host.thinkers._thinkers[0]._process._processes))
        os.kill(pid, signal.SIGKILL)
        group.host.draft(group.token(), Order(turn=2, moves=group.choice()))
        assert host.forecast(group.token(), order, "en") == before
        assert settled(host, group.token(1)).turn == 2
    finally:
        host.close()


def test_who_asks_while_no_process_can_start_is_told_and_others_are_answered_later(tmp_path, tutorial):
    host = Host(Store(tmp_path / "store.db"), thinkers=Thinkers(1))
    group = Group(host, tutorial).begin()
    before, highest = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        with ExitStack() as open_files:
            resource.setrlimit(
                resource.RLIMIT_NOFILE,
                (max(int(path.name) for path in Path("/proc/self/fd").iterdir()) + 8, highest),
            )
            with contextlib.suppress(OSError):
                while True:
                    open_files.enter_context(Path(os.devnull).open())
            with pytest.raises(OSError, match="Too many open files"):
                host.thinkers.ask(
                    host.store, tutorial, Question(group.name, 1, "", 1, "estimates", ((0,), 0))
                ).result(30)
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, highest))
        assert not isinstance(host.forecast(group.token(), Order(turn=1), "en"), Refused)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, highest))
        host.close()


def test_who_still_waits_when_it_closes_is_answered(tmp_path, baghdad):
    host = Host(Store(tmp_path / "store.db"), thinkers=Thinkers(1))
    group = Group(host, baghdad).begin()
    found = []
    asked = [
        threading.Thread(
            target=lambda at=at: found.append(host.forecast(group.token(at), Order(turn=1), "en"))
        )
        for at in range(4)
    ]
    for thread in asked:
        thread.start()
    time.sleep(0.3)
    host.close()
    for thread in asked:
        thread.join(20)
    assert len(found) == 4


def test_who_asks_after_it_has_closed_is_answered(tmp_path, baghdad):
    with closing(Store(tmp_path / "store.db")) as store:
        thinkers = Thinkers(1)
        group = Group(Host(store, thinkers=thinkers), baghdad).begin()
        thinkers.close()
        question = Question(group.name, 1, "", 1, "estimates", ((0,), 0))
        with pytest.raises(ClosingError):
            thinkers.ask(store, baghdad, question).result(30)


def test_questions_that_wait_are_answered_each_for_itself(baghdad_host, baghdad):
    host, group = baghdad_host, Group(baghdad_host, baghdad, rooms=6).begin()
    known = len(host.store.read(group.name, 1))
    asked = [
        host.thinkers.ask(host.store, baghdad, Question(group.name, room, "", known, "estimates", (roles, 0)))
        for room in range(1, 7)
        for roles in ((0,), (99,))
    ]
    for room in range(6):
        assert len(asked[2 * room].result(20)[0]) == 1
        with pytest.raises((IndexError, KeyError)):
            asked[2 * room + 1].result(20)


def test_who_asks_for_much_at_once_is_told_and_holds_nobody_up(baghdad_host, baghdad):
    host, group = baghdad_host, Group(baghdad_host, baghdad).begin()
    policies = [move.id for move in host.view(group.token(), "en").policies]
    orders = [Order(turn=1, moves=(name,)) for name in policies]
    assert len(orders) > MOST_ASKED

    def ask(order):
        return host.forecast(group.token(), order, "en")

    with ThreadPoolExecutor(len(orders)) as many:
        answers = many.map(ask, orders)
        other = host.forecast(group.token(1), Order(turn=1), "en")
        refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert not isinstance(other, Refused)
    assert {answer.code for answer in refused} == {"too_often"}
    assert len(refused) <= len(orders) - MOST_ASKED
    assert not isinstance(ask(orders[0]), Refused)


def test_the_facilitator_sees_a_bots_estimates_too(baghdad_host, baghdad):
    host, group = baghdad_host, Group(baghdad_host, baghdad).begin()
    bot = group.roles[0]
    group.act("hand", room=1, role=bot, held="bot")
    group.play_turn()
    assert until(lambda: host.seat_view(group.facilitator, 1, bot, "en").settled)


def test_who_looks_again_and_again_asks_once(tmp_path, baghdad, monkeypatch):
    monkeypatch.setattr("game.session.seeing._PATIENCE", 0.2)
    with closing(Host(Store(tmp_path / "store.db"), thinkers=Thinkers(1))) as host:
        group = Group(host, baghdad).begin()
        group.play_turn()
        settled(host, group.token())
        pid = next(iter(host.thinkers._thinkers[0]._process._processes))
        os.kill(pid, signal.SIGSTOP)
        group.play_turn()
        room = host.session(group.name).rooms[1]
        asked = None
        for at in (0, 1, 2, 3, 0, 1):
            assert not host.view(group.token(at), "en").settled
            asked = asked or room.estimating
            assert room.estimating is asked
        os.kill(pid, signal.SIGCONT)
        assert settled(host, group.token()).turn == 3


def test_no_thinker_outlives_a_killed_host(tmp_path):
    words = [sys.executable, "-m", "tests.session.asker", str(tmp_path / "store.db")]
    asker = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    pid = int(asker.stdout.readline())
    os.kill(pid, 0)
    asker.kill()
    asker.wait(30)
    asker.stdout.close()

    def is_gone() -> bool:
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"

    assert until(is_gone)
