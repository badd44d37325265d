"""The facilitator's acts, the clock, bots, caretakers, taking back, exporting, deleting."""

import csv
import io
import json
import zipfile

import numpy as np
import pytest
import sqlalchemy as sa

from game.base.errors import UsageError
from game.play import journal
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.table import Table
from game.session.api import Act
from game.session.tables import records
from tests.session.group import Group


@pytest.fixture
def group(host, tutorial) -> Group:
    return Group(host, tutorial, turn_seconds=100).begin()


def test_nobody_but_the_facilitator_acts(group):
    stranger = group.join("someone").token
    for token in (group.token(), stranger, "", "guess"):
        assert group.host.act(token, Act(kind="pause")).code == "stranger"
        assert group.host.overview(token).code == "stranger"
        assert group.host.export(token).code == "stranger"
        assert group.host.deal(token).code == "stranger"
        assert group.host.delete(token).code == "stranger"
        assert group.host.seat_view(token, 1, group.roles[0], "en").code == "stranger"
    assert group.host.overview(group.facilitator).code == group.code


def test_no_orders_before_the_start(host, tutorial):
    group = Group(host, tutorial)
    assert group.host.view(group.token(), "en").turn == 1
    assert group.host.confirm(group.token(), Order(turn=1)).code == "closed"
    group.begin()
    assert group.act("start").code == "closed"
    assert group.confirm() == Ack(turn=1)


def test_time_ends_a_turn_and_survives_a_restart(group, clock, opened):
    draft = group.choice()
    group.host.draft(group.token(), Order(turn=1, moves=draft))
    deadline = group.status().deadline
    clock.at += 99
    group.host.tick()
    assert group.status().turn == 1
    other = opened()
    assert other.status(group.token()).deadline == deadline
    clock.at += 2
    assert other.confirm(group.token(), Order(turn=1)).code == "wrong_turn"
    other.tick()
    other.tick()
    assert other.status(group.token()).turn == 2
    assert other.status(group.token()).deadline == clock.at + 100
    orders = [item.body for item in other.store.read(group.name, 1) if item.body["record"] == "order"]
    assert [order["moves"] for order in orders if order["role"] == group.roles[0]] == [list(draft)]
    assert [order["by"] for order in orders] == ["draft", *["caretaker"] * (len(group.roles) - 1)]


def test_a_clock_set_back_ends_nothing_and_breaks_nothing(group, clock):
    clock.at -= 5000
    group.host.tick()
    assert group.status().turn == 1
    group.play_turn()
    assert group.status().turn == 2
    assert group.status().left == 100


def test_a_pause_stops_time_and_orders(group, clock):
    clock.at += 40
    assert isinstance(group.act("pause"), Ack)
    assert group.act("pause").code == "paused"
    clock.at += 1000
    group.host.tick()
    assert group.status().turn == 1
    assert group.status().left == 60
    assert group.confirm().code == "paused"
    token = group.token()
    view = group.host.view(token, "en")
    move = next(item.id for item in view.policies if item.available)
    assert group.host.draft(token, Order(turn=1, moves=(move,))) == Ack(turn=1)  # a pause is for thinking
    shares = {item.id: 1 / len(view.readings) for item in view.readings}
    assert group.host.predict(token, Prediction(turn=1, readings=shares)) == Ack(turn=1)
    assert isinstance(group.act("resume"), Ack)
    assert group.status().deadline == clock.at + 60
    assert group.host.view(token, "en").draft == (move,)
    assert group.confirm() == Ack(turn=1)


def test_time_is_set_and_extended(group, clock):
    assert isinstance(group.act("extend", seconds=50), Ack)
    assert group.status().left == 150
    assert isinstance(group.act("timer", seconds=10), Ack)
    assert group.status().left == 10
    assert isinstance(group.act("timer"), Ack)
    assert group.status().deadline is None
    clock.at += 10_000
    group.host.tick()
    assert group.status().turn == 1
    assert group.act("extend", seconds=5).code == "closed"


def test_a_forced_turn_takes_what_is_there(group):
    group.confirm(0)
    assert isinstance(group.act("force"), Ack)
    assert group.status().turn == 2


def test_taking_back_keeps_the_branch_and_the_luck(group, opened):
    for _turn in range(2):
        group.play_turn()
    room = group.host.session(group.name).rooms[1]
    first = [step.after.x.copy() for step in room.table.game.steps]
    assert group.act("rewind", turn=2).code == "malformed"
    assert group.act("rewind", turn=3, text="why").code == "wrong_turn"
    assert isinstance(group.act("rewind", turn=2, text="a slip"), Ack)
    assert group.status().turn == 2
    assert group.status().branch == 1
    group.play_turn()
    again = [step.after.x for step in room.table.game.steps]
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    other = opened().session(group.name).rooms[1]
    with other.lock:
        other.fresh()
    assert other.branches == room.branches
    assert room.branches[0].reason == "a slip"
    assert np.array_equal(other.table.game.state.x, room.table.game.state.x)


def test_everybody_in_the_room_hears_of_a_take_back_and_why(host, tutorial):
    group = Group(host, tutorial, rooms=2).begin()
    for room in (1, 2):
        group.play_turn(room)
    group.act("rewind", room=1, turn=1, text="A slip of mine")
    for at in (0, 1):
        told = host.messages(group.token(at))
        assert [(item.sender, item.to, item.turn) for item in told] == [("facilitator", "all", 1)]
        assert told[0].text == "The game was taken back to turn 1: A slip of mine"
    assert not host.messages(group.token(room=2))
    assert group.act("rewind", room=1, turn=1, text="again").code == "wrong_turn"
    assert len(host.messages(group.token())) == 1


def test_a_bot_plays_a_seat_and_hands_it_back(group):
    assert isinstance(group.act("hand", room=1, role=group.roles[1], held="bot"), Ack)
    assert group.status().seats[1].held == "bot"
    assert group.confirm(1).code == "closed"
    assert group.confirm(0) == Ack(turn=1)
    assert group.status().turn == 2
    assert group.act("hand", room=1, role=group.roles[0], held="bot").code == "closed"
    assert isinstance(group.act("hand", room=1, role=group.roles[1], held="people"), Ack)
    assert group.confirm(1) == Ack(turn=2)


def test_a_no_show_gets_a_caretaker_after_the_grace(host, tutorial, clock):
    group = Group(host, tutorial, grace_seconds=30).begin()
    host.present(group.token(0), 1)
    clock.at += 20
    group.confirm(0)
    host.tick()
    assert group.status().turn == 1
    clock.at += 11
    host.tick()
    assert group.status().turn == 2
    assert [seat.held for seat in group.status().seats] == ["people", "caretaker"]
    host.present(group.token(1), 1)
    group.act("hand", room=1, role=group.roles[1], held="people")
    clock.at += 1000
    host.tick()
    assert group.status().turn == 2


def test_empty_seats_are_played_by_bots_from_the_start(host, tutorial):
    group = Group(host, tutorial)
    group.act("seat", participant=group.ids[1, group.roles[1]], post="seat")
    group.begin()
    assert [seat.held for seat in group.status().seats] == ["people", "bot"]


def test_locked_seats_are_nobodys_to_take(group):
    late = group.join("late")
    group.act("lock", room=1, role=group.roles[0])
    assert group.host.claim(late.token, 1, group.roles[0]).code == "taken"
    group.act("open", room=1, role=group.roles[0])
    assert group.host.claim(late.token, 1, group.roles[0]) == Ack(turn=1)


def test_the_world_is_chosen_before_the_start_alone(host, tutorial):
    group = Group(host, tutorial, rooms=2)
    reading = list(tutorial.ruleset.reading_at)[1]
    assert isinstance(group.act("world", room=2, world=reading), Ack)
    assert group.act("world", room=2, world="nothing").code == "unknown"
    assert host.overview(group.facilitator).worlds[2][reading] == 1.0
    group.begin()
    assert group.act("world", room=2, world=reading).code == "closed"


def test_events_and_messages_are_injected(host, baghdad):
    group = Group(host, baghdad).begin()
    assert isinstance(group.act("inject", inject="summit_now"), Ack)
    assert group.act("inject", inject="nothing").code == "unknown"
    assert isinstance(group.act("event", room=1, event="pylons_cut"), Ack)
    assert group.act("event", room=1, event="nothing").code == "unknown"
    assert isinstance(group.act("message", text="Two minutes", role=group.roles[0]), Ack)
    assert [item.sender for item in host.messages(group.token())] == ["facilitator"] * 2
    assert len(host.messages(group.token(1))) == 1
    group.act("force")
    fired = host.session(group.name).rooms[1].table.game.steps[0].forced
    assert {baghdad.ruleset.events[at].id for at in fired} == {"eastern_summit", "pylons_cut"}


def test_the_evidence_is_kept_back_until_it_is_shown(group):
    assert group.host.evidence(group.token(), "en").code == "closed"
    group.act("evidence", shown=True)
    assert not isinstance(group.host.evidence(group.token(), "en"), Refused)


def test_the_end_and_the_debrief(group):
    assert group.act("debrief").code == "closed"
    assert isinstance(group.act("end"), Ack)
    assert group.confirm().code == "over"
    assert isinstance(group.act("debrief"), Ack)
    assert group.status().phase == "debrief"
    assert group.status().deadline is None


def test_an_act_sent_twice_is_done_once(group):
    act = Act(kind="message", text="Once")
    assert group.host.act(group.facilitator, act, "k") == group.host.act(group.facilitator, act, "k")
    assert len(group.host.messages(group.token())) == 1


@pytest.fixture
def played(group) -> Group:
    readings = list(group.loaded.ruleset.reading_at)
    for turn in range(1, group.loaded.ruleset.turns + 1):
        said = Prediction(turn=turn, readings={readings[0]: 0.5, readings[1]: 0.5})
        group.host.predict(group.token(), said)
        group.host.send(group.token(), "all", f"turn {turn}", f"m{turn}")
        group.play_turn()
        if turn == 2:
            group.act("rewind", turn=2, text="again")
            group.play_turn()
    return group


def test_an_exported_room_is_played_on(played, tmp_path):
    path = tmp_path / "room.jsonl"
    path.write_bytes(played.host.export(played.facilitator)["room-01.jsonl"])
    table = Table.resume(path)
    room = played.host.session(played.name).rooms[1]
    assert table.game.over
    assert np.array_equal(table.game.state.x, room.table.game.state.x)
    assert journal.read(path).records[0]["files"] == dict(played.loaded.files)


def test_exports_tell_pseudonyms_unless_names_are_asked_for(played):
    files = played.host.export(played.facilitator)
    with zipfile.ZipFile(io.BytesIO(files.pop("grades.xlsx"))) as book:
        files |= {name: book.read(name) for name in book.namelist()}
    for content in files.values():
        text = content.decode("utf-8-sig")
        for role in played.roles:
            assert f"{role} 1" not in text
            assert played.ids[1, role] not in text
            assert played.tokens[1, role] not in text
    rows = list(csv.DictReader(io.StringIO(files["grades.csv"].decode("utf-8-sig"))))
    assert [row["participant"] for row in rows] == ["P01", "P02"]
    assert float(rows[0]["reading_score"]) == 0.5
    lines = [json.loads(line) for line in files["log.jsonl"].splitlines()]
    assert next(line["text"] for line in lines if line["record"] == "message") == "turn 1"
    named = played.host.export(played.facilitator, ["participant", "score"], names=True)
    assert named["grades.csv"].decode("utf-8-sig").splitlines()[1].startswith(f"{played.roles[0]} 1,0.")
    with pytest.raises(UsageError):
        played.host.export(played.facilitator, ["secrets"])


def test_what_is_said_after_the_end_belongs_to_the_last_turn(played):
    turns = played.loaded.ruleset.turns
    assert isinstance(played.host.send(played.token(), "all", "What a game!"), Ack)
    assert played.host.messages(played.token())[-1].turn == turns
    page = played.host.export(played.facilitator)["people/P01.html"].decode()
    assert "What a game!" in page


def test_what_is_said_after_an_early_end_is_on_the_handout(group):
    group.play_turn()
    group.act("end")
    group.host.send(group.token(), "all", "So soon?")
    assert group.host.messages(group.token())[-1].turn == 2
    page = group.host.export(group.facilitator)["people/P01.html"].decode()
    assert "So soon?" in page


def test_no_cell_is_a_formula(host, tutorial):
    group = Group(host, tutorial)
    group.join("=1+1")
    cells = host.export(group.facilitator, names=True)["grades.csv"].decode("utf-8-sig")
    assert "'=1+1" in cells


def test_deletion_leaves_nothing(group, opened):
    other = opened()
    assert other.status(group.token()) == group.status()
    assert isinstance(group.host.delete(group.facilitator), Ack)
    assert group.host.status(group.token()).code == "stranger"
    assert group.host.join(group.code, "late").code == "unknown"
    assert group.host.store.sizes(group.name) == {}
    assert other.confirm(group.token(), Order(turn=1)).code == "stranger"
    assert other.store.sizes(group.name) == {}


def test_who_has_not_heard_of_a_deletion_learns_it_by_what_they_hand_in(group, opened, monkeypatch):
    other = opened()
    assert other.status(group.token()) == group.status()
    session = other.session(group.name)
    for stream in (session.hall, session.rooms[1]):
        hear = stream.heard
        monkeypatch.setattr(
            stream, "heard", lambda size, stored=(), hear=hear: None if size == -1 else hear(size, stored)
        )
    assert isinstance(group.host.delete(group.facilitator), Ack)
    assert other.confirm(group.token(), Order(turn=1)).code == "stranger"


def test_a_session_is_deleted_on_its_date(host, tutorial, clock):
    group = Group(host, tutorial)
    group.act("delete_after", at=clock.at + 10)
    clock.at += 9
    host.tick()
    assert host.store.sizes(group.name)
    clock.at += 2
    host.tick()
    assert not host.store.sizes(group.name)


def test_old_lessons_are_not_opened_until_somebody_asks(host, tutorial, clock, opened):
    old = Group(host, tutorial, turn_seconds=60).begin()
    due = Group(host, tutorial)
    due.act("delete_after", at=clock.at + 10 * 86400)
    clock.at += 9 * 86400
    new = Group(host, tutorial, turn_seconds=60).begin()
    again = opened()
    assert {session.id for session in again.awake(clock.at)} == {new.name}
    again.tick()
    again.seen(new.token())
    clock.at += 61
    again.tick()
    assert again.status(new.token()).turn == 2
    assert again.store.sizes(old.name)[1] == len(again.store.read(old.name, 1))
    assert {session.id for session in again.awake(clock.at)} == {new.name}
    assert not again.status(old.token()).paused
    again.tick()
    assert again.status(old.token()).paused
    clock.at += 86400
    again.tick()
    assert not again.store.sizes(due.name)


def test_sessions_of_one_scenario_share_it(host, tutorial, opened):
    groups = [Group(host, tutorial) for _n in range(3)]
    again = opened()
    scenarios = {id(again.session(group.name).hall.loaded) for group in groups}
    assert len(scenarios) == 1


@pytest.mark.parametrize(
    ("changed", "ours"),
    [({"settings": {"of_another_version": 1}}, False), ({"files": {"scenario.yaml": "format: 1\n"}}, True)],
)
def test_a_session_that_cannot_be_read_stops_no_other_clock(opened, clock, tutorial, caplog, changed, ours):
    host = opened()
    broken = Group(host, tutorial, turn_seconds=5).begin()
    with host.store._writing.begin() as link:
        mine = records.c.session == broken.name
        body = link.execute(
            sa.select(records.c.body).where(mine, records.c.stream == 0, records.c.n == 0)
        ).scalar_one()
        other = json.dumps({**json.loads(body), **changed})
        link.execute(sa.update(records).where(mine, records.c.body == body).values(body=other))
    again = opened()
    group = Group(again, tutorial, turn_seconds=5).begin()
    again.seen(group.token())
    clock.at += 6
    for _second in range(3):
        again.tick()
    assert group.status().turn == 2
    [logged] = caplog.records
    assert logged.getMessage().startswith(f"session {broken.name} cannot be read: ")
    assert ours == (logged.exc_info is None)


def test_the_facilitator_renames_people_for_everybody(host, tutorial):
    group = Group(host, tutorial, rooms=1).begin()
    who, told = group.ids[1, group.roles[0]], []
    host.subscribe(lambda _session, room, _version: told.append(room))
    before = host.mark(group.token(1))
    assert group.act("rename", participant=who, text=" Layla\u200b  B ") == Ack(turn=1)
    assert group.status().seats[0].holders == ("Layla B",)
    assert host.mark(group.token(1)) != before
    assert told
    assert group.act("rename", participant=who, text="layla b") == Ack(turn=1)
    assert group.act("rename", participant=who, text=f"{group.roles[1]} 1".upper()).code == "taken"
    assert group.act("rename", participant=who, text=" \u200b").code == "malformed"
    assert group.act("rename", participant="nobody", text="X").code == "unknown"
    assert host.join(group.code, f"{group.roles[0]} 1").token
    files = host.export(group.facilitator)
    assert not any(b"layla" in content.lower() for content in files.values())
