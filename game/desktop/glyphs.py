"""Which font has a character? The window's own, else one of the machine's; what none has is spelt in Latin letters."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pygame
from anyascii import anyascii

from game.desktop.fonts import font

_OTHERS: Final = (
    "notosanscjksc", "notosanscjkjp", "notosanscjkkr", "sourcehansanssc", "microsoftyahei", "malgungothic", "yugothic",
    "pingfangsc", "hiraginosansgb", "applesdgothicneo", "wenquanyizenhei", "wenquanyimicrohei", "droidsansfallback",
    "arialunicodems", "notoemoji", "segoeuiemoji", "segoeuisymbol", "applesymbols", "symbola", "notosans",
    "notosanssymbols", "segoeui", "dejavusans", "freesans", "unifont",
)  # fmt: skip
"""Fonts of many letters or signs that systems have; none of pictures in fixed sizes, which cannot be scaled."""
PYGAMES: Final = Path(pygame.__file__).with_name(pygame.font.get_default_font())
"""The font that comes with pygame."""
_IN_NO_FONT: Final = "\U0010ffff"
_PROBE: Final = 24
_PLAIN: Final = "x"
_UNSEEN: Final = {"Cc", "Cf", "Zl", "Zp", "Zs"}
"""Categories of characters that are no signs."""
_SELECTORS: Final = range(0xFE00, 0xFE10)
"""Characters that choose among forms of the one before them."""


class Glyphs:
    """Where the signs of a text are taken from.

    Attributes:
        files: Other fonts than the window's own, the first that has a character serving for it.
    """

    def __init__(self, files: Sequence[str]) -> None:
        self.files = tuple(files)
        self._homes: dict[str, str | None] = {}

    def readable(self, text: str) -> str:
        """Return a text in which characters that no font has are spelt in Latin letters."""
        if text.isascii():
            return text
        return "".join(letter if self._home(letter) is not None else _spelt(letter) for letter in text)

    def faced(self, text: str, size: int, weight: int, *, rtl: bool) -> list[tuple[pygame.font.Font, str]]:
        """Return the parts of a run that one font writes, from left to right, each with its font.

        Args:
            text: A run of one direction, made readable before.
            size: Height in pixels.
            weight: 400, 500, 600 or 700.
            rtl: Whether it is written from right to left.
        """
        own = font(size, weight, rtl=rtl)
        if text.isascii():
            return [(own, text)]
        parts: list[tuple[str, str]] = []
        for letter in text:
            home = self._home(letter) or ""
            if parts and (home == parts[-1][0] or not _is_sign(letter)):
                parts[-1] = (parts[-1][0], parts[-1][1] + letter)
            else:
                parts.append((home, letter))
        height = own.size(_PLAIN)[1]
        faces = [(_other(home, size, height, rtl=rtl) if home else own, part) for home, part in parts]
        return faces[::-1] if rtl else faces

    def _home(self, letter: str) -> str | None:
        """Return the file of the font that has a character, empty for the window's own; None: there is none."""
        if letter not in self._homes:
            self._homes[letter] = self._found(letter)
        return self._homes[letter]

    def _found(self, letter: str) -> str | None:
        if not _is_sign(letter) or has(font(_PROBE, 400, rtl=False), letter):
            return ""
        return next((path for path in self.files if has(pygame.font.Font(path, _PROBE), letter)), None)


@cache
def of_this_machine() -> Glyphs:
    """Return what this machine writes with: fonts of the system, pygame's own last."""
    found = (pygame.font.match_font(name) for name in _OTHERS)
    return Glyphs([*(path for path in found if path is not None), str(PYGAMES)])


def has(face: pygame.font.Font, letter: str) -> bool:
    """Return whether a font has a sign of its own for a character, or needs none; not the box that stands for any."""
    if face.metrics(letter) != face.metrics(_IN_NO_FONT) or not face.size(letter)[0]:
        return True
    drawn = (face.render(one, False, "#000000", "#FFFFFF") for one in (letter, _IN_NO_FONT))
    ours, box = (pygame.image.tobytes(picture, "RGB") for picture in drawn)
    return ours != box


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSEEN and ord(letter) not in _SELECTORS


@lru_cache(maxsize=64)
def _other(path: str, size: int, height: int, *, rtl: bool) -> pygame.font.Font:
    """Return another font, in a size in which its lines are no higher than the window's own."""
    while size > 1 and pygame.font.Font(path, size).size(_PLAIN)[1] > height:
        size -= 1
    made = pygame.font.Font(path, size)
    if rtl:
        made.set_direction(pygame.DIRECTION_RTL)
    return made


def _spelt(letter: str) -> str:
    plain = anyascii(letter)
    if len(plain) > 2 and plain.startswith(":") and plain.endswith(":"):
        return f"({plain[1:-1].replace('_', ' ')})"
    return plain or ("" if unicodedata.category(letter).startswith("M") else "?")
