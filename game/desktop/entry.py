"""How is a text typed in the window? A field that takes keys while it is in focus."""

from collections.abc import Callable
from typing import Final

import pygame

from game.desktop import theme
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.shapes import rounded

_PASSED_ON: Final = (pygame.K_TAB, pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER)


def typed_into(text: str, event: pygame.Event, most: int) -> str | None:
    """Return a field's text after a key; None where the key does nothing to it.

    Args:
        text: What the field holds.
        event: The key that was pressed.
        most: How many letters the field takes.
    """
    if event.key in _PASSED_ON:
        return None
    if event.key == pygame.K_BACKSPACE:
        return text[:-1]
    letter: str = event.unicode
    if letter and letter.isprintable() and len(text) < most:
        return text + letter
    return None


def draw_field(
    canvas: Canvas, name: str, box: Box, label: str, text: str, press: Callable[[], None], *, on: bool
) -> None:
    """Draw a field and its text; where that is longer than the field, its last lines.

    Args:
        canvas: What it is drawn on.
        name: The field's id.
        box: Where it stands.
        label: What it is for.
        text: What it holds.
        press: What pressing it does.
        on: Whether it is in focus.
    """
    x, y, w, h = box
    edge = theme.FOCUS if on else theme.INK_3
    rounded(canvas.surface, canvas.rect(box), 5 * canvas.style.scale, "#FFFFFF", edge, 2 if on else 1)
    step = 20
    rows = max(1, int((h - 8) / step))
    shown = text + ("|" if on else "")
    wrapped = canvas.style.text.wrapped(shown, 14, 400, (w - 20) * canvas.style.scale, len(shown) + 1)
    for at, line in enumerate(wrapped[-rows:]):
        canvas.text(line, (x + 10, y + 7 + at * step), 14, width=w - 20)
    canvas.hot(name, box, press, label)
