"""Does the window join a group session, play in it, and wait for the others?"""

import re
import threading
import time

import httpx
import pygame
import pytest

from game.desktop.screens.join import Join, ask_to_join
from game.play.orders import Order
from game.scenario.loading import load
from game.session.api import Act, Settings
from tests.desktop.player import Player
from tests.server.serving import serving
from tests.session.test_shared import until as within


@pytest.fixture(autouse=True)
def asks_often(monkeypatch):
    """Let the window ask the host several times a second what is new, not every other second."""
    monkeypatch.setattr("game.desktop.away._ASK_EACH", 200)


@pytest.fixture
def served(tmp_path):
    with serving(tmp_path, load("tutorial"), settings=Settings(evidence_shown=True)) as found:
        yield found


def typing(player, text):
    for letter in text:
        event = pygame.Event(
            pygame.KEYDOWN, key=ord(letter.lower()) if letter.isascii() else 0, mod=0, unicode=letter
        )
        player.app.handle(event)
        player.app.draw()


def until(player, screen, seconds=30):
    end = time.monotonic() + seconds
    while player.screen != screen:
        assert time.monotonic() < end, player.screen
        player.app.idle()
        time.sleep(0.05)
    player.look()


@pytest.fixture
def player(served):
    player = Player().at_title()
    player.app.show(Join(player.app, f"{served.url}/?code={served.code}"))
    player.press("field:nickname")
    typing(player, "Leila")
    player.press("join")
    assert player.screen == "Seats"
    client = player.app.screen.client
    yield player
    client.close()


def test_a_game_in_a_session(served, player):
    ruleset = load("tutorial").ruleset
    mine, other = list(ruleset.role_at)[:2]
    friend = served.host.join(served.code, "Basim").token
    served.host.claim(friend, 1, other)
    player.press(f"seat:1.{mine}")
    assert player.screen == "Waiting"
    assert "begins when" in " ".join(text for text, _place in player.look().texts)
    player.press("role")  # there is time to read it
    assert load("tutorial").scenario.roles[mine].label in player.app.screen.lines()[0][0]
    player.key(pygame.K_ESCAPE)
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    for turn in range(1, ruleset.turns + 1):
        until(player, "Board")
        player.app.focus = ""
        player.key(pygame.K_1)
        player.press("confirm")
        player.press("hand in")
        assert player.screen == "Waiting"
        served.host.confirm(friend, Order(turn=turn))
        until(player, "Resolution")
        player.press("go on")
    assert player.screen == "Outcome"
    player.press("truth")
    assert player.screen == "Reader"


def test_the_debrief_opens_in_a_browser_once_the_facilitator_has_opened_it(served, player, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    player.press(f"seat:1.{next(iter(load('tutorial').ruleset.role_at))}")
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    for kind in ("force", "end"):
        served.host.act(served.facilitator, Act(kind=kind))
    until(player, "Resolution")
    player.press("go on")
    assert player.screen == "Outcome"
    player.key(pygame.K_p)
    assert "The facilitator opens the debrief" in player.app.screen.message
    assert not opened
    served.host.act(served.facilitator, Act(kind="debrief"))
    told(player, "press P")
    player.key(pygame.K_p)
    (address,) = opened
    assert address in player.app.screen.message
    assert "Debrief" in httpx.get(address).text


def test_what_the_host_tells_is_shown_at_once_and_orders_go_by_the_same_way(served, player, monkeypatch):
    for name in ("_ASK_EACH", "_ASK_HEARING"):
        monkeypatch.setattr(f"game.desktop.away.{name}", 10**6)
    role, other = list(load("tutorial").ruleset.role_at)[:2]
    friend = served.host.join(served.code, "Basim").token
    served.host.claim(friend, 1, other)
    player.press(f"seat:1.{role}")
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    asked = []
    monkeypatch.setattr(
        player.app.screen.sitting.seat.client, "post", lambda path, *_, **__: asked.append(path)
    )
    player.key(pygame.K_1)
    player.press("confirm")
    player.press("hand in")
    assert player.screen == "Waiting"
    assert not asked
    served.host.confirm(friend, Order(turn=1))
    until(player, "Resolution")


def test_a_window_that_has_left_hears_nothing_more(player):
    player.press(f"seat:1.{next(iter(load('tutorial').ruleset.role_at))}")
    client = player.app.screen.sitting.seat.client
    assert within(lambda: client.hears)
    client.close()
    assert within(lambda: not any(thread.name == "listener" for thread in threading.enumerate()))


def test_a_turn_that_is_resolved_without_it(served, player):
    role = next(iter(load("tutorial").ruleset.role_at))
    player.press(f"seat:1.{role}")
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    assert player.screen == "Board"
    served.host.act(served.facilitator, Act(kind="force", room=1))
    until(player, "Resolution")


def test_a_host_that_is_away_is_told_until_it_is_back(tmp_path, monkeypatch):
    monkeypatch.setattr("game.desktop.away._ASK_AWAY", 400)
    player, tutorial = Player().at_title(), load("tutorial")
    with serving(tmp_path, tutorial) as served:
        player.app.show(Join(player.app, f"{served.url}/?code={served.code}"))
        player.press("field:nickname")
        typing(player, "Leila")
        player.press("join")
        player.press(f"seat:1.{next(iter(tutorial.ruleset.role_at))}")
        served.host.act(served.facilitator, Act(kind="start"))
        until(player, "Introduction")
        player.key(pygame.K_RETURN)
        until(player, "Board")
        client = player.app.screen.sitting.seat.client
    port = int(served.url.rpartition(":")[2])
    told(player, "does not answer")
    player.key(pygame.K_F5)
    began = time.monotonic()
    for _time in range(5):
        player.app.idle()
    assert time.monotonic() - began < 1.0
    assert "does not answer" in player.app.screen.message
    with serving(tmp_path, tutorial, port=port):
        told(player, "")
        assert player.screen == "Board"
    client.close()


def told(player, words, seconds=30):
    """Let time pass until the screen tells the person something; "" for nothing."""
    end = time.monotonic() + seconds
    while words not in player.app.screen.message or (player.app.screen.message and not words):
        assert time.monotonic() < end, player.app.screen.message
        began = time.monotonic()
        player.app.idle()
        assert time.monotonic() - began < 3.5
        time.sleep(0.05)


def test_a_wrong_code_is_told(served):
    player = Player().at_title()
    player.app.show(Join(player.app, served.url))
    player.press("field:code")
    typing(player, "WRONG1")
    player.press("field:nickname")
    typing(player, "L")
    player.press("join")
    assert player.screen == "Join"
    assert "No session has this code" in player.app.screen.message


def test_a_host_that_is_not_there_is_told():
    player = Player().at_title()
    player.app.show(Join(player.app, "http://127.0.0.1:9"))
    player.press("join")
    assert player.screen == "Join"
    assert "127.0.0.1" in player.app.screen.message


def test_who_has_a_seat_comes_back_to_it_by_its_digits(served, player):
    role = next(iter(load("tutorial").ruleset.role_at))
    player.press(f"seat:1.{role}")
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    before = served.host.overview(served.facilitator).participants
    digits = served.host.pin(served.host.reissue(served.facilitator, before[0].id).token)
    again = Player().at_title()
    again.app.show(Join(again.app, f"{served.url}/?code={served.code}"))
    again.press("field:nickname")
    typing(again, "Leila")
    again.press("join")
    assert "is here already" in again.app.screen.message
    again.press("field:pin")
    typing(again, digits)
    again.press("join")
    until(again, "Introduction")
    again.press("go on")
    assert again.screen == "Board"
    assert served.host.overview(served.facilitator).participants == before
    again.app.screen.sitting.seat.client.close()


def test_a_seat_that_a_bot_keeps_is_called_so(served, player):
    one, two = list(load("tutorial").ruleset.role_at)[:2]
    friend = served.host.join(served.code, "Basim").token
    served.host.claim(friend, 1, one)
    served.host.act(served.facilitator, Act(kind="start"))
    player.app.screen.language_changed()
    words = " ".join(text for text, _place in player.look().texts)
    assert "Basim" in words
    assert "bot" in words
    player.press(f"seat:1.{two}")
    until(player, "Introduction")
    assert served.host.status(friend).seats[1].held == "people"


def test_a_prediction_is_kept_without_a_press_and_the_end_of_the_turn_is_seen(served, player):
    role = next(iter(load("tutorial").ruleset.role_at))
    player.press(f"seat:1.{role}")
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    player.press("confirm")
    seat, name = player.app.screen.sitting.seat, next(iter(player.app.screen.shares))
    for _time in range(2):
        player.press(f"share:{name}:more")
    end = time.monotonic() + 30
    while seat.predicted("") is None:
        assert time.monotonic() < end
        player.app.idle()
    kept = seat.predicted("")
    assert max(kept.readings, key=kept.readings.get) == name
    player.press("predict")  # not to go in after all
    player.press("back")
    assert player.screen == "Board"
    assert seat.predicted("") is None
    player.press("confirm")
    player.press(f"share:{name}:less")
    player.press("back")
    assert min(seat.predicted("").readings, key=seat.predicted("").readings.get) == name
    player.press("confirm")
    served.host.act(served.facilitator, Act(kind="force", room=1))
    until(player, "Resolution")


def test_the_time_that_is_left_is_shown(served, player, monkeypatch):
    player.press(f"seat:1.{next(iter(load('tutorial').ruleset.role_at))}")
    served.host.act(served.facilitator, Act(kind="turn_time", seconds=90.0))
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    asked_each = "game.desktop.away._ASK_EACH"
    monkeypatch.setattr(asked_each, 60_000)  # its own clock goes on in between
    monkeypatch.setattr("game.desktop.away._ASK_HEARING", 60_000)
    for name in ("", "confirm"):
        if name:
            player.press(name)
        seen, end = set(), time.monotonic() + 30
        while len(seen) < 2:
            assert time.monotonic() < end, seen
            player.app.idle()
            if player.app.draw():
                words = " ".join(text for text, _place in player.app.canvas.texts)
                seen |= set(re.findall(r"Time left: \u200e(1:[0-2]\d)", words))
            time.sleep(0.02)
        assert max(seen) <= "1:29"
    monkeypatch.setattr(asked_each, 200)
    served.host.act(served.facilitator, Act(kind="pause"))
    end = time.monotonic() + 30
    while "The game is paused." not in " ".join(text for text, _place in player.app.canvas.texts):
        assert time.monotonic() < end
        player.app.idle()
        player.app.draw()
        time.sleep(0.05)


@pytest.mark.parametrize("known", [False, True])
def test_keys_alone_fill_in_the_fields_and_join(served, known):
    player = Player().at_title()
    if known:
        ask_to_join(player.app, served.url)
        player.look()
    else:
        player.key(pygame.K_j)
    for text in (served.url, served.code, "Nadia")[known:]:
        typing(player, text)
        player.key(pygame.K_TAB)
    player.key(pygame.K_TAB, pygame.KMOD_SHIFT)
    player.key(pygame.K_RETURN)
    assert player.screen == "Seats"
    player.app.screen.client.close()


def looks_again(player):
    """Let the time pass after which the seats are looked at again."""
    player.app.screen._looked -= 60_000
    player.app.idle()


def test_the_seats_tell_who_has_sat_down_meanwhile_and_who_was_dealt_one(served, player):
    mine = next(iter(load("tutorial").ruleset.role_at))
    friend = served.host.join(served.code, "Basim").token
    served.host.claim(friend, 1, mine)
    looks_again(player)
    assert "Basim" in " ".join(text for text, _place in player.look().texts)
    leila = next(
        item for item in served.host.overview(served.facilitator).participants if item.nickname == "Leila"
    )
    served.host.act(
        served.facilitator, Act(kind="seat", participant=leila.id, room=1, role=mine, post="seat")
    )
    looks_again(player)
    assert player.screen == "Waiting"


@pytest.mark.parametrize("begun", [False, True])
def test_who_is_moved_plays_the_other_seat(served, player, begun):
    one, other = list(load("tutorial").ruleset.role_at)[:2]
    player.press(f"seat:1.{one}")
    until(player, "Waiting")
    if begun:
        served.host.act(served.facilitator, Act(kind="start"))
        until(player, "Introduction")
        player.press("go on")
    leila = next(
        item for item in served.host.overview(served.facilitator).participants if item.nickname == "Leila"
    )
    served.host.act(
        served.facilitator, Act(kind="seat", participant=leila.id, room=1, role=other, post="seat")
    )
    label = load("tutorial").scenario.roles[other].label
    end = time.monotonic() + 30
    while label not in " ".join(text for text, _place in player.look().texts):
        assert time.monotonic() < end
        player.app.idle()
        time.sleep(0.05)
    if not begun:
        served.host.act(served.facilitator, Act(kind="start"))
    served.host.act(served.facilitator, Act(kind="hand", room=1, role=one, held="bot"))
    until(player, "Introduction")
    player.press("go on")
    assert player.app.screen.sitting.role == other
    assert player.app.screen.sitting.missing() == (other,)


@pytest.mark.parametrize(("steps", "screen"), [(0, "Waiting"), (1, "Board"), (2, "Outcome")])
def test_a_session_is_left_only_when_asked_twice(served, player, steps, screen):
    player.press(f"seat:1.{next(iter(load('tutorial').ruleset.role_at))}")
    for kind, before in [("start", "Introduction"), ("end", "Resolution")][:steps]:
        served.host.act(served.facilitator, Act(kind=kind))
        until(player, before)
        player.press("go on")
    assert player.screen == screen
    player.key(pygame.K_ESCAPE)
    assert player.screen == screen
    assert "New device" in " ".join(text for text, _place in player.look().texts)
    player.key(pygame.K_1)
    player.app.screen._warned -= 60_000
    player.key(pygame.K_ESCAPE)
    assert player.screen == screen
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Title"
