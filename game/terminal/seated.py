"""What does the prompt know of the person in front of it? The screen, the seat, and what was shown last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from game.locale import _
from game.play.seat import Seat
from game.play.views import View
from game.play.wording import clock, last_stood_in
from game.remote.seat import RemoteSeat
from game.terminal.console import Console
from game.terminal.picking import Missed, Named, pick

OnNumber: TypeAlias = Callable[[int], None]


@dataclass
class Terminal:
    """What all seats of one screen share.

    Attributes:
        console: Where people read and type.
        lang: The language spoken now.
        where: The journal's file; None where a host keeps the game.
        left: Whether the person wants to leave.
        debrief: Address of the debrief page; empty until the host has told it.
    """

    console: Console
    lang: str
    where: Path | None
    left: bool = False
    debrief: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A message to others of a group session.

    Attributes:
        to: Whom it is for, as the host calls them.
        text: What it says.
        offer: The agreement that it offers, by id; None if none.
    """

    to: str
    text: str
    offer: str | None


class Seated:
    """One seat's person at the screen.

    Attributes:
        terminal: What all seats of the screen share.
        seat: The seat.
        view: What the seat shows now.
        past: Drafts of this turn before the present one, for taking back.
        on_number: What a number alone does, as the list that was shown last has it; None before there was one.
        unsent: A message that was written but could not be sent; None if there is none.
    """

    def __init__(self, terminal: Terminal, seat: Seat) -> None:
        self.terminal = terminal
        self.seat = seat
        self.view: View = seat.view(terminal.lang)
        self.past: list[tuple[str, ...]] = []
        self.on_number: OnNumber | None = None
        self.unsent: Written | None = None

    def say(self, lines: Sequence[str]) -> None:
        """Show lines."""
        self.terminal.console.say(lines)

    def ask(self, prompt: str) -> str:
        """Return what the person types."""
        return self.terminal.console.ask(prompt)

    def picked(self, text: str, items: Sequence[Named]) -> Named | None:
        """Return what a text means; where it means nothing, say so and return None."""
        found = pick(text, items)
        if isinstance(found, Missed):
            self.say([found.reason])
            return None
        return found

    def renew(self) -> None:
        """Look at the seat again."""
        self.view = self.seat.view(self.terminal.lang)

    @property
    def session(self) -> RemoteSeat | None:
        """The seat in a group session, in which others can be written to; None in a game of this screen's own."""
        return self.seat if isinstance(self.seat, RemoteSeat) else None

    @property
    def has_gone_on(self) -> bool:
        """Whether the host's game has gone on without this person: the turn's time ran out, or it was taken back."""
        return self.session is not None and self.session.has_gone_on(self.view)

    def time_left(self) -> list[str]:
        """Return how much time a group session leaves for the turn; nothing without a limit."""
        left = None if self.session is None else self.session.left()
        return [] if left is None else [_("Time left:") + f" {clock(left)}"]

    def played_by(self) -> list[str]:
        """Return that a bot or caretaker plays this seat, and what it did last; nothing while its people do."""
        if self.session is None or self.session.is_played_by_people(self.view.role):
            return []
        told = _("A bot or caretaker plays this seat now; the facilitator can hand it back.")
        return [told, *last_stood_in(self.view)]

    def begin_turn(self) -> None:
        """Forget what belonged to the turn before."""
        self.past.clear()
        self.renew()
