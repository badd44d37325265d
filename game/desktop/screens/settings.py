"""What can a person set? Language, text size, full screen, less motion."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.canvas import Canvas
from game.desktop.screen import Screen
from game.desktop.screens.reader import heading
from game.locale import OWN_NAMES, _

_SIZES = (80, 100, 125, 150, 175, 200)


class SettingsScreen(Screen):
    """The settings, kept as soon as they are changed; and the end of a game before its time."""

    asked = False
    """Whether the person was asked once more if the game is to end."""

    def draw(self, canvas: Canvas) -> None:
        """Draw one row for each setting."""
        canvas.fill(theme.PAPER)
        heading(canvas, _("Settings"))
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")
        width = min(canvas.width - 24, 620)
        left = (canvas.width - width) / 2
        x, y, w, _h = canvas.panel((left, 58, width, 280))
        now = self.app.settings
        canvas.text(_("Language"), (x, y + 4), 13.5, 600, width=w * 0.38)
        canvas.button(
            "language",
            (x + w * 0.4, y, w * 0.6, 32),
            OWN_NAMES[now.lang],
            self._language,
            key="L",
        )
        y += 46
        canvas.text(_("Text size"), (x, y + 4), 13.5, 600, width=w * 0.38)
        each = (w * 0.6 - 5 * 4) / len(_SIZES)
        for at, size in enumerate(_SIZES):
            spot = (x + w * 0.4 + at * (each + 4), y, each, 32)
            canvas.button(f"size:{size}", spot, f"{size}", self._sized(size), on=now.text_size == size)
        y += 46
        self._switch(canvas, (x, y, w, 32), "full_screen", _("Full screen"), "F")
        y += 46
        self._switch(canvas, (x, y, w, 32), "reduced_motion", _("Less motion"), "M")
        end = next((screen.ending() for screen in reversed(self.app.screens) if screen.ending()), None)
        if end is not None:
            label = _("Press again: it is over for all seats") if self.asked else _("End this game now")
            canvas.text(_("The truth opens"), (x, y + 64), 13.5, 600, width=w * 0.38)
            canvas.button("end", (x + w * 0.4, y + 60, w * 0.6, 32), label, lambda: self._end(end), key="X")
        self.draw_message(canvas)

    def _switch(
        self, canvas: Canvas, box: tuple[float, float, float, float], name: str, label: str, key: str
    ) -> None:
        x, y, w, h = box
        is_on = bool(getattr(self.app.settings, name))
        canvas.text(label, (x, y + 4), 13.5, 600, width=w * 0.38)

        def press() -> None:
            self.app.change(self.app.settings.model_copy(update={name: not is_on}))

        canvas.button(
            name, (x + w * 0.4, y, w * 0.6, h), _("On") if is_on else _("Off"), press, key=key, on=is_on
        )

    def _end(self, end: Callable[[], str]) -> None:
        if not self.asked:
            self.asked = True
            return
        self.asked = False
        self.app.back()
        told = end()
        if told:
            self.app.screen.say(told)

    def _language(self) -> None:
        self.app.switch_language()

    def _sized(self, size: int) -> Callable[[], None]:
        return lambda: self.app.change(self.app.settings.model_copy(update={"text_size": size}))
