"""What is a screen? Something that draws a page and says what can be pressed on it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pygame

from game.desktop import theme
from game.desktop.canvas import Canvas
from game.desktop.drawing.shapes import rounded
from game.locale import _

if TYPE_CHECKING:
    from game.desktop.app import App
    from game.desktop.sitting import Sitting


_LEAVES_WITHIN: Final = 6000
"""Milliseconds within which leaving has to be asked for twice."""


def now() -> int:
    """Return milliseconds since some moment; only differences mean anything."""
    return int(1000 * time.monotonic())


class Screen:
    """Base of all screens.

    Attributes:
        app: The app that shows it.
        message: What the person is told at the foot of the page, empty if nothing.
        places: Which page of each long list is shown, from 0, by the list's name; "" is the main one.
    """

    app: "App"

    def __init__(self, app: "App") -> None:
        self.app = app
        self.message = ""
        self.places: dict[str, int] = {}

    def draw(self, canvas: Canvas) -> None:
        """Draw the page."""
        raise NotImplementedError

    def idle(self) -> bool:
        """Do some work that can wait; return whether the page must be drawn again."""
        return False

    def back(self) -> None:
        """Go back, as Esc asks."""
        self.app.back()

    def hover(self, name: str) -> bool:
        """Take note of what the pointer is over, by its id, empty if nothing; return whether to draw again."""
        del name
        return False

    def uncovered(self) -> None:
        """Do what is due when this screen is on top again."""

    def language_changed(self) -> None:
        """Take texts in the new language."""

    def typed(self, focus: str, event: pygame.Event) -> bool:
        """Take a key into the text field that is in focus; return whether it belonged there."""
        del focus, event
        return False

    def ending(self) -> Callable[[], str] | None:
        """Return what ends the game that this screen belongs to and says why not if it cannot; None without one."""
        return None

    def turn_page(self, by: int) -> None:
        """Turn the main list's pages."""
        self.places[""] = max(0, self.places.get("", 0) + by)

    def say(self, text: str) -> None:
        """Tell the person something, until they press the next key."""
        self.message = text

    def draw_message(self, canvas: Canvas) -> None:
        """Draw what the person is told; the next key or press takes it away."""
        if not self.message:
            return
        width = min(canvas.width - 40, 720)
        high = canvas.height_of(self.message, width - 40, 13.5, 600) + 22
        box = ((canvas.width - width) / 2, canvas.height - high - 40, width, high)
        rounded(canvas.surface, canvas.rect(box), 8 * canvas.style.scale, theme.INK)
        canvas.lines(self.message, (box[0] + 20, box[1] + 11, width - 40, high), 13.5, 600, theme.ON_BAR)

    def pages(self, count: int, each: int, name: str = "") -> tuple[int, int, int]:
        """Return the first and last place of a list that are shown now, and how many pages there are."""
        each = max(1, each)
        total = max(1, -(-count // each))
        self.places[name] = min(self.places.get(name, 0), total - 1)
        first = self.places[name] * each
        return first, min(count, first + each), total

    def next_page(self, total: int, name: str = "") -> Callable[[], None]:
        """Return what shows a list's next page, and the first after the last."""

        def press() -> None:
            self.places[name] = (self.places.get(name, 0) + 1) % total

        return press


class GameScreen(Screen):
    """Base of the screens of a game.

    Attributes:
        sitting: The game, and the seat in front.
    """

    def __init__(self, app: "App", sitting: "Sitting") -> None:
        super().__init__(app)
        self.sitting = sitting
        self._clock, self._paused = "", False
        self._warned: int | None = None

    def leave(self) -> None:
        """Leave the game, which is kept; in a group session only when asked twice, for others must let one back in."""
        moment = now()
        if self.sitting.unread is not None and (
            self._warned is None or moment - self._warned > _LEAVES_WITHIN
        ):
            self._warned = moment
            self.say(
                _(
                    "Press once more to leave the session. To come back you need four digits from the facilitator "
                    "(New device)."
                )
            )
            return
        self.sitting.leave()
        self.app.back()

    def time_left(self) -> str:
        """Return how much time is left for the turn, or that it is paused, in words; empty without a limit."""
        self._clock, self._paused = self.sitting.time_left(now()), self.sitting.paused
        if self._paused:
            return _("The game is paused.")
        return _("Time left:") + f" \u200e{self._clock}" if self._clock else ""

    def ticks(self) -> bool:
        """Return whether the clock shows something else than what was drawn."""
        return (self.sitting.time_left(now()), self.sitting.paused) != (self._clock, self._paused)

    def language_changed(self) -> None:
        """Take texts in the new language."""
        self.sitting.speak(self.app.settings.lang)
