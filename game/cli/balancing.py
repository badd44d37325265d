"""What does `balance` print? A scenario's figures, as a document or as plain columns, and what falls short."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from game.cli.balance_page import html_of
from game.cli.columns import columns
from game.cli.frame import tell
from game.cli.opening import playable
from game.cli.progress import progress_bar
from game.cli.writing import PAGE_BEGINS, check_over, write_over
from game.locale import _, number
from game.play.balance import CASTS, figures
from game.play.balance_shortfalls import longest_at_limit
from game.scenario.findings import json_text

Document: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = list[list[str]]


def balance(scenario: str, games: int, out: Path | None, *, as_json: bool) -> int:
    """Measure a scenario's balance and print it.

    Args:
        scenario: Id, variant, folder or file.
        games: How many for each case.
        out: The page to write, for a browser; None prints.
        as_json: Whether to print one JSON document.

    Raises:
        UsageError: There is no such scenario, or the number of games makes no sense.
        ContentError: It has errors.
        EnvironmentLacksError: The page cannot be written.
    """
    loaded = playable(scenario)
    if out is not None:
        check_over(out, PAGE_BEGINS)
    with progress_bar(_("Playing")) as progress:
        document = figures(loaded, games, progress)
    if out is not None:
        page_text = html_of(loaded, document, _parts(document))
        write_over(out, page_text, PAGE_BEGINS, tell if as_json else print)
    if as_json:
        print(json_text(document))
    elif out is None:
        for line in page(document):
            print(line)
    return 0


def page(document: Document) -> Iterator[str]:
    """Yield the figures as plain lines, a reading in each column."""
    yield _("{scenario}: {games} games for each case").format(
        scenario=document["scenario"], games=document["games"]
    )
    for title, rows in _parts(document):
        yield ""
        yield title
        yield from columns(rows)
    yield ""
    if document["shortfalls"]:
        yield _("What falls short")
        yield from (f"- {sentence}" for sentence in document["shortfalls"])
    else:
        yield _("Nothing falls short of its mark.")


def _parts(document: Document) -> Iterator[tuple[str, Rows]]:
    """Yield each part's title and its rows of cells."""
    readings: list[str] = document["readings"]
    header = ["", *readings]
    title = _(
        "Roles: percent of games in which each reaches its objectives, played by bots of drawn belief; "
        "by bots of the scenario's beliefs; at random"
    )
    yield title, [header, *_by_cast(document, "objectives")]
    title = _(
        "Outcomes: percent of games, played by bots of drawn belief; by bots of the scenario's; at random"
    )
    yield title, [header, *_by_cast(document, "outcomes")]
    title = _(
        "Policies: percent of bot games that use each; what leaving it out takes from the role's score; how far "
        "the best plan with it stays behind the best of all"
    )
    yield title, [header, *_policies(document)]
    title = _(
        "Answers: percent of bot games that give each where its decision comes up; what it adds to the role's "
        "score against the mean answer"
    )
    yield title, [header, *_answers(document)]
    title = _("Agreements: percent of games in which each comes into force, played by bots; at random")
    yield title, [header, *_agreements(document)]
    title = _(
        "Knowing the reading: score of a bot that acts on the prior; gain of one that acts on the true reading; "
        "loss of one that acts on a wrong one"
    )
    yield title, [header, *_knowing(document, "bots")]
    yield _("The same for plans of policies kept up all game"), [header, *_knowing(document, "plans")]
    title = _(
        "Percent of games that end otherwise when the same orders and luck meet another reading, played by "
        "bots; at random"
    )
    yield title, [header, *_swapped(document)]
    title = _(
        "Indicators that stand longest at an end of their scale: percent of turns, whoever plays at the most"
    )
    yield title, [header, *_limits(document)]
    title = _("Evidence: mean probability of the true reading after each turn, from turn 0, by seat")
    yield title, _evidence(document)


def _percent(share: float) -> str:
    return number(100.0 * share, 1)


def _points(value: float) -> str:
    return number(value, 3, signed=True)


def _row(name: str, readings: Sequence[str], cells: Sequence[Mapping[str, str]]) -> list[str]:
    """Return a row whose cells have several figures each, by reading."""
    return [name, *("; ".join(cell[reading] for cell in cells) for reading in readings)]


def _told(values: Mapping[str, float]) -> dict[str, str]:
    return {reading: _percent(value) for reading, value in values.items()}


def _counted(values: Mapping[str, float]) -> dict[str, str]:
    return {reading: _points(value) for reading, value in values.items()}


def _scored(values: Mapping[str, float]) -> dict[str, str]:
    return {reading: number(value, 3) for reading, value in values.items()}


def _by_cast(document: Document, part: str) -> Iterator[list[str]]:
    tables = document[part]
    for name in tables[CASTS[0]]:
        yield _row(name, document["readings"], [_told(tables[cast][name]) for cast in CASTS])


def _policies(document: Document) -> Iterator[list[str]]:
    used = document["used"]["bots"]["policies"]
    for name, behind in document["behind"].items():
        cells = [_told(used[name]), _counted(document["left_out"][name]), _scored(behind)]
        yield _row(name, document["readings"], cells)


def _answers(document: Document) -> Iterator[list[str]]:
    used = document["used"]["bots"]["options"]
    for options in document["answers"].values():
        for name, gains in options.items():
            yield _row(name, document["readings"], [_told(used[name]), _counted(gains)])


def _agreements(document: Document) -> Iterator[list[str]]:
    for name in document["used"]["bots"]["agreements"]:
        cells = [_told(document["used"][cast]["agreements"][name]) for cast in ("bots", "random")]
        yield _row(name, document["readings"], cells)


def _knowing(document: Document, who: str) -> Iterator[list[str]]:
    for role, worth in document["knowing"].items():
        prior, knowing, wrong = (worth[who][name] for name in ("prior", "knowing", "wrong"))
        gain = {reading: knowing[reading] - prior[reading] for reading in prior}
        loss = {reading: prior[reading] - wrong[reading] for reading in prior}
        yield _row(role, document["readings"], [_scored(prior), _counted(gain), _counted(loss)])


def _swapped(document: Document) -> Iterator[list[str]]:
    for name in document["readings"]:
        yield _row(
            name,
            document["readings"],
            [_told(document["swapped"][cast][name]) for cast in ("bots", "random")],
        )


def _limits(document: Document) -> Iterator[list[str]]:
    table = longest_at_limit(document)
    for name in sorted(table, key=lambda name: -max(table[name].values()))[:3]:
        yield _row(name, document["readings"], [_told(table[name])])


def _evidence(document: Document) -> Rows:
    curves = document["evidence"]
    turns = range(len(next(iter(curves.values()))))
    return [
        ["", *(number(turn) for turn in turns)],
        *([seat, *(number(value, 2) for value in curve)] for seat, curve in curves.items()),
    ]
