"""How is a line of text drawn? Shaped by run, in the right order, kept for the next time."""

from collections import OrderedDict
from typing import Final, Literal, TypeAlias, TypeVar

import pygame

from game.desktop.bidi import runs
from game.desktop.glyphs import Glyphs, of_this_machine

Anchor: TypeAlias = Literal["start", "end", "centre", "left", "right"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_KEPT: Final = 2_000
"""Lines that are remembered."""

_MEASURED: Final = 20_000
"""Lines of which the size is remembered: many are measured for each that is drawn."""

_LEAST: Final = 9
"""Pixels below which no text is drawn."""

_ARABIC: Final = 1.06
"""Arabic is set a little larger."""


class TextPainter:
    """Writes lines at one scale and base direction."""

    def __init__(self, scale: float, *, rtl: bool, glyphs: Glyphs | None = None) -> None:
        """Prepare to write.

        Args:
            scale: Device pixels to a pixel at 720p.
            rtl: Whether pages run from right to left.
            glyphs: Where signs are taken from; None: from what this machine has.
        """
        self.scale, self.rtl = scale, rtl
        self._glyphs = glyphs or of_this_machine()
        self._kept: OrderedDict[tuple[str, float, int, str], pygame.Surface] = OrderedDict()
        self._sizes: OrderedDict[tuple[str, float, int], tuple[int, int]] = OrderedDict()

    def pixels(self, size: float) -> int:
        """Return the height in device pixels of a size at 720p."""
        return max(_LEAST, round(size * self.scale * (_ARABIC if self.rtl else 1.0)))

    def line(self, text: str, size: float, weight: int, colour: str) -> pygame.Surface:
        """Return a line as a picture; it must not be drawn on."""
        key = (text, size, weight, colour)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        pixels = self.pixels(size)
        parts = [
            (face.render(part, True, colour), face.get_ascent())
            for face, part, _taken in self._shaped(text, pixels, weight)
        ]
        if not parts:
            parts = [(pygame.Surface((0, pixels), pygame.SRCALPHA), 0)]
        picture = parts[0][0]
        if len(parts) > 1:
            width = sum(part.get_width() for part, _ascent in parts)
            height = max(part.get_height() for part, _ascent in parts)
            top = max(ascent for _part, ascent in parts)
            picture = pygame.Surface((width, height), pygame.SRCALPHA)
            picture.fill((*pygame.Color(colour)[:3], 0))
            left = 0
            for part, ascent in parts:
                picture.blit(part, (left, min(top - ascent, height - part.get_height())))
                left += part.get_width()
        return _keep(self._kept, key, picture, _KEPT)

    def size(self, text: str, size: float, weight: int = 400) -> tuple[int, int]:
        """Return a line's width and height in device pixels."""
        key = (text, size, weight)
        if key in self._sizes:
            self._sizes.move_to_end(key)
            return self._sizes[key]
        pixels = self.pixels(size)
        sizes = [taken for _face, _part, taken in self._shaped(text, pixels, weight)] or [(0, pixels)]
        whole = sum(width for width, _height in sizes), max(height for _width, height in sizes)
        return _keep(self._sizes, key, whole, _MEASURED)

    def _shaped(
        self, text: str, pixels: int, weight: int
    ) -> list[tuple[pygame.font.Font, str, tuple[int, int]]]:
        """Return the parts of a line from left to right, each with its font, and its width and height.

        Characters such as the soft hyphen take no room; pygame refuses to render them alone.
        """
        return [
            (face, part, taken)
            for run, rtl in runs(self._glyphs.readable(text.replace("\0", "?")), rtl=self.rtl)
            for face, part in self._glyphs.faced(run, pixels, weight, rtl=rtl)
            if (taken := face.size(part))[0]
        ]

    def wrapped(self, text: str, size: float, weight: int, width: float, most: int = 99) -> list[str]:
        """Return a text in lines no wider than so many device pixels; the last ends in … if it is cut."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            now = ""
            for word in paragraph.split():
                longer = f"{now} {word}".strip()
                if now and self.size(longer, size, weight)[0] > width:
                    lines.append(now)
                    now = word
                else:
                    now = longer
            lines.append(now)
        if len(lines) > most:
            lines = lines[:most]
            lines[-1] = self.cut(lines[-1] + " …", size, weight, width)
        return [self.cut(line, size, weight, width) for line in lines]

    def cut(self, text: str, size: float, weight: int, width: float) -> str:
        """Return a text that is no wider than so many device pixels, its end replaced by … where needed."""
        if self.size(text, size, weight)[0] <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.size(text[:middle].rstrip(" …") + "…", size, weight)[0] <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip(" …") + "…"

    def draw(
        self,
        surface: pygame.Surface,
        text: str,
        pos: tuple[float, float],
        size: float,
        weight: int = 400,
        colour: str = "#15232D",
        anchor: Anchor = "start",
        width: float | None = None,
    ) -> pygame.Rect:
        """Draw a line with its top at a position and return where it stands.

        Args:
            surface: What is drawn on.
            text: The line.
            pos: Where the anchor's edge and the top are, in device pixels.
            size: Height in pixels at 720p.
            weight: 400, 500, 600 or 700.
            colour: As #rrggbb.
            anchor: Which part of the line stands at the position; start and end follow the page.
            width: Device pixels that it may take at most.
        """
        if width is not None:
            text = self.cut(text, size, weight, width)
        picture = self.line(text, size, weight, colour)
        left = pos[0]
        side = anchor
        if anchor in ("start", "end"):
            side = "right" if (anchor == "start") == self.rtl else "left"
        if side == "right":
            left -= picture.get_width()
        elif side == "centre":
            left -= picture.get_width() / 2
        place = pygame.Rect((round(left), round(pos[1])), picture.get_size())
        surface.blit(picture, place)
        return place


def _keep(kept: OrderedDict[_Key, _Value], key: _Key, value: _Value, most: int) -> _Value:
    """Remember something, and forget what was not asked for the longest where that is too much."""
    kept[key] = value
    if len(kept) > most:
        kept.popitem(last=False)
    return value
