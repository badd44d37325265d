"""What does a person choose before a game? Scenario, role, language, or a saved game to go on with."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from game.base.errors import RivalReadingsError
from game.locale import LANGUAGES, OWN_NAMES, _, list_of, ngettext, speak
from game.play import saves
from game.play.local_seat import LocalSeat
from game.play.saves import SaveInfo
from game.play.table import Table
from game.scenario.library import offered
from game.scenario.loading import Loaded, load
from game.terminal.commands import commands, exactly, whole_number
from game.terminal.console import Console
from game.terminal.pages import numbered
from game.terminal.picking import Missed, Named, pick
from game.terminal.play import play

_MOST_SAVES = 5


def choose_one(console: Console, title: str, items: Sequence[Named]) -> Named:
    """Return the thing that the person chooses; Enter alone takes the first.

    Raises:
        EOFError: The person leaves, or input has ended.
    """
    shown = [title, *numbered(item.label for item in items)]
    console.say(shown)
    while True:
        found = pick(_ask(console, shown), items)
        if isinstance(found, Named):
            return found
        console.say([found.reason])


def choose_roles(console: Console, loaded: Loaded, lang: str) -> list[str]:
    """Return the roles, by id, that people at this screen play.

    Raises:
        EOFError: The person leaves, or input has ended.
    """
    scenario = loaded.in_language(lang)
    items = [Named(name, role.label) for name, role in scenario.roles.items()]
    shown = [
        _("Which role do you play?"),
        *numbered(item.label for item in items),
        _("Several numbers make a game for several people who take turns at this screen."),
    ]
    console.say(shown)
    while True:
        typed = _ask(console, shown)
        words = typed.replace("،", " ").replace(",", " ").split()
        parts = words if all(whole_number(word) is not None for word in words) else [typed]
        found = [pick(part, items) for part in parts]
        missed = [item.reason for item in found if isinstance(item, Missed)]
        if not missed:
            return list(dict.fromkeys(item.id for item in found if isinstance(item, Named)))
        console.say(missed)


def _ask(console: Console, shown: Sequence[str]) -> str:
    """Return what the person types to choose from a list: '1' if nothing.

    Args:
        console: Where they read and type.
        shown: The list as it was shown, which help shows again.

    Raises:
        EOFError: The person leaves, or input has ended.
    """
    known = {item.name: item for item in commands() if item.name in ("help", "quit")}
    while True:
        typed = console.ask(_("Type a number; Enter alone takes 1:")) or "1"
        asked = exactly(typed, known.values())
        if asked is None:
            return typed
        if asked == "quit":
            raise EOFError
        message = _(
            "Choose by a number of the list or by a name; Enter alone takes 1. To leave, type: {quit}"
        )
        console.say([message.format(quit=known["quit"].words[0]), *shown])


def play_table(table: Table, console: Console, lang: str) -> None:
    """Play a table's game with the people at this screen."""
    seats = {role: LocalSeat(table, role) for role in table.people}
    try:
        play(seats, console, table.path, lang, table.note)
    finally:
        table.close()


class Menu:
    """The list that a person sees first, and what each of its lines does."""

    def __init__(self, console: Console, lang: str) -> None:
        self.console = console
        self.lang = lang
        self.done = False

    def run(self) -> None:
        """Offer the list until a game was played or the person leaves."""
        try:
            while not self.done:
                with speak(self.lang):
                    self._offer()
        except EOFError:
            self.console.write("")

    def _offer(self) -> None:
        entries = self._entries()
        items = [Named(str(place), label) for place, (label, _act) in enumerate(entries)]
        chosen = choose_one(self.console, _("Rival Readings: what do you want to do?"), items)
        try:
            entries[int(chosen.id)][1]()
        except RivalReadingsError as error:
            self.console.say([str(error)])

    def _entries(self) -> list[tuple[str, Callable[[], None]]]:
        entries: list[tuple[str, Callable[[], None]]] = [
            (_saved(info, self.lang), partial(self._resume, info.path))
            for info in saves.unfinished()[:_MOST_SAVES]
        ]
        for name in offered():
            loaded = load(name)
            if loaded.scenario is not None:
                label = _("Play: {title}").format(title=loaded.in_language(self.lang).title)
                entries.append((label, partial(self._begin, loaded)))
        others = [other for other in LANGUAGES if other != self.lang]
        entries += [(OWN_NAMES[other], partial(self._speak, other)) for other in others]
        return [*entries, (_("Leave"), self._leave)]

    def _speak(self, lang: str) -> None:
        self.lang = lang

    def _leave(self) -> None:
        self.done = True

    def _resume(self, path: Path) -> None:
        table = Table.resume(path)
        self.done = True
        play_table(table, self.console, self.lang)

    def _begin(self, loaded: Loaded) -> None:
        version = self._version(loaded)
        roles = choose_roles(self.console, version, self.lang)
        table = Table.start(version, roles, saves.new_path(version.id))
        self.done = True
        play_table(table, self.console, self.lang)

    def _version(self, loaded: Loaded) -> Loaded:
        """Return the scenario or one of its variants, as the person chooses; at once where there is none."""
        versions = [loaded, *(load(f"{loaded.id}:{name}") for name in loaded.variants)]
        if len(versions) == 1:
            return loaded
        items = [Named(version.id, _versioned(version, self.lang)) for version in versions]
        chosen = choose_one(self.console, _("Which version?"), items)
        return next(version for version in versions if version.id == chosen.id)


def _versioned(loaded: Loaded, lang: str) -> str:
    """Return a version's title and length."""
    scenario = loaded.in_language(lang)
    text = ngettext("{title}, {n} turn", "{title}, {n} turns", scenario.calendar.turns)
    return text.format(title=scenario.title, n=scenario.calendar.turns)


def _saved(info: SaveInfo, lang: str) -> str:
    """Return how far a saved game has come; title and roles in a language where a scenario here has them."""
    message = _("Go on: {title}, turn {turn} of {turns}, as {roles}, saved {when}")
    title, labels = info.title, {}
    name, _colon, variant = info.scenario.partition(":")
    if name in offered() and (not variant or variant in load(name).variants):
        scenario = load(info.scenario).in_language(lang)
        title, labels = scenario.title, {name: role.label for name, role in scenario.roles.items()}
    return message.format(
        title=title,
        turn=info.turn,
        turns=info.turns,
        roles=list_of([labels.get(name, name) for name in info.people]),
        when=info.changed.strftime("%Y-%m-%d %H:%M"),
    )
