"""Where is a group session kept? In a database that only grows, by one writer that commits for all who wait.

SQLite keeps a file in the user's folder; PostgreSQL lets several server processes share sessions. A stream is
one room of a session, or its hall (stream 0). Whoever adds to a stream says how long they know it to be; if
somebody else was faster, they are told so, read again and try again.
"""

import json
import logging
import queue
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from game.base.errors import EnvironmentLacksError
from game.locale import _
from game.session.listening import CHANNEL, Listener
from game.session.sharing import Connected, Roster
from game.session.stored import Reader, UnsavedError, engine_of, why
from game.session.tables import METADATA, devices, records, sessions, streams, tokens

_MOST_AT_ONCE: Final = 500
"""Batches that share one commit at most."""

_CROWD_PAUSE: Final = 0.01
"""Seconds that a commit waits for more batches where the one before was shared: fewer leave more time for the rest."""

_LOG: Final = logging.getLogger(__name__)

_GROW: Final = (
    sa.update(streams)
    .where(streams.c.session == sa.bindparam("of_session"), streams.c.stream == sa.bindparam("of_stream"))
    .values(size=sa.bindparam("now"))
)
_ADD: Final = sa.insert(records)
_LOCK: Final = (
    sa.select(streams.c.session, streams.c.stream, streams.c.size)
    .where(sa.tuple_(streams.c.session, streams.c.stream).in_(sa.bindparam("places", expanding=True)))
    .order_by(streams.c.session, streams.c.stream)
    .with_for_update()
)
_TELL: Final = sa.text("SELECT pg_notify(:channel, told) FROM unnest(CAST(:news AS text[])) AS told")
"""Statements that every order needs, put together once."""


class ConflictError(Exception):
    """Somebody else has added to the stream."""


@dataclass(slots=True, eq=False)
class Chain:
    """Batches that build on one another.

    Attributes:
        broken: One of them was not kept, so nothing that came after it counts either.
    """

    broken: bool = False


@dataclass(slots=True, eq=False)
class Batch:
    """Records of one stream that stand or fall together.

    Attributes:
        session: The session's id.
        stream: 0 for the hall, else the room's number.
        first: How long the stream is known to be.
        at: When they were made.
        bodies: The records.
        chain: What it builds on beside what is kept.
        key: What the maker called them, if anything.
        answer: What the maker will be told, as JSON.
        tokens: Participants by the hashes of new tokens.
        revoked: Participants whose older tokens end.
        opens: The code by which a new session is joined; None if it is not new.
    """

    session: str
    stream: int
    first: int
    at: float
    bodies: Sequence[Mapping[str, Any]]
    chain: Chain = field(default_factory=Chain)
    key: str | None = None
    answer: str | None = None
    tokens: Mapping[str, str] = field(default_factory=dict)
    revoked: Sequence[str] = ()
    opens: str | None = None


class Store(Reader):
    """Keeps sessions in a database."""

    def __init__(self, where: str | Path) -> None:
        """Open a store, made if it is new.

        Args:
            where: A file for SQLite, or a database's address such as `postgresql://...`.

        Raises:
            UsageError: It is no address of a store.
            EnvironmentLacksError: It cannot be opened.
        """
        super().__init__(where)
        self._writing = engine_of(where, "BEGIN IMMEDIATE")
        self._roster = Roster()
        self._notifies = self._writing.dialect.name == "postgresql"
        try:
            METADATA.create_all(self._writing)
        except SQLAlchemyError as error:
            message = _("The store of group sessions cannot be opened: {why}.")
            raise EnvironmentLacksError(message.format(why=why(error))) from error
        self._waiting: queue.SimpleQueue[tuple[Batch, Future[None]] | None] = queue.SimpleQueue()
        self._closed = False
        self._closing = threading.Lock()
        self._writer = threading.Thread(target=self._write, name="store-writer", daemon=True)
        self._writer.start()
        self._listener: Listener | None = None

    @property
    def shared(self) -> bool:
        """Whether several processes may use it at once."""
        return self._notifies

    def submit(self, batch: Batch) -> "Future[None]":
        """Queue a batch; the future is done once it is on the disk.

        It fails with ConflictError or UnsavedError.
        """
        done: Future[None] = Future()
        with self._closing:
            if not self._closed:
                self._waiting.put((batch, done))
                return done
        batch.chain.broken = True
        done.set_exception(UnsavedError(_("the session is closing")))
        return done

    def delete(self, session: str) -> None:
        """Delete all of a session.

        Raises:
            UnsavedError: The database refused.
        """
        try:
            with self._writing.begin() as link:
                for table in (records, streams, tokens, devices):
                    link.execute(sa.delete(table).where(table.c.session == session))
                link.execute(sa.delete(sessions).where(sessions.c.id == session))
                if self._notifies:
                    _notify(link, [(session, -1, -1)])
            if not self._notifies:
                with self._reading.connect() as link:
                    link.exec_driver_sql("COMMIT")
                    link.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except SQLAlchemyError as error:
            raise UnsavedError(why(error)) from error

    def exchange(self, here: Connected) -> dict[str, dict[str, int]]:
        """Tell other processes who is connected here and return who is connected to them, by session.

        Raises:
            UnsavedError: The database cannot be reached.
        """
        if not self.shared:
            return {}
        try:
            return self._roster.exchange(self._writing, here)
        except SQLAlchemyError as error:
            raise UnsavedError(why(error)) from error

    def listen(self, heard: "Listener.Heard") -> None:
        """Call back whenever another process has changed a stream; only where processes share the store."""
        if self._notifies and self._listener is None:
            url = self._writing.url.set(drivername="postgresql")
            self._listener = Listener(url.render_as_string(hide_password=False), heard)

    def close(self) -> None:
        """Write what waits and close. Closing twice does no harm."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._waiting.put(None)
        if self._listener is not None:
            self._listener.close()
        self._writer.join()
        self._writing.dispose()
        self._reading.dispose()

    def _write(self) -> None:
        """Commit all that waits in one transaction, over and over: the writer's thread."""
        going, crowded = True, False
        while going:
            group = [self._waiting.get()]
            if crowded:
                time.sleep(_CROWD_PAUSE)
            while len(group) < _MOST_AT_ONCE:
                try:
                    group.append(self._waiting.get_nowait())
                except queue.Empty:
                    break
            going, crowded = None not in group, len(group) > 1
            self._commit([item for item in group if item is not None])
            group.clear()  # nothing of it is held while there is nothing to do

    def _commit(self, group: list[tuple[Batch, "Future[None]"]]) -> None:
        if not group:
            return
        try:
            with self._writing.begin() as link:
                lost = self._add(link, [batch for batch, _done in group])
        except Exception as error:
            if len(group) > 1:
                for item in group:
                    self._commit([item])
                return
            _LOG.warning("not saved: %s", why(error))
            group[0][0].chain.broken = True
            group[0][1].set_exception(UnsavedError(why(error)))
            return
        for at, (batch, done) in enumerate(group):
            if at in lost:
                batch.chain.broken = True
                done.set_exception(ConflictError())
            else:
                done.set_result(None)

    def _add(self, link: sa.Connection, batches: list[Batch]) -> set[int]:
        """Add batches to their streams; return which of them came too late."""
        for batch in batches:
            if batch.opens is not None:
                row = {"id": batch.session, "code": batch.opens, "created": batch.at}
                link.execute(sa.insert(sessions), row)
            if batch.first == 0:
                row = {"session": batch.session, "stream": batch.stream, "size": 0}
                link.execute(_insert_unless_there(link, streams), row)
        known = _locked_sizes(link, {(batch.session, batch.stream) for batch in batches})
        before = dict(known)
        rows: list[dict[str, Any]] = []
        lost = set()
        broken = {batch.chain for batch in batches if batch.chain.broken}
        for at, batch in enumerate(batches):
            place = (batch.session, batch.stream)
            if batch.chain in broken or known.get(place) != batch.first:
                broken.add(batch.chain)
                lost.add(at)
                continue
            rows.extend(_rows(batch))
            known[place] += len(batch.bodies)
            _change_tokens(link, batch)
        grown = [(*place, size) for place, size in known.items() if size != before[place]]
        if rows:
            link.execute(_ADD, rows)
            link.execute(
                _GROW,
                [
                    {"of_session": session, "of_stream": stream, "now": size}
                    for session, stream, size in grown
                ],
            )
        if self._notifies:
            _notify(link, grown)
        return lost


def _insert_unless_there(link: sa.Connection, table: sa.Table) -> Any:
    if link.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()


def _locked_sizes(link: sa.Connection, places: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Return streams' sizes and keep others from changing them until the transaction ends."""
    found = link.execute(_LOCK, {"places": sorted(places)})
    return {(session, stream): size for session, stream, size in found}


def _rows(batch: Batch) -> list[dict[str, Any]]:
    last = len(batch.bodies) - 1
    return [
        {
            "session": batch.session,
            "stream": batch.stream,
            "n": batch.first + at,
            "at": batch.at,
            "key": batch.key if at == last else None,
            "answer": batch.answer if at == last else None,
            "body": json.dumps(body, ensure_ascii=True, separators=(",", ":")),
        }
        for at, body in enumerate(batch.bodies)
    ]


def _change_tokens(link: sa.Connection, batch: Batch) -> None:
    for participant in batch.revoked:
        mine = (tokens.c.session == batch.session) & (tokens.c.participant == participant)
        link.execute(sa.delete(tokens).where(mine))
    for hashed, participant in batch.tokens.items():
        row = {"hash": hashed, "session": batch.session, "participant": participant}
        link.execute(sa.insert(tokens), row)


def _notify(link: sa.Connection, grown: Sequence[tuple[str, int, int]]) -> None:
    if grown:
        news = [f"{session} {stream} {size}" for session, stream, size in grown]
        link.execute(_TELL, {"channel": CHANNEL, "news": news})
