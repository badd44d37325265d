"""Which colours and sizes does the window have?"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.desktop.text import TextPainter

Colour = str
"""A colour as #rrggbb."""

PAPER: Final = "#F3F0E8"
PANEL: Final = "#FFFDF8"
INSET: Final = "#F8F5EC"
INK: Final = "#15232D"
INK_2: Final = "#4A5A64"
INK_3: Final = "#5E6B73"
LINE: Final = "#D9D3C4"
FAINT: Final = "#EAE5D8"
BAR: Final = "#12242E"
BAR_2: Final = "#1D3642"
ON_BAR: Final = "#F3F0E8"
ON_BAR_2: Final = "#A9BCC4"
GOLD: Final = "#B8860B"
FOCUS: Final = "#0B57D0"
BETTER: Final = "#00735C"
WORSE: Final = "#B3400A"
PRIMARY: Final = "#E8B931"
PRIMARY_2: Final = "#F6DC8B"
LAND: Final = "#EFE6CF"
ABROAD: Final = "#E2DFD6"
WATER: Final = "#BFD9E3"
RIVER: Final = "#5E9DB8"

MARKS: Final = ("circle", "square", "up", "diamond", "down", "cross")
"""Shapes of the readings in the order of the scenario: no colour is the only sign."""

DASHES: Final[tuple[tuple[int, int] | None, ...]] = (None, (7, 4), (2, 4), (10, 3), (4, 8), (16, 5))
"""Dashes of the readings' lines: on and off in pixels at 720p; None: solid."""


@lru_cache(maxsize=256)
def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """Return a colour that goes a part of the way from one to another."""
    first, second = pygame.Color(one), pygame.Color(other)
    parts = [round(first[at] + (second[at] - first[at]) * part) for at in range(3)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


@dataclass(frozen=True)
class Style:
    """How things are drawn.

    Attributes:
        scale: Device pixels for each pixel at 720p.
        rtl: Whether the page runs from right to left.
        text: What writes.
    """

    scale: float
    rtl: bool
    text: TextPainter
