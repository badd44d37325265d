"""How large are the terms of an account? Bars to both sides of a line, with their numbers."""

import pygame

from game.desktop import theme
from game.desktop.theme import Style
from game.locale import number


def draw_bar(
    surface: pygame.Surface, rect: pygame.Rect, points: float, most: float, colour: str, style: Style
) -> None:
    """Draw one signed bar; a rise goes to the right in every language.

    Args:
        surface: What is drawn on.
        rect: The row; its last part takes the number.
        points: The term, in index points.
        most: The largest that fits.
        colour: Of the bar.
        style: How.
    """
    u = style.scale
    figure = round(34 * u)
    bars = pygame.Rect(rect.x + (figure if style.rtl else 0), rect.y, rect.w - figure, rect.h)
    middle = bars.centerx
    length = round(bars.w / 2 * min(1.0, abs(points) / max(most, 1e-9)))
    height = max(3, round(8 * u))
    bar = pygame.Rect(middle if points > 0 else middle - length, bars.centery - height // 2, length, height)
    pygame.draw.rect(surface, colour, bar)
    pygame.draw.line(surface, theme.INK_3, (middle, bars.y), (middle, bars.bottom))
    side = rect.x if style.rtl else rect.right
    style.text.draw(
        surface,
        "\u200e" + number(points, 1, signed=True),
        (side, rect.centery - 8 * u),
        11.5,
        600,
        theme.INK,
        "left" if style.rtl else "right",
    )
