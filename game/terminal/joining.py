"""How is a group session joined in text? A code, a nickname, a seat; then the game as ever."""

from game.locale import _, speak
from game.play.orders import Refused
from game.remote.client import Client, address_of
from game.remote.seat import RemoteSeat, claim, join, rooms, sits, who_plays
from game.terminal.console import Console
from game.terminal.hearing import Ear
from game.terminal.menu import choose_one
from game.terminal.picking import Named
from game.terminal.play import play


def join_game(url: str, console: Console, lang: str) -> None:
    """Join a session and play in it.

    Args:
        url: The host's address, or its join link.
        console: Where the person reads and types.
        lang: The language to speak.

    Raises:
        UsageError: It is no address.
        LostError: The host does not answer.
    """
    address, code = address_of(url)
    client = Client(address)
    client.told = lambda away: console.say([_away() if away else _("The host answers again.")])
    try:
        with speak(lang):
            _come_in(client, console, code, lang)
            if not sits(client, lang):
                _take_seat(client, console, lang)
        seat = RemoteSeat(client)
        with Ear(seat, console).listening() as ear, speak(lang):
            _await_start(ear, lang)
            play({seat.view(lang).role: seat}, ear.console, None, lang, ear=ear)
    except EOFError:
        console.write("")
    finally:
        client.close()


def _away() -> str:
    return _("The host does not answer just now; what you hand in is sent again until it does.")


def _come_in(client: Client, console: Console, code: str, lang: str) -> None:
    while True:
        typed = code or console.ask(_("Code on the board:"))
        nickname = console.ask(_("Nickname:"))
        refused = join(client, typed, nickname, lang)
        if refused is not None and refused.code == "taken":
            console.say([refused.reason])
            pin = console.ask(_("Four digits of your own seat; Enter alone chooses another nickname:"))
            if not pin:
                continue
            refused = join(client, typed, "", lang, pin)
        if refused is None:
            return
        console.say([refused.reason])
        code = "" if refused.code in ("unknown", "too_often") else typed


def _take_seat(client: Client, console: Console, lang: str) -> None:
    while True:
        found = rooms(client, lang)
        if isinstance(found, Refused):
            console.say([found.reason])
            continue
        labels = {role.id: role.label for role in found.roles}
        items = [
            Named(
                f"{room.room}.{seat.role}",
                _("Room {number}, {role}: {who}").format(
                    number=room.room, role=labels[seat.role], who=who_plays(seat)
                ),
            )
            for room in found.rooms
            for seat in room.seats
            if not seat.locked
        ]
        console.say([found.title])
        room, _dot, role = choose_one(console, _("Which seat do you take?"), items).id.partition(".")
        if sits(client, lang):
            console.say([_("The facilitator has given you a seat meanwhile.")])
            return
        refused = claim(client, int(room), role, lang)
        if refused is None:
            return
        console.say([refused.reason])


def _await_start(ear: Ear, lang: str) -> None:
    if ear.seat.status().phase == "lobby":
        ear.console.say([_("You are in. The game begins when the facilitator starts it.")])
        ear.wait(0, lang)
