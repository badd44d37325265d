"""How did it come, and how might it have come? A game that is over, turn by turn, and its other courses."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.bars import draw_bar
from game.desktop.drawing.courses import Courses, draw_courses
from game.desktop.drawing.shapes import rounded
from game.desktop.screen import GameScreen, Screen
from game.desktop.screens.branch import Branch
from game.desktop.screens.reader import heading, reading_mark, text_screen
from game.desktop.sitting import Sitting
from game.locale import _, number
from game.play import retelling
from game.play.accounts import truth
from game.play.citing import series
from game.play.course_lines import course_lines, luck_lines, turning_lines
from game.play.retelling import CourseView, TurningPoint
from game.play.texts import Texts, texts_of

_FOOT = 52
_ROW = 24.0


class Replay(GameScreen):
    """A game that is over, with a timeline."""

    def __init__(self, app: App, sitting: Sitting) -> None:
        """Open the first turn.

        Args:
            app: The app.
            sitting: The game, which is over.
        """
        super().__init__(app, sitting)
        assert sitting.table is not None  # noqa: S101 - only a game that is kept here can be played again
        self.table, self.game = sitting.table, sitting.table.game
        self.turn = 1
        self.others: tuple[CourseView, ...] = ()
        self._tell()

    def _tell(self) -> None:
        """Put everything into the current language."""
        self.texts: Texts = texts_of(self.table.loaded, self.game.ruleset, self.app.settings.lang)
        self.own = retelling.course_of(self.game, self.texts)
        self.points: tuple[TurningPoint, ...] = retelling.turning_points_of(self.game, self.texts)
        if self.others:
            self.others = retelling.under_readings(self.game, self.texts)

    def language_changed(self) -> None:
        """Take texts in the new language."""
        super().language_changed()
        self._tell()

    def turn_page(self, by: int) -> None:
        """Go to the next turn or the one before."""
        self.turn = min(max(1, self.turn + by), len(self.game.steps))

    def draw(self, canvas: Canvas) -> None:
        """Draw the timeline, the course of what is looked at, and its true ledger."""
        canvas.fill(theme.PAPER)
        heading(
            canvas, _("Replay: turn {turn} of {turns}").format(turn=self.turn, turns=len(self.game.steps))
        )
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")
        self._timeline(canvas, (12, 54, canvas.width - 24, 32))
        top, bottom = 94.0, canvas.height - _FOOT
        if canvas.width >= 1000:
            each = (canvas.width - 40) / 3
            self._happened(canvas, (12, top, each, bottom - top))
            self._indicators(canvas, (20 + each, top, each, bottom - top))
            self._course(canvas, (28 + 2 * each, top, each, (bottom - top) * 0.5 - 4))
            self._ledger(
                canvas, (28 + 2 * each, top + (bottom - top) * 0.5 + 4, each, (bottom - top) * 0.5 - 4)
            )
        else:
            half, high = (canvas.width - 32) / 2, (bottom - top - 8) / 2
            self._happened(canvas, (12, top, half, high))
            self._indicators(canvas, (12, top + high + 8, half, high))
            self._course(canvas, (20 + half, top, half, high))
            self._ledger(canvas, (20 + half, top + high + 8, half, high))
        self._foot(canvas, (12, canvas.height - _FOOT + 6, canvas.width - 24, 38))
        self.draw_message(canvas)

    def _timeline(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = box
        steps = len(self.game.steps)
        canvas.button("before", (x, y, 112, h), _("Before"), lambda: self.turn_page(-1), key="PgUp")
        canvas.button("after", (x + w - 112, y, 112, h), _("Next"), lambda: self.turn_page(1), key="PgDn")
        each = (w - 240) / steps
        marked = {point.turn for point in self.points}
        for turn in range(1, steps + 1):
            spot = (x + 120 + (turn - 1) * each, y, each - 4, h)
            label = f"{turn}{' ◊' if turn in marked else ''}"
            canvas.button(f"turn:{turn}", spot, label, self._go_to(turn), on=turn == self.turn)

    def _go_to(self, turn: int) -> Callable[[], None]:
        def press() -> None:
            self.turn = turn

        return press

    def _happened(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = canvas.panel(box, _("What was done and happened"))
        end, causes = y + h, self.game.steps[self.turn - 1].causes
        parts: list[tuple[str, int, str]] = []
        for at, role in enumerate(self.game.ruleset.roles):
            made = [
                self.texts.move(move)
                for move, item in enumerate(self.game.ruleset.moves)
                if item.role == at and causes.moves[move, 0]
            ]
            parts.append((self.texts.roles[role.id], 600, theme.INK))
            parts.append((series(made) or _("nothing"), 400, theme.INK_2))
        parts += [(event, 600, theme.WORSE) for event in self.own.events[self.turn - 1]]
        for point in self.points:
            if point.turn == self.turn:
                told = _("It mattered: {move}").format(move=point.label)
                parts.append((told, 600, theme.FOCUS))
        for text, weight, colour in parts:
            if end - y < 18:
                break
            y += canvas.lines(text, (x, y, w, min(end - y, 54)), 12.5, weight, colour) + 3

    def _indicators(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = canvas.panel(box, _("As it really was"), _("change in this turn"))
        items = self.sitting.view.in_order
        room = max(1, int((h - 30) / _ROW))
        first, last, total = self.pages(len(items), room)
        for place, item in enumerate(items[first:last]):
            top = y + place * _ROW
            values = self.own.values[item.id]
            if item.id == self.sitting.chosen:
                rounded(canvas.surface, canvas.rect((x - 6, top - 2, w + 12, _ROW - 2)), 5, theme.FAINT)
            canvas.text(item.label, (x, top), 12.5, 600 if item.featured else 400, width=w - 110)
            change = values[self.turn] - values[self.turn - 1]
            canvas.text(number(values[self.turn], 1), (x + w - 56, top), 12.5, 700, anchor="end")
            canvas.text("\u200e" + number(change, 1, signed=True), (x + w, top), 12, anchor="end")
            canvas.hot(
                f"indicator:{item.id}", (x - 6, top - 2, w + 12, _ROW - 2), self._choose(item.id), item.label
            )
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=self.places[""] + 1, pages=total)
            canvas.button("more", (x, y + h - 26, w, 26), label, self.next_page(total), key="N")

    def _choose(self, name: str) -> Callable[[], None]:
        def press() -> None:
            self.sitting.chosen = name

        return press

    def _course(self, canvas: Canvas, box: Box) -> None:
        item = next(item for item in self.sitting.view.in_order if item.id == self.sitting.chosen)
        x, y, w, h = canvas.panel(box, item.label)
        legend = 18.0 * (1 + len(self.others))
        drawn = Courses(
            own=self.own.values[item.id],
            others={at: other.values[item.id] for at, other in enumerate(self.others)},
            colours=self.texts.reading_colours,
            low=item.least,
            high=item.most,
            turn=self.turn,
            marked=[point.turn for point in self.points],
        )
        draw_courses(canvas.surface, canvas.rect((x, y, w, h - legend)), drawn, canvas.style)
        top = y + h - legend + 3
        canvas.text(_("this game"), (x + 19, top), 11.5, 600, width=w - 20)
        line = canvas.rect((x, top + 7, 13, 2.4))
        rounded(canvas.surface, line, 1, theme.INK)
        for at, other in enumerate(self.others):
            top += 18
            reading_mark(canvas, at, self.texts.reading_colours[at], x, top + 2)
            canvas.text(f"{other.analyst}: {other.title}", (x + 19, top), 11.5, width=w - 20)

    def _ledger(self, canvas: Canvas, box: Box) -> None:
        at = self.game.ruleset.indicator_at[self.sitting.chosen]
        found = truth(self.game, self.texts, at, self.turn)
        message = _("What really moved it: {change}")
        change = "\u200e" + number(found.after - found.before, 1, signed=True)
        x, y, w, h = canvas.panel(box, message.format(change=change))
        most = max([1.0, *(abs(term.points) for term in found.terms)])
        for place, term in enumerate(found.terms[: max(1, int(h / 19))]):
            top = y + place * 19
            canvas.text(term.text, (x, top), 11.5, width=w * 0.6 - 8)
            bar = canvas.rect((x + w * 0.6, top, w * 0.4, 16))
            draw_bar(canvas.surface, bar, term.points, most, theme.INK_2, canvas.style)

    def _foot(self, canvas: Canvas, box: Box) -> None:
        labels = {
            "others": _("Other accounts"),
            "points": _("What mattered most"),
            "luck": _("Luck or choice"),
            "branch": _("Another order"),
        }
        presses = {"others": self._ask, "points": self._points, "luck": self._luck, "branch": self._branch}
        keys = {"others": "A", "points": "M", "luck": "C", "branch": "B"}
        each = (box[2] - 24) / 4
        for place, (name, label) in enumerate(labels.items()):
            spot = (box[0] + place * (each + 8), box[1], each, box[3])
            canvas.button(name, spot, label, presses[name], key=keys[name])

    def _ask(self) -> None:
        if self.others:
            self._compare()
        else:
            self.app.show(Expectation(self.app, self._expected))

    def _expected(self, reading: int, *, same: bool) -> None:
        """Show the other courses, now that the person has said what they expect of one."""
        self.others = retelling.under_readings(self.game, self.texts)
        other = self.others[reading]
        met = (other.outcome == self.own.outcome) == same
        told = _("That is what you expected.") if met else _("That is not what you expected. Why?")
        self.say(f"{other.analyst}: {other.title}\n{told}")

    def _compare(self) -> None:
        lines = []
        for other in self.others:
            lines += [f"{other.analyst}: {other.label}", *course_lines(self.own, other)]
        self.app.show(
            text_screen(self.app, _("The same orders and luck, had another account been true"), lines)
        )

    def _points(self) -> None:
        self.app.show(text_screen(self.app, _("What mattered most"), list(turning_lines(self.points))))

    def _luck(self) -> None:
        lines = list(luck_lines(*retelling.luck_of(self.game, self.texts)))
        self.app.show(text_screen(self.app, _("Luck or choice"), lines))

    def _branch(self) -> None:
        self.app.show(Branch(self.app, self.game, self.texts, self.turn))


class Expectation(Screen):
    """What does the person expect, before the other courses are shown?"""

    def __init__(self, app: App, done: Callable[..., None]) -> None:
        """Ask.

        Args:
            app: The app.
            done: Gets the place of a reading, and whether it is expected to end in the same way.
        """
        super().__init__(app)
        self._done = done
        self._replay = app.screen
        self.reading = 0

    def draw(self, canvas: Canvas) -> None:
        """Draw the question."""
        canvas.fill(theme.PAPER)
        heading(canvas, _("What do you expect?"))
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")
        width = min(canvas.width - 24, 640)
        left = (canvas.width - width) / 2
        assert isinstance(self._replay, Replay)  # noqa: S101 - the replay opens it
        readings = self._replay.sitting.view.readings
        x, y, w, _h = canvas.panel((left, 58, width, 150 + 40 * len(readings)))
        y += canvas.lines(
            _("The same orders and the same luck. Had this account been true:"), (x, y, w, 44), 14, 600
        )
        for place, item in enumerate(readings):
            spot = (x, y + 8 + place * 40, w, 34)
            canvas.button(
                f"reading:{item.id}",
                spot,
                f"{item.analyst}: {item.label}",
                self._pick(place),
                on=place == self.reading,
            )
        y += 16 + 40 * len(readings)
        canvas.text(_("would the game have ended as it did?"), (x, y), 14, 600, width=w)
        half = (w - 8) / 2
        canvas.button("yes", (x, y + 28, half, 38), _("In the same way"), self._answer(same=True), key="Y")
        canvas.button(
            "no", (x + half + 8, y + 28, half, 38), _("Otherwise"), self._answer(same=False), key="X"
        )
        self.draw_message(canvas)

    def _pick(self, place: int) -> Callable[[], None]:
        def press() -> None:
            self.reading = place

        return press

    def _answer(self, *, same: bool) -> Callable[[], None]:
        def press() -> None:
            self.app.back()
            self._done(self.reading, same=same)

        return press
