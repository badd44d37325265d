"""How does the window join a group session? An address and a code from the board, a nickname, a seat."""

from collections.abc import Callable

import pygame

from game.base.errors import RivalReadingsError
from game.desktop import theme
from game.desktop.app import App
from game.desktop.away import AwaySitting
from game.desktop.canvas import Canvas
from game.desktop.entry import draw_field, typed_into
from game.desktop.flow import Flow
from game.desktop.screen import Screen, now
from game.desktop.screens.reader import heading
from game.locale import _
from game.play.orders import Refused
from game.remote.client import Client, address_of
from game.remote.seat import RemoteSeat, claim, join, rooms, sits, who_plays
from game.session.api import Rooms

_PATIENCE = 4.0
"""Seconds for which the window stands still while a host does not answer."""

_LOOK_EACH = 2000
"""Milliseconds between two looks at the seats."""

_MOST = 80


def sit_down(app: App, client: Client) -> None:
    """Play on the seat that a client's participant has, in place of the screen that is shown."""
    sitting = AwaySitting(RemoteSeat(client), app.settings.lang, client.close)
    app.screens.pop()
    Flow(app, sitting).go_on(begun=True)


def ask_to_join(app: App, url: str = "") -> None:
    """Open the fields to fill in, with the first empty one in focus.

    Args:
        app: The app.
        url: The host's address or join link; empty if none is known.

    Raises:
        UsageError: It is no address.
    """
    screen = Join(app, url)
    app.show(screen)
    app.focus = next(f"field:{name}" for name, text in screen.fields.items() if not text)


class Join(Screen):
    """The fields to fill in."""

    def __init__(self, app: App, url: str = "") -> None:
        """Begin with what a link says.

        Args:
            app: The app.
            url: The host's address or join link; empty if none is known.

        Raises:
            UsageError: It is no address.
        """
        super().__init__(app)
        address, code = address_of(url) if url else ("", "")
        self.fields = {"address": address, "code": code, "nickname": "", "pin": ""}

    def typed(self, focus: str, event: pygame.Event) -> bool:
        """Take a key into the field in focus; Enter joins from there."""
        name = focus.removeprefix("field:")
        if name in self.fields and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self._join()
            return True
        text = typed_into(self.fields[name], event, _MOST) if name in self.fields else None
        if text is None:
            return False
        self.fields[name] = text
        return True

    def draw(self, canvas: Canvas) -> None:
        """Draw the fields."""
        canvas.fill(theme.PAPER)
        heading(canvas, _("Join a group session"))
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")
        labels = {
            "address": _("Address on the board"),
            "code": _("Code on the board"),
            "nickname": _("Nickname"),
            "pin": _("If you have a seat already: its four digits"),
        }
        width = min(canvas.width - 24, 560)
        left = (canvas.width - width) / 2
        x, y, w, _h = canvas.panel((left, 62, width, 62.0 * len(labels) + 66))
        for place, (name, label) in enumerate(labels.items()):
            top = y + place * 62
            canvas.text(label, (x, top), 13, 600, width=w)
            spot = (x, top + 20, w, 34)
            field = f"field:{name}"
            is_on = self.app.focus == field
            draw_field(canvas, field, spot, label, self.fields[name], self._focus(field), on=is_on)
        top = y + 62 * len(labels)
        canvas.button("join", (x, top + 6, w, 40), _("Join"), self._join, key="Enter", primary=True)
        self.draw_message(canvas)

    def _focus(self, name: str) -> Callable[[], None]:
        def press() -> None:
            self.app.focus = name

        return press

    def _join(self) -> None:
        address, code = address_of(self.fields["address"])
        client = Client(address, patience=_PATIENCE)
        try:
            refused = join(
                client,
                self.fields["code"] or code,
                self.fields["nickname"],
                self.app.settings.lang,
                self.fields["pin"],
            )
            has_seat = refused is None and sits(client, self.app.settings.lang)
        except RivalReadingsError:
            client.close()
            raise
        if refused is not None:
            client.close()
            self.say(refused.reason)
            return
        if has_seat:
            sit_down(self.app, client)
        else:
            self.app.show(Seats(self.app, client), instead=True)


class Seats(Screen):
    """The seats to choose from."""

    def __init__(self, app: App, client: Client) -> None:
        """Ask for them."""
        super().__init__(app)
        self.client = client
        self.found: Rooms | Refused = rooms(client, app.settings.lang)
        self._looked = now()

    def idle(self) -> bool:
        """Look once in a while who has sat down where, and whether the facilitator has dealt this person a seat."""
        if now() - self._looked < _LOOK_EACH:
            return False
        before = self.found
        try:
            if sits(self.client, self.app.settings.lang):
                sit_down(self.app, self.client)
                return True
            self.found = rooms(self.client, self.app.settings.lang)
        finally:
            self._looked = now()
        return self.found != before

    def language_changed(self) -> None:
        """Take texts in the new language."""
        self.found = rooms(self.client, self.app.settings.lang)

    def back(self) -> None:
        """Leave the session."""
        self.client.close()
        self.app.back()

    def draw(self, canvas: Canvas) -> None:
        """Draw a button for each seat."""
        canvas.fill(theme.PAPER)
        heading(canvas, _("Which seat do you take?"))
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Leave"), self.back, key="Esc")
        if isinstance(self.found, Refused):
            self.say(self.found.reason)
        else:
            self._list(canvas, self.found)
        self.draw_message(canvas)

    def _list(self, canvas: Canvas, found: Rooms) -> None:
        labels = {role.id: role.label for role in found.roles}
        seats = [(room.room, seat) for room in found.rooms for seat in room.seats if not seat.locked]
        width = min(canvas.width - 24, 700)
        left = (canvas.width - width) / 2
        each = 46.0
        first, last, total = self.pages(len(seats), int((canvas.height - 116) / each))
        for place, (room, seat) in enumerate(seats[first:last]):
            message = _("Room {number}, {role}: {who}")
            label = message.format(number=room, role=labels[seat.role], who=who_plays(seat))
            spot = (left, 58 + place * each, width, each - 6)
            canvas.button(f"seat:{room}.{seat.role}", spot, label, self._claim(room, seat.role))
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=self.places[""] + 1, pages=total)
            canvas.button(
                "more", (left, canvas.height - 48, width, 36), label, self.next_page(total), key="N"
            )

    def _claim(self, room: int, role: str) -> Callable[[], None]:
        def press() -> None:
            refused = claim(self.client, room, role, self.app.settings.lang)
            if refused is not None:
                self.say(refused.reason)
                self.found = rooms(self.client, self.app.settings.lang)
                return
            sit_down(self.app, self.client)

        return press
