"""What does one account expect? A fan: what was estimated so far, then bands that widen into the future."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.desktop import theme
from game.desktop.drawing.shapes import Point, dashed, rounded, smooth, stroke
from game.desktop.theme import Style
from game.locale import number

_BANDS = ((0, 4, 0.82), (1, 3, 0.62))
"""Pairs of quantiles, and how far each band's colour is mixed towards the paper."""


@dataclass(frozen=True)
class Fan:
    """One account's picture of one indicator.

    Attributes:
        past: Estimates turn by turn, the declared start first.
        bands: Quantiles after each coming turn: 5, 25, 50, 75 and 95 in 100.
        low: Lowest value on the axis.
        high: Highest value on the axis.
        turns: Turns of the whole game.
        place: The reading's place among the readings: its dash.
        colour: The reading's colour.
        marked: A turn that is marked with a line, such as the vote's; None if none.
    """

    past: tuple[float, ...]
    bands: tuple[tuple[float, ...], ...]
    low: float
    high: float
    turns: int
    place: int
    colour: str
    marked: int | None = None


def draw_fan(surface: pygame.Surface, rect: pygame.Rect, fan: Fan, style: Style) -> None:
    """Draw a fan; time runs from left to right in every language.

    Args:
        surface: What is drawn on.
        rect: The part that it takes.
        fan: What is drawn.
        style: How.
    """
    u = style.scale
    rounded(surface, rect, 4 * u, theme.INSET)
    inner = pygame.Rect(rect.x + 30 * u, rect.y + 7 * u, rect.w - 38 * u, rect.h - 14 * u)
    if inner.w < 12 or inner.h < 12 or not fan.past:
        return
    span = max(fan.high - fan.low, 1e-9)

    def at(turn: float, value: float) -> Point:
        share = (min(max(value, fan.low), fan.high) - fan.low) / span
        return inner.x + inner.w * turn / fan.turns, inner.bottom - inner.h * share

    for value in (fan.low, (fan.low + fan.high) / 2, fan.high):
        y = at(0, value)[1]
        pygame.draw.line(surface, theme.FAINT, (inner.x, round(y)), (inner.right, round(y)))
        style.text.draw(
            surface, number(value), (inner.x - 5 * u, y - 7.5 * u), 11, colour=theme.INK_3, anchor="right"
        )
    now = len(fan.past) - 1

    def local(points: Sequence[Point], fine: int) -> list[Point]:
        return [((x - rect.x) * fine, (y - rect.y) * fine) for x, y in points]

    dash = theme.DASHES[fan.place % len(theme.DASHES)]

    def paint(large: pygame.Surface, fine: int) -> None:
        if fan.bands:
            start = at(now, fan.past[-1])
            for lower, upper, paleness in _BANDS:
                tops = [start, *(at(now + 1 + step, band[upper]) for step, band in enumerate(fan.bands))]
                bottoms = [start, *(at(now + 1 + step, band[lower]) for step, band in enumerate(fan.bands))]
                area = local([*tops, *reversed(bottoms)], fine)
                pygame.draw.polygon(large, theme.mixed(fan.colour, theme.INSET, paleness), area)
            middle = [start, *(at(now + 1 + step, band[2]) for step, band in enumerate(fan.bands))]
            on_off = None if dash is None else (dash[0] * u * fine, dash[1] * u * fine)
            dashed(large, fan.colour, local(middle, fine), 2 * u * fine, on_off)
        seen = [at(turn, value) for turn, value in enumerate(fan.past)]
        stroke(large, theme.INK, local(seen, fine), 1.6 * u * fine)
        pygame.draw.circle(large, theme.INK, local(seen[-1:], fine)[0], 3 * u * fine)

    if fan.marked is not None and 0 < fan.marked <= fan.turns:
        x = at(fan.marked, fan.low)[0]
        line = [(x, float(inner.y)), (x, float(inner.bottom))]
        dashed(surface, theme.GOLD, line, max(1.0, 1.2 * u), (3 * u, 2 * u))
    smooth(surface, rect, paint)
    x = round(at(now, fan.low)[0])
    pygame.draw.line(surface, theme.INK_3, (x, inner.y), (x, inner.bottom))
