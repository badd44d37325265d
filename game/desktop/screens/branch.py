"""What if somebody had ordered something else? One seat's order of one turn is changed and the game played again."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.screen import Screen
from game.desktop.screens.reader import heading, text_screen
from game.locale import _
from game.play import replay, retelling
from game.play.course_lines import course_lines
from game.play.game import Game
from game.play.texts import Texts

_ROW = 36.0


class Branch(Screen):
    """The choice of another order."""

    def __init__(self, app: App, game: Game, texts: Texts, turn: int) -> None:
        """Begin with the order as it was.

        Args:
            app: The app.
            game: A game that is over.
            texts: Its texts.
            turn: The turn whose order is changed.
        """
        super().__init__(app)
        self.game, self.texts, self.turn = game, texts, turn
        self.role = 0
        self.bots = False
        self.order = self._was()

    def _was(self) -> list[int]:
        return [at for at in self.game.orders[self.turn - 1] if self.game.ruleset.moves[at].role == self.role]

    def draw(self, canvas: Canvas) -> None:
        """Draw the roles, their moves, and who plays on."""
        canvas.fill(theme.PAPER)
        heading(canvas, _("Another order in turn {turn}").format(turn=self.turn))
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")
        names = {role.id: self.texts.roles[role.id] for role in self.game.ruleset.roles}
        for place, (name, spot) in enumerate(canvas.shared((12, 54, canvas.width - 24, 34), names).items()):
            canvas.button(f"role:{name}", spot, names[name], self._sit(place), on=place == self.role)
        bottom = canvas.height - 54
        x, y, w, h = canvas.panel((12, 96, canvas.width - 24, bottom - 104), _("Press what is to be ordered"))
        mine = replay.offered(self.game, self.turn, self.role)
        columns = 2 if w >= 700 else 1
        rows = max(1, int((h - 32) / _ROW))
        first, last, total = self.pages(len(mine), rows * columns)
        wide = (w - 8 * (columns - 1)) / columns
        for place, at in enumerate(mine[first:last]):
            column, row = divmod(place, rows)
            spot = (x + column * (wide + 8), y + row * _ROW, wide, _ROW - 5)
            label = self.texts.move(at) + (" ✓" if at in self.order else "")
            canvas.button(f"move:{at}", spot, label, self._toggle(at), on=at in self.order)
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=self.places[""] + 1, pages=total)
            canvas.button("more", (x, y + h - 26, w, 26), label, self.next_page(total), key="N")
        half = min(320.0, (canvas.width - 32) / 2)
        others = _("Others: as their bots would") if self.bots else _("Others: as they did")
        canvas.button("others", (12, bottom, half, 40), others, self._others, key="O")
        canvas.button(
            "play",
            (canvas.width - 12 - half, bottom, half, 40),
            _("Play it again"),
            self._play,
            key="Enter",
            primary=True,
        )
        self.draw_message(canvas)

    def _sit(self, place: int) -> Callable[[], None]:
        def press() -> None:
            self.role = place
            self.order = self._was()
            self.places.clear()

        return press

    def _toggle(self, at: int) -> Callable[[], None]:
        def press() -> None:
            self.order = (
                [move for move in self.order if move != at] if at in self.order else [*self.order, at]
            )

        return press

    def _others(self) -> None:
        self.bots = not self.bots

    def _play(self) -> None:
        changed = {(self.turn, self.role): self.order}
        bots_from = self.turn + 1 if self.bots else None
        other = replay.again(self.game, self.game.world, changed, bots_from)
        own = retelling.course_of(self.game, self.texts)
        lines = list(course_lines(own, retelling.retold(self.game, self.texts, other)))
        self.app.show(text_screen(self.app, _("Another order in turn {turn}").format(turn=self.turn), lines))
