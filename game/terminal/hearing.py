"""What does somebody at the prompt hear of their group session meanwhile? Turns, pauses, messages, the end; at once."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, TypeAlias

from pydantic import ValidationError

from game.base.errors import ContentError
from game.locale import _, language
from game.play.views import View
from game.remote.client import LostError
from game.remote.listening import Listener
from game.remote.seat import RemoteSeat, is_due
from game.remote.talk import offered_with, speaker
from game.session.api import Message, RoomStatus
from game.terminal.bell import GoneOnError, LateBell
from game.terminal.console import Console
from game.terminal.messaging import lines_of

_News: TypeAlias = Callable[[], None]

_REST: Final = 2.0
"""Seconds between looks while one waits for the others, whatever is heard."""


class Ear:
    """Listens to a host while somebody is at the prompt.

    Attributes:
        seat: The seat of whoever is there.
        console: Where they read and type, and are told what is heard.
    """

    def __init__(self, seat: RemoteSeat, console: Console) -> None:
        self.seat = seat
        self._bell = console.bell or LateBell(console.read)
        self.console = replace(console, read=self._bell.read)
        self._news: deque[_News] = deque()
        self._status: RoomStatus | None = None
        self._heard: int | None = None
        self._changed = threading.Event()
        self._looking = threading.Lock()
        self._listener = Listener(seat.client, self._look)

    @property
    def interrupts(self) -> bool:
        """Whether somebody who is typing goes on with the game at once, without pressing Enter."""
        return self._bell.ends_reading

    @contextmanager
    def listening(self) -> Iterator["Ear"]:
        """Listen within a `with` block."""
        with self._bell.rung_for(self._is_due, self._tell):
            self._listener.start()
            try:
                yield self
            finally:
                self._listener.end()

    def wait(self, since: int, lang: str) -> View:
        """Return the view as `RemoteSeat.wait` does, and tell what is heard until then.

        Raises:
            ContentError: The host knows this participant no more.
        """
        while True:
            self._changed.clear()
            try:
                self._tell()
            except GoneOnError:
                continue
            status = self._status
            if (
                status is not None
                and status.phase != "lobby"
                and (status.turn, status.phase) != (since, "playing")
            ):
                view = self.seat.view(lang)
                if is_due(view, since):
                    return view
            self._changed.wait(timeout=_REST)

    def _is_due(self) -> bool:
        """Return whether there is something to tell; who can be told nothing while they type is looked after now."""
        if isinstance(self._bell, LateBell) and not self._news:
            self._look(None)
        return bool(self._news)

    def _tell(self) -> None:
        while self._news:
            self._news.popleft()()

    def _look(self, told: str | None) -> None:
        """Find out what is new, after the host has told that something is, or when it cannot tell."""
        with self._looking:
            self._find_out(told)

    def _find_out(self, told: str | None) -> None:
        kind, _space, status = (told or "").partition(" ")
        try:
            found = RoomStatus.model_validate_json(status) if status else self.seat.glance()
            messages = None if kind == "status" else self.seat.messages()
        except (LostError, ValidationError):
            return
        except ContentError as error:
            self._lost(error)
            return
        if messages is not None:
            self._hear(messages)
        self._compare(found)
        self._changed.set()
        if self._news:
            self._bell.ring()

    def _lost(self, error: ContentError) -> None:
        def tell() -> None:
            self._news.append(tell)  # whatever is asked for after this, there is nobody to ask
            raise error

        self._listener.stop()
        self._news.append(tell)
        self._changed.set()
        self._bell.ring()

    def _hear(self, messages: Sequence[Message]) -> None:
        """Tell of messages that are new; those of the first time were there before one listened."""
        before = self._heard
        for item in messages:
            if before is not None and item.number > before and not self.seat.has_said(item):
                self._news.append(lambda item=item: self._say_message(item))  # type: ignore[misc]
        self._heard = max([before or 0, *(item.number for item in messages)])

    def _compare(self, found: RoomStatus) -> None:
        before, self._status = self._status, found
        if before is None:
            return
        if (found.turn, found.phase) != (before.turn, before.phase):
            self._news.append(_go_on)
        elif found.paused and not before.paused:
            self._news.append(lambda: self.console.say([_("The game is paused.")]))
        elif before.paused and not found.paused:
            self._news.append(lambda: self.console.say([_("The game goes on.")]))

    def _say_message(self, item: Message) -> None:
        view = self.seat.view(language())
        told = _("Message from {who}: {text}").format(who=speaker(view, item), text=item.text)
        self.console.say(lines_of(told))
        offered = offered_with(view, item)
        if offered:
            self.console.say([offered])


def _go_on() -> None:
    raise GoneOnError
