"""Does a running game go on under a scenario that is edited, and keep the old one where it cannot?"""

import shutil
from pathlib import Path

import numpy as np
import pytest

from game.play import journal
from game.play.live_edit import LiveEdit
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order
from game.play.table import Table
from game.scenario.library import folder_of
from game.scenario.loading import load


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(folder_of("baghdad-2021"), tmp_path / "mine"))


@pytest.fixture
def table(folder, tmp_path):
    loaded = load(folder)
    table = Table.start(loaded, list(loaded.ruleset.role_at), tmp_path / "game.jsonl", seed=4)
    order(table, "public_schedule")
    yield table
    table.close()


def order(table, *moves):
    """Let the government order something, and everybody else nothing."""
    turn = table.game.turn
    for role in table.people:
        made = Order(turn=turn, moves=moves if role == "government" else ())
        assert isinstance(LocalSeat(table, role).confirm(made), Ack)


def edit(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def orders(table):
    return [record["moves"] for record in journal.read(table.path).records if record["record"] == "order"]


def test_nothing_saved_nothing_told(table):
    assert LiveEdit(table).look() is None


def test_a_new_version_is_taken_and_orders_stand(folder, table):
    live = LiveEdit(table)
    before = orders(table)
    edit(folder, "policies.yaml", "public_schedule:", "public_schedule:  # looked at again")
    edit(folder, "indicators.yaml", "start: 70", "start: 72")
    found = live.look()
    assert found.taken, found
    assert any("start" in line for line in found.told)
    assert table.game.turn == 2
    assert orders(table) == before
    assert live.look() is None


def test_the_game_is_what_it_would_have_been_under_the_new_version(folder, table, tmp_path):
    live = LiveEdit(table)
    edit(folder, "indicators.yaml", "start: 70", "start: 72")
    assert live.look().taken
    order(table)
    other = tmp_path / "other.jsonl"
    fresh = Table.start(load(folder), table.people, other, seed=4, world=table.game.world)
    order(fresh, "public_schedule")
    order(fresh)
    assert np.array_equal(fresh.game.state.x, table.game.state.x)
    fresh.close()
    table.close()
    again = Table.resume(table.path)
    assert np.array_equal(again.game.state.x, table.game.state.x)
    assert again.loaded.digest == load(folder).digest
    again.close()


def test_a_broken_version_lists_its_mistakes_and_the_game_goes_on(folder, table):
    live = LiveEdit(table)
    edit(folder, "indicators.yaml", "start: ", "strat: ")
    found = live.look()
    assert not found.taken
    assert found.findings
    order(table)
    assert table.game.turn == 3


def test_what_was_ordered_must_not_vanish(folder, table):
    live = LiveEdit(table)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("public_schedule", "open_schedule"), encoding="utf-8")
    found = live.look()
    assert not found.taken
    assert "public_schedule" in " ".join(found.told)
    before = table.loaded
    order(table)
    assert table.loaded is before


def free(table):
    view = LocalSeat(table, "government").view("en")
    return [move.id for move in view.policies if move.available]


def test_what_was_ordered_must_still_be_allowed(folder, table):
    live = LiveEdit(table)
    edit(folder, "policies.yaml", "public_schedule:\n", "public_schedule:\n  when: turn > 3\n")
    found = live.look()
    assert not found.taken, found
    assert "1" in " ".join(found.told)


def test_a_draft_that_is_no_longer_allowed_is_dropped(folder, table):
    seat = LocalSeat(table, "government")
    move = free(table)[0]
    assert isinstance(seat.draft(Order(turn=2, moves=(move,))), Ack)
    live = LiveEdit(table)
    edit(folder, "policies.yaml", f"{move}:\n", f"{move}:\n  when: turn > 5\n")
    assert live.look().taken
    assert seat.view("en").draft == ()
