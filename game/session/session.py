"""What belongs to one session while a host has it open?"""

import threading
from typing import Final

from game.locale import _
from game.play.orders import Refused
from game.session.api import Clock
from game.session.hall import Hall
from game.session.room import Room
from game.session.store import Store
from game.session.stored import UnsavedError
from game.session.stream import GoneError


class StrangerError(Exception):
    """Nobody that this session knows, or not theirs to do."""


KNOWN_ERRORS: Final = (StrangerError, GoneError, UnsavedError)
"""What may stand in the way of an answer."""

SEEN_FOR: Final = 60.0
"""Seconds for which somebody without a socket counts as here after they asked for something; pages that ask by
themselves do so every half minute at the latest."""


def refused_for(error: Exception) -> Refused:
    """Return the refusal that one of the known errors means."""
    if isinstance(error, UnsavedError):
        reason = _("The host's store cannot be read just now: {why}.")
        return Refused(code="unsaved", reason=reason.format(why=error))
    return Refused(code="stranger", reason=str(error))


UNSEEN_FOR: Final = 30.0
"""Seconds between two looks at who is here after which this host's machine must have slept in between."""


class Presence:
    """Who is here: by devices connected to this host or to others, or by asking this host for pages now and then.

    Attributes:
        looking_since: Since when this host has looked at who is here without a gap; before, anybody may have been.
    """

    def __init__(self, now: float) -> None:
        self._lock = threading.Lock()
        self.looking_since = self._looked = now
        self._devices: dict[str, int] = {}
        self._gone: dict[str, float] = {}
        self._elsewhere: dict[str, int] = {}
        self._seen: dict[str, float] = {}
        self._asking: set[str] = set()

    def look(self, now: float) -> None:
        """Note that this host looks at who is here."""
        if now - self._looked > UNSEEN_FOR:
            self.looking_since = now
        self._looked = now

    def change(self, participant: str, devices: int, now: float) -> None:
        """Count devices that came (above 0) or went (below 0)."""
        with self._lock:
            left = max(0, self._devices.get(participant, 0) + devices)
            self._devices[participant] = left
            self._note(participant, now)

    def hear(self, elsewhere: dict[str, int], now: float) -> set[str]:
        """Learn who is connected to other hosts; return for whom that has changed."""
        with self._lock:
            everybody = {*self._elsewhere, *elsewhere}
            before, self._elsewhere = self._elsewhere, dict(elsewhere)
            changed = {name for name in everybody if before.get(name, 0) != elsewhere.get(name, 0)}
            for name in changed:
                self._note(name, now)
        return changed

    def _note(self, participant: str, now: float) -> None:
        if self.devices(participant):
            self._gone.pop(participant, None)
        else:
            self._gone.setdefault(participant, now)
            self._asking.discard(participant)

    def here(self) -> dict[str, int]:
        """Return how many devices of each participant are connected to this host."""
        with self._lock:
            return {name: count for name, count in self._devices.items() if count}

    def devices(self, participant: str) -> int:
        """Return how many devices a participant has connected."""
        return self._devices.get(participant, 0) + self._elsewhere.get(participant, 0)

    def see(self, participant: str, now: float) -> bool:
        """Note that somebody has asked for something; return whether they are here by that alone since now."""
        with self._lock:
            self._seen[participant] = now
            if self.devices(participant) or participant in self._asking:
                return False
            self._asking.add(participant)
            return True

    def lapsed(self, now: float) -> set[str]:
        """Return who has asked for nothing lately any more and has no device, since this was last called."""
        with self._lock:
            silent = {name for name in self._asking if now - self._seen[name] >= SEEN_FOR}
            self._asking -= silent
            return {name for name in silent if not self.devices(name)}

    def seen(self, participant: str) -> float | None:
        """Return when a participant last asked for something; None: never."""
        return self._seen.get(participant)

    def here_with(self, participant: str, now: float) -> int:
        """Return with how many devices a participant is here; one that has no socket counts while it asks."""
        devices = self.devices(participant)
        seen = self._seen.get(participant)
        if devices or seen is None:
            return devices
        gone = self._gone.get(participant)
        return int(now - seen < SEEN_FOR and (gone is None or seen > gone))

    def gone_since(self, participant: str) -> float | None:
        """Return since when a participant is away; None if connected, or never seen."""
        return self._gone.get(participant)


class Session:
    """One session: its hall, its rooms, and who is connected."""

    def __init__(self, store: Store, clock: Clock, name: str, hall: Hall | None = None) -> None:
        """Open a session.

        Raises:
            GoneError: There is none of this id.
        """
        self.id = name
        self.presence = Presence(clock.now())
        self.hall = hall or Hall(store, clock, name)
        with self.hall.lock:
            self.hall.fresh()
        numbers = range(1, self.hall.facts.rooms + 1)
        self.rooms = {number: Room(store, clock, name, number, self.hall.loaded) for number in numbers}

    @property
    def seconds(self) -> float | None:
        """Time for a turn."""
        return self.hall.facts.settings.turn_seconds

    def needs_second(self, room: int, role: str, participant: str) -> bool:
        """Return whether another person of the seat must confirm an order too."""
        if not self.hall.facts.settings.together:
            return False
        seated = self.hall.facts.seated.get((room, role), {})
        return any(self.presence.devices(name) for name in seated if name != participant)
