"""Who has how many seats? A half circle of seats, each list's together."""

import math
from collections.abc import Sequence

import pygame

from game.desktop import theme
from game.desktop.drawing.shapes import smooth
from game.desktop.theme import Style


def draw_hemicycle(surface: pygame.Surface, rect: pygame.Rect, seats: Sequence[int], style: Style) -> None:
    """Draw seats, the first list's at the left in every language.

    Args:
        surface: What is drawn on.
        rect: The part that it takes.
        seats: Of each list, in the order of its colour in the theme.
        style: How.
    """
    total = sum(seats)
    radius = min(rect.w / 2 - 4, rect.h - 6.0)
    if total <= 0 or radius < 12:
        return
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
    colours = [theme.BLOCS[at % len(theme.BLOCS)] for at, count in enumerate(seats) for _seat in range(count)]
    size = radius * min(0.42, 0.33 * math.pi / max(counts) if counts else 0.03)
    size = min(size, radius * 0.58 / (rows - 1) * 0.42)
    centre = rect.w / 2, rect.h - 5.0

    def paint(large: pygame.Surface, fine: int) -> None:
        for (angle, r), colour in zip(places, colours, strict=False):
            x = (centre[0] + radius * r * math.cos(angle)) * fine
            y = (centre[1] - radius * r * math.sin(angle)) * fine
            pygame.draw.circle(large, theme.mixed(colour, theme.INK, 0.45), (x, y), size * 1.15 * fine)
            pygame.draw.circle(large, colour, (x, y), size * 0.92 * fine)

    del style
    smooth(surface, rect, paint)
