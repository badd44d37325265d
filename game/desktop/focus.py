"""What comes into focus next? By Tab in the order of drawing, by arrows what lies nearest in that direction."""

from collections.abc import Sequence
from typing import Final

from game.desktop.canvas import Hot

_ASIDE: Final = 2.5
"""How much more a step aside counts than one ahead."""


def step(hots: Sequence[Hot], focus: str, by: int) -> str:
    """Return the next or previous thing in focus, by id; empty if there is nothing."""
    ids = [hot.id for hot in hots]
    if not ids:
        return ""
    if focus not in ids:
        return ids[0] if by > 0 else ids[-1]
    return ids[(ids.index(focus) + by) % len(ids)]


def neighbour(hots: Sequence[Hot], focus: str, direction: tuple[int, int]) -> str:
    """Return what lies nearest in a direction, by id; the focus stays where nothing does."""
    here = next((hot for hot in hots if hot.id == focus), None)
    if here is None:
        return step(hots, focus, 1)
    best, least = focus, float("inf")
    for hot in hots:
        across = hot.rect.centerx - here.rect.centerx
        down = hot.rect.centery - here.rect.centery
        ahead = across * direction[0] + down * direction[1]
        aside = abs(across * direction[1]) + abs(down * direction[0])
        if hot.id == focus or ahead <= 0:
            continue
        distance = ahead + _ASIDE * aside
        if distance < least:
            best, least = hot.id, distance
    return best
