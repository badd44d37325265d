"""What does a change to a scenario do to its games? Both are played by bots on the same luck."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from game.play.simulate import Request, simulate
from game.scenario.loading import Loaded

_SURE: Final = 2.0
"""Standard errors that a difference must be away from 0 to count as more than luck."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure before and after a change.

    Attributes:
        part: What it is a figure of.
        id: Which one.
        before: The share of games or the mean before the change.
        after: The same after it.
        is_sure: Whether the two differ by more than luck would have them.
    """

    part: Literal["outcomes", "events", "objectives", "indicators", "seats"]
    id: str
    before: float
    after: float
    is_sure: bool


@dataclass(frozen=True)
class Compared:
    """What bots' games show of two scenarios.

    Attributes:
        games: How many of each were played for each reading.
        shifts: Figures that both have, by reading.
    """

    games: int
    shifts: Mapping[str, tuple[Shift, ...]]


def compared(
    before: Loaded, after: Loaded, games: int, progress: Callable[[float], None] | None = None
) -> Compared:
    """Play two scenarios without errors and compare the readings that both have.

    Args:
        before: One of them.
        after: The other.
        games: How many games of each to play for each reading.
        progress: Told the share of the work that is done, 0 to 1.

    Raises:
        UsageError: The number of games makes no sense.
    """
    known = set(after.compiled.readings)
    common = tuple(name for name in before.compiled.readings if name in known)
    if not common:
        return Compared(games, {})
    request = Request(games=games, readings=common, others="quick")
    tell = progress if progress is not None else _nobody
    first = simulate(before, request, lambda share: tell(share / 2))["readings"]
    second = simulate(after, request, lambda share: tell((1 + share) / 2))["readings"]
    return Compared(games, {name: tuple(_shifts(first[name], second[name], games)) for name in common})


def _nobody(_share: float) -> None:
    pass


def _shifts(before: Mapping[str, Any], after: Mapping[str, Any], games: int) -> Iterator[Shift]:
    for part in ("outcomes", "events"):
        for name, share in before[part].items():
            if name in after[part]:
                yield _of_shares(part, name, share, after[part][name], games)
    for name, role in before["objectives"].items():
        if name in after["objectives"]:
            yield _of_shares("objectives", name, role["reached"], after["objectives"][name]["reached"], games)
    for name, item in before["indicators"].items():
        other = after["indicators"].get(name)
        if other is not None:
            error = math.sqrt((item["sd"] ** 2 + other["sd"] ** 2) / games)
            sure = abs(other["mean"] - item["mean"]) > max(_SURE * error, 1e-9)
            yield Shift("indicators", name, item["mean"], other["mean"], sure)


def _of_shares(part: Any, name: str, before: float, after: float, games: int) -> Shift:
    middle = (before + after) / 2
    error = math.sqrt(2 * middle * (1 - middle) / games)
    return Shift(part, name, before, after, abs(after - before) > max(_SURE * error, 1e-9))
