"""Where did it happen? The scenario's own map, with places and this game's latest events."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import pygame

from game.desktop import theme
from game.desktop.drawing.shapes import Point, mark, rounded, smooth, stroke
from game.desktop.theme import Style
from game.play.views import MapView, PlaceView
from game.scenario.colours import READINGS

_MARKS: Final = {"base": ("square", READINGS[0]), "crossing": ("diamond", theme.INK_2)}
_MOST_LINES: Final = 2
_BESIDE: Final = (
    (9, -8, "left"),
    (-9, -8, "right"),
    (0, 6, "centre"),
    (0, -22, "centre"),
    (9, 0, "left"),
    (-9, 0, "right"),
    (-9, -16, "right"),
    (15, -15, "left"),
    (7, 5, "left"),
    (-7, 5, "right"),
    (-7, -22, "right"),
    (0, -32, "centre"),
)
"""Where a place's name may stand, the best first: pixels at 720p from the place to the name's top and that edge.

The last ones go around the sign of something that happened there."""
_LEAST_SPAN: Final = 0.002
"""Degrees, some 200 metres: an outline that is narrower, or flat, is drawn as if it were so wide."""
_Line: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Happening:
    """Something on the map.

    Attributes:
        place: Id of the place.
        text: What happened there.
        latest: Whether it happened in the last turn.
    """

    place: str
    text: str
    latest: bool


class _Frame:
    """Turns degrees into pixels: equirectangular, longitudes drawn together by the middle latitude."""

    def __init__(self, outline: _Line, rect: pygame.Rect) -> None:
        longitudes = [point[0] for point in outline]
        latitudes = [point[1] for point in outline]
        middle = math.radians((min(latitudes) + max(latitudes)) / 2)
        self.narrow = math.cos(middle)
        wide = max((max(longitudes) - min(longitudes)) * self.narrow, _LEAST_SPAN)
        high = max(max(latitudes) - min(latitudes), _LEAST_SPAN)
        self.scale = min(rect.w / (wide * 1.12), rect.h / (high * 1.1))
        self.left = (min(longitudes) + max(longitudes)) / 2
        self.top = (min(latitudes) + max(latitudes)) / 2
        self.rect = rect

    def at(self, point: Sequence[float]) -> Point:
        """Return a point's pixels on the surface."""
        x = self.rect.centerx + (point[0] - self.left) * self.narrow * self.scale
        return x, self.rect.centery - (point[1] - self.top) * self.scale


def draw_map(
    surface: pygame.Surface, rect: pygame.Rect, drawn: MapView, happenings: Sequence[Happening], style: Style
) -> None:
    """Draw the map; it is never mirrored.

    Args:
        surface: What is drawn on.
        rect: The part that it takes.
        drawn: The map.
        happenings: What is marked, the latest last.
        style: How.
    """
    u = style.scale
    rounded(surface, rect, 7 * u, theme.ABROAD, theme.LINE, max(1, round(u)))
    inner = rect.inflate(-2 * round(2 * u), -2 * round(2 * u))
    if inner.w < 40 or inner.h < 40 or len(drawn.outline) < 3:
        return
    frame = _Frame(drawn.outline, inner)
    before = surface.get_clip()
    surface.set_clip(inner.clip(before))
    shape = (drawn.outline, drawn.waters, drawn.rivers)
    surface.blit(_land(shape, inner.size, u), inner)
    taken = [_around(frame.at(place.at), 5 * u) for place in drawn.places.values() if place.kind != "abroad"]
    taken += [
        _around(_beside(frame, drawn.places[item.place], u), 6 * u)
        for item in happenings
        if item.place in drawn.places
    ]
    order = {"capital": 0, "base": 1, "city": 2}
    for place in sorted(drawn.places.values(), key=lambda item: order.get(item.kind, 3)):
        _place(surface, frame, place, taken, style)
    for number, item in enumerate(happenings, start=1):
        _happening(surface, frame, drawn, item, style, told=number == len(happenings))
    style.text.draw(
        surface,
        drawn.note,
        (inner.x + 8 * u, inner.bottom - 18 * u),
        11,
        colour=theme.INK_2,
        anchor="left",
        width=inner.w - 16 * u,
    )
    surface.set_clip(before)


def _around(point: Point, reach: float) -> pygame.Rect:
    return pygame.Rect(round(point[0] - reach), round(point[1] - reach), round(2 * reach), round(2 * reach))


def _beside(frame: _Frame, place: PlaceView, u: float) -> Point:
    """Return where the sign of something that happened at a place stands."""
    x, y = frame.at(place.at)
    return x + 7 * u, y - 7 * u


@lru_cache(maxsize=8)
def _land(
    shape: tuple[_Line, tuple[_Line, ...], tuple[_Line, ...]], size: tuple[int, int], u: float
) -> pygame.Surface:
    """Return land and water, which stay the same as long as the window keeps its size."""
    points, waters, rivers = shape
    picture = pygame.Surface(size)
    picture.fill(theme.ABROAD)
    frame = _Frame(points, picture.get_rect())

    def paint(large: pygame.Surface, fine: int) -> None:
        def local(points: _Line) -> list[Point]:
            return [(x * fine, y * fine) for x, y in map(frame.at, points)]

        outline = local(points)
        for water in waters:
            pygame.draw.polygon(large, theme.WATER, local(water))
        for width, part in ((5, 0.1), (3.5, 0.16), (2, 0.22)):
            shadow = [(x + 1.2 * u * fine, y + 1.8 * u * fine) for x, y in [*outline, outline[0]]]
            stroke(large, theme.mixed(theme.ABROAD, theme.INK, part), shadow, width * u * fine)
        pygame.draw.polygon(large, theme.LAND, outline)
        stroke(large, theme.mixed(theme.LAND, "#8C7A4D", 0.75), [*outline, outline[0]], 1.6 * u * fine)
        for river in rivers:
            stroke(large, theme.RIVER, local(river), 1.9 * u * fine)

    smooth(picture, picture.get_rect(), paint)
    return picture


def _place(
    surface: pygame.Surface, frame: _Frame, place: PlaceView, taken: list[pygame.Rect], style: Style
) -> None:
    u, (x, y) = style.scale, frame.at(place.at)
    if place.kind == "abroad":
        for dy in (-7, 3, -30):
            spot = (x, y + dy * u)
            if _label(surface, place.label, spot, 11, 500, theme.INK_3, "centre", taken, style):
                return
        return
    kind, colour = _MARKS.get(place.kind, ("circle", theme.INK))
    size = 5.2 if place.kind == "capital" else 4.6 if place.kind == "base" else 3.6
    mark(surface, kind, (x, y), size * u, colour, theme.PANEL, 1.6 * u)
    if place.kind == "capital":
        mark(surface, "circle", (x, y), 1.9 * u, theme.PANEL)
    weight, points = (
        (700, 13.5) if place.kind == "capital" else (600, 12) if place.kind == "base" else (500, 12)
    )
    for dx, dy, anchor in _BESIDE:
        spot = (x + dx * u, y + dy * u)
        if _label(surface, place.label, spot, points, weight, colour, anchor, taken, style):
            return


def _label(
    surface: pygame.Surface,
    text: str,
    pos: Point,
    size: float,
    weight: int,
    colour: str,
    anchor: str,
    taken: list[pygame.Rect],
    style: Style,
) -> bool:
    """Write a place's name where it covers no other; return whether there was room."""
    width, height = style.text.size(text, size, weight)
    left = pos[0] - (width if anchor == "right" else width / 2 if anchor == "centre" else 0)
    spot = pygame.Rect(round(left), round(pos[1]), width, height)
    if spot.collidelist(taken) >= 0 or not surface.get_clip().contains(spot):
        return False
    taken.append(spot)
    style.text.draw(surface, text, (left, pos[1]), size, weight, colour, "left")
    return True


def _happening(
    surface: pygame.Surface, frame: _Frame, drawn: MapView, item: Happening, style: Style, *, told: bool
) -> None:
    """Mark where something happened, filled for the last turn and hollow before; tell the one that is told."""
    place = drawn.places.get(item.place)
    if place is None:
        return
    u, sign = style.scale, _beside(frame, place, style.scale)
    if not item.latest:
        mark(surface, "diamond", sign, 3.4 * u, theme.PANEL, theme.WORSE, 1.8 * u)
        return
    if not told:
        mark(surface, "diamond", sign, 5 * u, theme.WORSE, theme.PANEL, 1.6 * u)
        return
    lines = style.text.wrapped(item.text, 12.5, 600, min(210 * u, frame.rect.w * 0.5), _MOST_LINES)
    width = max(style.text.size(line, 12.5, 600)[0] for line in lines) + 20 * u
    box = pygame.Rect(0, 0, round(width), round(len(lines) * 17 * u + 10 * u))
    box.bottomleft = (round(frame.rect.x + 10 * u), round(frame.rect.bottom - 28 * u))
    pygame.draw.aaline(surface, theme.INK_2, sign, (box.right - 14 * u, box.y + 2 * u))
    mark(surface, "diamond", sign, 5 * u, theme.WORSE, theme.PANEL, 1.6 * u)
    rounded(surface, box, 5 * u, theme.INK)
    for at, line in enumerate(lines):
        style.text.draw(
            surface,
            line,
            (box.right - 10 * u if style.rtl else box.x + 10 * u, box.y + (5 + 17 * at) * u),
            12.5,
            600,
            theme.ON_BAR,
        )
