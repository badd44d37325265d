"""How do pages learn that something has changed? What concerns each of them, told apart from what does not."""

from collections.abc import Iterable
from typing import NamedTuple

from game.session.registry import Registry
from game.session.seeing import views_of
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

    def stamp(self, place: Place) -> tuple[int, tuple[int, int]] | None:
        """Return a number that grows whenever a place's page changes beyond its status, and numbers of that status.

        It waits for nothing. (-1, (-1, -1)) where the place has no room; None while something has taken effect there
        that is not yet on the disk: its watchers hear when it is.
        """
        try:
            room = self.session(place.session).rooms.get(place.room or 0)
        except KNOWN_ERRORS:
            room = None
        if room is None:
            return -1, (-1, -1)
        return (room.shown_to(place.role), (room.version, room.news)) if room.kept else None

    def mark(self, token: str) -> str:
        """Return what a page notes before it is put together, to learn later whether it is out of date since.

        Empty where it is out of date as soon as it is there.
        """
        place = self.listens(token)
        if place is None:
            return ""
        if not place.room:
            return str(sum(map(sum, self.news(token))))
        stamp = self.stamp(place)
        return "" if stamp is None else str(stamp[0])

    def status_at_once(self, place: Place) -> str | None:
        """Return how a place's room stands, as JSON; None where somebody is at work there, so that it would wait."""
        session = self._sessions.get(place.session)
        room = session.rooms.get(place.room or 0) if session is not None else None
        if session is None or room is None or not room.lock.acquire(blocking=False):
            return None
        try:
            return None if room.stale else status_of(session, room, self.clock.now()).model_dump_json()
        finally:
            room.lock.release()

    def shown_at(
        self, place: Place, wanted: Iterable[tuple[str, str]]
    ) -> tuple[str, dict[tuple[str, str], str]]:
        """Return how a place's room stands, and what seats of it show by role id and language, all as JSON.

        The status is empty where the place has no room; so are the views before the game has begun.
        """
        try:
            session = self.session(place.session)
            room = session.rooms.get(place.room or 0)
            if room is None:
                return "", {}
            with room.lock:
                room.fresh()
                status = status_of(session, room, self.clock.now())
            views = {} if status.phase == "lobby" else views_of(self, session, room, wanted)
            return status.model_dump_json(), {name: view.model_dump_json() for name, view in views.items()}
        except KNOWN_ERRORS:
            return "", {}

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
