"""How does a server process learn what another has kept? PostgreSQL tells it."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "rival_readings"
"""The channel on which changed streams are told."""

_LOG: Final = logging.getLogger(__name__)

_LOOK_UP: Final = 0.5
"""Seconds between looks whether to stop."""

_LONGEST_REST: Final = 5.0
"""Seconds before another try to connect, at most."""


class Listener:
    """A thread that listens, and connects again for as long as it takes."""

    Heard: TypeAlias = Callable[[Sequence[tuple[str, int, int]] | None], None]
    """Called with sessions, streams and sizes, as many as came at once; with None where some may have been missed."""

    def __init__(self, url: str, heard: Heard) -> None:
        """Begin to listen.

        Args:
            url: Address of the database.
            heard: Called in the listener's thread.
        """
        self._url = url
        self._heard = heard
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="store-listener", daemon=True)
        self._thread.start()
        self._ready.wait(_LONGEST_REST)

    def _listen(self) -> None:
        import psycopg

        rest = 0.1
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as link:
                    link.execute(f"LISTEN {CHANNEL}")
                    self._heard(None)
                    self._ready.set()
                    rest = 0.1
                    self._pass_on(link)
            except psycopg.Error as error:
                _LOG.info("the database is away: %s", error)
            except Exception:
                _LOG.exception("news was not taken in; all is read again")
            self._stop.wait(rest)
            rest = min(2 * rest, _LONGEST_REST)

    def _pass_on(self, link: "psycopg.Connection[tuple[object, ...]]") -> None:
        while not self._stop.is_set():
            came = [note.payload.split(" ") for note in link.notifies(timeout=_LOOK_UP, stop_after=1)]
            if came:
                self._heard([(session, int(stream), int(size)) for session, stream, size in came])

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        self._thread.join()
