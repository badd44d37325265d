"""How is a file written for a person? In place of an older one of its kind, and of nothing else."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario.writing import writable, write

PAGE_BEGINS: Final = b"<!DOCTYPE html>"
"""What every page of ours begins with."""


def check_new(out: Path) -> None:
    """Make sure that a file to save a game in is new.

    Raises:
        UsageError: It exists.
    """
    if out.exists():
        message = _(
            "{path} exists already and is not overwritten: go on with it by --resume, or name another file"
        )
        raise UsageError(message.format(path=out))


def write_over(out: Path, text: str, begins: bytes, say: Callable[[str], None] = print) -> None:
    """Write a file, in place of an older one of the same kind but of nothing else.

    Args:
        out: The file.
        text: What it will hold.
        begins: What every file of its kind begins with.
        say: Tells the person that it was written.

    Raises:
        UsageError: Something else stands there.
        EnvironmentLacksError: It cannot be written.
    """
    check_over(out, begins)
    write(out, text.encode("utf-8"))
    say(_("{path}: written.").format(path=out))


def check_over(out: Path, begins: bytes) -> None:
    """Make sure that a file can be written over, before work is done whose result it will hold.

    Raises:
        UsageError: Something else stands there.
        EnvironmentLacksError: Nothing can be written there.
    """
    with writable(out):
        if not out.exists():
            _try_folder(out)
        elif out.is_dir() or not _begins(out, begins):
            message = _("{path} exists already and is something else: name another file")
            raise UsageError(message.format(path=out))


def _try_folder(out: Path) -> None:
    """Make a file for a moment in the folder of a new one, or in the nearest folder above it that is there."""
    above = next(folder for folder in out.resolve().parents if folder.exists())
    TemporaryFile(dir=above).close()


def _begins(path: Path, begins: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(begins)) == begins
