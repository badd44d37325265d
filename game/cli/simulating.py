"""What does `simulate` print? Figures of many games, as a document or as plain columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from game.base.errors import UsageError
from game.cli.columns import columns
from game.cli.opening import playable
from game.cli.progress import progress_bar
from game.locale import _, number
from game.play.simulate import Request
from game.play.simulate import simulate as play_games
from game.scenario.findings import json_text


def simulate(scenario: str, request: Request, *, as_json: bool) -> int:
    """Play many games and print what came of them.

    Raises:
        UsageError: The request names something that does not exist.
        ContentError: The scenario has errors.
    """
    loaded = playable(scenario)
    with progress_bar(_("Playing")) as progress:
        document = play_games(loaded, request, progress)
    if as_json:
        print(json_text(document))
    else:
        for line in table(document):
            print(line)
    return 0


def plans(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the moves of each role from texts such as `government=train_regulars,#negotiate`.

    Raises:
        UsageError: A text is none of that form.
    """
    result: dict[str, tuple[str, ...]] = {}
    for text in texts:
        role, moves = _pair(text, "--play ROLE=MOVE,#TAG")
        names = tuple(name.strip() for name in moves.split(",") if name.strip())
        result[role] = result.get(role, ()) + names
    return result


def starts(texts: Sequence[str]) -> dict[str, str]:
    """Return where indicators begin from texts such as `great_power_rivalry=+30`.

    Raises:
        UsageError: A text is none of that form.
    """
    return dict(_pair(text, "--start INDICATOR=VALUE") for text in texts)


def _pair(text: str, form: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise UsageError(_("'{text}' is not understood: write {form}").format(text=text, form=form))
    return name.strip(), value.strip()


def table(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures as plain columns, a reading in each."""
    readings = document["readings"]
    heading = _("{scenario}: {games} games for each reading, seeds from {seed}")
    yield heading.format(scenario=document["scenario"], games=document["games"], seed=document["seed"])
    parts: dict[str, tuple[str, Callable[[Any], str]]] = {
        "indicators": (_("Indicators at the end: mean (5 to 95 percent of games); start first"), _indicator),
        "events": (_("Events: percent of games in which they happened"), _percent),
        "outcomes": (_("Outcomes: percent of games"), _percent),
        "seats": (_("Seats: mean"), _mean),
        "objectives": (
            _("Objectives: percent of games in which the role reached them; mean score"),
            _objective,
        ),
    }
    for part, (title, cell) in parts.items():
        if not next(iter(readings.values()))[part]:
            continue
        yield ""
        yield title
        yield from columns(_rows(readings, part, cell))


def _rows(readings: Mapping[str, Any], part: str, cell: Callable[[Any], str]) -> list[list[str]]:
    """Return a part of the figures as rows of cells, the readings' names first."""
    first = next(iter(readings.values()))[part]
    rows = [[name, *(cell(figures[part][name]) for figures in readings.values())] for name in first]
    if part != "indicators":
        return [["", *readings], *rows]
    starts_first = [[row[0], _mean(first[row[0]]["start"]), *row[1:]] for row in rows]
    return [["", _("start"), *readings], *starts_first]


def _indicator(figures: Mapping[str, float]) -> str:
    message = _("{mean} ({low} to {high})")
    return message.format(mean=_mean(figures["mean"]), low=_mean(figures["q05"]), high=_mean(figures["q95"]))


def _percent(share: float) -> str:
    return number(100 * share, 1)


def _mean(value: float) -> str:
    return number(value, 1)


def _objective(figures: Mapping[str, float]) -> str:
    return f"{_percent(figures['reached'])}; {number(figures['score'], 2)}"
