"""What does a player look at while deciding? The board: situation, map, accounts, ledger, policies."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.shapes import mark, rounded
from game.desktop.screen import GameScreen, now
from game.desktop.screens import cards, panels
from game.desktop.screens.accounts import expected_screen, explained_screen
from game.desktop.screens.reader import mistakes_screen, policies_screen, seats_screen
from game.desktop.screens.role import role_screen
from game.desktop.sitting import Sitting
from game.locale import _, ngettext, number
from game.locale.dates import dates_written

TOP = 46
FOOT = 26
WIDE, MIDDLE = 1120, 720
_CARDS = 156
_TOLD = 18
_PLATE = 26

_Button: TypeAlias = tuple[str, str, str, Callable[[], None], str, str]
"""A button of the top row: id, label, key, what it does, icon if it has one, what stays of a label without room."""


class Board(GameScreen):
    """The board of the seat in front."""

    def __init__(self, app: App, sitting: Sitting, done: Callable[[], None]) -> None:
        """Lay the board out.

        Args:
            app: The app.
            sitting: The game and the seat in front.
            done: What follows once the order is in.
        """
        super().__init__(app, sitting)
        self.done = done
        self.tab = "cards"
        self.left = "vote"

    def idle(self) -> bool:
        """Work out what the accounts expect of the draft, and see whether somebody edited the scenario."""
        if self.sitting.moved_on(now()):
            self.done()
            return True
        return self._told() or self.sitting.look_ahead() or self._edited() or self.ticks()

    def _told(self) -> bool:
        """Say who has sent a message meanwhile; return whether somebody has."""
        if self.sitting.unread is None:
            return False
        from game.desktop.screens.messages import noticed

        told = noticed(self.sitting)
        if told:
            self.say(told)
        return bool(told)

    def _edited(self) -> bool:
        edit = self.sitting.edited(now())
        if edit is None:
            return False
        if edit.taken:
            self.say("\n".join(edit.told))
        else:
            name = self.sitting.view.scenario
            self.app.show(mistakes_screen(self.app, name, edit.findings, edit.told))
        return True

    def back(self) -> None:
        """Leave the game: it is saved."""
        self.leave()

    def ending(self) -> Callable[[], str] | None:
        """Return what ends this game for all seats."""

        def end() -> str:
            told = self.sitting.end()
            if not told:
                self.done()
            return told

        return end

    def hover(self, name: str) -> bool:
        """Look at the indicator that the pointer is over."""
        return self.sitting.point(name)

    def turn_page(self, by: int) -> None:
        """Turn the pages of the agreements or decisions that are open, else those of where things stand."""
        drawn = {hot.id for hot in self.app.canvas.hots} if self.app.canvas is not None else set()
        if "more" in drawn:
            super().turn_page(by)
        elif "more indicators" in drawn:
            self.places[panels.INDICATORS] = max(0, self.places.get(panels.INDICATORS, 0) + by)

    def _expect(self) -> None:
        self.app.show(expected_screen(self.app, self.sitting))

    def _explain(self) -> None:
        self.app.show(explained_screen(self.app, self.sitting))

    def _in_full(self) -> None:
        self.app.show(policies_screen(self.app, self.sitting))

    def _seats(self) -> None:
        self.app.show(seats_screen(self.app, self.sitting))

    def choose(self, indicator: str) -> None:
        """Look at another indicator."""
        self.sitting.chosen = indicator
        self.app.renew()

    def draw(self, canvas: Canvas) -> None:
        """Draw the whole board, or what a narrower window has room for."""
        canvas.fill(theme.PAPER)
        canvas.keys |= {"C": self._in_full, "E": self._expect, "W": self._explain}
        if self.sitting.view.blocs:
            canvas.keys["V"] = self._seats
        self._top(canvas)
        if canvas.width >= WIDE and canvas.height >= 640:
            self._wide(canvas)
        else:
            self._tabs(canvas)
        self._ticker(canvas)
        self.draw_message(canvas)

    def _wide(self, canvas: Canvas) -> None:
        width, height = canvas.width, canvas.height
        above = height - TOP - FOOT - _CARDS - _TOLD - 16
        right = 380
        centre = width - 272 - right - 40
        featured = sum(item.featured for item in self.sitting.view.indicators)
        high = min(panels.height_of_indicators(max(4, featured)), above * 0.62)
        panels.indicators_panel(canvas, (12, TOP + 8, 272, high), self)
        self._lower_left(canvas, (12, TOP + 16 + high, 272, above - high - 8))
        panels.map_panel(canvas, (292, TOP + 8, centre, above), self.sitting.view)
        tall = height - TOP - FOOT - 16
        fans = tall * 0.57
        panels.accounts_panel(canvas, (width - right - 12, TOP + 8, right, fans), self.sitting, self._expect)
        why = (width - right - 12, TOP + 16 + fans, right, tall - fans - 8)
        panels.ledger_panel(canvas, why, self.sitting, self._explain)
        foot = (12, height - FOOT - _CARDS - _TOLD - 8, width - right - 32, _CARDS + _TOLD)
        self._policies(canvas, foot, 5)

    def _policies(self, canvas: Canvas, box: Box, columns: int) -> None:
        """Draw how many policies are in the order and how many may be, and below it the policies."""
        (x, y, w, h), view = box, self.sitting.view
        used = sum(policy.drafted for policy in view.policies)
        told = ngettext(
            "Policies in your order: {used} of {n}.", "Policies in your order: {used} of {n}.", view.slots
        ).format(used=used, n=view.slots)
        taken = canvas.text(told, (x, y - 4), 11, 600, theme.INK_2, width=w)
        note = _("C: in full")
        if view.policies and taken + canvas.width_of(note, 11) + 12 < w:
            canvas.text(note, (x + w, y - 4), 11, colour=theme.INK_3, anchor="end")
            canvas.hot("policies", (x, y + 1, w, _TOLD - 3), self._in_full, _("Policies"), "C")
        cards.policies(canvas, (x, y + _TOLD, w, h - _TOLD), self, columns)

    def _lower_left(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = box
        names = {"vote": _("Vote"), "agreements": _("Agreements"), "decisions": _("Decisions")}
        if not self.sitting.view.blocs:
            del names["vote"]
        if self.left not in names:
            self.left = next(iter(names))
        labels = {name: f"{label} {self._count(name)}".strip() for name, label in names.items()}
        for name, spot in canvas.shared((x, y, w, 26), labels).items():
            canvas.button(f"left:{name}", spot, labels[name], self._show(name), on=self.left == name)
        body = (x, y + 31, w, h - 31)
        if self.left == "vote":
            panels.blocs_panel(canvas, body, self.sitting.view, self._seats)
        elif self.left == "agreements":
            cards.agreements(canvas, body, self)
        else:
            cards.decisions(canvas, body, self)

    def _count(self, name: str) -> str:
        view = self.sitting.view
        if name == "decisions":
            return number(len(view.decisions)) if view.decisions else ""
        if name == "agreements":
            waiting = [
                item
                for item in view.agreements
                if item.status == "offered" and item.mine and view.role not in item.signed_by
            ]
            return number(len(waiting)) if waiting else ""
        return ""

    def _show(self, name: str) -> Callable[[], None]:
        def show() -> None:
            self.left = name
            self.places.pop("", None)

        return show

    def _open(self, name: str) -> Callable[[], None]:
        def show() -> None:
            self.tab = name
            self.places.pop("", None)

        return show

    def _tabs(self, canvas: Canvas) -> None:
        names = {
            "cards": _("Policies"),
            "decisions": _("Decisions"),
            "agreements": _("Agreements"),
            "situation": _("Situation"),
            "map": _("Map"),
            "accounts": _("Accounts"),
            "ledger": _("Why?"),
            "vote": _("Vote"),
        }
        if not self.sitting.view.blocs:
            del names["vote"]
        x, y = 8.0, TOP + 6.0
        for name, label in names.items():
            shown = f"{label} {self._count(name)}".strip()
            w = canvas.style.text.size(shown, 12.5, 600)[0] / canvas.style.scale + 24
            if x + w > canvas.width - 8:
                x, y = 8.0, y + 32
            canvas.button(f"tab:{name}", (x, y, w, 28), shown, self._open(name), on=self.tab == name)
            x += w + 5
        top = y + 34
        box = (8, top, canvas.width - 16, canvas.height - top - FOOT - 6)
        if canvas.width >= MIDDLE and self.tab not in ("accounts", "ledger", "map"):
            half = (box[2] - 8) / 2
            panels.accounts_panel(
                canvas, (box[0] + half + 8, box[1], half, box[3]), self.sitting, self._expect
            )
            box = (box[0], box[1], half, box[3])
        self._panel(canvas, box)

    def _panel(self, canvas: Canvas, box: Box) -> None:
        match self.tab:
            case "cards":
                self._policies(canvas, box, max(1, int(box[2] // 190)))
            case "decisions":
                cards.decisions(canvas, box, self)
            case "agreements":
                cards.agreements(canvas, box, self)
            case "situation":
                panels.indicators_panel(canvas, box, self)
            case "map":
                panels.map_panel(canvas, box, self.sitting.view)
            case "accounts":
                panels.accounts_panel(canvas, box, self.sitting, self._expect)
            case "ledger":
                panels.ledger_panel(canvas, box, self.sitting, self._explain)
            case _:
                panels.blocs_panel(canvas, box, self.sitting.view, self._seats)

    def _top(self, canvas: Canvas) -> None:
        view = self.sitting.view
        rounded(canvas.surface, canvas.rect((0, 0, canvas.width, TOP)), 0, theme.BAR)
        turn = _("Turn {turn} of {turns}").format(turn=view.turn, turns=view.turns)
        left = self.time_left()
        turn = f"{left} · {turn}" if left else turn
        dated = f"{turn} · {dates_written(view.first_day, view.last_day)}"
        capital = max(canvas.width_of(_("Political capital"), 11), canvas.width_of(self._left(), 12.5, 600))
        beside = 14 + 24 + capital + 20
        ample, least = (beside + canvas.width_of(text, 11.5) for text in (dated, turn))
        buttons: tuple[_Button, ...] = (
            ("confirm", _("End turn"), "Enter", self._confirm, "", ""),
            ("help", _("Help"), "F1", self._help, "help", ""),
            ("settings", _("Settings"), "O", self._settings, "settings", ""),
            ("readings", _("Analysts"), "R", self._readings, "analysts", ""),
        )
        if self.sitting.unread is not None:
            from game.desktop.screens.messages import button_label

            label, unread = (
                button_label(self.sitting),
                number(self.sitting.unread) if self.sitting.unread else "",
            )
            told: _Button = ("messages", label, "T", self._messages, "messages", unread)
            buttons = (buttons[0], told, *buttons[1:])
        end = self._buttons(canvas, buttons, ample, least)
        room = end - beside
        role = canvas.text(view.role_label, (14, 5), 14.5, 700, theme.ON_BAR, width=room - _PLATE)
        self._role(canvas, role)
        shown = dated if end >= ample else turn
        when = canvas.text(shown, (14, 26), 11.5, colour=theme.ON_BAR_2, width=room)
        self._capital(canvas, 14 + max(role + _PLATE, when) + 24, end - 20)

    def _buttons(self, canvas: Canvas, buttons: Sequence[_Button], ample: float, least: float) -> float:
        """Draw buttons from the end of the top row, the first always in full; return where they begin.

        Labels give way before anything of `ample` is taken from the row's texts, whole buttons before anything
        of `least`; the key of a button that has no room works all the same.
        """
        wide, labels = {}, {button[0]: button[1] for button in buttons}
        for name, label, key, _press, icon, _short in buttons:
            wide[name] = (
                canvas.width_of(label, 14, 700) + canvas.width_of(key, 11, 600) + (64 if icon else 52)
            )
        for name, _label, key, _press, icon, short in buttons[1:]:
            if icon and canvas.width - 8 - sum(wide.values()) < ample:
                beside = canvas.width_of(short, 12.5, 500) + 10 if short else 0
                wide[name] = canvas.width_of(key, 11, 600) + 59 + beside
                labels[name] = short or labels[name]
        end = canvas.width - 8
        for name, _label, key, press, icon, _short in buttons:
            primary = name == buttons[0][0]
            if end - wide[name] < least and not primary:
                canvas.keys[key] = press
                continue
            end -= wide[name]
            spot = (end, 5, wide[name] - 5, 36)
            canvas.button(name, spot, labels[name], press, key=key, icon=icon, primary=primary)
        return end

    def _left(self) -> str:
        """Return how much political capital is left once the draft is paid for."""
        view = self.sitting.view
        left, whole = number(view.capital - view.draft_cost), number(view.capital)
        return _("{left} of {all}").format(left=left, all=whole)

    def _role(self, canvas: Canvas, taken: float) -> None:
        """Draw the key that opens what the role is, after its name of a width; the name can be pressed as well."""
        plate = (20 + taken, 6, 18, 17)
        rounded(canvas.surface, canvas.rect(plate), 4 * canvas.style.scale, theme.BAR_2, theme.ON_BAR_2)
        canvas.text("B", (29 + taken, 7), 11, 600, theme.ON_BAR, "centre")

        def show() -> None:
            self.app.show(role_screen(self.app, self.sitting))

        canvas.hot("role", (8, 3, taken + 34, 23), show, _("Your role"), "B")

    def _capital(self, canvas: Canvas, x: float, end: float) -> None:
        view, u = self.sitting.view, canvas.style.scale
        dots = min(12, int(view.most_capital))
        row = dots * 14 + 8 + canvas.width_of(self._left(), 12.5, 600)
        if end - x < row:
            dots = 0
        x = max(x, min(end * 0.58, end - row))
        canvas.text(_("Political capital"), (x, 5), 11, colour=theme.ON_BAR_2, width=end - x)
        for at in range(dots):
            spot = canvas.rect((x + at * 14, 26, 11, 11))
            if at < view.capital - view.draft_cost:
                mark(canvas.surface, "circle", spot.center, 4.6 * u, theme.PRIMARY)
            else:
                mark(canvas.surface, "circle", spot.center, 3.4 * u, theme.BAR_2, theme.ON_BAR_2, 1.2 * u)
        start = x + dots * 14 + 8 if dots else x
        canvas.text(self._left(), (start, 24), 12.5, 600, theme.ON_BAR, width=end - start)

    def _ticker(self, canvas: Canvas) -> None:
        view, y = self.sitting.view, canvas.height - FOOT
        rounded(canvas.surface, canvas.rect((0, y, canvas.width, FOOT)), 0, theme.BAR)
        plate = (12, y + 4, 92, 18)
        rounded(canvas.surface, canvas.rect(plate), 4 * canvas.style.scale, theme.PRIMARY)
        canvas.text(_("Headlines"), (58, y + 5), 11, 700, anchor="centre", width=84)
        last = view.turn if view.phase == "over" else view.turn - 1
        news = [item.text for item in view.headlines if item.turn == last]
        line = "  ·  ".join(news) if news else _("No news yet.")
        canvas.text(line, (116, y + 5), 12, colour=theme.ON_BAR, width=canvas.width - 130)
        canvas.hot("headlines", (0, y, canvas.width, FOOT), self._headlines, _("Headlines"), "H")

    def _confirm(self) -> None:
        from game.desktop.screens.confirm import Confirm

        self.app.show(Confirm(self.app, self.sitting, self.done))

    def _settings(self) -> None:
        from game.desktop.screens.settings import SettingsScreen

        self.app.show(SettingsScreen(self.app))

    def _help(self) -> None:
        from game.desktop.screens.reader import help_screen

        self.app.show(help_screen(self.app, in_session=self.sitting.unread is not None))

    def _messages(self) -> None:
        from game.desktop.screens.messages import open_messages

        open_messages(self.app, self.sitting)

    def _readings(self) -> None:
        from game.desktop.screens.reader import analysts_screen

        self.app.show(analysts_screen(self.app, self.sitting))

    def _headlines(self) -> None:
        from game.desktop.screens.reader import headlines_screen

        self.app.show(headlines_screen(self.app, self.sitting))
