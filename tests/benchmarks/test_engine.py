"""How fast is the engine, beside the same model written plainly and in Mesa? Run with --benchmark-enable.

Lane-turns a second are lanes x turns over the time of a game; `extra_info` carries them.
"""

import numpy as np
import pytest

from game.engine.bound import bind, pure
from game.engine.chance import roots_from
from game.engine.ruleset import Ruleset
from game.engine.state import begin
from game.engine.turn import resolve
from tests.benchmarks import in_mesa, naive


def play(ruleset: Ruleset, lanes: int) -> np.ndarray:
    bound = bind(ruleset, pure(ruleset, 1))
    for first in range(0, lanes, 1000):
        count = min(1000, lanes - first)
        state = begin(ruleset, roots_from(first, count))
        idle = np.zeros((len(ruleset.moves), count), bool)
        while state.turn <= ruleset.turns:
            state, _ = resolve(bound, state, idle)
    return state.x


@pytest.mark.parametrize("lanes", [1, 1000, 10_000])
def test_engine(benchmark, ruleset, lanes):
    play(ruleset, 1)
    benchmark.group = f"idle games, B = {lanes}"
    benchmark.extra_info["lane_turns"] = lanes * ruleset.turns
    assert np.isfinite(benchmark(play, ruleset, lanes)).all()


@pytest.mark.parametrize("lanes", [1, 1000, 10_000])
def test_naive_numpy(benchmark, ruleset, lanes):
    benchmark.group = f"idle games, B = {lanes}"
    benchmark.extra_info["lane_turns"] = lanes * ruleset.turns
    assert np.isfinite(benchmark(naive.play, ruleset, pure(ruleset, 1), lanes, 1)).all()


def test_mesa(benchmark, ruleset):
    benchmark.group = "idle games, B = 1"
    benchmark.extra_info["lane_turns"] = ruleset.turns
    assert np.isfinite(benchmark(in_mesa.play, ruleset, 1, 1)).all()


def test_peers_tell_the_same_story(ruleset):
    """Means of the three agree, so that the race is between equals."""
    engine = play(ruleset, 1000).mean(axis=1)
    plain = naive.play(ruleset, pure(ruleset, 1), 1000, 2).mean(axis=1)
    mesa = np.array([in_mesa.play(ruleset, 1, seed) for seed in range(60)]).mean(axis=0)
    spread = play(ruleset, 1000).std(axis=1)
    assert np.abs(engine - plain) == pytest.approx(0.0, abs=0.25 * spread.max())
    assert (np.abs(engine - mesa) <= 5 * spread / np.sqrt(60)).all()
