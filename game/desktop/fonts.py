"""Which font does the window write with? The packaged one, or the best that the machine has."""

import hashlib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

import pygame

_PACKAGE: Final = "fontpkg_ibm_plex_sans_arabic"
_NAMES: Final = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_FINGERPRINT: Final = "4f6abf38225a30d1"
_OTHERS: Final = "notosansarabic,notosans,dejavusans"


@lru_cache(maxsize=1)
def packaged() -> dict[int, Path]:
    """Return the packaged font's files by weight; empty if the package is not there or not whole."""
    try:
        folder = Path(str(resources.files(_PACKAGE))) / "files"
    except ModuleNotFoundError:
        return {}
    found = {
        weight: path
        for weight, name in _NAMES.items()
        for path in folder.glob(f"*-{name}.ttf")
        if path.stat().st_size > 0
    }
    return found if len(found) == len(_NAMES) else {}


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return what tells the packaged font from any other; empty without it."""
    content = b"".join(path.read_bytes() for path in packaged().values())
    return hashlib.sha256(content).hexdigest()[:16] if content else ""


def is_ours() -> bool:
    """Return whether the window writes with the font that it was drawn for."""
    return fingerprint() == _FINGERPRINT


@lru_cache(maxsize=256)
def font(size: int, weight: int, *, rtl: bool) -> pygame.font.Font:
    """Return a font for runs of one direction.

    Args:
        size: Height in pixels.
        weight: 400, 500, 600 or 700.
        rtl: Whether it writes from right to left.
    """
    path = packaged().get(weight)
    if path is not None:
        made = pygame.font.Font(str(path), size)
    else:
        made = pygame.font.SysFont(_OTHERS, size, bold=weight >= 600)
    if rtl:
        made.set_script("Arab")
        made.set_direction(pygame.DIRECTION_RTL)
    return made
