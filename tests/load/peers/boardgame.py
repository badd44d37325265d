"""How fast is boardgame.io, which keeps games in memory? Its own server and its own clients, both of Node."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np

from game.cli.addresses import free_port
from tests.load.figures import Measured
from tests.load.peers.serving import PeerServer

_PACKAGES = ("boardgame.io@0.50.2",)
_HERE = Path(__file__).parent


def measure(folder: Path, rooms: int, turns: int, spread: float) -> Measured:
    """Return what was measured; the first turn is not counted."""
    npm, node = shutil.which("npm"), shutil.which("node")
    assert npm is not None, "npm is needed"
    assert node is not None, "node is needed"
    if not (folder / "node_modules" / ".package-lock.json").exists():
        subprocess.run([npm, "install", "--silent", "--prefix", str(folder), *_PACKAGES], check=True)
    for name in ("game.js", "server.js", "clients.js"):
        shutil.copy(_HERE / name, folder)
    port, env = free_port(), {"NODE_ENV": "production"}
    server = PeerServer([node, "server.js", str(port)], folder, port, env)
    measured, generator = Measured(), np.random.default_rng(1)
    words, firsts = [node, "clients.js", str(port), str(rooms)], range(0, 4 * rooms, 4)
    numbers = [[one % 10 for one in range(at - at % 4, at - at % 4 + 4)] for at in range(4 * rooms)]
    try:
        clients = subprocess.Popen(
            words,
            cwd=folder,
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert clients.stdin is not None
        assert clients.stdout is not None
        assert clients.stdout.readline() == "ready\n"
        for turn in range(1, turns + 1):
            cpu = server.cpu()
            due = generator.uniform(0.0, spread, 4 * rooms).tolist()
            clients.stdin.write(f"{json.dumps(due)}\n")
            clients.stdin.flush()
            found = json.loads(clients.stdout.readline())
            assert found["numbers"] == numbers, found["numbers"]
            if turn == 1:
                continue
            measured.cpu += server.cpu() - cpu
            measured.wall += max(found["seen"]) - found["began"]
            measured.orders += 4 * rooms
            measured.turns += rooms
            sent, seen = found["sent"], found["seen"]
            measured.answers += [end - at for end, at in zip(found["answered"], sent, strict=True)]
            measured.views += [max(seen[at : at + 4]) - max(sent[at : at + 4]) for at in firsts]
        measured.memory = server.memory()
        clients.stdin.close()
        clients.wait(30)
    finally:
        server.stop()
    return measured
