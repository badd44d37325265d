"""How does every command begin and end? Streams, language, errors as one message, exit codes."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from itertools import pairwise
from typing import Final, TextIO

from game.base.errors import EnvironmentLacksError, RivalReadingsError
from game.locale import LANGUAGES, _, speak

INTERRUPTED: Final = 130
OWN_MISTAKE: Final = 1
"""Exit code where the program itself is wrong, which no input should bring about."""

SHOW_TRACEBACK: Final = "RIVAL_READINGS_TRACEBACK"
"""Environment variable that, set to anything, has mistakes of the program itself shown in full."""


def prepare_streams() -> None:
    """Have text written as UTF-8 whatever the system's habit, so that no report fails on a letter."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, "backslashreplace")
    _reconfigure(sys.stdin, "replace")


def _reconfigure(stream: TextIO | None, errors: str) -> None:
    if stream is not None and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors=errors)


def language_in(words: Sequence[str]) -> str | None:
    """Return the language that a command line asks for last, before it is understood; None if it asks for none."""
    spoken = None
    for word, following in pairwise((*words, "")):
        wanted = following if word == "--lang" else word.removeprefix("--lang=") if "=" in word else ""
        if wanted in LANGUAGES:
            spoken = wanted
    return spoken


def tell(message: str) -> None:
    """Say something to the person that is not the command's result."""
    if sys.stderr is not None:
        print(message, file=sys.stderr, flush=True)


def guarded(action: Callable[[], int], lang: str | None = None) -> int:
    """Run a command's work and return its exit code; whatever goes wrong becomes one message.

    Args:
        action: The work; returns the exit code.
        lang: The language to speak, the present one if None.
    """
    with speak(lang) if lang else nullcontext():
        try:
            code = action()
            if sys.stdout is not None:
                sys.stdout.flush()
        except RivalReadingsError as error:
            tell(_("Error: {message}").format(message=error))
            return error.exit_code
        except KeyboardInterrupt:
            if sys.stderr is not None and sys.stderr.isatty():
                tell("")
            return INTERRUPTED
        except BrokenPipeError:
            _forget_output()
            return 0
        except OSError as error:
            _forget_output()
            tell(_("Error: {message}").format(message=error.strerror or error))
            return EnvironmentLacksError.exit_code
        except MemoryError:
            tell(_("Error: {message}").format(message=_("there is not enough memory; ask for fewer games")))
            return EnvironmentLacksError.exit_code
        except Exception as error:
            tell(_own_mistake(error))
            return OWN_MISTAKE
    return code


def _forget_output() -> None:
    """Let what is still to be written go nowhere: the reader has gone, or the disk is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)


def _own_mistake(error: Exception) -> str:
    if os.environ.get(SHOW_TRACEBACK):
        return traceback.format_exc()
    message = _(
        "Error: this is a mistake in Rival Readings itself ({kind}: {detail}). "
        "Please report it; {variable}=1 before the command shows the details."
    )
    return message.format(kind=type(error).__name__, detail=error, variable=SHOW_TRACEBACK)
