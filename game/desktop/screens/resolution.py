"""What happened? News of the turn and the changes one by one, each with what every account makes of it."""

from collections.abc import Callable

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.drawing.gauge import draw_arrow
from game.desktop.drawing.shapes import rounded
from game.desktop.screen import GameScreen, now
from game.desktop.screens import panels
from game.desktop.screens.accounts import explained_screen
from game.desktop.screens.reader import heading, headlines_screen, reading_mark
from game.desktop.sitting import Sitting
from game.locale import _, number
from game.play.orders import Refused
from game.play.views import IndicatorView

_ROW = 30.0
_PAUSE = 140
"""Milliseconds between one change and the next."""


class Resolution(GameScreen):
    """The turn that was just resolved."""

    def __init__(self, app: App, sitting: Sitting, done: Callable[[], None]) -> None:
        """Show what came of the turn.

        Args:
            app: The app.
            sitting: The game and the seat in front.
            done: What follows when the person goes on.
        """
        super().__init__(app, sitting)
        self.done = done
        changed = self._changed()
        if changed:
            sitting.chosen = changed[0].id
        self.shown = len(changed) if app.settings.reduced_motion else 1
        self._next = now() + _PAUSE

    def idle(self) -> bool:
        """Let the next change appear, and tell who has sent a message in a group session."""
        moment = now()
        if self.shown < len(self._changed()) and moment >= self._next:
            self.shown += 1
            self._next = moment + _PAUSE
            return True
        return self._told(moment)

    def _told(self, moment: int) -> bool:
        if self.sitting.unread is None:
            return False
        from game.desktop.screens.messages import noticed

        self.sitting.moved_on(moment)  # asks the host for what is new; the person goes on when they have read
        told = noticed(self.sitting)
        if told:
            self.say(told)
        return bool(told)

    def hover(self, name: str) -> bool:
        """Open the ledger of the change that the pointer is over."""
        return self.sitting.point(name)

    def _headlines(self) -> None:
        self.app.show(headlines_screen(self.app, self.sitting))

    def _explain(self) -> None:
        self.app.show(explained_screen(self.app, self.sitting))

    def back(self) -> None:
        """Go on, as there is no way back behind a turn."""
        self._go_on()

    def _changed(self) -> list[IndicatorView]:
        moved = [item for item in self.sitting.view.indicators if item.change is not None and not item.hidden]
        return sorted(moved, key=lambda item: (not item.featured, -abs(item.change or 0.0)))

    def draw(self, canvas: Canvas) -> None:
        """Draw the news, the changes, and the ledger of the one that is looked at."""
        canvas.fill(theme.PAPER)
        view = self.sitting.view
        last = view.turn if view.phase == "over" else view.turn - 1
        heading(canvas, _("What came of turn {turn}").format(turn=last))
        canvas.button(
            "go on", (canvas.width - 140, 5, 132, 36), _("Go on"), self._go_on, key="Enter", primary=True
        )
        if self.sitting.unread is not None:
            from game.desktop.screens.messages import draw_button

            draw_button(canvas, self.app, self.sitting, canvas.width - 146)
        width, bottom = canvas.width, canvas.height - 8
        if width >= 1000:
            each = (width - 40) / 3
            self._news(canvas, (12, 54, each, bottom - 54), last)
            self._changes(canvas, (20 + each, 54, each, bottom - 54))
            self._why(canvas, (28 + 2 * each, 54, each, bottom - 54))
        else:
            half = (width - 24) / 2
            news = (bottom - 54) * 0.36
            self._news(canvas, (8, 54, width - 16, news), last)
            self._changes(canvas, (8, 60 + news, half, bottom - 60 - news))
            self._why(canvas, (16 + half, 60 + news, half, bottom - 60 - news))
        self.draw_message(canvas)

    def _news(self, canvas: Canvas, box: tuple[float, float, float, float], last: int) -> None:
        x, y, w, h = canvas.panel(box, _("What you learned"), _("H: in full"))
        canvas.hot("headlines", box, self._headlines, _("What you learned"), "H")
        end = y + h
        news = [item for item in self.sitting.view.headlines if item.turn == last]
        if not news:
            canvas.lines(_("Nothing that reached you."), (x, y, w, h), colour=theme.INK_2)
        for item in news:
            if end - y < 18:
                canvas.text("…", (x, end - 12), 12)
                break
            weight = 600 if item.kind in ("stood_in", "event", "contest") else 500
            y += canvas.lines(item.text, (x, y, w, end - y), 13, weight)
            if item.kind == "event" and item.detail and end - y > 34:
                y += canvas.lines(item.detail, (x, y, w, min(end - y, 62)), 11.5, colour=theme.INK_2)
            y += 7

    def _changes(self, canvas: Canvas, box: tuple[float, float, float, float]) -> None:
        x, y, w, h = canvas.panel(box, _("What moved"), _("press one: why?"))
        items = self._changed()
        room = max(1, int((h - 4) / _ROW))
        first, end, total = self.pages(len(items), room if len(items) <= room else room - 1)
        for place, item in enumerate(items[first:end]):
            if first + place >= self.shown:
                break
            self._change(canvas, (x, y + place * _ROW, w, _ROW), item)
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=self.places[""] + 1, pages=total)
            canvas.button("more", (x, y + h - 26, w, 26), label, self.next_page(total), key="N")

    def _change(self, canvas: Canvas, box: tuple[float, float, float, float], item: IndicatorView) -> None:
        x, y, w, _h = box
        if item.id == self.sitting.looked_at:
            rounded(canvas.surface, canvas.rect((x - 6, y - 2, w + 12, _ROW - 2)), 5, theme.FAINT)
        canvas.text(item.label, (x, y + 3), 13, 600 if item.featured else 400, width=w - 96)
        if item.estimate is not None and item.change is not None:
            spot = canvas.rect((x + w - 92, y + 6, 12, 12))
            draw_arrow(canvas.surface, spot.center, item, canvas.style)
            canvas.text(
                "\u200e" + number(item.change, 1, signed=True), (x + w - 36, y + 3), 13, 700, anchor="end"
            )
            canvas.text(number(item.estimate), (x + w, y + 3), 12, colour=theme.INK_2, anchor="end")

        def choose() -> None:
            self.sitting.chosen = item.id

        canvas.hot(f"change:{item.id}", (x - 6, y - 2, w + 12, _ROW - 2), choose, item.label)

    def _why(self, canvas: Canvas, box: tuple[float, float, float, float]) -> None:
        x, y, w, h = box
        found = self.sitting.seat.evidence(self.sitting.lang)
        evidence = 0.0
        if not isinstance(found, Refused) and h > 330:
            evidence = min(210.0, h * 0.4)
            latest = found.turns[-1]
            ix, iy, iw, ih = canvas.panel(
                (x, y + h - evidence, w, evidence), _("What you have seen speaks for")
            )
            for place, item in enumerate(self.sitting.view.readings):
                top = iy + place * 22
                reading_mark(canvas, place, item.colour, ix, top + 3)
                canvas.text(item.analyst, (ix + 19, top), 12.5, 600, width=iw * 0.5)
                share = latest.weights[item.id]
                bar = canvas.rect((ix + iw * 0.56, top + 5, max(2.0, iw * 0.3 * share), 9))
                rounded(canvas.surface, bar, 3, item.colour)
                canvas.text(f"\u200e{number(100 * share)}%", (ix + iw, top), 12.5, 700, anchor="end")
            top = iy + 22 * len(self.sitting.view.readings) + 4
            for testimony in latest.testimonies:
                room = iy + ih - top
                if room < 15:
                    break
                top += canvas.lines(testimony.text, (ix, top, iw, room), 11, colour=theme.INK_2) + 3
            evidence += 8
        panels.ledger_panel(canvas, (x, y, w, h - evidence), self.sitting, self._explain)

    def _go_on(self) -> None:
        self.app.back()
        self.done()
