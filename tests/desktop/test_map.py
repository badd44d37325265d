"""Does the map name every place and tell the last turn's events from older ones?"""

import pygame
import pytest

from game.desktop.drawing.map import Happening, draw_map
from game.desktop.text import TextPainter
from game.desktop.theme import Style
from game.play.local_seat import LocalSeat
from game.play.table import Table

AS_ON_THE_BOARD = [(588, 458, 1.0), (944, 452, 1.0), (882, 687, 1.5)]
"""Width, height and scale at 1280x720, 960x600 and 1920x1080."""


@pytest.fixture(scope="module")
def table(baghdad, tmp_path_factory):
    table = Table.start(baghdad, ["government"], tmp_path_factory.mktemp("map") / "game.jsonl", seed=5)
    yield table
    table.close()


def drawn(map_, happenings, size=AS_ON_THE_BOARD[0], lang="en"):
    """Return the picture and every text on it."""
    width, height, scale = size
    texts = []

    class Painter(TextPainter):
        def draw(self, surface, text, *arguments, **named):
            texts.append(text)
            return super().draw(surface, text, *arguments, **named)

    surface = pygame.Surface((width, height))
    style = Style(scale, lang == "ar", Painter(scale, rtl=lang == "ar"))
    draw_map(surface, surface.get_rect(), map_, happenings, style)
    return surface, texts


@pytest.mark.parametrize("size", AS_ON_THE_BOARD, ids=str)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_place_keeps_its_name_whatever_happens_there(table, lang, size):
    map_ = LocalSeat(table, "government").view(lang).map
    names = {place.label for place in map_.places.values()} & set(drawn(map_, [], size, lang)[1])
    assert names >= {place.label for place in map_.places.values() if place.kind != "abroad"}
    missing = {}
    for place in map_.places:
        _picture, texts = drawn(map_, [Happening(place, "It happened", latest=True)], size, lang)
        if names - set(texts):
            missing[place] = names - set(texts)
    everywhere = [Happening(place, "It happened", latest=False) for place in map_.places]
    _picture, texts = drawn(map_, everywhere, size, lang)
    if names - set(texts):
        missing["everywhere"] = names - set(texts)
    assert missing == {}


def test_older_events_can_be_told_without_colour(table):
    map_ = LocalSeat(table, "government").view("en").map
    told = Happening("basra", "It happened", latest=True)
    last, before = (
        pygame.surfarray.array3d(drawn(map_, [Happening("baghdad", "", latest=latest), told])[0]).mean(axis=2)
        for latest in (True, False)
    )
    assert abs(last - before).max() > 100
