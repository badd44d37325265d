"""How fast is boardgame.io, which keeps games in memory? Its own server and its own clients, both of Node."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.load.figures import Measured
from tests.load.peers.serving import PeerServer, free_port

_PACKAGES = ("boardgame.io@0.50.2",)
_HERE = Path(__file__).parent


def measure(folder: Path, rooms: int, turns: int, spread: float) -> Measured:
    """Return what was measured; the first turn is not counted."""
    npm, node = shutil.which("npm"), shutil.which("node")
    assert npm is not None, "npm is needed"
    assert node is not None, "node is needed"
    if not (folder / "node_modules").exists():
        subprocess.run([npm, "install", "--silent", "--prefix", str(folder), *_PACKAGES], check=True)
    for name in ("game.js", "server.js", "clients.js"):
        shutil.copy(_HERE / name, folder)
    server = PeerServer([node, "server.js"], folder, port := free_port(), {"PORT": str(port)})
    measured = Measured()
    words = [node, "clients.js", str(port), str(rooms), str(turns), str(spread)]
    try:
        clients = subprocess.Popen(
            words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert clients.stdin is not None
        assert clients.stdout is not None
        for turn in range(1, turns + 1):
            cpu = server.cpu()
            clients.stdin.write("\n")
            clients.stdin.flush()
            found = json.loads(clients.stdout.readline())
            if turn == 1:
                continue
            measured.cpu += server.cpu() - cpu
            measured.wall += found["wall"]
            measured.orders += 4 * rooms
            measured.turns += rooms
            measured.views += found["views"]
        measured.memory = server.memory()
        clients.stdin.close()
        clients.wait(30)
    finally:
        server.stop()
    return measured
