"""How does a session begin? With a code, a facilitator's token, and a game in each of its rooms."""

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from game.base.arrays import Floats
from game.base.errors import UsageError
from game.locale import _
from game.play.orders import Ack, Refused
from game.play.table import first_record
from game.scenario.loading import Loaded
from game.session.api import Clock, Created, Settings
from game.session.hall import FACILITATOR, Hall, hash_of
from game.session.room import Room
from game.session.session import Session
from game.session.store import Store
from game.session.stored import UnsavedError
from game.session.stream import Answer, Extra

_LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that nobody takes for one another."""

_CODE_LENGTH: Final = 6
_MOST_ROOMS: Final = 200


def made(
    store: Store,
    clock: Clock,
    loaded: Loaded,
    rooms: int,
    lang: str,
    settings: Settings,
    seed: int | None,
    world: Floats | None,
) -> tuple[Created, Session]:
    """Return a new session, kept by now, with what is told of it this once; see `Registry.create`."""
    if not 1 <= rooms <= _MOST_ROOMS:
        raise UsageError(_("A session has 1 to {most} rooms.").format(most=_MOST_ROOMS))
    name, token, code = secrets.token_hex(8), secrets.token_urlsafe(16), _new_code(store)
    hall, extra = Hall(store, clock, name), Extra(opens=code)
    people = list(loaded.ruleset.role_at if loaded.ruleset else ())
    games = [first_record(loaded, people, seed, world) for _n in range(rooms)]

    def begin() -> Answer:
        hall.loaded = loaded.for_play()
        extra.tokens[hash_of(token)] = FACILITATOR
        hall.write(
            "session",
            code=code,
            rooms=rooms,
            lang=lang,
            settings=settings.model_dump(),
            scenario=loaded.id,
            variant=loaded.variant,
            files=dict(loaded.files),
        )
        return Ack(turn=1)

    _sure(hall.perform(begin, extra=extra, new=True))
    session = Session(store, clock, name, hall)
    waiting = []
    for room, game in zip(session.rooms.values(), games, strict=True):
        del game["files"]
        waiting.append(room.perform(_beginning(room, game, settings.evidence_shown), new=True))
    for done in waiting:
        _sure(done)
    return Created(session_id=name, code=code, facilitator_token=token), session


def _new_code(store: Store) -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _n in range(_CODE_LENGTH))
        if store.session_of(code) is None:
            return code


def _sure(done: "Future[Answer]") -> None:
    answer = done.result()
    if isinstance(answer, Refused):
        raise UnsavedError(answer.reason)


def _beginning(room: Room, game: dict[str, object], evidence_shown: bool) -> Callable[[], Answer]:
    def begin() -> Answer:
        room.write("game", format=1, **game, evidence_shown=evidence_shown)
        return Ack(turn=1)

    return begin
