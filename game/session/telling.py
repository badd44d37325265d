"""How do pages learn that something has changed? What concerns each of them, told apart from what does not."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from game.session.hall import hash_of
from game.session.registry import Registry
from game.session.room import Room
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


class Stamp(NamedTuple):
    """How much has been told at a place so far.

    Attributes:
        own: Grows whenever its page changes beyond the room's status; -1 where it has no room.
        common: The same of what all in the room see: turns, estimates, the facilitator's acts.
        status: Numbers of the status.
    """

    own: int
    common: int
    status: tuple[int, int]


_NOWHERE: Final = Stamp(-1, -1, (-1, -1))


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

    def stamp(self, place: Place) -> Stamp | None:
        """Return what has been told at a place so far; it waits for nothing.

        None while something has taken effect there that is not yet on the disk: its watchers hear when it is.
        """
        session = self._sessions.get(place.session)
        room = session.rooms.get(place.room or 0) if session is not None else None
        if room is None:
            return _NOWHERE
        if not room.kept:
            return None
        return Stamp(room.shown_to(place.role), room.shown_to(""), (room.version, room.news))

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
        return "" if stamp is None else str(stamp.own)

    def is_free(self, token: str) -> bool:
        """Return whether what a token's holder hands in takes a moment only, so that it needs no thread of its own.

        So it is while nobody else is at work in the room, nothing of it must be read and no bot has to decide.
        """
        held = self._holders.get(hash_of(token))
        session = self._sessions.get(held[0]) if held is not None else None
        member = session.hall.facts.members.get(held[1]) if session is not None and held is not None else None
        if session is None or session.hall.stale or member is None or member.room is None:
            return False
        room = session.rooms[member.room]
        return _is_free(room) and len(room.table.people) == len(room.table.ruleset.roles)

    def is_free_at(self, place: Place) -> bool:
        """Return the same of what is shown at a place."""
        session = self._sessions.get(place.session)
        room = session.rooms.get(place.room or 0) if session is not None else None
        return room is not None and _is_free(room)

    def status_at(self, place: Place) -> str:
        """Return how a place's room stands, as JSON; empty where the place has no room."""
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

    def views_at(self, place: Place, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        """Return what seats of a place's room show by role id and language, as JSON.

        There are views of seats only, once the game has begun, and none while something is not yet on the disk.
        """
        try:
            session = self.session(place.session)
            room = session.rooms.get(place.room or 0)
            if room is None:
                return {}
            with room.lock:
                room.fresh()
                seats = (
                    []
                    if room.phase == "lobby" or not room.kept
                    else [at for at in wanted if at[0] in room.table.ruleset.role_at]
                )
                return views_of(self, session, room, seats)
        except KNOWN_ERRORS:
            return {}

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


def _is_free(room: Room) -> bool:
    if room.stale or not room.lock.acquire(blocking=False):
        return False
    room.lock.release()
    return True
