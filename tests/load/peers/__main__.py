"""How fast are the peers? Rooms of four, one number a turn that the others see when all four are in.

`python -m tests.load.peers otree --rooms 50 --turns 10` installs the peer into a folder of its own in the user's cache
(npm or pip fetch it), serves it from one core and asks it from another, and prints the figures of `tests.load`. With
`--views` every seat is shown, turn by turn, as much as a seat of Baghdad 2021 sees: a view of its fifth turn.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any, Final

import orjson
import platformdirs

from game.play.journal import Nowhere
from game.play.local_seat import LocalSeat
from game.play.table import Table, first_record
from game.scenario.loading import load
from tests.load.peers import boardgame, otree

PEERS = {"boardgame": boardgame.measure, "otree": otree.measure}

_TURN: Final = 5
"""The turn that a view is of, where views are shown."""


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
    wanted.add_argument(
        "--views", action="store_true", help="each turn brings every seat a view of Baghdad 2021 as well"
    )
    asked = wanted.parse_args()
    folder = Path(platformdirs.user_cache_dir("rival-readings-peers", appauthor=False)) / asked.peer
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "views.json").unlink(missing_ok=True)
    if asked.views:
        (folder / "views.json").write_bytes(orjson.dumps(_views()))
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    measured = PEERS[asked.peer](folder, asked.rooms, asked.turns, asked.spread)
    print(json.dumps(measured.told(), indent=2))


def _views() -> list[Any]:
    """Return what the seats of a game see in its fifth turn, played by bots."""
    loaded = load("baghdad-2021")
    table = Table.of(loaded, first_record(loaded, [], seed=1), Nowhere())
    while table.game.turn < _TURN:
        table.resolve()
    return [orjson.loads(LocalSeat(table, role).view("en").as_json()) for role in table.ruleset.role_at]


if __name__ == "__main__":
    main()
