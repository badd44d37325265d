"""Who opens the debrief of a class, when, and does it name people as the gradebook does?"""

import re

import pytest

from game.debrief.page import write_debrief
from game.locale import LANGUAGES
from game.play.orders import Prediction
from game.server.debriefing import Pages, begun
from game.session.api import Act
from game.session.thinking import Thinkers
from tests.server.serving import serving
from tests.server.visiting import Visitor, start, written


@pytest.fixture
def served(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as found:
        yield found


def act(served, kind, **what):
    served.host.act(served.facilitator, Act(kind=kind, **what))


def test_a_class_opens_the_debrief_when_the_facilitator_has(served, tutorial):
    seats = list(tutorial.ruleset.role_at)
    people = [Visitor(served) for _person in range(3)]
    for person, seat in zip(people, seats, strict=False):
        person.join(served, f"On {seat}", seat)
    press = people[2]
    press.post("/join", code=served.code, nickname="Reporter", lang="ar")
    reporter = served.host.overview(served.facilitator).participants[-1].id
    act(served, "seat", participant=reporter, room=1, post="press")
    start(served)
    readings = re.findall(r'name="(reading:[^"]+)"', people[1].get("/play").text)
    people[1].post(
        "/order", do="predict", turn="1", key="p", **dict(zip(readings, ["70", "30"], strict=False))
    )
    people[1].get("/play")
    act(served, "force", room=1)
    act(served, "end", room=1)
    for person in people:
        assert 'href="/debrief"' not in person.get("/play").text
        assert person.get("/debrief").status_code == 403
    act(served, "debrief")
    for person in people:
        page = person.get("/play").text
        assert 'href="/debrief"' in page
        assert ("In it you are called P0" in page) == (person is not press)
        assert written(person.get).status_code == 200
    assert "The debrief is open." in people[0].get("/play").text
    page = written(people[0].get).text
    assert "P02 · " in page
    assert "In it you are called P02." in people[1].get("/play").text
    assert "On " not in page
    assert 'dir="rtl"' in written(press.get).text
    stranger = Visitor(served)
    assert stranger.get("/debrief").status_code == 403
    act(served, "rewind", room=1, turn=1, text="once more")
    assert people[0].get("/debrief").status_code == 403
    for _turn in range(tutorial.ruleset.turns):
        act(served, "force", room=1)
    act(served, "debrief")
    again = written(people[0].get).text
    assert again != page
    assert again == written(people[0].get).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_the_same_where_another_process_writes_it(tutorial, tmp_path, lang, monkeypatch):
    monkeypatch.setattr("game.server.debriefing._PATIENCE", 0.0)
    with serving(tmp_path, tutorial, thinkers=Thinkers(1)) as served:
        person = Visitor(served)
        person.join(served, "Amal", next(iter(tutorial.ruleset.role_at)))
        start(served)
        act(served, "force", room=1)
        act(served, "end")
        act(served, "debrief")
        person.post("/language", lang=lang, back="/play")
        room = served.host.of_facilitator(served.facilitator).rooms[1]
        whole = write_debrief(room.table, lang)
        page = person.get("/debrief")
        assert page.status_code == 202  # nobody looks at a blank page while it is being written
        assert 'role="status"' in page.text
        assert "{" not in page.text.partition("<main")[2]
        page = written(person.get)
        assert page.status_code == 200
        assert page.text == whole


def test_a_debrief_is_being_written_as_soon_as_the_game_is_over(tutorial, tmp_path):
    with serving(tmp_path, tutorial, thinkers=Thinkers(1)) as served:
        person, pages = Visitor(served), Pages()
        person.join(served, "Amal", next(iter(tutorial.ruleset.role_at)))
        start(served)
        pages.look(served.host)
        act(served, "force", room=1)
        pages.look(served.host)
        act(served, "end")
        pages.look(served.host)
        served.host.evidence(
            person.client.cookies["seat"], "en"
        )  # the one process answers it after what came before
        session = served.host.of_facilitator(served.facilitator)
        assert begun(pages, served.host, session, session.rooms[1], "en").done()


def test_the_end_tells_everybody_their_own_predictions(served, tutorial):
    seat = next(iter(tutorial.ruleset.role_at))
    people = [Visitor(served), Visitor(served)]
    for person, name in zip(people, ("Amal", "Basim"), strict=True):
        person.join(served, name, seat)
    start(served)
    token = people[0].client.cookies["seat"]
    name = next(iter(tutorial.ruleset.reading_at))
    assert served.host.own_scores(token) is None
    served.host.predict(token, Prediction(turn=1, readings={name: 1.0}))
    act(served, "force", room=1)
    act(served, "end")
    assert len(served.host.own_scores(token).readings) == 1
    assert "Your predictions" in people[0].get("/play").text
    assert "Your predictions" not in people[1].get("/play").text
