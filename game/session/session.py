"""What belongs to one session while a host has it open?"""

import threading
from typing import Final

from game.locale import _
from game.play.orders import Refused
from game.session.api import Clock
from game.session.hall import Hall
from game.session.reading import UnsavedError
from game.session.room import Room
from game.session.store import Store
from game.session.stream import GoneError


class StrangerError(Exception):
    """Nobody that this session knows, or not theirs to do."""


KNOWN_ERRORS: Final = (StrangerError, GoneError, UnsavedError)
"""What may stand in the way of an answer."""


def refused_for(error: Exception) -> Refused:
    """Return the refusal that one of the known errors means."""
    if isinstance(error, UnsavedError):
        reason = _("The host's store cannot be read just now: {why}.")
        return Refused(code="unsaved", reason=reason.format(why=error))
    return Refused(code="stranger", reason=str(error))


class Presence:
    """Which devices are connected, to this host or to others, and since when a participant has none."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._devices: dict[str, int] = {}
        self._gone: dict[str, float] = {}
        self._elsewhere: dict[str, int] = {}

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

    def here(self) -> dict[str, int]:
        """Return how many devices of each participant are connected to this host."""
        with self._lock:
            return {name: count for name, count in self._devices.items() if count}

    def devices(self, participant: str) -> int:
        """Return how many devices a participant has connected."""
        return self._devices.get(participant, 0) + self._elsewhere.get(participant, 0)

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
        self.presence = Presence()
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
