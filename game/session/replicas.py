"""What does a process do that thinks for rooms? It plays their records along, and answers what seats ask."""

import os
import signal
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import parent_process
from typing import Any, Final, Literal, TypeAlias

from game.debrief.page import write_debrief
from game.play.journal import Nowhere
from game.play.local_seat import LocalSeat
from game.play.table import Table
from game.scenario.loading import Loaded, load_texts
from game.session.stored import Reader

What: TypeAlias = Literal["debrief", "estimates", "evidence", "explain", "forecast", "scores", "truth"]
"""What can be asked: the room's debrief, how every seat of it estimates indicators, or a seat's own questions."""

_NICENESS: Final = 15

_MOST_ROOMS: Final = 150
"""Rooms that a process plays along; the one that was not asked about for longest is let go."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a seat asks.

    Attributes:
        session: The session's id.
        room: The room's number.
        role: The seat's role; empty where the room as a whole is asked about.
        known: How many of the room's records the asker knows to be kept; it is answered from at least those.
        what: What is asked.
        details: What else the seat's method takes.
    """

    session: str
    room: int
    role: str
    known: int
    what: What
    details: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioText:
    """A scenario's text, as a session keeps it."""

    digest: str
    id: str
    variant: str | None
    files: Mapping[str, str]

    @classmethod
    def of(cls, loaded: Loaded) -> "ScenarioText":
        """Return a scenario's text."""
        known = loaded.id.removesuffix(f":{loaded.variant}") if loaded.variant else loaded.id
        return cls(loaded.digest, known, loaded.variant, dict(loaded.files))


class Replica:
    """A room's game, as its records make it."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.taken = 0
        self.table: Table | None = None

    def take(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Play more records along."""
        for record in records:
            if record["record"] == "game":
                self.table = Table.of(self.loaded, record, Nowhere())
                self.table.evidence_shown = bool(record["evidence_shown"])
            elif self.table is not None:
                self.table.replay(dict(record))
                if record["record"] == "resolve":
                    self.table.game.lighten()
        self.taken += len(records)

    def answer(self, question: Question) -> Any:
        """Answer what a seat asks."""
        assert self.table is not None  # noqa: S101 - a room begins with its game
        if question.what == "estimates":
            roles, since = question.details
            found = [self.table.game.estimates(role)[since:] for role in roles]
            self.table.game.lighten()
            return found
        if question.what == "debrief":
            lang, names = question.details
            return write_debrief(self.table, lang, dict(names))
        return getattr(LocalSeat(self.table, question.role), question.what)(*question.details)


_scenarios: dict[str, Loaded] = {}
_replicas: dict[tuple[str, int], Replica] = {}
"""By session and room; the one that was asked about last comes last."""


def get_ready() -> None:
    """Let orders and views go first on a busy machine, and have this process end when the one that started it does.

    That is not before, by Ctrl-C, nor after, if it is killed.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def learn(scenario: ScenarioText) -> None:
    """Get to know a scenario in this process."""
    if scenario.digest not in _scenarios:
        _scenarios[scenario.digest] = load_texts(scenario.files, scenario.id, scenario.variant)


def answers(asked: Sequence[tuple[str, str, Question]]) -> list[Any]:
    """Answer questions, each with its room's store and its scenario's digest; one that fails with its exception."""
    found: list[Any] = []
    for where, digest, question in asked:
        try:
            found.append(answer(where, digest, question))
        except Exception as error:
            found.append(error)
    return found


def answer(where: str, digest: str, question: Question) -> Any:
    """Take what a room's store has of it by now, then answer.

    Args:
        where: The store.
        digest: Of the room's scenario.
        question: What is asked.

    Raises:
        UnsavedError: The store cannot be read.
    """
    place = (question.session, question.room)
    replica = _replicas.pop(place, None) or Replica(_scenarios[digest])
    replica.take([item.body for item in _reader(where).read(*place, replica.taken)])
    _replicas[place] = replica
    while len(_replicas) > _MOST_ROOMS:
        del _replicas[next(iter(_replicas))]
    return replica.answer(question)


@cache
def _reader(where: str) -> Reader:
    return Reader(where)
