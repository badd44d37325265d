"""Does the board serve a scenario unlike those that come with the game: six accounts, months for turns?"""

import pytest

from game.desktop.flow import begin
from game.play.table import Table
from game.scenario.authoring.example import example
from game.scenario.loading import load_texts
from tests.desktop.player import Player

FURTHER = "".join(f'  other_{n}:\n    analyst: "Analyst {n}"\n    label: "Account {n}"\n' for n in range(4))


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
