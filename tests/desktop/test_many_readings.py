"""Does the board serve a scenario unlike those that come with the game: six accounts, own colours, a pact of others?"""

import numpy as np
import pygame
import pytest

from game.desktop.flow import begin
from game.play.table import Table
from game.scenario.authoring.example import example
from game.scenario.colours import NAMED
from game.scenario.loading import load_texts
from tests.desktop.player import Player

FURTHER = "".join(f'  other_{n}:\n    analyst: "Analyst {n}"\n    label: "Account {n}"\n' for n in range(4))
OTHER = """\
  bystander:
    label: "Bystander"
    brief: "You look on."
    objectives: {calm: {label: "Calm", of: anger, from: 60, to: 30}}
  company:
"""


@pytest.fixture(scope="module")
def six():
    text = example().source.text.replace("\nmap:\n", f"\n{FURTHER}map:\n")
    loaded = load_texts({"scenario.yaml": text}, "six", None)
    assert len(loaded.compiled.readings) == 6
    return loaded


@pytest.fixture(params=["en", "ar"])
def player(request, six, tmp_path):
    opened = Player((1280, 720), request.param)
    begin(opened.app, Table.start(six, ["council"], tmp_path / "six.jsonl", seed=1))
    for _again in range(40):
        opened.app.idle()
    return opened


def test_cards_tell_the_direction_where_figures_have_no_room(player):
    texts = [text for text, _place in player.look().texts]
    assert not [text for text in texts if text in ("…", "\u200e…")]
    assert sum(text in ("\u200e+", "\u200e−") for text in texts) >= 6


def test_the_turn_s_days_are_said_in_words(player):
    texts = [text for text, _place in player.look().texts]
    said = "1 to 31 January 2030" if player.app.settings.lang == "en" else "من 1 إلى 31 كانون الثاني 2030"
    assert any(said in text for text in texts), texts


def drawn(player):
    """Return how many pixels of each colour the screen has."""
    picture = pygame.surfarray.array2d(player.look().surface)
    values, counts = np.unique(picture, return_counts=True)
    return {int(value) & 0xFFFFFF: int(count) for value, count in zip(values, counts, strict=True)}


def test_the_board_is_drawn_in_the_author_s_colours(six, tmp_path):
    own = ("#7A1F5C", "#1F5C7A", "#123456")
    text = six.files["scenario.yaml"].replace("    colour: blue\n", f'    colour: "{own[0]}"\n')
    text = text.replace('    analyst: "Analyst 3"\n', f'    analyst: "Analyst 3"\n    colour: "{own[1]}"\n')
    text = text.replace("colour: teal", f'colour: "{own[2]}"')
    player = Player((1280, 720))
    loaded = load_texts({"scenario.yaml": text}, "six", None)
    begin(player.app, Table.start(loaded, ["council"], tmp_path / "own.jsonl", seed=1))
    player.key(pygame.K_RETURN)
    for _again in range(40):
        player.app.idle()
    found = drawn(player)
    for colour in own:
        assert found.get(int(colour[1:], 16), 0) >= 20, colour
    assert int(NAMED["blue"][1:], 16) not in found


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_pact_that_this_seat_cannot_sign_is_not_offered_to_it(six, tmp_path, lang):
    text = (
        six.files["scenario.yaml"]
        .replace('      when: "before(vote)"\n', "")
        .replace("  company:\n", OTHER, 1)
    )
    player = Player((1280, 720), lang)
    loaded = load_texts({"scenario.yaml": text}, "six", None)
    begin(player.app, Table.start(loaded, ["bystander"], tmp_path / "by.jsonl", seed=1))
    player.press("left:agreements")
    texts = {text for text, _place in player.look().texts}
    offered, not_offered = ("can be signed", "not signed") if lang == "en" else ("التوقيع ممكن", "بلا توقيع")
    assert not_offered in texts
    assert offered not in texts
