"""Can all of the board be reached and read, at every size of window and text?"""

import itertools
import re

import pygame
import pytest

from game.desktop.flow import begin
from game.desktop.screens.reader import Reader
from game.play.table import Table
from game.scenario.loading import load
from tests.desktop.player import Player

SIZES = [(1280, 720), (960, 600)]


@pytest.fixture
def playing(baghdad, tmp_path):
    """Return a function that opens the board in a window of a size."""

    saves = (tmp_path / f"{number}.jsonl" for number in itertools.count())

    def open_(size=(1280, 720), lang="en", text_size=100):
        player = Player(size, lang, text_size)
        begin(player.app, Table.start(baghdad, ["government"], next(saves), seed=1))
        player.look()
        return player

    return open_


def indicators(player):
    return [name.partition(":")[2] for name in player.ids() if name.startswith("indicator:")]


def spot_of(player, name):
    return next(hot.rect for hot in player.look().hots if hot.id == name)


def situation(player):
    if "tab:situation" in player.ids():
        player.press("tab:situation")
    return player


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("turned_by", ["letter", "page key", "focus", "press"])
def test_every_indicator_is_reached(playing, size, turned_by):
    player = situation(playing(size))
    every = {item.id for item in player.app.screen.sitting.view.indicators}
    featured = {item.id for item in player.app.screen.sitting.view.indicators if item.featured}
    assert featured <= set(indicators(player)) < every
    assert any("page 1 of" in text for text, _place in player.look().texts)
    seen = set()
    for _page in range(9):
        seen |= set(indicators(player))
        match turned_by:
            case "letter":
                player.key(pygame.K_i)
            case "page key":
                player.key(pygame.K_PAGEDOWN)
            case "focus":
                player.press("more indicators")
            case "press":
                spot = spot_of(player, "more indicators")
                player.app.handle(pygame.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=spot.center))
    assert seen == every


def test_the_page_key_turns_the_list_that_is_open(playing):
    player = playing((960, 600), text_size=200)
    player.press("tab:agreements")
    before = player.app.screen.places[""]
    player.key(pygame.K_PAGEDOWN)
    assert player.app.screen.places[""] == before + 1
    situation(player)
    assert any("page 1 of" in text for text, _place in player.look().texts)


ARABIC = {"r": "ق", "h": "ا", "o": "خ", "1": "١", "2": "٢"}
"""What some keys give under an Arabic layout."""
PLACES = {"r": 21, "h": 11, "o": 18, "1": 30, "2": 31, "w": 26}
"""Where keys are: SDL's scancodes, the same under every layout."""


@pytest.mark.parametrize("name", ARABIC)
def test_keys_do_the_same_under_an_arabic_layout(playing, name):
    player = playing()
    player.key(ord(name))
    latin = player.screen, player.app.screens[0].sitting.view.draft
    player = playing()
    player.key(ord(ARABIC[name]), scancode=PLACES[name])
    assert (player.screen, player.app.screens[0].sitting.view.draft) == latin
    assert latin != ("Board", ())


def test_the_language_switches_under_an_arabic_layout(playing):
    player = playing(lang="ar")
    player.key(ord("م"), scancode=15)
    assert player.app.settings.lang == "en"


def test_a_latin_letter_means_itself_wherever_its_key_is(playing):
    """A French keyboard has Z where others have W."""
    player = playing()
    player.key(pygame.K_z, scancode=PLACES["w"])
    assert player.screen == "Board"


def top_row(player):
    """Return the texts of the top row with where they stand, cut as they are drawn."""
    canvas = player.look()
    below = canvas.rect((0, 46, 1, 1)).y
    return [(text, place) for text, place in canvas.texts if place.y < below]


def whole(canvas, text, place, size, weight=400):
    return place.w >= canvas.style.text.size(text, size, weight)[0]


@pytest.mark.parametrize("text_size", [100, 125, 150, 175, 200])
@pytest.mark.parametrize("size", [*SIZES, (1920, 1080)])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_turn_and_political_capital_are_read_at_every_size(playing, lang, size, text_size):
    player = playing(size, lang, text_size)
    player.key(pygame.K_1)
    canvas, row = player.look(), top_row(player)
    view = player.app.screen.sitting.view
    assert view.draft_cost
    word = {"en": "of", "ar": "من"}[lang]
    spent = f"{view.capital - view.draft_cost:g} {word} {view.capital:g}"
    turn = {"en": "Turn 1 of 11", "ar": "الجولة 1 من 11"}[lang]
    (figure,) = [place for text, place in row if text == spent]
    ((told, when),) = [(text, place) for text, place in row if text.startswith(turn)]
    assert whole(canvas, spent, figure, 12.5, 600)
    assert whole(canvas, told, when, 11.5)
    for at, (text, place) in enumerate(row):
        for other, spot in row[at + 1 :]:
            assert not place.inflate(-2, -8).colliderect(spot.inflate(-2, -8)), (text, other)


@pytest.mark.parametrize("text_size", [100, 150, 175, 200])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("key", "screen"), [("o", "SettingsScreen"), ("r", "Reader"), ("F1", "Reader")])
def test_a_key_works_where_its_button_has_no_room(playing, size, text_size, key, screen):
    player = playing(size, text_size=text_size)
    player.key(pygame.key.key_code(key))
    assert player.screen == screen


@pytest.mark.parametrize("size", SIZES)
def test_the_board_says_how_many_policies_are_chosen(playing, size):
    player = playing(size)
    for used in (0, 1, 2):
        assert f"Policies in your order: {used} of 2." in {text for text, _place in player.look().texts}
        player.key(pygame.K_1 + used)


@pytest.mark.parametrize(
    ("size", "buttons"),
    [
        ((1280, 720), ["left:agreements", "left:decisions", "left:vote"]),
        ((960, 600), ["tab:agreements", "tab:cards"]),
    ],
)
def test_the_cards_stay_on_their_page(playing, size, buttons):
    player = playing(size)
    player.press("more policies")
    before = [name for name in player.ids() if name.startswith("move:")]
    for button in buttons:
        player.press(button)
    assert [name for name in player.ids() if name.startswith("move:")] == before


def test_help_lists_keys_where_they_work(playing):
    player = playing()
    player.key(pygame.K_RETURN)
    handing_in = {hot.key for hot in player.look().hots}
    for _screen in range(2):
        player.key(pygame.K_RETURN)
    board = {hot.key for hot in player.look().hots}
    player.press("left:agreements")
    board |= {hot.key for hot in player.look().hots}
    player.press("help")
    told = [set(re.findall(r"\b([A-Z]):", text)) for text, *_look in player.app.screen.lines()]
    on_board, where_handed_in = [keys for keys in told if keys]
    assert {"I", "N", "E", "W"} <= on_board <= board | {"L"}
    assert {"P", "U"} <= where_handed_in <= handing_in


@pytest.mark.parametrize("size", [(1280, 720), (960, 600), (640, 480)])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_the_board_has_no_room_for_is_told_in_full(lang, size, playing):
    player = playing(size, lang)
    view = player.app.screen.sitting.view
    for key, texts in (
        (pygame.K_c, [text for move in view.policies for text in (move.label, move.about)]),
        (pygame.K_v, [bloc.label for bloc in view.blocs]),
        (pygame.K_e, [next(item.about for item in view.indicators if item.featured)]),
        (pygame.K_w, [next(item.about for item in view.indicators if item.featured)]),
    ):
        player.key(key)
        assert isinstance(player.app.screen, Reader)
        told = ""
        while True:
            told += " ".join(text for text, _place in player.look().texts) + " "
            before = player.app.screen.places.get("", 0)
            player.key(pygame.K_PAGEDOWN)
            if player.app.screen.places.get("", 0) == before:
                break
        for text in texts:
            assert text in " ".join(told.split())
        player.key(pygame.K_ESCAPE)
        assert player.screen == "Board"


def test_the_page_of_what_accounts_expect_looks_ahead_itself(playing):
    player = playing()
    player.app.screen.sitting.toggle(player.app.screen.sitting.view.policies[2])
    player.key(pygame.K_e)
    assert any("looking ahead" in text for text, _place in player.app.canvas.texts)
    for _tick in range(30):
        player.app.idle()
    assert not any("looking ahead" in text for text, _place in player.look().texts)


def test_no_latin_semicolon_stands_between_arabic_words(tmp_path):
    player = Player(lang="ar")
    begin(player.app, Table.start(load("tutorial"), ["town"], tmp_path / "game.jsonl", seed=1))
    player.look()
    player.key(pygame.K_e)
    for _tick in range(30):
        player.app.idle()
    assert not any(";" in text for text, _place in player.look().texts)
    player.key(pygame.K_ESCAPE)
    while player.screen == "Board":
        player.press("confirm")
        player.press("hand in")
        player.press("go on")
    player.key(pygame.K_e)
    assert player.screen == "Reader"
    assert not any(";" in text for text, _place in player.look().texts)


@pytest.mark.parametrize(("lang", "keys"), [("en", ("E: in words", "W: in full")), ("ar", ("E: ", "W: "))])
def test_the_key_that_opens_a_panel_is_named_beside_the_longest_name(playing, lang, keys):
    player = playing(lang=lang)
    player.press("confirm")
    player.press("hand in")
    player.press("go on")
    longest = max(player.app.screen.sitting.view.in_order, key=lambda item: len(item.label))
    player.app.screen.choose(longest.id)
    canvas = player.look()
    for key in keys:
        text, place = next((text, place) for text, place in canvas.texts if key in text)
        assert canvas.width_of(text, 11.5) * canvas.style.scale <= place.w, text


@pytest.mark.parametrize("size", [(1280, 720), (960, 600)])
def test_no_vote_is_offered_where_there_is_none(size, tmp_path):
    player = Player(size)
    tutorial = load("tutorial")
    begin(player.app, Table.start(tutorial, [next(iter(tutorial.ruleset.role_at))], tmp_path / "game.jsonl"))
    assert not {"left:vote", "tab:vote"} & set(player.ids())
    player.key(pygame.K_v)
    assert player.screen == "Board"
