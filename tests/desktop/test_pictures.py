"""Does the window look as it was approved? Its pictures against kept ones, with tolerance.

The pictures are compared at a quarter of their size, so that another version of a font's rasteriser passes and a
panel that moved does not. `python -m tests.desktop.test_pictures` renews the kept ones: look at them before you
commit them.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import numpy as np
import pygame
import pytest

from game.desktop.pictures import pictures
from game.scenario.library import DEFAULT
from game.scenario.loading import load, load_texts
from tests.scenario.smallest import FILES

KEPT = Path(__file__).with_name("pictures")
SIZE = (1280, 720)
NAMES = ("title", "roles", "board", "confirm", "resolution", "outcome", "curtain")
_DIFFERENT = 48
"""Levels of 256 by which a small square may differ before it counts."""
_MOST = 0.004
"""Share of small squares that may count."""


def small(picture):
    width, height = picture.get_size()
    return pygame.transform.smoothscale(picture, (width // 4, height // 4))


def differing(one, other):
    """Return the share of small squares that differ."""
    first, second = (pygame.surfarray.array3d(picture).astype(int) for picture in (one, other))
    return float((np.abs(first - second).max(axis=2) > _DIFFERENT).mean())


@pytest.fixture(scope="module", params=["en", "ar"])
def taken(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    files = pictures(folder, load(DEFAULT), request.param, SIZE)
    return {path.stem: path for path in files}


def test_as_approved(taken, tmp_path):
    far = {}
    for path in sorted(KEPT.glob("*.png")):
        if path.stem not in taken:
            continue
        now, kept = small(pygame.image.load(taken[path.stem])), pygame.image.load(path)
        share = differing(now, kept)
        if share > _MOST:
            pygame.image.save(now, tmp_path / path.name)
            far[path.stem] = f"{share:.1%}, as drawn now: {tmp_path / path.name}"
    assert far == {}


def test_every_language_has_its_pictures(taken):
    kept = {path.stem for path in KEPT.glob("*.png")}
    assert len(kept & set(taken)) == len(NAMES)


def test_a_moved_panel_is_noticed(taken):
    now = small(pygame.image.load(next(path for name, path in taken.items() if name.startswith("board-"))))
    moved = now.copy()
    moved.scroll(3, 0)
    assert differing(now, moved) > _MOST


def test_every_screen_is_drawn(taken):
    names = {name.rpartition("-")[0].rpartition("-")[0] for name in taken}
    assert names >= {
        *NAMES,
        "settings",
        "help",
        "readings",
        "headlines",
        "truth",
        "evidence",
        "scores",
        "error",
    }


BARE = """\
town:
  label: Town hall
  brief: Keep calm.
  objectives: {calm: {label: Calm, of: trust, from: 20, to: 80}}
"""


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(None, id="tutorial"),
        pytest.param(FILES, id="without map, vote, agreements or events"),
        pytest.param(
            {
                **FILES,
                "calendar.yaml": "start: 2030-01-01\nstep: week\nturns: 1\n",
                "roles.yaml": BARE,
                "policies.yaml": "talk: {role: town, label: Talk, effects: [{change: trust, by: 2}]}\n",
            },
            id="one role, one turn",
        ),
    ],
)
def test_any_scenario_is_drawn(files, tmp_path):
    loaded = load("tutorial") if files is None else load_texts(files, "bridge", None)
    assert loaded.ruleset is not None, loaded.findings
    names = {path.name.partition("-")[0] for path in pictures(tmp_path, loaded, "en", (960, 600))}
    assert names >= {"title", "roles", "board", "confirm", "resolution", "outcome", "replay"}
    assert ("curtain" in names) == (len(loaded.ruleset.roles) > 1)


def renew() -> None:
    """Keep the pictures as they are drawn now."""
    from tempfile import TemporaryDirectory

    KEPT.mkdir(exist_ok=True)
    for lang in ("en", "ar"):
        with TemporaryDirectory() as folder:
            for path in pictures(Path(folder), load(DEFAULT), lang, SIZE):
                if path.stem.removesuffix(f"-{lang}-{SIZE[0]}x{SIZE[1]}") in NAMES:
                    pygame.image.save(small(pygame.image.load(path)), KEPT / path.name)


if __name__ == "__main__":
    sys.exit(renew())
