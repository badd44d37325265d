"""Does whoever is elsewhere on a page learn that others have written? In real browsers."""

import pytest
from playwright.sync_api import expect

from game.session.api import Act
from tests import browser
from tests.server.phoning import Phone, at_play
from tests.server.serving import serving

pytestmark = pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)


def test_new_messages_are_told_wherever_on_the_page_one_is(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        told = phone.page.locator("#unread")
        assert told.is_hidden()
        for number in (1, 2):
            served.host.act(served.facilitator, Act(kind="message", text=f"Listen, {number}"))
            expect(told).to_have_text(f"New messages: {number}")
        assert told.is_visible()
        covered = phone.page.evaluate(
            """() => [...document.querySelectorAll('.hand-in button')].filter((button) => {
                 const [one, two] = [button, document.getElementById('unread')].map((at) => at.getBoundingClientRect());
                 return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
               }).length"""
        )
        assert covered == 0
        phone.page.reload()
        expect(told).to_have_text("New messages: 2")
        told.get_by_role("link").click()
        expect(told).to_be_hidden()
        phone.page.fill("#text", "Heard")
        phone.page.evaluate(
            """() => { document.querySelector('form[action="/say"] button').click(); scrollTo(0, 0); }"""
        )
        phone.page.wait_for_selector('.talk li:has-text("Heard")')
        assert told.is_hidden()  # who has written need not be told


@pytest.mark.parametrize("post", ["press", "observer"])
def test_who_watches_is_told_of_new_messages_too(opened, workshop, tmp_path, post):
    with serving(tmp_path, workshop) as served:
        watcher = Phone(opened, served, size={"width": 360, "height": 320}).go("/")
        watcher.page.fill("#code", served.code)
        watcher.page.fill("#nickname", "Wisam")
        watcher.page.click("main button.primary")
        watcher.page.wait_for_url("**/seats")
        (who,) = served.host.overview(served.facilitator).participants
        served.host.act(served.facilitator, Act(kind="seat", participant=who.id, room=1, post=post))
        watcher.go("/play")
        served.host.act(served.facilitator, Act(kind="message", text="Listen"))
        expect(watcher.page.locator("#unread")).to_have_text("New messages: 1")
        watcher.close()
