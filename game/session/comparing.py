"""How do a session's rooms, and what was taken back in them, lie beside each other? For the facilitator alone."""

import numpy as np

from game.play.ending import end_of
from game.play.table import Table
from game.play.texts import Texts, texts_of
from game.session.api import Comparison, CourseOfRoom
from game.session.replicas import Replica
from game.session.room import Branch, Room
from game.session.session import Session
from game.session.stored import Reader


def comparison_of(store: Reader, session: Session) -> Comparison:
    """Return what every room has played, and every branch that was taken back; in the current language.

    Raises:
        UnsavedError: The records cannot be read.
        GoneError: The session has been deleted.
    """
    ruleset = session.hall.loaded.compiled
    texts = texts_of(session.hall.loaded, ruleset)
    courses: list[CourseOfRoom] = []
    for room in session.rooms.values():
        with room.lock:
            room.fresh()
            branches = tuple(room.branches)
            if room.table.game.steps:
                courses.append(_course(room, room.table, texts))
        courses.extend(
            _course(room, _as_it_was(store, room, branch), texts, at, branch.reason)
            for at, branch in enumerate(branches, start=1)
        )
    return Comparison(
        title=texts.scenario.title,
        turns=ruleset.turns,
        roles=texts.roles,
        indicators={item.id: texts.indicator(at) for at, item in enumerate(ruleset.indicators)},
        spans={item.id: (item.low, item.high) for item in ruleset.indicators},
        readings={name: item.label for name, item in texts.scenario.readings.items()},
        courses=tuple(courses),
    )


def _as_it_was(store: Reader, room: Room, branch: Branch) -> Table:
    """Return a room's game as it stood before it was taken back."""
    replica = Replica(room.loaded)
    replica.take([item.body for item in store.read(room.session, room.number)[: branch.records]])
    assert replica.table is not None  # noqa: S101 - a room begins with its game
    return replica.table


def _course(room: Room, table: Table, texts: Texts, branch: int = 0, reason: str = "") -> CourseOfRoom:
    game, ruleset = table.game, table.ruleset
    path = np.stack([state.x[:, 0] for state in game.states()], axis=1)
    end = end_of(game, texts) if game.over else None
    orders = []
    for step in game.steps:
        made: dict[str, tuple[str, ...]] = dict.fromkeys(ruleset.role_at, ())
        for at in np.flatnonzero(step.causes.moves[:, 0]):
            role = ruleset.roles[ruleset.moves[at].role].id
            made[role] = (*made[role], texts.move(int(at)))
        orders.append(made)
    return CourseOfRoom(
        room=room.number,
        branch=branch,
        reason=reason,
        turns=len(game.steps),
        world={name: float(share) for name, share in zip(ruleset.readings, game.world, strict=True)},
        values={item.id: tuple(map(float, row)) for item, row in zip(ruleset.indicators, path, strict=True)},
        orders=tuple(orders),
        ending=end.title if end is not None else None,
        scores={item.role: item.score for item in end.roles} if end is not None else {},
    )
