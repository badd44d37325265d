"""Somebody who reads line after line while a bell rings, and says in the end whether each ring was heard."""

import os
import readline
import sys
import threading
import time
from collections import deque

from game.terminal.bell import Bell, EditingBell

_PATIENCE = 20.0


def main(kind: str, rings: int) -> None:
    bell = EditingBell(readline) if kind == "editing" else Bell()
    news: deque[int] = deque()

    def ring() -> None:
        for number in range(rings):
            time.sleep(number * 7919 % 4001 / 1e6)
            news.append(number)
            bell.ring()
            end = time.monotonic() + _PATIENCE
            while news and time.monotonic() < end:
                time.sleep(0.0002)
            if news:
                os.write(1, b"not heard")
                os._exit(1)
        os.write(1, b"all heard")
        os._exit(0)

    with bell.rung_for(lambda: bool(news), news.clear):
        threading.Thread(target=ring, daemon=True).start()
        while True:
            bell.read("> ")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
