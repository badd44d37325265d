"""Do pages let nothing in that they should not, and nothing out that is not the asker's?"""

import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from game.session.thinking import Thinkers
from tests.server.serving import serving
from tests.server.visiting import Visitor, policies, start


def test_text_of_players_never_becomes_markup(served, seats):
    one, two = Visitor(served), Visitor(served)
    one.join(served, "<script>alert(1)</script>", seats[0])
    two.join(served, "Basim", seats[1])
    start(served)
    one.get("/play")
    one.post("/say", to="all", text="<img src=x onerror=alert(2)>", key="s")
    for page in (two.get("/play"), two.get("/seats?change=1")):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert "&lt;img src=x" in two.get("/play").text


def test_every_answer_has_safe_headers(served, seats):
    person = Visitor(served)
    for path in ("/", "/nothing", "/facilitator", "/static/live.js", "/api/view", "/version"):
        headers = person.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    person.get("/")
    person.join(served, "Amal", seats[0])
    for cookie in person.client.cookies.jar:
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "strict"


def test_who_has_a_right_link_or_is_in_is_not_kept_out_by_wrong_codes(served, seats):
    inside, guesser = Visitor(served), Visitor(served)
    inside.join(served, "Amal", seats[0])
    for _time in range(10):
        guesser.post("/join", code="WRONG1", nickname="x", lang="en")
    assert "Too many wrong codes" in guesser.post("/join", code=served.code, nickname="x", lang="en").text
    assert inside.get("/play").url.path == "/play"
    for guess in range(12):
        assert guesser.get(f"/facilitator/enter/guess{guess}").status_code == 403
    assert guesser.get(f"/facilitator/enter/{served.facilitator}").status_code == 200


def test_forms_from_elsewhere_are_refused(served, seats):
    person = Visitor(served)
    person.join(served, "Amal", seats[0])
    start(served)
    for key in ("", "guess", "x" * 32, "é" * 24):
        sent = person.client.post("/order", data={"form_key": key, "do": "confirm", "turn": "1"})
        assert sent.status_code == 403
    assert "Your order is in" not in person.get("/play").text
    assert httpx.post(f"{served.url}/join", data={"code": served.code, "nickname": "x"}).status_code == 403


def test_no_form_in_another_alphabet_spoils_the_others_pages(served, seats):
    """A form may name its own encoding, and by some of them bring half letters that no page can be written with."""
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    two.join(served, "Basim", seats[1])
    start(served)
    fields = {"form_key": one.form_key(), "to": "all", "text": "\\ud800", "key": "a"}
    part = '--B\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(part.format(*field) for field in fields.items()) + "--B--\r\n"
    for charset in ("unicode_escape", "undefined", "punycode", "utf-8"):
        kind = f"multipart/form-data; boundary=B; charset={charset}"
        assert one.client.post("/say", content=body, headers={"Content-Type": kind}).status_code == 403
    assert one.get("/play").status_code == two.get("/play").status_code == 200
    assert "Nothing was said yet" in two.page.text


def test_no_link_puts_anybody_on_anothers_seat(served, seats):
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    two.join(served, "Basim", seats[1])
    mine = two.client.cookies["seat"]
    assert two.get(f"/enter/{one.client.cookies['seat']}").status_code == 404
    assert two.client.cookies["seat"] == mine


def test_what_is_too_large_is_refused(served):
    person = Visitor(served)
    assert person.post("/join", code=served.code, nickname="x" * 200_000).status_code in (400, 413)
    assert person.client.post("/api/join", content=b"x" * 200_000).status_code == 413


def test_no_request_begins_without_end(served):
    with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])), timeout=10) as endless:
        endless.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ")
        with pytest.raises(ConnectionError):
            endless.sendall(b"a" * 30_000_000)
    assert Visitor(served).page.status_code == 200


def test_a_crowd_that_asks_for_much_leaves_pages_quick(baghdad, tmp_path):
    """Sixty questions that take long, of ten people, and a page and a view of somebody else meanwhile."""
    with serving(tmp_path, baghdad, thinkers=Thinkers(1)) as served:
        people = [served.host.join(served.code, f"P{at}").token for at in range(10)]
        for token in people:
            served.host.claim(token, 1, "government")
        start(served)
        policies = [move.id for move in served.host.view(people[0], "en").policies]
        with ThreadPoolExecutor(60) as many:
            asked = [many.submit(forecast, served, people[at % 10], policies[at // 10]) for at in range(60)]
            time.sleep(0.5)
            began = time.monotonic()
            for path in ("/", "/api/view", "/api/status"):
                answer = httpx.get(served.url + path, headers={"Authorization": f"Bearer {people[0]}"})
                assert answer.status_code == 200
            took, waiting = time.monotonic() - began, sum(not each.done() for each in asked)
            assert waiting > 10
            assert {each.result() for each in asked} == {200}
        assert took < 3


def forecast(served, token, move):
    body = {"order": {"turn": 1, "moves": [move]}}
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{served.url}/api/forecast", json=body, headers=headers, timeout=60).status_code


def test_guessing_codes_is_limited(served):
    person = Visitor(served)
    told = [person.post("/join", code=f"WRONG{n}", nickname="x").text for n in range(40)]
    assert "Too many wrong codes" in told[-1]
    assert "Too many wrong codes" not in told[0]


def test_other_seats_secrets_do_not_arrive(tutorial, tmp_path, seats):
    """A draft, a message and a prediction of one seat, looked for in every byte that others receive."""
    with serving(tmp_path, tutorial) as served:
        one, two, stranger = Visitor(served), Visitor(served), Visitor(served)
        one.join(served, "Amal", seats[0])
        two.join(served, "Basim", seats[1])
        start(served)
        page = one.get("/play")
        one.order(policies(page)[0], do="draft")
        one.get("/play")
        one.post("/say", to="facilitator", text="canary-message", key="s")
        token = one.client.cookies["seat"]
        seen = ""
        for person in (two, stranger):
            for path in ("/", "/seats?change=1", "/play", "/version", "/api/view", "/board", "/facilitator"):
                seen += person.get(path).text
            name = re.search(r'href="/indicator/([^"]+)"', two.get("/play").text).group(1)
            seen += person.get(f"/indicator/{name}").text
        assert "canary-message" not in seen
        assert token not in seen
        assert served.facilitator not in seen
        drafted = policies(page)[0]
        assert f'value="{drafted}"' not in seen
