"""Save, kill, resume: nothing confirmed is lost, and the game goes on as if nothing had happened."""

import errno
import json
import os

import numpy as np
import pytest

from game.base.errors import ContentError, EnvironmentLacksError, UsageError
from game.engine.bound import pure
from game.play import journal
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Refused
from game.play.table import Table


def play(table: Table, turns: int) -> None:
    """Hand in the first affordable policy of the first role each turn."""
    seat = LocalSeat(table, table.people[0])
    for _turn in range(turns):
        view = seat.view("en")
        choice = next((move.id for move in view.policies if move.available), None)
        order = Order(turn=view.turn, moves=() if choice is None else (choice,))
        assert isinstance(seat.draft(order), Ack)
        assert isinstance(seat.confirm(order), Ack)


def same(one: Table, two: Table) -> bool:
    return all(
        np.array_equal(getattr(a.after, name), getattr(b.after, name))
        for a, b in zip(one.game.steps, two.game.steps, strict=True)
        for name in ("x", "capital", "fired", "in_force", "seats")
    )


@pytest.fixture(scope="module")
def whole(baghdad, ruleset, tmp_path_factory):
    path = tmp_path_factory.mktemp("saves") / "whole.jsonl"
    table = Table.start(baghdad, ["factions"], path, seed=5, world=pure(ruleset, 1))
    play(table, ruleset.turns)
    return table


def test_resuming_after_a_kill_equals_playing_on(whole, ruleset, tmp_path):
    content = whole.path.read_bytes()
    lines = content.splitlines(keepends=True)
    starts = [sum(map(len, lines[:at])) for at in range(1, len(lines) + 1)]
    numbers = np.random.default_rng(1)
    for cut in [*numbers.choice(starts, 3, replace=False), *numbers.integers(starts[0], len(content), 3)]:
        path = tmp_path / f"cut{cut}.jsonl"
        path.write_bytes(content[: int(cut)])
        table = Table.resume(path)
        whole_lines = content[: int(cut)].count(b"\n")
        assert bool(table.note) == (content[: int(cut)] != b"".join(lines[:whole_lines]))
        play(table, ruleset.turns - len(table.game.steps))
        assert table.game.over
        assert same(table, whole)


def test_resumed_draft_and_confirmed_orders_stand(baghdad, tmp_path):
    table = Table.start(baghdad, ["government", "blocs"], tmp_path / "two.jsonl", seed=9)
    seat = LocalSeat(table, "government")
    choice = next(move.id for move in seat.view("en").policies if move.available)
    assert isinstance(seat.confirm(Order(turn=1, moves=(choice,))), Ack)
    other = LocalSeat(table, "blocs")
    drafted = next(move.id for move in other.view("en").policies if move.available)
    assert isinstance(other.draft(Order(turn=1, moves=(drafted,))), Ack)
    table.close()
    again = Table.resume(table.path)
    view = LocalSeat(again, "government").view("en")
    assert (view.phase, view.draft, view.missing) == ("waiting", (choice,), ("blocs",))
    assert LocalSeat(again, "blocs").view("en").draft == (drafted,)


def test_a_journal_has_one_writer(baghdad, tmp_path):
    table = Table.start(baghdad, ["blocs"], tmp_path / "mine.jsonl", seed=9)
    with pytest.raises(UsageError, match="another window"):
        Table.resume(table.path)
    with table.path.open("ab") as file:
        file.write(b"noise")
    with pytest.raises(ContentError, match="another program"):
        LocalSeat(table, "blocs").confirm(Order(turn=1))
    assert table.path.read_bytes().endswith(b"noise")


def damaged(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_damage_is_refused_and_nothing_is_written(whole, tmp_path):
    content = whole.path.read_bytes()
    path = tmp_path / "damaged.jsonl"
    first = content.index(b"\n")
    for at in (10, first // 2, first + 20, len(content) - 30):
        broken = damaged(content, at)
        path.write_bytes(broken)
        with pytest.raises(ContentError, match=r"damaged|not a saved game"):
            Table.resume(path)
        assert path.read_bytes() == broken


def test_a_game_that_makes_no_sense_is_refused_alike_however_often(whole, tmp_path):
    path = tmp_path / "senseless.jsonl"
    first = journal.read(whole.path).records[0]
    path.write_bytes(journal.written([first, {"record": "resolve", "turn": 1}]))
    for _again in range(2):
        with pytest.raises(ContentError, match="damaged"):
            Table.resume(path)


@pytest.mark.parametrize("content", [b"", b"hello\n", b"{}\n", b'{"n":0}\n', b"\xff\xfe\x00", b"[" * 100_000])
def test_foreign_files_are_refused(tmp_path, content):
    path = tmp_path / "foreign.jsonl"
    path.write_bytes(content)
    with pytest.raises(ContentError):
        Table.resume(path)
    assert path.read_bytes() == content


def test_a_later_version_is_refused_by_name(tmp_path):
    path = tmp_path / "later.jsonl"
    path.write_bytes(journal._line(0, {"record": "game", "format": journal.FORMAT + 1, "version": "9.9"}))
    with pytest.raises(ContentError, match=r"9\.9"):
        Table.resume(path)


def test_missing_and_existing_files(baghdad, tmp_path):
    with pytest.raises(UsageError):
        Table.resume(tmp_path / "nowhere.jsonl")
    taken = tmp_path / "taken.jsonl"
    taken.write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        Table.start(baghdad, ["blocs"], taken)
    assert taken.read_text() == "mine"


def test_a_full_disk_at_the_start_leaves_no_file_and_later_the_file_as_it_was(baghdad, tmp_path, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "game.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(EnvironmentLacksError, match="No space left"):
            Table.start(baghdad, ["blocs"], path)
    assert not path.exists()
    table = Table.start(baghdad, ["blocs"], path)
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(EnvironmentLacksError, match="No space left"):
            LocalSeat(table, "blocs").confirm(Order(turn=1))
    assert path.read_bytes() == before
    assert isinstance(LocalSeat(table, "blocs").confirm(Order(turn=1)), Ack)


def test_a_journal_is_lines_of_json_with_numbers_and_checksums(whole):
    records = [json.loads(line) for line in whole.path.read_text(encoding="utf-8").splitlines()]
    assert [record["n"] for record in records] == list(range(len(records)))
    assert {record["record"] for record in records} == {"game", "draft", "order", "resolve"}
    assert records[0]["digest"] == whole.loaded.digest


def test_a_game_can_be_ended_early_and_looked_at(baghdad, tmp_path):
    path = tmp_path / "game.jsonl"
    table = Table.start(baghdad, ["government"], path, seed=3)
    seat = LocalSeat(table, "government")
    assert isinstance(seat.end("en"), Refused)
    assert isinstance(seat.confirm(Order(turn=1)), Ack)
    assert isinstance(seat.end("en"), Ack)
    assert seat.view("en").phase == "over"
    assert seat.view("en").end is not None
    assert isinstance(seat.confirm(Order(turn=2)), Refused)
    assert isinstance(seat.end("en"), Refused)
    table.close()
    before = path.read_bytes()
    for stood in (Table.look(path), Table.resume(path)):
        assert stood.game.over
        assert LocalSeat(stood, "government").view("en") == seat.view("en")
        stood.close()
    assert path.read_bytes() == before


def test_looking_writes_nothing_and_hinders_nobody(baghdad, tmp_path):
    path = tmp_path / "game.jsonl"
    table = Table.start(baghdad, ["government"], path, seed=3)
    LocalSeat(table, "government").confirm(Order(turn=1))
    before = path.read_bytes()
    looked = Table.look(path)
    assert LocalSeat(looked, "government").view("en") == LocalSeat(table, "government").view("en")
    LocalSeat(looked, "government").confirm(Order(turn=2))
    assert path.read_bytes() == before
    LocalSeat(table, "government").confirm(Order(turn=2))
    table.close()
