"""How fast is a real server? Every seat has a connection for requests and a socket that says when to ask again."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from game.scenario.loading import load
from tests.load.figures import Measured

_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server in a process of its own."""

    def __init__(self, where: str, scenario: str, rooms: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        words = ["-m", "tests.load.serving", where, scenario, str(rooms), str(self.port)]
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
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Return its highest resident set in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


class Seat:
    """One person's phone."""

    def __init__(self, port: int, room: int, role: str) -> None:
        self.port, self.room, self.role = port, room, role
        self.token = ""
        self.view: dict[str, Any] = {}
        self.seen: dict[int, asyncio.Future[float]] = {}
        self._lock = asyncio.Lock()

    async def come(self, code: str) -> None:
        """Join and take the seat."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        joined = await self.ask("POST", "join", {"code": code, "nickname": f"{self.room} {self.role}"})
        self.token = joined["token"]
        await self.ask("POST", "claim", {"room": self.room, "role": self.role})

    async def watch(self) -> None:
        """Open the socket."""
        header = {"Authorization": f"Bearer {self.token}"}
        self.socket: ClientConnection = await connect(
            f"ws://127.0.0.1:{self.port}/live", additional_headers=header, proxy=None
        )
        self.listening = asyncio.create_task(self.listen())

    async def ask(self, method: str, what: str, body: object = None) -> dict[str, Any]:
        """Send a request and return the answer."""
        content = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} /api/{what} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        async with self._lock:
            try:
                lines = await self._sent(head.encode() + content)
            except (asyncio.IncompleteReadError, ConnectionError):  # the server lets idle connections go
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                lines = await self._sent(head.encode() + content)
            size = next(int(line[15:]) for line in lines if line.lower().startswith("content-length:"))
            answer: dict[str, Any] = json.loads(await self.reader.readexactly(size))
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
        """Ask for the view when a turn is over or its estimates are there, by how the room is said to stand."""
        async for told in self.socket:
            kind, _space, status = str(told).partition(" ")
            if kind == "still":
                continue
            status = json.loads(status)
            turn = self.view.get("turn", 0)
            if status["phase"] != "lobby" and (status["turn"] > turn or not self.view.get("settled", True)):
                self.view = await self.ask("GET", "view")
                future = self.seen.get(self.view["turn"])
                if future is not None and not future.done():
                    future.set_result(time.perf_counter())

    async def order(self, turn: int, generator: np.random.Generator, at: float) -> tuple[float, float]:
        """Hand in an order at a moment; return when it was sent and when it was answered."""
        able = [move["id"] for move in self.view["policies"] if move["available"]]
        moves = [str(generator.choice(able))] if able else []
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        sent = time.perf_counter()
        await self.ask("POST", "confirm", {"order": {"turn": turn, "moves": moves}, "key": f"{turn}"})
        return sent, time.perf_counter()


async def play(server: Server, scenario: str, rooms: int, turns: int, spread: float) -> Measured:
    """Play turns against a server and return what was measured."""
    roles = list(load(scenario).scenario.roles)
    seats = [Seat(server.port, room, role) for room in range(1, rooms + 1) for role in roles]
    for seat in seats:
        await seat.come(server.code)
    for seat in seats:
        await seat.watch()
    await asyncio.to_thread(server.start)
    for seat in seats:
        seat.view = await seat.ask("GET", "view")
    measured, generator = Measured(), np.random.default_rng(1)
    for turn in range(1, turns + 1):
        for seat in seats:
            seat.seen[turn + 1] = asyncio.get_running_loop().create_future()
        due = generator.uniform(0.0, spread, len(seats))
        cpu, began = server.cpu(), time.perf_counter()
        sent = await asyncio.gather(
            *(seat.order(turn, generator, began + at) for seat, at in zip(seats, due, strict=True))
        )
        async with asyncio.timeout(120):
            seen = await asyncio.gather(*(seat.seen[turn + 1] for seat in seats))
        measured.cpu += server.cpu() - cpu
        measured.wall += max(seen) - began
        measured.orders += len(seats)
        measured.turns += rooms
        measured.answers += [answered - begun for begun, answered in sent]
        for at in range(0, len(seats), len(roles)):
            last = max(begun for begun, _answered in sent[at : at + len(roles)])
            measured.views.append(max(seen[at : at + len(roles)]) - last)
        async with asyncio.timeout(120):
            while not all(seat.view["settled"] for seat in seats):
                await asyncio.sleep(0.01)
        measured.settled.append(time.perf_counter() - max(begun for begun, _answered in sent))
    measured.memory = server.memory()
    for seat in seats:
        await seat.leave()
    return measured
