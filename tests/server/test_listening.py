"""Can whoever hears or magnifies a page, or has no pointer, tell what is what, and what has come of a press?"""

import re

import pytest
from playwright.sync_api import expect

from game.session.api import Act, Settings
from tests.server.phoning import DESK, Phone, at_play
from tests.server.serving import serving
from tests.server.visiting import Visitor, start

_COVERED = """() => {
  const found = [];
  for (const item of document.querySelectorAll("main a, main button, main input:not([type=hidden]), main select")) {
    if (!item.offsetParent || item.disabled) continue;
    item.focus();
    if (document.activeElement !== item) continue;
    const box = item.getBoundingClientRect(), within = (most, at) => Math.max(1, Math.min(most - 1, at));
    const top = document.elementFromPoint(
      within(innerWidth, box.left + box.width / 2), within(innerHeight, box.top + box.height / 2));
    if (!top || !(item.contains(top) || top.contains(item) || item.closest("label")?.contains(top)) ||
        top.matches(".hand-in") && !top.contains(item)) found.push(item.outerHTML.slice(0, 90));
  }
  return found;
}"""
"""What has the focus behind something else, in whole or nearly."""

_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .map(item => [item, (item.matches("[type=checkbox], [type=radio]") && item.closest("label") || item)])
  .map(([item, target]) => [item.outerHTML.slice(0, 80), target.getBoundingClientRect()])
  .filter(([html, box]) => box.width && !html.includes('class="skip"') && (box.width < 24 || box.height < 24))
  .map(([html, box]) => html + " " + box.width + "x" + box.height)"""


def widened(phone):
    """Space letters, words and lines as far as readers may."""
    css = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    )
    adopt = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"
    phone.page.evaluate(adopt, css)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_page_four_times_as_large_hides_nothing(opened, workshop, tmp_path, lang):
    """A window of 1280 by 1024 at 400 per cent, and a small phone."""
    with serving(tmp_path, workshop) as served:
        phone = Phone(opened, served, lang).join("Amal", "government")
        start(served)
        phone.go("/play").page.wait_for_selector('button[value="confirm"]')
        for size in ({"width": 320, "height": 256}, {"width": 360, "height": 640}):
            phone.page.set_viewport_size(size)
            assert phone.page.evaluate(_COVERED) == [], size
        phone.page.set_viewport_size({"width": 320, "height": 640})
        widened(phone)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
        phone.close()


def test_nothing_to_press_is_smaller_than_a_finger_needs(opened, tutorial, tmp_path):
    with serving(tmp_path, tutorial, rooms=2) as served:
        role = next(iter(tutorial.ruleset.role_at))
        phone = Phone(opened, served).join("Amal", role)
        start(served)
        other = served.host.join(served.code, "Basim").token
        served.host.claim(other, 2, role)
        served.host.send(other, "facilitator", "How long have we got?")
        host = Phone(opened, served).go(f"/facilitator/enter/{served.facilitator}")
        served.host.act(served.facilitator, Act(kind="force"))
        served.host.act(served.facilitator, Act(kind="end"))
        served.host.act(served.facilitator, Act(kind="debrief"))
        for who, path in ((host, "/facilitator"), (host, "/board"), (phone, "/play"), (phone, "/debrief")):
            who.go(path)
            for detail in who.page.locator("details").all():
                detail.evaluate("item => item.open = true")
            assert who.page.evaluate(_SMALL) == [], path
        phone.close()
        host.close()


def test_each_press_is_called_by_what_it_is_about(opened, workshop, tmp_path):
    """Also where several agreements, people or rooms have the same button."""
    with serving(tmp_path, workshop, rooms=2) as served:
        phone = Phone(opened, served).join("Amal", "government")
        served.host.claim(served.host.join(served.code, "Basim").token, 2, "washington")
        host = Phone(opened, served, size=DESK).go(f"/facilitator/enter/{served.facilitator}")
        lock = host.page.get_by_role("button", name="Lock Washington")
        assert lock.count() == 2
        expect(lock.nth(1)).to_have_accessible_description("Room 2")
        lock.nth(1).click()
        expect(host.page.get_by_role("button", name="Unlock Washington")).to_have_accessible_description(
            "Room 2"
        )
        for detail in host.page.locator("details").all():
            detail.evaluate("item => item.open = true")
        for name in ("New device Amal", "New device Basim", "Move Basim", "Rename Amal"):
            calls = re.compile(name.replace(" ", r" \u2068?"))
            assert host.page.get_by_role("button", name=calls).count() == 1, name
        host.go("/board")
        expect(host.page.get_by_role("link", name="Room 2")).to_be_visible()
        assert "Code to join:" in host.page.locator(".digits").text_content()
        phone.go("/seats?change=1")
        seat = phone.page.get_by_role("button", name=re.compile("Electoral blocs"))
        expect(seat.nth(1)).to_have_accessible_description("Room 2")
        start(served)
        phone.go("/play").page.wait_for_selector('button[value="confirm"]')
        signs = phone.page.locator('input[value^="sign."]')
        labels = phone.page.locator(".card:has(input[value^='sign.']) strong")
        assert signs.count() > 1
        for item, label in zip(signs.all(), labels.all_inner_texts(), strict=True):
            expect(item).to_have_accessible_name(re.compile(f"^Sign.*{re.escape(label)}$"))
        phone.close()
        host.close()


def test_what_came_of_a_press_is_spoken(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        spoken = phone.page.locator("#spoken")
        phone.page.locator('input[name="move"]:enabled').first.check()
        expect(spoken).to_contain_text("Political capital:")
        phone.page.locator('button[value="draft"]').click()
        expect(spoken).to_contain_text("Your draft is kept.")
        fields = phone.page.locator('input[name^="reading:"]')
        for at in range(fields.count()):
            fields.nth(at).fill("30")
        phone.page.clock.install()
        phone.page.locator('button[value="predict"]').click()
        expect(spoken).to_contain_text("Your prediction is kept.")
        assert phone.is_at('button[value="predict"]')
        phone.page.clock.run_for(15_000)
        expect(spoken).to_have_text("")


def test_a_press_that_turns_its_button_into_another_keeps_the_place(opened, workshop, tmp_path):
    with serving(tmp_path, workshop, rooms=2) as served:
        host = Phone(opened, served, size=DESK).go(f"/facilitator/enter/{served.facilitator}")
        host.page.get_by_role("button", name="Lock Washington").nth(1).focus()
        host.page.keyboard.press("Enter")
        unlock = host.page.get_by_role("button", name="Unlock Washington")
        expect(unlock).to_be_focused()
        host.page.locator("section.room").nth(1).get_by_role("button", name="Start").focus()
        host.page.keyboard.press("Enter")
        expect(host.page.locator("section.room").nth(1).get_by_role("button", name="Pause")).to_be_focused()
        assert host.errors == []
        host.close()


def test_the_last_minute_is_told(opened, workshop, tmp_path):
    with serving(tmp_path, workshop, settings=Settings(turn_seconds=90)) as served:
        phone = Phone(opened, served).join("Amal", "government")
        start(served)
        phone.page.clock.install()
        phone.go("/play").page.wait_for_selector('button[value="confirm"]')
        assert not phone.page.locator(".left.soon").count()
        phone.page.clock.run_for(31_000)
        expect(phone.page.locator("#spoken")).to_contain_text("One minute is left for this turn.")
        expect(phone.page.locator(".left.soon")).to_be_visible()
        assert phone.errors == []
        phone.close()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "WRONG1", "nickname": "Amal"}, "code"),
        ({"nickname": "Basim"}, "nickname"),
        ({"nickname": " "}, "nickname"),
        ({"pin": "1234"}, "pin"),
    ],
)
def test_a_refusal_belongs_to_its_field(served, typed, field):
    served.host.join(served.code, "Basim")
    person = Visitor(served)
    person.post("/join", **{"code": served.code, "nickname": "", "lang": "en", **typed})
    wrong = re.findall(
        r'<input id="(\w+)"[^>]* autofocus aria-invalid="true" aria-describedby="told">', person.page.text
    )
    assert wrong == [field]
    assert 'role="alert" id="told"' in person.page.text
    assert ("<details open>" in person.page.text) == (field == "pin")


def test_colours_that_readers_force_keep_charts_and_marks(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        phone = Phone(opened, served).join("Amal", "government")
        start(served)
        served.host.act(served.facilitator, Act(kind="force"))
        phone.page.emulate_media(forced_colors="active", color_scheme="dark")
        phone.go("/indicator/combat_presence").page.wait_for_selector(".fan .past")
        ink = phone.page.evaluate("getComputedStyle(document.body).color")
        for drawn in (".fan .past", ".fan.r0 .middle", ".fan.r1 .middle", ".fan .now", ".fan .wide"):
            assert phone.page.locator(drawn).first.evaluate("item => getComputedStyle(item).stroke") == ink
        sign = phone.page.locator("h3 .sign text").first
        assert sign.evaluate("item => getComputedStyle(item).fill") == ink
        served.host.act(served.facilitator, Act(kind="end"))
        served.host.act(served.facilitator, Act(kind="debrief"))
        phone.go("/debrief").page.wait_for_selector(".chart .real")
        for drawn in (".chart .real", ".chart .estimate", ".chart polyline.r0", ".chart polyline.r2"):
            assert phone.page.locator(drawn).first.evaluate("item => getComputedStyle(item).stroke") == ink
        assert (
            phone.page.locator(".chart .report").first.evaluate("item => getComputedStyle(item).fill") == ink
        )
        phone.close()
