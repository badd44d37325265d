"""Does the facilitator remove somebody in two presses, and does their page say so in their language?"""

import pytest

from tests import browser
from tests.server.phoning import Phone, at_desk
from tests.server.serving import serving
from tests.server.visiting import Visitor, act, joined

REMOVED = "The facilitator has removed you from this session."
MISSING = pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)


def test_whoever_is_removed_reads_why_whatever_they_press(served, host, seats):
    visitor, name = joined(served, "Amal")
    visitor.post("/claim", seat=f"1.{seats[0]}")
    act(host, "start")
    assert "Remove" in host.get("/facilitator").text
    visitor.get("/play")
    act(host, "remove", participant=name)
    assert host.page.status_code == 200
    assert "Amal" not in host.page.text
    for sent in (
        lambda: visitor.get("/play"),
        lambda: visitor.get("/seats"),
        lambda: visitor.post("/order", do="confirm", turn="1", key="one"),
        lambda: visitor.post("/say", to="all", text="Still here", key="two"),
        lambda: visitor.post("/claim", seat=f"1.{seats[0]}"),
    ):
        sent()
        assert visitor.page.url.path == "/"
        assert REMOVED in visitor.page.text
    visitor.post("/language", lang="ar", back="/")
    assert 'dir="rtl"' in visitor.page.text
    assert 'role="alert"' in visitor.page.text
    visitor.join(served, "Amal", seats[0])
    assert visitor.page.url.path == "/play"
    assert REMOVED not in visitor.get("/play").text


def test_other_clients_are_told_as_well(served, host):
    visitor, name = joined(served, "Amal")
    token = visitor.client.cookies["seat"]
    act(host, "remove", participant=name)
    asked = visitor.client.get("/api/view", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 401
    assert asked.json()["reason"].startswith(REMOVED)


def test_nobody_else_is_told_that_they_were_removed(served, host):
    visitor, name = joined(served, "Amal")
    act(host, "remove", participant=name)
    assert REMOVED not in Visitor(served).page.text
    visitor.post("/leave")
    assert REMOVED not in visitor.page.text


@MISSING
def test_an_open_page_goes_to_the_first_page_by_itself(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_desk(opened, served) as host:
        phone = Phone(opened, served).join("Amal", "government")
        part = host.page.locator("li", has_text="Amal")
        more = host.page.locator("summary", has_text="More for this room")
        more.wait_for()
        if not part.is_visible():
            more.click()
        part.locator("summary", has_text="Remove").click()
        part.get_by_role("button", name="Remove", exact=False).click()
        phone.page.wait_for_url(f"{served.url}/")
        phone.page.wait_for_selector(f'[role="alert"]:has-text("{REMOVED}")')
        part.wait_for(state="detached")
        assert browser.barriers(host.page) == []
        assert browser.barriers(phone.page) == []
        assert phone.errors == []
        phone.close()
