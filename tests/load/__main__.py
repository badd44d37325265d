"""How fast is a group session? Everybody on every seat orders at once, or spread over some seconds.

`python -m tests.load --rooms 50 --turns 10` plays whole turns. Every order is on the disk before it is answered.
Views of the next turn are complete but for estimates, which other processes work out; `estimates_ms` says when
the last of them were there.
"""

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import uvloop

from game.server.serving import collecting_at_rest
from tests.load.in_process import InProcess
from tests.load.over_network import Server, play


def in_process(asked: argparse.Namespace, where: str) -> dict[str, Any]:
    """Return the figures of the session's own table."""
    load = InProcess(where, asked.scenario, asked.rooms, asked.spread)
    with collecting_at_rest():
        found = {"seats": len(load.tokens), **load.run(asked.turns).told()}
    return {**found, "thinker_peak_rss_mb": round(load.beside(), 1)}


def over_network(asked: argparse.Namespace, where: str) -> dict[str, Any]:
    """Return the figures of a server, or of several on one store; the first core is theirs, the last the load's."""
    cores = sorted(os.sched_getaffinity(0))
    servers = [Server(where, asked.scenario, asked.rooms, cores[0])]
    try:
        for at in range(1, asked.servers):
            core = cores[at % len(cores)]
            servers.append(Server(where, asked.scenario, asked.rooms, core, servers[0].code))
        if asked.servers == 1:
            os.sched_setaffinity(0, {cores[-1]})
        played = play(servers, asked.scenario, asked.rooms, asked.turns, asked.spread, by_page=asked.pages)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(played).told()
    finally:
        for server in servers:
            server.stop()


def main() -> None:
    """Run the load and print its figures as JSON."""
    wanted = argparse.ArgumentParser(
        prog="python -m tests.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wanted.add_argument("--scenario", default="baghdad-2021")
    wanted.add_argument("--rooms", type=int, default=50)
    wanted.add_argument("--turns", type=int, default=10)
    wanted.add_argument(
        "--spread", type=float, default=0.0, help="seconds over which a turn's orders come in"
    )
    wanted.add_argument("--store", default="", help="file or address; a new file of its own by default")
    wanted.add_argument(
        "--servers",
        type=int,
        default=0,
        metavar="N",
        help="over HTTP and WebSocket, against so many real servers; several need a store on PostgreSQL",
    )
    wanted.add_argument(
        "--pages", action="store_true", help="with --servers: phones, which fetch their page anew each turn"
    )
    asked = wanted.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        where = asked.store or str(Path(folder) / "store.db")
        figures = (over_network if asked.servers else in_process)(asked, where)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
