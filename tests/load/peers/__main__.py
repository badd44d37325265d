"""How fast are the peers? Rooms of four, one number a turn that the others see when all four are in.

`python -m tests.load.peers otree --rooms 50 --turns 10` installs the peer into a folder of its own in the user's cache
(npm or pip fetch it), serves it from one core and asks it from another, and prints the figures of `tests.load`.
"""

import argparse
import json
import os
from pathlib import Path

import platformdirs

from tests.load.peers import boardgame, otree

PEERS = {"boardgame": boardgame.measure, "otree": otree.measure}


def main() -> None:
    """Run the load and print its figures as JSON."""
    wanted = argparse.ArgumentParser(
        prog="python -m tests.load.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    wanted.add_argument("peer", choices=sorted(PEERS), type=lambda name: name.removesuffix(".io"))
    wanted.add_argument("--rooms", type=int, default=50)
    wanted.add_argument("--turns", type=int, default=10, help="at least two: the first is not counted")
    wanted.add_argument(
        "--spread", type=float, default=0.0, help="seconds over which a turn's numbers come in"
    )
    asked = wanted.parse_args()
    folder = Path(platformdirs.user_cache_dir("rival-readings-peers", appauthor=False)) / asked.peer
    folder.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    measured = PEERS[asked.peer](folder, asked.rooms, asked.turns, asked.spread)
    print(json.dumps(measured.told(), indent=2))


if __name__ == "__main__":
    main()
