"""What can a facilitator do? Every act is checked, done and kept, in one room or in all."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, TypeAlias

from game.engine.bound import pure
from game.engine.worlds import world_of
from game.locale import _, list_of, ngettext, speak
from game.play.orders import Ack, Refused
from game.session.api import Act
from game.session.hall import Member
from game.session.joining import is_taken, taken_by
from game.session.keys import bad_key, key_of
from game.session.room import Room
from game.session.saying import name_of, words_of
from game.session.session import Session
from game.session.stream import Answer

_Doer: TypeAlias = Callable[[Session, Room, Act], Refused | None]

_OF_THE_HALL: Final = frozenset(
    {"open", "lock", "note", "delete_after", "seat", "rename", "remove", "turn_time", "grace"}
)
_SETTINGS: Final = {"turn_time": "turn_seconds", "grace": "grace_seconds"}


def act(session: Session, wanted: Act, key: str | None, lang: str) -> Answer:
    """Do an act; the rooms that refuse say why, the others have done it."""
    refused = bad_key(key)
    if refused is not None:
        return refused
    name = key_of("facilitator", wanted.kind, key)
    if wanted.room is not None and wanted.room not in session.rooms:
        return Refused(code="unknown", reason=_("There is no such room."))
    if wanted.kind in _OF_THE_HALL:
        hall_work = _hall_work(session, wanted)
        answer = session.hall.perform(hall_work, key=name, lang=lang, by="facilitator").result()
        member = session.hall.facts.everybody.get(wanted.participant or "")
        if isinstance(answer, Ack) and member is not None:
            if wanted.kind == "seat":
                return taken_by(session, member, lang)
            if wanted.kind == "remove":
                return _left_by(session, member, name, lang)
        return answer
    rooms = session.rooms.values() if wanted.room is None else [session.rooms[wanted.room]]
    waiting: list[Future[Answer]] = [
        room.perform(_room_work(session, room, wanted), key=name, lang=lang, by="facilitator")
        for room in rooms
    ]
    answers = {room.number: done.result() for room, done in zip(rooms, waiting, strict=True)}
    return _together(answers)


def _left_by(session: Session, member: Member, key: str | None, lang: str) -> Answer:
    """Let a room know that somebody was removed: what they have confirmed alone counts no more."""
    room = session.rooms.get(member.room or 0)
    if room is None:
        return Ack(turn=1)

    def work() -> Answer:
        room.write("act", act="remove", id=member.id)
        return Ack(turn=1)

    return room.perform(work, key=key, lang=lang, by="facilitator").result()


def _together(answers: dict[int, Answer]) -> Answer:
    """Return one answer for several rooms: each refusal with the rooms that it comes from."""
    refused = {number: answer for number, answer in answers.items() if isinstance(answer, Refused)}
    if not refused:
        return next(iter(answers.values()))
    first = next(iter(refused.values()))
    if len(refused) == len(answers) and len({answer.reason for answer in refused.values()}) == 1:
        return first
    by_reason: dict[str, list[str]] = {}
    for number, answer in refused.items():
        by_reason.setdefault(answer.reason, []).append(str(number))
    told = [
        ngettext("Room {rooms}: {reason}", "Rooms {rooms}: {reason}", len(numbers)).format(
            rooms=list_of(numbers), reason=reason
        )
        for reason, numbers in by_reason.items()
    ]
    if len(refused) < len(answers):
        told.append(_("The other rooms have done it."))
    return first.model_copy(update={"reason": " ".join(told)})


def _room_work(session: Session, room: Room, wanted: Act) -> Callable[[], Answer]:
    def work() -> Answer:
        refused = _DOERS[wanted.kind](session, room, wanted)
        return refused or Ack(turn=room.table.game.turn)

    return work


def _hall_work(session: Session, wanted: Act) -> Callable[[], Answer]:
    return lambda: _in_hall(session, wanted) or Ack(turn=1)


def _in_hall(session: Session, wanted: Act) -> Refused | None:
    hall = session.hall
    match wanted.kind:
        case "open" | "lock":
            return _locked(session, wanted)
        case "note":
            if not words_of(wanted.text):
                return Refused(code="malformed", reason=_("The note is empty."))
            hall.write("note", text=words_of(wanted.text))
        case "delete_after":
            hall.write("delete_after", at=wanted.at)
        case "rename":
            return _renamed(session, wanted)
        case "remove":
            if wanted.participant not in hall.facts.members:
                return Refused(code="unknown", reason=_("Nobody here has this name."))
            hall.write("remove", id=wanted.participant)
        case "turn_time" | "grace":
            hall.write("settings", changed={_SETTINGS[wanted.kind]: wanted.seconds})
        case _:
            return _seated(session, wanted)
    return None


def _locked(session: Session, wanted: Act) -> Refused | None:
    if wanted.role is not None and not _is_role(session, wanted.role):
        return _no_role()
    for number in session.rooms if wanted.room is None else [wanted.room]:
        session.hall.write("lock", room=number, role=wanted.role or "", locked=wanted.kind == "lock")
    return None


def _seated(session: Session, wanted: Act) -> Refused | None:
    if wanted.participant not in session.hall.facts.members:
        return Refused(code="unknown", reason=_("Nobody here has this name."))
    if wanted.post == "seat" and wanted.room is not None and not _is_role(session, wanted.role):
        return _no_role()
    role = wanted.role if wanted.post == "seat" and wanted.room is not None else None
    session.hall.write("place", id=wanted.participant, room=wanted.room, role=role, post=wanted.post)
    return None


def _renamed(session: Session, wanted: Act) -> Refused | None:
    hall, name = session.hall, name_of(wanted.text)
    if wanted.participant not in hall.facts.members:
        return Refused(code="unknown", reason=_("Nobody here has this name."))
    if not name:
        return Refused(code="malformed", reason=_("The nickname is empty."))
    if is_taken(hall, name, but=wanted.participant):
        return Refused(code="taken", reason=_("{name} is here already.").format(name=name))
    hall.write("rename", id=wanted.participant, nickname=name)
    return None


def _is_role(session: Session, role: str | None) -> bool:
    return role in session.hall.loaded.compiled.role_at


def _no_role() -> Refused:
    return Refused(code="unknown", reason=_("There is no such seat."))


def _not_playing(room: Room) -> Refused | None:
    if not room.started:
        return Refused(code="closed", reason=_("The game has not begun yet."))
    return Refused(code="over", reason=_("The game is over.")) if room.over else None


def _start(session: Session, room: Room, wanted: Act) -> Refused | None:
    del wanted
    if room.started:
        return Refused(code="closed", reason=_("The game has begun already."))
    table = room.table
    room.write("act", act="start")
    if session.hall.facts.settings.grace_seconds is None:
        empty = [role for role in table.people if not session.hall.holders(room.number, role)]
        for role in empty if len(empty) < len(table.people) else ():
            table.seat(role, "bot")
    room.set_clock(session.seconds)
    return None


def _pause(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session, wanted
    if room.paused or _not_playing(room):
        return _not_playing(room) or Refused(code="paused", reason=_("The game is paused."))
    left = room.left_at(room.moment)
    room.write("act", act="pause")
    room.write("clock", deadline=None, left=left)
    return None


def _resume(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session, wanted
    if not room.paused:
        return Refused(code="closed", reason=_("The game is not paused."))
    left = room.left
    room.write("act", act="resume")
    room.set_clock(left)
    return None


def _timer(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session
    refused = _not_playing(room)
    if refused is None:
        room.write("act", act="timer", seconds=wanted.seconds)
        room.set_clock(wanted.seconds)
    return refused


def _extend(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session
    left = room.left_at(room.moment)
    if left is None or wanted.seconds is None:
        return Refused(code="closed", reason=_("This turn has no time limit."))
    room.write("act", act="extend", seconds=wanted.seconds)
    room.set_clock(left + wanted.seconds)
    return None


def _force(session: Session, room: Room, wanted: Act) -> Refused | None:
    del wanted
    refused = _not_playing(room)
    if refused is None:
        room.write("act", act="force")
        room.resolve_now(session.seconds)
    return refused


def _rewind(session: Session, room: Room, wanted: Act) -> Refused | None:
    if wanted.turn is None or not 1 <= wanted.turn <= len(room.table.game.steps):
        return Refused(code="wrong_turn", reason=_("Only a turn that has been played can be taken back."))
    if not words_of(wanted.text):
        return Refused(code="malformed", reason=_("Say why the turn is taken back; the log keeps it."))
    reason = words_of(wanted.text)
    room.take_back(wanted.turn, reason)
    with speak(session.hall.facts.lang):
        told = _("The game was taken back to turn {turn}: {reason}")
    room.say("facilitator", "", "all", told.format(turn=wanted.turn, reason=reason))
    room.set_clock(session.seconds)
    return None


def _hand(session: Session, room: Room, wanted: Act) -> Refused | None:
    if not _is_role(session, wanted.role) or wanted.held is None or wanted.role is None:
        return _no_role()
    turn = room.table.game.turn
    if wanted.held != "people" and room.table.people == (wanted.role,):
        return Refused(
            code="closed", reason=_("Somebody must play: this is the room's last seat with people.")
        )
    room.table.seat(wanted.role, wanted.held)
    if room.started and not room.over and not room.paused:
        room.table.go_on()
        room.after_turn(turn, session.seconds)
    return None


def _message(session: Session, room: Room, wanted: Act) -> Refused | None:
    if wanted.role is not None and not _is_role(session, wanted.role):
        return _no_role()
    if not words_of(wanted.text):
        return Refused(code="malformed", reason=_("The message is empty."))
    room.say("facilitator", "", wanted.role or "all", words_of(wanted.text))
    return None


def _inject(session: Session, room: Room, wanted: Act) -> Refused | None:
    scenario = session.hall.loaded.in_language(session.hall.facts.lang)
    inject = scenario.injects.get(wanted.inject or "")
    if inject is None:
        return Refused(code="unknown", reason=_("The scenario has no such message."))
    refused = _not_playing(room)
    if refused is not None:
        return refused
    room.write("act", act="inject", inject=wanted.inject)
    for to in inject.to:
        room.say("facilitator", "", to, inject.text)
    if inject.event is not None:
        room.table.force_event(inject.event)
    return None


def _event(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session
    refused = _not_playing(room)
    if refused is not None:
        return refused
    if wanted.event is None or wanted.event not in room.table.ruleset.event_at:
        return Refused(code="unknown", reason=_("The scenario has no such event."))
    if wanted.event in room.table.forced:
        return Refused(code="closed", reason=_("This event is set for the turn already."))
    room.table.force_event(wanted.event)
    return None


def _world(session: Session, room: Room, wanted: Act) -> Refused | None:
    if room.started:
        reason = _("Which reading is true can be chosen before the game begins, not later.")
        return Refused(code="closed", reason=reason)
    ruleset, seed = room.table.ruleset, room.table.game.seed
    if wanted.world is None:
        world = world_of(ruleset, seed)
    elif wanted.world in ruleset.reading_at:
        world = pure(ruleset, ruleset.reading_at[wanted.world])
    else:
        return Refused(code="unknown", reason=_("The scenario has no such reading."))
    room.begin_anew([float(weight) for weight in world])
    del session
    return None


def _evidence(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session
    room.table.show_evidence(bool(wanted.shown))
    return None


def _end(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session, wanted
    refused = _not_playing(room)
    if refused is None:
        room.write("act", act="end")
        room.set_clock(None)
    return refused


def _debrief(session: Session, room: Room, wanted: Act) -> Refused | None:
    del session, wanted
    if not room.over:
        return Refused(code="closed", reason=_("End the game first: the debrief tells everything."))
    if not room.debriefed:
        room.write("act", act="debrief")
    return None


_DOERS: Final[dict[str, _Doer]] = {
    "start": _start,
    "pause": _pause,
    "resume": _resume,
    "timer": _timer,
    "extend": _extend,
    "force": _force,
    "rewind": _rewind,
    "hand": _hand,
    "message": _message,
    "inject": _inject,
    "event": _event,
    "world": _world,
    "evidence": _evidence,
    "end": _end,
    "debrief": _debrief,
}
