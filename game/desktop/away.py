"""How does the window take part in a game on another machine? Its seat is asked over the network when it tells to."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from game.desktop.screen import now as this_moment
from game.desktop.sitting import Sitting
from game.play.orders import Refused
from game.play.wording import clock
from game.remote.client import LostError
from game.remote.listening import Listener
from game.remote.seat import RemoteSeat, claim
from game.remote.talk import EVERYBODY
from game.session.api import Message, RoomStatus, SeatStatus

_ASK_LEAST = 250
"""Milliseconds at least between two questions whether the others have gone on, however much the host tells."""

_ASK_EACH = 1500
"""The same while its socket cannot open."""

_ASK_HEARING = 5000
"""The same while it tells nothing."""

_ASK_AWAY = 6000
"""The same while the host does not answer: the window may stand still for as long as a question takes."""


@dataclass
class Writing:
    """A message that is being written.

    Attributes:
        to: Whom it is for, as the host calls them.
        text: What it says so far.
        offer: The agreement that it offers, by id; empty if none.
    """

    to: str = EVERYBODY
    text: str = ""
    offer: str = ""


class AwaySitting(Sitting):
    """One person at this window, on a seat of a host's session.

    Attributes:
        status: How the room stands, as the host told it last.
        messages: What the seat has said and heard, the newest last, as the host told it last.
        writing: The message that is being written.
    """

    def __init__(self, seat: RemoteSeat, lang: str, left: Callable[[], None]) -> None:
        """Sit down.

        Args:
            seat: The seat.
            lang: The language to begin in.
            left: Called when the person leaves.
        """
        self._remote, self._left = seat, left
        self._asked = 0
        self._told_of = threading.Event()
        self._away = ""
        self.messages: tuple[Message, ...] = ()
        self.writing = Writing()
        self._heard: int | None = None
        self._read, self._noticed = 0, 0
        self.status: RoomStatus = seat.status()
        self._told = this_moment()
        super().__init__(None, lang, {seat.view(lang).role: seat})
        Listener(seat.client, self._note).start()

    def _note(self, told: str | None) -> None:
        if told is not None:
            self._told_of.set()

    def missing(self) -> tuple[str, ...]:
        """Return the seat's role while its order is due."""
        self.status, self._told = self._remote.status(), this_moment()
        self.renew()
        return self._due()

    def renew(self) -> None:
        """Look at the seat again; it is another one if the facilitator has moved the person."""
        self.view = self._remote.view(self.lang)
        if self.view.role != self.role:
            self.role, self.seats = self.view.role, {self.view.role: self._remote}
            self.past.clear()

    def _due(self) -> tuple[str, ...]:
        return (self.role,) if self.role in self.status.missing else ()

    @property
    def place(self) -> SeatStatus:
        """The seat as everybody in the room may know it."""
        return next(seat for seat in self.status.seats if seat.role == self.role)

    @property
    def _holders(self) -> tuple[str, ...]:
        return self.place.holders

    def play_again(self) -> str:
        """Play the seat instead of the bot or caretaker that does; return why not, if not."""
        refused = claim(self._remote.client, self.status.room, self.role, self.lang)
        self.status = self._remote.status()
        return refused.reason if refused is not None else ""

    def _was_moved(self, holders: tuple[str, ...]) -> bool:
        """Return whether the person has another seat now, where the holders of the one they had have changed."""
        before = self.role
        if self._holders != holders:
            self.renew()
        return self.role != before

    def waits(self, now: int) -> bool:
        """Return whether there is nothing to do yet; the host is asked once in a while.

        Raises:
            LostError: The host did not answer when it was asked last.
        """
        holders = self._holders
        if not self._asks(now):
            return True
        self._was_moved(holders)
        due = self._due()
        return not due and self.status.phase not in ("over", "debrief")

    def moved_on(self, now: int) -> bool:
        """Return whether the turn was resolved, taken back or ended without this window, or the person was moved.

        Raises:
            LostError: The host did not answer when it was asked last.
        """
        holders = self._holders
        if not self._asks(now):
            return False
        if self._was_moved(holders):
            return True
        return self.status.turn != self.view.turn or self.status.phase in ("over", "debrief")

    def _asks(self, now: int) -> bool:
        """Ask the host how the room stands if that is due; return whether it was asked."""
        if self._is_due(now):
            self._told_of.clear()
            try:
                self.status, self._away = self._remote.glance(), ""
                self._told = this_moment()
                self._hear()
            except LostError as error:
                self._away = str(error)
            finally:
                self._asked = this_moment()
            if not self._away:
                return True
        if self._away:
            raise LostError(self._away)
        return False

    def _is_due(self, now: int) -> bool:
        if self._told_of.is_set():
            return now - self._asked >= _ASK_LEAST
        each = _ASK_AWAY if self._away else _ASK_HEARING if self._remote.client.hears else _ASK_EACH
        return now - self._asked >= each

    def _hear(self) -> None:
        """Ask for the messages if anything was kept for the room since they were asked for."""
        if self._heard == self.status.version:
            return
        self.messages = self._remote.messages()
        if self._heard is None:  # what was said before this window came is no news
            self._noticed = self._newest
        self._heard = self.status.version

    @property
    def _newest(self) -> int:
        return self.messages[-1].number if self.messages else 0

    @property
    def unread(self) -> int | None:
        """How many messages of others were not read yet."""
        return sum(item.number > self._read and item.sender != self.role for item in self.messages)

    def read(self) -> None:
        """Take note that the person has all messages in view."""
        self._read = self._noticed = self._newest

    def notice(self) -> Message | None:
        """Return the newest message of another that came since this was asked last; None if none did."""
        since, self._noticed = self._noticed, self._newest
        last = self.messages[-1] if self.messages else None
        return last if last is not None and last.number > since and last.sender != self.role else None

    def listen(self, now: int) -> bool:
        """Ask the host how the room stands if that is due; return whether anything is new.

        Raises:
            LostError: The host did not answer when it was asked last.
        """
        before = self.status.version
        return self._asks(now) and before != self.status.version

    def send(self) -> str:
        """Send the message that was written and begin another to the same; return why not, if not."""
        wrote = self.writing
        found = self._remote.say(wrote.to, wrote.text, wrote.offer or None, self.lang)
        if isinstance(found, Refused):
            return found.reason
        self.writing = Writing(wrote.to)
        self.messages = self._remote.messages()
        return ""

    def look_ahead(self) -> bool:
        """Work out what each reading expects of the draft; the host has others to answer, so no more than that."""
        if not self.view.settled:
            self.renew()
            return True
        return self._outlook.work(self.seat, self.view, self.lang, ahead=False)

    @property
    def paused(self) -> bool:
        """Whether the facilitator has paused the game."""
        return self.status.paused and self.status.phase == "playing"

    def time_left(self, now: int) -> str:
        """Return the time that is left for the turn, as the host told it last and as it has gone on since."""
        left = self.status.left
        if left is None or self.status.phase != "playing":
            return ""
        return clock(left if self.paused else max(0.0, left - (now - self._told) / 1000))

    def debrief_opened(self, now: int) -> bool:
        """Return whether the facilitator has opened the debrief since the host was asked last.

        Raises:
            LostError: The host did not answer when it was asked last.
        """
        before = self.status.phase
        return self._asks(now) and before != "debrief" and self.status.phase == "debrief"

    def debrief(self) -> str | Refused:
        """Return the address of the debrief page, once the facilitator has opened it."""
        return self._remote.debrief(self.lang)

    def pin(self) -> str | Refused:
        """Return four digits that let another device of this person in."""
        return self._remote.pin(self.lang)

    @property
    def address(self) -> str:
        """The host's address."""
        return self._remote.client.address

    def leave(self) -> None:
        """Leave; the host keeps the game."""
        self._left()
