"""How do pages learn that something has changed? What concerns each of them, told apart from what does not."""

from typing import NamedTuple

from game.session.registry import Registry
from game.session.session import KNOWN_ERRORS
from game.session.showing import status_of


class Place(NamedTuple):
    """Whose news a socket passes on.

    Attributes:
        session: The session's id.
        room: The room's number; 0: none yet; None: all rooms.
        role: Role id, `press` or `observer`; empty for all rooms.
    """

    session: str
    room: int | None
    role: str


class Teller(Registry):
    """Tells pages what is new for them."""

    def listens(self, token: str) -> Place | None:
        """Return where the news come from that concern a token's holder; None: a stranger."""
        try:
            who = self.who(token)
            if who is None:
                return Place(self.shown(token).id, None, "")
        except KNOWN_ERRORS:
            return None
        role = who.role if who.post == "seat" else who.post
        return Place(who.session, None if who.facilitator else who.room or 0, role or "")

    def stamp(self, place: Place) -> tuple[int, tuple[int, int]]:
        """Return a number that grows whenever a place's page changes beyond its status, and numbers of that status.

        It waits for nothing. (-1, (-1, -1)) where the place has no room.
        """
        try:
            room = self.session(place.session).rooms.get(place.room or 0)
        except KNOWN_ERRORS:
            room = None
        return (-1, (-1, -1)) if room is None else (room.shown_to(place.role), (room.version, room.news))

    def mark(self, token: str) -> str:
        """Return what a page notes before it is put together, to learn later whether it is out of date since."""
        place = self.listens(token)
        if place is None:
            return ""
        return str(self.stamp(place)[0] if place.room else sum(map(sum, self.news(token))))

    def status_of(self, place: Place) -> str:
        """Return how a place's room stands, as JSON; empty where it has none."""
        try:
            session = self.session(place.session)
            room = session.rooms.get(place.room or 0)
            if room is None:
                return ""
            with room.lock:
                room.fresh()
                return status_of(session, room, self.clock.now()).model_dump_json()
        except KNOWN_ERRORS:
            return ""

    def news(self, token: str) -> list[list[int]]:
        """Return numbers that change whenever something changes that concerns the asker; empty for strangers."""
        try:
            who = self.who(token)
            session = self.shown(token) if who is None else self.session(who.session)
            rooms = session.rooms.values()
            mine = [room for room in rooms if who is None or who.facilitator or room.number == who.room]
            return [[session.hall.version, 0], *([room.version, room.news] for room in mine)]
        except KNOWN_ERRORS:
            return []
