"""How fast is the window? Run with --benchmark-enable; figures to reach are for a quiet machine."""

import os
import subprocess
import sys

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame
import pytest

from game.desktop import theme
from game.desktop.drawing import hemicycle, icons, shapes
from game.desktop.drawing import map as maps
from game.desktop.flow import begin
from game.play.table import Table
from tests.cli.command import ROOT, environment
from tests.desktop.player import Player

_FIRST_FRAME = """
import pygame
from game.desktop.app import App
from game.desktop.screens.title import Title
from game.desktop.settings import Settings
pygame.display.init()
pygame.font.init()
app = App(pygame.Surface((1280, 720)), Settings(), keeps=False)
app.show(Title(app))
assert app.draw()
"""
CACHES = (
    hemicycle._half_circle,
    icons._icon,
    maps._land,
    shapes._rounded,
    shapes._mark,
    theme.mixed,
)


@pytest.fixture
def player(baghdad, tmp_path):
    """Somebody in the fourth turn, everything worked out."""
    pygame.display.init()
    pygame.font.init()
    player = Player((1920, 1080))
    begin(player.app, Table.start(baghdad, ["government"], tmp_path / "game.jsonl", seed=5))
    for _turn in range(3):
        player.press("confirm")
        player.press("hand in")
        player.press("go on")
    for _tick in range(40):
        player.app.idle()
    player.look()
    yield player
    player.app.screens[-1].sitting.table.close()


def test_first_frame_cold(benchmark, tmp_path):
    """A new process, from nothing to the title's picture."""
    quiet = {**environment(tmp_path), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    run = [sys.executable, "-c", _FIRST_FRAME]
    benchmark.pedantic(
        lambda: subprocess.run(run, check=True, cwd=ROOT, env=quiet),
        rounds=5,
        warmup_rounds=1,
    )


@pytest.mark.benchmark(group="board at 1920x1080")
def test_redraw(benchmark, player):
    benchmark(player.look)


@pytest.mark.benchmark(group="board at 1920x1080")
def test_redraw_without_anything_kept(benchmark, player):
    """The naive way: every picture is painted again."""

    def anew():
        for cache in CACHES:
            cache.cache_clear()
        player.app._style = None
        player.look()

    benchmark(anew)


@pytest.mark.benchmark(group="board at 1920x1080")
def test_a_card_is_toggled(benchmark, player):
    """From the key to the picture: the draft is on the disk, and what was looked ahead of is shown."""
    benchmark(lambda: player.key(pygame.K_1))
    assert player.app.screen.sitting.forecast() is not None


@pytest.mark.benchmark(group="board at 1920x1080")
def test_idle(benchmark, player):
    """One tick while nothing happens; thirty of them are a second."""

    def tick():
        player.app.draw()
        player.app.idle()

    benchmark(tick)
