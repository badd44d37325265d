"""What does a person choose before a game? A scenario, roles, or a saved game to go on with."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pygame

from game.base.errors import RivalReadingsError
from game.desktop import theme
from game.desktop.app import App
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.shapes import dashed, rounded, smooth, stroke
from game.desktop.flow import begin
from game.desktop.fonts import is_ours
from game.desktop.screen import Screen
from game.desktop.screens.reader import briefs_screen, heading, help_screen, mistakes_screen
from game.desktop.screens.settings import SettingsScreen
from game.locale import OWN_NAMES, _, list_of, ngettext
from game.play import saves
from game.play.table import Table
from game.scenario.colours import READINGS
from game.scenario.library import offered
from game.scenario.loading import Loaded, load

_ROW = 92.0
_LEAST_ROW = 56.0
_SAVES = "saves"


class Title(Screen):
    """The first screen: scenarios and saved games."""

    def __init__(self, app: App) -> None:
        """Read what there is to play."""
        super().__init__(app)
        self.scenarios: list[Loaded] = []
        for name in offered():
            loaded = load(name)
            self.scenarios += [loaded, *(load(f"{name}:{variant}") for variant in loaded.variants)]
        self.scenarios.sort(key=lambda loaded: -(loaded.ruleset.turns if loaded.ruleset is not None else 0))
        self.saved = saves.games()
        if not is_ours():
            self.say(
                _(
                    "The window's own font is missing or another: letters may look different. Install the game again."
                )
            )

    def uncovered(self) -> None:
        """Look again which games are saved."""
        self.saved = saves.games()

    def draw(self, canvas: Canvas) -> None:
        """Draw what can be played and gone on with."""
        canvas.fill(theme.PAPER)
        self._banner(canvas)
        top, bottom = 136.0, canvas.height - 54
        width = min(canvas.width - 24, 1080)
        left = (canvas.width - width) / 2
        if canvas.width >= 800:
            half = (width - 12) / 2
            self._new(canvas, (left, top, half, bottom - top))
            self._saved(canvas, (left + half + 12, top, half, bottom - top))
        else:
            high = (bottom - top - 8) / 2
            self._new(canvas, (left, top, width, high))
            self._saved(canvas, (left, top + high + 8, width, high))
        each = (width - 32) / 5
        for at, (name, label, key, press) in enumerate(
            (
                ("join", _("Join"), "J", self._join),
                ("settings", _("Settings"), "O", lambda: self.app.show(SettingsScreen(self.app))),
                ("language", OWN_NAMES[self.app.next_language], "L", self.app.switch_language),
                ("help", _("Help"), "F1", lambda: self.app.show(help_screen(self.app))),
                ("quit", _("Quit"), "Esc", self.app.back),
            )
        ):
            spot = (left + at * (each + 8), bottom + 8, each, 36)
            canvas.button(name, spot, label, press, key=key, icon=name)
        self.draw_message(canvas)

    def _join(self) -> None:
        from game.desktop.screens.join import ask_to_join

        ask_to_join(self.app)

    def _banner(self, canvas: Canvas) -> None:
        rounded(canvas.surface, canvas.rect((0, 0, canvas.width, 122)), 0, theme.BAR)
        left = max(16.0, (canvas.width - 1080) / 2)
        canvas.text(_("Rival Readings"), (left, 22), 34, 700, theme.ON_BAR, width=canvas.width - 2 * left)
        line = _("One crisis, three analysts, three different worlds.")
        canvas.text(line, (left, 76), 14.5, colour=theme.ON_BAR_2, width=canvas.width - 2 * left)
        if canvas.width < 900:
            return
        start = canvas.rect((canvas.width - left - 300, 20, 300, 84))

        def paint(large: pygame.Surface, fine: int) -> None:
            u, w, h = canvas.style.scale * fine, large.get_width(), large.get_height()
            stem, fork = (6 * u, h / 2), (w * 0.4, h / 2)
            for place, end in enumerate((0.12, 0.5, 0.88)):
                colour = theme.mixed(READINGS[place], "#FFFFFF", 0.45)
                dash = theme.DASHES[place]
                on_off = None if dash is None else (dash[0] * u, dash[1] * u)
                dashed(large, colour, [fork, (w - 6 * u, h * end)], 3 * u, on_off)
            stroke(large, theme.ON_BAR, [stem, fork], 3 * u)

        smooth(canvas.surface, start, paint)

    def _new(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = canvas.panel(box, _("New game"))
        high = max(_LEAST_ROW, min(_ROW, h / max(1, len(self.scenarios))))
        first, last, total = self.pages(len(self.scenarios), int((h + 8) / high))
        for at, loaded in enumerate(self.scenarios[first:last]):
            self._scenario(canvas, (x, y + at * high, w, high - 8), loaded, str(at + 1))
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=self.places[""] + 1, pages=total)
            canvas.button("more", (x + w - 190, y - 30, 190, 25), label, self.next_page(total), key="N")

    def _scenario(self, canvas: Canvas, box: Box, loaded: Loaded, key: str) -> None:
        x, y, w, h = box
        rounded(canvas.surface, canvas.rect(box), 6 * canvas.style.scale, theme.INSET, theme.LINE)
        if loaded.ruleset is None or loaded.scenario is None:
            name, facts, about = loaded.id, _("This scenario has mistakes: press to see them."), ""
        else:
            scenario = loaded.in_language(self.app.settings.lang)
            name = scenario.title
            turns = loaded.ruleset.turns
            length = ngettext("{n} turn", "{n} turns", turns).format(n=turns)
            count = len(loaded.ruleset.roles)
            roles = ngettext("{n} role", "{n} roles", count).format(n=count)
            languages = list_of([OWN_NAMES.get(lang, lang) for lang in loaded.languages])
            facts, about = f"{length} · {roles} · {languages}", scenario.about or ""
        canvas.text(name, (x + 12, y + 8), 14.5, 700, width=w - 60)
        canvas.text(facts, (x + 12, y + 30), 12, 500, theme.INK_2, width=w - 60)
        if h > _LEAST_ROW + 8:
            first = about.partition("\n")[0]
            canvas.lines(first, (x + 12, y + 48, w - 60, h - 52), 11.5, 400, theme.INK_2, 1.36)
        canvas.text(key, (x + w - 16, y + h / 2 - 9), 13, 600, theme.INK_3, "end")
        canvas.hot(f"scenario:{loaded.id}", box, self._open(loaded), name, key)

    def _open(self, loaded: Loaded) -> Callable[[], None]:
        def press() -> None:
            if loaded.ruleset is None:
                self.app.show(mistakes_screen(self.app, loaded.id, loaded.findings))
            else:
                self.app.show(Roles(self.app, loaded))

        return press

    def _saved(self, canvas: Canvas, box: Box) -> None:
        x, y, w, h = canvas.panel(box, _("Go on where you left off"))
        if not self.saved:
            canvas.lines(
                _("No game is under way. Every order is saved as soon as it is made."),
                (x, y, w, h),
                colour=theme.INK_2,
            )
        first, last, total = self.pages(len(self.saved), int((h + 8) / 54), _SAVES)
        if total > 1:
            label = _("More: page {page} of {pages}").format(page=self.places[_SAVES] + 1, pages=total)
            press = self.next_page(total, _SAVES)
            canvas.button("more saves", (x + w - 190, y - 30, 190, 25), label, press, key="M")
        for at, item in enumerate(self.saved[first:last]):
            spot = (x, y + at * 54, w, 46)
            rounded(canvas.surface, canvas.rect(spot), 6 * canvas.style.scale, theme.INSET, theme.LINE)
            title = self._title_of(item)
            canvas.text(title, (x + 12, spot[1] + 5), 13.5, 600, width=w - 24)
            turn = (
                _("The game is over")
                if item.over
                else _("Turn {turn} of {turns}").format(turn=item.turn, turns=item.turns)
            )
            when = f"\u200e{item.changed:%Y-%m-%d %H:%M}"
            canvas.text(f"{turn} · {when}", (x + 12, spot[1] + 25), 11.5, colour=theme.INK_2, width=w - 24)
            canvas.hot(f"save:{item.path.name}", spot, self._resume(item.path), title)

    def _title_of(self, item: saves.SaveInfo) -> str:
        """Return a saved game's title in the window's language, as it was written if no scenario here has it."""
        for loaded in self.scenarios:
            if loaded.id == item.scenario and loaded.scenario is not None:
                return loaded.in_language(self.app.settings.lang).title
        return item.title

    def _resume(self, path: Path) -> Callable[[], None]:
        def press() -> None:
            try:
                table = Table.resume(path)
            except RivalReadingsError as error:
                self.say(str(error))
                return
            begin(self.app, table)

        return press


class Roles(Screen):
    """Whom does the person play? One role or several, who then take turns at this window."""

    def __init__(self, app: App, loaded: Loaded) -> None:
        """Offer a scenario's roles.

        Args:
            app: The app.
            loaded: A scenario without errors.
        """
        super().__init__(app)
        self.loaded = loaded
        scenario = loaded.in_language(app.settings.lang)
        self.chosen = [next(iter(scenario.roles))]

    def draw(self, canvas: Canvas) -> None:
        """Draw each role with its brief."""
        canvas.fill(theme.PAPER)
        scenario = self.loaded.in_language(self.app.settings.lang)
        heading(canvas, scenario.title)
        canvas.button("back", (canvas.width - 116, 6, 108, 34), _("Back"), self.back, key="Esc")
        columns = 2 if canvas.width >= 760 else 1
        bottom = canvas.height - 56
        names = list(scenario.roles)
        rows = -(-len(names) // columns)
        if columns == 1:
            rows = min(rows, max(1, int((bottom - 60) / 110)))
        first, last, total = self.pages(len(names), rows * columns)
        wide = (canvas.width - 24 - 8 * (columns - 1)) / columns
        high = (bottom - 58 - 8 * rows) / rows
        for place, name in enumerate(names[first:last]):
            row, column = divmod(place, columns)
            spot = (12 + column * (wide + 8), 56 + row * (high + 8), wide, high)
            self._role(
                canvas, spot, name, scenario.roles[name].label, scenario.roles[name].brief, str(place + 1)
            )
        label = (
            _("Begin")
            if len(self.chosen) == 1
            else _("Begin: {n} people take turns").format(n=len(self.chosen))
        )
        begins = 280 if canvas.width > 700 else 190
        box = (canvas.width - 12 - begins, bottom, begins, 42)
        canvas.button("begin", box, label, self._begin, key="Enter", primary=True)
        half = min(160, (canvas.width - 40 - begins) / 2)
        canvas.button("briefs", (12, bottom, half, 42), _("Brief"), self._read, key="B")
        left = 20 + half
        if total > 1:
            canvas.button("more", (left, bottom, half, 42), _("More roles"), self.next_page(total), key="N")
        elif canvas.width > 760:
            hint = _("Choose one role, or several that take turns at this window; bots play the others.")
            canvas.lines(hint, (left, bottom + 3, canvas.width - left - 310, 40), 12, colour=theme.INK_2)
        self.draw_message(canvas)

    def _role(self, canvas: Canvas, box: Box, name: str, label: str, brief: str, key: str) -> None:
        x, y, w, h = box
        is_on = name in self.chosen
        edge = theme.FOCUS if is_on else theme.LINE
        rounded(
            canvas.surface, canvas.rect(box), 7 * canvas.style.scale, theme.PANEL, edge, 3 if is_on else 1
        )
        rounded(canvas.surface, canvas.rect((x + 12, y + 11, 20, 20)), 4 * canvas.style.scale, theme.FAINT)
        canvas.text(key, (x + 22, y + 13), 11.5, 600, anchor="centre")
        canvas.text(label, (x + 42, y + 10), 15, 700, width=w - 150)
        if is_on:
            canvas.text(_("chosen"), (x + w - 12, y + 12), 12, 700, theme.FOCUS, "end", 90)
        parts, gap = brief.split("\n\n"), 7
        need = sum(canvas.height_of(part, w - 28) + gap for part in parts)
        size = 12.5 if need <= h - 46 + gap else 11.5
        top, end = y + 38, y + h - 8
        for part, after in pairwise([*parts, ""]):
            left = end - top - canvas.height_of(part, w - 28, size) - gap
            shown = f"{part} …" if after and left < size else part
            top += canvas.lines(shown, (x + 14, top, w - 28, end - top), size, colour=theme.INK_2) + gap
            if left < size:
                break

        def press() -> None:
            if is_on and len(self.chosen) > 1:
                self.chosen.remove(name)
            elif not is_on:
                self.chosen.append(name)
            self._order()

        canvas.hot(f"role:{name}", box, press, label, key)

    def _read(self) -> None:
        self.app.show(briefs_screen(self.app, self.loaded))

    def _order(self) -> None:
        scenario = self.loaded.in_language(self.app.settings.lang)
        self.chosen = [name for name in scenario.roles if name in self.chosen]

    def _begin(self) -> None:
        table = Table.start(self.loaded, self.chosen, saves.new_path(self.loaded.id))
        self.app.back()
        begin(self.app, table, new=True)
