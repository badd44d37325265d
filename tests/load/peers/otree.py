"""How fast is oTree? A live page, its production server, SQLite; clients speak its page's own socket."""

import asyncio
import html
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from game.cli.addresses import free_port
from tests.load.figures import Measured
from tests.load.peers.serving import PeerServer

_VERSION = "6.0.15"

_SETTINGS = """
SESSION_CONFIGS = [dict(name="hidden", app_sequence=["hidden"], num_demo_participants=4)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.0, participation_fee=0.0)
LANGUAGE_CODE, REAL_WORLD_CURRENCY_CODE, USE_POINTS = "en", "USD", True
ADMIN_USERNAME, ADMIN_PASSWORD, SECRET_KEY = "admin", "", "of a load only"
PARTICIPANT_FIELDS, SESSION_FIELDS = [], []
"""

_APP = """
import json
from pathlib import Path
from otree.api import *

_FILE = Path("views.json")
VIEWS = json.loads(_FILE.read_text()) if _FILE.exists() else []

class C(BaseConstants):
    NAME_IN_URL, PLAYERS_PER_GROUP, NUM_ROUNDS = "hidden", 4, 1

class Subsession(BaseSubsession):
    pass

class Group(BaseGroup):
    turn = models.IntegerField(initial=1)
    last = models.LongStringField(initial="")

class Player(BasePlayer):
    number = models.IntegerField(initial=-1)

class Play(Page):
    @staticmethod
    def live_method(player, data):
        group = player.group
        player.number = int(data["number"])
        players = group.get_players()
        if any(one.number < 0 for one in players):
            return {player.id_in_group: dict(kept=True)}
        numbers = [one.number for one in players]
        group.last = json.dumps(numbers)
        group.turn += 1
        for one in players:
            one.number = -1
        said = dict(turn=group.turn, numbers=numbers, sum=sum(numbers))
        if not VIEWS:
            return {0: said}
        return {one.id_in_group: {**said, "shown": VIEWS[one.id_in_group - 1]} for one in players}

page_sequence = [Play]
"""


def measure(folder: Path, rooms: int, turns: int, spread: float) -> Measured:
    """Return what was measured; the first turn is not counted."""
    binaries = folder / "venv" / "bin"
    if not (binaries / "otree").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        subprocess.run([str(binaries / "pip"), "install", "-q", f"otree=={_VERSION}"], check=True)
    for name in ("_static", "_templates", "hidden"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "settings.py").write_text(_SETTINGS)
    (folder / "hidden" / "__init__.py").write_text(_APP)
    (folder / "hidden" / "Play.html").write_text("{{ block content }}<p>Play.</p>{{ endblock }}")
    (folder / "db.sqlite3").unlink(missing_ok=True)
    port = free_port()
    env = {"PATH": f"{binaries}:/usr/bin:/bin", "OTREE_PRODUCTION": "1"}
    server = PeerServer([str(binaries / "otree"), "prodserver", f"127.0.0.1:{port}"], folder, port, env)
    try:
        return asyncio.run(_play(server, rooms, turns, spread))
    finally:
        server.stop()


def _asked(address: str, body: object = None) -> str:
    method = "GET" if body is None else "POST"
    answer = httpx.request(method, address, json=body, follow_redirects=True, timeout=60, trust_env=False)
    return answer.raise_for_status().text


class _Seat:
    """One participant on the live page."""

    def __init__(self, address: str, code: str) -> None:
        page = _asked(f"{address}/InitializeParticipant/{code}")
        found = re.search(r'data-socket-url="(/live[^"]+)"', page)
        assert found is not None, page
        self.address, self.path = address, html.unescape(found[1])
        self.turn = 1
        self.seen: asyncio.Future[float]
        self.answered: asyncio.Future[float]

    async def open(self) -> None:
        self.socket: ClientConnection = await connect(
            self.address.replace("http", "ws") + self.path, proxy=None, compression=None
        )
        self.listening = asyncio.create_task(self.listen())

    async def listen(self) -> None:
        async for told in self.socket:
            data = json.loads(told)["live_method_payload"]
            assert data is not None, "the server reports an error"
            if not self.answered.done():
                self.answered.set_result(time.perf_counter())
            if data.get("turn", 0) > self.turn:
                self.turn = data["turn"]
                self.seen.set_result(time.perf_counter())

    async def give(self, at: float) -> float:
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        sent = time.perf_counter()
        await self.socket.send(json.dumps({"number": 3}))
        return sent


async def _play(server: PeerServer, rooms: int, turns: int, spread: float) -> Measured:
    address = f"http://127.0.0.1:{server.port}"
    made = json.loads(
        _asked(f"{address}/api/sessions", {"session_config_name": "hidden", "num_participants": 4 * rooms})
    )
    people = json.loads(_asked(f"{address}/api/sessions/{made['code']}"))["participants"]
    seats = [_Seat(address, person["code"]) for person in people]
    for seat in seats:
        await seat.open()
    measured, generator = Measured(), np.random.default_rng(1)
    for turn in range(1, turns + 1):
        for seat in seats:
            seat.seen = asyncio.get_running_loop().create_future()
            seat.answered = asyncio.get_running_loop().create_future()
        cpu, began = server.cpu(), time.perf_counter()
        due = began + generator.uniform(0.0, spread, len(seats))
        sent = await asyncio.gather(*(seat.give(at) for seat, at in zip(seats, due, strict=True)))
        async with asyncio.timeout(120):
            seen = await asyncio.gather(*(seat.seen for seat in seats))
            answered = await asyncio.gather(*(seat.answered for seat in seats))
        if turn == 1:
            continue
        measured.cpu += server.cpu() - cpu
        measured.wall += max(seen) - began
        measured.orders += len(seats)
        measured.turns += rooms
        measured.answers += [end - begun for end, begun in zip(answered, sent, strict=True)]
        measured.views += [max(seen[at : at + 4]) - max(sent[at : at + 4]) for at in range(0, len(seats), 4)]
    measured.memory = server.memory()
    for seat in seats:
        seat.listening.cancel()
        await seat.socket.close()
    return measured
