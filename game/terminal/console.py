"""How does text reach a person, and what they type come back? In plain lines, for screen readers too."""

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from game.terminal.bell import Bell, bell

MOST_WIDTH: Final = 100
"""Columns of a line at most: longer ones are hard to read."""

LEAST_WIDTH: Final = 20
CURTAIN: Final = 60
"""Blank lines that push what stands on the screen out of sight; more than any usual window has rows."""

_ACTING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Letters by which a text from elsewhere could move the cursor, colour or clear the screen."""

_HANG: Final = re.compile(r" *(?:\d+[.)] +|- )?")


@dataclass(frozen=True)
class Console:
    """Where a person reads and types.

    Attributes:
        read: Shows a prompt and returns the line typed; raises EOFError at the end of input.
        write: Shows one line.
        width: Tells how many columns there are now.
        bell: Reads, where it can be rung; None where nobody can be told anything while they type.
    """

    read: Callable[[str], str]
    write: Callable[[str], None]
    width: Callable[[], int]
    bell: Bell | None = None

    def say(self, lines: Iterable[str]) -> None:
        """Show lines, each wrapped at the width; what a list's number indents stays indented."""
        width = min(max(self.width(), LEAST_WIDTH), MOST_WIDTH)
        for line in lines:
            for part in wrapped(_ACTING.sub("", line), width):
                self.write(part)

    def ask(self, prompt: str) -> str:
        """Return what the person types, without spaces around it; bytes that are no letters become question marks.

        Raises:
            EOFError: Input has ended.
        """
        return self.read(prompt + " ").encode(errors="replace").decode().strip()

    def draw_curtain(self) -> None:
        """Push what was shown before out of sight."""
        for _row in range(CURTAIN):
            self.write("")


def wrapped(line: str, width: int) -> list[str]:
    """Return a line in parts of at most so many columns, longer only where a word is."""
    if len(line) <= width:
        return [line]
    found = _HANG.match(line)
    hang = " " * min(found.end() if found else 0, width // 2)
    return textwrap.wrap(
        line, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    ) or [""]


def _columns() -> int:
    return shutil.get_terminal_size().columns


def standard_console() -> Console:
    """Return the console of standard input and output.

    Where input is no terminal, what is read is shown after its prompt, so that a kept text can be followed.
    """
    if sys.stdin is None:
        return Console(_no_input, _write, _columns)
    if sys.stdin.isatty():
        found = bell()
        return Console(input if found is None else found.read, _write, _columns, found)
    return Console(_read_and_show, _write, _columns)


def _no_input(_prompt: str) -> str:
    raise EOFError


def _write(line: str) -> None:
    print(line)


def _read_and_show(prompt: str) -> str:
    typed = input(prompt)
    print(typed)
    return typed
