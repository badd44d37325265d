"""How is a whole game played at one screen? Seat after seat, with a curtain between, until its end."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from game.locale import _, list_of, speak
from game.play.seat import Seat
from game.play.views import View
from game.terminal.console import Console
from game.terminal.desk import Desk
from game.terminal.sitting import Session


def play(seats: Mapping[str, Seat], console: Console, where: Path | None, lang: str, note: str = "") -> None:
    """Play a game at one screen until it has been looked back on, or the person leaves.

    Args:
        seats: The seats of the people at this screen, by role id; more than one take turns.
        console: Where they read and type.
        where: The journal's file; None where a host keeps the game.
        lang: The language to begin in.
        note: What should be said first, if anything.

    Raises:
        KeyboardInterrupt: The person interrupted; how to go on has been said.
    """
    session = Session(console, lang, where)
    try:
        if note:
            console.say([note])
        _play(session, seats)
    except (EOFError, KeyboardInterrupt) as ended:
        console.write("")
        _say_goodbye(session, seats)
        if isinstance(ended, KeyboardInterrupt):
            raise
        return
    _say_goodbye(session, seats)


def _play(session: Session, seats: Mapping[str, Seat]) -> None:
    desks = {role: Desk(session, seat) for role, seat in seats.items()}
    first = next(iter(desks.values()))
    while not session.left:
        for desk in desks.values():
            desk.renew()
        if first.view.phase == "over":
            first.look_back()
            return
        due = [desk for desk in desks.values() if desk.view.phase == "deciding"]
        if not due:
            _await_others(session, first)
        for desk in due:
            if len(desks) > 1:
                _hand_over(session, desk.view)
            desk.take_turn()
            if session.left:
                return


def _await_others(session: Session, desk: Desk) -> None:
    """Say who is missing, and wait until the turn is resolved."""
    view = desk.view
    with speak(session.lang):
        missing = list_of([view.roles[role] for role in view.missing])
        session.console.say([_("Waiting for: {roles}").format(roles=missing) if missing else _("Waiting.")])
    desk.seat.wait(view.turn, session.lang)


def _hand_over(session: Session, view: View) -> None:
    """Put what the former seat saw out of sight and wait for the next person."""
    console = session.console
    console.draw_curtain()
    with speak(session.lang):
        console.say([_("Turn {turn} of {turns}.").format(turn=view.turn, turns=view.turns)])
        console.ask(_("Hand over to {role}, then press Enter.").format(role=view.role_label))


def _say_goodbye(session: Session, seats: Mapping[str, Seat]) -> None:
    if session.where is None:
        with speak(session.lang):
            session.console.write(_("The host keeps the game: join again, or go on in a browser."))
        return
    view = next(iter(seats.values())).view(session.lang)
    with speak(session.lang):
        path = shlex.quote(str(session.where))
        if view.phase == "over":
            message = _("The game is kept. Look at it again by: {command}")
        else:
            message = _("The game is saved as it stands. Go on with it by: {command}")
        session.console.write(message.format(command=f"rival-readings play --text --resume {path}"))
