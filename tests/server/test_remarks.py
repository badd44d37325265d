"""Is it told at once that half a set of shares does not count yet, and what is missing?"""

import re

import pytest

from game.session.api import Act
from tests import browser
from tests.server.phoning import at_play
from tests.server.serving import serving
from tests.server.visiting import Visitor, start

MISSING = pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)


@pytest.fixture
def at_seat(workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        one = Visitor(served)
        one.join(served, "Amal", "government")
        start(served)
        page = one.get("/play")
        readings = re.findall(r'name="(reading:[^"]+)"', page.text)
        question = re.search(r'name="(question:[^"]+)"', page.text).group(1)
        analysts = [item.analyst for item in served.host.view(one.client.cookies["seat"], "en").readings]
        yield one, readings, question, analysts


@pytest.mark.parametrize(
    ("shares", "answer", "told"),
    [
        (["50", "", ""], "", "These shares do not count yet. Missing: {1} and {2}. Left of 100: 50."),
        (["50", "٣٠", ""], "", "These shares do not count yet. Missing: {2}. Left of 100: 20."),
        (["80", "60", ""], "", "These shares do not count yet. Missing: {2}. Left of 100: 0."),
        (["50", "half", ""], "", "These shares do not count yet: each must be a percentage from 0 to 100."),
        (["0", "0", "0"], "", "These shares do not count yet: all of them are 0."),
        (["80", "60", "20"], "7", "Together 160; they are taken in proportion."),
        (["50", "30", "20"], "no idea", "Answer a question with a percentage from 0 to 100."),
        (["50", "30", "20"], "7", ""),
        (["33.3", "33.3", "33.3"], "", ""),
        (["", "", ""], "", ""),
    ],
)
def test_what_is_typed_is_remarked_on(at_seat, shares, answer, told):
    one, readings, question, analysts = at_seat
    one.post(
        "/order",
        do="typed",
        turn="1",
        key="t",
        **dict(zip(readings, shares, strict=True)),
        **{question: answer},
    )
    found = re.search(r'<p id="remark" class="(\w+)">(.*)</p>', one.page.text)
    assert found.group(2) == told.format(*analysts)
    assert found.group(1) == ("why" if "Together" not in told and told else "soft")


def test_a_page_says_of_what_was_refused_what_is_missing(at_seat):
    one, readings, _question, analysts = at_seat
    one.order(do="predict")
    one.get("/play")
    one.post("/order", do="predict", turn="1", key="p", **dict(zip(readings, ["50", "30", ""], strict=True)))
    assert one.page.status_code == 409
    assert f"Missing: {analysts[2]}. Left of 100: 20." in one.page.text
    assert "Missing:" not in one.get("/play").text


@MISSING
def test_a_page_tells_at_once_and_for_as_long_as_it_is_so(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        page, remark = phone.page, phone.page.locator("#remark")
        page.fill("#reading-1", "50")
        page.wait_for_selector('#remark:has-text("Left of 100: 50.")')
        assert "do not count yet" in page.inner_text("#spoken")
        served.host.act(served.facilitator, Act(kind="message", text="Listen"))
        page.wait_for_selector('.talk li:has-text("Listen")')
        assert "Left of 100: 50." in remark.inner_text()
        page.click('button[value="ar"]')
        page.wait_for_selector('html[dir="rtl"] #remark:not(:empty)')
        assert page.input_value("#reading-1") == "50"
        page.fill("#reading-2", "30")
        page.fill("#reading-3", "20")
        page.wait_for_selector("#remark:empty", state="attached")
        page.fill("#reading-3", "")
        page.wait_for_selector("#remark:not(:empty)")
        served.host.act(served.facilitator, Act(kind="force"))
        phone.wait_for_turn(2)
        assert remark.inner_text() == ""
        (kept,) = served.host.session(served.made.session_id).rooms[1].table.predictions.values()
        assert sorted(kept.readings.values()) == pytest.approx([0.2, 0.3, 0.5])
