"""What does time alone change? Turns end, absent seats get a caretaker, sessions are deleted."""

import logging
import math
from typing import Final

from game.base.errors import RivalReadingsError
from game.locale import _, speak
from game.play.orders import Ack
from game.session.registry import Registry
from game.session.room import Room
from game.session.session import Session
from game.session.stored import UnsavedError
from game.session.stream import Answer, GoneError

_LOG: Final = logging.getLogger(__name__)

_LATE: Final = 30.0
"""Seconds after a turn's end at which nobody can have looked when it came: the host's machine slept or was off."""


def tick(host: Registry, now: float) -> None:
    """Do what is due."""
    try:
        sessions = host.awake(now)
        _exchange(host, sessions, now)
    except UnsavedError:
        return
    for session in sessions:
        due = session.hall.facts.delete_after
        if due is not None and now >= due:
            _delete(host, session)
            continue
        for room in session.rooms.values():
            try:
                _tick_room(session, room, now)
            except (GoneError, UnsavedError):
                break
            except RivalReadingsError as error:  # another version's scenario, for instance
                host.leave_out(session.id, error)
                break
            except Exception:
                _LOG.exception("the time of room %s of session %s was not looked at", room.number, session.id)


def _exchange(host: Registry, sessions: list[Session], now: float) -> None:
    """Learn who is connected to other processes, and tell them who is connected to this one."""
    here = {
        (session.id, name): count for session in sessions for name, count in session.presence.here().items()
    }
    elsewhere = host.store.exchange(here)
    for session in sessions:
        members = session.hall.facts.members
        session.presence.look(now)
        changed = session.presence.hear(elsewhere.get(session.id, {}), now)
        changed |= session.presence.lapsed(now)
        for room in {members[name].room for name in changed if name in members}:
            host.told(session, room or 0)


def _delete(host: Registry, session: Session) -> None:
    try:
        host.store.delete(session.id)
    except UnsavedError:
        return
    host.gone(session)


def _tick_room(session: Session, room: Room, now: float) -> None:
    with room.lock:
        room.fresh()
        if room.phase != "playing" or room.paused:
            return
        if room.deadline is not None and now >= room.deadline:
            turn, deadline = room.table.game.turn, room.deadline
            done = room.perform(lambda: _time_is_up(session, room, turn, deadline))
        else:
            absent = _absent(session, room, now)
            if not absent:
                return
            done = room.perform(lambda: _stand_in(session, room, absent))
    done.result()


def _time_is_up(session: Session, room: Room, turn: int, deadline: float) -> Answer:
    if room.table.game.turn == turn and room.deadline == deadline:
        if room.moment - deadline > _LATE or _is_deserted(session, room):
            _stand_still(session, room, turn, session.seconds or deadline - room.since)
        else:
            room.write("act", act="deadline")
            room.resolve_now(session.seconds)
    return Ack(turn=room.table.game.turn)


def _is_deserted(session: Session, room: Room) -> bool:
    """Return whether nobody of the whole session has been here since a room's turn began."""
    for member in session.hall.facts.members.values():
        place = session.rooms.get(member.room or 0, room)
        if session.presence.devices(member.id) or _last_sign(session, place, member.id) >= room.since:
            return False
    return True


def _stand_still(session: Session, room: Room, turn: int, seconds: float) -> None:
    """Pause a turn whose time has run out without anybody, rather than let caretakers play the game."""
    room.write("act", act="pause")
    room.write("clock", deadline=None, left=seconds)
    with speak(session.hall.facts.lang):
        told = _(
            "The time of turn {turn} ran out while the host's machine slept or nobody was here. The game is "
            "paused until the facilitator lets it go on."
        )
    room.say("facilitator", "", "all", told.format(turn=turn))


def _absent(session: Session, room: Room, now: float) -> tuple[str, ...]:
    """Return the missing roles whose people have all been away for longer than the grace period.

    None, where nobody of the room is here who would wait for them.
    """
    grace = session.hall.facts.settings.grace_seconds
    if grace is None:
        return ()
    absent = []
    for role in room.table.missing():
        members = session.hall.holders(room.number, role)
        if any(session.presence.devices(member.id) for member in members):
            continue
        signs = [_last_sign(session, room, member.id) for member in members]
        if now - max([room.since, session.presence.looking_since, *signs]) >= grace:
            absent.append(role)
    return () if set(absent) == set(room.table.people) else tuple(absent)


def _last_sign(session: Session, room: Room, participant: str) -> float:
    """Return when somebody without a device was last here; minus infinity if never.

    That is when they lost their socket, asked for a page or sent anything.
    """
    presence = session.presence
    found = (presence.gone_since(participant), presence.seen(participant), room.acted.get(participant))
    return max((then for then in found if then is not None), default=-math.inf)


def _stand_in(session: Session, room: Room, absent: tuple[str, ...]) -> Answer:
    turn = room.table.game.turn
    for role in absent:
        if role in room.table.missing():
            room.table.seat(role, "caretaker")
    if room.table.people:
        room.table.go_on()
    room.after_turn(turn, session.seconds)
    return Ack(turn=room.table.game.turn)
