"""Does everything that is pressed on a live page arrive, on slow and cut lines? In real browsers."""

import re
import time

import pytest

from game.session.api import Act
from tests import browser
from tests.server.phoning import Phone, at_play, box
from tests.server.serving import free_port, serving

pytestmark = pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)


def slow(phone, latency):
    """Let every answer take as many milliseconds longer."""
    line = phone.context.new_cdp_session(phone.page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def hasty(phone):
    """Let what could not be sent be sent again as soon as it may be, in its tab."""
    phone.page.evaluate("Math.random = () => 0")


def drafted(phone):
    """Return what the host has of the ticks, as a page that is fetched anew shows it."""
    text = phone.page.evaluate("async () => await (await fetch('/play')).text()")
    return set(re.findall(r'name="move" value="([^"]+)" checked', text))


def ticked(phone):
    return set(
        phone.page.eval_on_selector_all('input[name="move"]:checked', "all => all.map(item => item.value)")
    )


def settle(phone, moves, latency):
    """Wait until the host has the ticks, and for as long as its answer and the page after it take, and more."""
    end = time.monotonic() + 20
    while drafted(phone) != moves and time.monotonic() < end:
        phone.page.wait_for_timeout(50)
    phone.page.wait_for_timeout(2 * latency + 700)
    assert ticked(phone) == moves == drafted(phone)


def predict(phone, share):
    """Hold the first account so likely, in percent, and the others alike."""
    first, *others = phone.page.locator('input[name^="reading:"]').all()
    first.fill(str(share))
    for field in others:
        field.fill(str((100 - share) / len(others)))
    phone.page.click('button[value="predict"]')


def say(phone, text):
    phone.page.fill("#text", text)
    phone.page.click('form[action="/say"] button')


def said(phone):
    """Return what has been said, the oldest first."""
    text = phone.page.evaluate("async () => await (await fetch('/play')).text()")
    return re.findall(r"<br><bdi>([^<]*)</bdi>", text)[::-1]


@pytest.mark.parametrize(("latency", "between"), [(150, 80), (400, 300)])
def test_ticks_in_quick_succession_all_arrive(opened, workshop, tmp_path, latency, between):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        slow(phone, latency)
        for move in ("technical_talks", "public_schedule"):
            box(phone, move).click()
            phone.page.wait_for_timeout(between)
        settle(phone, {"technical_talks", "public_schedule"}, latency)
        # Taken back while the first is still on its way, it is the last state that counts.
        for move in ("technical_talks", "public_schedule", "technical_talks"):
            box(phone, move).click()
            phone.page.wait_for_timeout(50)
        settle(phone, {"technical_talks"}, latency)


def test_the_last_draft_and_prediction_and_every_message_arrive_after_a_cut(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        phone.context.set_offline(True)
        for move in ("technical_talks", "public_schedule"):
            box(phone, move).click()
            phone.page.wait_for_timeout(200)
        box(phone, "technical_talks").click()
        for text, share in (("ONE", 30), ("TWO", 60)):
            say(phone, text)
            predict(phone, share)
            phone.page.wait_for_timeout(200)
        phone.page.wait_for_selector("text=out of reach")
        phone.page.click('form[action="/say"] button')  # once more, since nothing seems to happen
        phone.page.wait_for_timeout(200)
        phone.context.set_offline(False)
        phone.page.wait_for_selector('.talk li:has-text("TWO")')
        phone.page.wait_for_timeout(1500)
        assert said(phone) == ["ONE", "TWO"]
        assert drafted(phone) == {"public_schedule"} == ticked(phone)
        phone.go("/play")
        assert phone.page.input_value("#reading-1") == "60"
        assert phone.page.input_value("#text") == ""


def test_what_waited_arrives_after_the_page_is_loaded_again(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        phone.page.route("**/say", lambda route: route.abort())
        say(phone, "ONE")
        phone.page.wait_for_selector("text=out of reach")
        phone.page.unroute("**/say")
        phone.go("/play")
        phone.page.wait_for_selector('.talk li:has-text("ONE")')
        assert said(phone) == ["ONE"]


def test_a_message_whose_answer_is_lost_is_said_once(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        lost, sent_again = [], []

        def lose(route):
            if lost:
                sent_again.append(route.request.post_data)
                route.continue_()
                return
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()

        phone.page.route("**/say", lose)
        hasty(phone)
        say(phone, "ONE")
        end = time.monotonic() + 20
        while not sent_again:
            assert time.monotonic() < end
            phone.page.wait_for_timeout(50)
        phone.page.wait_for_timeout(1000)
        assert (lost, len(sent_again)) == ([303], 1)
        assert said(phone) == ["ONE"]
        assert phone.page.input_value("#text") == ""


def test_what_the_host_fails_at_is_told_of_and_holds_nothing_else_up(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:

        def fail(route):
            if "ONE" in route.request.post_data:
                route.fulfill(
                    status=500,
                    content_type="text/html",
                    body='<main id="main"><p role="alert">It went wrong.</p></main>',
                )
            else:
                route.continue_()

        phone.page.route("**/say", fail)
        hasty(phone)
        say(phone, "ONE")
        phone.page.wait_for_selector("text=out of reach")
        phone.page.fill("#text", "TWO")
        phone.page.click('form[action="/say"] button')
        phone.page.wait_for_selector('.talk li:has-text("TWO")')
        assert said(phone) == ["TWO"]
        assert "It went wrong." in phone.page.inner_text('[role="alert"]')


def test_what_waits_is_sent_for_nobody_else(opened, workshop, tmp_path):
    port = free_port()
    with serving(tmp_path / "older", workshop, port=port) as served, at_play(opened, served) as phone:
        phone.context.set_offline(True)
        box(phone, "technical_talks").click()
        say(phone, "OLD")
        phone.page.wait_for_timeout(300)
        held, cookies = phone.context.storage_state(), phone.context.cookies()
    assert "OLD" in str(held["origins"])
    with serving(tmp_path / "newer", workshop, port=port) as served:
        context = opened.new_context(storage_state={**held, "cookies": cookies}, reduced_motion="reduce")
        phone = Phone(opened, served)
        phone.context.close()
        phone.context, phone.page = context, context.new_page()
        phone.go("/")
        phone.page.fill("#nickname", "Amal")
        phone.page.click("main button.primary")
        phone.page.wait_for_url("**/seats")
        phone.page.wait_for_timeout(500)
        phone.page.click('button[name="seat"][value="1.government"]')
        phone.page.wait_for_url("**/play")
        served.host.act(served.facilitator, Act(kind="start"))
        phone.page.wait_for_selector('button[value="confirm"]')
        say(phone, "NEW")
        phone.page.wait_for_selector("text=NEW")
        assert said(phone) == ["NEW"]
        assert drafted(phone) == set()
        assert "OLD" in phone.page.evaluate("JSON.stringify(localStorage)")  # it was not even tried
        phone.go("/")
        phone.page.click('form[action="/leave"] button')
        phone.page.wait_for_selector("#nickname")
        assert phone.page.evaluate("Object.keys(localStorage)") == []
        context.close()


def test_what_stands_last_takes_the_place_of_what_waits_behind_a_slow_answer(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served, at_play(opened, served) as phone:
        page, sent, held = phone.page, [], []

        def hold_the_first(route):
            sent.append(re.search(r"do=(\w+)", route.request.post_data)[1])
            if len(sent) == 1:
                held.append(route)
            else:
                route.continue_()

        def tick():
            for move in ("public_schedule", "technical_talks"):
                box(phone, move).click()

        def share():
            for number, percent in enumerate(("30", "30", "40"), 1):
                page.fill(f"#reading-{number}", percent)
                page.press(f"#reading-{number}", "Tab")

        page.route("**/order", hold_the_first)
        for last, presses in {
            "draft": (tick,),
            "typed": (share,),
            "predict": (tick, share, page.locator('button[value="predict"]').click),
            "confirm": (tick, share, page.locator('button[value="confirm"]').click),
        }.items():
            box(phone, "technical_talks").click()
            while not held:
                page.wait_for_timeout(50)
            for press in presses:
                press()
            held.pop().continue_()
            page.wait_for_function("() => Object.keys(localStorage).length === 0")
            assert sent == ["draft", last]
            sent.clear()
