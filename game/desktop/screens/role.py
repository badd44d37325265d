"""Who is the person in this game? The role's brief, what it wants and the score that it needs."""

from collections.abc import Sequence
from typing import Final

import pygame

from game.desktop import theme
from game.desktop.app import App
from game.desktop.away import AwaySitting
from game.desktop.canvas import Canvas
from game.desktop.screens.messages import in_own_direction
from game.desktop.screens.reader import Line, Reader, paragraph, title_line
from game.desktop.sitting import Sitting
from game.locale import _
from game.play.orders import Refused
from game.play.wording import mark_line, wishes
from game.remote.talk import where_digits_go

_LARGE: Final = 40.0

_MOVING: Final = frozenset(
    {
        *(pygame.K_TAB, pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_l),
        *(pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN),
        *range(pygame.K_LCTRL, pygame.K_RGUI + 1),
    }
)
"""Keys that move about the page, speak another language or do nothing on their own."""


def role_lines(sitting: Sitting) -> Sequence[Line]:
    """Return what the seat in front reads about its role."""
    view = sitting.view
    page = [title_line(_("You are: {role}").format(role=view.role_label))]
    page += [paragraph(part) for part in view.brief.split("\n") if part.strip()]
    page.append(title_line(_("What you want:")))
    page += [paragraph(f"– {wish}") for wish in wishes(view)]
    return [*page, paragraph(mark_line(view))]


def role_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page that tells the role, to be read again at any time."""
    if isinstance(sitting, AwaySitting):
        return RoleInSession(app, sitting)
    return Reader(app, lambda: _("Your role"), lambda: role_lines(sitting))


class RoleInSession(Reader):
    """The same page in a group session, from where another device of the same person is let in."""

    def __init__(self, app: App, sitting: AwaySitting) -> None:
        """Tell a role.

        Args:
            app: The app.
            sitting: The seat in front.
        """
        super().__init__(app, lambda: _("Your role"), lambda: role_lines(sitting))
        self.sitting = sitting

    def draw_foot(self, canvas: Canvas, left: float, width: float) -> float:
        """Draw the button that asks for four digits."""
        spot = (left, canvas.height - 50 - 36, min(width, 260), 36)
        canvas.button("device", spot, _("Another device"), self._let_in, key="D")
        return 42.0

    def _let_in(self) -> None:
        found = self.sitting.pin()
        if isinstance(found, Refused):
            self.say(found.reason)
        else:
            self.app.show(device_screen(self.app, found, self.sitting.address))


def device_screen(app: App, digits: str, address: str) -> Reader:
    """Return the page that tells a person how to come in on another device.

    Args:
        app: The app.
        digits: Their four digits.
        address: The host's.
    """

    def lines() -> Sequence[Line]:
        return [
            paragraph(where_digits_go(in_own_direction(address)), theme.INK),
            (digits, _LARGE, 700, theme.INK),
        ]

    return Reader(app, lambda: _("Another device"), lines)


class Introduction(Reader):
    """The same page before the first turn; any key that has no use on it leads to the board."""

    def __init__(self, app: App, sitting: Sitting) -> None:
        """Tell a role.

        Args:
            app: The app.
            sitting: The game and the seat in front, whose board lies below.
        """
        super().__init__(app, lambda: _("Your role"), lambda: role_lines(sitting))

    def draw_way_out(self, canvas: Canvas) -> None:
        """Draw the button that leads to the board."""
        spot = (canvas.width - 140, 5, 132, 36)
        canvas.button("go on", spot, _("Go on"), self.back, key="Enter", primary=True)

    def typed(self, focus: str, event: pygame.Event) -> bool:
        """Go on to the board by a key, unless a button in focus is pressed by it."""
        if focus or event.key in _MOVING:
            return False
        self.back()
        return True
