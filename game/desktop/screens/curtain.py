"""Who sits down next? A curtain between the people of one window, so that nobody reads another's secrets."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.screen import GameScreen
from game.desktop.sitting import Sitting
from game.locale import _


class Curtain(GameScreen):
    """Nothing but whose turn it is."""

    def __init__(self, app: App, sitting: Sitting, role: str, ready: Callable[[], None]) -> None:
        """Draw the curtain.

        Args:
            app: The app.
            sitting: The game.
            role: Whose seat comes next, by role id.
            ready: What follows once its person is there.
        """
        super().__init__(app, sitting)
        self.role, self.ready = role, ready

    def draw(self, canvas: Canvas) -> None:
        """Draw whose turn it is."""
        canvas.fill(theme.BAR)
        middle = canvas.width / 2
        label = self.sitting.view.roles[self.role]
        canvas.text(
            _("Next at this window:"),
            (middle, canvas.height * 0.3),
            16,
            colour=theme.ON_BAR_2,
            anchor="centre",
            width=canvas.width - 40,
        )
        canvas.text(
            label, (middle, canvas.height * 0.3 + 34), 28, 700, theme.ON_BAR, "centre", canvas.width - 40
        )
        wide = min(320.0, canvas.width - 40)
        canvas.button(
            "ready",
            (middle - wide / 2, canvas.height * 0.3 + 104, wide, 48),
            _("I am alone at the screen"),
            self._ready,
            key="Enter",
            primary=True,
        )
        self.draw_message(canvas)

    def _ready(self) -> None:
        self.app.back()
        self.ready()
