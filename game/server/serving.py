"""How is the application served? By uvicorn, quietly, for a class in one network."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

_MOST_MESSAGE = 4096
"""Bytes that anybody may send over a socket at once: pages send nothing."""


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
            ssl_certfile=cert,
            ssl_keyfile=key,
            ws_max_size=_MOST_MESSAGE,
            ws_per_message_deflate=False,  # costs more time and memory than a network of one room saves
            timeout_graceful_shutdown=3,
            server_header=False,
        )
    )


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage less often while a server runs, and not among what stays: scenario and libraries."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
