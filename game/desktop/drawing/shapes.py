"""How are shapes drawn without jagged edges? Larger than wanted, then scaled down; small ones are kept."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

import pygame

Point: TypeAlias = tuple[float, float]

_FINER: Final = 3
_MARK_FINER: Final = 6
_MOST_DASHES: Final = 2_000


def rounded(
    surface: pygame.Surface,
    rect: pygame.Rect,
    radius: float,
    colour: str,
    edge: str | None = None,
    width: int = 1,
) -> None:
    """Fill a rectangle with round corners, with an edge if a colour is given for it."""
    if rect.w <= 0 or rect.h <= 0:
        return
    bend = round(min(radius, rect.w / 2, rect.h / 2))
    surface.blit(_rounded(rect.w, rect.h, bend, colour, edge, width), rect)


@lru_cache(maxsize=512)
def _rounded(w: int, h: int, radius: int, colour: str, edge: str | None, width: int) -> pygame.Surface:
    """Paint the corners with as little as there must be between them, and stretch what is between them."""
    corner = radius + width
    small = _painted(min(w, 2 * corner + 1), min(h, 2 * corner + 1), radius, colour, edge, width)
    if small.get_size() == (w, h):
        return small
    whole = pygame.Surface((w, h), pygame.SRCALPHA)
    for x, wide, to_x, to_wide in _thirds(small.get_width(), w, corner):
        for y, high, to_y, to_high in _thirds(small.get_height(), h, corner):
            part = whole.subsurface((to_x, to_y, to_wide, to_high))
            pygame.transform.scale(small.subsurface((x, y, wide, high)), part.get_size(), part)
    return whole


def _thirds(short: int, long: int, corner: int) -> list[tuple[int, int, int, int]]:
    """Return where the parts of a short side begin in it and how long they are, and the same in a long one."""
    if short == long:
        return [(0, short, 0, long)]
    middle = (corner, 1, corner, long - 2 * corner)
    return [(0, corner, 0, corner), middle, (corner + 1, corner, long - corner, corner)]


def _painted(w: int, h: int, radius: int, colour: str, edge: str | None, width: int) -> pygame.Surface:
    fine = _FINER
    large = pygame.Surface((w * fine, h * fine), pygame.SRCALPHA)
    outer = pygame.Color(edge or colour)
    large.fill((*outer[:3], 0))
    pygame.draw.rect(large, outer, large.get_rect(), border_radius=radius * fine)
    if edge is not None:
        inner = large.get_rect().inflate(-2 * width * fine, -2 * width * fine)
        pygame.draw.rect(large, pygame.Color(colour), inner, border_radius=max(0, radius - width) * fine)
    return pygame.transform.smoothscale(large, (w, h))


def smooth(
    surface: pygame.Surface,
    rect: pygame.Rect,
    paint: Callable[[pygame.Surface, int], None],
    fine: int = _FINER,
) -> None:
    """Let a function paint a part of a surface at a multiple of its size, then scale it down.

    Args:
        surface: What is drawn on.
        rect: The part.
        paint: Gets the large picture of what is there, and how many times larger it is.
        fine: That multiple.
    """
    place = rect.clip(surface.get_rect())
    if place.w <= 0 or place.h <= 0:
        return
    large = pygame.transform.scale(surface.subsurface(place), (place.w * fine, place.h * fine))
    paint(large, fine)
    surface.blit(pygame.transform.smoothscale(large, place.size), place)


def stroke(surface: pygame.Surface, colour: str, points: Sequence[Point], width: float) -> None:
    """Draw a line of any width through points, with round joints."""
    for first, second in pairwise(points):
        across, along = second[0] - first[0], second[1] - first[1]
        length = math.hypot(across, along)
        if length == 0.0:
            continue
        side, up = -along / length * width / 2, across / length * width / 2
        pygame.draw.polygon(
            surface,
            colour,
            [
                (first[0] + side, first[1] + up),
                (second[0] + side, second[1] + up),
                (second[0] - side, second[1] - up),
                (first[0] - side, first[1] - up),
            ],
        )
    for point in points:
        pygame.draw.circle(surface, colour, point, width / 2)


def dashed(
    surface: pygame.Surface,
    colour: str,
    points: Sequence[Point],
    width: float,
    dash: tuple[float, float] | None,
) -> None:
    """Draw a line through points in dashes; solid without any."""
    if dash is None or sum(dash) <= 0.0:
        stroke(surface, colour, points, width)
        return
    on, period = dash[0], sum(dash)
    lengths = [0.0]
    for first, second in pairwise(points):
        lengths.append(lengths[-1] + math.hypot(second[0] - first[0], second[1] - first[1]))
    for number in range(math.ceil(min(_MOST_DASHES, lengths[-1] / period))):
        start, end = number * period, min(number * period + on, lengths[-1])
        stroke(surface, colour, _between(points, lengths, start, end), width)


def _between(points: Sequence[Point], lengths: Sequence[float], start: float, end: float) -> list[Point]:
    """Return the part of a line between two distances from its beginning."""
    inside = [point for point, length in zip(points, lengths, strict=True) if start < length < end]
    return [_at(points, lengths, start), *inside, _at(points, lengths, end)]


def _at(points: Sequence[Point], lengths: Sequence[float], distance: float) -> Point:
    for place in range(1, len(points)):
        if distance <= lengths[place]:
            step = lengths[place] - lengths[place - 1]
            part = (distance - lengths[place - 1]) / step if step else 0.0
            (x0, y0), (x1, y1) = points[place - 1], points[place]
            return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part
    return points[-1]


def mark(
    surface: pygame.Surface,
    kind: str,
    centre: Point,
    radius: float,
    colour: str,
    edge: str | None = None,
    edge_width: float = 1.5,
) -> None:
    """Draw a small sign: circle, square, diamond, up, down, flat or cross."""
    reach = round(radius + edge_width + 2)
    picture = _mark(kind, reach, round(radius, 1), colour, edge, round(edge_width, 1))
    surface.blit(picture, (round(centre[0]) - reach, round(centre[1]) - reach))


@lru_cache(maxsize=512)
def _mark(
    kind: str, reach: int, radius: float, colour: str, edge: str | None, edge_width: float
) -> pygame.Surface:
    fine = _MARK_FINER
    large = pygame.Surface((2 * reach * fine, 2 * reach * fine), pygame.SRCALPHA)
    large.fill((*pygame.Color(edge or colour)[:3], 0))
    if edge is not None:
        _paint_mark(large, kind, (radius + edge_width) * fine, edge)
    _paint_mark(large, kind, radius * fine, colour)
    return pygame.transform.smoothscale(large, (2 * reach, 2 * reach))


def _paint_mark(surface: pygame.Surface, kind: str, r: float, colour: str) -> None:
    o = surface.get_width() / 2
    match kind:
        case "circle":
            pygame.draw.circle(surface, colour, (o, o), r)
        case "square":
            side = pygame.Rect(0, 0, round(1.8 * r), round(1.8 * r))
            side.center = (round(o), round(o))
            pygame.draw.rect(surface, colour, side, border_radius=round(r / 4))
        case "diamond":
            reach = 1.2 * r
            pygame.draw.polygon(
                surface, colour, [(o, o - reach), (o + reach, o), (o, o + reach), (o - reach, o)]
            )
        case "up":
            tip, foot, half = o - 1.1 * r, o + 0.85 * r, 1.1 * r
            pygame.draw.polygon(surface, colour, [(o, tip), (o + half, foot), (o - half, foot)])
        case "down":
            tip, foot, half = o + 1.1 * r, o - 0.85 * r, 1.1 * r
            pygame.draw.polygon(surface, colour, [(o, tip), (o + half, foot), (o - half, foot)])
        case "cross":
            for first, second in (((-1, -1), (1, 1)), ((-1, 1), (1, -1))):
                ends = [(o + first[0] * r, o + first[1] * r), (o + second[0] * r, o + second[1] * r)]
                stroke(surface, colour, ends, r * 0.6)
        case _:
            bar = pygame.Rect(0, 0, round(2 * r), max(1, round(0.7 * r)))
            bar.center = (round(o), round(o))
            pygame.draw.rect(surface, colour, bar)
