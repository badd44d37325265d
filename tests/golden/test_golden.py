"""A readable transcript of every shipped scenario, so that a change of its story is seen and meant.

To write them anew after a change that is meant: RENEW_GOLDEN=1 python -m pytest tests/golden
"""

import os
from pathlib import Path

import pytest

from game.engine.bound import pure
from game.play.demo import demo
from game.scenario.library import shipped
from game.scenario.loading import load
from game.terminal.transcript import transcript

FOLDER = Path(__file__).parent
SEED = 7


@pytest.mark.parametrize("name", shipped())
def test_transcript(name):
    loaded = load(name)
    assert loaded.ruleset is not None
    game = demo(loaded.ruleset, SEED, pure(loaded.ruleset, 1))
    found = "\n".join(transcript(loaded, game)) + "\n"
    path = FOLDER / f"{name}.txt"
    if "RENEW_GOLDEN" in os.environ:
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_no_transcript_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(shipped())
