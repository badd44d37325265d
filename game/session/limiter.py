"""How are guesses and questions held back?

So many misses from one place in a while, and so many from all together; so many questions of one person at once.
"""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

MOST_MISSES: Final = 10
"""Misses from one place within the while."""

MOST_ALTOGETHER: Final = 300
"""Misses from everywhere within the while."""

WHILE: Final = 60.0
"""Seconds."""

_MOST_PLACES: Final = 10_000

MOST_ASKED: Final = 6
"""Questions of one person that are worked on at once; a browser asks no more of one host."""


class Limiter:
    """Counts misses."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._misses: dict[str, deque[float]] = {}
        self._all: deque[float] = deque(maxlen=MOST_ALTOGETHER)

    def allows(self, origin: str, now: float) -> bool:
        """Return whether somebody at a place may try."""
        if len(self._all) == MOST_ALTOGETHER and self._is_recent(self._all[0], now):
            return False
        mine = self._misses.get(origin)
        return mine is None or len(mine) < MOST_MISSES or not self._is_recent(mine[0], now)

    def missed(self, origin: str, now: float) -> None:
        """Count a miss."""
        with self._lock:
            self._all.append(now)
            if origin not in self._misses and len(self._misses) >= _MOST_PLACES:
                self._misses.pop(next(iter(self._misses)))
            self._misses.setdefault(origin, deque(maxlen=MOST_MISSES)).append(now)

    @staticmethod
    def _is_recent(then: float, now: float) -> bool:
        return 0.0 <= now - then < WHILE


class Queue:
    """Counts the questions that are being worked on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: Counter[str] = Counter()

    @contextmanager
    def asking(self, name: str) -> Iterator[bool]:
        """Count a question of somebody while it is worked on; False where they have asked as many as they may."""
        with self._lock:
            may = self._asked[name] < MOST_ASKED
            self._asked[name] += may
        try:
            yield may
        finally:
            with self._lock:
                self._asked[name] -= may
                if not self._asked[name]:
                    del self._asked[name]
