"""How are guesses and questions held back?

So many misses from one place in a while, and so many from all together; so many questions of one person at once.
"""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

MOST_MISSES: Final = 10
"""Misses from one place within the while."""

MOST_ALTOGETHER: Final = 300
"""Misses from everywhere within the while after which only places without a miss of their own may try."""

WHILE: Final = 60.0
"""Seconds."""

_MOST_PLACES: Final = 10_000

_OF_ONE: Final = 64
"""Bits of an IPv6 address that a network gives; whoever has it can choose the others at will."""

MOST_ASKED: Final = 6
"""Questions of one person that are worked on at once; a browser asks no more of one host."""


class Limiter:
    """Counts misses, so that codes cannot be guessed and guessing keeps nobody else out.

    A code is one of 26^6, about 309 million. From one place 10 can be tried a minute: in an hour one in 500,000 finds a
    given session. From everywhere together 300, and one more from each place beyond those: whoever commands 1000
    addresses tries 1300 a minute and finds it in an hour with odds of one in 4000; with 30, one in 17,000. As many more
    can slip through as are worked on at the same moment. Somebody who types a right code at a place without misses
    comes in whatever others do.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._misses: dict[str, deque[float]] = {}
        self._all: deque[float] = deque(maxlen=MOST_ALTOGETHER)

    def allows(self, origin: str, now: float) -> bool:
        """Return whether somebody at a place may try."""
        mine = self._misses.get(_place_of(origin))
        if mine is None or not self._is_recent(mine[-1], now):
            return True
        is_many = len(mine) == MOST_MISSES and self._is_recent(mine[0], now)
        is_flood = len(self._all) == MOST_ALTOGETHER and self._is_recent(self._all[0], now)
        return not (is_many or is_flood)

    def missed(self, origin: str, now: float) -> None:
        """Count a miss."""
        place = _place_of(origin)
        with self._lock:
            self._all.append(now)
            if place not in self._misses and len(self._misses) >= _MOST_PLACES:
                self._misses.pop(next(iter(self._misses)))
            self._misses.setdefault(place, deque(maxlen=MOST_MISSES)).append(now)

    @staticmethod
    def _is_recent(then: float, now: float) -> bool:
        return 0.0 <= now - then < WHILE


@lru_cache(maxsize=1024)
def _place_of(origin: str) -> str:
    """Return what stands for all addresses that one network can choose from; what is no address, as it is."""
    try:
        address = ip_address(origin.partition("%")[0])
    except ValueError:
        return origin
    if not isinstance(address, IPv6Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped is not None else f"{int(address) >> (128 - _OF_ONE):x}/{_OF_ONE}"


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
