"""Serves what a store holds until it is killed: python -m tests.server.drilling STORE PORT BUFFER; and phones."""

import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from game.server.app import build
from game.server.serving import server_of
from game.session.host import Host
from game.session.store import Store
from game.session.thinking import Thinkers

PATIENCE = 60.0
_NO_SECRETS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here speaks TLS: one context for all phones, without a list of authorities read for each."""

SMALL_BUFFER = 4096
"""So small that a client who does not read is felt after some dozen changes, not after megabytes."""


def main(where: str, port: int, buffer: int) -> None:
    """Serve; what is accepted inherits the listener's send buffer, which is the system's own where `buffer` is 0."""
    host = Host(Store(where), thinkers=Thinkers(1))
    # Named as TCP: else asyncio lets small packets wait for each other, and every answer takes 40 ms longer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if buffer:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
    listener.bind(("127.0.0.1", port))
    server_of(build(host), "127.0.0.1", port).run(sockets=[listener])


class Phone:
    """Plays a seat as fast as it can up to a turn, and sends again until it is answered."""

    def __init__(self, place: tuple[int, str], token: str, port: int, last: int = 6) -> None:
        self.place, self.token, self.port, self.last = place, token, port, last
        header = {"Authorization": f"Bearer {token}"}
        self.client = httpx.Client(headers=header, timeout=10, trust_env=False, verify=_NO_SECRETS)
        self.kept: dict[int, list[str]] = {}
        self.refused: list[str] = []
        self.sent_again = 0
        self.stop = threading.Event()

    def ask(self, method: str, what: str, body: object = None) -> httpx.Response:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.client.request(method, f"http://127.0.0.1:{self.port}/api/{what}", json=body)
            except httpx.TransportError:
                assert time.monotonic() < end, "the server is not back"
                self.sent_again += method == "POST"
                time.sleep(0.05)

    def view(self) -> dict[str, Any]:
        answer = self.ask("GET", "view")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def status(self) -> dict[str, Any]:
        answer = self.ask("GET", "status")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def confirm(self, turn: int, moves: Sequence[str], key: str) -> httpx.Response:
        return self.ask("POST", "confirm", {"order": {"turn": turn, "moves": list(moves)}, "key": key})

    def order(self, view: dict[str, Any]) -> httpx.Response:
        return self.hand_in(view["turn"], [move["id"] for move in view["policies"] if move["available"]][:1])

    def hand_in(self, turn: int, moves: list[str]) -> httpx.Response:
        """Hand in a turn's order; the seat is alone, so that nothing but an `Ack` is right."""
        answer = self.confirm(turn, moves, f"order {turn}")
        if answer.status_code == 200:
            assert answer.json() == {"turn": turn}
            self.kept[turn] = moves
        else:
            self.refused.append(answer.text)
        return answer

    def close(self) -> None:
        self.client.close()

    def play(self) -> None:
        while not self.stop.is_set():
            view = self.view()
            if view["phase"] == "deciding" and view["turn"] <= self.last:
                self.order(view)
            else:
                time.sleep(0.02)


class Window(Phone):
    """Hands in by its socket while that answers, as whoever hears news does, else by requests, with the same key."""

    def __init__(self, place: tuple[int, str], token: str, port: int, last: int = 6) -> None:
        super().__init__(place, token, port, last)
        self.socket: ClientConnection | None = None
        self.by_socket = 0

    def confirm(self, turn: int, moves: Sequence[str], key: str) -> httpx.Response:
        try:
            answer = self._answered(
                {"do": "confirm", "key": key, "order": {"turn": turn, "moves": list(moves)}}
            )
        except (OSError, WebSocketException):
            self.socket = None
            self.sent_again += 1
            return super().confirm(turn, moves, key)
        self.by_socket += 1
        return httpx.Response(409 if "reason" in answer else 200, json=answer)

    def close(self) -> None:
        super().close()
        if self.socket is not None:
            self.socket.close()

    def _answered(self, message: dict[str, Any]) -> dict[str, Any]:
        if self.socket is None:
            header = {"Authorization": f"Bearer {self.token}"}
            self.socket = connect(f"ws://127.0.0.1:{self.port}/live", additional_headers=header, proxy=None)
        self.socket.send(json.dumps(message))
        while True:
            kind, _space, told = str(self.socket.recv(timeout=10)).partition(" ")
            found = json.loads(told) if kind == "answer" else {}
            if found.get("key") == message["key"]:
                return dict(found["answer"])


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def server(
    where: str, port: int, buffer: int = 0, files: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server in a process of its own, killed at the latest in the end; `files` are all that it may open."""
    words = ["-m", "tests.server.drilling", where, str(port), str(buffer)]
    limit = [] if files is None else ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh"]
    process = subprocess.Popen([*limit, sys.executable, *words])
    try:
        wait_until(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.wait(10)


@contextmanager
def playing(phones: Sequence[Phone]) -> Iterator[None]:
    """Let every phone play in a thread."""
    threads = [threading.Thread(target=phone.play, daemon=True) for phone in phones]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for phone in phones:
            phone.stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in threads)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
