"""Can a window open here, and with what does it open?"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.play.orders import Refused
from game.play.table import Table
from game.scenario.loading import Loaded

if TYPE_CHECKING:
    from game.desktop.app import App
    from game.session.api import Board
    from game.session.host import Host


LEAST_SIZE: Final = (960, 600)
"""Width and height of the smallest window that has room for every screen, in pixels."""


def has_display() -> bool:
    """Return whether this machine has a screen that a window could open on."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))


def open_title() -> int:
    """Open the window with its first screen and run it until it is closed."""
    from game.desktop.app import run
    from game.desktop.screens.title import Title

    return run(lambda app: app.show(Title(app)))


def open_roles(scenario: str) -> int:
    """Open the window with the choice of roles in a scenario."""
    from game.desktop.app import run
    from game.desktop.screens.title import Roles, Title
    from game.scenario.loading import load

    loaded = load(scenario)

    def first(app: "App") -> None:
        app.show(Title(app))
        app.show(Roles(app, loaded))

    return run(first)


def open_game(table: Table) -> int:
    """Open the window with a game exactly where it stands."""
    from game.desktop.app import run
    from game.desktop.flow import begin
    from game.desktop.screens.title import Title

    def first(app: "App") -> None:
        app.show(Title(app))
        begin(app, table, new=True)

    try:
        return run(first)
    finally:
        table.close()


def open_replay(table: Table) -> int:
    """Open the window with a game that is over."""
    from game.desktop.app import run
    from game.desktop.screens.replay import Replay
    from game.desktop.sitting import Sitting

    return run(lambda app: app.show(Replay(app, Sitting(table, app.settings.lang))))


def open_join(url: str) -> int:
    """Open the window with what it takes to join a group session."""
    from game.desktop.app import run
    from game.desktop.screens.join import ask_to_join
    from game.desktop.screens.title import Title

    def first(app: "App") -> None:
        app.show(Title(app))
        ask_to_join(app, url)

    return run(first)


def open_projector(host: "Host", token: str, address: str, code: str, goes_on: Callable[[], bool]) -> int:
    """Open the window that a class sees, and run it until it is closed or the session is not served any more.

    Args:
        host: The host of the session.
        token: The facilitator's.
        address: Where phones reach the host.
        code: What participants type to join.
        goes_on: Says whether the session is still served.
    """
    from game.desktop.app import run
    from game.desktop.screens.projector import Projector

    overview = host.overview(token)
    rooms = 1 if isinstance(overview, Refused) else len(overview.rooms)

    def look(lang: str, room: int) -> "Board | Refused":
        return host.board(token, lang, room)

    return run(lambda app: app.show(Projector(app, look, rooms, address, code)), goes_on)


def take_pictures(folder: Path, loaded: Loaded, langs: Sequence[str], size: tuple[int, int]) -> list[Path]:
    """Draw every screen without a window and return the pictures' files.

    Args:
        folder: Where they go.
        loaded: A scenario without errors.
        langs: In which languages.
        size: Width and height in pixels.
    """
    from game.desktop.pictures import pictures

    return [path for lang in langs for path in pictures(folder, loaded, lang, size)]
