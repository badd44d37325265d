"""How is somebody told something at once while they type? On a line of its own, then the prompt with what was typed."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from types import FrameType, ModuleType
from typing import Any, Final

from game.base.errors import RivalReadingsError

_HEARD_WITHIN: Final = 0.02
"""Seconds after which a bell that was not heard rings again."""


class GoneOnError(Exception):
    """What somebody was asked for is of no use any more: the game has gone on."""


class _RungError(Exception):
    """The bell has rung."""


class Bell:
    """Reads lines, and can be rung by another thread meanwhile.

    What is being typed cannot be read here: the system holds it, and it still counts, although it is not shown again.

    Attributes:
        ends_reading: Whether GoneOnError reaches who is typing at once, not with the line that they end.
    """

    ends_reading = False

    def __init__(self) -> None:
        self._is_due: Callable[[], bool] = lambda: False
        self._tell: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._asked: tuple[str, Context] | None = None

    @contextmanager
    def rung_for(self, is_due: Callable[[], bool], tell: Callable[[], None]) -> Iterator[None]:
        """Tell of something within a `with` block.

        Args:
            is_due: Returns whether there is something to tell.
            tell: Tells all that there is; raises GoneOnError where nothing is left to type.
        """
        before = self._is_due, self._tell
        self._is_due, self._tell = is_due, tell
        try:
            yield
        finally:
            self._is_due, self._tell = before

    def read(self, prompt: str) -> str:
        """Return the line that somebody types after a prompt.

        Raises:
            EOFError: Input has ended.
            GoneOnError: Nothing is left to type.
        """
        while not self._ask(prompt):
            self._tell()
        try:
            return input(prompt)
        finally:
            with self._lock:
                self._asked = None

    def _ask(self, prompt: str) -> bool:
        """Let whoever types be told things from now on; return whether nothing has to be told before."""
        with self._lock:
            if self._is_due():
                return False
            self._asked = (prompt, copy_context())
            return True

    def ring(self) -> None:
        """Have whoever is typing told what there is; others are told before they type."""
        with self._lock:
            if self._asked is None:
                return
            prompt, spoken = self._asked
            print()
            try:
                spoken.run(self._tell)
            except GoneOnError:  # the next line that is typed meets it
                pass
            except RivalReadingsError as error:  # and so does what is asked for next
                print(error)
            print(prompt, end="", flush=True)


class LateBell(Bell):
    """Tells what there is before the next prompt, and nothing while a line is read: where input is no terminal."""

    def __init__(self, read: Callable[[str], str]) -> None:
        """Prepare to read by a function that shows a prompt and returns a line."""
        super().__init__()
        self._read = read

    def read(self, prompt: str) -> str:
        """Return the line that follows a prompt."""
        while self._is_due():
            self._tell()
        return self._read(prompt)

    def ring(self) -> None:
        """Do nothing: who reads is told before the next line."""


class EditingBell(Bell):
    """Reads lines by the system's line editor, and gives back what is being typed.

    A signal ends the reading; it begins anew with what was typed until then. One that comes while the editor is only
    about to read would be lost in it, so that the bell rings until it is heard.
    """

    ends_reading = True

    def __init__(self, editor: ModuleType) -> None:
        """Prepare to read by the module `readline`."""
        super().__init__()
        self._editor = editor
        self._typed = ""
        self._is_reading = self._is_open = False

    @contextmanager
    def rung_for(self, is_due: Callable[[], bool], tell: Callable[[], None]) -> Iterator[None]:
        """Tell of something within a `with` block."""
        before: Any = signal.signal(signal.SIGUSR1, self._end_reading)
        try:
            with super().rung_for(is_due, tell):
                yield
        finally:
            signal.signal(signal.SIGUSR1, before)

    def read(self, prompt: str) -> str:
        """Return the line that somebody types after a prompt."""
        while True:
            try:
                self._is_reading = True
                if not self._is_due():
                    self._editor.set_startup_hook(self._open)
                    line = input(prompt)
                    self._is_open, self._typed = False, ""
                    return line
                self._is_reading = False
                self._tell()
            except _RungError:
                print()
            finally:
                self._is_reading = self._is_open = False
                self._editor.set_startup_hook()

    def ring(self) -> None:
        """Have whoever is typing told what there is; others are told before they type."""
        while self._is_reading and self._is_due():
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
            time.sleep(_HEARD_WITHIN)

    def _open(self) -> None:
        self._editor.insert_text(self._typed)
        self._is_open = True

    def _end_reading(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_open:
            self._is_open = False
            self._typed = self._editor.get_line_buffer()
            raise _RungError


def bell() -> Bell | None:
    """Return what reads from standard input; None where that is no terminal on which somebody could be told."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    try:
        import readline
    except ImportError:
        return Bell()
    return EditingBell(readline)
