"""How is a file written? Whole or not at all; and what keeps it from that is told in one message."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from game.base.errors import EnvironmentLacksError, UsageError
from game.locale import _


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn what keeps a file or folder from being written into one message.

    Raises:
        EnvironmentLacksError: It cannot be written.
    """
    try:
        yield
    except OSError as problem:
        message = _("{path} cannot be written: {reason}")
        raise EnvironmentLacksError(
            message.format(path=path, reason=problem.strerror or problem)
        ) from problem


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, on the disk once this returns; its folder is made if it is not there.

    Raises:
        EnvironmentLacksError: It cannot be written there.
    """
    place = path.resolve()
    draft = place.with_name(f".{place.name}.new")
    with writable(path):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if place.exists():
                draft.chmod(place.stat().st_mode)
            draft.replace(place)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise


def refuse_if_changed(path: Path, content: bytes | None) -> None:
    """Make sure that a file is as it was read.

    Args:
        path: The file.
        content: Its bytes when it was read; None if it was not there.

    Raises:
        UsageError: Something else stands there now.
    """
    if (path.read_bytes() if path.exists() else None) != content:
        message = _("{path} was changed by someone else just now; nothing more was written: check it again")
        raise UsageError(message.format(path=path))
