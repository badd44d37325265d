"""How are people dealt into a session's rooms? In chance order, who has a place keeping it."""

import random
from collections.abc import Iterable

from game.locale import _
from game.play.dealing import places, rooms_for
from game.play.orders import Ack, Refused
from game.session.hall import Member
from game.session.joining import taken_by
from game.session.session import Session
from game.session.stream import Answer


def deal(session: Session, participants: Iterable[str] | None, lang: str) -> Answer:
    """Deal people into the session's rooms, in chance order; None: all who have no place."""
    hall = session.hall
    wanted = None if participants is None else list(dict.fromkeys(participants))

    dealt: list[Member] = []

    def work() -> Answer:
        dealt.clear()
        members = hall.facts.members
        if wanted is not None and not set(wanted) <= set(members):
            return Refused(code="unknown", reason=_("Nobody here has this name."))
        names = [name for name in members if members[name].room is None] if wanted is None else wanted
        if not names:
            return Refused(code="closed", reason=_("Everybody has a place already."))
        staying = [item for item in members.values() if item.room is not None and item.id not in names]
        roles = tuple(hall.loaded.compiled.role_at)
        free = places(len(names) + len(staying), min(len(session.rooms), _used(names, staying, roles)), roles)
        for item in staying:
            held = next(
                (at for at in free if (at.room, at.role, at.post) == (item.room, item.role, item.post)), None
            )
            free.remove(held if held is not None else free[-1])
        order = list(names)
        random.SystemRandom().shuffle(order)
        for name, place in zip(order, free, strict=True):
            hall.write("place", id=name, room=place.room, role=place.role, post=place.post)
            dealt.append(members[name])
        return Ack(turn=1)

    answer = hall.perform(work, lang=lang, by="facilitator").result()
    for member in dealt if isinstance(answer, Ack) else ():
        taken_by(session, member, lang)
    return answer


def _used(names: list[str], staying: list[Member], roles: tuple[str, ...]) -> int:
    return rooms_for(len(names) + len(staying), len(roles))
