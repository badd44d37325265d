"""A real server in a thread, on a port of its own."""

import socket
import threading
import time
from contextlib import closing, contextmanager

import uvicorn

from game.server.app import build
from game.session.api import Settings
from game.session.host import Host
from game.session.store import Store


class Served:
    """A session that is being served."""

    def __init__(self, host, made, url):
        self.host, self.made, self.url = host, made, url
        self.clients = []
        self.code, self.facilitator = made.code, made.facilitator_token


@contextmanager
def serving(folder, loaded, rooms=1, settings=None):
    host = Host(Store(folder / "store.db"))
    made = host.create(loaded, rooms=rooms, settings=settings or Settings())
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    config = uvicorn.Config(
        build(host, made.code, url),
        host="127.0.0.1",
        port=port,
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.02)
    served = Served(host, made, url)
    try:
        yield served
    finally:
        for client in served.clients:
            client.close()
        server.should_exit = True
        thread.join(timeout=10)
        host.close()
