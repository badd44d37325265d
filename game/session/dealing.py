"""Who sits where? A class of any size dealt into rooms, seats, pairs, press and observers."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from game.locale import _
from game.play.orders import Ack, Refused
from game.session.api import Post
from game.session.hall import Member
from game.session.session import Session
from game.session.stream import Answer


@dataclass(frozen=True, slots=True)
class Place:
    """A place for one person.

    Attributes:
        room: The room's number.
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


def deal(session: Session, participants: Iterable[str] | None, lang: str) -> Answer:
    """Deal people into the session's rooms, in chance order; None: all who have no place."""
    hall = session.hall
    wanted = None if participants is None else list(dict.fromkeys(participants))

    def work() -> Answer:
        members = hall.facts.members
        if wanted is not None and not set(wanted) <= set(members):
            return Refused(code="unknown", reason=_("Nobody here has this name."))
        names = [name for name in members if members[name].room is None] if wanted is None else wanted
        if not names:
            return Refused(code="closed", reason=_("Everybody has a place already."))
        staying = [item for item in members.values() if item.room is not None and item.id not in names]
        ruleset = hall.loaded.ruleset
        assert ruleset is not None  # noqa: S101 - it is being played
        roles = tuple(ruleset.role_at)
        free = places(len(names) + len(staying), min(len(session.rooms), _used(names, staying, roles)), roles)
        for item in staying:
            held = next(
                (at for at in free if (at.room, at.role, at.post) == (item.room, item.role, item.post)), None
            )
            free.remove(held if held is not None else free[-1])
        order = list(names)
        random.SystemRandom().shuffle(order)
        for name, place in zip(order, free, strict=True):
            hall.write("place", id=name, room=place.room, role=place.role, post=place.post)
        return Ack(turn=1)

    return hall.perform(work, lang=lang, by="facilitator").result()


def _used(names: list[str], staying: list[Member], roles: tuple[str, ...]) -> int:
    return rooms_for(len(names) + len(staying), len(roles))
