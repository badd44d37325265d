"""Does a player know whom they play, what counts and how much of it is needed?"""

from collections import Counter

import pygame
import pytest

from game.desktop.flow import begin
from game.desktop.screens.title import Roles
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from tests.desktop.player import Player


def told(player):
    """Return all that stands on the pages of the screen on top."""
    found = ""
    while True:
        found += " " + " ".join(text for text, _place in player.look().texts)
        at = player.app.screen.places[""]
        player.key(pygame.K_PAGEDOWN)
        if player.app.screen.places[""] == at:
            return found


@pytest.mark.parametrize("size", [(960, 600), (1280, 720)], ids=str)
def test_a_new_game_begins_with_the_whole_brief_and_what_counts(size):
    player = Player(size).at_title()
    player.press("scenario:tutorial")
    player.press("begin")
    assert player.screen == "Introduction"
    view = player.app.screens[-2].sitting.view
    page = told(player)
    assert " ".join(view.brief.split()) in page
    whole = sum(item.weight for item in view.objectives)
    for item in view.objectives:
        assert f"{item.label}: counts for {100 * item.weight / whole:.0f} percent." in page
    assert f"from {100 * view.reached_at:.0f} of 100" in page
    player.key(pygame.K_1)
    assert player.screen == "Board"
    assert player.app.screen.sitting.view.draft == ()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("size", [(480, 320), (960, 600), (1280, 720)], ids=str)
def test_the_brief_is_read_again_by_a_key_and_by_a_press(baghdad, tmp_path, size, lang):
    player = Player(size, lang)
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    view = player.app.screen.sitting.view
    player.look()
    player.key(pygame.K_b)
    assert player.screen == "Reader"
    assert " ".join(view.brief.split()[:6]) in told(player)
    player.key(pygame.K_ESCAPE)
    player.press("role")
    assert player.screen == "Reader"


def test_each_person_at_the_window_reads_the_own_role_once(baghdad, tmp_path):
    player = Player()
    table = Table.start(baghdad, ["government", "factions"], tmp_path / "two.jsonl", seed=1)
    begin(player.app, table, new=True)
    for role in ("government", "factions"):
        player.press("ready")
        assert player.screen == "Introduction"
        assert table.loaded.scenario.roles[role].label in told(player)
        player.press("go on")
        player.press("confirm")
        player.press("hand in")
    player.press("ready")
    player.press("go on")
    assert player.screen == "Board"


def test_a_game_that_is_gone_on_with_opens_its_board(baghdad, tmp_path):
    table = Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1)
    LocalSeat(table, "government").confirm(Order(turn=1))
    table.close()
    player = Player()
    begin(player.app, Table.resume(tmp_path / "one.jsonl"), new=True)
    assert player.screen == "Board"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_role_is_read_in_full_before_it_is_chosen(baghdad, lang):
    player = Player((1280, 720), lang)
    player.app.show(Roles(player.app, baghdad))
    texts = [text for text, _place in player.look().texts]
    assert not [text for text in texts if text.endswith("…")]
    briefs = [" ".join(role.brief.split()) for role in baghdad.in_language(lang).roles.values()]
    assert [brief for brief in briefs if brief not in " ".join(texts)] == []


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("size", [(960, 600), (1280, 720)], ids=str)
def test_in_large_letters_too_a_role_is_read_in_full_before_it_is_chosen(baghdad, lang, size):
    player = Player(size, lang, text_size=200)
    player.app.show(Roles(player.app, baghdad))
    canvas = player.look()
    cut = [text for text, _place in canvas.texts if text.endswith("…")]
    assert len(cut) >= sum(hot.id.startswith("role:") for hot in canvas.hots)
    player.press("briefs")
    words = [word for role in baghdad.in_language(lang).roles.values() for word in role.brief.split()]
    assert not Counter(words) - Counter(told(player).split())
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Roles"
