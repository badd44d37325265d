"""How is a file written for a person? In place of an older one of its kind, and of nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario.authoring.opened import write

PAGE_BEGINS: Final = b"<!DOCTYPE html>"
"""What every page of ours begins with."""


@contextmanager
def cannot_write(path: Path) -> Iterator[None]:
    """Turn what keeps files from being written into one message.

    Raises:
        UsageError: They cannot be written.
    """
    try:
        yield
    except OSError as problem:
        message = _("{path} cannot be written: {reason}")
        raise UsageError(message.format(path=path, reason=problem.strerror or problem)) from problem


def write_over(out: Path, text: str, begins: bytes, say: Callable[[str], None] = print) -> None:
    """Write a file, in place of an older one of the same kind but of nothing else.

    Args:
        out: The file.
        text: What it will hold.
        begins: What every file of its kind begins with.
        say: Tells the person that it was written.

    Raises:
        UsageError: Something else stands there, or it cannot be written.
    """
    check_over(out, begins)
    write(out, text.encode("utf-8"))
    say(_("{path}: written.").format(path=out))


def check_over(out: Path, begins: bytes) -> None:
    """Make sure that a file can be written over, before work is done whose result it will hold.

    Raises:
        UsageError: Something else stands there, or nothing can be written there.
    """
    try:
        with out.open("rb") as file:
            other = file.read(len(begins)) != begins
    except FileNotFoundError:
        other = False
        _check_folder(out)
    except OSError as problem:
        message = _("{path} cannot be written: {reason}")
        raise UsageError(message.format(path=out, reason=problem.strerror or problem)) from problem
    if other:
        message = _("{path} exists already and is something else: name another file")
        raise UsageError(message.format(path=out))


def _check_folder(out: Path) -> None:
    """Make sure that a new file can be made: in its folder, or in the nearest one above it that is there."""
    above = next(folder for folder in out.resolve().parents if folder.exists())
    with cannot_write(out), TemporaryFile(dir=above):
        pass
