"""Where does an indicator stand? A bar with its band, a tick for the raw report, an arrow beyond the band."""

import pygame

from game.desktop import theme
from game.desktop.drawing.shapes import mark, rounded
from game.desktop.theme import Style
from game.play.views import IndicatorView


def draw_gauge(surface: pygame.Surface, rect: pygame.Rect, item: IndicatorView, style: Style) -> None:
    """Draw an indicator's bar; low values stand at the start of the line.

    Args:
        surface: What is drawn on.
        rect: The bar's place.
        item: The indicator.
        style: How.
    """
    u = style.scale
    rounded(surface, rect, rect.h / 2, theme.FAINT)
    if item.estimate is None or item.low is None or item.high is None:
        return
    span = item.most - item.least

    def part(low: float, high: float) -> pygame.Rect:
        first, second = (rect.w * (value - item.least) / span for value in (low, high))
        left = rect.right - second if style.rtl else rect.x + first
        return pygame.Rect(round(left), rect.y, max(2, round(second - first)), rect.h)

    rounded(surface, part(item.least, item.estimate), rect.h / 2, theme.INK_2)
    band = part(item.low, item.high)
    middle = pygame.Rect(band.x, rect.centery - max(1, round(u)) // 2, band.w, max(1, round(u)))
    pygame.draw.rect(surface, theme.INK, middle.move(0, round(3.5 * u)))
    for side in (band.left, band.right - max(1, round(u))):
        pygame.draw.rect(surface, theme.INK, (side, rect.y, max(1, round(u)), rect.h + round(2 * u)))
    if item.report is not None and not item.exact:
        tick = part(item.report, item.report)
        pygame.draw.rect(
            surface,
            theme.GOLD,
            (tick.x, rect.y - round(3 * u), max(2, round(1.6 * u)), rect.h + round(5 * u)),
        )


def draw_arrow(
    surface: pygame.Surface, centre: tuple[float, float], item: IndicatorView, style: Style
) -> None:
    """Draw where an indicator went, if beyond its band: filled for worse, hollow for better, grey for neither."""
    if item.trend == "unclear":
        return
    u = style.scale
    if item.better == "none":
        mark(surface, item.trend, centre, 4 * u, theme.INK_3)
    elif (item.trend == "up") == (item.better == "high"):
        mark(surface, item.trend, centre, 3.2 * u, theme.PANEL, theme.BETTER, 1.6 * u)
    else:
        mark(surface, item.trend, centre, 4.4 * u, theme.WORSE)
