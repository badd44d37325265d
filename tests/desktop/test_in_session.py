"""Are people at the window told what concerns their own seat of a group session, and they alone?"""

import re

import pygame
import pytest

from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from game.remote.client import Client
from game.remote.seat import RemoteSeat, join
from game.scenario.loading import load
from game.session.api import Act
from tests.desktop.player import Player
from tests.desktop.test_join import asks_often, typing, until  # noqa: F401 - the first is a fixture
from tests.desktop.test_messages import at_the_board, heard, words
from tests.server.serving import serving

MINE, OTHER = list(load("tutorial").ruleset.role_at)[:2]


@pytest.fixture
def served(tmp_path):
    with serving(tmp_path, load("tutorial")) as found:
        yield found


@pytest.fixture(params=["en", "ar"])
def player(served, request):
    """Seat Leila on the first seat, in each language."""
    with at_the_board(served, MINE, request.param) as found:
        yield found


def in_one_line(player):
    return " ".join(words(player).split())


def test_what_was_done_in_ones_name_comes_first_of_what_one_learns(served, player):
    player.key(pygame.K_1)
    served.host.act(served.facilitator, Act(kind="force"))
    until(player, "Resolution")
    first = player.app.screen.sitting.view.headlines[0]
    assert first.kind == "stood_in"
    assert first.text[:30] in in_one_line(player)
    player.press("go on")
    player.key(pygame.K_h)
    assert first.text[:30] in in_one_line(player)


def test_four_digits_are_asked_for_on_the_page_of_ones_role(served, player):
    player.key(pygame.K_b)
    assert "device" in player.ids()
    player.key(pygame.K_d)
    shown = in_one_line(player)
    (digits,) = re.findall(r"\b\d{4}\b", shown.replace(served.url, ""))
    assert served.url in shown
    lang = player.app.settings.lang
    other = Client(served.url)
    served.clients.append(other)
    assert join(other, served.code, "", lang, digits) is None
    assert RemoteSeat(other).view(lang).role == MINE
    player.key(pygame.K_l)
    assert digits in in_one_line(player)
    for _time in range(2):
        player.key(pygame.K_ESCAPE)
    assert player.screen == "Board"
    assert digits not in in_one_line(player)


def test_a_role_in_a_game_alone_has_no_other_device(tmp_path):
    from game.desktop.flow import begin

    player = Player()
    begin(player.app, Table.start(load("tutorial"), [MINE], tmp_path / "game.jsonl", seed=3))
    player.key(pygame.K_b)
    assert "device" not in player.ids()


@pytest.mark.parametrize(("lang", "told"), [("en", "Capital that will be lost"), ("ar", "")])
def test_capital_that_would_be_lost_is_told_before_the_order_goes_in(tmp_path, lang, told):
    from game.desktop.flow import begin
    from game.locale import speak
    from game.play.wording import wasted

    table = Table.start(load("tutorial"), [MINE], tmp_path / "game.jsonl", seed=3)
    player = Player(lang=lang)
    begin(player.app, table)
    player.press("confirm")
    assert told == "" or told not in in_one_line(player)
    player.key(pygame.K_ESCAPE)
    LocalSeat(table, MINE).confirm(Order(turn=1))
    player.app.screen.sitting.renew()
    player.press("confirm")
    with speak(lang):
        warning = wasted(player.app.screen.sitting.view)
    assert warning
    assert told in warning
    assert warning in in_one_line(player)
    player.key(pygame.K_ESCAPE)
    player.key(pygame.K_1)
    player.press("confirm")
    assert warning not in in_one_line(player)


def test_whose_seat_a_bot_plays_reads_so_and_takes_it_back(served, player):
    if player.app.settings.lang == "ar":
        player.app.switch_language()
    hand = Act(kind="hand", room=1, role=MINE, held="bot")
    friend = served.host.join(served.code, "Basim").token
    served.host.claim(friend, 1, OTHER)
    player.press("confirm")
    player.press("hand in")
    assert player.screen == "Waiting"
    assert "Your order is in." in words(player)
    served.host.act(served.facilitator, hand)
    heard(player, "A bot or caretaker plays this seat now.")
    assert "Your order is in." not in words(player)
    served.host.act(served.facilitator, Act(kind="lock", room=1, role=MINE))
    heard(player, "the facilitator can hand it back.")
    assert "again" not in player.ids()
    served.host.act(served.facilitator, Act(kind="open", room=1, role=MINE))
    for turn in (1, 2):
        served.host.confirm(friend, Order(turn=turn))
    heard(player, "A bot played your seat in turn 2.")
    assert "A bot or caretaker plays this seat now." in words(player)
    player.press("again")
    until(player, "Resolution")
    assert player.app.screen.sitting.view.turn == 3
