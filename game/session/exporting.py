"""What does a session leave behind? Grades, a tidy log, a page for each participant, and journals to play on."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from game.base.errors import UsageError
from game.base.spreadsheet import workbook_of
from game.debrief.participant import Person, write_participant
from game.debrief.pseudonyms import pseudonym_of
from game.locale import _, direction, speak
from game.play.journal import Record, written
from game.session.grading import COLUMNS, Result, as_csv, column_texts, gradebook, result_of
from game.session.hall import Member
from game.session.session import Session
from game.session.stored import Reader, StoredRecord


class _Names:
    """Pseudonyms in the order in which people joined, or nicknames."""

    def __init__(self, session: Session, names: bool) -> None:
        members = session.hall.facts.everybody
        self._names = {
            name: member.nickname if names else pseudonym_of(member.joined)
            for name, member in members.items()
        }

    def of(self, participant: str) -> str:
        return self._names.get(participant, participant)

    def told(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return a record with names for ids, without hashes."""
        told = {key: value for key, value in body.items() if key not in ("hash", "code", "files")}
        for key in ("participant", "id"):
            if key in told and told[key] in self._names:
                told[key] = self._names[told[key]]
        if body["record"] in ("join", "rename"):
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
        raise UsageError(message.format(name=_(", ").join(unknown), all=_(", ").join(COLUMNS)))
    results: dict[int, Result | None] = {}
    for room in session.rooms.values():
        with room.lock:
            room.fresh()
            results[room.number] = result_of(room)
            room.table.game.lighten()
    who = _Names(session, names)
    stored = {number: store.read(session.id, number) for number in (0, *session.rooms)}
    members = _takers(session)
    grades = gradebook(members, session.rooms, stored, results, who.of, chosen)
    mirrored = direction(session.hall.facts.lang) == "rtl"
    files = {
        "grades.csv": as_csv(chosen, grades),
        "grades.xlsx": workbook_of("grades", chosen, grades, right_to_left=mirrored),
        "grades.txt": _explained(session, chosen),
        "log.jsonl": _log(stored, who),
    }
    for number in session.rooms:
        files[f"room-{number:02}.jsonl"] = _journal(session, stored[number], who)
    return files | _pages(session, stored, results, who)


def _takers(session: Session) -> list[Member]:
    """Return who takes part, in the order of joining; who was removed, if they had a part in a game until then."""
    facts = session.hall.facts
    found = [
        member
        for member in facts.everybody.values()
        if member.id in facts.members
        or (member.room in session.rooms and member.id in session.rooms[member.room].acted)
    ]
    return sorted(found, key=lambda member: member.joined)


def _explained(session: Session, columns: Iterable[str]) -> bytes:
    """Return what the gradebook's columns say, in the session's language."""
    with speak(session.hall.facts.lang):
        texts = column_texts()
    return "".join(f"{name}: {texts[name]}\n" for name in columns).encode()


def _pages(
    session: Session, stored: dict[int, list[StoredRecord]], results: Mapping[int, Result | None], who: _Names
) -> dict[str, bytes]:
    """Return a page for each participant who has a place, in their language, to hand out."""
    pages = {}
    for member in _takers(session):
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
            result = results[member.room]
            text = write_participant(room.table, person, member.lang, result.scores if result else None)
            room.table.game.lighten()
        pages[f"people/{pseudonym_of(member.joined)}.html"] = text.encode()
    return pages


def _log(stored: dict[int, list[StoredRecord]], who: _Names) -> bytes:
    lines = [
        {"room": number, "n": item.number, "at": item.at, **who.told(item.body)}
        for number, items in stored.items()
        for item in items
    ]
    lines.sort(key=lambda line: (line["at"], line["room"], line["n"]))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def journal_of(store: Reader, session: Session, number: int) -> bytes:
    """Return a room as a saved game, with pseudonyms."""
    return _journal(session, store.read(session.id, number), _Names(session, names=False))


def _journal(session: Session, stored: list[StoredRecord], who: _Names) -> bytes:
    """Return a room's records as a saved game: from its last beginning on, with the scenario's text."""
    bodies = [item.body for item in stored]
    begun = max(at for at, body in enumerate(bodies) if body["record"] == "game")
    first = {**bodies[begun], "files": dict(session.hall.loaded.files)}
    rest: list[Record] = [who.told(body) for body in bodies[begun + 1 :]]
    shown = {"record": "act", "act": "evidence", "shown": first.pop("evidence_shown")}
    return written([first, shown, *rest])
