"""What does `diff` print? What is different between two scenarios, and what that does to their games."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from game.cli.opening import playable
from game.cli.progress import progress_bar
from game.locale import _, ngettext, number
from game.play.compared import Compared, Shift, compared
from game.scenario.authoring.differences import Differences, differences
from game.scenario.findings import json_text


def diff(before: str, after: str, games: int | None, *, as_json: bool) -> int:
    """Compare two scenarios.

    Args:
        before: One of them.
        after: The other.
        games: Games that bots play of each, for each reading; None for none.
        as_json: Whether a document is printed.

    Raises:
        UsageError: There is no such scenario, or the number of games makes no sense.
        ContentError: One of them has errors.
    """
    first, second = playable(before), playable(after)
    found = differences(first, second)
    played = None
    if games is not None and (found.changes or as_json):
        with progress_bar(_("Playing")) as progress:
            played = compared(first, second, games, progress)
    if as_json:
        print(json_text(_document(before, after, found, played)))
        return 0
    for line in _lines(found):
        print(line)
    for line in _told(played) if played is not None else ():
        print(line)
    return 0


def _document(before: str, after: str, found: Differences, played: Compared | None) -> dict[str, Any]:
    return {
        "before": before,
        "after": after,
        "changes": [
            {
                "what": item.what,
                "path": ".".join(item.path),
                "before": item.before,
                "after": item.after,
                "message": str(item),
            }
            for item in found.changes
        ],
        "texts": {
            item.language: {"changed": item.changed, "new": item.new, "gone": item.gone}
            for item in found.texts
        },
        "games": played.games if played is not None else 0,
        "readings": {name: [asdict(item) for item in shifts] for name, shifts in played.shifts.items()}
        if played is not None
        else {},
    }


def _lines(found: Differences) -> Iterator[str]:
    if not found.changes and not found.texts:
        yield _("No difference.")
    yield from map(str, found.changes)
    for item in found.texts:
        message = _("texts in {language}: {changed} changed, {new} new, {gone} gone")
        yield message.format(language=item.language, changed=item.changed, new=item.new, gone=item.gone)


def _told(played: Compared) -> Iterator[str]:
    """Yield what bots' games show, differences that luck would make as well left out."""
    yield ""
    if not played.shifts:
        yield _("The two have no reading in common, so their games are not compared.")
        return
    message = ngettext(
        "{n} game of each under each reading, played by bots; what luck explains is left out:",
        "{n} games of each under each reading, played by bots; what luck explains is left out:",
        played.games,
    )
    yield message.format(n=played.games)
    for reading, shifts in played.shifts.items():
        sure = [item for item in shifts if item.is_sure]
        yield f"{reading}:"
        if not sure:
            yield "  " + _("no difference beyond luck")
        yield from (f"  {_shift(item)}" for item in sure)


def _shift(item: Shift) -> str:
    words = {
        "outcomes": _("ending {id}: {before} -> {after} percent of games"),
        "events": _("event {id}: {before} -> {after} percent of games"),
        "objectives": _("objectives of {id} reached: {before} -> {after} percent of games"),
        "indicators": _("{id} at the end, mean: {before} -> {after}"),
    }[item.part]
    size = 1.0 if item.part == "indicators" else 100.0
    before, after = number(size * item.before, 1), number(size * item.after, 1)
    return words.format(id=item.id, before=before, after=after)
