"""What does a session leave behind? Grades, a tidy log, a page for each participant, and journals to play on."""

import json
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Any, Final

from game.base.errors import UsageError
from game.base.spreadsheet import csv_of
from game.debrief.participant import Person, write_participant
from game.locale import _
from game.play.ending import end_of
from game.play.journal import Record, written
from game.play.scores import scores_of
from game.play.texts import texts_of
from game.session.hall import Member
from game.session.room import Room
from game.session.session import Session
from game.session.stored import Reader, StoredRecord

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
    "reading_score",
    "answer_score",
)
"""Columns that a gradebook can have."""


class _Names:
    """Pseudonyms in the order in which people joined, or nicknames."""

    def __init__(self, session: Session, names: bool) -> None:
        members = session.hall.facts.members
        self._names = {
            name: member.nickname if names else f"P{at:02}"
            for at, (name, member) in enumerate(members.items(), 1)
        }

    def of(self, participant: str) -> str:
        return self._names.get(participant, participant)

    def told(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return a record with names for ids, without hashes."""
        told = {key: value for key, value in body.items() if key not in ("hash", "code", "files")}
        for key in ("participant", "id"):
            if key in told and told[key] in self._names:
                told[key] = self._names[told[key]]
        if body["record"] == "join":
            told["nickname"] = told["id"]
        if body["record"] == "message" and "participant" in body:
            told["nickname"] = told["participant"]
        return told


def files_of(
    store: Reader, session: Session, columns: Iterable[str] | None, *, names: bool
) -> dict[str, bytes]:
    """Return a session as files by name.

    Raises:
        UsageError: There is no such column.
    """
    chosen = tuple(columns) if columns is not None else COLUMNS
    unknown = sorted(set(chosen) - set(COLUMNS))
    if unknown or not chosen:
        message = _("There is no column {name}. There are: {all}.")
        raise UsageError(message.format(name=", ".join(unknown), all=", ".join(COLUMNS)))
    for room in session.rooms.values():
        with room.lock:
            room.fresh()
    who = _Names(session, names)
    stored = {number: store.read(session.id, number) for number in (0, *session.rooms)}
    files = {"grades.csv": _grades(session, stored, who, chosen), "log.jsonl": _log(stored, who)}
    for number in session.rooms:
        files[f"room-{number:02}.jsonl"] = _journal(session, stored, number, who)
    return files | _pages(session, stored, who)


def _pages(session: Session, stored: dict[int, list[StoredRecord]], who: _Names) -> dict[str, bytes]:
    """Return a page for each participant who has a place, in their language, to hand out."""
    pages = {}
    for at, member in enumerate(session.hall.facts.members.values(), start=1):
        if member.room is None or member.room not in session.rooms:
            continue
        said = [
            (item.body["turn"], item.body["text"])
            for item in stored[member.room]
            if item.body["record"] == "message" and item.body.get("participant") == member.id
        ]
        person = Person(member.id, who.of(member.id), member.room, member.role, member.post, said)
        room = session.rooms[member.room]
        with room.lock:
            room.fresh()
            text = write_participant(room.table, person, member.lang)
            room.table.game.lighten()
        pages[f"people/P{at:02}.html"] = text.encode()
    return pages


def _log(stored: dict[int, list[StoredRecord]], who: _Names) -> bytes:
    lines = [
        {"room": number, "n": item.number, "at": item.at, **who.told(item.body)}
        for number, items in stored.items()
        for item in items
    ]
    lines.sort(key=lambda line: (line["at"], line["room"], line["n"]))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _journal(session: Session, stored: dict[int, list[StoredRecord]], number: int, who: _Names) -> bytes:
    """Return a room's records as a saved game: from its last beginning on, with the scenario's text."""
    bodies = [item.body for item in stored[number]]
    begun = max(at for at, body in enumerate(bodies) if body["record"] == "game")
    first = {**bodies[begun], "files": dict(session.hall.loaded.files)}
    rest: list[Record] = [who.told(body) for body in bodies[begun + 1 :]]
    shown = {"record": "act", "act": "evidence", "shown": first.pop("evidence_shown")}
    return written([first, shown, *rest])


def _grades(
    session: Session, stored: dict[int, list[StoredRecord]], who: _Names, columns: Sequence[str]
) -> bytes:
    found: dict[str, dict[str, object]] = {}
    members = session.hall.facts.members.values()
    for number in sorted({member.room or 0 for member in members}):
        room = session.rooms.get(number)
        for member in members:
            if (member.room or 0) == number:
                found[member.id] = _row(member, room, stored.get(number, []), who, columns)
        if room is not None:
            room.table.game.lighten()
    return csv_of(columns, ([found[member.id].get(name, "") for name in columns] for member in members))


def _row(
    member: Member, room: Room | None, stored: Sequence[StoredRecord], who: _Names, columns: Sequence[str]
) -> dict[str, object]:
    """Return a participant's row of the gradebook."""
    kinds = [item.body["record"] for item in stored if item.body.get("participant") == member.id]
    ends = {} if room is None else _end(room, member.role, member.id, columns)
    return {
        "participant": who.of(member.id),
        "room": member.room or "",
        "role": member.role or "",
        "post": member.post if member.room else "",
        "turns": len(room.table.game.steps) if room is not None else "",
        "orders": kinds.count("order"),
        "predictions": kinds.count("prediction"),
        "messages": kinds.count("message"),
        **ends,
    }


def _end(room: Room, role: str | None, participant: str, columns: Sequence[str]) -> dict[str, str]:
    """Return a participant's results: of the role's objectives, and mean Brier scores; empty until the end."""
    table = room.table
    if not table.game.over or role is None:
        return {}
    results = {}
    if "score" in columns:
        end = end_of(table.game, texts_of(table.loaded, table.ruleset))
        results["score"] = next(f"{item.score:.3f}" for item in end.roles if item.role == role)
    if "reading_score" in columns or "answer_score" in columns:
        scores = scores_of(table).of(role, participant)
        said = [item.score for item in scores.readings if item.score is not None]
        results["reading_score"] = f"{fmean(said):.3f}" if said else ""
        answers = [item.score for item in scores.answers]
        results["answer_score"] = f"{fmean(answers):.3f}" if answers else ""
    return results
