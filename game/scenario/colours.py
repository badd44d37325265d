"""Which colour is each reading and each bloc drawn in? The author's, else the one of its place."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

Hex = str
"""A colour as #RRGGBB, in capitals."""

NAMED: Final = {
    "blue": "#0A4F96",
    "orange": "#B34A08",
    "teal": "#00785D",
    "violet": "#6B3FA0",
    "rose": "#A01E5C",
    "olive": "#5A5A00",
    "amber": "#8A6100",
    "green": "#2F6B1E",
    "grey": "#4A5A64",
}
"""Colours that have a name in scenario files; letters of each can be read on every ground."""

READINGS: Final = tuple(NAMED.values())[:6]
"""Colours of readings that are given none, by their place in the scenario; then over again."""

BLOCS: Final = ("#2B5C3F", "#3C78A8", "#C06A7C", "#E0A526", "#E9D27A", "#8FC1DE", "#B9B6AC", "#7A5C8E")
"""The same of blocs; the light ones are told from the ground by their edge."""

GROUNDS: Final = ("#F3F0E8", "#FFFDF8", "#F8F5EC")
"""What is drawn on, in the window and on pages."""

FOR_TEXT: Final = 4.5
"""Least contrast of letters. Source: WCAG 2.2, 1.4.3."""

FOR_SHAPES: Final = 3.0
"""Least contrast of lines and areas. Source: WCAG 2.2, 1.4.11."""

_HEX: Final = re.compile("#[0-9A-Fa-f]{6}")
_INK: Final = "#15232D"


def is_hex(text: str) -> bool:
    """Return whether a text is a colour as #rrggbb."""
    return _HEX.fullmatch(text) is not None


def hex_of(colour: str) -> Hex:
    """Return a colour of a scenario file, a name or #rrggbb, in one form.

    Raises:
        ValueError: It is neither.
    """
    found = NAMED.get(colour, colour).upper()
    if not is_hex(found):
        raise ValueError(colour)
    return found


def drawn(given: Iterable[str | None], usual: Sequence[Hex]) -> tuple[Hex, ...]:
    """Return the colours in which entries are drawn, in their order.

    Who is given none has the colour of its place, or the first of the others that nobody has.

    Args:
        given: What the file says of each; None where it says nothing.
        usual: The colours by place.
    """
    chosen = [None if colour is None else hex_of(colour) for colour in given]
    taken = {colour for colour in chosen if colour is not None}
    found = []
    for place, colour in enumerate(chosen):
        own = usual[place % len(usual)]
        found.append(colour or next((free for free in (own, *usual) if free not in taken), own))
        taken.add(found[-1])
    return tuple(found)


def contrast(one: Hex, other: Hex) -> float:
    """Return how far two colours stand out from each other, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    dark, light = sorted((_brightness(one), _brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: Hex) -> float:
    """Return the contrast of a colour to the ground that it stands out least from."""
    return min(contrast(colour, ground) for ground in GROUNDS)


def darkened(colour: Hex, least: float) -> Hex:
    """Return the colour nearest to a given one, on the way to ink, that has a contrast everywhere."""
    one, ink = _parts(colour), _parts(_INK)
    steps = (
        "#" + "".join(f"{round(a + (b - a) * step / 50):02X}" for a, b in zip(one, ink, strict=True))
        for step in range(51)
    )
    return next(found for found in steps if least_contrast(found) >= least)


def _parts(colour: Hex) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _brightness(colour: Hex) -> float:
    parts = [value / 255 for value in _parts(colour)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
