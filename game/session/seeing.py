"""What does a seat see, and who works it out? Orders never wait for it."""

import logging
from concurrent.futures import Future, wait
from typing import Any, Final

from game.play.game import Game
from game.play.local_seat import LocalSeat
from game.play.viewing import Viewer
from game.play.views import View
from game.scenario.names import role_of
from game.session.registry import Registry
from game.session.replicas import Question, What
from game.session.room import Room
from game.session.session import Session

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
    at = role_of(session.hall.loaded.ruleset, role) if session.hall.loaded.ruleset is not None else 0
    with room.lock:
        room.fresh()
        game = room.table.game
        if host.thinkers is None:
            return Viewer(room.table, role).view(lang)
        view = Viewer(room.table, role).view(lang, game.known_estimates(at))
        if view.settled or not room.kept:
            return view
        roles = tuple(sorted({at, *(room.table.ruleset.role_at[name] for name in room.table.people)}))
        since = min(len(game.known_estimates(seat)) for seat in roles)
        question = Question(session.id, room.number, "", room.version, "estimates", (roles, since))
    done = host.thinkers.ask(host.store, room.loaded, question)
    done.add_done_callback(lambda found: _estimated(host, session, room, game, question, found))
    if host.thinkers.at_leisure:
        if wait([done], timeout=_PATIENCE).done:
            _estimated(host, session, room, game, question, done)
        with room.lock:
            room.fresh()
            if room.table.game is game:
                view = Viewer(room.table, role).view(lang, game.known_estimates(at))
    return view


def _estimated(
    host: Registry, session: Session, room: Room, game: Game, question: Question, found: "Future[Any]"
) -> None:
    """Take estimates that were worked out elsewhere; they belong to this game alone, not to one taken back."""
    if found.exception() is not None:
        _LOG.warning("no estimates: %s", found.exception())
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
        if host.thinkers is None:
            return getattr(LocalSeat(room.table, role), what)(*details)
        known = room.version
    question = Question(session.id, room.number, role, known, what, details)
    return host.thinkers.ask(host.store, room.loaded, question).result()
