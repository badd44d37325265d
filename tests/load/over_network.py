"""How fast is a real server? Every seat has a socket for its orders and views, or orders and fetches its page anew."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from game.scenario.loading import load
from tests.load.figures import Measured, cpu_of, memory_of


class Server:
    """A server in a process of its own."""

    def __init__(self, where: str, scenario: str, rooms: int, core: int, code: str = "") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        words = ["-m", "tests.load.serving", where, scenario, str(rooms), str(self.port), str(core), code]
        self.process = subprocess.Popen(
            [sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.code = str(self.said()["code"])

    def said(self) -> dict[str, Any]:
        """Return what it says next."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def start(self) -> None:
        """Let the game begin."""
        assert self.process.stdin is not None
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        assert "turn" in self.said()

    def cpu(self) -> float:
        """Return its processor time in seconds, without that of processes beside it."""
        return cpu_of(self.process.pid)

    def memory(self) -> float:
        """Return its highest resident set in MB."""
        return memory_of(self.process.pid)

    def stop(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


class Seat:
    """One person's device: a socket takes its orders and brings each turn's view.

    By page it orders with a request, and the socket says when to fetch the page.
    """

    def __init__(self, port: int, room: int, role: str, *, by_page: bool) -> None:
        self.port, self.room, self.role, self.by_page = port, room, role, by_page
        self.token = ""
        self.able: list[str] = []
        self.shown = b""
        self.seen: dict[int, asyncio.Future[float]] = {}
        self.answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._lock = asyncio.Lock()

    async def come(self, code: str) -> None:
        """Join and take the seat."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        joined = await self.ask("POST", "/api/join", {"code": code, "nickname": f"{self.room} {self.role}"})
        self.token = json.loads(joined)["token"]
        await self.ask("POST", "/api/claim", {"room": self.room, "role": self.role})
        if not self.by_page:
            self.writer.close()

    async def watch(self) -> None:
        """Open the socket."""
        header = {"Authorization": f"Bearer {self.token}"}
        self.socket: ClientConnection = await connect(
            f"ws://127.0.0.1:{self.port}/live{'' if self.by_page else '?view=en'}",
            additional_headers=header,
            proxy=None,
            compression=None,
        )
        self.listening = asyncio.create_task(self.listen())

    async def ask(self, method: str, path: str, body: object = None) -> str:
        """Send a request and return the answer."""
        content = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nCookie: seat={self.token}; lang=en\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        async with self._lock:
            try:
                lines = await self._sent(head.encode() + content)
            except (asyncio.IncompleteReadError, ConnectionError):  # the server lets idle connections go
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                lines = await self._sent(head.encode() + content)
            size = next(int(line[15:]) for line in lines if line.lower().startswith("content-length:"))
            answer = (await self.reader.readexactly(size)).decode()
        assert " 200 " in lines[0], (lines[0], answer)
        return answer

    async def _sent(self, request: bytes) -> list[str]:
        self.writer.write(request)
        return (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")

    async def leave(self) -> None:
        """Close everything."""
        self.listening.cancel()
        await self.socket.close()
        self.writer.close()

    async def listen(self) -> None:
        """Note when each turn's view is here, or, for pages, the page that was announced."""
        async for told in self.socket:
            content = told.encode() if isinstance(told, str) else told
            if content.startswith(b"answer"):
                found = json.loads(content.removeprefix(b"answer "))
                self.answers.pop(found["key"]).set_result(found["answer"])
                continue
            if not content.startswith(b"changed" if self.by_page else b"view"):
                continue
            self.shown = content.partition(b" ")[2]
            future = next(
                (found for turn, found in self.seen.items() if b'"turn":%d,' % turn in content), None
            )
            if future is None or future.done():
                continue
            if self.by_page:
                await self.ask("GET", "/play")
            future.set_result(time.perf_counter())

    async def settle(self) -> None:
        """Wait for the turn's estimates, and note what the seat can do."""
        while b'"settled":true' not in self.shown:
            await asyncio.sleep(0.5 if self.by_page else 0.05)
            if self.by_page:
                self.shown = (await self.ask("GET", "/api/view")).encode()
        self.able = [move["id"] for move in json.loads(self.shown)["policies"] if move["available"]]

    async def order(self, turn: int, generator: np.random.Generator, at: float) -> tuple[float, float]:
        """Hand in an order at a moment; return when it was sent and when it was answered."""
        moves = [str(generator.choice(self.able))] if self.able else []
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        sent, key = time.perf_counter(), f"{turn}"
        body = {"order": {"turn": turn, "moves": moves}, "key": key}
        if self.by_page:
            await self.ask("POST", "/api/confirm", body)
        else:
            answered = self.answers[key] = asyncio.get_running_loop().create_future()
            await self.socket.send(json.dumps({"do": "confirm", **body}))
            assert await answered == {"turn": turn}, answered
        return sent, time.perf_counter()


async def play(
    servers: Sequence[Server], scenario: str, rooms: int, turns: int, spread: float, *, by_page: bool
) -> Measured:
    """Play turns and return what was measured; the seats of every room are spread over the servers."""
    roles = list(load(scenario).scenario.roles)
    seats = [
        Seat(servers[at % len(servers)].port, room, role, by_page=by_page)
        for room in range(1, rooms + 1)
        for at, role in enumerate(roles)
    ]
    for seat in seats:
        await seat.come(servers[0].code)
    for seat in seats:
        await seat.watch()
    await asyncio.to_thread(servers[0].start)
    measured, generator = Measured(), np.random.default_rng(1)
    last = 0.0
    for turn in range(1, turns + 1):
        async with asyncio.timeout(120):
            await asyncio.gather(*(seat.settle() for seat in seats))
        if last:
            measured.settled.append(time.perf_counter() - last)
        for seat in seats:
            seat.seen = {turn + 1: asyncio.get_running_loop().create_future()}
        due = generator.uniform(0.0, spread, len(seats))
        cpu, began = sum(server.cpu() for server in servers), time.perf_counter()
        sent = await asyncio.gather(
            *(seat.order(turn, generator, began + at) for seat, at in zip(seats, due, strict=True))
        )
        async with asyncio.timeout(120):
            seen = await asyncio.gather(*(seat.seen[turn + 1] for seat in seats))
        if turn == 1:  # everything starts up: processes, caches, connections
            continue
        last = max(begun for begun, _answered in sent)
        measured.cpu += sum(server.cpu() for server in servers) - cpu
        measured.wall += max(seen) - began
        measured.orders += len(seats)
        measured.turns += rooms
        measured.answers += [answered - begun for begun, answered in sent]
        for at in range(0, len(seats), len(roles)):
            room = slice(at, at + len(roles))
            measured.views.append(max(seen[room]) - max(begun for begun, _answered in sent[room]))
    measured.memory = max(server.memory() for server in servers)
    for seat in seats:
        await seat.leave()
    return measured
