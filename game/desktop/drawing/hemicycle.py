"""Who has how many seats? A half circle of seats, each list's together."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import pygame

from game.desktop import theme
from game.desktop.drawing.shapes import smooth

_LEAST_RADIUS: Final = 12


def draw_hemicycle(
    surface: pygame.Surface, rect: pygame.Rect, seats: Sequence[int], colours: Sequence[str], ground: str
) -> None:
    """Draw seats, the first list's at the left in every language.

    Args:
        surface: What is drawn on.
        rect: The part that it takes.
        seats: Of each list.
        colours: Of each list.
        ground: The colour that it stands on.
    """
    if sum(seats) > 0 and min(rect.w / 2 - 4, rect.h - 6.0) >= _LEAST_RADIUS:
        surface.blit(_half_circle(rect.size, tuple(seats), tuple(colours), ground), rect)


@lru_cache(maxsize=16)
def _half_circle(
    extent: tuple[int, int], seats: tuple[int, ...], of_lists: tuple[str, ...], ground: str
) -> pygame.Surface:
    total = sum(seats)
    radius = min(extent[0] / 2 - 4, extent[1] - 6.0)
    rows = max(2, min(9, total // 12))
    radii = [0.42 + 0.58 * row / (rows - 1) for row in range(rows)]
    counts = [round(total * r / sum(radii)) for r in radii]
    counts[-1] += total - sum(counts)
    places = sorted(
        (
            (math.pi * (1 - at / max(1, count - 1)), r)
            for r, count in zip(radii, counts, strict=True)
            for at in range(count)
        ),
        key=lambda place: (-place[0], place[1]),
    )
    colours = [colour for colour, count in zip(of_lists, seats, strict=True) for _seat in range(count)]
    size = min(radius * min(0.42, 0.33 * math.pi / max(counts)), radius * 0.58 / (rows - 1) * 0.42)
    centre = extent[0] / 2, extent[1] - 5.0

    def paint(large: pygame.Surface, fine: int) -> None:
        for (angle, r), colour in zip(places, colours, strict=False):
            x = (centre[0] + radius * r * math.cos(angle)) * fine
            y = (centre[1] - radius * r * math.sin(angle)) * fine
            pygame.draw.circle(large, theme.mixed(colour, theme.INK, 0.45), (x, y), size * 1.15 * fine)
            pygame.draw.circle(large, colour, (x, y), size * 0.92 * fine)

    picture = pygame.Surface(extent)
    picture.fill(ground)
    smooth(picture, picture.get_rect(), paint)
    return picture
