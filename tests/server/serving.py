"""A real server in a thread, on a port of its own."""

import socket
import threading
import time
from contextlib import contextmanager

from game.cli.addresses import free_port
from game.server.app import build
from game.server.serving import server_of
from game.session.api import Settings
from game.session.host import Host
from game.session.store import Store
from tests.server.ending import end_soon, ended


class Served:
    """A session that is being served."""

    def __init__(self, host, made, url):
        self.host, self.made, self.url = host, made, url
        self.clients = []
        self.code, self.facilitator = made.code, made.facilitator_token


def started(app, port):
    """Start a server in a thread; return it with its thread once it answers."""
    server = server_of(app, "127.0.0.1", port)
    server.config.timeout_graceful_shutdown = 1
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.02)
    return server, thread


@contextmanager
def serving(folder, loaded, rooms=1, settings=None, port=None, wait=0.0, thinkers=None, seed=None):
    """Serve a session; after `wait` seconds only, in the background, where that is asked for."""
    ended(folder, port)
    host = Host(Store(folder / "store.db"), thinkers=thinkers)
    made = host.create(loaded, rooms=rooms, settings=settings or Settings(), seed=seed)
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    app, running = build(host, made.code, url), []
    late = threading.Timer(wait, lambda: running.append(started(app, port)))
    late.start()
    if not wait:
        late.join()
    served = Served(host, made, url)
    try:
        yield served
    finally:
        late.join()
        for client in served.clients:
            client.close()
        end_soon(lambda: _end(host, running), folder, port)


def _end(host, running):
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive(), "the server did not end"
    host.close()


def never_reads(port, token, query=""):
    """Return a socket that was upgraded to a WebSocket with a small buffer, and is never read."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.settimeout(10)
    client.connect(("127.0.0.1", port))
    head = (
        f"GET /live{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    )
    client.sendall(head.encode())
    return client
