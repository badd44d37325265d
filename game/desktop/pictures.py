"""What does every screen look like? Pictures of a game played by its own buttons, without a window."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from game.desktop.app import App
from game.desktop.flow import begin
from game.desktop.screens.reader import mistakes_screen
from game.desktop.screens.title import Roles, Title
from game.desktop.settings import Settings
from game.play.local_seat import LocalSeat
from game.play.table import Table
from game.play.views import MoveView
from game.scenario.loading import Loaded, load_texts
from game.scenario.writing import writable

SEED: Final = 5
_SHOWN_TURN: Final = 4
"""The turn of which every page is taken; in a shorter game, the last."""
_REPLAYED_TURN: Final = 3
"""The same of the replay."""


class _Camera:
    def __init__(self, app: App, folder: Path, suffix: str) -> None:
        self.app, self.folder, self.suffix = app, folder, suffix
        self.files: list[Path] = []

    def take(self, name: str) -> None:
        """Draw the screen on top, everything worked out, and keep the picture."""
        for _again in range(40):
            self.app.idle()
        self.app.renew()
        self.app.draw()
        path = self.folder / f"{name}-{self.suffix}.png"
        pygame.image.save(self.app.surface, path)
        self.files.append(path)

    def press(self, name: str) -> None:
        """Press what has an id on the screen."""
        self.app.renew()
        self.app.draw()
        canvas = self.app.canvas
        hot = next((hot for hot in canvas.hots if hot.id == name), None) if canvas is not None else None
        if hot is None:
            raise LookupError(name)
        self.app.press(hot)

    def look(self, button: str, name: str) -> None:
        """Open a page by its button, take it and go back."""
        self.press(button)
        self.take(name)
        self.app.screen.back()


def pictures(folder: Path, loaded: Loaded, lang: str, size: tuple[int, int]) -> list[Path]:
    """Draw every screen of a scenario without errors in a language and return the pictures' files.

    Raises:
        EnvironmentLacksError: The folder cannot be written.
    """
    pygame.display.init()
    pygame.font.init()
    with writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
    app = App(pygame.Surface(size), Settings(lang=lang, reduced_motion=True), keeps=False)
    camera = _Camera(app, folder, f"{lang}-{size[0]}x{size[1]}")
    title = Title(app)
    title.saved = []
    app.show(title)
    camera.take("title")
    app.show(Roles(app, loaded))
    camera.take("roles")
    app.back()
    with TemporaryDirectory() as saves:
        _game(camera, loaded, Path(saves))
        if len(loaded.compiled.roles) > 1:
            _shared(camera, loaded, Path(saves))
    broken = load_texts({"scenario.yaml": "format: 1\ntitel: x\n\tturns: 3\n"}, "broken", None)
    app.show(mistakes_screen(app, broken.id, broken.findings))
    camera.take("error")
    return camera.files


def _game(camera: _Camera, loaded: Loaded, saves: Path) -> None:
    """Play a game to its end and take its screens on the way."""
    app = camera.app
    ruleset = loaded.compiled
    shown, reading = min(_SHOWN_TURN, ruleset.turns), ruleset.readings[len(ruleset.readings) // 2]
    role = ruleset.roles[0].id
    table = Table.start(loaded, [role], saves / "one.jsonl", seed=SEED)
    begin(app, table, new=True)
    camera.take("role")
    app.screen.back()
    camera.take("board-first")
    for turn in range(1, ruleset.turns + 1):
        if turn == shown:
            _look_around(camera, LocalSeat(table, role).view(app.settings.lang).policies)
        camera.press("confirm")
        camera.press(f"share:{reading}:more")
        if turn == shown:
            camera.take("confirm")
        camera.press("hand in")
        if turn == shown:
            camera.take("resolution")
        camera.press("go on")
    camera.take("outcome")
    camera.look("truth", "truth")
    camera.press("replay")
    camera.press(f"turn:{min(_REPLAYED_TURN, ruleset.turns)}")
    camera.press("others")
    camera.take("expectation")
    camera.press("yes")
    app.screen.say("")
    camera.take("replay")
    camera.look("others", "others")
    camera.look("points", "turning-points")
    camera.look("luck", "luck")
    camera.look("branch", "branch")
    app.screen.back()
    camera.look("evidence", "evidence")
    camera.look("scores", "scores")
    app.screen.back()


def _look_around(camera: _Camera, policies: Sequence[MoveView]) -> None:
    policy = next(
        (item.id for item in policies if item.available and _shows(camera, f"move:{item.id}")), None
    )
    if policy is not None:
        camera.press(f"move:{policy}")
    camera.take("board")
    for name in ("agreements", "decisions"):
        for button in (f"left:{name}", f"tab:{name}"):
            if _shows(camera, button):
                camera.press(button)
                camera.take(f"board-{name}")
                _open_first(camera, {"agreements": "agreement:", "decisions": "question:"}[name])
    for name in ("situation", "map", "accounts", "ledger", "vote", "cards"):
        if _shows(camera, f"tab:{name}"):
            camera.press(f"tab:{name}")
            camera.take(f"board-{name}")
    for button in ("explained", "help", "readings", "settings", "headlines"):
        if _shows(camera, button):
            camera.look(button, button)


def _open_first(camera: _Camera, kind: str) -> None:
    """Open the first page of a kind that the board offers, and take it."""
    assert camera.app.canvas is not None  # noqa: S101 - something was taken before
    for hot in camera.app.canvas.hots:
        if hot.id.startswith(kind):
            camera.look(hot.id, kind.removesuffix(":"))
            return


def _shows(camera: _Camera, name: str) -> bool:
    camera.app.renew()
    camera.app.draw()
    canvas = camera.app.canvas
    return canvas is not None and any(hot.id == name for hot in canvas.hots)


def _shared(camera: _Camera, loaded: Loaded, saves: Path) -> None:
    """Take the curtain of a game for two people."""
    roles = [role.id for role in loaded.compiled.roles[:2]]
    table = Table.start(loaded, roles, saves / "two.jsonl", seed=SEED)
    begin(camera.app, table)
    camera.take("curtain")
    table.close()
    camera.app.back()
