"""Where do the lines of a fan chart run? Points for an SVG; the page says the same in words and a table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 8, 8, 20


@dataclass(frozen=True)
class Fan:
    """A chart, as attributes of SVG elements.

    Attributes:
        past: Points of what was estimated so far.
        middle: Points of the middle of the futures.
        wide: Points of the area that holds nine in ten futures.
        narrow: Points of the area that holds one in two.
        now: Horizontal position of the present.
        ticks: Vertical position and value of each grid line.
        turns: Horizontal position and number of each turn.
        place: The reading's place among the readings: its dash and sign.
    """

    past: str
    middle: str
    wide: str
    narrow: str
    now: float
    ticks: tuple[tuple[float, float], ...]
    turns: tuple[tuple[float, int], ...]
    place: int


def fan_of(
    past: Sequence[float], bands: Sequence[Sequence[float]], low: float, high: float, turns: int, place: int
) -> Fan:
    """Return the chart of one reading's expectation.

    Args:
        past: Estimates turn by turn, the declared start first.
        bands: After each coming turn: below which 5, 25, 50, 75 and 95 in 100 futures lie.
        low: Lowest value on the axis.
        high: Highest value on the axis.
        turns: Turns of the whole game.
        place: The reading's place.
    """
    span = max(high - low, 1e-9)

    def at(turn: float, value: float) -> tuple[float, float]:
        share = (min(max(value, low), high) - low) / span
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * turn / max(turns, 1)
        return round(x, 1), round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)

    def joined(points: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{x},{y}" for x, y in points)

    now = len(past) - 1
    start = at(now, past[-1])

    def line(quantile: int) -> list[tuple[float, float]]:
        return [start, *(at(now + step, band[quantile]) for step, band in enumerate(bands, start=1))]

    def area(lower: int, upper: int) -> str:
        return joined([*line(upper), *reversed(line(lower))])

    return Fan(
        past=joined([at(turn, value) for turn, value in enumerate(past)]),
        middle=joined(line(2)),
        wide=area(0, 4),
        narrow=area(1, 3),
        now=start[0],
        ticks=tuple((at(0, value)[1], value) for value in (low, (low + high) / 2, high)),
        turns=tuple((at(turn, low)[0], turn) for turn in range(0, turns + 1, max(1, turns // 6))),
        place=place,
    )
