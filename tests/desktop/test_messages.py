"""Can people at the window hear and say things in a group session?"""

import time
from contextlib import contextmanager

import httpx
import pygame
import pytest

from game.desktop.flow import begin
from game.desktop.screens.join import Join
from game.desktop.screens.outcome import Outcome
from game.play.table import Table
from game.scenario.loading import load
from game.session.api import Act
from tests.desktop.player import Player
from tests.desktop.test_join import asks_often, typing, until  # noqa: F401 - the first is a fixture
from tests.server.serving import serving


def words(player):
    return " ".join(text for text, _place in player.look().texts)


def heard(player, text, seconds=30):
    end = time.monotonic() + seconds
    while text not in words(player):
        assert time.monotonic() < end, words(player)
        player.app.idle()
        time.sleep(0.05)


@pytest.fixture
def served(tmp_path):
    with serving(tmp_path, load("tutorial")) as found:
        yield found


@pytest.fixture
def friend(served):
    """Return the token of Basim, who has the second seat in a browser."""
    token = served.host.join(served.code, "Basim").token
    served.host.claim(token, 1, list(load("tutorial").ruleset.role_at)[1])
    return token


@contextmanager
def at_the_board(served, role, lang="en"):
    """Seat Leila at the window, at the board of the first turn."""
    player = Player(lang=lang).at_title()
    player.app.show(Join(player.app, f"{served.url}/?code={served.code}"))
    player.press("field:nickname")
    typing(player, "Leila")
    player.press("join")
    player.press(f"seat:1.{role}")
    served.host.act(served.facilitator, Act(kind="start"))
    until(player, "Introduction")
    player.press("go on")
    client = player.app.screen.sitting.seat.client
    yield player
    client.close()


@pytest.fixture
def player(served, friend):
    """Seat Leila on the first seat."""
    assert friend
    with at_the_board(served, next(iter(load("tutorial").ruleset.role_at))) as found:
        yield found


def test_what_others_say_is_noticed_counted_and_read(served, player, friend):
    mine, other = list(load("tutorial").ruleset.role_at)[:2]
    heard(player, "Messages")
    for _time in range(5):
        player.app.idle()
    served.host.send(friend, mine, "Shall we talk?")
    heard(player, "(Basim): \u200eShall we talk?")
    assert "Messages 1" in words(player)
    player.key(0, scancode=pygame.KSCAN_T)  # as under an Arabic layout
    assert player.screen == "Messages"
    served.host.act(served.facilitator, Act(kind="message", room=1, role=None, text="Two minutes."))
    heard(player, "Two minutes.")
    shown = words(player)
    assert shown.index("Shall we talk?") < shown.index("Two minutes.")
    assert f"{player.app.screen.sitting.view.roles[other]} (Basim) →" in shown
    assert "Facilitator → everybody" in shown
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Board"
    assert "Messages 1" not in words(player)


def test_a_narrow_board_keeps_the_number_of_messages(served, player, friend):
    served.host.send(friend, "all", "Hello")
    heard(player, "Messages 1")
    player.app.surface = pygame.Surface((640, 480))
    (button,) = [hot for hot in player.look().hots if hot.id == "messages"]
    assert button.label == "1"
    assert any(text == "1" and button.rect.contains(spot) for text, spot in player.app.canvas.texts)


def test_a_message_is_written_by_keys_alone(served, player, friend):
    other = list(load("tutorial").ruleset.role_at)[1]
    player.key(pygame.K_t)
    player.press("to")
    assert player.app.screen.sitting.writing.to == other
    player.app.focus = "field:text"
    typing(player, "سلام Tom")
    player.key(pygame.K_RETURN)
    (item,) = served.host.messages(friend)
    assert (item.text, item.to, item.nickname) == ("سلام Tom", other, "Leila")
    assert "سلام Tom" in words(player)
    assert not player.app.screen.sitting.writing.text
    player.key(pygame.K_RETURN)
    assert len(served.host.messages(friend)) == 1


def test_an_agreement_is_offered_with_a_message(served, player, friend):
    player.key(pygame.K_t)
    assert "offer" not in player.ids()
    player.press("to")
    player.press("offer")
    offered = player.app.screen.sitting.writing.offer
    player.app.focus = "field:text"
    typing(player, "Sign?")
    player.press("send")
    (item,) = served.host.messages(friend)
    assert item.offer == offered
    label = next(one.label for one in player.app.screen.sitting.view.agreements if one.id == offered)
    assert f"Offer: {label}" in words(player)


def test_why_a_message_is_refused_is_said_on_the_page_and_its_text_stays(served, player, friend):
    served.host.act(served.facilitator, Act(kind="pause"))
    player.key(pygame.K_t)
    typing(player, "now")
    player.key(pygame.K_RETURN)
    assert "The game is paused: messages" in words(player)
    player.key(pygame.K_ESCAPE)
    player.key(pygame.K_t)
    assert player.app.screen.sitting.writing.text == "now"
    served.host.act(served.facilitator, Act(kind="resume"))
    player.app.screen.sitting.writing.text = "x" * 2001
    player.key(pygame.K_RETURN)
    assert "A message has 1 to 2000 letters." in words(player)
    assert not served.host.messages(friend)


def test_who_waits_for_the_others_hears_them_too(served, player, friend):
    player.press("confirm")
    player.press("hand in")
    assert player.screen == "Waiting"
    served.host.send(friend, "all", "One moment.")
    heard(player, "One moment.")
    player.key(pygame.K_t)
    assert player.screen == "Messages"
    served.host.act(served.facilitator, Act(kind="force", room=1))
    heard(player, "The game has gone on meanwhile.")
    player.key(pygame.K_ESCAPE)
    until(player, "Resolution")


def test_who_writes_is_told_that_the_game_is_over(served, player):
    player.key(pygame.K_t)
    served.host.act(served.facilitator, Act(kind="end"))
    heard(player, "The game has gone on meanwhile.")


@pytest.mark.parametrize("shown", ["Resolution", "Outcome"])
def test_what_came_of_a_turn_and_the_end_show_and_open_them_too(served, player, friend, shown):
    served.host.act(served.facilitator, Act(kind="force"))
    until(player, "Resolution")
    if shown == "Outcome":
        player.press("go on")
        served.host.act(served.facilitator, Act(kind="end"))
        until(player, "Outcome")
    served.host.send(friend, "all", "Well played.")
    heard(player, "(Basim): \u200eWell played.")
    assert "Messages 1" in words(player)
    player.key(0, scancode=pygame.KSCAN_T)
    assert player.screen == "Messages"
    assert "gone on meanwhile" not in words(player)
    typing(player, "Thanks")
    player.key(pygame.K_RETURN)
    assert [item.text for item in served.host.messages(friend)] == ["Well played.", "Thanks"]
    player.key(pygame.K_ESCAPE)
    assert player.screen == shown
    assert "Messages 1" not in words(player)


def test_a_message_that_arrived_although_no_answer_did_counts_once(player, served, friend, monkeypatch):
    client = player.app.screen.sitting.seat.client
    ask = client._http.request

    def goes_astray(*args, **kwargs):
        ask(*args, **kwargs)
        raise httpx.ConnectError("lost")

    player.key(pygame.K_t)
    typing(player, "Hello")
    monkeypatch.setattr(client, "_patience", 0.5)
    monkeypatch.setattr(client._http, "request", goes_astray)
    player.key(pygame.K_RETURN)
    assert "does not answer" in words(player)
    monkeypatch.undo()
    assert player.app.screen.sitting.writing.text == "Hello"
    player.key(pygame.K_RETURN)
    assert not player.app.screen.sitting.writing.text
    assert [item.text for item in served.host.messages(friend)] == ["Hello"]


def test_a_game_alone_shows_nothing_of_it(tmp_path):
    alone = Player().at_title()
    begin(
        alone.app,
        Table.start(
            load("tutorial"), [next(iter(load("tutorial").ruleset.role_at))], tmp_path / "s.jsonl", seed=1
        ),
    )
    assert "messages" not in alone.ids()
    alone.key(pygame.K_t)
    assert alone.screen == "Board"
    alone.app.screen.sitting.end()
    alone.app.show(Outcome(alone.app, alone.app.screen.sitting))
    assert "messages" not in alone.ids()
    alone.key(pygame.K_ESCAPE)
    alone.key(pygame.K_F1)
    assert not any("T: messages" in text for text, *_rest in alone.app.screen.lines())


def test_the_help_of_a_session_tells_the_key(player):
    player.key(pygame.K_F1)
    assert any("T: messages" in text for text, *_rest in player.app.screen.lines())
