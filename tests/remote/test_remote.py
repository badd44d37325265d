"""Is a seat on another machine a seat like any other?"""

import re
import threading
import time

import httpx
import pytest

from game.base.errors import ContentError, UsageError
from game.play.orders import Ack, Order, Prediction, Refused
from game.remote.client import Client, LostError, address_of
from game.remote.seat import RemoteSeat, claim, join, rooms
from game.scenario.loading import load
from game.session.api import Act, Settings
from game.terminal.console import Console
from game.terminal.joining import join_game
from tests.server.serving import serving


@pytest.fixture
def served(tmp_path):
    with serving(tmp_path, load("tutorial"), settings=Settings(evidence_shown=True)) as found:
        yield found


@pytest.fixture
def seat(served):
    client = Client(served.url)
    assert join(client, served.code, "Amal", "en") is None
    role = rooms(client, "en").rooms[0].seats[0].role
    assert claim(client, 1, role, "en") is None
    served.host.act(served.facilitator, Act(kind="start"))
    yield RemoteSeat(client)
    client.close()


def test_it_shows_and_does_what_a_seat_does(seat):
    view = seat.view("ar")
    assert view.lang == "ar"
    move = next(item.id for item in view.policies if item.available)
    assert isinstance(seat.draft(Order(turn=1, moves=(move,))), Ack)
    assert seat.view("en").draft == (move,)
    names = [item.id for item in view.readings]
    said = Prediction(turn=1, readings={name: 1 / len(names) for name in names})
    assert isinstance(seat.predict("x", said), Ack)
    assert seat.predicted("x") is not None
    assert len(seat.forecast(Order(turn=1, moves=(move,)), "en").readings) == len(names)
    assert isinstance(seat.scores("en"), Refused)
    assert isinstance(seat.end("en"), Refused)
    assert isinstance(seat.confirm(Order(turn=1, moves=(move,))), Ack)
    assert seat.wait(1, "en").turn == 2
    item = next(item for item in view.indicators if not item.hidden)
    assert len(seat.explain(item.id, 1, 1, "en").accounts) == len(names)
    assert seat.evidence("en").turns[-1].turn == 1
    refused = seat.confirm(Order(turn=1))
    assert isinstance(refused, Refused)
    assert refused.code == "wrong_turn"
    while seat.view("en").phase != "over":
        seat.confirm(Order(turn=seat.view("en").turn))
    assert seat.scores("en").people() != []
    assert seat.truth(item.id, 1, "en").turn == 1


def test_what_is_said_reaches_the_other_seat_once(both, monkeypatch):
    seat, other = both
    here, there = seat.view("en"), other.view("en")
    offer = next(item.id for item in here.agreements if item.mine and there.role in item.parties)
    sent, first = [], seat.client._http.request

    def twice(*args, **kwargs):
        sent.append(kwargs["json"])
        first(*args, **kwargs)
        return first(*args, **kwargs)

    monkeypatch.setattr(seat.client._http, "request", twice)
    assert isinstance(seat.say(there.role, "Shall we?", offer), Ack)
    monkeypatch.undo()
    assert sent[0]["key"]
    (item,) = other.messages()
    assert (item.text, item.offer, item.sender) == ("Shall we?", offer, here.role)
    refused = seat.say("nobody", "Hello", lang="ar")
    assert isinstance(refused, Refused)
    assert refused.code == "unknown"


def finish(seat, found):
    thread = threading.Thread(target=lambda: found.append(seat.wait(1, "en")))
    thread.start()
    time.sleep(0.3)
    assert not found
    return thread


@pytest.fixture
def both(served):
    clients = [Client(served.url) for _n in range(2)]
    for at, client in enumerate(clients):
        assert join(client, served.code, f"person {at}", "en") is None
        assert claim(client, 1, rooms(client, "en").rooms[0].seats[at].role, "en") is None
    served.host.act(served.facilitator, Act(kind="start"))
    yield [RemoteSeat(client) for client in clients]
    for client in clients:
        client.close()


def test_the_host_tells_when_the_turn_is_over(both, monkeypatch):
    seat, other = both
    monkeypatch.setattr("game.remote.seat._LOOK_EACH", 60.0)
    found = []
    assert isinstance(seat.confirm(Order(turn=1)), Ack)
    thread = finish(seat, found)
    assert isinstance(other.confirm(Order(turn=1)), Ack)
    thread.join(10)
    assert found[0] == seat.view("en")
    assert found[0].turn == 2


def test_who_waits_hears_of_a_turn_that_was_taken_back(served, both, monkeypatch):
    seat, _other = both
    for one in both:
        assert isinstance(one.confirm(Order(turn=1)), Ack)
    assert isinstance(seat.confirm(Order(turn=2)), Ack)
    monkeypatch.setattr("game.remote.seat._LOOK_EACH", 60.0)
    found = []
    thread = threading.Thread(target=lambda: found.append(seat.wait(2, "en")))
    thread.start()
    time.sleep(0.3)
    assert not found
    assert isinstance(served.host.act(served.facilitator, Act(kind="rewind", turn=1, text="again")), Ack)
    thread.join(10)
    assert found[0].turn == 1


def test_without_a_socket_the_host_is_asked(both, monkeypatch):
    seat, other = both
    monkeypatch.setattr(seat.client, "views", lambda _lang: iter(()))
    monkeypatch.setattr("game.remote.seat._LOOK_EACH", 0.1)
    assert isinstance(seat.confirm(Order(turn=1)), Ack)
    found = []
    thread = finish(seat, found)
    assert isinstance(other.confirm(Order(turn=1)), Ack)
    thread.join(10)
    assert found[0].turn == 2


def test_a_host_that_is_away_for_a_moment_is_asked_again(tmp_path):
    with serving(tmp_path, load("tutorial"), wait=1.0) as served:
        client, told = Client(served.url), []
        client.told = told.append
        refused = join(client, "WRONG1", "Amal", "en")
        client.close()
        assert refused.code == "unknown"
        assert told == [True, False]


def test_a_host_that_stays_away_is_told():
    client = Client("http://127.0.0.1:9", patience=0.5)
    with pytest.raises(LostError, match=r"127\.0\.0\.1"):
        join(client, "ABC", "Amal", "en")
    client.close()


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://10.0.0.5:8765/?code=ABC123", ("http://10.0.0.5:8765", "ABC123")),
        ("10.0.0.5:8765", ("http://10.0.0.5:8765", "")),
        ("http://[::1]:8765/?code=ABC123", ("http://[::1]:8765", "ABC123")),
        ("https://host.example", ("https://host.example", "")),
    ],
)
def test_addresses(url, found):
    assert address_of(url) == found


@pytest.mark.parametrize(
    "url", ["", "ftp://x", "http://", "http://x:port", "http://[::1", "file:///etc/passwd"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(UsageError):
        address_of(url)


def test_a_whole_game_in_text(served):
    lines = iter(["Amal", "1", *(["1", "1", "confirm", "yes"] * 3), "quit"])
    written = []
    started = threading.Timer(1.0, lambda: served.host.act(served.facilitator, Act(kind="start")))
    started.start()

    def read(prompt):
        written.append(prompt)
        return next(lines)

    join_game(f"{served.url}/?code={served.code}", Console(read, written.append, lambda: 90), "en")
    started.cancel()
    told = "\n".join(written)
    assert "You are in." in told
    assert "The game is over" in told
    assert "The host keeps the game" in told


def test_who_has_a_seat_comes_back_to_it_in_text_by_its_digits(served):
    joined = served.host.join(served.code, "Leila")
    role = next(iter(load("tutorial").ruleset.role_at))
    served.host.claim(joined.token, 1, role)
    served.host.act(served.facilitator, Act(kind="start"))
    digits = served.host.pin(served.host.reissue(served.facilitator, joined.participant_id).token)
    typed, written = iter(["Leila", "", "Leila", digits, "quit"]), []
    join_game(
        f"{served.url}/?code={served.code}",
        Console(lambda _ask: next(typed), written.append, lambda: 90),
        "en",
    )
    told = "\n".join(written)
    assert told.count("is here already") == 2
    assert "Which seat do you take?" not in told
    assert "Turn 1" in told
    assert len(served.host.overview(served.facilitator).participants) == 1


def in_text(served, lines, begin=("Amal", "1")):
    """Join as Amal and take the first seat; each line is typed, each call made instead. Return what was shown."""
    written, left = [], iter([*begin, *lines])

    def read(prompt):
        written.append(prompt)
        for item in left:
            if isinstance(item, str):
                return item
            item()
        raise EOFError

    join_game(f"{served.url}/?code={served.code}", Console(read, written.append, lambda: 400), "en")
    return written


def test_text_play_goes_on_with_a_turn_that_ended_without_it_and_tells_of_the_debrief(served):
    def act(kind, **what):
        return lambda: served.host.act(served.facilitator, Act(kind=kind, **what))

    served.host.act(served.facilitator, Act(kind="turn_time", seconds=90.0))
    started = threading.Timer(1.0, act("start"))
    started.start()
    shown = in_text(
        served,
        [
            "1", act("force"), "confirm", "1", act("force"), "", act("rewind", turn=2, text="again"), "",
            act("force"), "1", act("end"), "", "debrief", act("debrief"), "status", "debrief", "quit",
        ],
    )  # fmt: skip
    started.cancel()
    told = "\n".join(shown)
    assert [line for line in shown if re.fullmatch(r"Turn \d > ?", line)] == [
        f"Turn {turn} > " for turn in (1, 1, 2, 2, 3, 2, 3)
    ]
    assert told.count("The game has gone on meanwhile.") == 5
    assert told.count("What you just typed was not taken.") == 2
    assert told.count("The facilitator opens the debrief") == 1
    assert len(re.findall(r"Time left: 1:\d\d", told)) == 5
    address = re.search(r"http://\S+/debrief/\S+", told).group()
    assert told.count(address) == 3  # when it was opened, when asked, and at the end
    assert "Debrief" in httpx.get(address).text


def test_a_link_to_the_debrief_opens_nothing_else(served, both):
    seat, _other = both
    assert seat.debrief("en").code == "closed"
    for kind in ("force", "end", "debrief"):
        served.host.act(served.facilitator, Act(kind=kind))
    address = seat.debrief("ar")
    page = httpx.get(address)
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert not page.cookies
    token = address.rpartition("/")[2].partition("?")[0]
    assert served.host.who(token) is None
    assert not served.host.shows(token)
    assert httpx.get(f"{served.url}/enter/{token}").status_code == 404
    assert (
        httpx.get(f"{served.url}/api/view", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    )
    assert httpx.get(f"{served.url}/debrief/{seat.client.token}").status_code == 403
    served.host.act(served.facilitator, Act(kind="rewind", room=1, turn=1, text="once more"))
    assert httpx.get(address).status_code == 403


def test_who_is_removed_reads_so_in_their_language(served, seat):
    seat.view("ar")
    (who,) = served.host.overview(served.facilitator).participants
    served.host.act(served.facilitator, Act(kind="remove", participant=who.id))
    for ask in (seat.status, seat.glance, seat.messages):
        with pytest.raises(ContentError, match="الميسّر"):
            ask()


def test_who_was_dealt_a_seat_while_choosing_one_in_text_has_that_one(served):
    one, other = list(load("tutorial").ruleset.role_at)[:2]

    def dealt():
        (who,) = served.host.overview(served.facilitator).participants
        placed = Act(kind="seat", participant=who.id, room=1, role=other, post="seat")
        served.host.act(served.facilitator, placed)
        served.host.act(served.facilitator, Act(kind="start"))

    written = in_text(served, ["quit"], begin=("Amal", dealt, "1"))
    labels = load("tutorial").scenario.roles
    assert "The facilitator has given you a seat meanwhile." in written
    assert f"You are: {labels[other].label}" in written
    assert f"You are: {labels[one].label}" not in written
