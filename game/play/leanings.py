"""What would each account have each move do? The same futures with and without the move, one turn long."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from game.base.arrays import Floats, Ints
from game.engine.bound import bind, pure
from game.engine.ruleset import Ruleset
from game.engine.turn import resolve
from game.play.evidence import Evidence

_LANES: Final = 16
"""Situations that each move is tried in: with and without it the luck is the same, so few are enough."""


def leanings(ruleset: Ruleset, evidence: Evidence, moves: Sequence[int]) -> Floats:
    """Return what each move alone would add, what arrives in later turns included, in index points.

    Args:
        ruleset: The compiled scenario.
        evidence: What the seat knows.
        moves: The moves, each legal on its own.

    Returns:
        Points on each indicator under each reading, [K, moves, V].
    """
    made = np.zeros((len(ruleset.moves), len(moves) + 1, _LANES), bool)
    for place, move in enumerate(moves):
        made[move, place + 1] = True
    tried = made.reshape(len(ruleset.moves), -1)
    found = []
    for reading, particles in enumerate(evidence.particles):
        lanes: Ints = np.tile(np.arange(_LANES) % particles.lanes, len(moves) + 1)
        after, _causes = resolve(bind(ruleset, pure(ruleset, reading)), particles.take(lanes), tried)
        ahead = (after.x + after.pending.sum(axis=0)).reshape(len(ruleset.indicators), -1, _LANES)
        means = ahead.mean(axis=2)
        found.append((means[:, 1:] - means[:, :1]).T)
    return np.stack(found)
