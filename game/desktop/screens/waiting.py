"""Who is missing? What the window shows between an order and the end of the turn in a group session."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.app import App
from game.desktop.away import AwaySitting
from game.desktop.canvas import Canvas
from game.desktop.screen import GameScreen, now
from game.desktop.screens.messages import draw_button, noticed
from game.desktop.screens.reader import heading
from game.desktop.screens.role import role_screen
from game.desktop.sitting import Sitting
from game.locale import _, list_of
from game.play.wording import last_stood_in
from game.remote.seat import is_past


class Waiting(GameScreen):
    """Nothing to do until the others are ready."""

    def __init__(self, app: App, sitting: Sitting, done: Callable[[], None]) -> None:
        """Wait.

        Args:
            app: The app.
            sitting: The seat.
            done: What follows once there is something to do.
        """
        super().__init__(app, sitting)
        self.done = done

    def idle(self) -> bool:
        """Ask once in a while whether the turn is over."""
        assert isinstance(self.sitting, AwaySitting)  # noqa: S101 - nobody waits for a table of this window's own
        before = self.sitting.status
        if not self.sitting.waits(now()):
            self.done()
            return True
        if is_past(self.sitting.view, self.sitting.status):
            self.sitting.renew()
            return True
        told = noticed(self.sitting)
        if told:
            self.say(told)
        return bool(told) or before != self.sitting.status

    def back(self) -> None:
        """Leave the session; the seat stays the person's."""
        self.leave()

    def _role(self) -> None:
        self.app.show(role_screen(self.app, self.sitting))

    def _again(self) -> None:
        assert isinstance(self.sitting, AwaySitting)  # noqa: S101 - as above
        self.say(self.sitting.play_again())

    def draw(self, canvas: Canvas) -> None:
        """Draw who is missing."""
        canvas.fill(theme.PAPER)
        heading(canvas, self.sitting.view.role_label)
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Leave"), self.back, key="Esc")
        draw_button(canvas, self.app, self.sitting, canvas.width - 122)
        assert isinstance(self.sitting, AwaySitting)  # noqa: S101 - as above
        status, view, place = self.sitting.status, self.sitting.view, self.sitting.place
        is_taken = place.held != "people" and status.phase in ("lobby", "playing")
        width = min(canvas.width - 24, 640)
        done = "\n".join(last_stood_in(view)) if is_taken else ""
        more = canvas.height_of(done, width - 24, 13.5) + 8 if done else 0.0
        x, y, w, h = canvas.panel(((canvas.width - width) / 2, 70, width, 190 + more))
        foot = y + h - 34
        if is_taken and place.locked:
            told = _("A bot or caretaker plays this seat now; the facilitator can hand it back.")
        elif is_taken:
            told = _("A bot or caretaker plays this seat now.")
        elif status.phase == "lobby":
            told = _("You are in. The game begins when the facilitator starts it.")
        elif status.paused:
            told = _("The game is paused.")
        else:
            told = _("Your order is in.")
        y += canvas.lines(told, (x, y, w, 52), 17, 600) + 8
        if done:
            y += canvas.lines(done, (x, y, w, more), 13.5) + 8
        missing = [view.roles[role] for role in status.missing if role in view.roles]
        if missing and status.phase == "playing":
            canvas.lines(_("Waiting for: {roles}").format(roles=list_of(missing)), (x, y, w, foot - y), 14)
        canvas.button("role", (x, foot, min(w, 220), 34), _("Your role"), self._role, key="B")
        if is_taken and not place.locked:
            spot = (x + 230, foot, w - 230, 34)
            canvas.button("again", spot, _("Play it yourself again"), self._again, key="P", primary=True)
        self.draw_message(canvas)
