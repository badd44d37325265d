"""How is the application served? By uvicorn, quietly, for a class in one network."""

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette

_MOST_MESSAGE: Final = 4096
"""Bytes that anybody may send over a socket at once: pages send nothing."""

_IDLE: Final = 60
"""Seconds that a connection may rest: a phone that orders once a turn need not connect anew."""

_REST: Final = 0.05
"""Seconds of processor time in a second at which a server rests."""

_WHOLE_EACH: Final = 300.0
"""Seconds between looks at all that there is, which take a fifth of a second with 500 seats."""

_MOST_NEW: Final = 500_000
"""New objects at which garbage is looked for whatever a server does."""


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
    return uvicorn.Server(
        uvicorn.Config(
            app,
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
