"""How does the window take part in a game on another machine? Its seat is asked over the network, now and then."""

from collections.abc import Callable

from game.base.errors import RivalReadingsError
from game.desktop.sitting import Sitting
from game.remote.seat import RemoteSeat
from game.session.api import RoomStatus

_ASK_EACH = 1500
"""Milliseconds between two questions whether the others have gone on."""


class AwaySitting(Sitting):
    """One person at this window, on a seat of a host's session."""

    def __init__(self, seat: RemoteSeat, lang: str, left: Callable[[], None]) -> None:
        """Sit down.

        Args:
            seat: The seat.
            lang: The language to begin in.
            left: Called when the person leaves.
        """
        self._remote, self._left = seat, left
        self._asked = 0
        self.status: RoomStatus = seat.status()
        super().__init__(None, lang, {seat.view(lang).role: seat})

    def missing(self) -> tuple[str, ...]:
        """Return the seat's role while its order is due."""
        self.status = self._remote.status()
        if self.status.phase in ("over", "debrief"):
            self.renew()
            return ()
        return (self.role,) if self.role in self.status.missing else ()

    def waits(self, now: int) -> bool:
        """Return whether there is nothing to do yet; the host is asked once in a while."""
        if now - self._asked < _ASK_EACH:
            return True
        self._asked = now
        due = self.missing()
        return not due and self.status.phase not in ("over", "debrief")

    def moved_on(self, now: int) -> bool:
        """Return whether the turn was resolved, taken back or ended without this window."""
        if now - self._asked < _ASK_EACH:
            return False
        self._asked = now
        try:
            self.status = self._remote.status()
        except RivalReadingsError:
            return False
        return self.status.turn != self.view.turn or self.status.phase in ("over", "debrief")

    def look_ahead(self) -> bool:
        """Work out what each reading expects of the draft; the host has others to answer, so no more than that."""
        if not self.view.settled:
            self.renew()
            return True
        return self._outlook.work(self.seat, self.view, self.lang, ahead=False)

    def leave(self) -> None:
        """Leave; the host keeps the game."""
        self._left()
