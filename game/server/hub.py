"""Who must be woken when something has changed? The sockets of a host's sessions, with what they have to send."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Generic, TypeVar

from starlette.concurrency import run_in_threadpool

from game.session.host import Host
from game.session.telling import Place, Stamp

HEARTBEAT: Final = 20.0
"""Seconds between signs of life, and for which a socket may take nothing."""

ALL_ROOMS: Final = 0
"""The stream of everything that is not one room's."""

_PAUSE: Final = 0.05
"""Seconds that news wait for more of their kind, unless they are what all see: when all order at once, a room's
status changes with every order."""

_T = TypeVar("_T")


class Watch(ABC):
    """What a socket waits for.

    Attributes:
        place: Whose news concern it.
        lang: The language in which it takes the seat's whole view as well; None if it asks for pages instead.
        moved: Whether people may have moved to other rooms since this was last looked at.
        own: Whether something of its own place has changed since then.
        still: Whether it is time to show that the line is alive.
        shown: The stamp's `own` when it was last told something beyond the status; -1: never yet.
        common: The stamp's `common` when it was last told anything; -1: never yet.
        sent: The stamp's `common` when its view was last sent.
        told: How often it was told something.
        sending: Which of these messages is on its way, from 1; 0: none.
        slow: Which one was at the last heartbeat.
    """

    __slots__ = (
        "common",
        "lang",
        "moved",
        "own",
        "place",
        "sending",
        "sent",
        "shown",
        "slow",
        "still",
        "told",
    )

    def __init__(self, place: Place, lang: str | None) -> None:
        self.place, self.lang = place, lang
        self.moved = self.own = self.still = False
        self.shown = self.common = self.sent = -1
        self.told = self.sending = self.slow = 0

    @abstractmethod
    def wake(self) -> None:
        """Let it look: there may be something to tell."""

    @abstractmethod
    def cut(self) -> None:
        """End its socket."""

    @property
    def wanted(self) -> tuple[str, str]:
        """The role and language of the view that it takes."""
        return self.place.role, self.lang or ""


@dataclass(slots=True)
class _Told(Generic[_T]):
    """Something that is shown of a room at a moment."""

    stamp: tuple[int, int]
    found: asyncio.Future[_T]


class Hub:
    """Wakes the sockets of a session when anything in it changes; runs in the server's event loop."""

    def __init__(self, host: Host) -> None:
        """Begin to listen to the host's news."""
        self._loop = asyncio.get_running_loop()
        self._host = host
        self._waiting: dict[str, dict[int | None, set[Watch]]] = {}
        self._news: deque[tuple[str, int]] = deque()
        self._looks = False
        self._statuses: dict[tuple[str, int | None], _Told[str]] = {}
        self._views: dict[tuple[str, int | None], _Told[dict[tuple[str, str], bytes]]] = {}
        self._resting: set[tuple[str, int | None]] = set()
        self._end: Callable[[], None] = host.subscribe(self._heard)
        self._beating = self._loop.create_task(self._beat())

    async def _beat(self) -> None:
        """Let every socket show now and then that it is alive, and end those that have taken nothing meanwhile."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            everybody = [
                item for rooms in self._waiting.values() for beside in rooms.values() for item in beside
            ]
            for watch in everybody:
                if watch.sending and watch.sending == watch.slow:
                    watch.cut()
                watch.slow = watch.sending
                watch.still = True
                watch.wake()

    def _heard(self, session: str, room: int, _version: int) -> None:
        """Note news, in the store's threads; the loop looks at all that there are by then, at each room once."""
        self._news.append((session, room))
        if not self._looks:
            self._looks = True
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        self._looks = False
        places = {}
        while self._news:
            places[self._news.popleft()] = True
        for session, room in places:
            self._wake(session, room)

    def _wake(self, session: str, room: int) -> None:
        waiting = self._waiting.get(session, {})
        for place in tuple(waiting) if room == ALL_ROOMS else (room, None):
            stamp = self._host.stamp(Place(session, place, ""))
            for watch in waiting.get(place, ()):
                watch.moved = watch.moved or room == ALL_ROOMS
                watch.own = watch.own or room != ALL_ROOMS or place in (None, ALL_ROOMS)
                if watch.moved or (stamp is not None and stamp.common != watch.common):
                    watch.wake()
                else:  # what is new can wait for more of its kind
                    self._wake_later(session, place)

    def _wake_later(self, session: str, place: int | None) -> None:
        """Wake a room's watches after a pause."""

        def wake() -> None:
            self._resting.discard((session, place))
            for watch in self._waiting.get(session, {}).get(place, ()):
                if watch.own:
                    watch.wake()

        if (session, place) not in self._resting:
            self._resting.add((session, place))
            self._loop.call_later(_PAUSE, wake)

    def add(self, watch: Watch) -> None:
        """Wake a watch whenever its room, or any room of the session, has changed."""
        self._beside(watch.place).add(watch)

    def discard(self, watch: Watch) -> None:
        """Wake a watch no more."""
        self._beside(watch.place).discard(watch)

    def move(self, watch: Watch, place: Place) -> None:
        """Let a watch wait for the news of another place."""
        self.discard(watch)
        watch.place, watch.shown, watch.common, watch.sent, watch.own = place, -1, -1, -1, True
        self.add(watch)

    def _beside(self, place: Place) -> set[Watch]:
        """Return the watches of a place's room."""
        return self._waiting.setdefault(place.session, {}).setdefault(place.room, set())

    async def status(self, place: Place, stamp: Stamp) -> str:
        """Return how a place's room stands, as JSON, worked out once for its sockets."""
        return await self._once(self._statuses, place, stamp, partial(self._host.status_at, place))

    async def view(self, watch: Watch, stamp: Stamp) -> bytes:
        """Return what a watch's seat shows, as JSON, worked out in one go with those of the room's other sockets.

        Empty unless something has changed that all see.
        """
        if not self._is_due(watch, stamp):
            return b""
        place = watch.place

        def work() -> dict[tuple[str, str], bytes]:
            return self._host.views_at(place, self._due_beside(place, stamp))

        views = await self._once(self._views, place, stamp, work)
        if watch.wanted not in views:  # another device of the same seat was faster
            views = await self._do(place, partial(self._host.views_at, place, {watch.wanted}))
        view = views.pop(watch.wanted, b"")
        if view:  # none while something else is on its way to the disk: it is still due then
            watch.sent = stamp.common
        return view

    @staticmethod
    def _is_due(watch: Watch, stamp: Stamp) -> bool:
        return watch.lang is not None and stamp.common != watch.sent

    def _due_beside(self, place: Place, stamp: Stamp) -> set[tuple[str, str]]:
        """Return which views the sockets of a room have yet to send; what all see is as new for all of them."""
        return {watch.wanted for watch in self._beside(place) if self._is_due(watch, stamp)}

    async def _once(
        self,
        known: dict[tuple[str, int | None], _Told[_T]],
        place: Place,
        stamp: Stamp,
        work: Callable[[], _T],
    ) -> _T:
        told = known.get(place[:2])
        if told is None or told.stamp != stamp.status:
            told = known[place[:2]] = _Told(stamp.status, self._do(place, work))
        return told.found.result() if told.found.done() else await asyncio.shield(told.found)

    def _do(self, place: Place, work: Callable[[], _T]) -> asyncio.Future[_T]:
        """Do work on a room, at once if nobody else is at it."""
        if not self._host.is_free_at(place):
            return asyncio.ensure_future(run_in_threadpool(work))
        found: asyncio.Future[_T] = self._loop.create_future()
        found.set_result(work())
        return found

    def close(self) -> None:
        """Listen no more."""
        self._beating.cancel()
        self._end()
