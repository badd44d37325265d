"""Which sessions does a host hold, who holds their tokens, and who watches them?"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from game.base.arrays import Floats
from game.base.errors import RivalReadingsError
from game.locale import _
from game.scenario.loading import Loaded
from game.session.api import Clock, Created, Participant, Settings, SystemClock
from game.session.hall import PROJECTOR, READER, Hall, hash_of
from game.session.limiter import Limiter, Queue
from game.session.making import made
from game.session.room import Room
from game.session.session import Session, StrangerError
from game.session.store import Store
from game.session.stored import UnsavedError
from game.session.stream import GoneError
from game.session.thinking import Thinkers

_LOG: Final = logging.getLogger(__name__)
_ASLEEP_AFTER: Final = 8 * 86400.0
"""Seconds without a record after which time changes a session no more; a turn has a week at most."""


class Registry:
    """The sessions of a store, as one host has them open.

    Attributes:
        store: Where they are kept.
        clock: What tells the time.
        limiter: Counts wrong guesses.
        queue: Counts questions that take long.
        came_from: Participants by the place that they joined from, since this host was opened.
        thinkers: Who works out what takes long; None: whoever asks.
    """

    def __init__(self, store: Store, clock: Clock | None = None, thinkers: Thinkers | None = None) -> None:
        """Open for groups; sessions kept in the store are there when they are asked for.

        Store and thinkers are closed with it.
        """
        self.store = store
        self.thinkers = thinkers
        self.clock = clock or SystemClock()
        self.limiter = Limiter()
        self.queue = Queue()
        self.came_from: dict[str, set[str]] = {}
        self._sessions: dict[str, Session] = {}
        self._arrived: dict[str, tuple[str, str]] = {}
        self._asleep: dict[str, tuple[float, float | None]] = {}
        self._unreadable: set[str] = set()
        self._holders: dict[str, tuple[str, str]] = {}
        self._lock = threading.RLock()
        self._watchers: list[Callable[[str, int, int], None]] = []
        store.listen(self._heard)

    def create(
        self,
        loaded: Loaded,
        rooms: int = 1,
        lang: str = "en",
        settings: Settings | None = None,
        *,
        seed: int | None = None,
        world: Floats | None = None,
    ) -> Created:
        """Make a session.

        Args:
            loaded: A scenario without errors.
            rooms: Number of rooms, each with a game of its own.
            lang: Language in which participants are met.
            settings: How it is run.
            seed: What all luck of every room derives from; None draws it, for each room its own.
            world: How much of each reading is true in every room, [K]; None leaves it to the scenario.

        Raises:
            UsageError: Too few or too many rooms.
            ContentError: The scenario has errors.
            UnsavedError: It cannot be kept.
        """
        created, session = made(
            self.store, self.clock, loaded, rooms, lang, settings or Settings(), seed, world
        )
        with self._lock:
            self._opened(session)
        return created

    def _opened(self, session: Session) -> None:
        self._sessions[session.id] = session
        for stream in (session.hall, *session.rooms.values()):
            stream.watch(partial(self._tell, session.id))

    def session(self, name: str) -> Session:
        """Return a session by id.

        Raises:
            GoneError: There is none, or none any more.
        """
        with self._lock:
            if name not in self._sessions:
                self._opened(Session(self.store, self.clock, name))
            return self._sessions[name]

    def opened(self) -> list[Session]:
        """Return the sessions that somebody has asked for."""
        with self._lock:
            return list(self._sessions.values())

    def awake(self, now: float) -> list[Session]:
        """Return the sessions that time can change: those in use, kept lately, or due to be deleted.

        The others stay closed until somebody asks for them, however many lessons a store has seen. One that cannot be
        read, such as another version's, is logged once and left out: it never stops the clocks of the rest.
        """
        found = []
        for name in self.store.sessions():
            try:
                if name in self._sessions or self._wakes(name, now):
                    found.append(self.session(name))
            except GoneError:
                self.forget(name)
            except UnsavedError:
                raise
            except Exception as error:
                self.leave_out(name, error)
        return found

    def leave_out(self, name: str, error: Exception) -> None:
        """Log once why a session cannot be read; what is not of our making with all that led to it."""
        if name not in self._unreadable:
            self._unreadable.add(name)
            told = None if isinstance(error, RivalReadingsError) else error
            _LOG.warning("session %s cannot be read: %s", name, error, exc_info=told)

    def _wakes(self, name: str, now: float) -> bool:
        if name not in self._asleep:
            hall = Hall(self.store, self.clock, name)
            with hall.lock:
                hall.fresh()
            self._asleep[name] = (self.store.touched(name), hall.facts.delete_after)
        touched, due = self._asleep[name]
        return now - touched < _ASLEEP_AFTER or (due is not None and now >= due)

    def forget(self, name: str) -> None:
        """Let go of a session that has been deleted."""
        with self._lock:
            self._sessions.pop(name, None)
            self._asleep.pop(name, None)
            arrived = list(self._arrived.items())
            self._arrived = {hashed: held for hashed, held in arrived if held[0] != name}
            self._end_tokens(name)

    def _heard(self, news: Sequence[tuple[str, int, int]] | None) -> None:
        """Catch up with other processes; None: something may have been missed."""
        with self._lock:
            known = dict(self._sessions)
        if news is None:
            sizes = {name: self.store.sizes(name) for name in known}
        else:
            sizes = {name: {} for name, _number, _size in news}
            for name, number, size in news:
                sizes[name][number] = size
        for name, grown in sizes.items():
            if not grown or -1 in grown.values():
                self.forget(name)
                self._tell(name, 0, -1)
            elif name in known:
                self._catch_up(known[name], grown)

    def _catch_up(self, session: Session, sizes: Mapping[int, int]) -> None:
        """Take in what streams of a session have grown by, read in one go."""
        if session.hall.number in sizes:  # tokens begin and end with records of the hall
            self.drop_tokens(session)
        streams = [item for item in (session.hall, *session.rooms.values()) if item.number in sizes]
        since = {item.number: item.version for item in streams if item.lacks(sizes[item.number])}
        stored = self.store.read_many(session.id, since)
        for stream in streams:
            stream.heard(sizes[stream.number], stored.get(stream.number, ()))

    def who(self, token: str) -> Participant | None:
        """Return whose token it is, None for a stranger's."""
        hashed = hash_of(token)
        # Tokens end by a new dictionary: what was read before that is noted in the old one, and forgotten.
        holders = self._holders
        held = holders.get(hashed) or self.store.holder_of(hashed)
        if held is None:
            return None
        try:
            hall = self.session(held[0]).hall
            with hall.lock:
                hall.fresh()
                participant = hall.participant(held[1])
        except GoneError:
            return None
        if participant is not None:
            holders[hashed] = held
        return participant

    def removed_from(self, token: str) -> str | None:
        """Return the session that the facilitator has removed a token's holder from; None: no such holder."""
        held = self.store.holder_of(hash_of(token))
        try:
            is_removed = held is not None and held[1] in self.session(held[0]).hall.facts.removed
        except GoneError:
            return None
        return held[0] if held is not None and is_removed else None

    def why_unknown(self, token: str) -> str:
        """Return what to tell somebody whose token gives them no place, in the current language."""
        if self.removed_from(token) is not None:
            return _("The facilitator has removed you from this session. You can join again with its code.")
        return _("You have no seat here: join with the code again.")

    def of_facilitator(self, token: str) -> Session:
        """Return the session that a token facilitates.

        Raises:
            StrangerError: It is nobody's, or a participant's.
        """
        who = self.who(token)
        if who is None or not who.facilitator:
            raise StrangerError(_("This is the facilitator's to do."))
        return self.session(who.session)

    def placed(self, token: str) -> tuple[Participant, Session, Room]:
        """Return who asks and in which room.

        Raises:
            StrangerError: A stranger, or somebody without a room.
        """
        who = self.who(token)
        if who is None or who.room is None:
            raise StrangerError(self.why_unknown(token))
        session = self.session(who.session)
        return who, session, session.rooms[who.room]

    def seated(self, token: str) -> tuple[Participant, Session, Room, str]:
        """Return who asks, in which room and for which role.

        Raises:
            StrangerError: A stranger, or somebody without a seat.
        """
        who, session, room = self.placed(token)
        if who.role is None or who.post != "seat":
            raise StrangerError(_("Observers and press hand in no orders."))
        return who, session, room, who.role

    def shown(self, token: str) -> Session:
        """Return the session whose public boards a token opens: a projector's or the facilitator's.

        Raises:
            StrangerError: It is nobody's, or a participant's.
        """
        held = self.store.holder_of(hash_of(token))
        return (
            self.session(held[0]) if held is not None and held[1] == PROJECTOR else self.of_facilitator(token)
        )

    def read(self, token: str) -> tuple[Session, Room]:
        """Return the room whose debrief a link's token opens.

        Raises:
            StrangerError: It is no such token.
        """
        held = self.store.holder_of(hash_of(token))
        if held is None or not held[1].startswith(READER):
            raise StrangerError(_("This link opens nothing. Ask for a new one where the game was played."))
        session = self.session(held[0])
        return session, session.rooms[int(held[1].removeprefix(READER))]

    def facilitates(self, token: str) -> bool:
        """Return whether a token is a facilitator's."""
        who = self.who(token)
        return who is not None and who.facilitator

    def takes_part(self, token: str) -> bool:
        """Return whether a token is a participant's."""
        who = self.who(token)
        return who is not None and not who.facilitator

    def shows(self, token: str) -> bool:
        """Return whether a token opens the public boards."""
        try:
            self.shown(token)
        except (StrangerError, GoneError):
            return False
        return True

    def present(self, token: str, devices: int) -> None:
        """Note that a device of somebody came (+1) or went (-1); it goes as who it came, if its token ended since."""
        hashed = hash_of(token)
        try:
            held = self._arrived.get(hashed) if devices < 0 else None
            if held is None:
                who = self.who(token)
                if who is None or who.facilitator:
                    return
                held = self._arrived[hashed] = (who.session, who.id)
            session = self.session(held[0])
        except (GoneError, UnsavedError):
            return
        session.presence.change(held[1], devices, self.clock.now())
        member = session.hall.facts.members.get(held[1])
        if member is not None and member.room is not None:
            self.told(session, member.room)

    def seen(self, token: str) -> None:
        """Note that somebody asks for what is theirs; in memory alone."""
        hashed = hash_of(token)
        try:
            held = self._holders.get(hashed) or self.store.holder_of(hashed)
        except UnsavedError:
            return
        session = self._sessions.get(held[0]) if held is not None else None
        member = session.hall.facts.members.get(held[1]) if session is not None and held is not None else None
        if session is None or member is None:
            return
        if session.presence.see(member.id, self.clock.now()) and member.room is not None:
            self.told(session, member.room)

    def subscribe(self, watcher: Callable[[str, int, int], None]) -> Callable[[], None]:
        """Call back with session, stream (0: the hall) and version after every change; returns what ends it.

        Version -1: the session has been deleted. It is called in the store's threads and must be quick.
        """
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    def told(self, session: Session, number: int) -> None:
        """Let a room's watchers know that its status has changed."""
        if number in session.rooms:
            session.rooms[number].news += 1
            self._tell(session.id, number, session.rooms[number].version)

    def drop_tokens(self, session: Session) -> None:
        """Look up a session's tokens anew."""
        with self._lock:
            self._end_tokens(session.id)

    def _end_tokens(self, session: str) -> None:
        kept = list(self._holders.items())
        self._holders = {key: held for key, held in kept if held[0] != session}

    def _tell(self, session: str, number: int, version: int) -> None:
        for watcher in tuple(self._watchers):
            watcher(session, number, version)

    def close(self) -> None:
        """Close the store and let the thinkers go."""
        self.store.close()
        if self.thinkers is not None:
            self.thinkers.close()

    def gone(self, session: Session) -> None:
        """Let everybody know that a session has been deleted."""
        self.forget(session.id)
        for stream in (session.hall, *session.rooms.values()):
            with stream.lock:
                stream.heard(-1)
