"""What may everybody in a room see of it, and what the facilitator of all rooms?"""

from game.play.news import headlines
from game.play.texts import texts_of
from game.play.views import Headline
from game.scenario.calendar import calendar_of
from game.session.api import Board, RoleView, Rooms, RoomStatus, SeatStatus, SessionOverview
from game.session.room import Room
from game.session.session import Session


def status_of(session: Session, room: Room, now: float) -> RoomStatus:
    """Return how a room stands; call it under the room's lock."""
    table = room.table
    missing = table.missing() if room.phase == "playing" else ()
    return RoomStatus(
        session=session.id,
        room=room.number,
        phase=room.phase,
        turn=min(table.game.turn, table.ruleset.turns),
        turns=table.ruleset.turns,
        deadline=room.deadline,
        left=room.left_at(now),
        missing=missing,
        paused=room.paused,
        evidence_shown=table.evidence_shown,
        branch=len(room.branches),
        version=room.version,
        seats=tuple(_seat(session, room, role, now) for role in table.ruleset.role_at),
    )


def rooms_of(session: Session, lang: str, now: float) -> Rooms:
    """Return the rooms and seats of a session, with the roles' texts in a language."""
    scenario = session.hall.loaded.in_language(lang)
    statuses = []
    for room in session.rooms.values():
        with room.lock:
            room.fresh()
            statuses.append(status_of(session, room, now))
    return Rooms(
        title=scenario.title,
        about=scenario.about or "",
        roles=tuple(
            RoleView(id=name, label=role.label, brief=role.brief) for name, role in scenario.roles.items()
        ),
        rooms=tuple(statuses),
    )


def _seat(session: Session, room: Room, role: str, now: float) -> SeatStatus:
    table, holders = room.table, session.hall.holders(room.number, role)
    by, _moves = room.proposals.get(role, ("", ()))
    proposer = session.hall.facts.members.get(by)
    scenario = session.hall.loaded.scenario
    locked = session.hall.facts.locked
    return SeatStatus(
        role=role,
        label=scenario.roles[role].label if scenario is not None else role,
        held="people" if role in table.people else "caretaker" if role in table.caretakers else "bot",
        holders=tuple(member.nickname for member in holders),
        connected=sum(session.presence.here_with(member.id, now) for member in holders),
        locked=(room.number, role) in locked or (room.number, "") in locked,
        drafted=bool(table.drafts.get(role)),
        proposed=role in room.proposals,
        proposer=proposer.nickname if proposer is not None else "",
        confirmed=role in table.confirmed,
    )


def board_of(session: Session, room: Room, lang: str, now: float) -> Board:
    """Return what the whole room may see: headlines that every seat has seen alike; in the current language."""
    texts = texts_of(room.loaded, room.table.ruleset)
    first, last = calendar_of(texts.scenario).dates_of(min(room.table.game.turn, room.table.ruleset.turns))
    return Board(
        title=texts.scenario.title,
        lang=lang,
        first_day=first.isoformat(),
        last_day=last.isoformat(),
        status=in_language(status_of(session, room, now), room, lang),
        headlines=_seen_by_all(room),
        messages=room.heard_by(None),
    )


def in_language(status: RoomStatus, room: Room, lang: str) -> RoomStatus:
    """Return a room's status with its seats called as a language's texts call them."""
    texts = texts_of(room.loaded, room.table.ruleset, lang)
    seats = tuple(seat.model_copy(update={"label": texts.roles[seat.role]}) for seat in status.seats)
    return status.model_copy(update={"seats": seats})


def _seen_by_all(room: Room) -> tuple[Headline, ...]:
    game = room.table.game
    texts = texts_of(room.loaded, room.table.ruleset)
    first, *others = (headlines(texts, game, role) for role in range(len(room.table.ruleset.roles)))
    return tuple(item for item in first if item.kind != "stood_in" and all(item in its for its in others))


def overview_of(session: Session, now: float) -> SessionOverview:
    """Return all that the facilitator's page shows."""
    hall, statuses, worlds, quiet = session.hall, [], {}, {}
    for room in session.rooms.values():
        with room.lock:
            room.fresh()
            statuses.append(status_of(session, room, now))
            worlds[room.number] = room.world()
            quiet[room.number] = _quiet(session, room, now)
    with hall.lock:
        hall.fresh()
        facts = hall.facts
        found = (hall.participant(name) for name in facts.members)
        return SessionOverview(
            session=session.id,
            code=facts.code,
            title=hall.loaded.in_language(facts.lang).title,
            settings=facts.settings,
            created=facts.created,
            delete_after=facts.delete_after,
            participants=tuple(item for item in found if item is not None),
            rooms=tuple(statuses),
            worlds=worlds,
            notes=tuple(facts.notes),
            quiet=quiet,
        )


def _quiet(session: Session, room: Room, now: float) -> dict[str, float]:
    """Return for how long the seats that a room waits for have sent nothing; the turn's beginning counts too."""
    if room.phase != "playing" or room.paused:
        return {}
    found = {}
    for role in room.table.missing():
        sent = [room.acted.get(member.id, room.since) for member in session.hall.holders(room.number, role)]
        found[role] = max(0.0, now - max([room.since, *sent]))
    return found
