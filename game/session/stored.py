"""What is kept of a group session? Read from its database; several processes may read at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from game.base.errors import EnvironmentLacksError, UsageError
from game.locale import _
from game.session.tables import records, sessions, streams, tokens

_READ: Final = (
    sa.select(records.c.n, records.c.at, records.c.key, records.c.answer, records.c.body)
    .where(
        records.c.session == sa.bindparam("of_session"),
        records.c.stream == sa.bindparam("of_stream"),
        records.c.n >= sa.bindparam("since"),
    )
    .order_by(records.c.n)
)
"""The statement that reads a stream, put together once."""


_READ_MANY: Final = sa.text(
    "SELECT records.* FROM unnest(CAST(:streams AS int[]), CAST(:since AS int[])) AS wanted (of_stream, since) "
    "JOIN records ON session = :of_session AND stream = of_stream AND n >= since ORDER BY stream, n"
)
"""The same for several streams, on PostgreSQL."""


class UnsavedError(Exception):
    """The database refused; nothing has changed."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is kept.

    Attributes:
        number: Its place in its stream, from 0.
        at: When it was made, in seconds since 1970.
        key: What its maker called it, so that it is made once; None if nobody cares.
        answer: What the maker was told, as JSON.
        body: The record.
    """

    number: int
    at: float
    key: str | None
    answer: str | None
    body: dict[str, Any]


class Reader:
    """Reads sessions from a database."""

    def __init__(self, where: str | Path) -> None:
        """Open a store that is there already.

        Args:
            where: A file for SQLite, or a database's address such as `postgresql://...`.

        Raises:
            UsageError: It is no address of a store.
            EnvironmentLacksError: It cannot be opened.
        """
        self.where = str(where)
        self._reading = engine_of(where, "BEGIN")

    def read(self, session: str, stream: int, since: int = 0) -> list[StoredRecord]:
        """Return a stream's records from a number on.

        Raises:
            UnsavedError: The database cannot be read; so do the other questions here.
        """
        rows = self._found(_READ, {"of_session": session, "of_stream": stream, "since": since})
        return list(map(_record, rows))

    def read_many(self, session: str, since: Mapping[int, int]) -> dict[int, list[StoredRecord]]:
        """Return records of several streams at once, each from a number on; only where processes share the store."""
        found: dict[int, list[StoredRecord]] = {stream: [] for stream in since}
        wanted = {"of_session": session, "streams": list(since), "since": list(since.values())}
        for row in self._found(_READ_MANY, wanted) if since else ():
            found[row.stream].append(_record(row))
        return found

    def sizes(self, session: str) -> dict[int, int]:
        """Return how long each stream of a session is; empty for a session that does not exist."""
        query = sa.select(streams.c.stream, streams.c.size).where(streams.c.session == session)
        return {row.stream: row.size for row in self._found(query)}

    def sessions(self) -> list[str]:
        """Return the ids of all sessions."""
        return [row.id for row in self._found(sa.select(sessions.c.id))]

    def touched(self, session: str) -> float:
        """Return when something was last kept of a session, in seconds since 1970; 0 if there is none."""
        rows = self._found(sa.select(sa.func.max(records.c.at)).where(records.c.session == session))
        return float(rows[0][0] or 0.0)

    def session_of(self, code: str) -> str | None:
        """Return the session that a code joins."""
        rows = self._found(sa.select(sessions.c.id).where(sessions.c.code == code))
        return rows[0].id if rows else None

    def holder_of(self, hashed: str) -> tuple[str, str] | None:
        """Return session and participant of a token, given its hash."""
        rows = self._found(sa.select(tokens.c.session, tokens.c.participant).where(tokens.c.hash == hashed))
        return (rows[0].session, rows[0].participant) if rows else None

    def _found(self, query: sa.Executable, values: dict[str, Any] | None = None) -> Sequence[sa.Row[Any]]:
        try:
            with self._reading.connect() as link:
                return link.execute(query, values).all()
        except SQLAlchemyError as error:
            raise UnsavedError(why(error)) from error


def _record(row: sa.Row[Any]) -> StoredRecord:
    return StoredRecord(row.n, row.at, row.key, row.answer, json.loads(row.body))


def engine_of(where: str | Path, begin: str) -> sa.Engine:
    """Return what reaches a store.

    Args:
        where: A file for SQLite, or a database's address.
        begin: How a transaction begins on SQLite.

    Raises:
        UsageError: It is the address of another kind of database, or cannot be read.
        EnvironmentLacksError: The file cannot be made.
    """
    kind, is_address, _rest = str(where).partition("://")
    if is_address and kind.startswith("postgres"):
        return sa.create_engine(_url(str(where)).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if is_address and kind != "sqlite":
        message = _("a store is a file, or postgresql://...; one that begins with {kind}:// cannot be used")
        raise UsageError(message.format(kind=kind))
    path = _file_of(str(where)) if is_address else Path(where)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        message = _("The store of group sessions {path} cannot be opened: {why}.")
        raise EnvironmentLacksError(message.format(path=path, why=error.strerror)) from error
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": 10, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def _connected(link: Any, _record: Any) -> None:
        link.isolation_level = None
        # Two megabytes of pages are cached by default; the system does that as well.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "cache_size=-256"):
            link.execute(f"PRAGMA {pragma}").fetchall()

    @sa.event.listens_for(engine, "begin")
    def _begun(link: sa.Connection) -> None:
        link.exec_driver_sql(begin)

    return engine


def _url(text: str) -> sa.URL:
    """Read a database's address.

    Raises:
        UsageError: It is none. The message leaves the address out, which may hold a password.
    """
    try:
        url = sa.make_url(text)
    except (SQLAlchemyError, ValueError) as error:
        raise _unreadable() from error
    if "@" in (url.host or ""):  # the end of a password, which would be told as a host that is not there
        raise _unreadable()
    return url


def _file_of(text: str) -> Path:
    """Return the file that an address of SQLite names.

    Raises:
        UsageError: It names none.
    """
    file = _url(text).database
    if not file:
        raise _unreadable()
    return Path(file)


def _unreadable() -> UsageError:
    message = _(
        "the address of the store cannot be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, "
        "with a number for PORT and %40 for an @ in the password, or name a file"
    )
    return UsageError(message)


def why(error: Exception) -> str:
    """Return what a database says, without the statement and its values."""
    return str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
