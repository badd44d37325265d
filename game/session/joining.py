"""How does somebody come in, take a seat, change devices and say something?"""

import secrets
from itertools import takewhile
from typing import Final

from game.locale import _
from game.play.orders import Ack, Refused
from game.session.api import Created, Joined, Participant
from game.session.hall import FACILITATOR, PROJECTOR, READER, Hall, Member, hash_of
from game.session.keys import bad_key, key_of
from game.session.registry import Registry
from game.session.room import Room
from game.session.saying import is_same_name, name_of, words_of
from game.session.session import Session, StrangerError
from game.session.stream import Answer, Extra

MOST_PEOPLE: Final = 1000
"""People in one session."""

_MOST_ON_A_SEAT: Final = 12
_MOST_IDLE: Final = 50
"""People from one place who have neither a place in a room nor a page open: more than a class without luck has."""
_MOST_TEXT: Final = 2000
_MOST_SAID: Final = 60
"""Messages of one person in a minute."""
_OWN: Final = frozenset({"", "127.0.0.1", "::1"})
_PIN_SECONDS: Final = 300.0
_MOST_MISSES: Final = 5


def is_taken(hall: Hall, name: str, but: str = "") -> bool:
    """Return whether somebody has a nickname, but for one participant, whatever its letters' case."""
    members = hall.facts.members.values()
    return any(is_same_name(member.nickname, name) for member in members if member.id != but)


def _session_of(host: Registry, code: str, origin: str) -> Session | Refused:
    now = host.clock.now()
    if not host.limiter.allows(origin, now):
        return Refused(code="too_often", reason=_("Too many wrong codes. Wait a minute, then try again."))
    name = host.store.session_of("".join(code.upper().split()).replace("-", "")[:16])
    if name is None:
        host.limiter.missed(origin, now)
        return Refused(
            code="unknown", reason=_("No session has this code. Look at the board and type it again.")
        )
    return host.session(name)


def join(host: Registry, code: str, nickname: str, lang: str, origin: str) -> Joined | Refused:
    """Let somebody in."""
    session = _session_of(host, code, origin)
    if isinstance(session, Refused):
        return session
    name = name_of(nickname)
    if not name:
        return Refused(code="malformed", reason=_("Type a nickname, so that the others know who you are."))
    if _is_crowded(host, session, origin):
        reason = _("Too many have come in from this device and taken no seat. Take one with those first.")
        return Refused(code="too_often", reason=reason)
    hall, extra = session.hall, Extra()
    participant, token = secrets.token_hex(8), secrets.token_urlsafe(16)

    def work() -> Answer:
        members = hall.facts.members.values()
        if is_taken(hall, name):
            reason = _(
                "{name} is here already. Choose another nickname. If that is you, come in by four digits: your other "
                "device shows them (Another device), or the facilitator does (New device)."
            )
            return Refused(code="taken", reason=reason.format(name=name))
        if len(members) >= MOST_PEOPLE:
            return Refused(code="too_many", reason=_("This session is full."))
        hall.write("join", id=participant, nickname=name, lang=lang)
        extra.tokens[hash_of(token)] = participant
        return Ack(turn=1)

    answer = hall.perform(work, lang=lang, extra=extra).result()
    if isinstance(answer, Refused):
        return answer
    host.came_from.setdefault(origin, set()).add(participant)
    return Joined(participant_id=participant, token=token)


def _is_crowded(host: Registry, session: Session, origin: str) -> bool:
    """Return whether as many as may have come from a place and do nothing; the host's own machine may bring any."""
    came = host.came_from.get(origin, set())
    if origin in _OWN or len(came) < _MOST_IDLE:
        return False
    members, now = session.hall.facts.members, host.clock.now()
    idle = {
        name
        for name in tuple(came)
        if name in members and members[name].room is None and not session.presence.here_with(name, now)
    }
    return len(idle) >= _MOST_IDLE


def claim(host: Registry, token: str, room: int, role: str, key: str | None, lang: str) -> Answer:
    """Take a place on a seat."""
    who = host.who(token)
    if who is None or who.facilitator:
        raise StrangerError(host.why_unknown(token))
    session = host.session(who.session)
    refused = bad_key(key) or _no_such_seat(session, room, role) or _knows_another(session, who, room, role)
    if refused is not None:
        return refused
    hall = session.hall

    def work() -> Answer:
        if who.id not in hall.facts.members:  # removed since they were let in
            return Refused(code="stranger", reason=host.why_unknown(token))
        if (room, role) in hall.facts.locked or (room, "") in hall.facts.locked:
            return Refused(code="taken", reason=_("This seat is locked; the facilitator can open it."))
        others = [member for member in hall.holders(room, role) if member.id != who.id]
        if len(others) >= _MOST_ON_A_SEAT:
            return Refused(code="too_many", reason=_("This seat is full."))
        hall.write("place", id=who.id, room=room, role=role, post="seat")
        return Ack(turn=1)

    answer = hall.perform(work, key=key_of(who.id, "claim", key), lang=lang, by=who.id).result()
    if not isinstance(answer, Ack):
        return answer
    if who.room is not None and who.room != room:
        host.told(session, who.room)
    host.told(session, room)
    return taken_by(session, hall.facts.members[who.id], lang)


def taken_by(session: Session, member: Member, lang: str) -> Answer:
    """Let whoever has been given a seat play it from now on, if a bot or caretaker did."""
    room, role = session.rooms.get(member.room or 0), member.role
    if room is None or role is None:
        return Ack(turn=1)

    def work() -> Answer:
        if role not in room.table.people and not room.over:
            room.table.seat(role, "people")
        return Ack(turn=1)

    return room.perform(work, lang=lang, by=member.id).result()


def _knows_another(session: Session, who: Participant, room: int, role: str) -> Refused | None:
    """Refuse a seat to somebody who has seen another seat's secrets: only the facilitator moves people then."""
    if who.room is None or who.role is None or (who.room, who.role) == (room, role):
        return None
    held = session.rooms[who.room]
    with held.lock:
        held.fresh()
        if held.phase != "playing":
            return None
    reason = _("You have seen what your seat knows. The facilitator can give you another seat.")
    return Refused(code="taken", reason=reason)


def _no_such_seat(session: Session, room: int, role: str) -> Refused | None:
    if room not in session.rooms or role not in session.hall.loaded.compiled.role_at:
        return Refused(code="unknown", reason=_("There is no such seat."))
    return None


def pin(host: Registry, token: str) -> str | Refused:
    """Return four digits for another device."""
    who = host.who(token)
    if who is None or who.facilitator:
        return Refused(code="stranger", reason=host.why_unknown(token))
    session = host.session(who.session)
    hall = session.hall
    digits = ""

    def work() -> Answer:
        nonlocal digits
        used = {kept.hashed for kept in hall.facts.pins.values()}
        digits = f"{secrets.randbelow(10_000):04}"
        while hash_of(session.id + digits) in used:
            digits = f"{secrets.randbelow(10_000):04}"
        hashed, until = hash_of(session.id + digits), host.clock.now() + _PIN_SECONDS
        hall.write("pin", id=who.id, hash=hashed, until=until)
        return Ack(turn=1)

    answer = hall.perform(work, lang=who.lang, by=who.id).result()
    return answer if isinstance(answer, Refused) else digits


def move(host: Registry, code: str, digits: str, origin: str, lang: str) -> Joined | Refused:
    """Let another device in by four digits."""
    session = _session_of(host, code, origin)
    if isinstance(session, Refused):
        return session
    hall, extra, token = session.hall, Extra(), secrets.token_urlsafe(16)
    found = ""

    def work() -> Answer:
        nonlocal found
        hashed, now = hash_of(session.id + digits), host.clock.now()
        found = ""
        for name, kept in hall.facts.pins.items():
            if kept.hashed == hashed and now <= kept.until and kept.failures < _MOST_MISSES:
                found = name
        if not found:
            if hall.facts.pins:
                hall.write("pin_missed")
            return Refused(
                code="stranger", reason=_("This PIN lets nobody in. Ask your first device for a new one.")
            )
        hall.write("pin_used", id=found)
        extra.tokens[hash_of(token)] = found
        return Ack(turn=1)

    answer = hall.perform(work, lang=lang, extra=extra).result()
    if isinstance(answer, Refused):
        host.limiter.missed(origin, host.clock.now())
        return answer
    return Joined(participant_id=found, token=token)


def reissue(host: Registry, session: Session, participant: str, lang: str) -> Joined | Refused:
    """Give somebody a new token and end their older ones."""
    hall, extra, token = session.hall, Extra(), secrets.token_urlsafe(16)

    def work() -> Answer:
        if participant not in hall.facts.members:
            return Refused(code="unknown", reason=_("Nobody here has this name."))
        hall.write("reissue", id=participant)
        extra.revoked.append(participant)
        extra.tokens[hash_of(token)] = participant
        return Ack(turn=1)

    answer = hall.perform(work, lang=lang, extra=extra, by="facilitator").result()
    if isinstance(answer, Refused):
        return answer
    host.drop_tokens(session)
    return Joined(participant_id=participant, token=token)


def projector(session: Session) -> str | Refused:
    """Return a new token for a machine that shows the class what everybody may see, and nothing else."""
    return _new_token(session, "projector", PROJECTOR)


def reader(session: Session, room: Room) -> str | Refused:
    """Return a new token that opens the debrief of a room and nothing else, once the facilitator has opened it."""
    with room.looked_at():
        is_open = room.debriefed
    if not is_open:
        return Refused(code="closed", reason=_("The facilitator opens the debrief for everybody."))
    return _new_token(session, "reader", f"{READER}{room.number}")


def resume(host: Registry, code: str) -> Created | Refused:
    """Let whoever sits at the host's machine facilitate a session that is kept, by a new token beside the older."""
    session = _session_of(host, code, "")
    if isinstance(session, Refused):
        return session
    token = _new_token(session, "resume", FACILITATOR)
    if isinstance(token, Refused):
        return token
    return Created(session_id=session.id, code=session.hall.facts.code, facilitator_token=token)


def _new_token(session: Session, record: str, holder: str) -> str | Refused:
    extra, token = Extra(), secrets.token_urlsafe(16)

    def work() -> Answer:
        session.hall.write(record)
        extra.tokens[hash_of(token)] = holder
        return Ack(turn=1)

    answer = session.hall.perform(work, extra=extra, by="facilitator").result()
    return answer if isinstance(answer, Refused) else token


def say(
    host: Registry, token: str, to: str, text: str, key: str | None, offer: str | None, lang: str
) -> Answer:
    """Keep something that a participant says."""
    who, session, room = host.placed(token)
    sender = who.role if who.post == "seat" else who.post
    ruleset, scenario = room.loaded.compiled, session.hall.loaded.scenario
    words = words_of(text)
    refused = bad_key(key)
    if refused is not None:
        return refused
    if sender is None or (who.post == "observer" and to != FACILITATOR):
        raise StrangerError(_("Observers listen: what you note goes to the facilitator."))
    if to == sender or to not in {"all", "press", FACILITATOR, *ruleset.role_at}:
        return Refused(code="unknown", reason=_("There is nobody of this name to talk to."))
    if not 1 <= len(words) <= _MOST_TEXT:
        reason = _("A message has 1 to {most} letters.")
        return Refused(code="malformed", reason=reason.format(most=_MOST_TEXT))
    if offer is not None:
        agreement = scenario.agreements.get(offer) if scenario is not None else None
        mine = ruleset.move_at.get((ruleset.role_at.get(sender, -1), f"sign.{offer}"))
        if (
            agreement is None
            or mine is None
            or (ruleset.role_at.get(to, -1), f"sign.{offer}") not in ruleset.move_at
        ):
            return Refused(code="unknown", reason=_("This is no agreement between the two of you."))

    def work() -> Answer:
        if room.paused:
            return Refused(
                code="paused", reason=_("The game is paused: messages can be sent when it goes on.")
            )
        lately = takewhile(lambda item: item.at > room.moment - 60, reversed(room.messages))
        if sum(item.nickname == who.nickname for item in lately) >= _MOST_SAID:
            return Refused(code="too_often", reason=_("You have said much in a minute. Wait a little."))
        room.say(sender, who.nickname, to, words, offer)
        return Ack(turn=room.table.game.turn)

    return room.perform(work, key=key_of(who.id, "say", key), lang=lang, by=who.id).result()
