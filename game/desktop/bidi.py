"""In which order are the letters of a line drawn? The part of the bidirectional algorithm that a game needs.

SDL_ttf shapes a run in one direction and reverses numbers in right-to-left text, so a line is cut into runs
here. Source: Unicode Standard Annex 9, rules W1 to W7, N0 to N2 and L2, without embeddings.
"""

import unicodedata
from typing import Final

_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_MARKS: Final = "\u200e\u200f"


def runs(text: str, *, rtl: bool) -> list[tuple[str, bool]]:
    """Return the runs of a line from left to right, each with whether it is written right to left.

    Args:
        text: One line, in the order in which it is read.
        rtl: Whether the line as a whole runs from right to left.
    """
    if text.isascii() and not rtl:
        return [(text, False)] if text else []
    base = "R" if rtl else "L"
    kinds = _strong_in(_weak([unicodedata.bidirectional(letter) or "ON" for letter in text], base), base)
    _brackets(text, kinds, base)
    _neutrals(kinds, base)
    levels = [{"R": 1, "L": 2 if rtl else 0}.get(kind, 2) for kind in kinds]
    found: list[tuple[str, int]] = []
    for letter, level in zip(text, levels, strict=True):
        if letter in _MARKS:
            continue
        if found and found[-1][1] == level:
            found[-1] = (found[-1][0] + letter, level)
        else:
            found.append((letter, level))
    return [(part, level % 2 == 1) for part, level in _reordered(found)]


def _weak(kinds: list[str], base: str) -> list[str]:
    """Apply W1 to W6; what is left is L, R, EN, AN or N."""
    last = base
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = kinds[at - 1] if at else base
        if kinds[at] in ("L", "R", "AL"):
            last = kinds[at]
        elif kinds[at] == "EN" and last == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        around = {kinds[at - 1], kinds[at + 1]}
        if (kinds[at] in ("CS", "ES") and around == {"EN"}) or (kinds[at] == "CS" and around == {"AN"}):
            kinds[at] = kinds[at - 1]
    for start, end in _stretches(kinds, "ET"):
        if "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * (end - start)
    return [kind if kind in ("L", "R", "EN", "AN") else "N" for kind in kinds]


def _strong_in(kinds: list[str], base: str) -> list[str]:
    """Apply W7: a number after Latin letters belongs to them."""
    last = base
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            last = kind
        elif kind == "EN" and last == "L":
            kinds[at] = "L"
    return kinds


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else kind


def _brackets(text: str, kinds: list[str], base: str) -> None:
    """Apply N0: a pair of brackets goes with what stands in it."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, letter in enumerate(text):
        if kinds[at] != "N":
            continue
        if letter in _PAIRS:
            opened.append((_PAIRS[letter], at))
            continue
        for place in range(len(opened) - 1, -1, -1):
            if opened[place][0] == letter:
                pairs.append((opened[place][1], at))
                del opened[place:]
                break
    for first, last in sorted(pairs):
        inside = [_strong(kind) for kind in kinds[first + 1 : last] if kind != "N"]
        if not inside:
            continue
        if base in inside:
            kinds[first] = kinds[last] = base
            continue
        before = next((_strong(kind) for kind in reversed(kinds[:first]) if kind != "N"), base)
        kinds[first] = kinds[last] = inside[0] if before == inside[0] else base


def _neutrals(kinds: list[str], base: str) -> None:
    """Apply N1 and N2: what stands between two of a kind goes with them, else with the line."""
    for start, end in _stretches(kinds, "N"):
        before = _strong(kinds[start - 1]) if start else base
        after = _strong(kinds[end]) if end < len(kinds) else base
        kinds[start:end] = [before if before == after else base] * (end - start)


def _stretches(kinds: list[str], wanted: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == wanted:
            end += 1
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _reordered(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Apply L2 to runs."""
    for least in (2, 1):
        at = 0
        while at < len(found):
            end = at
            while end < len(found) and found[end][1] >= least:
                end += 1
            if end > at:
                found[at:end] = found[at:end][::-1]
            at = max(end, at + 1)
    return found
