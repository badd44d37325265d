"""How is a game kept so that nothing confirmed is ever lost?

A journal is a text file of JSON Lines that only grows. Each line carries its number and a checksum, and is
synced to the disk before anybody is told that it stands. A last line torn by a crash is dropped with a note;
any other damage is refused, and a refused file is never written to.
"""

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from game.base.errors import ContentError, EnvironmentLacksError, RivalReadingsError, UsageError
from game.locale import _

FORMAT: Final = 1
"""Version of the journal's records; files of a later one are refused."""

MOST_BYTES: Final = 64 * 1024 * 1024
"""A journal larger than this is not one of ours."""

_APPEND: Final = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)

Record: TypeAlias = dict[str, Any]


def _line(number: int, record: Mapping[str, Any]) -> bytes:
    body = json.dumps({"n": number, **record}, ensure_ascii=False, separators=(",", ":"))
    checksum = zlib.crc32(body.encode())
    return f'{body[:-1]},"crc":{checksum}}}\n'.encode()


def _parsed(line: bytes, number: int) -> Record | None:
    """Return a line's record, or None if it is damaged or out of place."""
    try:
        record = json.loads(line)
        checksum = record.pop("crc")
        body = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None
    if checksum != zlib.crc32(body.encode("utf-8", "surrogatepass")):
        return None
    return record if record.pop("n", None) == number else None


def written(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the content of a journal's file that holds these records."""
    return b"".join(_line(number, record) for number, record in enumerate(records))


@dataclass(frozen=True, slots=True)
class Contents:
    """What a journal holds.

    Attributes:
        records: All whole records in order.
        size: Bytes that they take; anything after them is a torn last line.
        torn: Whether there is such a line.
    """

    records: tuple[Record, ...]
    size: int
    torn: bool


def read(path: Path) -> Contents:
    """Read a journal without changing it.

    Raises:
        UsageError: There is no such file, or it cannot be read.
        ContentError: It is no journal, was made by a later version, or is damaged elsewhere than at its end.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ContentError(_("{path} is too large to be a saved game.").format(path=path))
        content = path.read_bytes()
    except OSError as error:
        message = _("The saved game {path} cannot be read: {why}.")
        raise UsageError(message.format(path=path, why=error.strerror)) from error
    records: list[Record] = []
    size = 0
    lines = content.splitlines(keepends=True)
    for number, line in enumerate(lines):
        record = _parsed(line, number) if line.endswith(b"\n") else None
        if record is None:
            if number == len(lines) - 1 and records and not line.endswith(b"\n"):
                return Contents(tuple(records), size, torn=True)
            raise _refusal(path, number + 1, records)
        records.append(record)
        size += len(line)
    if not records:
        raise ContentError(_("{path} is empty: it holds no saved game.").format(path=path))
    _check_first(path, records[0])
    return Contents(tuple(records), size, torn=False)


def _refusal(path: Path, line: int, records: list[Record]) -> ContentError:
    if not records:
        return ContentError(_("{path} is not a saved game of Rival Readings.").format(path=path))
    message = _(
        "The saved game {path} is damaged at line {line}. Nothing was changed; restore the file from a copy."
    )
    return ContentError(message.format(path=path, line=line))


def _check_first(path: Path, first: Record) -> None:
    if first.get("record") != "game":
        raise ContentError(_("{path} is not a saved game of Rival Readings.").format(path=path))
    if first.get("format") != FORMAT:
        message = _(
            "The saved game {path} was made by another version ({version}) of Rival Readings. "
            "Install that version to go on with it."
        )
        raise ContentError(message.format(path=path, version=first.get("version")))


class Journal:
    """A journal open for more records."""

    def __init__(self, path: Path, file: int, contents: Contents) -> None:
        self.path = path
        self._file = file
        self._count = len(contents.records)
        self._size = contents.size
        self._on_disk = os.fstat(file).st_size

    @classmethod
    def create(cls, path: Path, first: Mapping[str, Any]) -> "Journal":
        """Begin a journal.

        Raises:
            UsageError: The file exists already.
            EnvironmentLacksError: It cannot be written, for instance because the disk is full; no file is left.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_CREAT | os.O_EXCL | _APPEND, 0o600)
        except OSError as error:
            if os.path.lexists(path):
                message = _("{path} exists already. Go on with it by --resume, or choose another name.")
                raise UsageError(message.format(path=path)) from error
            message = _("The game cannot be saved in {path}: {why}.")
            raise EnvironmentLacksError(message.format(path=path, why=error.strerror)) from error
        _lock(path, file)
        journal = cls(path, file, Contents((), 0, torn=False))
        try:
            journal.append({"record": "game", "format": FORMAT, **first})
            _sync_folder(path.parent)
        except (RivalReadingsError, OSError):
            journal.close()
            path.unlink()
            raise
        return journal

    @classmethod
    def open(cls, path: Path, contents: Contents) -> "Journal":
        """Open a journal for more records; a torn last line is cut off when the first of them is added.

        Raises:
            UsageError: It is open in another window.
            EnvironmentLacksError: It cannot be written.
        """
        try:
            file = os.open(path, _APPEND)
        except OSError as error:
            message = _("The game cannot be saved in {path}: {why}.")
            raise EnvironmentLacksError(message.format(path=path, why=error.strerror)) from error
        _lock(path, file)
        return cls(path, file, contents)

    def append(self, record: Mapping[str, Any]) -> None:
        """Add a record; it is on the disk when this returns.

        Raises:
            EnvironmentLacksError: It cannot be written, for instance because the disk is full; the file is left
                as it was before.
            ContentError: Somebody else has written to it.
        """
        line = _line(self._count, record)
        if os.fstat(self._file).st_size != self._on_disk:
            message = _("The saved game {path} was changed by another program. Resume it to go on.")
            raise ContentError(message.format(path=self.path))
        try:
            os.ftruncate(self._file, self._size)
            written = 0
            while written < len(line):
                written += os.write(self._file, line[written:])
            os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, self._size)
            self._on_disk = self._size
            message = _("The game cannot be saved in {path}: {why}. Nothing confirmed before is lost.")
            raise EnvironmentLacksError(message.format(path=self.path, why=error.strerror)) from error
        self._count += 1
        self._size += len(line)
        self._on_disk = self._size

    def close(self) -> None:
        """Close the file; the journal takes no more records. Closing twice does no harm."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class Nowhere:
    """Keeps nothing: for a game that is only tried or looked at."""

    def append(self, record: Mapping[str, Any]) -> None:
        """Drop the record."""

    def close(self) -> None:
        """Do nothing."""


def _lock(path: Path, file: int) -> None:
    """Keep other processes from writing to an open journal, where the system can; ends with the file.

    Raises:
        UsageError: Another process has it open; the file is closed again.
    """
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        message = _("The saved game {path} is open in another window. Go on there, or close it first.")
        raise UsageError(message.format(path=path)) from error


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file's name is on the disk, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
