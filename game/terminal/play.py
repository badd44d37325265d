"""How is a whole game played at one screen? Seat after seat, with a curtain between, until its end."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from game.locale import _, list_of, speak
from game.play.seat import Seat
from game.play.views import View
from game.terminal import debriefing
from game.terminal.console import Console
from game.terminal.desk import Desk
from game.terminal.hearing import Ear
from game.terminal.seated import Terminal


def play(
    seats: Mapping[str, Seat],
    console: Console,
    where: Path | None,
    lang: str,
    note: str = "",
    ear: Ear | None = None,
) -> None:
    """Play a game at one screen until it has been looked back on, or the person leaves.

    Args:
        seats: The seats of the people at this screen, by role id; more than one take turns.
        console: Where they read and type.
        where: The journal's file; None where a host keeps the game.
        lang: The language to begin in.
        note: What should be said first, if anything.
        ear: Hears what a host tells meanwhile; None where nobody at this screen could be told.

    Raises:
        KeyboardInterrupt: The person interrupted; how to go on has been said.
    """
    terminal = Terminal(console, lang, where)
    try:
        if note:
            console.say([note])
        _play(terminal, seats, ear)
    except (EOFError, KeyboardInterrupt) as ended:
        console.write("")
        _say_goodbye(terminal, seats)
        if isinstance(ended, KeyboardInterrupt):
            raise
        return
    _say_goodbye(terminal, seats)


def _play(terminal: Terminal, seats: Mapping[str, Seat], ear: Ear | None) -> None:
    desks = {role: Desk(terminal, seat) for role, seat in seats.items()}
    first = next(iter(desks.values()))
    while not terminal.left:
        for desk in desks.values():
            desk.renew()
        if first.view.phase == "over":
            first.look_back()
            continue
        due = [desk for desk in desks.values() if desk.view.phase == "deciding"]
        if not due:
            _await_others(terminal, first, ear)
        for desk in due:
            if len(desks) > 1:
                _hand_over(terminal, desk.view)
            desk.take_turn()
            if terminal.left:
                return


def _await_others(terminal: Terminal, desk: Desk, ear: Ear | None) -> None:
    """Say who is missing, and wait until the turn is resolved."""
    view = desk.view
    with speak(terminal.lang):
        missing = list_of([view.roles[role] for role in view.missing])
        waiting = _("Waiting for: {roles}").format(roles=missing) if missing else _("Waiting.")
        terminal.console.say([*desk.played_by(), waiting])
        if ear is None or not ear.interrupts:
            (ear or desk.seat).wait(view.turn, terminal.lang)
            return
    desk.wait()


def _hand_over(terminal: Terminal, view: View) -> None:
    """Put what the former seat saw out of sight and wait for the next person."""
    console = terminal.console
    console.draw_curtain()
    with speak(terminal.lang):
        console.say([_("Turn {turn} of {turns}.").format(turn=view.turn, turns=view.turns)])
        console.ask(_("Hand over to {role}, then press Enter.").format(role=view.role_label))


def _say_goodbye(terminal: Terminal, seats: Mapping[str, Seat]) -> None:
    if terminal.where is None:
        with speak(terminal.lang):
            told = _(
                "The host keeps the game. To come back, join again with four digits from the facilitator (New device)."
            )
            terminal.console.say([told])
            if terminal.debrief:
                terminal.console.write(debriefing.address_line(terminal.debrief))
        return
    view = next(iter(seats.values())).view(terminal.lang)
    with speak(terminal.lang):
        path = shlex.quote(str(terminal.where))
        if view.phase == "over":
            message = _("The game is kept. Look at it again by: {command}")
        else:
            message = _("The game is saved as it stands. Go on with it by: {command}")
        terminal.console.write(message.format(command=f"rival-readings play --text --resume {path}"))
