"""How did it end? The ending, who is credited, what each role reached, which account was true."""

import webbrowser
from collections.abc import Sequence

from game.debrief.page import save_debrief
from game.desktop import theme
from game.desktop.away import AwaySitting
from game.desktop.canvas import Canvas
from game.desktop.drawing.shapes import rounded
from game.desktop.screen import GameScreen, now
from game.desktop.screens.messages import draw_button, noticed
from game.desktop.screens.reader import Line, Reader, heading, paragraph, signs_kept, title_line
from game.desktop.screens.replay import Replay
from game.locale import _, list_of, number
from game.play import saves
from game.play.citing import points, series
from game.play.orders import Refused
from game.play.views import EndView, RoleEnd
from game.play.wording import cost_line, largest, score_and_mark, shares_in_a_mix

_HEAD, _OBJECTIVE, _GAP = 22.0, 17.0, 9.0
"""Heights of a role's first row, of each of its objectives and below it."""
_TERMS = 4
"""Causes of a change that are named on their own: the largest."""


def _sheets(roles: Sequence[RoleEnd], h: float) -> list[list[RoleEnd]]:
    """Return roles by page of a height; one that is longer than a page goes on over the next ones."""
    most = max(1, int((h - _HEAD) / _OBJECTIVE))
    sheets: list[list[RoleEnd]] = []
    left = 0.0
    for role in roles:
        for at in range(0, max(1, len(role.objectives)), most):
            part = role.model_copy(update={"objectives": role.objectives[at : at + most]})
            high = _HEAD + _OBJECTIVE * len(part.objectives)
            if not sheets or high > left:
                sheets.append([])
                left = h
            sheets[-1].append(part)
            left -= high + _GAP
    return sheets


class Outcome(GameScreen):
    """The end of a game that is over."""

    def back(self) -> None:
        """Leave the game."""
        self.leave()

    def idle(self) -> bool:
        """Tell when the facilitator of a group session opens the debrief, and who has sent a message."""
        if not isinstance(self.sitting, AwaySitting):
            return False
        opened = _("The facilitator has opened the debrief: press P.")
        told = opened if self.sitting.debrief_opened(now()) else noticed(self.sitting)
        if told:
            self.say(told)
        return bool(told)

    def draw(self, canvas: Canvas) -> None:
        """Draw the ending at the start, the roles at the end."""
        canvas.fill(theme.PAPER)
        end = self.sitting.view.end
        if end is None:
            heading(canvas, _("The game is not over yet."))
            return
        heading(canvas, _("The game is over"))
        canvas.button("close", (canvas.width - 116, 6, 108, 34), _("Close"), self.back, key="Esc")
        if self.sitting.unread is not None:
            draw_button(canvas, self.app, self.sitting, canvas.width - 122)
        bottom = canvas.height - 52
        if canvas.width >= 860:
            half = (canvas.width - 32) / 2
            self._ending(canvas, (12, 54, half, bottom - 62), end)
            self._roles(canvas, (20 + half, 54, half, bottom - 62), end)
        else:
            high = (bottom - 70) / 2
            self._ending(canvas, (8, 54, canvas.width - 16, high), end)
            self._roles(canvas, (8, 62 + high, canvas.width - 16, high), end)
        here = (("replay", _("Replay"), self._replay, "R"), ("page", _("Open the debrief"), self._page, "P"))
        there = (("page", _("Open the debrief"), self._page_there, "P"),)
        buttons = (
            *(here if self.sitting.table is not None else there),
            ("truth", _("What really moved it"), self._truth, "W"),
            ("scores", _("Your predictions"), self._scores, "S"),
            ("evidence", _("Evidence turn by turn"), self._evidence, "E"),
        )
        wide = (canvas.width - 24 - 8 * (len(buttons) - 1)) / len(buttons)
        for place, (name, label, press, key) in enumerate(buttons):
            canvas.button(name, (12 + place * (wide + 8), bottom, wide, 40), label, press, key=key)
        self.draw_message(canvas)

    def _ending(self, canvas: Canvas, box: tuple[float, float, float, float], end: EndView) -> None:
        x, y, w, h = canvas.panel(box)
        bottom = y + h
        true = [item for item in self.sitting.view.readings if end.world.get(item.id, 0.0) > 0.0]
        parts: list[tuple[str, float, int, str]] = [
            (end.title, 19, 700, theme.INK),
            (end.text, 13, 400, theme.INK_2),
        ]
        if len(true) == 1:
            told = _("The world of this game followed the account of {analyst}.").format(
                analyst=true[0].analyst
            )
            parts.append((told, 14, 700, true[0].colour))
        else:
            names = list_of([f"{item.analyst} \u200e{number(100 * end.world[item.id])}%" for item in true])
            parts.append((_("A mix of accounts was true: {names}").format(names=names), 14, 700, theme.INK))
        for title, text in ((_("Who is credited:"), end.credit), (_("Who harvests it:"), end.harvest)):
            if text:
                parts += [(title, 13, 700, theme.INK), (text, 12.5, 400, theme.INK_2)]
        if end.costs:
            parts.append((_("What it cost, whoever gains by it:"), 13, 700, theme.INK))
            parts += [(signs_kept(cost_line(item)), 12, 400, theme.INK_2) for item in end.costs]
        path = self.sitting.table.path if self.sitting.table is not None else None
        if path is not None and path.parent == saves.folder():  # who has named a file elsewhere knows it
            told = _("The game is saved as {name} in {folder}")
            told = told.format(name=f"\u200e{path.name}", folder=f"\u200e{path.parent}")
            parts.append((told, 11.5, 400, theme.INK_3))
        for text, size, weight, colour in parts:
            if not text:
                continue
            if bottom - y < size * 1.42:
                canvas.text("…", (x, bottom - 12), 12)
                break
            y += canvas.lines(text, (x, y, w, bottom - y), size, weight, colour) + 5

    def _roles(self, canvas: Canvas, box: tuple[float, float, float, float], end: EndView) -> None:
        x, y, w, h = canvas.panel(box, _("What each role reached"))
        own_first = sorted(end.roles, key=lambda role: role.role != self.sitting.role)
        sheets = _sheets(own_first, h)
        first, _last, total = self.pages(len(sheets), 1)
        for role in sheets[first]:
            y = self._role(canvas, (x, y, w), role) + _GAP
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=first + 1, pages=total)
            canvas.button(
                "more", (box[0] + w - 188, box[1] + 4, 200, 26), label, self.next_page(total), key="N"
            )

    def _role(self, canvas: Canvas, box: tuple[float, float, float], role: RoleEnd) -> float:
        x, y, w = box
        state = _("reached") if role.reached else _("not reached")
        canvas.text(role.label, (x, y), 13.5, 700, width=w * 0.6)
        score, mark = score_and_mark(role.score, role.reached_at)
        figure = _("{state}: {score}, {mark} needed").format(state=state, score=score, mark=mark)
        colour = theme.BETTER if role.reached else theme.WORSE
        canvas.text(figure, (x + w, y), 12.5, 700, colour, "end", w * 0.4)
        y += _HEAD
        for item in role.objectives:
            canvas.text(item.label, (x + 10, y), 11.5, width=w * 0.55 - 10)
            rounded(canvas.surface, canvas.rect((x + w * 0.58, y + 5, w * 0.34, 6)), 3, theme.FAINT)
            worth = item.worth or 0.0
            if worth > 0.01:
                rounded(
                    canvas.surface, canvas.rect((x + w * 0.58, y + 5, w * 0.34 * worth, 6)), 3, theme.INK_2
                )
            canvas.text(number(100 * worth), (x + w, y), 11.5, 600, anchor="end")
            y += _OBJECTIVE
        return y

    def _page(self) -> None:
        table = self.sitting.table
        assert table is not None  # noqa: S101 - the button is there only then
        path = table.path.with_suffix(".html")
        save_debrief(table, self.app.settings.lang, path)
        webbrowser.open(path.as_uri())
        self.say(_("The debrief stands in {path}.").format(path=f"\u200e{path}"))

    def _page_there(self) -> None:
        assert isinstance(self.sitting, AwaySitting)  # noqa: S101 - a game without a table here is a host's
        found = self.sitting.debrief()
        if isinstance(found, Refused):
            self.say(found.reason)
            return
        webbrowser.open(found)
        self.say(_("The debrief stands at {address}.").format(address=f"\u200e{found}"))

    def _replay(self) -> None:
        self.app.show(Replay(self.app, self.sitting))

    def _truth(self) -> None:
        self.app.show(Reader(self.app, lambda: _("What really moved it"), self._truth_lines))

    def _truth_lines(self) -> list[Line]:
        view, lines = self.sitting.view, []
        for item in view.indicators:
            if not item.featured:
                continue
            lines.append(title_line(item.label))
            for turn in range(1, view.turns + 1):
                found = self.sitting.seat.truth(item.id, turn, self.sitting.lang)
                if isinstance(found, Refused):
                    continue
                shown, rest = largest(found.terms, found.after - found.before, _TERMS)
                causes = [f"{term.text} {points(term.points)}" for term in shown]
                if rest:
                    causes.append(_("all others {points}").format(points=points(rest)))
                terms = signs_kept(series(causes))
                message = _("Turn {turn}: {before} to {after}. {terms}")
                text = message.format(
                    turn=turn, before=number(found.before, 1), after=number(found.after, 1), terms=terms
                )
                lines.append(paragraph(text))
        return lines

    def _scores(self) -> None:
        self.app.show(Reader(self.app, lambda: _("Your predictions"), self._score_lines))

    def _score_lines(self) -> list[Line]:
        found = self.sitting.seat.scores(self.sitting.lang)
        if isinstance(found, Refused):
            return [paragraph(found.reason)]
        if not found.people():
            return [paragraph(_("Nothing was predicted in this game."))]
        lines = [paragraph(_("Brier scores: 0 is perfect; always saying a half gives 0.25 for a question."))]
        for item in found.answers:
            message = (
                _("Turn {turn}, yes held {said} percent likely; it came true. Score {score}.")
                if item.came
                else _("Turn {turn}, yes held {said} percent likely; it did not come true. Score {score}.")
            )
            said, score = number(100 * item.said), number(item.score, 2)
            lines.append(title_line(item.ask))
            lines.append(paragraph(message.format(turn=item.turn, said=said, score=score)))
        for told in found.readings:
            if told.score is not None and told.evidence_score is not None:
                message = _(
                    "Turn {turn}, about the accounts: score {score}; the evidence at the time: {evidence}."
                )
                score, evidence = number(told.score, 2), number(told.evidence_score, 2)
                lines.append(paragraph(message.format(turn=told.turn, score=score, evidence=evidence)))
        return lines

    def _evidence(self) -> None:
        self.app.show(Reader(self.app, lambda: _("Evidence turn by turn"), self._evidence_lines))

    def _evidence_lines(self) -> list[Line]:
        found = self.sitting.seat.evidence(self.sitting.lang)
        if isinstance(found, Refused):
            return [paragraph(found.reason)]
        names = {item.id: item.analyst for item in self.sitting.view.readings}
        mixed = shares_in_a_mix(self.sitting.view.end)
        lines = [paragraph(mixed, theme.INK)] if mixed else []
        for turn in found.turns:
            shares = series(
                f"{names[name]} \u200e{number(100 * share)}%" for name, share in turn.weights.items()
            )
            lines.append(title_line(_("After turn {turn}: {parts}.").format(turn=turn.turn, parts=shares)))
            lines += [paragraph(f"– {item.text}") for item in turn.testimonies]
        return lines
