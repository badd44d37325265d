"""What do `play`, `demo` and the bare command do?"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from game.base.errors import UsageError
from game.cli.frame import tell
from game.cli.opening import playable
from game.cli.options import SEED_BITS
from game.cli.writing import PAGE_BEGINS, check_new, check_over, write_over
from game.debrief.page import write_debrief
from game.desktop.opening import LEAST_SIZE, has_display, open_game, open_roles, open_title, take_pictures
from game.engine.worlds import world_of
from game.locale import _, language
from game.play import saves
from game.play.demo import demo as play_demo
from game.play.journal import Nowhere
from game.play.naming import world_named
from game.play.table import Table
from game.scenario.library import DEFAULT
from game.scenario.loading import Loaded
from game.scenario.names import role_of
from game.terminal.console import standard_console
from game.terminal.menu import Menu, choose_roles, play_table
from game.terminal.transcript import transcript

_SIZE = re.compile(r"(\d{3,4})x(\d{3,4})")
_MOST = 7680


@dataclass(frozen=True)
class Wanted:
    """What `play` was asked for; None is what was left out."""

    scenario: str | None
    seats: Sequence[str]
    seed: int | None
    world: str | None
    text: bool
    resume: Path | None
    save: Path | None


def menu() -> int:
    """Open the window's title screen; where no window can open, offer the text game's menu."""
    if has_display():
        return open_title()
    _say_that_no_window_opens()
    Menu(standard_console(), language()).run()
    return 0


def _say_that_no_window_opens() -> None:
    tell(_("No window can open here, so this is the game in text."))


def play(wanted: Wanted) -> int:
    """Play a new game, or go on with a saved one: in a window, or in text.

    Raises:
        UsageError: What was asked for does not exist or contradicts itself.
        ContentError: The scenario or the saved game has errors.
    """
    in_window = not wanted.text and has_display()
    if not wanted.text and not in_window:
        _say_that_no_window_opens()
    if wanted.resume is not None:
        _check_resume(wanted)
        return _play(Table.resume(wanted.resume), in_window=in_window)
    loaded = playable(wanted.scenario or DEFAULT)
    _check_seats(loaded, wanted.seats)
    seed = secrets.randbits(SEED_BITS) if wanted.seed is None else wanted.seed
    world = None if wanted.world is None else world_named(loaded.compiled, wanted.world, seed)
    if wanted.save is not None:
        check_new(wanted.save)
    people = wanted.seats
    if not people and in_window and wanted.seed is None and world is None and wanted.save is None:
        return open_roles(wanted.scenario or DEFAULT)
    if not people:
        console = standard_console()
        try:
            people = choose_roles(console, loaded, language())
        except EOFError:
            console.write("")
            return 0
    path = wanted.save or saves.new_path(loaded.id)
    return _play(Table.start(loaded, people, path, seed=seed, world=world), in_window=in_window)


def _play(table: Table, *, in_window: bool) -> int:
    if in_window:
        return open_game(table)
    play_table(table, standard_console(), language())
    return 0


def screenshots(scenario: str | None, folder: Path, size: str) -> int:
    """Draw every screen of the window in a scenario, the best known if None; without a window.

    Raises:
        UsageError: The size cannot be read, or there is no such scenario.
        ContentError: The scenario has errors.
        EnvironmentLacksError: The folder cannot be written.
    """
    found = _SIZE.fullmatch(size)
    if found is None:
        message = _("'{size}' is no size: write WIDTHxHEIGHT, such as 1280x720")
        raise UsageError(message.format(size=size))
    width, height = int(found[1]), int(found[2])
    if not (LEAST_SIZE[0] <= width <= _MOST and LEAST_SIZE[1] <= height <= _MOST):
        message = _("pictures of {size} cannot be drawn: the least is {least}, the most {most}")
        least, most = "{}x{}".format(*LEAST_SIZE), f"{_MOST}x{_MOST}"
        raise UsageError(message.format(size=size, least=least, most=most))
    loaded = playable(scenario or DEFAULT)
    for path in take_pictures(folder, loaded, [language()], (width, height)):
        print(path)
    return 0


def _check_resume(wanted: Wanted) -> None:
    contradicting = {
        "SCENARIO": wanted.scenario,
        "--seat": wanted.seats,
        "--seed": wanted.seed,
        "--world": wanted.world,
        "--save": wanted.save,
    }
    named = [name for name, value in contradicting.items() if value not in (None, [], ())]
    if named:
        message = _("--resume goes on with a game as it was begun: leave out {options}")
        raise UsageError(message.format(options=_(", ").join(named)))


def _check_seats(loaded: Loaded, seats: Sequence[str]) -> None:
    for role in seats:
        role_of(loaded.compiled, role)
    twice = sorted({role for role in seats if list(seats).count(role) > 1})
    if twice:
        raise UsageError(_("the seat {role} is named twice: name each seat once").format(role=twice[0]))


def demo(scenario: str, seed: int, world: str | None, debrief: Path | None) -> int:
    """Have bots play a game and print it with its true ledger; write its debrief where a file is named.

    Raises:
        UsageError: The scenario or the world does not exist.
        ContentError: The scenario has errors.
        EnvironmentLacksError: The debrief cannot be written.
    """
    loaded = playable(scenario)
    if debrief is not None:
        check_over(debrief, PAGE_BEGINS)
    ruleset = loaded.compiled
    weights = world_of(ruleset, seed) if world is None else world_named(ruleset, world, seed)
    game = play_demo(ruleset, seed, weights)
    for line in transcript(loaded, game):
        print(line)
    if debrief is not None:
        write_over(debrief, write_debrief(Table(loaded, game, Nowhere(), ()), language()), PAGE_BEGINS)
    return 0
