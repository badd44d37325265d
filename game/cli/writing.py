"""How is a file written for a person? In place of an older one of its kind, and of nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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


def write_over(out: Path, text: str, begins: bytes) -> None:
    """Write a file, in place of an older one of the same kind but of nothing else.

    Raises:
        UsageError: Something else stands there, or it cannot be written.
    """
    try:
        with out.open("rb") as file:
            other = file.read(len(begins)) != begins
    except FileNotFoundError:
        other = False
    except OSError as problem:
        message = _("{path} cannot be written: {reason}")
        raise UsageError(message.format(path=out, reason=problem.strerror or problem)) from problem
    if other:
        message = _("{path} exists already and is something else: name another file")
        raise UsageError(message.format(path=out))
    write(out, text.encode("utf-8"))
    print(_("{path}: written.").format(path=out))
