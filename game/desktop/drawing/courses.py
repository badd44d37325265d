"""How did an indicator go, and how would it have gone? Lines on one axis, with the turn that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.desktop import theme
from game.desktop.drawing.shapes import Point, dashed, mark, rounded, smooth, stroke
from game.desktop.theme import Style
from game.locale import number


@dataclass(frozen=True)
class Courses:
    """What is drawn.

    Attributes:
        own: Values of this game, the start first, then after each turn.
        others: Values under readings, by the reading's place among the readings.
        colours: Each reading's colour.
        low: Lowest value on the axis.
        high: Highest value on the axis.
        turn: The turn that is looked at.
        marked: Turns that are marked below the axis.
    """

    own: Sequence[float]
    others: dict[int, Sequence[float]]
    colours: Sequence[str]
    low: float
    high: float
    turn: int
    marked: Sequence[int] = ()


def draw_courses(surface: pygame.Surface, rect: pygame.Rect, drawn: Courses, style: Style) -> None:
    """Draw courses; time runs from left to right in every language."""
    u = style.scale
    rounded(surface, rect, 4 * u, theme.INSET)
    inner = pygame.Rect(rect.x + 34 * u, rect.y + 10 * u, rect.w - 48 * u, rect.h - 38 * u)
    turns = len(drawn.own) - 1
    if inner.w < 24 or inner.h < 24 or turns < 1:
        return
    span = max(drawn.high - drawn.low, 1e-9)

    def at(turn: float, value: float) -> Point:
        share = (min(max(value, drawn.low), drawn.high) - drawn.low) / span
        return inner.x + inner.w * turn / turns, inner.bottom - inner.h * share

    for value in (drawn.low, (drawn.low + drawn.high) / 2, drawn.high):
        y = at(0, value)[1]
        pygame.draw.line(surface, theme.FAINT, (inner.x, round(y)), (inner.right, round(y)))
        style.text.draw(
            surface, number(value), (inner.x - 6 * u, y - 8 * u), 11, colour=theme.INK_3, anchor="right"
        )
    for turn in range(turns + 1):
        x = at(turn, drawn.low)[0]
        chosen = turn == drawn.turn
        colour = theme.INK if chosen else theme.INK_3
        place = (x, inner.bottom + 8 * u)
        style.text.draw(surface, number(turn), place, 11, 700 if chosen else 400, colour, "centre")
        if turn in drawn.marked:
            mark(surface, "diamond", (x, inner.bottom + 4 * u), 3.4 * u, theme.GOLD)
    x = round(at(drawn.turn, drawn.low)[0])
    pygame.draw.line(surface, theme.FOCUS, (x, inner.y), (x, inner.bottom), max(1, round(1.4 * u)))

    def local(values: Sequence[float], fine: int) -> list[Point]:
        points = [at(turn, value) for turn, value in enumerate(values)]
        return [((px - rect.x) * fine, (py - rect.y) * fine) for px, py in points]

    def paint(large: pygame.Surface, fine: int) -> None:
        for place, values in drawn.others.items():
            dash = theme.DASHES[place % len(theme.DASHES)]
            on_off = None if dash is None else (dash[0] * u * fine, dash[1] * u * fine)
            dashed(large, drawn.colours[place], local(values, fine), 2 * u * fine, on_off)
        stroke(large, theme.INK, local(drawn.own, fine), 2.2 * u * fine)

    smooth(surface, rect, paint)
    for reading, values in drawn.others.items():
        end = at(len(values) - 1, values[-1])
        kind = theme.MARKS[reading % len(theme.MARKS)]
        mark(surface, kind, end, 4 * u, drawn.colours[reading], theme.PANEL, 1.2 * u)
