"""Is this the order? What is handed in, what it leaves, what is predicted, and the last way back."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.screen import GameScreen, now
from game.desktop.screens.reader import heading, reading_mark
from game.desktop.sitting import Sitting
from game.locale import _, number
from game.play.orders import Prediction
from game.play.views import MoveView, View
from game.play.wording import time_left, wasted

_STEP = 5
_KEEP_AFTER = 600
"""Milliseconds after the last change of a prediction at which it is kept: the turn may end without a press."""


class Confirm(GameScreen):
    """The order with a prediction, before it is handed in."""

    def __init__(self, app: App, sitting: Sitting, done: Callable[[], None]) -> None:
        """Show the order.

        Args:
            app: The app.
            sitting: The game and the seat in front.
            done: What follows once the order is in.
        """
        super().__init__(app, sitting)
        self.done = done
        readings = sitting.view.readings
        kept = sitting.predicted()
        self.shares = {item.id: round(100 / len(readings)) for item in readings}
        self.answers = {item.id: 50 for item in sitting.view.questions}
        self.predicts = kept is not None
        self._changed: int | None = None
        self.tab = "order"
        if kept is not None:
            self.shares |= {name: round(100 * value) for name, value in kept.readings.items()}
            self.answers |= {name: round(100 * value) for name, value in kept.questions.items()}

    def idle(self) -> bool:
        """Keep a prediction that was changed a moment ago; see whether the turn was resolved without this window."""
        if self._changed is not None and now() - self._changed >= _KEEP_AFTER:
            self._keep()
            return bool(self.message)
        if self.sitting.moved_on(now()):
            self.app.back()
            self.done()
            return True
        return self.ticks()

    def back(self) -> None:
        """Go back to the board; what is predicted is kept."""
        if self._changed is not None and not self._keep():
            return
        self.app.back()

    def draw(self, canvas: Canvas) -> None:
        """Draw the order at the start, the prediction at the end or below."""
        canvas.fill(theme.PAPER)
        heading(canvas, _("Hand in this order?"))
        canvas.text(self.time_left(), (canvas.width - 16, 13), 13.5, 600, theme.ON_BAR, "end")
        beside = canvas.width >= 760
        width = min(canvas.width - 24, 1000)
        left = (canvas.width - width) / 2
        bottom = canvas.height - 58
        if beside:
            half = (width - 10) / 2
            self._order(canvas, (left, 56, half, bottom - 66))
            self._prediction(canvas, (left + half + 10, 56, half, bottom - 66))
        else:
            half = (width - 8) / 2
            canvas.button(
                "tab:order",
                (left, 52, half, 28),
                _("Your order"),
                self._open("order"),
                on=self.tab == "order",
            )
            label = _("What do you hold likely?")
            canvas.button(
                "tab:prediction",
                (left + half + 8, 52, half, 28),
                label,
                self._open("prediction"),
                on=self.tab != "order",
            )
            box = (left, 84, width, bottom - 92)
            self._order(canvas, box) if self.tab == "order" else self._prediction(canvas, box)
        wide = min(220.0, (width - 16) / 3)
        canvas.button("back", (left, bottom, wide, 42), _("Not yet"), self.back, key="Esc")
        canvas.button("undo", (left + wide + 8, bottom, wide, 42), _("Undo last"), self._undo, key="U")
        canvas.button(
            "hand in",
            (left + width - wide, bottom, wide, 42),
            _("Hand in"),
            self._hand_in,
            key="Enter",
            primary=True,
        )
        self.draw_message(canvas)

    def _order(self, canvas: Canvas, box: tuple[float, float, float, float]) -> None:
        view = self.sitting.view
        x, y, w, h = canvas.panel(box, _("Your order"), _("final once it is in"))
        moves = moves_of(view)
        rows = [moves[name] for name in view.draft if name in moves]
        if not rows:
            y += canvas.lines(_("Nothing: you let this turn pass."), (x, y, w, h), 13.5, colour=theme.INK_2)
        for move in rows:
            canvas.text(move.label, (x, y), 13.5, 600, width=w - 60)
            if move.cost:
                canvas.text(number(move.cost), (x + w, y), 13.5, 700, theme.GOLD, "end")
            y += 23
        left = view.capital - view.draft_cost
        text = _("Political capital left: {left}; {income} more each turn, {most} at most.").format(
            left=number(left), income=number(view.income), most=number(view.most_capital)
        )
        if y + 24 < box[1] + box[3]:
            y += 8 + canvas.lines(text, (x, y + 6, w, 40), 12, colour=theme.INK_2)
        lost = wasted(view)
        if lost and y + 20 < box[1] + box[3]:
            y += canvas.lines(lost, (x, y + 4, w, 36), 12, 600, theme.WORSE) + 4
        for decision in view.decisions:
            if not any(option.drafted for option in decision.options) and y + 20 < box[1] + box[3]:
                text = _("Not answered: {question}. {time}").format(
                    question=decision.label, time=time_left(decision)
                )
                y += canvas.lines(text, (x, y + 4, w, 36), 12, 600, theme.WORSE) + 4

    def _prediction(self, canvas: Canvas, box: tuple[float, float, float, float]) -> None:
        view = self.sitting.view
        x, y, w, h = canvas.panel(box, _("What do you hold likely?"), _("scored at the end"))
        label = _("I predict") if not self.predicts else _("Prediction goes in")
        canvas.button("predict", (x, y, min(w, 220), 28), label, self._switch, key="P", on=self.predicts)
        y += 38
        each = min(46.0, max(24.0, (h - 100) / len(view.readings)))
        for place, item in enumerate(view.readings):
            reading_mark(canvas, place, item.colour, x, y + 5)
            canvas.text(item.analyst, (x + 20, y + 2), 13, 600, width=w - 150)
            self._stepper(
                canvas, (x + w - 122, y, 122, min(26, each - 2)), f"share:{item.id}", self.shares, item.id
            )
            y += each
        total = sum(self.shares.values())
        together = _("Together {total}; they are taken in proportion.").format(total=total)
        nothing = _("These shares do not count yet: all of them are 0.")
        colour = theme.INK_3 if total else theme.WORSE
        canvas.text(together if total else nothing, (x, y), 11, colour=colour, width=w)
        y += 20
        for question in view.questions:
            room = box[1] + box[3] - y - 8
            if room < 26:
                break
            canvas.lines(question.ask, (x, y, w - 134, room), 12, 500)
            self._stepper(
                canvas, (x + w - 122, y, 122, 26), f"answer:{question.id}", self.answers, question.id
            )
            y += 44

    def _stepper(
        self,
        canvas: Canvas,
        box: tuple[float, float, float, float],
        name: str,
        values: dict[str, int],
        key: str,
    ) -> None:
        x, y, w, h = box

        def change(by: int) -> Callable[[], None]:
            def press() -> None:
                values[key] = min(100, max(0, values[key] + by))
                self.predicts, self._changed = True, now()

            return press

        canvas.button(f"{name}:less", (x, y, 32, h), "−", change(-_STEP))
        canvas.text(f"\u200e{values[key]}%", (x + w / 2, y + 4), 13, 700, anchor="centre")
        canvas.button(f"{name}:more", (x + w - 32, y, 32, h), "+", change(_STEP))

    def _open(self, name: str) -> Callable[[], None]:
        def press() -> None:
            self.tab = name

        return press

    def _switch(self) -> None:
        self.predicts, self._changed = not self.predicts, now()

    def _undo(self) -> None:
        self.say(self.sitting.undo())

    def _keep(self) -> bool:
        """Keep the prediction, or withdraw it where none is to go in; return whether that was taken."""
        self._changed = None
        said = Prediction(turn=self.sitting.view.turn)
        if self.predicts:
            total = sum(self.shares.values())
            readings = {name: share / total for name, share in self.shares.items()} if total else {}
            answers = {name: share / 100 for name, share in self.answers.items()}
            said = said.model_copy(update={"readings": readings, "questions": answers})
        elif self.sitting.predicted() is None:
            return True
        refused = self.sitting.predict(said)
        self.say(refused)
        return not refused

    def _hand_in(self) -> None:
        if self._changed is not None and not self._keep():
            return
        refused = self.sitting.confirm()
        if refused:
            self.say(refused)
            return
        self.app.back()
        self.done()


def moves_of(view: View) -> dict[str, MoveView]:
    """Return all moves that the seat might make, by id."""
    moves = {move.id: move for move in view.policies}
    moves |= {option.id: option for decision in view.decisions for option in decision.options}
    return moves | {item.sign.id: item.sign for item in view.agreements if item.sign is not None}
