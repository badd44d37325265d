"""Who sits where? A class of any size in rooms, seats, pairs, press and observers."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Post: TypeAlias = Literal["seat", "press", "observer"]
"""What a participant does in a room."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for one person.

    Attributes:
        room: The room's number, from 1.
        role: Role id, None for press and observers.
        post: What they do there.
    """

    room: int
    role: str | None
    post: Post


def places(people: int, rooms: int, roles: tuple[str, ...]) -> list[Place]:
    """Return a place for each of so many people.

    Rooms fill evenly. In a room each seat first gets one person; then one goes to the press, who may write to
    all; then seats become pairs; one more observes; then seats become threes, and so on.
    """
    dealt = []
    for room in range(1, rooms + 1):
        here = people // rooms + (1 if room <= people % rooms else 0)
        order: list[Place] = [Place(room, role, "seat") for role in roles]
        order.append(Place(room, None, "press"))
        order.extend(Place(room, role, "seat") for role in roles)
        order.append(Place(room, None, "observer"))
        while len(order) < here:
            order.extend(Place(room, role, "seat") for role in roles)
        dealt.extend(order[:here])
    return dealt


def rooms_for(people: int, roles: int) -> int:
    """Return how many rooms suit so many people: as many as can fill every seat."""
    return max(1, people // roles)
