"""What is exported for grading: that it counts what stands, and tells the same as the pages."""

import cProfile
import csv
import io
import pstats
import re
import zipfile

import pytest

from game.debrief.page import write_debrief
from game.debrief.tables import tables_of
from game.locale import LANGUAGES, speak
from game.play.orders import Ack, Order, Prediction
from game.play.scores import own_scores_of
from game.play.table import Table
from game.session.grading import COLUMNS, column_texts
from tests.session.group import Group


@pytest.fixture
def pair(host, tutorial):
    """A group in play whose first seat is held by two, both connected; the second's token as `mate`."""
    group = Group(host, tutorial)
    group.mate = group.join("mate").token
    host.claim(group.mate, 1, group.roles[0])
    host.present(group.token(), 1)
    host.present(group.mate, 1)
    return group.begin()


def rows(group):
    text = group.host.export(group.facilitator, names=True)["grades.csv"].decode("utf-8-sig")
    return {row["participant"]: row for row in csv.DictReader(io.StringIO(text))}


def play(group):
    turn = group.status().turn
    order = Order(turn=turn, moves=group.choice())
    assert group.host.confirm(group.token(), order) == Ack(turn=turn)
    assert group.host.confirm(group.mate, order) == Ack(turn=turn)
    assert isinstance(group.confirm(1), Ack)


def test_both_who_confirm_have_handed_in(pair):
    play(pair)
    play(pair)
    found = rows(pair)
    assert [found[name]["orders"] for name in ("town 1", "mate", "farmers 1")] == ["2", "2", "2"]


def test_whoever_did_not_agree_has_not_handed_in(pair):
    pair.host.confirm(pair.token(), Order(turn=1, moves=pair.choice()))
    pair.host.confirm(pair.mate, Order(turn=1))
    pair.confirm(1)
    pair.act("force")
    found = rows(pair)
    assert [found[name]["orders"] for name in ("town 1", "mate", "farmers 1")] == ["0", "1", "1"]


def test_what_was_taken_back_or_is_not_played_counts_for_nothing(pair):
    name = next(iter(pair.loaded.ruleset.reading_at))
    for share in (0.5, 1.0):
        pair.host.predict(pair.token(), Prediction(turn=1, readings={name: share}))
    play(pair)
    play(pair)
    pair.act("rewind", turn=2, text="again")
    pair.host.predict(pair.token(), Prediction(turn=2, readings={name: 1.0}))
    pair.confirm(1)
    found = rows(pair)
    for who, orders, predictions in (("town 1", "1", "1"), ("mate", "1", "0"), ("farmers 1", "1", "0")):
        assert (found[who]["turns"], found[who]["orders"], found[who]["predictions"]) == (
            "1",
            orders,
            predictions,
        )
        assert found[who]["score"] == found[who]["reached"] == ""


def test_a_participants_page_tells_what_the_gradebook_tells(host, tutorial):
    group = Group(host, tutorial).begin()
    readings = list(tutorial.ruleset.reading_at)
    while group.status().phase == "playing":
        turn = group.status().turn
        said = Prediction(turn=turn, readings={readings[0]: 0.5, readings[1]: 0.5})
        group.host.predict(group.token(), said)
        group.play_turn()
    end = group.host.view(group.token(), "en").end
    own = next(item for item in end.roles if item.role == group.roles[0])
    row = rows(group)["town 1"]
    assert row["score"] == f"{own.score:.3f}"
    assert row["reached"] == ("yes" if own.reached else "no")
    page = group.host.export(group.facilitator)["people/P01.html"].decode()
    [(score, mark)] = re.findall(r"([\d.]+) of 100, ([\d.]+) needed", page)
    assert float(score) == pytest.approx(100 * own.score, abs=0.5)
    assert float(mark) == pytest.approx(100 * own.reached_at, abs=0.5)
    assert (float(score) >= float(mark)) == own.reached
    assert ("not reached" in page) == (not own.reached)
    assert "The world of this game followed the account of" in page
    assert "too few answers to tell" in page
    assert end.text in page


def test_a_rooms_predictions_are_scored_once_for_all_its_people(pair):
    while pair.status().phase == "playing":
        play(pair)
    profile = cProfile.Profile()
    profile.runcall(pair.host.export, pair.facilitator)
    (calls,) = [
        found[0]
        for (path, _line, name), found in pstats.Stats(profile).stats.items()
        if name == own_scores_of.__name__ and path.endswith("scores.py")
    ]
    assert calls == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_is_explained(lang, pair):
    with speak(lang):
        texts = column_texts()
    assert tuple(texts) == COLUMNS
    assert len(set(texts.values())) == len(COLUMNS)
    told = pair.host.export(pair.facilitator, ["score", "room"])["grades.txt"].decode()
    assert [line.split(":")[0] for line in told.splitlines()] == ["score", "room"]


def test_an_exported_game_calls_people_as_the_gradebook_does(host, tutorial, tmp_path):
    group = Group(host, tutorial).begin()
    readings = list(tutorial.ruleset.reading_at)
    while group.status().phase == "playing":
        said = Prediction(turn=group.status().turn, readings={readings[0]: 1.0})
        group.host.predict(group.token(1), said)
        group.play_turn()
    files = group.host.export(group.facilitator)
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(files["grades.csv"].decode("utf-8-sig")))
        if row["predictions"] != "0"
    ]
    assert row["participant"] == "P02"
    path = tmp_path / "room.jsonl"
    path.write_bytes(files["room-01.jsonl"])
    table = Table.resume(path)
    predictions = tables_of(table)["predictions.csv"].decode("utf-8-sig")
    assert {line["participant"] for line in csv.DictReader(io.StringIO(predictions))} == {"P02"}
    assert "<h3>P02 · " in write_debrief(table, "en")
    table.close()


def test_a_gradebook_leaves_as_a_workbook_too(host, tutorial):
    group = Group(host, tutorial)
    group.act("rename", participant=group.ids[1, group.roles[0]], text="=1+1;=2")
    group.begin()
    group.act("force")
    group.act("end")
    files = host.export(group.facilitator, ["participant", "orders", "score"], names=True)
    with zipfile.ZipFile(io.BytesIO(files["grades.xlsx"])) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ">=1+1;=2<" in strings
    assert "<f>" not in sheet
    measured = [float(cell) for cell in re.findall(r'<c r="C\d+"><v>([^<]+)</v>', sheet)]
    told = list(csv.DictReader(io.StringIO(files["grades.csv"].decode("utf-8-sig"))))
    assert [row["participant"] for row in told] == ["'=1+1;'=2", "farmers 1"]
    assert measured == [float(row["score"]) for row in told]
