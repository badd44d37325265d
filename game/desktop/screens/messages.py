"""What was said in a group session, and what does one say? The page of messages, with a field to write one."""

import unicodedata
from collections.abc import Sequence
from textwrap import shorten
from typing import Final

import pygame

from game.desktop import theme
from game.desktop.app import App
from game.desktop.away import AwaySitting
from game.desktop.canvas import Canvas
from game.desktop.entry import draw_field, typed_into
from game.desktop.screen import now
from game.desktop.screens.reader import Line, Reader, paragraph
from game.desktop.sitting import Sitting
from game.locale import _, number
from game.remote.seat import is_past
from game.remote.talk import listener, listeners, offered_with, offers, speaker

_MOST: Final = 4000
"""Letters that the field takes; how many a message may have, the host says."""

_MOST_NOTICED: Final = 90
"""Letters of a message that are shown where it is only told that it came."""

_FIELD: Final = "field:text"
_LAST: Final = 10_000
"""A page that no list of messages has: the last is shown for it."""


def button_label(sitting: Sitting) -> str:
    """Return what stands on the button that opens the page, with how many messages were not read yet."""
    return f"{_('Messages')} {number(sitting.unread) if sitting.unread else ''}".strip()


def noticed(sitting: Sitting) -> str:
    """Return in short what another has said since this was asked last; empty if nothing."""
    item = sitting.notice() if isinstance(sitting, AwaySitting) else None
    if item is None:
        return ""
    text = in_own_direction(shorten(item.text, _MOST_NOTICED, placeholder="…"))
    told = _("Message from {who}: {text}").format(who=speaker(sitting.view, item), text=text)
    return "\n".join(part for part in (told, offered_with(sitting.view, item)) if part)


def open_messages(app: App, sitting: Sitting) -> None:
    """Open the page, ready to write."""
    assert isinstance(sitting, AwaySitting)  # noqa: S101 - only a session has the button
    app.show(Messages(app, sitting))
    app.focus = _FIELD


def draw_button(canvas: Canvas, app: App, sitting: Sitting, end: float) -> None:
    """Draw the button that opens the page into the bar at the top of another; it ends at `end`, in points."""
    label = button_label(sitting)
    wide = canvas.width_of(label, 12.5) + 80
    spot = (end - wide, 6, wide, 34)
    canvas.button("messages", spot, label, lambda: open_messages(app, sitting), key="T", icon="messages")


class Messages(Reader):
    """The messages, the newest last, and below them the one that is being written."""

    def __init__(self, app: App, sitting: AwaySitting) -> None:
        """Open the page at the newest message.

        Args:
            app: The app.
            sitting: The seat that hears and speaks.
        """
        super().__init__(app, self._title, self._lines)
        self.sitting = sitting
        self._clock = ""
        self.places[""] = _LAST
        sitting.read()

    def _title(self) -> str:
        self._clock = self.sitting.time_left(now())
        left = _("Time left:") + f" \u200e{self._clock}" if self._clock else ""
        has_gone_on = is_past(self.sitting.view, self.sitting.status)
        gone_on = _("The game has gone on meanwhile.") if has_gone_on else ""
        return " · ".join(part for part in (_("Messages"), left, gone_on) if part)

    def _lines(self) -> Sequence[Line]:
        view, found = self.sitting.view, list[Line]()
        arrow = "←" if self.app.style().rtl else "→"
        for item in self.sitting.messages:
            turn = _("Turn {turn}").format(turn=item.turn)
            told = f"{turn} · {speaker(view, item)} {arrow} {listener(view, item)}"
            offered = offered_with(view, item)
            found.append((told, 12, 600, theme.INK_2))
            found.append(paragraph(in_own_direction(item.text), theme.INK))
            if offered:
                found.append((offered, 13.5, 700, theme.INK))
        return found or [paragraph(_("Nothing was said yet."))]

    def idle(self) -> bool:
        """Hear what is said meanwhile, and let the clock go on."""
        if self.sitting.listen(now()):
            if self.sitting.notice() is not None:
                self.places[""] = _LAST
            self.sitting.read()
            return True
        return self.sitting.time_left(now()) != self._clock

    def typed(self, focus: str, event: pygame.Event) -> bool:
        """Take a key into the field."""
        writing = self.sitting.writing
        text = typed_into(writing.text, event, _MOST) if focus == _FIELD else None
        if text is not None:
            writing.text = text
        return text is not None

    def draw_foot(self, canvas: Canvas, left: float, width: float) -> float:
        """Draw to whom the message goes, what it offers, the field, and why it was not sent."""
        view, writing = self.sitting.view, self.sitting.writing
        told = canvas.height_of(self.message, width, 13, 600) + 6 if self.message else 0.0
        high = 34 + 6 + 68 + 6 + told
        y = canvas.height - 50 - high + 6
        if self.message:
            canvas.lines(self.message, (left, y, width, told), 13, 600, theme.WORSE)
            y += told
        to = _("To: {whom}").format(whom=listeners(view).get(writing.to, writing.to))
        possible = offers(view, writing.to)
        half = (width - 8) / 2 if possible else width
        canvas.button("to", (left, y, half, 34), to, self._next_listener)
        if possible:
            chosen = next((item.label for item in possible if item.id == writing.offer), _("none"))
            label = _("Offer: {agreement}").format(agreement=chosen)
            canvas.button("offer", (left + half + 8, y, half, 34), label, self._next_offer)
        send = canvas.width_of(_("Send"), 14, 700) + canvas.width_of("Enter", 11, 600) + 56
        spot = (left, y + 40, width - send - 8, 68)
        is_on = self.app.focus == _FIELD
        draw_field(canvas, _FIELD, spot, _("Message"), writing.text, self._enter, on=is_on)
        canvas.button(
            "send",
            (left + width - send, y + 40, send, 68),
            _("Send"),
            self._send,
            key="Enter",
            primary=True,
        )
        return high

    def draw_message(self, canvas: Canvas) -> None:
        """Draw nothing more: what the person is told stands above the field, so that it covers nothing."""

    def _enter(self) -> None:
        if self.app.focus == _FIELD and self.sitting.writing.text:
            self._send()
        self.app.focus = _FIELD

    def _send(self) -> None:
        told = self.sitting.send()
        self.say(told)
        if not told:
            self.sitting.read()
            self.places[""] = _LAST
        self.app.focus = _FIELD

    def _next_listener(self) -> None:
        writing = self.sitting.writing
        writing.to = _after(list(listeners(self.sitting.view)), writing.to)
        writing.offer = ""

    def _next_offer(self) -> None:
        writing = self.sitting.writing
        known = [item.id for item in offers(self.sitting.view, writing.to)]
        writing.offer = _after(["", *known], writing.offer)


def in_own_direction(text: str) -> str:
    """Return a text whose marks at the ends of its lines stay with it where the page runs the other way."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    mark = {"": "", "L": "\u200e"}.get(first, "\u200f")
    return "\n".join(f"{mark}{line}{mark}" for line in text.split("\n"))


def _after(names: Sequence[str], name: str) -> str:
    at = names.index(name) if name in names else -1
    return names[(at + 1) % len(names)]
