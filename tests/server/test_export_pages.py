"""What leaves with the facilitator's export, and what is said of it beforehand?"""

import io
import re
import zipfile

from game.session.exporting import COLUMNS
from tests.server.visiting import act, joined, policies, start


def test_a_page_for_each_participant_leaves_with_the_export(served, host, seats, tutorial):
    one, _name = joined(served, "Amal")
    one.post("/claim", seat=f"1.{seats[0]}")
    start(served)
    page = one.get("/play")
    readings = re.findall(r'name="(reading:[^"]+)"', page.text)
    one.post("/order", do="predict", turn="1", key="p", **dict(zip(readings, ["70", "30"], strict=False)))
    one.get("/play")
    one.post("/say", to="all", text="<b>Shall we talk?", key="s")
    one.get("/play")
    one.order(policies(page)[0])
    files = exported(host)
    assert "people/P01.html" in files
    running = files["people/P01.html"].decode()
    assert "still running" in running
    assert "&lt;b&gt;Shall we talk?" in running
    assert "Amal" not in running
    for _turn in range(tutorial.ruleset.turns):
        act(host, "force", room="1")
    over = exported(host)["people/P01.html"].decode()
    assert "Brier score" in over
    assert " of 100, " in over


def exported(host):
    host.get("/facilitator")
    with zipfile.ZipFile(io.BytesIO(host.post("/facilitator/export").content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_columns_of_the_gradebook_are_named_in_words(host):
    found = {}
    for lang in ("en", "ar"):
        host.client.cookies.set("lang", lang)
        page = host.get("/facilitator").text
        found[lang] = re.findall(
            r'name="column" value="(\w+)" checked> <span>([^<]+?) <bdi class="soft" lang="en">\1<', page
        )
        assert [name for name, _label in found[lang]] == list(COLUMNS)
    for (name, english), (_same, arabic) in zip(found["en"], found["ar"], strict=True):
        assert english != name
        assert re.search("[\u0621-\u064a]", arabic)
