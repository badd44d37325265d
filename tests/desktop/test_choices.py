"""Does a player know what an agreement or a question says before signing or answering?"""

import shutil

import pygame
import pytest

from game.desktop.flow import begin
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from tests.desktop.player import Player

SIZES = [(960, 600), (1120, 640), (1280, 720)]


@pytest.fixture(scope="module")
def played(baghdad, tmp_path_factory):
    """A saved game by the turn that it is at: agreements are offered and decisions wait."""
    folder = tmp_path_factory.mktemp("played")
    path = folder / "game.jsonl"
    table = Table.start(baghdad, ["government"], path, seed=5)
    saved = {}
    for turn in range(1, 5):
        saved[turn] = shutil.copy(path, folder / f"{turn}.jsonl")
        LocalSeat(table, "government").confirm(Order(turn=turn))
    table.close()
    return saved


@pytest.fixture
def at_turn(played, tmp_path):
    """A function that returns a player at the board of a turn."""

    def seated(turn, size, lang="en"):
        player = Player(size, lang)
        begin(player.app, Table.resume(shutil.copy(played[turn], tmp_path / "one.jsonl")))
        player.look()
        return player

    return seated


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
def test_an_agreement_is_read_before_it_is_signed(at_turn, size, lang):
    player = at_turn(4, size, lang)
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


def test_what_cannot_be_signed_has_no_button(at_turn):
    player = at_turn(4, (1280, 1000))
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
def test_a_question_shows_its_deadline_free_of_its_answers_and_opens_its_text(at_turn, size, lang):
    player = at_turn(4, size, lang)
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


def test_shares_of_nothing_are_said_not_to_count(at_turn):
    player = at_turn(1, (960, 600))
    player.press("confirm")
    for name, share in player.app.screen.shares.items():
        for _step in range(-(-share // 5)):
            player.press(f"share:{name}:less")
    assert "These shares do not count yet: all of them are 0." in text_of(player)
    player.press(f"share:{name}:more")
    assert "Together 5; they are taken in proportion." in text_of(player)
