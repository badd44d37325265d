"""Where is the page to talk about after the game? A host's address, or how to write it from a saved game."""

import shlex
from contextlib import suppress

from game.locale import _
from game.play.orders import Refused
from game.remote.client import LostError
from game.remote.seat import RemoteSeat
from game.terminal.seated import Seated


def tell(seated: Seated) -> None:
    """Say where the debrief is, or why it is not there yet."""
    if isinstance(seated.seat, RemoteSeat):
        refused = _ask(seated, seated.seat)
        seated.say([refused or address_line(seated.terminal.debrief)])
    else:
        path = shlex.quote(str(seated.terminal.where))
        message = _("Write it in another terminal, or once you have left, by: {command}")
        seated.say([message.format(command=f"rival-readings debrief {path}")])


def tell_once(seated: Seated) -> None:
    """Say where a host's debrief is, as soon as the facilitator has opened it."""
    seat = seated.seat
    if not isinstance(seat, RemoteSeat) or seated.terminal.debrief:
        return
    with suppress(LostError):
        if seat.glance().phase == "debrief" and not _ask(seated, seat):
            seated.say(["", address_line(seated.terminal.debrief)])


def address_line(address: str) -> str:
    """Return where the debrief of a group session is, and what its address is good for."""
    message = _("The debrief page of this game: {address} (open it in a browser; it needs no code)")
    return message.format(address=address)


def _ask(seated: Seated, seat: RemoteSeat) -> str:
    """Learn the address if it is not known yet; return why not, empty if it is known."""
    if not seated.terminal.debrief:
        found = seat.debrief(seated.terminal.lang)
        if isinstance(found, Refused):
            return found.reason
        seated.terminal.debrief = found
    return ""
