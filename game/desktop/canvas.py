"""What does a screen draw on? A page in its own pixels, mirrored where the language asks for it.

A screen draws everything anew whenever something changed, and says while drawing what can be pressed. A page
is measured in pixels at 720p from its start: the left in English, the right in Arabic.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pygame

from game.desktop import theme
from game.desktop.drawing.icons import draw_icon
from game.desktop.drawing.shapes import rounded
from game.desktop.text import Anchor
from game.desktop.theme import Style

Box: TypeAlias = tuple[float, float, float, float]
"""A rectangle of the page: from the start, from the top, width, height."""

_RADIUS: Final = 7


@dataclass(frozen=True)
class Hot:
    """Something that can be pressed.

    Attributes:
        id: What tells it from the others on the screen.
        rect: Where it stands, in device pixels.
        press: What pressing it does.
        label: Its name, for help and tests.
        key: The key that presses it, as it is shown; empty if none.
    """

    id: str
    rect: pygame.Rect
    press: Callable[[], None]
    label: str
    key: str = ""


class Canvas:
    """One page being drawn.

    Attributes:
        surface: What is drawn on.
        style: How.
        width: Of the page, in its own pixels.
        height: Of the page, in its own pixels.
        hots: What can be pressed, in the order in which Tab goes.
        keys: What keys do that stand on no button, by their names.
        texts: Every line with where it stands and the room that it had, for tests.
    """

    def __init__(self, surface: pygame.Surface, style: Style) -> None:
        self.surface, self.style = surface, style
        self.width = surface.get_width() / style.scale
        self.height = surface.get_height() / style.scale
        self.hots: list[Hot] = []
        self.keys: dict[str, Callable[[], None]] = {}
        self.texts: list[tuple[str, pygame.Rect]] = []

    def rect(self, box: Box) -> pygame.Rect:
        """Return a box of the page in device pixels."""
        x, y, w, h = box
        if self.style.rtl:
            x = self.width - x - w
        u = self.style.scale
        left, top = round(x * u), round(y * u)
        return pygame.Rect(left, top, round((x + w) * u) - left, round((y + h) * u) - top)

    def fill(self, colour: str) -> None:
        """Begin the page."""
        self.surface.fill(colour)

    def panel(self, box: Box, title: str = "", note: str = "", short: str = "") -> Box:
        """Draw a panel and return the box inside it, below its title.

        Args:
            box: The panel.
            title: What stands at its start.
            note: What stands at its end.
            short: What stands there where the note has no room.
        """
        rounded(self.surface, self.rect(box), _RADIUS * self.style.scale, theme.PANEL, theme.LINE)
        x, y, w, h = box
        if not title:
            return x + 12, y + 10, w - 24, h - 20
        taken = self.text(title, (x + 12, y + 8), 13, 600, width=w - 24) if title else 0
        room = w - 36 - taken
        if short and self.width_of(note, 11.5) > room:
            note = short
        if note and taken < w - 60:
            self.text(note, (x + w - 12, y + 9), 11.5, colour=theme.INK_3, anchor="end", width=room)
        return x + 12, y + 32, w - 24, h - 40

    def text(
        self,
        text: str,
        pos: tuple[float, float],
        size: float = 12.5,
        weight: int = 400,
        colour: str = theme.INK,
        anchor: Anchor = "start",
        width: float | None = None,
    ) -> float:
        """Draw a line and return its width in the page's pixels."""
        u = self.style.scale
        x = self.width - pos[0] if self.style.rtl else pos[0]
        room = None if width is None else width * u
        place = self.style.text.draw(
            self.surface, text, (x * u, pos[1] * u), size, weight, colour, anchor, room
        )
        self.texts.append((text, place))
        return place.w / u

    def lines(
        self,
        text: str,
        box: Box,
        size: float = 12.5,
        weight: int = 400,
        colour: str = theme.INK,
        leading: float = 1.42,
        anchor: Anchor = "start",
    ) -> float:
        """Draw a text in a box, cut with … where it does not fit, and return the height that it took."""
        x, y, w, h = box
        step = size * leading
        most = max(1, int((h + 2) / step))
        wrapped = self.style.text.wrapped(text, size, weight, w * self.style.scale, most)
        for at, line in enumerate(wrapped):
            self.text(line, (x + w if anchor == "end" else x, y + at * step), size, weight, colour, anchor)
        return len(wrapped) * step

    def width_of(self, text: str, size: float = 12.5, weight: int = 400) -> float:
        """Return the width of a line, in the page's pixels."""
        return self.style.text.size(text, size, weight)[0] / self.style.scale

    def height_of(
        self, text: str, width: float, size: float = 12.5, weight: int = 400, leading: float = 1.42
    ) -> float:
        """Return the height that a text takes at a width, in the page's pixels."""
        return len(self.style.text.wrapped(text, size, weight, width * self.style.scale)) * size * leading

    def hot(self, id: str, box: Box, press: Callable[[], None], label: str, key: str = "") -> None:  # noqa: A002
        """Say that a box can be pressed."""
        self.hots.append(Hot(id, self.rect(box), press, label, key))

    def button(
        self,
        id: str,  # noqa: A002
        box: Box,
        label: str,
        press: Callable[[], None],
        *,
        key: str = "",
        icon: str = "",
        primary: bool = False,
        on: bool = False,
    ) -> None:
        """Draw a button; its key stands on it, and an icon before its label, or instead where the room is short."""
        u, rect = self.style.scale, self.rect(box)
        colour = theme.PRIMARY if primary else theme.BAR_2 if on else theme.INSET
        rounded(self.surface, rect, 6 * u, colour, None if primary or on else theme.LINE)
        x, y, w, h = box
        size = 14 if primary else 12.5
        used = 0.0
        if key:
            used = self.width_of(key, 11, 600) + 14
            plate = (x + w - used - 7, y + h / 2 - 10, used, 20)
            rounded(self.surface, self.rect(plate), 4 * u, theme.PRIMARY_2 if primary else theme.FAINT)
            middle = x + w - 7 - used / 2
            self.text(key, (middle, y + h / 2 - 8), 11, 600, anchor="centre")
            used += 6
        ink = theme.ON_BAR if on else theme.INK
        weight = 700 if primary else 600 if on else 500
        if icon:
            draw_icon(self.surface, self.rect((x + 9, y + h / 2 - 8, 16, 16)), icon, ink)
            x, w = x + 20, w - 20
        room = w - 20 - used
        if room > 0 or not icon:
            self.text(label, (x + 11, y + h / 2 - size * 0.72), size, weight, ink, width=room)
        self.hot(id, box, press, label, key)

    def shared(self, box: Box, labels: Mapping[str, str], gap: float = 4) -> dict[str, Box]:
        """Divide a row among buttons, to each by the length of its label.

        Args:
            box: The row.
            labels: What stands on each button, by its name.
            gap: Between two of them.
        """
        x, y, w, h = box
        needs = {name: self.width_of(label, 12.5, 600) + 24 for name, label in labels.items()}
        room = (w - gap * (len(labels) - 1)) / max(1.0, sum(needs.values()))
        places = {}
        for name, need in needs.items():
            places[name] = (x, y, need * room, h)
            x += need * room + gap
        return places

    def ring(self, rect: pygame.Rect) -> None:
        """Draw the focus ring around a rectangle."""
        u = self.style.scale
        pygame.draw.rect(
            self.surface,
            theme.FOCUS,
            rect.inflate(round(4 * u), round(4 * u)),
            max(2, round(2.4 * u)),
            round(8 * u),
        )
