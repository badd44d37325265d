"""What does luck decide? Numbers that depend on seed, turn and stream, and on nothing else.

Every draw is a random access into the SplitMix64 sequence that starts at a game's hashed seed, at the
place that stream and turn name together. A stream is named for its purpose (`event:ID`, `noise:INDICATOR`),
never by position, so adding one never shifts another. Source: Steele, Lea, Flood, "Fast splittable
pseudorandom number generators", OOPSLA 2014 (the constants are its mix13 variant by Stafford).
"""

from collections.abc import Iterable
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np

from game.base.arrays import Floats, Words
from game.base.digest import word_of

_GAMMA: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_MASK: Final = (1 << 64) - 1
_BITS: Final = 11
_LEVELS: Final = 1 << _BITS
_NORMAL: Final = NormalDist()


def _mix(words: Words) -> Words:
    """Scramble words in place and return them."""
    shifted = np.empty_like(words)
    for distance, factor in ((30, _FIRST), (27, _SECOND)):
        np.right_shift(words, np.uint64(distance), out=shifted)
        words ^= shifted
        words *= factor
    np.right_shift(words, np.uint64(31), out=shifted)
    words ^= shifted
    return words


def roots_of(seeds: Iterable[int]) -> Words:
    """Return where each game's luck begins, [B], from its seed (any integer, taken modulo 2^64)."""
    return _mix(np.array([seed & _MASK for seed in seeds], dtype=np.uint64) + _GAMMA)


def roots_from(seed: int, count: int) -> Words:
    """Return the roots of the games `seed`, `seed + 1`, ..., [count]."""
    with np.errstate(over="ignore"):
        seeds = np.arange(count, dtype=np.uint64) + np.uint64(seed & _MASK)
    return _mix(seeds + _GAMMA)


@lru_cache(maxsize=65536)
def stream(name: str) -> int:
    """Return the 64-bit word of a stream's name."""
    return word_of(name)


def streams(names: Iterable[str]) -> Words:
    """Return the words of several streams, [S]."""
    return np.array([stream(name) for name in names], dtype=np.uint64)


def _words(roots: Words, turn: int, which: Words) -> Words:
    """Return 64 random bits for each stream and lane, [S, B]."""
    places = (which + np.uint64(turn)) * _GAMMA
    return _mix(roots[None, :] + places[:, None])


def uniform(roots: Words, turn: int, which: Words) -> Floats:
    """Return numbers in [0, 1) for each stream and lane, [S, B]."""
    words = _words(roots, turn, which)
    words >>= np.uint64(11)
    numbers: Floats = words.astype(np.float64)
    numbers *= 2.0**-53
    return numbers


@lru_cache(maxsize=1)
def _quantiles() -> Floats:
    """Return the normal distribution as 2^11 equally likely numbers of mean 0 and variance 1/2."""
    upper = np.array([_NORMAL.inv_cdf(0.5 + (at + 0.5) / _LEVELS) for at in range(_LEVELS // 2)])
    numbers = np.concatenate((-upper[::-1], upper))
    scaled: Floats = np.round(numbers / np.sqrt(2.0 * np.mean(numbers**2)), 12)
    return scaled


def normal(roots: Words, turn: int, which: Words) -> Floats:
    """Return standard normal numbers for each stream and lane, [S, B].

    The sum of two independent normal numbers is normal: two parts of a draw choose a quantile each, from a
    table small enough to stay in the processor's nearest cache. The largest size is 4.9. A table needs no
    logarithm or cosine, whose last bit differs between processors.
    """
    words = _words(roots, turn, which)
    table = _quantiles()
    words >>= np.uint64(64 - 2 * _BITS)
    numbers: Floats = np.take(table, (words & np.uint64(_LEVELS - 1)).view(np.int64))
    words >>= np.uint64(_BITS)
    numbers += np.take(table, words.view(np.int64))
    return numbers
