"""Does a class play in real browsers? A facilitator and four phones, two languages, and what goes wrong in classes."""

import pytest

from game.scenario.loading import load
from game.session.api import Act, Settings
from tests import browser
from tests.server.phoning import DESK, Phone, renewed, spot_of
from tests.server.serving import serving

pytestmark = pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)


def test_a_class_plays_a_whole_game(opened, workshop, tmp_path):
    with serving(tmp_path, workshop, settings=Settings()) as served:
        host = Phone(opened, served, size={"width": 1280, "height": 900}).go(
            f"/facilitator/enter/{served.facilitator}"
        )
        roles = list(workshop.ruleset.role_at)
        langs = ("en", "ar", "en", "ar")
        phones = [
            Phone(opened, served, lang).join(f"Person {at}", role)
            for at, (role, lang) in enumerate(zip(roles[:3], langs, strict=False))
        ]
        assert phones[1].page.evaluate("document.documentElement.dir") == "rtl"
        host.sees("3 people have joined")
        host.page.click("text=Start all rooms")
        # The fourth seat is nobody's: a bot plays it until somebody comes.
        for phone in phones:
            phone.wait_for_turn(1)
            phone.page.wait_for_selector('button[value="confirm"]')
        for at, phone in enumerate(phones):
            phone.hand_in(at)
        for phone in phones:
            phone.wait_for_turn(2)

        late = Phone(opened, served, langs[3]).join("Late", roles[3])
        host.sees("Late")
        row = host.page.locator("tr", has_text=workshop.scenario.roles[roles[3]].label)
        row.get_by_role("button", name="bot").wait_for()  # whoever takes the bot's seat plays it
        late.page.wait_for_selector('button[value="confirm"]')
        everybody = [*phones, late]

        # A refresh, a second device, a closed phone.
        phones[0].page.locator('input[name="move"]').nth(0).check()
        phones[0].page.wait_for_timeout(500)
        phones[0].page.reload()
        assert phones[0].page.locator('input[name="move"]').nth(0).is_checked()
        phones[2].page.click(".panel form[action='/pin'] button")
        digits = phones[2].page.inner_text(".digits")
        second = Phone(opened, served).go("/")
        second.page.fill("#code", served.code)
        second.page.click("summary")
        second.page.fill("#pin", digits)
        second.page.click("main button.primary")
        second.page.wait_for_url("**/play")
        phones[2].close()
        everybody[2] = second

        # A pause: nobody can order; then it goes on.
        host.page.locator(".room").get_by_role("button", name="Pause").click()
        second.page.wait_for_selector("text=The game is paused.")
        host.page.locator(".room").get_by_role("button", name="Go on").click()
        second.page.wait_for_selector('button[value="confirm"]')
        for phone in everybody:
            phone.hand_in()
        for phone in everybody:
            phone.wait_for_turn(3)

        # Taken back: the same turn once more.
        host.page.click(".room summary")
        host.page.fill('.room input[name="turn"]', "2")
        host.page.locator('.room input[name="text"]').first.fill("Once more, slowly")
        host.page.click("text=Take back to this turn")
        for phone in everybody:
            phone.wait_for_turn(2)

        for turn in range(2, workshop.ruleset.turns + 1):
            for phone in everybody:
                phone.wait_for_turn(turn)
                phone.page.wait_for_selector('button[value="confirm"]')
            for phone in everybody:
                phone.hand_in()
        for phone in everybody:
            phone.page.wait_for_selector("#end")
        assert all(phone.errors == [] for phone in (*everybody, host))
        for phone in (*everybody, host):
            phone.close()


def test_a_whole_game_without_script(opened, tmp_path):
    tutorial = load("tutorial")
    with serving(tmp_path, tutorial) as served:
        roles = list(tutorial.ruleset.role_at)
        phones = [Phone(opened, served, script=False).join(f"Person {role}", role) for role in roles]
        host = Phone(opened, served, script=False).go(f"/facilitator/enter/{served.facilitator}")
        host.page.click("text=Start all rooms")
        for _turn in range(tutorial.ruleset.turns):
            for phone in phones:
                phone.go("/play")
                phone.page.locator('input[name="move"]').nth(0).check()
                phone.page.click('button[value="confirm"]')
        for phone in phones:
            phone.go("/play").page.wait_for_selector("#end")
            phone.close()
        host.close()


def test_what_is_pressed_while_the_host_is_away_is_sent_again(opened, tmp_path):
    tutorial = load("tutorial")
    with serving(tmp_path, tutorial) as served:
        role = next(iter(tutorial.ruleset.role_at))
        phone = Phone(opened, served).join("Amal", role)
        host = Phone(opened, served).go(f"/facilitator/enter/{served.facilitator}")
        host.page.click("text=Start all rooms")
        phone.page.wait_for_selector('button[value="confirm"]')
        phone.context.set_offline(True)
        phone.page.click('button[value="confirm"]')
        phone.page.wait_for_selector("text=out of reach")
        assert served.host.overview(served.facilitator).rooms[0].turn == 1
        phone.context.set_offline(False)
        phone.wait_for_turn(2)
        phone.close()
        host.close()


def test_keys_alone_hand_an_order_in(opened, tmp_path):
    tutorial = load("tutorial")
    with serving(tmp_path, tutorial) as served:
        phone = Phone(opened, served).join("Amal", next(iter(tutorial.ruleset.role_at)))
        host = Phone(opened, served).go(f"/facilitator/enter/{served.facilitator}")
        host.page.click("text=Start all rooms")
        phone.page.wait_for_selector('button[value="confirm"]')

        def tab_to(what):
            for _step in range(120):
                phone.page.keyboard.press("Tab")
                if phone.page.evaluate(f"document.activeElement.matches({what!r})"):
                    return
            raise AssertionError(what)

        tab_to('input[name="move"]')
        with renewed(phone.page):
            phone.page.keyboard.press("Space")
        assert phone.page.evaluate("document.activeElement.matches('input[name=\"move\"]')")
        tab_to('button[value="confirm"]')
        phone.page.keyboard.press("Enter")
        phone.wait_for_turn(2)
        phone.close()
        host.close()


def test_better_and_worse_differ_in_shape_and_numbers_keep_their_order(opened, workshop, tmp_path):
    role = next(iter(workshop.ruleset.role_at))
    with serving(tmp_path, workshop) as served:
        phone = Phone(opened, served, "ar").join("Amal", role)
        served.host.act(served.facilitator, Act(kind="start"))
        for _turn in range(4):
            served.host.act(served.facilitator, Act(kind="force"))
        phone.go("/play").page.locator(".trend.bad, .trend.good").first.wait_for(state="attached")
        fills = """kind => [...document.querySelectorAll(`.trend.${kind} polygon`)].map(
            item => getComputedStyle(item).fill)"""
        assert set(phone.page.evaluate(fills, "good")) <= {"none"}
        assert "none" not in phone.page.evaluate(fills, "bad")
        changed = phone.page.locator("li:has(.trend) a[href^='/indicator/']").first.get_attribute("href")
        phone.go(changed)
        places = [
            spot_of(phone.page.locator(f".levels {part}").first)["x"]
            for part in (".value", ".soft", ".arrow", ".trend bdi")
        ]
        assert places == sorted(places, reverse=True), places
        phone.close()


def test_a_new_turn_begins_at_the_top_unless_somebody_types(opened, tmp_path):
    tutorial = load("tutorial")
    with serving(tmp_path, tutorial) as served:
        roles = list(tutorial.ruleset.role_at)
        phone = Phone(opened, served).join("Amal", roles[0])
        other = Phone(opened, served).join("Basim", roles[1])
        served.host.act(served.facilitator, Act(kind="start"))
        for one in (phone, other):
            one.page.wait_for_selector('button[value="confirm"]')

        def keys(name, where=phone):
            where.page.focus(f'button[value="{name}"]')
            where.page.keyboard.press("Enter")

        readings = phone.page.locator('input[name^="reading:"]')
        for field in readings.all():
            field.fill("50")
        keys("predict")
        phone.sees("Your prediction for this turn is kept")
        assert phone.is_at('button[value="predict"]')
        keys("confirm")
        phone.page.wait_for_selector("#waiting")
        assert phone.is_at("#waiting")
        other.page.fill("#text", "Half a sent")
        served.host.act(served.facilitator, Act(kind="force"))
        for one in (phone, other):
            one.wait_for_turn(2)
        assert phone.is_at("#news")
        assert phone.page.evaluate("scrollY") == 0
        assert other.is_at("#text")
        assert other.page.input_value("#text") == "Half a sent"
        for turn in range(2, tutorial.ruleset.turns + 1):
            keys("confirm", other)
            other.page.wait_for_selector("#waiting")
            assert other.is_at("#waiting")
            assert other.page.evaluate("scrollY") == 0
            keys("confirm")
            for one in (phone, other):
                if turn < tutorial.ruleset.turns:
                    one.wait_for_turn(turn + 1)
                    assert one.is_at("#news")
        for one in (phone, other):
            one.page.wait_for_selector("#end")
            assert one.is_at("#end")
            assert one.page.evaluate("scrollY") == 0
            assert one.errors == []
            one.close()


def test_hand_in_keeps_what_was_typed_of_a_prediction(opened, tmp_path):
    tutorial = load("tutorial")
    with serving(tmp_path, tutorial) as served:
        role = next(iter(tutorial.ruleset.role_at))
        phone = Phone(opened, served).join("Amal", role)
        served.host.act(served.facilitator, Act(kind="start"))
        phone.page.wait_for_selector('button[value="confirm"]')
        fields = phone.page.locator('input[name^="reading:"]')
        fields.first.fill("70")
        phone.page.fill("#text", "Not sent yet")
        phone.hand_in(0)
        phone.sees("Give a percentage for each account", '[role="alert"]')
        assert phone.page.locator('input[name="move"]').nth(0).is_checked()
        assert fields.first.input_value() == "70"
        assert phone.page.input_value("#text") == "Not sent yet"
        for at in range(1, fields.count()):
            fields.nth(at).fill(str(30 if at == 1 else 0))
        phone.hand_in()
        phone.wait_for_turn(2)
        assert [field.input_value() for field in fields.all()] == [""] * fields.count()
        assert phone.page.input_value("#text") == "Not sent yet"
        room = served.host.of_facilitator(served.facilitator).rooms[1]
        (kept,) = room.table.predictions.values()
        assert sorted(kept.readings.values())[-2:] == [0.3, 0.7]
        assert phone.errors == []
        phone.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_everybody_can_use_every_page(opened, workshop, tmp_path, lang):
    with serving(tmp_path, workshop, settings=Settings(evidence_shown=True)) as served:
        roles = list(workshop.ruleset.role_at)
        host = Phone(opened, served, lang).go(f"/facilitator/enter/{served.facilitator}")
        phone = Phone(opened, served, lang).go("/")
        look(phone)
        phone.join("Amal", roles[0])
        phone.go("/seats?change=1")
        look(phone)
        host.page.locator(".acts button.primary").first.click()
        phone.go("/play")
        phone.page.wait_for_selector('button[value="confirm"]')
        phone.hand_in(0)
        phone.wait_for_turn(2)
        for path in ("/play", "/indicator/combat_presence", "/nothing"):
            look(phone.go(path))
        for path in ("/facilitator/compare", "/board", f"/facilitator/look/1/{roles[0]}", "/facilitator"):
            look(host.go(path))
        host.page.locator('form[action="/facilitator/board"] button').click()
        host.page.wait_for_selector(".address")
        look(host)
        phone.close()
        host.close()


def test_anothers_order_renews_the_status_line_alone(opened, tmp_path):
    tutorial = load("tutorial")
    with serving(tmp_path, tutorial) as served:
        roles = list(tutorial.ruleset.role_at)
        one, two = (Phone(opened, served).go("/") for _role in roles)
        for phone, role in zip((one, two), roles, strict=True):
            phone.join(role, role)
        served.host.act(served.facilitator, Act(kind="start"))
        for phone in (one, two):
            phone.go("/play")
            phone.page.wait_for_selector('button[value="confirm"]')
        two.page.wait_for_timeout(1500)
        asked = []
        two.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        mark = two.page.evaluate_handle("document.querySelector('p.status')")
        label = tutorial.scenario.roles[roles[0]].label
        assert label in two.page.locator("p.status").inner_text()
        one.hand_in(0)
        two.page.wait_for_function(
            "label => !document.querySelector('p.status').innerText.includes(label)", arg=label
        )
        assert mark.evaluate("line => line === document.querySelector('p.status')")
        assert set(asked[-1:]) == {"status"}
        for phone in (one, two):
            assert phone.errors == []
            phone.close()


def test_what_the_facilitator_types_stays_where_it_was_typed(opened, tmp_path):
    with serving(tmp_path, load("tutorial"), rooms=2) as served:
        host = Phone(opened, served).go(f"/facilitator/enter/{served.facilitator}")
        for detail in host.page.locator("details").all():
            detail.evaluate("item => item.open = true")
        rooms = host.page.locator("section.room")
        fields = 'form:has(input[value="message"]) '
        typed = rooms.nth(1).locator(fields + 'input[name="text"]')
        typed.fill("Two minutes left")
        rooms.nth(1).locator(fields + 'select[name="role"]').select_option(index=1)
        typed.focus()
        served.host.act(served.facilitator, Act(kind="start"))
        host.page.wait_for_selector("section.room:has-text('Resolve the turn now')")
        assert typed.input_value() == "Two minutes left"
        assert (
            rooms.nth(1).locator(fields + 'select[name="role"]').evaluate("item => item.selectedIndex") == 1
        )
        assert rooms.nth(0).locator(fields + 'input[name="text"]').input_value() == ""
        assert typed.evaluate("item => item === document.activeElement")
        assert host.errors == []
        host.close()


def look(phone):
    """Find nothing that keeps people out, and nothing that is wider than the window, at three widths."""
    for detail in phone.page.locator("details").all():
        detail.evaluate("item => item.open = true")
    for width in (360, 768, 1280):
        phone.page.set_viewport_size({"width": width, "height": 800})
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width, (phone.page.url, width)
    serious = [item for item in browser.barriers(phone.page) if "(minor)" not in item]
    assert serious == [], phone.page.url


def test_no_long_word_pushes_a_page_out_of_its_window(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        long = served.host.join(served.code, "N" * 40).token
        served.host.claim(long, 1, "washington")
        phone = Phone(opened, served).join("Amal", "government")
        served.host.act(served.facilitator, Act(kind="start"))
        served.host.send(long, "all", "W" * 2000)
        served.host.send(long, "facilitator", "W" * 2000)
        phone.sees("W{2000}", ".talk")
        desk = Phone(opened, served, size=DESK).go(f"/facilitator/enter/{served.facilitator}")
        for who, path in (
            (phone, "/play"),
            (phone, "/seats?change=1"),
            (desk, "/facilitator?room=1"),
            (desk, "/board"),
        ):
            for size in ({"width": 360, "height": 740}, DESK):
                who.page.set_viewport_size(size)
                who.go(path)
                wide = who.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, (path, size)
        assert len(desk.page.inner_text("#news ~ p:last-of-type")) < 400
        phone.close()
        desk.close()


def test_the_projector_s_page_shows_who_is_ready_without_scrolling(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        board = Phone(opened, served, size={"width": 1280, "height": 720})
        board.go(f"/facilitator/enter/{served.facilitator}").go("/board")
        seats = board.page.locator(".ready li")
        assert seats.count() == len(workshop.ruleset.role_at)
        for seat in seats.all():
            box = spot_of(seat)
            assert box["y"] + box["height"] <= 720, seat.inner_text()
        board.close()


def test_the_debrief_is_offered_where_the_ending_begins(opened, tmp_path):
    with serving(tmp_path, load("tutorial")) as served:
        phone = Phone(opened, served).join("Amal", next(iter(load("tutorial").ruleset.role_at)))
        for kind in ("start", "end", "debrief"):
            served.host.act(served.facilitator, Act(kind=kind))
        link = phone.page.locator('a[href="/debrief"]')
        link.wait_for()
        phone.page.evaluate("scrollTo(0, 0)")
        box = spot_of(link)
        assert box["y"] + box["height"] <= 740
        phone.close()
