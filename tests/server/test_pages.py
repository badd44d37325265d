"""Do the pages work as plain forms, and take nothing from whoever may not give it?"""

import re
from html import unescape
from types import SimpleNamespace

import httpx
import pytest

from game.scenario.loading import load
from game.session.api import Act, Settings
from tests.server.serving import serving
from tests.server.visiting import Visitor, policies, start


@pytest.fixture
def served(tutorial, tmp_path):
    with serving(tmp_path, tutorial, settings=Settings(evidence_shown=True)) as found:
        yield found


def test_a_whole_game_by_plain_forms(served, seats, tutorial):
    people = [Visitor(served) for _seat in seats]
    for person, seat in zip(people, seats, strict=True):
        assert person.join(served, f"Person {seat}", seat).status_code == 200
    start(served)
    for turn in range(1, tutorial.ruleset.turns + 1):
        for person in people:
            page = person.get("/play")
            assert f"Turn {turn} of" in page.text
            person.order(policies(page)[0], turn=turn)
            assert person.page.status_code == 200, person.page.text
    for person in people:
        page = person.get("/play").text
        assert "The world of this game followed" in page
        costs = page.partition("What it cost, whoever gains by it")[2].partition("</ul>")[0]
        assert costs.count("<li>") == len(tutorial.scenario.costs)
        assert re.search(r": \u200e−?\d+\.\d\.<", costs)
        for role in tutorial.scenario.roles.values():
            assert all(f"{item.label}: " in page for item in role.objectives.values())
        assert re.search(r"tell\.\s+Accounts|average\.\s+Accounts", page) or "Accounts:" not in page
        changed = person.get(re.search(r'href="(/indicator/[^"]+)"', page).group(1)).text
        assert "The report said" in changed
        assert "All in all you now estimate" in changed
        assert "Reports err and luck plays along" in changed or "All leave about as much over" in changed
        assert person.get("/debrief").status_code == 403  # a class waits for its facilitator
        assert 'href="/debrief"' not in page


def test_a_draft_stays_and_a_refusal_is_told(served, seats):
    person = Visitor(served)
    person.join(served, "Amal", seats[0])
    start(served)
    page = person.get("/play")
    assert re.search(r"Political capital: (\d+) of \1;", page.text)
    every = policies(page)
    person.order(every[0], do="draft")
    assert re.search(rf'value="{every[0]}" checked', person.get("/play").text)
    refused = person.order(*every, do="confirm", key="other")
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert refused.text.count("checked") >= len(every)


def test_an_order_that_counted_is_never_refused_when_it_is_sent_again(served, seats):
    """As when its answer was lost on the way, and the turn was resolved before it came again."""
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    two.join(served, "Basim", seats[1])
    start(served)
    move = policies(one.get("/play"))[0]
    one.order(move, do="draft")
    one.order(move, key="lost")
    two.get("/play")
    two.order()
    again = one.order(move, key="lost")
    assert again.status_code == 200
    assert 'role="alert"' not in again.text
    assert one.order(move, key="another").status_code == 409


def test_two_people_of_a_seat_read_who_has_handed_in(served, seats):
    one, two, beside = Visitor(served), Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    beside.join(served, "Basim", seats[0])
    two.join(served, "Dina", seats[1])
    start(served)
    for person in (one, beside):
        served.host.present(person.client.cookies["seat"], 1)
    move = policies(one.get("/play"))[0]
    assert "You have confirmed; another person of your seat must too." in one.order(move).text
    agree = "\u2068Amal\u2069 has handed this in; press Hand in if you agree."
    assert beside.get("/play").text.count(agree) == 2
    assert agree not in two.get("/play").text
    beside.get("/play")
    assert "Your order is in." in beside.order(move).text
    assert "another person of your seat" not in one.get("/play").text


@pytest.mark.parametrize("held", ["bot", "caretaker"])
def test_people_read_who_plays_their_seat_in_their_place(served, seats, held):
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    two.join(served, "Basim", seats[1])
    start(served)
    told = "A bot or caretaker plays this seat now"
    hand, seat = {"kind": "hand", "room": 1, "role": seats[0]}, f"1.{seats[0]}"
    served.host.act(served.facilitator, Act(**hand, held=held))
    assert f"{told}." in one.get("/play").text
    assert "Your order is in." not in one.page.text
    assert told not in two.get("/play").text
    served.host.act(served.facilitator, Act(**hand, held="people"))
    assert told not in one.get("/play").text
    served.host.act(served.facilitator, Act(**hand, held=held))
    served.host.act(served.facilitator, Act(kind="lock", room=1, role=seats[0]))
    assert f"{told}; the facilitator can hand it back." in one.get("/play").text
    assert f'value="{seat}"' not in one.page.text
    assert one.post("/claim", seat=seat).status_code == 409
    served.host.act(served.facilitator, Act(kind="open", room=1, role=seats[0]))
    assert f'value="{seat}"' in one.get("/play").text
    assert told not in one.post("/claim", seat=seat).text
    assert "Your order" in one.page.text


def test_whoever_loads_pages_or_polls_keeps_the_seat(tutorial, tmp_path, seats):
    with serving(tmp_path, tutorial, settings=Settings(grace_seconds=30)) as served:
        one, two = Visitor(served), Visitor(served)
        one.join(served, "Amal", seats[0])
        two.join(served, "Basim", seats[1])
        start(served)
        page, token = one.get("/play"), one.client.cookies["seat"]
        name = re.search(r'href="/indicator/([^"]+)"', page.text).group(1)
        presence = served.host.session(served.made.session_id).presence
        began = served.host.clock.now()
        who = served.host.who(token).id
        for later, path in enumerate(
            ("/play", "/version?as=seat", "/status", f"/indicator/{name}", "/api/view")
        ):
            at = SimpleNamespace(now=lambda later=later: began + 20 + later)
            served.host.clock = at
            one.client.get(path, headers={"Authorization": f"Bearer {token}"})
            assert presence.seen(who) == at.now(), path
        for seconds in (20, 35):
            served.host.tick(began + seconds)
        held = {seat.role: (seat.held, seat.connected) for seat in served.host.status(token).seats}
        assert held[seats[0]] == ("people", 1)
        assert held[seats[1]][0] == "caretaker"


def test_the_language_button_leads_back_from_answers_to_forms(served, seats):
    def in_arabic(person):
        back = re.search(r'name="back" value="([^"]*)"', person.page.text).group(1)
        assert person.post("/language", lang="ar", back=unescape(back)).status_code == 200
        assert 'lang="ar"' in person.page.text[:60]
        return person.page.url.raw_path.decode()

    stranger, host, one = Visitor(served), Visitor(served), Visitor(served)
    assert stranger.post("/join", code="WRONG1", nickname="Amal").status_code == 409
    assert in_arabic(stranger) == "/"
    host.get(f"/facilitator/enter/{served.facilitator}")
    assert host.post("/facilitator/act", kind="pause").status_code == 409
    assert in_arabic(host) == "/facilitator"
    host.get("/facilitator?room=1")
    assert in_arabic(host) == "/facilitator?room=1"
    one.join(served, "Amal", seats[0])
    start(served)
    one.get("/seats?change=1")
    assert in_arabic(one) == "/seats?change=1"
    one.get("/play")
    assert one.post("/pin").status_code == 200
    assert in_arabic(one) == "/play"
    assert one.order("nothing").status_code == 409
    assert in_arabic(one) == "/play"


def test_a_wrong_tap_on_a_seat_is_undone_until_the_game_begins(served, seats):
    one = Visitor(served)
    one.join(served, "Amal", seats[0])
    link = re.search(r'href="(/seats[^"]*)"', one.get("/play").text).group(1)
    assert one.get(link).url.path == "/seats"
    one.post("/claim", seat=f"1.{seats[1]}")
    assert served.host.who(one.client.cookies["seat"]).role == seats[1]
    start(served)
    assert 'href="/seats' not in one.get("/play").text


def test_a_countdown_stands_outside_of_what_is_read_out(tutorial, tmp_path, seats):
    with serving(tmp_path, tutorial, settings=Settings(turn_seconds=300)) as served:
        one = Visitor(served)
        one.join(served, "Amal", seats[0])
        start(served)
        for path in ("/play", "/status"):
            page = one.get(path).text
            assert page.count("<time data-left=") == 1
            live = re.findall(r'<p[^>]* role="status".*?</p>', page, re.S)
            assert live
            assert not [part for part in live if "<time" in part]
        token = one.client.cookies["seat"]
        before = served.host.mark(token)
        served.host.act(served.facilitator, Act(kind="extend", seconds=60))
        assert served.host.mark(token) != before  # the whole page is loaded anew, its countdown with it


def test_predictions_messages_and_explanations(served, seats):
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    two.join(served, "Basim", seats[1])
    start(served)
    readings = re.findall(r'name="(reading:[^"]+)"', one.get("/play").text)
    shares = dict(zip(readings, ["70", "30"] + ["0"] * 9, strict=False))
    assert one.post("/order", do="predict", turn="1", key="o").status_code == 409
    one.get("/play")
    one.post("/order", do="predict", turn="1", key="p", **shares)
    assert 'value="70"' in one.page.text
    one.post("/order", do="predict", turn="1", key="q")
    assert 'value="70"' not in one.page.text
    assert served.host.predicted(one.client.cookies["seat"]) is None
    one.get("/play")
    one.post("/say", to=seats[1], text="Shall we talk?", key="s")
    assert "Shall we talk?" in two.get("/play").text
    assert '<option value="press">Press</option>' in one.get("/play").text
    one.post("/say", to="press", text="No comment.", key="t")
    assert served.host.said(served.facilitator, 1)[-1].to == "press"
    name = re.search(r'href="/indicator/([^"]+)"', one.get("/play").text).group(1)
    assert "What each account expects" in one.get(f"/indicator/{name}").text
    assert one.get("/indicator/nothing").status_code == 404


def test_a_page_shows_the_newest_messages(served, seats):
    one, two = Visitor(served), Visitor(served)
    for person, seat in zip((one, two), seats, strict=True):
        person.join(served, seat, seat)
    start(served)
    for number in range(60):
        for person in (one, two):
            served.host.send(person.client.cookies["seat"], "all", f"said {number}")
    page = one.get("/play").text
    assert page.count("<bdi>said ") == 100
    assert "<bdi>said 9</bdi>" not in page
    assert "<bdi>said 10</bdi>" in page
    assert "Only the newest 100 messages are shown." in page


def test_one_press_hands_in_the_order_with_the_prediction(served, seats):
    one = Visitor(served)
    one.join(served, "Amal", seats[0])
    Visitor(served).join(served, "Basim", seats[1])
    start(served)
    page = one.get("/play")
    readings = re.findall(r'name="(reading:[^"]+)"', page.text)
    assert page.text.index(readings[-1]) < page.text.index('value="confirm"')
    card = policies(page)[0]
    half = {readings[0]: "62.5"}
    refused = one.post("/order", do="confirm", turn="1", key="a", move=[card], **half)
    assert refused.status_code == 409
    assert "Give a percentage for each account" in refused.text
    assert 'value="62.5"' in refused.text
    assert f'value="{card}" checked' in refused.text
    assert "Your order is in" not in refused.text
    whole = dict(zip(readings, ["62.5", "37.5"] + ["0"] * 9, strict=False))
    one.post("/order", do="draft", turn="1", key="b", move=[card], **whole)
    assert 'value="62.5"' in one.page.text
    one.post("/order", do="confirm", turn="1", key="c", move=[card], **whole)
    assert "Your order is in" in one.page.text
    token = one.client.cookies["seat"]
    kept = served.host.predicted(token)
    assert kept is not None
    assert set(kept.readings.values()) >= {0.625, 0.375}


def test_what_is_whole_of_a_typed_prediction_is_kept_and_no_draft_with_it(tmp_path):
    workshop = load("baghdad-2021:workshop")
    with serving(tmp_path, workshop) as served:
        one, token = Visitor(served), ""
        one.join(served, "Amal", "government")
        start(served)
        token = one.client.cookies["seat"]
        page = one.get("/play")
        readings = re.findall(r'name="(reading:[^"]+)"', page.text)
        question = re.search(r'name="(question:[^"]+)"', page.text).group(1)
        one.order(policies(page)[0], do="draft")
        half = dict(zip(readings, ["50", "30", ""], strict=True))
        steps = [
            ({**half, question: "7"}, None, 0.07),
            ({**half, readings[2]: "20", question: "70"}, 0.5, 0.7),
            ({**half, readings[0]: "90", question: "no idea"}, 0.5, 0.7),  # half of it stays as it was
            ({**half, readings[2]: "20", question: ""}, 0.5, None),
            ({**dict.fromkeys(readings, ""), question: ""}, None, None),  # emptied, it is withdrawn
        ]
        for at, (typed, share, answer) in enumerate(steps):
            one.get("/play")
            reply = one.post("/order", do="typed", turn="1", key=f"t{at}", **typed)
            assert reply.status_code == 200
            kept = served.host.predicted(token)
            assert (kept and kept.readings.get(readings[0].partition(":")[2])) == share
            assert (kept and kept.questions.get(question.partition(":")[2])) == answer
        assert f'value="{policies(page)[0]}" checked' in one.get("/play").text
        served.host.act(served.facilitator, Act(kind="pause"))
        one.post("/order", do="typed", turn="1", key="p", **{question: "40"})
        one.get("/play")
        assert served.host.predicted(token) is not None
        served.host.act(served.facilitator, Act(kind="force"))
        late = one.post(
            "/order", do="typed", turn="1", key="l", **{readings[0]: "1", readings[1]: "1", readings[2]: "1"}
        )
        assert late.status_code == 409
        assert 'role="alert"' in late.text


def test_an_answer_that_is_no_percentage_is_refused(tmp_path):
    workshop = load("baghdad-2021:workshop")
    with serving(tmp_path, workshop) as served:
        people = [Visitor(served) for _role in range(2)]
        for person, role in zip(people, workshop.ruleset.role_at, strict=False):
            person.join(served, role, role)
        start(served)
        one = people[0]
        question = re.search(r'name="(question:[^"]+)"', one.get("/play").text).group(1)
        refused = one.post("/order", do="confirm", turn="1", key="a", **{question: "101"})
        assert refused.status_code == 409
        assert "Answer a question with a percentage" in refused.text
        one.post("/order", do="confirm", turn="1", key="b", **{question: "80%"})
        kept = served.host.predicted(one.client.cookies["seat"])
        assert kept.questions == {question.partition(":")[2]: 0.8}


def test_an_agreement_of_others_is_not_called_open_to_the_seat(tmp_path):
    game = load("baghdad-2021:workshop")
    with serving(tmp_path, game) as served:
        people = [Visitor(served) for _role in game.ruleset.role_at]
        for person, role in zip(people, game.ruleset.role_at, strict=True):
            person.join(served, role, role)
        start(served)
        told = 0
        for person in people:
            page, view = person.get("/play").text, served.host.view(person.client.cookies["seat"], "en")
            for item in view.agreements:
                state = page.partition(f">{item.label}</strong>")[2].partition("·")[0]
                assert ("can be signed" in state) == (item.mine and item.status == "open")
                told += "not signed" in state
        assert told


def test_the_briefing_tells_what_counts_and_how_much_is_needed(served, seats, tutorial):
    person = Visitor(served)
    person.join(served, "Amal", seats[0])
    start(served)
    page = person.get("/play").text
    assert page.count(": counts for ") == len(tutorial.scenario.roles[seats[0]].objectives)
    mark = tutorial.ruleset.roles[0].reached_at
    assert f"It counts as reached from {100 * mark:.0f} of 100 in all." in page


def test_another_device_gets_in_by_four_digits(served, seats):
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    digits = re.search(r'class="digits"[^>]*>(\d{4})<', one.post("/pin").text).group(1)
    two.post("/join", code=served.code, pin=digits, nickname="")
    assert two.page.url.path == "/play"
    assert two.page.text.count("Amal") == one.get("/play").text.count("Amal")


def test_json_for_other_clients(served, seats):
    client = httpx.Client(base_url=f"{served.url}/api", timeout=30)
    served.clients.append(client)
    joined = client.post("/join", json={"code": served.code, "nickname": "Amal"}).json()
    client.headers["Authorization"] = f"Bearer {joined['token']}"
    assert client.get("/rooms").json()["rooms"][0]["room"] == 1
    assert client.post("/claim", json={"room": 1, "role": seats[0]}).json() == {"turn": 1}
    start(served)
    view = client.get("/view", params={"lang": "ar"}).json()
    assert view["lang"] == "ar"
    move = next(item["id"] for item in view["policies"] if item["available"])
    assert client.post("/draft", json={"order": {"turn": 1, "moves": [move]}, "key": "a"}).status_code == 200
    forecast = client.post("/forecast", json={"order": {"turn": 1, "moves": [move]}}).json()
    assert len(forecast["readings"]) == len(view["readings"])
    handed = {"order": {"turn": 1, "moves": [move]}, "key": "b"}
    assert [client.post("/confirm", json=handed).status_code for _again in range(3)] == [200, 200, 200]
    refused = client.post("/confirm", json={"order": {"turn": 9}, "key": "c"})
    assert refused.status_code == 409
    assert refused.json()["code"] == "wrong_turn"
    assert client.post("/confirm", content=b"{").status_code == 400
    assert client.get("/explain/nothing", params={"since": 1, "until": 1}).status_code == 409
    client.headers["Authorization"] = "Bearer nobody"
    assert client.get("/view").status_code == 401


def test_who_was_in_an_older_session_joins_the_one_that_is_served(served, seats, tutorial, tmp_path):
    person = Visitor(served)
    person.join(served, "Amal", seats[0])
    assert "You are in as" in person.get("/").text
    with serving(tmp_path, tutorial) as newer:
        person.client.base_url = newer.url
        assert 'name="nickname"' in person.get(f"/?code={newer.code}").text
        assert 'name="nickname"' in person.get("/").text
        assert "You are in as" in person.get(f"/?code={served.code}").text
        person.get("/")
        assert person.post("/join", code=newer.code, nickname="Amal", lang="en").url.path == "/seats"
        assert "You are in as" in person.get("/").text
        person.client.base_url = served.url
        assert 'name="nickname"' in person.get("/").text
