"""Does the end tell what it cost, what moved it in full, which questions were answered, and all of each role?"""

import re

import pygame
import pytest

from game.desktop.flow import begin
from game.play.local_seat import LocalSeat
from game.play.orders import Order, Prediction
from game.play.table import Table
from tests.desktop.player import Player


@pytest.fixture(scope="module")
def over(baghdad, tmp_path_factory):
    """A game that is over, in which each question was answered."""
    table = Table.start(baghdad, ["government"], tmp_path_factory.mktemp("saves") / "game.jsonl", seed=5)
    seat = LocalSeat(table, "government")
    for turn in range(1, baghdad.ruleset.turns + 1):
        questions = {item.id: 0.7 for item in seat.view("en").questions}
        seat.predict("player", Prediction(turn=turn, questions=questions))
        seat.confirm(Order(turn=turn))
    yield table
    table.close()


def texts(player):
    return [text for text, _place in player.look().texts]


def at_the_end(over, size=(1280, 720), lang="en"):
    player = Player(size, lang)
    begin(player.app, over)
    assert player.screen == "Outcome"
    player.look()
    return player


def pages(player):
    """Return all that stands on a reader's pages."""
    found = []
    while True:
        found += texts(player)
        at = player.app.screen.places[""]
        player.key(pygame.K_PAGEDOWN)
        if player.app.screen.places[""] == at:
            return found


def test_costs_stand_under_their_own_heading_with_sign_and_digit(over):
    told = texts(at_the_end(over))
    heading = told.index("What it cost, whoever gains by it:")
    view = LocalSeat(over, "government").view("en")
    for place, item in enumerate(view.end.costs, start=1):
        assert told[heading + place].startswith(item.label)
        if not item.in_turns:
            assert f"{abs(item.value):.1f}." in told[heading + place]
            assert ("−" in told[heading + place]) == (item.value < -0.05)


def test_what_is_shown_of_a_change_adds_up(over):
    player = at_the_end(over)
    player.key(pygame.K_w)
    lines = re.findall(
        r"Turn \d+: (\S+) to (\d+\.\d)\. (.*?)(?=Turn \d|Page|$)",
        " ".join(pages(player)).replace("\u200e", ""),
    )
    assert len(lines) > 50
    adding_up = 0
    for before, after, terms in lines:
        points = [float(part.replace("−", "-")) for part in re.findall(r"[+−]\d+\.\d\b", terms)]
        adding_up += sum(points) == pytest.approx(float(after) - float(before), abs=0.11)
    assert adding_up == len(lines)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_predictions_name_their_questions(over, lang):
    player = at_the_end(over, lang=lang)
    player.key(pygame.K_s)
    told = " ".join(pages(player))
    found = LocalSeat(over, "government").scores(lang).answers
    assert len(found) == over.ruleset.turns
    assert all(item.ask in told for item in found)


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1000, 480)], ids=str)
def test_all_objectives_of_all_roles_can_be_seen(over, size):
    player = at_the_end(over, size)
    end = player.app.screen.sitting.view.end
    wanted = {item.label for role in end.roles for item in role.objectives}
    found = set(texts(player))
    for _page in range(8):
        if "more" in player.ids():
            player.key(pygame.K_n)
        found |= set(texts(player))
    assert wanted <= found
    assert ("more" in player.ids()) == (size != (1280, 720))


def test_a_page_that_cannot_be_written_is_told_on_the_screen(over):
    player = at_the_end(over)
    page = over.path.with_suffix(".html")
    page.mkdir()
    player.press("page")
    assert player.screen == "Outcome"
    assert player.app.screen.message.startswith(f"{page} cannot be written:")
    page.rmdir()


def test_a_score_says_what_was_needed(over):
    told = texts(at_the_end(over))
    for role in LocalSeat(over, "government").view("en").end.roles:
        state = "reached" if role.reached else "not reached"
        assert f"{state}: {100 * role.score:.0f}, {100 * role.reached_at:.0f} needed" in told


def test_arabic_has_its_own_commas(over, baghdad, tmp_path):
    told = texts(Player(lang="ar").at_title())
    player = at_the_end(over, lang="ar")
    told += texts(player)
    player.key(pygame.K_e)
    told += pages(player)
    table = Table.start(baghdad, ["government"], tmp_path / "game.jsonl", seed=5)
    LocalSeat(table, "government").confirm(Order(turn=1))
    player = Player(lang="ar")
    begin(player.app, table)
    told += texts(player)
    player.key(pygame.K_e)
    told += pages(player)
    table.close()
    assert any("،" in text for text in told)
    assert any("؛" in text for text in told)
    assert [text for text in told if re.search(r"[,;](\s|$)", text)] == []


def test_signs_stay_before_their_numbers_in_arabic(over):
    player = at_the_end(over, lang="ar")
    player.key(pygame.K_r)
    player.key(pygame.K_m)
    told = " ".join(pages(player))
    signed = re.findall(r"(.)[+−]\d", told)
    assert signed
    assert set(signed) == {"\u200e"}


def test_the_page_that_opens_is_called_what_it_is(over):
    labels = {hot.id: hot.label for hot in at_the_end(over).look().hots}
    assert labels["page"] == "Open the debrief"  # as in a group session
