"""What does a gradebook say of each participant, and what does each of its columns mean?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

from game.base.spreadsheet import csv_of
from game.locale import _
from game.play.ending import end_of
from game.play.scores import FEW, Scores, own_scores_of
from game.play.texts import texts_of
from game.play.views import EndView
from game.session.hall import Member
from game.session.room import Room
from game.session.stored import StoredRecord

COLUMNS: Final = (
    "participant",
    "room",
    "role",
    "post",
    "turns",
    "orders",
    "predictions",
    "messages",
    "score",
    "reached",
    "reading_score",
    "answer_score",
)
"""Columns that a gradebook can have."""

_DIGITS: Final = 3


def column_texts() -> dict[str, str]:
    """Return what each column says, in the current language."""
    few = _(
        "Empty before the end, or if there is none; of fewer than {few} it says more of luck than of judgement."
    )
    return {
        "participant": _("Pseudonym, in the order of joining, or nickname."),
        "room": _("Number of the room."),
        "role": _("Id of the role whose seat they hold."),
        "post": _("What they do there: seat, press or observer."),
        "turns": _("Turns that the room has played; what was taken back does not count."),
        "orders": _("Of these, turns whose order they handed in, alone or as one of two who confirmed it."),
        "predictions": _("Of these, turns for which they kept a prediction."),
        "messages": _("Messages and notes that they sent."),
        "score": _(
            "Share of its objectives that their role reached, 0 to 1: the pages tell it of 100. Empty before the end."
        ),
        "reached": _("Whether that was the role's mark: yes or no."),
        "reading_score": _(
            "Mean Brier score of their predictions about the accounts: 0 is perfect, 2 is worst."
        )
        + " "
        + few.format(few=FEW),
        "answer_score": _(
            "Mean Brier score of their answers to the questions of the turns: 0 is perfect, 1 is worst."
        )
        + " "
        + few.format(few=FEW),
    }


@dataclass(frozen=True)
class Result:
    """How a room's game ended.

    Attributes:
        end: The ending.
        scores: All predictions, scored.
    """

    end: EndView
    scores: Scores


def result_of(room: Room) -> Result | None:
    """Return how a room's game ended, None while it runs; call it under the room's lock."""
    table = room.table
    if not table.game.over:
        return None
    return Result(end_of(table.game, texts_of(table.loaded, table.ruleset)), own_scores_of(table))


def gradebook(
    members: Iterable[Member],
    rooms: Mapping[int, Room],
    kept: Mapping[int, Sequence[StoredRecord]],
    results: Mapping[int, Result | None],
    name_of: Callable[[str], str],
    columns: Sequence[str],
) -> list[list[str | float]]:
    """Return a row for each participant, with numbers where something was counted or measured."""
    rows = []
    handed = {number: _handed_in(kept[number]) for number in rooms}
    for member in members:
        row: dict[str, str | float] = {**dict.fromkeys(COLUMNS, ""), "participant": name_of(member.id)}
        number = member.room
        if number is not None and number in rooms:
            row |= _row(member, rooms[number], kept[number], handed[number], results[number])
        rows.append([row[name] for name in columns])
    return rows


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """Return a gradebook as CSV, measures with three digits."""
    told = ([f"{cell:.{_DIGITS}f}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    return csv_of(columns, told)


def _row(
    member: Member,
    room: Room,
    kept: Sequence[StoredRecord],
    handed: Mapping[int, set[str]],
    result: Result | None,
) -> dict[str, str | float]:
    turns = range(1, len(room.table.game.steps) + 1)
    predicted = {turn for turn, _role, participant in room.table.predictions if participant == member.id}
    return {
        "room": room.number,
        "role": member.role or "",
        "post": member.post,
        "turns": len(turns),
        "orders": sum(member.id in handed.get(turn, ()) for turn in turns),
        "predictions": sum(turn in predicted for turn in turns),
        "messages": sum(_is_by(item.body, member.id) and item.body["record"] == "message" for item in kept),
        **(
            _reached(result, member.role, member.id) if result is not None and member.role is not None else {}
        ),
    }


def _is_by(body: Mapping[str, Any], participant: str) -> bool:
    return bool(body.get("participant") == participant)


def _handed_in(kept: Iterable[StoredRecord]) -> dict[int, set[str]]:
    """Return who handed in an order by turn, as the game stands: who confirmed it, and who proposed the same."""
    found: dict[int, set[str]] = defaultdict(set)
    proposed: dict[tuple[str, str], set[str]] = {}
    for item in kept:
        body = item.body
        match body["record"]:
            case "proposal":
                proposed[body["role"], body["participant"]] = set(body["moves"])
            case "order":
                found[body["turn"]].add(body.get("participant", ""))
                found[body["turn"]] |= {
                    who
                    for (role, who), moves in proposed.items()
                    if role == body["role"] and moves == set(body["moves"])
                }
            case "resolve":
                proposed.clear()
            case "rewind":
                proposed.clear()
                for turn in [turn for turn in found if turn >= body["turn"]]:
                    del found[turn]
    return found


def _reached(result: Result, role: str, participant: str) -> dict[str, str | float]:
    """Return a participant's results: of the role's objectives, and mean Brier scores where there are any."""
    end = next(item for item in result.end.roles if item.role == role)
    own = result.scores.of(role, participant)
    readings = [item.score for item in own.readings if item.score is not None]
    answers = [item.score for item in own.answers]
    return {
        "score": round(float(end.score), _DIGITS),
        "reached": "yes" if end.reached else "no",
        "reading_score": round(fmean(readings), _DIGITS) if readings else "",
        "answer_score": round(fmean(answers), _DIGITS) if answers else "",
    }
