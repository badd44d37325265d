"""Can everything be read? Letters in the font, contrast, colours that most people tell apart."""

import itertools

import pygame
import pytest

from game.desktop import fonts, theme
from game.desktop.drawing.map import draw_map
from game.desktop.fonts import font, is_ours, packaged
from game.desktop.glyphs import has
from game.desktop.text import TextPainter
from game.play.views import MapView
from game.scenario.colours import GROUNDS, NAMED, READINGS
from game.scenario.loading import load
from tests.desktop.player import Player
from tests.locale.messages import catalogue_of, forms, messages


def brightness(colour):
    parts = [value / 255 for value in pygame.Color(colour)[:3]]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Source: WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *itertools.product((theme.INK, theme.INK_2, theme.INK_3), (theme.PAPER, theme.PANEL, theme.INSET)),
        *itertools.product(NAMED.values(), GROUNDS),
        (theme.ON_BAR, theme.BAR),
        (theme.ON_BAR_2, theme.BAR),
        (theme.INK, theme.PRIMARY),
        (theme.WORSE, theme.PANEL),
        (theme.BETTER, theme.PANEL),
        (theme.FOCUS, theme.PANEL),
    ],
)
def test_text_stands_out_from_its_ground(ink, paper):
    assert contrast(ink, paper) >= 4.5


def test_the_checker_measures_against_what_is_drawn_on():
    assert set(GROUNDS) == {theme.PAPER, theme.PANEL, theme.INSET}


def test_readings_differ_in_shape_and_dash_besides_colour():
    assert len(set(theme.MARKS)) == len(set(theme.DASHES)) == len(set(READINGS)) == 6


def test_readings_can_be_told_apart_without_colour_vision():
    """Brightness or hue as seen without red and green receptors differs between the first three readings."""
    for one, other in itertools.combinations(READINGS[:3], 2):
        first, second = pygame.Color(one), pygame.Color(other)
        blue = abs(first.b - second.b)
        yellow = abs((first.r + first.g) / 2 - (second.r + second.g) / 2)
        assert blue + yellow > 60


def texts():
    for message in messages():
        yield from message.id if isinstance(message.id, tuple) else (message.id,)
    for message in catalogue_of("ar"):
        yield from forms(message)
    for name in ("baghdad-2021", "tutorial"):
        yield from load(name).files.values()


def test_the_font_has_every_letter():
    assert packaged(), "the font's package is not whole"
    letters = {letter for text in texts() for letter in text if letter.isprintable()}
    assert len(letters) > 120
    written = font(20, 400, rtl=False)
    assert [letter for letter in sorted(letters) if letter != " " and not has(written, letter)] == []


def test_another_font_is_said_on_screen(monkeypatch):
    assert is_ours()
    monkeypatch.setattr(fonts, "packaged", dict)
    fonts.fingerprint.cache_clear()
    fonts.font.cache_clear()
    try:
        player = Player().at_title()
        assert "font" in " ".join(text for text, _place in player.look().texts)
        player.key(pygame.K_TAB)
        assert player.app.screen.message == ""
    finally:
        monkeypatch.undo()
        fonts.fingerprint.cache_clear()
        fonts.font.cache_clear()


@pytest.mark.parametrize(
    "outline", [((10, 50), (10, 55), (10, 58)), ((10, 50), (12, 50), (14, 50)), ((1, 1),) * 3]
)
def test_a_map_without_an_area_is_drawn(outline):
    """A save may hold a map that the checker refuses by now."""
    place = {"label": "A", "at": (10, 58), "kind": "city"}
    far = ((-180, -90), (180, 90))
    drawn = MapView(outline=outline, rivers=(far,), waters=(), places={"a": place}, note="")
    style = theme.Style(1.0, rtl=False, text=TextPainter(1.0, rtl=False))
    surface = pygame.Surface((400, 300))
    draw_map(surface, surface.get_rect(), drawn, (), style)
