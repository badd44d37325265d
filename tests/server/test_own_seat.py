"""Do pages and answers tell people what concerns their own seat, and them alone?"""

import re

import httpx
import pytest

from game.session.api import Act
from tests.server.serving import serving
from tests.server.visiting import Visitor, policies, start


@pytest.fixture
def served(tutorial, tmp_path):
    with serving(tmp_path, tutorial) as found:
        yield found


def test_capital_that_would_be_lost_is_told_at_the_order(served, seats):
    one = Visitor(served)
    one.join(served, "Amal", seats[0])
    start(served)
    told = "Capital that will be lost, because you can hold 6 at most: 1."
    assert told not in one.get("/play").text
    page = one.order()
    assert told in page.text.partition('id="order"')[2]
    assert 'value="confirm" class="primary" aria-describedby="lost"' in page.text
    one.order(policies(page)[0], do="draft", turn=2)
    assert "Capital that will be lost" not in one.get("/play").text
    assert 'aria-describedby="lost"' not in one.page.text


def test_what_was_done_in_somebodys_name_comes_first_of_the_news(served, seats):
    one, two = Visitor(served), Visitor(served)
    one.join(served, "Amal", seats[0])
    two.join(served, "Basim", seats[1])
    start(served)
    move = policies(one.get("/play"))[0]
    one.order(move, do="draft")
    two.get("/play")
    two.order()
    served.host.act(served.facilitator, Act(kind="force"))
    told = '<ul class="news"><li class="stood_in">The order of your seat was not in when turn 1 ended'
    assert told in one.get("/play").text
    assert "so your draft counted. Done in your name: " in one.page.text
    assert told in one.get("/play").text  # loaded again
    assert "stood_in" not in two.get("/play").text
    assert "stood_in" not in two.get("/status").text


def test_other_clients_ask_for_their_own_four_digits(served, seats):
    one = Visitor(served)
    one.join(served, "Amal", seats[0])
    token = one.client.cookies["seat"]
    answer = httpx.post(f"{served.url}/api/pin", headers={"Authorization": f"Bearer {token}"})
    digits = answer.json()["digits"]
    assert re.fullmatch(r"\d{4}", digits)
    assert httpx.post(f"{served.url}/api/pin").status_code == 401
    assert httpx.get(f"{served.url}/api/pin", headers={"Authorization": f"Bearer {token}"}).status_code == 405
    other = Visitor(served)
    assert other.post("/join", code=served.code, pin=digits).url.path == "/play"
