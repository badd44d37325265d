"""What does the whole class see? How to join, who is ready, the time, the headlines; never a secret."""

from collections.abc import Callable
from textwrap import shorten

import pygame
import segno

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.shapes import mark, rounded
from game.desktop.screen import Screen, now
from game.desktop.screens.messages import in_own_direction
from game.desktop.screens.reader import heading
from game.locale import _, list_of
from game.play.orders import Refused
from game.play.wording import clock
from game.session.api import Board, RoomStatus, SeatStatus

_LOOK_EACH = 1000
_MOST_MESSAGES = 3
_MOST_TEXT = 280


class Projector(Screen):
    """The public board of a group session."""

    def __init__(
        self, app: App, look: Callable[[str, int], Board | Refused], rooms: int, address: str, code: str
    ) -> None:
        """Show a session.

        Args:
            app: The app.
            look: Gives the public board of a room in a language.
            rooms: How many rooms there are.
            address: Where phones reach the host.
            code: What participants type to join.
        """
        super().__init__(app)
        self.look, self.rooms, self.address, self.code = look, rooms, address, code
        self.room = 1
        self._looked = 0
        self._board: Board | Refused | None = None
        self._qr = [list(row) for row in segno.make(f"{address}/?code={code}", error="m").matrix]

    def idle(self) -> bool:
        """Look once a second whether anything has changed."""
        moment = now()
        if self._board is not None and moment - self._looked < _LOOK_EACH:
            return False
        self._looked = moment
        before, self._board = self._board, self.look(self.app.settings.lang, self.room)
        return before != self._board

    def language_changed(self) -> None:
        """Take texts in the new language."""
        self._board = None

    def draw(self, canvas: Canvas) -> None:
        """Draw how to join, the room and the headlines, large enough for a class."""
        canvas.fill(theme.PAPER)
        board = self._board
        heading(canvas, board.title if isinstance(board, Board) else _("Rival Readings"))
        if self.rooms > 1:
            canvas.button("room", (canvas.width - 172, 6, 164, 34), _("Next room"), self._next, key="N")
        left = canvas.width * 0.34
        bottom = canvas.height - 12
        self._join(canvas, (12, 58, left, bottom - 58))
        if isinstance(board, Board):
            x, w = 24 + left, canvas.width - left - 36
            ready = min(bottom - 200, 58 + 74 + 30.0 * len(board.status.seats))
            self._ready(canvas, (x, 58, w, ready - 58), board)
            self._news(canvas, (x, ready + 10, w, bottom - ready - 10), board)
        elif isinstance(board, Refused):
            self.message = board.reason
        self.draw_message(canvas)

    def _join(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = canvas.panel(box, _("Join here"))
        side = min(w, h - 120)
        self._code(canvas, (x + (w - side) / 2, y, side, side))
        size = 22.0
        while size > 9 and canvas.width_of(self.address, size, 600) > w:
            size -= 0.5
        canvas.text(self.address, (x + w / 2, y + side + 12), size, 600, anchor="centre")
        canvas.text("\u200e" + " ".join(self.code), (x + w / 2, y + side + 48), 34, 700, anchor="centre")

    def _code(self, canvas: Canvas, box: Box) -> None:
        rect = canvas.rect(box)
        rounded(canvas.surface, rect, 4, "#FFFFFF")
        squares = len(self._qr) + 4
        step = max(1, rect.w // squares)
        start = (rect.centerx - step * len(self._qr) // 2, rect.centery - step * len(self._qr) // 2)
        for row, line in enumerate(self._qr):
            for column, dark in enumerate(line):
                if dark:
                    spot = (start[0] + column * step, start[1] + row * step, step, step)
                    pygame.draw.rect(canvas.surface, "#000000", spot)

    def _ready(self, canvas: Canvas, box: Box, board: Board) -> None:
        status = board.status
        title = _("Room {number}").format(number=status.room)
        turn = _("Turn {turn} of {turns}").format(turn=status.turn, turns=status.turns)
        x, y, w, _h = canvas.panel(box, f"{title} · {turn}")
        colour = theme.WORSE if status.paused else theme.INK
        canvas.text(_how_it_stands(status), (x + w, y - 26), 17, 700, colour, "end", w * 0.6)
        for at, seat in enumerate(status.seats):
            top = y + 8 + at * 30
            spot = canvas.rect((x, top + 4, 15, 15))
            kind, colour = ("circle", theme.BETTER) if seat.confirmed else ("flat", theme.INK_3)
            mark(canvas.surface, kind, spot.center, 6.5 * canvas.style.scale, colour)
            canvas.text(seat.label, (x + 26, top), 16, 600, width=w * 0.6)
            canvas.text(_state(seat), (x + w, top + 1), 14, colour=theme.INK_2, anchor="end", width=w * 0.34)

    def _news(self, canvas: Canvas, box: Box, board: Board) -> None:
        x, y, w, h = canvas.panel(box, _("What everybody knows"))
        end = y + h
        for message in reversed(board.messages[-_MOST_MESSAGES:]):
            who = message.nickname or _("Facilitator")
            canvas.text(f"{who}:", (x, y), 13, 600, theme.INK_2, width=w)
            text = in_own_direction(shorten(message.text, _MOST_TEXT, placeholder="…"))
            y += 19 + canvas.lines(text, (x, y + 19, w, max(24, end - y - 19)), 17, 600) + 8
        if not board.headlines:
            canvas.text(_("No news yet."), (x, y), 15, colour=theme.INK_2, width=w)
        for item in reversed(board.headlines):
            if end - y < 24:
                break
            y += (
                canvas.lines(
                    item.text, (x, y, w, end - y), 16, 600 if item.turn == board.status.turn - 1 else 400
                )
                + 6
            )

    def _next(self) -> None:
        self.room = self.room % self.rooms + 1
        self._board = None


def _how_it_stands(status: RoomStatus) -> str:
    """Return what the whole class should know of a room: that it waits, stands still or is over; else its time left."""
    if status.phase == "lobby":
        return _("The game has not begun yet.")
    if status.phase != "playing":
        return _("The game is over.")
    if status.paused:
        return _("The game is paused.")
    return "" if status.left is None else f"\u200e{clock(status.left)}"


def _state(seat: SeatStatus) -> str:
    if seat.held != "people":
        return _("bot") if seat.held == "bot" else _("caretaker")
    if seat.confirmed:
        return _("order is in")
    return list_of(seat.holders) or _("nobody yet")
