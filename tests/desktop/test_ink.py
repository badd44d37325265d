"""Is a text ever covered by what is drawn after it? Dots below Arabic letters tell one letter from another."""

import pygame
import pytest

from game.desktop.canvas import Canvas
from game.locale import speak
from tests.desktop.player import Player
from tests.desktop.test_layout import screens, tables  # noqa: F401


class Watching(Canvas):
    """A page that remembers where each text left its full colour."""

    def __init__(self, surface, style):
        super().__init__(surface, style)
        self.inked = []

    def text(self, text, pos, size=12.5, weight=400, colour="#15232D", anchor="start", width=None):
        taken = super().text(text, pos, size, weight, colour, anchor, width)
        place = self.texts[-1][1].clip(self.surface.get_rect())
        plain = self.surface.map_rgb(pygame.Color(colour))
        pixels = pygame.PixelArray(self.surface)
        self.inked += [
            (text, (x, y), plain)
            for x in range(place.left, place.right)
            for y in range(place.top, place.bottom)
            if pixels[x, y] == plain
        ]
        pixels.close()
        return taken


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_is_drawn_over_a_text(baghdad, tables, lang, scale):  # noqa: F811
    player = Player((1280, 720), lang, scale)
    covered = {}
    with speak(lang):
        for screen in screens(player.app, baghdad, tables, lang):
            screen.message = ""
            canvas = Watching(player.app.surface, player.app.style())
            screen.draw(canvas)
            for text, place, plain in canvas.inked:
                if canvas.surface.map_rgb(canvas.surface.get_at(place)) != plain:
                    covered.setdefault((type(screen).__name__, text), place)
    assert not covered
