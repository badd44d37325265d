"""Kills, full disks, broken databases: nothing acknowledged is lost, and what is not kept is refused."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from game.base.errors import EnvironmentLacksError, UsageError
from game.play.orders import Ack, Order, Refused
from game.session.host import Host
from game.session.store import Store
from tests.session.group import Group

KILLS = int(os.environ.get("SESSION_KILLS", "5"))
ROOMS = 8


def start_writer(where: str, seats: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.session.writer", where, str(seats)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def seats_of(group: Group, path: Path) -> Path:
    path.write_text(json.dumps([[room, role, token] for (room, role), token in group.tokens.items()]))
    return path


def first_answer(process: "subprocess.Popen[str]") -> list[object]:
    """Wait until a writer is at work."""
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def acknowledged(process: "subprocess.Popen[str]") -> list[list[object]]:
    """Return what whole lines say was acknowledged."""
    out, _errors = process.communicate()
    return [json.loads(line) for line in out.splitlines(keepends=True) if line.endswith("\n")]


def check_kept(store: Store, name: str, told: list[list[object]]) -> None:
    kept = {room: store.read(name, room) for room in range(1, ROOMS + 1)}
    for room, role, turn, moves in told:
        orders = [item.body for item in kept[room] if item.body["record"] == "order"]
        found = [body["moves"] for body in orders if (body["role"], body["turn"]) == (role, turn)]
        assert found == [moves]


@pytest.mark.parametrize("trial", range(KILLS))
def test_a_kill_under_load_loses_nothing_acknowledged(where, opened, baghdad, tmp_path, trial):
    group = Group(opened(), baghdad, rooms=ROOMS).begin()
    seats = seats_of(group, tmp_path / "seats.json")
    group.host.close()
    writer = start_writer(where, seats)
    told = [first_answer(writer)]
    time.sleep(0.1 + 0.13 * (trial % 7))
    os.kill(writer.pid, signal.SIGKILL)
    told.extend(acknowledged(writer))
    host = group.host = opened()
    check_kept(host.store, group.name, told)
    for room in range(1, ROOMS + 1):
        if group.status(room).phase == "playing":
            group.play_turn(room)
    assert all(host.status(group.token(room=room)).version for room in range(1, ROOMS + 1))


def test_a_killed_process_leaves_the_rooms_to_another(fresh_database, baghdad, tmp_path):
    host = Host(Store(fresh_database))
    group = Group(host, baghdad, rooms=ROOMS).begin()
    seats = seats_of(group, tmp_path / "seats.json")
    first, second = (start_writer(fresh_database, seats) for _process in range(2))
    told = [first_answer(first), first_answer(second)]
    time.sleep(0.3)
    os.kill(first.pid, signal.SIGKILL)
    time.sleep(0.3)
    second.terminate()
    told.extend(acknowledged(first) + acknowledged(second))
    check_kept(host.store, group.name, told)
    kept = [item.body for item in host.store.read(group.name, 1)]
    turns = [body["turn"] for body in kept if body["record"] == "resolve"]
    assert turns == list(range(1, len(turns) + 1))
    host.close()


def test_a_full_disk_refuses_and_heals(tmp_path, tutorial):
    host = Host(Store(tmp_path / "store.db"))
    group = Group(host, tutorial).begin()
    before = group.host.view(group.token(), "en")
    log = tmp_path / "store.db-wal"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        answer = group.confirm(0, key="k")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert isinstance(answer, Refused)
    assert answer.code == "unsaved"
    assert answer.reason
    assert group.host.view(group.token(), "en") == before
    assert group.confirm(0, key="k") == Ack(turn=1)
    assert group.confirm(1) == Ack(turn=1)
    assert group.status().turn == 2
    host.close()


def test_a_broken_database_refuses_every_change_clearly(opened, tutorial):
    host = opened()
    group = Group(host, tutorial).begin()
    engine = host.store._writing
    with engine.begin() as link:
        link.execute(sa.text("ALTER TABLE records RENAME TO lost"))
    assert group.confirm(0).code == "unsaved"
    assert host.draft(group.token(), Order(turn=1)).code == "unsaved"
    assert host.join(group.code, "late").code == "unsaved"
    with engine.begin() as link:
        link.execute(sa.text("ALTER TABLE lost RENAME TO records"))
    assert group.confirm(0) == Ack(turn=1)


def test_a_store_that_cannot_be_opened_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentLacksError, match="cannot be opened"):
        Store(tmp_path / "file" / "store.db")
    (tmp_path / "noise.db").write_bytes(b"noise" * 1000)
    with pytest.raises(EnvironmentLacksError, match="cannot be opened"):
        Store(tmp_path / "noise.db")
    with pytest.raises(EnvironmentLacksError, match="cannot be opened"):
        Store("postgresql://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("mysql://amal:secret@db/games", "mysql://"),
        ("http://amal:secret@db/games", "http://"),
        ("postgresql://amal:secret@db:port/games", "number for PORT"),
        ("postgresql://amal:very@secret@db/games", "%40"),
        ("sqlite://", "name a file"),
    ],
)
def test_an_address_of_no_store_is_refused_and_no_password_shown(where, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=said) as refused:
        Store(where)
    assert "secret" not in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_file_is_a_store_by_its_name_and_by_its_address(tmp_path):
    for where in (tmp_path / "a.db", f"sqlite:///{tmp_path / 'b.db'}", f"{tmp_path / 'what?.db'}"):
        Store(where).close()
    assert {path.name for path in tmp_path.glob("*.db")} == {"a.db", "b.db", "what?.db"}
