"""How is guessing held back? So many misses from one place in a while, and so many from all together."""

from collections import deque
from threading import Lock
from typing import Final

MOST_MISSES: Final = 10
"""Misses from one place within the while."""

MOST_ALTOGETHER: Final = 300
"""Misses from everywhere within the while."""

WHILE: Final = 60.0
"""Seconds."""

_MOST_PLACES: Final = 10_000


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
