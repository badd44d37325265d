"""What is read page by page? Help, the analysts' accounts, headlines, a broken scenario's mistakes."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Canvas
from game.desktop.drawing.shapes import mark, rounded
from game.desktop.screen import Screen
from game.desktop.sitting import Sitting
from game.locale import _
from game.play.wording import about_move, offered, seats_title
from game.scenario.findings import Finding
from game.scenario.loading import Loaded

Line = tuple[str, float, int, str]
"""A paragraph: text, size, weight, colour."""

_SIGNED: Final = re.compile(r"[+−]\d")


class Reader(Screen):
    """A page of paragraphs with a heading, turned where it is longer than the window."""

    def __init__(self, app: App, title: Callable[[], str], lines: Callable[[], Sequence[Line]]) -> None:
        """Open a text.

        Args:
            app: The app.
            title: Gives the heading in the current language.
            lines: Gives the paragraphs in the current language.
        """
        super().__init__(app)
        self.title, self.lines = title, lines

    def draw(self, canvas: Canvas) -> None:
        """Draw the page that is open."""
        canvas.fill(theme.PAPER)
        heading(canvas, self.title())
        self.draw_way_out(canvas)
        width = min(canvas.width - 32, 820)
        left = (canvas.width - width) / 2
        foot = self.draw_foot(canvas, left, width)
        inner = canvas.panel((left, 58, width, canvas.height - 108 - foot))
        x, y, w, h = inner
        pages = _paged(canvas, self.lines(), w, h)
        first, _last, total = self.pages(len(pages), 1)
        top = y
        for text, size, weight, colour in pages[first] if pages else []:
            top += canvas.lines(text, (x, top, w, y + h - top), size, weight, colour) + 7
        if total > 1:
            label = _("Page {page} of {pages}").format(page=self.places[""] + 1, pages=total)
            half = (width - 116) / 2
            bottom = canvas.height - 42
            canvas.button(
                "before", (left, bottom, half, 32), _("Page before"), lambda: self.turn_page(-1), key="PgUp"
            )
            canvas.button(
                "after",
                (left + half + 116, bottom, half, 32),
                _("Next page"),
                lambda: self.turn_page(1),
                key="PgDn",
            )
            middle = (canvas.width / 2, bottom + 8)
            canvas.text(label, middle, 11, colour=theme.INK_2, anchor="centre", width=104)
        self.draw_message(canvas)

    def draw_foot(self, canvas: Canvas, left: float, width: float) -> float:
        """Draw what can be done on the page, below its text, and return the height that it took."""
        del canvas, left, width
        return 0.0

    def draw_way_out(self, canvas: Canvas) -> None:
        """Draw the button that leaves the page."""
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")


def heading(canvas: Canvas, title: str) -> None:
    """Draw the bar at the top of a page with its heading."""
    rounded(canvas.surface, canvas.rect((0, 0, canvas.width, 46)), 0, theme.BAR)
    canvas.text(title, (16, 10), 17, 700, theme.ON_BAR, width=canvas.width - 150)


def _paged(canvas: Canvas, lines: Sequence[Line], w: float, h: float) -> list[list[Line]]:
    """Return paragraphs by page, none of them cut."""
    pages: list[list[Line]] = []
    left = 0.0
    for text, size, weight, colour in lines:
        step = size * 1.42
        rows = canvas.style.text.wrapped(text, size, weight, w * canvas.style.scale)
        while rows:
            room = int((left + 2) / step)
            if not pages or room < min(len(rows), 2):
                pages.append([])
                left = h
                room = max(1, int((left + 2) / step))
            part, rows = rows[:room], rows[room:]
            pages[-1].append(("\n".join(part), size, weight, colour))
            left -= len(part) * step + 7
    return pages


def paragraph(text: str, colour: str = theme.INK_2) -> Line:
    """Return an ordinary paragraph."""
    return text, 13.5, 400, colour


def title_line(text: str, colour: str = theme.INK) -> Line:
    """Return a heading between paragraphs."""
    return text, 14.5, 700, colour


def help_screen(app: App, *, in_session: bool = False) -> Reader:
    """Return the page that explains the board and its keys.

    Args:
        app: The app.
        in_session: Whether others play at other machines, to whom one can write.
    """

    def lines() -> list[Line]:
        return [
            title_line(_("What this is")),
            paragraph(
                _(
                    "Each account says what moves what; in a game R opens them. The world of this game "
                    "follows one of them, or a mix of them; nobody tells you which."
                )
            ),
            title_line(_("What is on the board")),
            paragraph(
                _(
                    "Numbers are estimates. The dark bar is the estimate, the fine line under it the band that holds "
                    "the value nine times in ten, the golden tick the latest report as it came in. An arrow stands "
                    "only where the change is beyond the band: filled for worse, hollow for better for your role."
                )
            ),
            paragraph(
                _(
                    "What each account expects: seen so far in black, then the middle and two bands of its futures "
                    "with your order as it stands. Below: how each account explains the last change, and what it "
                    "leaves over. Comparing what they leave over is how you find out."
                )
            ),
            paragraph(
                _(
                    "Press a number's row to look at it: the fans and the explanations then speak of it. Three signs "
                    "on a policy tell what each account would have it add to that number, later turns included."
                )
            ),
            paragraph(
                _(
                    "On the map a diamond stands where something happened: filled in the last turn, hollow before. "
                    "Beside it: the vote, the agreements you can sign, and the decisions that wait for your answer."
                )
            ),
            title_line(_("Keys")),
            paragraph(
                _("Tab and arrows move, Enter presses, Esc goes back. Digits put policies into your order.")
            ),
            paragraph(
                _(
                    "B: your role. C: policies, in full. N: more policies. I: more numbers. M: more agreements or "
                    "decisions. V: seats, in full. E: what each account expects, in words. W: why, in full. "
                    "R: analysts. H: headlines. O: settings. L: language."
                )
            ),
            paragraph(_("Only where you hand in your order: P: predict. U: undo.")),
            *(
                [
                    paragraph(
                        _("In a group session: T: messages. D, on the page of your role: another device.")
                    )
                ]
                if in_session
                else []
            ),
        ]

    return Reader(app, lambda: _("Help"), lines)


def analysts_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page that tells the analysts' accounts."""

    def lines() -> list[Line]:
        found: list[Line] = []
        for item in sitting.view.readings:
            title = _("{analyst}: {label}").format(analyst=item.analyst, label=item.label)
            found.append(title_line(title, item.colour))
            found += [paragraph(f"– {claim}") for claim in item.summary]
        return found

    return Reader(app, lambda: _("What the analysts say"), lines)


def headlines_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page with all that the seat has learned."""

    def lines() -> list[Line]:
        found: list[Line] = []
        turns = sorted({item.turn for item in sitting.view.headlines}, reverse=True)
        for turn in turns:
            found.append(title_line(_("Turn {turn}").format(turn=turn)))
            for item in sitting.view.headlines:
                if item.turn == turn:
                    found.append(paragraph(item.text, theme.INK))
                    if item.kind == "event" and item.detail:
                        found.append(paragraph(item.detail))
        return found or [paragraph(_("No news yet."))]

    return Reader(app, lambda: _("Headlines"), lines)


def policies_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page that tells in full what the board's cards have no room for."""

    def lines() -> list[Line]:
        found: list[Line] = []
        for move in sitting.view.policies:
            found.append(title_line(offered(move)))
            text = about_move(move)
            if text:
                found.append(paragraph(text))
        return found

    return Reader(app, lambda: _("Policies"), lines)


def briefs_screen(app: App, loaded: Loaded) -> Reader:
    """Return the page on which every role of a scenario has its whole brief."""

    def lines() -> list[Line]:
        found = []
        for role in loaded.in_language(app.settings.lang).roles.values():
            found += [title_line(role.label), *(paragraph(part) for part in role.brief.split("\n\n"))]
        return found

    return Reader(app, lambda: loaded.in_language(app.settings.lang).title, lines)


def seats_screen(app: App, sitting: Sitting) -> Reader:
    """Return the page that names every list in full, with its seats."""

    def lines() -> list[Line]:
        told = _("{list}: {seats}; before the vote {was}")
        return [
            paragraph(
                f"{item.label}: {item.was}"
                if item.seats is None
                else told.format(list=item.label, seats=item.seats, was=item.was),
                theme.INK,
            )
            for item in sitting.view.blocs
        ]

    return Reader(app, lambda: seats_title(sitting.view), lines)


def signs_kept(text: str) -> str:
    """Return a text whose signed numbers keep the sign before them where it is written from the right."""
    return _SIGNED.sub("\u200e\\g<0>", text)


def text_screen(app: App, title: str, texts: Sequence[str]) -> Reader:
    """Return a page of given paragraphs."""
    return Reader(app, lambda: title, lambda: [paragraph(signs_kept(text)) for text in texts])


def reading_mark(canvas: Canvas, place: int, colour: str, x: float, y: float) -> None:
    """Draw a reading's sign."""
    spot = canvas.rect((x, y, 12, 12))
    mark(canvas.surface, theme.MARKS[place % len(theme.MARKS)], spot.center, 5 * canvas.style.scale, colour)


def mistakes_screen(app: App, name: str, findings: Sequence[Finding], told: Sequence[str] = ()) -> Reader:
    """Return the page that lists a scenario's mistakes, as the checker does.

    Args:
        app: The app.
        name: What the scenario is called.
        findings: What the checks found.
        told: What the person should know first.
    """
    texts = [
        f"\u200e{item.place.file}:{item.place.line}:{item.place.column}  {item.code}  {item.message}"
        + (f"\n→ {item.fix}" if item.fix else "")
        for item in findings
    ]
    return text_screen(app, _("Mistakes in {scenario}").format(scenario=name), [*told, *texts])
