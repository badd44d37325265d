"""How is a lesson's time divided? Into an opening, turns, perhaps a break, and a debrief that is never cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal, TypeAlias

from game.locale import ngettext
from game.locale.dates import lasting

Kind: TypeAlias = Literal[
    "crisis", "roles", "readings", "turn", "break", "leave", "ending", "world", "question", "outside"
]
"""What is done in a step of a lesson."""
_Weighted: TypeAlias = tuple[tuple[Kind, int], ...]

LEAST_TURN: Final = 4
"""The shortest turn in half minutes: below, nobody reads what came in."""
MOST_TURN: Final = 16
"""The longest turn in half minutes: beyond, a class waits."""

_OPENING: Final[_Weighted] = (("crisis", 2), ("roles", 2), ("readings", 3))
_DEBRIEF: Final[_Weighted] = (("leave", 1), ("ending", 2), ("world", 2), ("question", 4), ("outside", 3))
_FIRST_TURNS: Final = (3, 2)
"""Weights of the first turns, in which a class learns the game, where any other turn has 1."""
_BREAK_FROM: Final = 90
_BREAK: Final = 10
_LONGEST_DEBRIEF: Final = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a lesson.

    Attributes:
        kind: What is done.
        start: When it begins, in half minutes from the beginning.
        length: How long it takes, in half minutes.
        turn: The turn that is played, None if none is.
    """

    kind: Kind
    start: int
    length: int
    turn: int | None = None

    @property
    def end(self) -> int:
        """When it ends, in half minutes from the beginning."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class _Parts:
    opening: int
    play: int
    pause: int
    debrief: int


def _parts(minutes: int, turns: int) -> _Parts | None:
    """Return the minutes of each part of a lesson, None if the turns do not fit well."""
    opening = min(15, max(3, round(0.12 * minutes)))
    debrief = min(45, max(6, round(0.24 * minutes)))
    play = minutes - opening - debrief
    if 2 * play < LEAST_TURN * turns:
        return None
    pause = _BREAK if minutes >= _BREAK_FROM and 2 * (play - _BREAK) >= LEAST_TURN * turns else 0
    spare = max(0, play - pause - MOST_TURN * turns // 2)
    if 5 * (debrief + spare) > 2 * minutes or debrief + spare > _LONGEST_DEBRIEF:
        return None
    return _Parts(opening, play - pause - spare, pause, debrief + spare)


def minutes_for(turns: int) -> tuple[int, int]:
    """Return the shortest and the longest lesson that a game of so many turns fills well, in minutes."""
    shortest = next(minutes for minutes in count(1) if _parts(minutes, turns) is not None)
    too_long = next(minutes for minutes in count(shortest) if _parts(minutes, turns) is None)
    return shortest, too_long - 1


def timetable(minutes: int, turns: int, *, outside: bool = True) -> tuple[Step, ...]:
    """Return the steps of a lesson; their lengths add up to its minutes.

    Args:
        minutes: Its length.
        turns: Turns of the game.
        outside: Whether there is something to tell of the world outside the game.

    Raises:
        ValueError: The game does not fill such a lesson well; see `minutes_for`.
    """
    parts = _parts(minutes, turns)
    if parts is None:
        raise ValueError(minutes)
    weights = [*_FIRST_TURNS, *[1] * turns][:turns]
    lengths = shared(2 * parts.play, weights, max(LEAST_TURN, 2 * parts.play * 3 // (4 * turns)))
    steps: list[Step] = []
    _add(steps, _OPENING, parts.opening)
    for turn, length in enumerate(lengths, start=1):
        steps.append(Step("turn", _now(steps), length, turn))
        if parts.pause and turn == (turns + 1) // 2:
            steps.append(Step("break", _now(steps), 2 * parts.pause))
    _add(steps, _DEBRIEF if outside else _DEBRIEF[:-1], parts.debrief)
    return tuple(steps)


def _now(steps: Sequence[Step]) -> int:
    return steps[-1].end if steps else 0


def _add(steps: list[Step], kinds: _Weighted, minutes: int) -> None:
    for (kind, _weight), length in zip(kinds, shared(minutes, [item[1] for item in kinds], 1), strict=True):
        steps.append(Step(kind, _now(steps), 2 * length))


def shared(total: int, weights: Sequence[int], least: int) -> list[int]:
    """Return a whole amount shared out by weights, by largest remainder, after each got the least."""
    left = total - least * len(weights)
    exact = [left * weight / sum(weights) for weight in weights]
    result = [least + int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda at: (int(exact[at]) - exact[at], at))
    for at in by_remainder[: total - sum(result)]:
        result[at] += 1
    return result


def clock(half_minutes: int) -> str:
    """Return a moment of a lesson as minutes and seconds: `13:30`."""
    return f"{half_minutes // 2}:{'30' if half_minutes % 2 else '00'}"


def length(half_minutes: int) -> str:
    """Return a stretch of time in words."""
    whole, half = divmod(half_minutes, 2)
    if half:
        return lasting(30 * half_minutes)
    return ngettext("{n} minute", "{n} minutes", whole).format(n=whole)
