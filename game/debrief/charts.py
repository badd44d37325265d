"""How are courses drawn on a page? Lines as SVG, told apart by dash and sign besides colour; time goes right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 360
HEIGHT: Final = 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 12, 10, 24


@dataclass(frozen=True)
class Series:
    """A line.

    Attributes:
        name: What it is, in words.
        values: Its values turn by turn, the start first; None where there is none.
        kind: Its style in the page: `real`, `estimate`, `report`, or `r0` to `r5` for the dash and the sign of
            readings, over again from the seventh on.
        colour: A reading's colour as #RRGGBB; empty where the style gives it.
    """

    name: str
    values: Sequence[float | None]
    kind: str
    colour: str = ""


@dataclass(frozen=True)
class Line:
    """A series as attributes of SVG elements.

    Attributes:
        name: What it is.
        kind: Its style.
        colour: Its colour; empty where the style gives it.
        points: Points of the line, as `x,y x,y`.
        dots: The same one by one, for series that are drawn as dots.
        end: Where its sign stands, at its end.
    """

    name: str
    kind: str
    colour: str
    points: str
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float]


@dataclass(frozen=True)
class Chart:
    """A chart, ready for a template, and its numbers for the table beside it.

    Attributes:
        title: What it shows, in a sentence: the text that stands for the picture.
        lines: Its lines.
        ticks: Height and value of each grid line.
        turns: Position and number of each turn on the axis.
        marks: Positions of marked turns.
        series: The numbers.
    """

    title: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, float], ...]
    turns: tuple[tuple[float, int], ...]
    marks: tuple[float, ...]
    series: tuple[Series, ...]


def chart(
    title: str, series: Sequence[Series], low: float, high: float, turns: int, marked: Sequence[int] = ()
) -> Chart:
    """Lay a chart out.

    Args:
        title: What it shows, in a sentence.
        series: Its lines.
        low: Lowest value on the axis.
        high: Highest value on the axis.
        turns: Turns on the axis, from 0.
        marked: Turns that are marked.
    """
    span = max(high - low, 1e-9)

    def at(turn: float, value: float) -> tuple[float, float]:
        share = (min(max(value, low), high) - low) / span
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * turn / max(turns, 1)
        return round(x, 1), round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)

    lines = []
    for item in series:
        known = [at(turn, value) for turn, value in enumerate(item.values) if value is not None]
        if known:
            points = " ".join(f"{x},{y}" for x, y in known)
            lines.append(Line(item.name, item.kind, item.colour, points, tuple(known), known[-1]))
    step = max(1, turns // 8)
    return Chart(
        title=title,
        lines=tuple(lines),
        ticks=tuple((at(0, value)[1], value) for value in (low, (low + high) / 2, high)),
        turns=tuple((at(turn, low)[0], turn) for turn in range(0, turns + 1, step)),
        marks=tuple(at(turn, low)[0] for turn in marked),
        series=tuple(series),
    )
