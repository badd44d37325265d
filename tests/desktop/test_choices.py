"""Does a player know what an agreement or a question says before signing or answering?"""

import pygame
import pytest

from game.desktop.flow import begin
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from tests.desktop.player import Player

SIZES = [(960, 600), (1120, 640), (1280, 720)]


def at_turn(baghdad, tmp_path, turn, size, lang="en"):
    """Return a player at the board of a turn of a game in which agreements are offered and decisions wait."""
    table = Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=5)
    for played in range(1, turn):
        LocalSeat(table, "government").confirm(Order(turn=played))
    player = Player(size, lang)
    begin(player.app, table)
    player.look()
    return player


def show(player, name):
    """Open a list of the board, wherever the window's size has it."""
    for hot in player.look().hots:
        if hot.id in (f"left:{name}", f"tab:{name}"):
            player.app.press(hot)
            return


def text_of(player):
    return " ".join(text for text, _place in player.look().texts)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_agreement_is_read_before_it_is_signed(baghdad, tmp_path, size, lang):
    player = at_turn(baghdad, tmp_path, 4, size, lang)
    board, view = player.app.screen, player.app.screen.sitting.view
    show(player, "agreements")
    offered = [
        item for item in view.agreements if item.status == "offered" and view.role not in item.signed_by
    ]
    first = next(name for name in player.ids() if name.startswith("agreement:"))
    assert first == f"agreement:{offered[0].id}" != f"agreement:{view.agreements[0].id}"
    player.press(first)
    page = text_of(player)
    assert offered[0].about in page
    assert all(part in page for part in offered[0].breaks)
    assert all(view.roles[role] in page for role in offered[0].parties)
    player.press(f"move:{offered[0].sign.id}")
    assert board.sitting.view.draft == (offered[0].sign.id,)
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Board"


def test_what_cannot_be_signed_has_no_button(baghdad, tmp_path):
    player = at_turn(baghdad, tmp_path, 4, (1280, 1000))
    view = player.app.screen.sitting.view
    show(player, "agreements")
    shown = set(player.ids())
    closed = [item for item in view.agreements if item.status in ("gone", "in_force")]
    assert {item.status for item in closed} == {"gone", "in_force"}
    for item in closed:
        assert f"agreement:{item.id}" in shown
        assert f"move:sign.{item.id}" not in shown
        player.press(f"agreement:{item.id}")
        assert f"move:sign.{item.id}" not in player.ids()
        player.key(pygame.K_ESCAPE)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_question_shows_its_deadline_free_of_its_answers_and_opens_its_text(baghdad, tmp_path, size, lang):
    player = at_turn(baghdad, tmp_path, 4, size, lang)
    board = player.app.screen
    (item,) = board.sitting.view.decisions
    default = next(option.label for option in item.options if option.id == item.default)
    show(player, "decisions")
    canvas = player.look()
    texts = [text for text, _place in canvas.texts]
    last = next(at for at, text in enumerate(texts) if text.endswith(f"{default.split()[-1]}."))
    answers = [
        hot.rect for hot in canvas.hots if hot.id in ("answer", *(f"move:{o.id}" for o in item.options))
    ]
    assert canvas.texts[last][1].collidelist(answers) == -1
    player.press(f"question:{item.event}")
    page = text_of(player)
    for option in item.options:
        assert option.label in page
        assert option.about in page
    player.press(f"move:{item.options[-1].id}")
    assert board.sitting.view.draft == (item.options[-1].id,)
