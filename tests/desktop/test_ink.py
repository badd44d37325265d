"""Is a text ever covered by what is drawn after it? Dots below Arabic letters tell one letter from another."""

import pygame
import pytest

from game.desktop import theme
from game.desktop.canvas import Canvas
from game.locale import speak
from tests.desktop.player import Player
from tests.desktop.test_layout import screens, tables  # noqa: F401


class Watching(Canvas):
    """A page that remembers what each text left on it."""

    def __init__(self, surface, style):
        super().__init__(surface, style)
        self.inked = []

    def text(self, text, pos, size=12.5, weight=400, colour=theme.INK, anchor="start", width=None):
        before = self.surface.copy()
        taken = super().text(text, pos, size, weight, colour, anchor, width)
        place = self.texts[-1][1].clip(self.surface.get_rect())
        ink = pixels(self.surface, place)
        self.inked.append((text, place, ink, ink != pixels(before, place)))
        return taken


def pixels(surface, place):
    """Return a copy of the pixels at a place."""
    return pygame.surfarray.array2d(surface.subsurface(place))


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_is_drawn_over_a_text(baghdad, tables, lang, scale):  # noqa: F811
    player = Player((1280, 720), lang, scale)
    covered = []
    with speak(lang):
        for screen in screens(player.app, baghdad, tables, lang):
            screen.message = ""
            canvas = Watching(player.app.surface, player.app.style())
            screen.draw(canvas)
            assert any(mask.any() for _text, _place, _ink, mask in canvas.inked)
            for text, place, ink, mask in canvas.inked:
                if (pixels(canvas.surface, place)[mask] != ink[mask]).any():
                    covered.append((type(screen).__name__, text))
    assert not covered
