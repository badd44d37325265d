"""A process that plays all seats of some rooms as fast as it can, and says what was acknowledged."""

import json
import sys
import threading
from pathlib import Path

from game.play.orders import Ack, Order
from game.session.host import Host
from game.session.store import Store


def play(host: Host, seat: tuple[int, str, str], say: threading.Lock) -> None:
    room, role, token = seat
    while True:
        view = host.view(token, "en")
        if view.phase == "over":
            return
        moves = [move.id for move in view.policies if move.available][:1]
        answer = host.confirm(token, Order(turn=view.turn, moves=tuple(moves)), f"{view.turn} {moves}")
        if isinstance(answer, Ack):
            with say:
                sys.stdout.write(json.dumps([room, role, view.turn, moves]) + "\n")
                sys.stdout.flush()


def main() -> None:
    host = Host(Store(sys.argv[1]))
    say = threading.Lock()
    seats = [tuple(seat) for seat in json.loads(Path(sys.argv[2]).read_text())]
    threads = [threading.Thread(target=play, args=(host, seat, say), daemon=True) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


main()
