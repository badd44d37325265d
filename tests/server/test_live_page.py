"""Does a page that renews itself lose nothing of what people do on it? In real browsers."""

import time

import pytest
from playwright.sync_api import expect

from game.session.api import Act
from tests import browser
from tests.server.phoning import DESK, Phone, at_desk, at_play, box, renewed
from tests.server.serving import serving

pytestmark = pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)


def test_a_press_keeps_what_is_typed_elsewhere_on_a_seat(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        phone.page.fill("#text", "Not sent yet")
        phone.page.select_option("#to", index=2)
        phone.page.fill("#reading-2", "45")
        with renewed(phone.page):
            box(phone, "public_schedule").click()
        assert phone.page.input_value("#text") == "Not sent yet"
        assert phone.page.input_value("#reading-2") == "45"
        # The host refuses half a prediction: nothing of it is lost either.
        with renewed(phone.page):
            phone.page.click('button[value="predict"]')
        assert phone.page.locator('[role="alert"]').count() == 1
        assert phone.page.input_value("#reading-2") == "45"
        phone.page.click('form[action="/say"] button')
        phone.page.wait_for_selector('.talk li:has-text("Not sent yet")')
        assert phone.page.input_value("#text") == ""
        assert phone.page.eval_on_selector("#to", "item => item.selectedIndex") == 0
        assert phone.page.input_value("#reading-2") == "45"


def test_a_press_keeps_what_the_facilitator_has_typed_elsewhere(opened, workshop, tmp_path):
    with (
        serving(tmp_path, workshop, rooms=6) as served,
        at_desk(opened, served, "/facilitator?room=5") as host,
    ):
        room = host.page.locator("section.room").nth(4)
        room.locator('form:has(input[value="message"]) input[name="text"]').fill("Two minutes left")
        room.locator('select[name="event"]').select_option(index=1)
        minutes = room.locator('form:has(input[value="timer"]) input[name="minutes"]')
        minutes.fill("soon")
        with renewed(host.page, "#all"):
            room.get_by_role("button", name="Set time for this turn").click()
        host.page.locator("section.room").nth(1).get_by_role("button", name="lock").first.click()
        host.page.locator("section.room").nth(1).get_by_role("button", name="Unlock").wait_for()
        host.page.click('button:text-is("Start all rooms")')
        host.page.wait_for_selector("section.room:has-text('Resolve the turn now')")
        assert room.locator('form:has(input[value="message"]) input[name="text"]').input_value() == (
            "Two minutes left"
        )
        assert room.locator('select[name="event"]').evaluate("item => item.selectedIndex") == 1
        assert minutes.input_value() == "soon"
        room.locator('form:has(input[value="message"])').get_by_role("button").click()
        room.locator('ol.talk:has-text("Two minutes left")').wait_for()
        assert room.locator('form:has(input[value="message"]) input[name="text"]').input_value() == ""


def test_a_refusal_stays_until_the_next_press_or_until_it_is_closed(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        alert = phone.page.locator('[role="alert"]')
        for end in ("press", "close"):
            phone.page.fill("#reading-2", "45")
            phone.page.click('button[value="predict"]')
            alert.wait_for()
            served.host.act(served.facilitator, Act(kind="message", text=f"Listen, {end}"))
            phone.page.wait_for_selector(f'.talk li:has-text("Listen, {end}")')
            phone.page.wait_for_timeout(400)
            assert alert.count() == 1
            assert "account" in alert.inner_text()
            if end == "press":
                box(phone, "public_schedule").click()
            else:
                phone.page.click("#refusals button")
            alert.wait_for(state="detached")


def test_a_refused_seat_is_told_of_although_the_others_choose_theirs(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        phones = [Phone(opened, served).go("/") for _at in range(2)]
        for at, phone in enumerate(phones):
            phone.page.fill("#code", served.code)
            phone.page.fill("#nickname", f"Person {at}")
            phone.page.click("main button.primary")
            phone.page.wait_for_url("**/seats")
        page = phones[0].page
        page.eval_on_selector('button[value="1.government"]', "item => item.value = '9.government'")
        page.click('button[value="9.government"]')
        page.wait_for_selector('[role="alert"]')
        phones[1].page.click('button[value="1.blocs"]')
        page.wait_for_selector('button[value="1.blocs"]:has-text("Person 1")')
        page.wait_for_timeout(400)
        assert page.locator('[role="alert"]').count() == 1
        for phone in phones:
            assert phone.errors == []
            phone.close()


def lines_of_many(served, phones=6):
    """Let people come and go as a busy class does; returns what goes on with it by one."""
    for at in range(phones):
        served.host.join(served.code, f"Person {at}", "en", f"10.0.0.{at}")
    numbers = iter(range(10_000))

    def go_on():
        served.host.act(served.facilitator, Act(kind="note", text=f"note {next(numbers)}"))

    return go_on


def replacements(page):
    """Count how often the page's content is replaced from now on."""
    page.evaluate(
        """() => { window.replaced = 0; new MutationObserver((found) => { for (const one of found) {
        for (const node of one.addedNodes) if (node.id === "main") window.replaced += 1; } })
        .observe(document.body, { childList: true }); }"""
    )
    return lambda: page.evaluate("window.replaced")


def test_a_busy_class_leaves_the_facilitators_hand_alone(opened, workshop, tmp_path):
    with serving(tmp_path, workshop, rooms=7) as served, at_desk(opened, served) as host:
        go_on, replaced = lines_of_many(served), replacements(host.page)
        host.page.wait_for_timeout(1500)
        before, began = replaced(), time.monotonic()
        for _at in range(20):
            go_on()
            host.page.wait_for_timeout(100)
        assert 1 <= replaced() - before <= 1 + (time.monotonic() - began)  # they rest for a second

        # A press that lasts is a press, although there were news meanwhile.
        button = host.page.get_by_role("button", name="lock", exact=False).first
        asked = []
        host.page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
        button.hover()
        host.page.mouse.down()
        for _at in range(8):
            go_on()
            host.page.wait_for_timeout(200)
        host.page.mouse.up()
        host.page.wait_for_timeout(500)
        assert [request.url.rpartition("/")[2] for request in asked] == ["act"]

        # A list that is open stays open; what was ticked and typed stays; and the page goes on afterwards.
        chosen = host.page.locator('select[name="world"]').first
        host.page.locator('input[name="column"]').nth(1).uncheck()
        host.page.locator('input[name="names"]').check()
        host.page.fill('input[name="code"]', "ABC")
        chosen.click()
        mark = chosen.element_handle()
        for _at in range(4):
            go_on()
            host.page.wait_for_timeout(400)
        assert mark.evaluate("item => item.isConnected")
        chosen.select_option(index=1)
        mark.wait_for_element_state("hidden")
        assert chosen.evaluate("item => item.selectedIndex") == 1
        assert not host.page.locator('input[name="column"]').nth(1).is_checked()
        assert host.page.locator('input[name="names"]').is_checked()
        assert host.page.input_value('input[name="code"]') == "ABC"


def test_a_heartbeat_renews_nothing(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        beats = []

        def open_line(socket):
            beats.append(socket)

        host = Phone(opened, served, size=DESK)
        host.page.route_web_socket("**/live**", open_line)
        host.go(f"/facilitator/enter/{served.facilitator}")
        host.page.wait_for_timeout(500)
        replaced = replacements(host.page)
        beats[-1].send("still")
        host.page.wait_for_timeout(1200)
        assert replaced() == 0
        beats[-1].send("changed")
        host.page.wait_for_function("() => window.replaced === 1")
        host.close()


def test_an_export_without_columns_is_refused_with_a_reason(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_desk(opened, served) as host:
        for tick in host.page.locator('input[name="column"]').all():
            tick.uncheck()
        host.page.click("text=Export everything as files")
        host.page.wait_for_selector('[role="alert"]:has-text("column")')
        served.host.act(served.facilitator, Act(kind="start"))
        host.page.wait_for_selector("section.room:has-text('Resolve the turn now')")
        assert host.page.locator('[role="alert"]').count() == 1


def test_focus_caret_and_opened_texts_outlast_a_renewal(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:

        def renew(text):
            served.host.act(served.facilitator, Act(kind="message", text=text))
            phone.page.wait_for_selector(f'.talk li:has-text("{text}")')

        written = phone.page.locator("#text")
        written.fill("We two agree")
        written.evaluate("item => item.setSelectionRange(3, 6, 'backward')")
        renew("First")
        assert written.evaluate("item => item === document.activeElement")
        phone.page.keyboard.type("all")
        assert written.input_value() == "We all agree"
        for number, what in enumerate(
            (
                'details[data-keep-open="about"] > summary',
                '.levels a[href^="/indicator/"]',
                'nav.jump a[href="#talk"]',
                "#main",
            )
        ):
            focused = phone.page.locator(what).first
            focused.focus()
            renew(f"News {number}")
            assert focused.evaluate("item => item === document.activeElement"), what
        assert phone.page.locator('details[data-keep-open="about"]').get_attribute("open") is None
        phone.page.click('details[data-keep-open="about"] > summary')
        renew("Last")
        assert phone.page.locator('details[data-keep-open="about"]').get_attribute("open") is not None


def test_every_text_that_opens_stays_open(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        phone, other = (Phone(opened, served).go("/") for _at in range(2))
        for at, visitor in enumerate((phone, other)):
            visitor.page.fill("#code", served.code)
            visitor.page.fill("#nickname", f"Person {at}")
            visitor.page.click("main button.primary")
            visitor.page.wait_for_url("**/seats")
        brief = phone.page.locator(".seats li details").nth(1)
        brief.locator("summary").click()
        other.page.click('button[value="1.blocs"]')
        phone.page.wait_for_selector('button[value="1.blocs"]:has-text("Person 1")')
        assert brief.get_attribute("open") is not None
        assert brief.locator("summary").evaluate("item => item === document.activeElement")
        phone.page.click('button[value="1.government"]')
        phone.page.wait_for_url("**/play")
        served.host.act(served.facilitator, Act(kind="start"))
        phone.page.wait_for_selector('button[value="confirm"]')
        for turn in range(2, 5):
            served.host.act(served.facilitator, Act(kind="force", room=1))
            phone.wait_for_turn(turn)
            if phone.page.locator(".news > li > details").count():
                break
        assert phone.page.locator("details:not([data-keep-open])").count() == 0
        assert phone.page.locator('details[data-keep-open="all"] li').count() > 1
        more = phone.page.locator(".news > li > details").first
        more.locator("summary").click()
        served.host.act(served.facilitator, Act(kind="message", text="Listen"))
        phone.page.wait_for_selector('.talk li:has-text("Listen")')
        assert more.get_attribute("open") is not None
        for visitor in (phone, other):
            assert visitor.errors == []
            visitor.close()


def test_presses_that_lead_away_and_back_keep_what_is_typed(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        phone.page.fill("#text", "Not sent yet")
        phone.page.click('.lang button[value="ar"]')
        phone.page.wait_for_selector('html[lang="ar"]')
        expect(phone.page.locator("#text")).to_have_value("Not sent yet")
        with at_desk(opened, served) as host:
            typed = host.page.locator('section.room form:has(input[value="message"]) input[name="text"]')
            typed.fill("Two minutes left")
            host.page.fill('input[name="code"]', "wrong")
            host.page.click('form[action="/facilitator/delete"] button')
            host.page.wait_for_selector('[role="alert"]')
            expect(typed).to_have_value("Two minutes left")
        phone.go("/")
        phone.page.click('form[action="/leave"] button')
        phone.join("Basma", "government")
        phone.page.wait_for_selector("#text")
        assert phone.page.input_value("#text") == ""


def test_what_changes_is_spoken_where_screen_readers_heed_it(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        spoken = phone.page.locator("#spoken[role=status]")
        phone.page.evaluate("window.kept = document.getElementById('spoken')")
        served.host.act(served.facilitator, Act(kind="message", text="Two minutes left"))
        expect(spoken).to_contain_text("Facilitator → everybody Two minutes left")
        served.host.act(served.facilitator, Act(kind="message", text="One minute left"))
        expect(spoken).to_contain_text("One minute left")
        expect(spoken).not_to_contain_text("Two minutes left")
        served.host.act(served.facilitator, Act(kind="pause"))
        expect(spoken).to_contain_text("The game is paused.")
        expect(spoken).not_to_contain_text("One minute left")
        assert phone.page.evaluate("window.kept.isConnected")


def test_a_wrong_code_leads_back_to_its_field(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        phone = Phone(opened, served).go("/")
        phone.page.fill("#code", "WRONG1")
        phone.page.fill("#nickname", "Amal")
        phone.page.click("main button.primary")
        expect(phone.page.locator("#code")).to_be_focused()
        assert phone.page.get_attribute("#code", "aria-describedby") == phone.page.get_attribute(
            "[role=alert]", "id"
        )
        phone.close()


def test_a_typed_prediction_counts_when_the_turn_ends_without_a_press(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        page, table = phone.page, served.host.session(served.made.session_id).rooms[1].table
        page.evaluate("document.getElementById('reading-1').focus()")
        for text in ("50", "30", "20", "65"):
            page.keyboard.type(text, delay=30)
            page.keyboard.press("Tab")
        page.wait_for_selector("text=Your prediction for this turn is kept")
        assert page.input_value("#reading-1") == "50"
        page.fill("#reading-3", "")
        page.keyboard.type("60", delay=30)
        page.wait_for_timeout(1500)
        assert page.input_value("#reading-1") == "50"
        assert page.input_value("#reading-3") == "60"
        assert page.locator('[role="alert"]').count() == 0
        served.host.act(served.facilitator, Act(kind="force"))
        phone.wait_for_turn(2)
        assert phone.is_at("[data-stage]")  # the fields are another turn's: what is new stands at the top
        assert page.input_value("#reading-1") == ""
        (kept,) = table.predictions.values()
        assert kept.turn == 1
        assert sorted(round(140 * share) for share in kept.readings.values()) == [30, 50, 60]
        assert list(kept.questions.values()) == [0.65]


@pytest.mark.parametrize("name", ["predict", "confirm"])
def test_a_press_right_after_typing_is_one_however_long_it_lasts(opened, workshop, tmp_path, name):
    """What is said of the typing meanwhile moves no button from under the finger."""
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        page, button = phone.page, phone.page.locator(f'button[value="{name}"]')
        page.evaluate("document.querySelector('#predict').scrollIntoView()")
        page.fill("#reading-1", "50")
        button.hover()
        with page.expect_response(lambda answer: "do=typed" in (answer.request.post_data or "")):
            page.mouse.down()
        page.wait_for_timeout(300)
        page.mouse.up()
        page.wait_for_selector('#refusals [role="alert"]')
        page.wait_for_selector('#remark:has-text("Left of 100: 50.")')


@pytest.mark.parametrize("field", ["#text", "#reading-1"])
def test_what_is_typed_into_stays_in_its_place(opened, workshop, tmp_path, field):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        page = phone.page
        page.focus(field)
        page.keyboard.type("12")
        page.keyboard.press("ArrowLeft")
        page.evaluate("() => { window.field = document.activeElement; window.left = 0; }")
        page.evaluate("window.field.addEventListener('blur', () => { window.left += 1; })")
        for told in ("Listen", "Listen again"):
            served.host.act(served.facilitator, Act(kind="message", text=told))
            page.wait_for_selector(f'.talk li:has-text("{told}")')
            page.keyboard.type("3")
        assert page.evaluate("window.field === document.activeElement && window.left === 0")
        assert page.input_value(field) == "1332"
        assert page.locator(field).count() == page.locator("h2#predict").count() == 1
        fresh = page.evaluate("fetch('/play').then(answer => answer.text())")
        assert page.evaluate(
            """text => { const shape = (root) => [...root.querySelectorAll("*")].map((item) => item.tagName).join();
            return shape(document.getElementById("main")) === shape(
            new DOMParser().parseFromString(text, "text/html").getElementById("main")); }""",
            fresh,
        )
