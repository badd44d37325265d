"""What do small pictures show? Icons from the assets folder, drawn anew at every size."""

from functools import lru_cache

import pygame

from game.scenario.library import shelf


def draw_icon(surface: pygame.Surface, rect: pygame.Rect, name: str, colour: str) -> None:
    """Draw an icon.

    Args:
        surface: What is drawn on.
        rect: A square.
        name: The icon's file in `assets/icons`, without its ending.
        colour: Of its lines.
    """
    surface.blit(_icon(name, max(4, rect.w), colour), rect)


@lru_cache(maxsize=256)
def _icon(name: str, size: int, colour: str) -> pygame.Surface:
    picture = picture_of(f"icons/{name}.svg", size)
    picture.fill(pygame.Color(colour), special_flags=pygame.BLEND_RGB_MULT)
    return picture


def picture_of(path: str, size: int) -> pygame.Surface:
    """Return a drawing of the assets folder as a square picture, `size` pixels wide."""
    return pygame.image.load_sized_svg(str(shelf("assets") / path), (size, size))
