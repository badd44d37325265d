"""How is the application served? By uvicorn, quietly, for a class in one network."""

import asyncio
import gc
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from game.server.waiting import Gate, Waiting

_MOST_MESSAGE: Final = 4096
"""Bytes that anybody may send over a socket at once: an order takes some hundred, and pages send nothing."""

_MOST_HEAD: Final = 32 * 1024
"""Bytes of a request before its body."""

_MOST_FILES: Final = 8192
"""Open files that are asked of the system, which often grants 1024 or 256 unasked: each connection is one."""

_IDLE: Final = 60
"""Seconds that a connection may rest: a phone that orders once a turn need not connect anew."""

_REST: Final = 0.05
"""Seconds of processor time in a second at which a server rests."""

_WHOLE_EACH: Final = 300.0
"""Seconds between looks at all that there is, which take a fifth of a second with 500 seats."""

_MOST_NEW: Final = 500_000
"""New objects at which garbage is looked for whatever a server does."""


class Fair(HttpToolsProtocol):
    """Serves a connection, unless half of all that there may be are from its address already.

    So one machine that opens thousands leaves room for the rest of the class; and none is heard without end.
    """

    _begun = 0
    """Bytes that have come since the last piece of a request was understood."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let somebody in who has connected."""
        super().connection_made(transport)
        most = _most_of_one()
        if len(self.connections) > most:
            address = _address_of(self)
            if sum(_address_of(each) == address for each in self.connections) > most:
                transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        self._begun += len(data)
        super().data_received(data)
        if self._begun > _MOST_HEAD and not self.transport.is_closing():
            self.send_400_response("Too much before the body.")

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._begun = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take in a part of the body."""
        self._begun = 0
        super().on_body(body)

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over to a socket, and leave nothing that only a look for garbage would find."""
        super().handle_websocket_upgrade()
        del self.parser


class Lasting(WebSocketsSansIOProtocol):
    """Serves a socket, which is open for as long as its page, in little memory.

    The application has to have read all that it wants to know of the request before it accepts it: from then on, what
    a socket was asked for with is gone.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Prepare to serve."""
        super().__init__(*args, **kwargs)
        self.queue, self.writable = Waiting(), Gate()  # type: ignore[assignment]

    def start_keepalive(self) -> None:
        """Go on after the handshake."""
        super().start_keepalive()
        self.request.headers.clear()
        self.scope.clear()  # type: ignore[attr-defined]
        for name in ("request", "response"):
            vars(self).pop(name, None)


def _address_of(connection: object) -> str:
    """Return whose a connection is, before and after it became a socket."""
    client: tuple[str, int] | None = getattr(connection, "client", None)
    return "" if client is None else client[0]


@cache
def _most_of_one() -> int:
    """Return how many connections one address may have, after having asked the system for more open files."""
    if sys.platform == "win32":
        return _MOST_FILES // 2
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return (wanted if soft == resource.RLIM_INFINITY else min(soft, _MOST_FILES)) // 2


def server_of(
    app: Starlette, bind: str, port: int, cert: Path | None = None, key: Path | None = None
) -> uvicorn.Server:
    """Return a server, ready to run.

    Args:
        app: What it serves.
        bind: The address that it listens at.
        port: The port.
        cert: File of the certificate for TLS, None without.
        key: File of its key.
    """
    _most_of_one()
    return uvicorn.Server(
        uvicorn.Config(
            app,
            interface="asgi3",
            http=Fair,
            ws=Lasting,
            host=bind,
            port=port,
            log_level="warning",
            access_log=False,
            ssl_certfile=cert,
            ssl_keyfile=key,
            ws_max_size=_MOST_MESSAGE,
            ws_per_message_deflate=False,  # costs more time and memory than a network of one room saves
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=3,
            server_header=False,
        )
    )


@contextmanager
def collecting_at_rest() -> Iterator[None]:
    """Look for garbage while a server rests, not while a class hands in its orders; scenario and libraries stay.

    Most memory is given back without it; it finds what refers to itself. If a server never rests, it looks for what
    is new now and then all the same.
    """
    before, ends = gc.get_threshold(), threading.Event()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MOST_NEW, 10, 100)
    collector = threading.Thread(target=_collect_at_rest, args=(ends,), name="collector", daemon=True)
    collector.start()
    try:
        yield
    finally:
        ends.set()
        collector.join()
        gc.set_threshold(*before)
        gc.unfreeze()


def _collect_at_rest(ends: threading.Event) -> None:
    used, whole = time.process_time(), time.monotonic()
    while not ends.wait(1.0):
        before, used = used, time.process_time()
        if used - before < _REST:
            is_due = time.monotonic() - whole > _WHOLE_EACH
            gc.collect(2 if is_due else 1)
            whole = time.monotonic() if is_due else whole
