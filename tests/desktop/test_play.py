"""Can a whole game be played at the window, by keys alone, left at any moment and gone on with?"""

import shutil
import time
from pathlib import Path

import pygame
import pytest

from game.desktop.flow import begin
from game.play import saves
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from game.scenario.library import folder_of
from game.scenario.loading import load
from tests.desktop.player import Player


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_whole_game_by_keys_alone(lang):
    player = Player(lang=lang).at_title()
    player.press("scenario:baghdad-2021:workshop")
    assert player.screen == "Roles"
    player.press("begin")
    player.press("go on")
    turns = 0
    while player.screen == "Board":
        turns += 1
        player.key(pygame.K_1)
        drafted = player.app.screen.sitting.view.draft
        player.press("confirm")
        assert player.screen == "Confirm"
        if turns == 1:
            assert len(drafted) == 1
            player.press("share:al_basri:more")
        player.press("hand in")
        assert player.screen == "Resolution"
        player.press("go on")
    assert player.screen == "Outcome"
    assert turns == 6
    player.press("scores")
    assert player.screen == "Reader"
    player.key(pygame.K_ESCAPE)
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Title"
    assert saves.unfinished() == []


def test_enter_ends_the_turn_where_nothing_is_in_focus():
    player = Player().at_title()
    player.press("scenario:tutorial")
    player.press("begin")
    player.press("go on")
    player.app.focus = ""
    player.key(pygame.K_RETURN)
    assert player.screen == "Confirm"


def test_the_title_offers_to_go_on_exactly_there():
    player = Player().at_title()
    player.press("scenario:baghdad-2021")
    player.press("begin")
    player.press("go on")
    player.key(pygame.K_2)
    player.press("confirm")
    player.press("hand in")
    player.press("go on")
    player.key(pygame.K_1)
    before = player.app.screen.sitting.view
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Title"
    (item,) = saves.unfinished()
    again = Player().at_title()
    again.press(f"save:{item.path.name}")
    assert again.screen == "Board"
    assert again.app.screen.sitting.view == before


@pytest.mark.parametrize("early", [False, True])
def test_the_title_offers_a_game_that_is_over_again(baghdad, early):
    path = saves.new_path("baghdad-2021")
    table = Table.start(baghdad, ["government"], path, seed=5)
    for turn in range(1, 3 if early else baghdad.ruleset.turns + 1):
        LocalSeat(table, "government").confirm(Order(turn=turn))
    if early:
        table.end()
    table.close()
    assert saves.unfinished() == []
    player = Player().at_title()
    assert "The game is over" in " ".join(text for text, _place in player.look().texts)
    player.press(f"save:{path.name}")
    assert player.screen == "Outcome"
    assert path.name in "".join(text for text, _place in player.look().texts)
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Title"
    assert f"save:{path.name}" in player.ids()


def test_every_saved_game_can_be_reached(baghdad):
    for _game in range(30):
        Table.start(baghdad, ["government"], saves.new_path("baghdad-2021"), seed=5).close()
    player = Player().at_title()
    found: set[str] = set()
    for _page in range(30):
        found |= {name for name in player.ids() if name.startswith("save:")}
        player.key(pygame.K_m)
    assert found == {f"save:{item.path.name}" for item in saves.games()}


def test_people_take_turns_behind_a_curtain(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government", "factions"], tmp_path / "two.jsonl", seed=1))
    seen = []
    for role in ("government", "factions", "government"):
        assert player.screen == "Curtain"
        texts = " ".join(text for text, _place in player.look().texts)
        seen.append(player.app.screen.role)
        assert "Rocket" not in texts
        player.press("ready")
        if player.screen == "Resolution":
            player.press("go on")
        assert player.app.screen.sitting.role == role
        player.press("confirm")
        player.press("hand in")
    assert seen == ["government", "factions", "government"]


def test_undo_takes_the_last_choice_back(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    player.look()
    player.key(pygame.K_2)
    assert player.app.screen.sitting.view.draft == ("public_schedule",)
    player.press("confirm")
    player.press("undo")
    assert player.app.screen.sitting.view.draft == ()


def test_a_refusal_reaches_the_person(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    player.look()
    for key in (pygame.K_1, pygame.K_2):
        player.key(key)
    player.app.handle(pygame.Event(pygame.KEYDOWN, key=pygame.K_3, mod=0, unicode=""))
    told = player.app.screen.message
    assert told
    assert told in " ".join(" ".join(text for text, _place in player.look().texts).split()) or told


def test_the_language_switches_in_play(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    player.look()
    player.key(pygame.K_l)
    texts = " ".join(text for text, _place in player.look().texts)
    assert "حكومة" in texts
    player.key(pygame.K_l)
    assert "Government" in " ".join(text for text, _place in player.look().texts)


def test_nothing_is_drawn_while_nothing_happens(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    for _tick in range(25):
        player.app.draw()
        player.app.idle()
    player.app.draw()
    before = player.app.drawn
    for _tick in range(50):
        player.app.draw()
        player.app.idle()
    assert player.app.drawn == before


def test_the_forecast_follows_the_draft(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    sitting = player.app.screen.sitting
    player.look()
    assert sitting.forecast() is None
    player.app.idle()
    idle = sitting.forecast()
    player.key(pygame.K_1)
    assert sitting.forecast() is None
    player.app.idle()
    assert sitting.forecast() != idle


def test_mouse_presses_and_resizing(baghdad, tmp_path):
    player = Player((1000, 700))
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    hot = next(hot for hot in player.look().hots if hot.id == "tab:map")
    player.app.handle(pygame.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=hot.rect.center))
    assert player.app.screen.tab == "map"
    player.app.surface = pygame.Surface((1600, 900))
    assert "left:vote" in player.ids()


def test_a_scenario_that_is_saved_while_it_is_played(tmp_path):
    folder = Path(shutil.copytree(folder_of("baghdad-2021"), tmp_path / "mine"))
    player = Player()
    begin(player.app, Table.start(load(folder), ["government"], tmp_path / "one.jsonl", seed=1))
    player.look()
    indicators = folder / "indicators.yaml"
    good = indicators.read_text(encoding="utf-8")

    def save(text, told):
        indicators.write_text(text, encoding="utf-8")
        end = time.monotonic() + 20
        while told not in " ".join(text for text, _place in player.look().texts):
            assert time.monotonic() < end, told
            time.sleep(0.1)
            player.app.idle()

    save(good.replace("start: 70", "strat: 70", 1), "indicators.yaml:")
    assert player.screen == "Reader"
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Board"
    save(good.replace("start: 70", "start: 60", 1), "70 -> 60")
    assert player.screen == "Board"
    player.key(pygame.K_1)
    assert player.app.screen.message == ""


def test_the_next_card_is_looked_ahead_of(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    sitting = player.app.screen.sitting
    for _tick in range(25):
        player.app.idle()
    player.look()
    first = sitting.forecast()
    player.key(pygame.K_1)
    assert sitting.forecast() is not None
    assert sitting.forecast() != first


def test_a_digit_leaves_enter_to_the_main_button(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    player.look()
    player.key(pygame.K_1)
    player.key(pygame.K_RETURN)
    assert player.screen == "Confirm"
    player.key(pygame.K_RETURN)
    assert player.screen == "Resolution"
    assert len(player.app.screen.sitting.view.headlines) > 0


def test_every_change_opens_its_ledger(baghdad, tmp_path):
    """By key, by a press and by pointing at it."""
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    for _turn in range(2):
        player.look()
        player.key(pygame.K_RETURN)
        player.key(pygame.K_RETURN)
        change = next(hot for hot in player.look().hots if hot.id == "change:economy")
        before = player.app.screen.sitting.looked_at
        player.app.handle(pygame.Event(pygame.MOUSEMOTION, pos=change.rect.center))
        assert player.app.screen.sitting.looked_at == "economy" != before
        player.app.handle(pygame.Event(pygame.MOUSEMOTION, pos=(2, 2)))
        assert player.app.screen.sitting.looked_at == before
        player.app.handle(pygame.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=change.rect.center))
        player.key(pygame.K_w)
        assert player.screen == "Reader"
        texts = " ".join(text for text, _place in player.look().texts)
        assert "Economy" in texts
        assert all(item.analyst in texts for item in player.app.screens[-2].sitting.view.readings)
        player.key(pygame.K_ESCAPE)
        player.key(pygame.K_RETURN)
    assert player.screen == "Board"
    player.key(pygame.K_w)
    assert player.screen == "Reader"


def test_the_ledger_tells_that_one_report_may_be_off(baghdad, tmp_path):
    """What the report said, what it made of the estimate, and that reports err."""
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=5))
    for _turn in range(3):
        player.key(pygame.K_RETURN)
        player.key(pygame.K_RETURN)
        player.key(pygame.K_RETURN)
    view = player.app.screen.sitting.view
    item = next(item for item in view.indicators if item.id == player.app.screen.sitting.looked_at)
    player.key(pygame.K_w)
    page = " ".join(text for text, _place in player.look().texts)
    assert f"The report said {item.report:.0f}, which is " in page
    assert f"All in all you now estimate {item.estimate:.0f}, which is " in page
    assert "Reports err" in page or "this change tells nothing about which of them is right" in page


def test_a_game_that_is_over_is_replayed(baghdad, tmp_path):
    player = Player()
    table = Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=5)
    for turn in range(1, baghdad.ruleset.turns + 1):
        LocalSeat(table, "government").confirm(Order(turn=turn))
    begin(player.app, table)
    player.press("replay")
    assert player.screen == "Replay"
    player.key(pygame.K_PAGEDOWN)
    assert player.app.screen.turn == 2
    player.press("turn:7")
    player.press("others")
    assert player.screen == "Expectation"
    assert player.app.screens[-2].others == ()
    player.press("no")
    assert player.screen == "Replay"
    assert len(player.app.screen.others) == 3
    for button in ("others", "points", "luck"):
        player.press(button)
        assert player.screen == "Reader"
        player.key(pygame.K_ESCAPE)
    player.press("branch")
    assert player.screen == "Branch"
    move = next(name for name in player.ids() if name.startswith("move:"))
    player.press(move)
    player.press("others")
    player.press("play")
    assert player.screen == "Reader"
    player.key(pygame.K_l)
    for _back in range(3):
        player.key(pygame.K_ESCAPE)
    assert player.screen == "Outcome"


def test_a_game_is_ended_before_its_time_only_after_asking_twice(baghdad, tmp_path):
    player = Player()
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "one.jsonl", seed=1))
    player.press("settings")
    player.press("end")
    player.press("end")
    assert player.screen == "Board"
    assert "No turn" in player.app.screen.message
    player.look()
    player.key(pygame.K_RETURN)
    player.key(pygame.K_RETURN)
    player.key(pygame.K_RETURN)
    player.press("settings")
    player.press("end")
    assert player.screen == "SettingsScreen"
    player.press("end")
    assert player.screen in ("Resolution", "Outcome")
    assert player.app.screen.sitting.view.phase == "over"


def test_a_saved_game_has_its_title_in_the_window_s_language(baghdad):
    Table.start(baghdad, ["government"], saves.new_path("baghdad-2021"), seed=5).close()
    for lang in ("en", "ar"):
        (label,) = (
            hot.label for hot in Player(lang=lang).at_title().look().hots if hot.id.startswith("save:")
        )
        assert label == baghdad.in_language(lang).title


def test_what_follows_from_no_answer_is_told_before_the_order_is_handed_in(baghdad, tmp_path):
    player = Player()
    table = Table.start(baghdad, ["government"], tmp_path / "game.jsonl", seed=5)
    seat = LocalSeat(table, "government")
    while not seat.view("en").decisions:
        seat.confirm(Order(turn=seat.view("en").turn))
    begin(player.app, table)
    player.look()
    player.press("confirm")
    (question,) = seat.view("en").decisions
    default = next(option.label for option in question.options if option.id == question.default)
    told = " ".join(text for text, _place in player.look().texts)
    assert f"Not answered: {question.label}." in told
    assert default in told


@pytest.mark.parametrize("text_size", [100, 200])
def test_all_that_was_learned_can_be_read_where_it_is_told_first(baghdad, tmp_path, text_size):
    player = Player(text_size=text_size)
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "game.jsonl", seed=5))
    player.look()
    player.press("confirm")
    player.press("hand in")
    assert player.screen == "Resolution"
    assert "H: in full" in {text for text, _place in player.look().texts}
    player.key(pygame.K_h)
    told = ""
    for _page in range(9):
        told += " ".join(text for text, _place in player.look().texts) + " "
        player.key(pygame.K_PAGEDOWN)
    for item in player.app.screens[-2].sitting.view.headlines:
        assert item.text in " ".join(told.split()), item.text
    player.key(pygame.K_ESCAPE)
    assert player.screen == "Resolution"
