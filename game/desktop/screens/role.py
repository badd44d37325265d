"""Who is the person in this game? The role's brief, what it wants and the score that it needs."""

from collections.abc import Sequence
from typing import Final

import pygame

from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.screens.reader import Line, Reader, paragraph, title_line
from game.desktop.sitting import Sitting
from game.locale import _
from game.play.wording import mark_line, wishes

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
    return Reader(app, lambda: _("Your role"), lambda: role_lines(sitting))


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
