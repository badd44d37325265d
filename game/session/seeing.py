"""What does a seat see, and who works it out? Orders never wait for it."""

import logging
from collections.abc import Iterable
from concurrent.futures import Future, wait
from typing import Any, Final

from game.debrief.page import write_debrief
from game.debrief.pseudonyms import pseudonym_of
from game.locale import speak
from game.play.game import Game
from game.play.local_seat import LocalSeat
from game.play.views import Parts, View, json_of
from game.scenario.names import role_of
from game.session.registry import Registry
from game.session.replicas import Question, What
from game.session.room import Room
from game.session.session import Session
from game.session.thinking import ClosingError

_LOG: Final = logging.getLogger(__name__)

_PATIENCE: Final = 1.0
"""Seconds that a view waits for estimates at most."""


def view_of(host: Registry, session: Session, room: Room, role: str, lang: str) -> View:
    """Return what a seat shows now, in the current language.

    Where others think, their estimates are waited for a moment if they have little else to do. Without them it is
    shown with those of the turn before; the room's watchers are told when the new ones are there.

    Raises:
        UsageError: There is no such role.
    """
    role_of(session.hall.loaded.compiled, role)
    parts = _parts_now(host, room, role, lang)
    if not parts["settled"] and host.thinkers is not None:
        done = _estimate(host, session, room, [role])
        if host.thinkers.at_leisure:
            wait([done], timeout=_PATIENCE)
            parts = _parts_now(host, room, role, lang)
    return View.model_validate(parts)


def views_of(
    host: Registry, session: Session, room: Room, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], bytes]:
    """Return what seats of a room show now as JSON, by role id and language; nothing is waited for.

    The room's lock is held, and all that has taken effect in it is on the disk.
    """
    found = {}
    for role, lang in wanted:
        with speak(lang):
            found[role, lang] = _parts(host, room, role, lang)
    missing = [role for (role, _lang), parts in found.items() if not parts["settled"]]
    if missing:
        _estimate(host, session, room, missing)
    return {name: json_of(parts) for name, parts in found.items()}


def _parts_now(host: Registry, room: Room, role: str, lang: str) -> Parts:
    """Return what a seat shows, in the current language; without others who think, its estimates are worked out."""
    with room.looked_at():
        return _parts(host, room, role, lang)


def _parts(host: Registry, room: Room, role: str, lang: str) -> Parts:
    game, at = room.table.game, room.table.ruleset.role_at[role]
    estimates = game.estimates(at) if host.thinkers is None else game.known_estimates(at)
    return room.parts_of(role, lang, estimates)


def _estimate(host: Registry, session: Session, room: Room, missing: Iterable[str]) -> "Future[None]":
    """Have missing estimates worked out, people's all at once; the future is done once they have been taken."""
    assert host.thinkers is not None  # noqa: S101 - else views come with their estimates
    with room.lock:
        room.fresh()
        game, at = room.table.game, room.table.ruleset.role_at
        roles = tuple(sorted({at[name] for name in (*missing, *room.table.people)}))
        since = min(len(game.known_estimates(seat)) for seat in roles)
        question = Question(session.id, room.number, "", room.version, "estimates", (roles, since))
        if room.estimating is not None and room.estimating[0] == question and not room.estimating[1].done():
            return room.estimating[1]
        taken: Future[None] = Future()
        room.estimating = (question, taken)
    done = host.thinkers.ask(host.store, room.loaded, question)
    done.add_done_callback(lambda found: _estimated(host, session, room, game, question, found))
    done.add_done_callback(lambda _found: taken.set_result(None))
    return taken


def _estimated(
    host: Registry, session: Session, room: Room, game: Game, question: Question, found: "Future[Any]"
) -> None:
    """Take estimates that were worked out elsewhere; they belong to this game alone, not to one taken back."""
    error = found.exception()
    if error is not None:
        if not isinstance(error, ClosingError):
            _LOG.warning("no estimates: %s", error)
        return
    roles, since = question.details
    with room.lock:
        answers = zip(roles, found.result(), strict=True)
        grown = [game.take_estimates(role, since, estimates) for role, estimates in answers]
    if any(grown):
        room.show_to("")
        host.told(session, room.number)


def answer_of(
    host: Registry, session: Session, room: Room, role: str, what: What, details: tuple[Any, ...]
) -> Any:
    """Return the answer to something that a seat asks, in the current language.

    Raises:
        UsageError: It asks about something that does not exist.
    """
    with room.lock:
        room.fresh()
        seat = LocalSeat(room.table, role)
        refused = seat.withheld(what)
        if refused is not None or host.thinkers is None:
            return refused or getattr(seat, what)(*details)
        known = room.version
    question = Question(session.id, room.number, role, known, what, details)
    return host.thinkers.ask(host.store, room.loaded, question).result()


def debrief_of(host: Registry, session: Session, room: Room, lang: str) -> "Future[str]":
    """Have the debrief of a room whose game is over written, in which people have their pseudonyms."""
    members = session.hall.facts.everybody
    names = tuple((name, pseudonym_of(member.joined)) for name, member in members.items())
    with room.lock:
        room.fresh()
        if host.thinkers is None:
            found: Future[str] = Future()
            found.set_result(write_debrief(room.table, lang, dict(names)))
            return found
        known = room.version
    question = Question(session.id, room.number, "", known, "debrief", (lang, names))
    return host.thinkers.ask(host.store, room.loaded, question)
