"""Which world does a game follow?"""

import numpy as np

from game.base.arrays import Floats
from game.engine import chance
from game.engine.bound import pure
from game.engine.ruleset import Ruleset


def drawn(ruleset: Ruleset, seed: int) -> int:
    """Return the reading that a game's own luck draws by the prior (stream `world`, turn 0).

    Readings stand in the order of their ids for the draw, whatever order they are written in.
    """
    roots = chance.roots_of([seed])
    u = float(chance.uniform(roots, 0, chance.streams(["world"]))[0, 0])
    by_id = sorted(range(len(ruleset.readings)), key=lambda at: ruleset.readings[at])
    cumulated = np.cumsum(ruleset.prior[by_id])
    return by_id[min(int(np.searchsorted(cumulated, u, side="right")), len(by_id) - 1)]


def world_of(ruleset: Ruleset, seed: int) -> Floats:
    """Return the world that the scenario chooses for a game, [K]: its own mix, or a draw by the prior."""
    if ruleset.world is not None:
        return ruleset.world
    return pure(ruleset, drawn(ruleset, seed))
