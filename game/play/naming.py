"""Which world is meant by what a person writes?"""

import re
from typing import Final

import numpy as np

from game.base.arrays import Floats
from game.base.errors import UsageError
from game.engine.bound import pure
from game.engine.ruleset import Ruleset
from game.engine.worlds import drawn
from game.locale import _
from game.scenario.names import reading_of

_WEIGHT: Final = re.compile(r"\d{1,6}(\.\d{1,9})?")


def world_named(ruleset: Ruleset, text: str, seed: int) -> Floats:
    """Return the world that a text names, [K].

    Args:
        ruleset: The compiled scenario.
        text: `draw`, a reading's id, or `mix:al_basri=0.6,al_baydar=0.4`.
        seed: Of the game, for `draw`.

    Raises:
        UsageError: The text names no world.
    """
    if text == "draw":
        return pure(ruleset, drawn(ruleset, seed))
    if not text.startswith("mix:"):
        return pure(ruleset, reading_of(ruleset, text))
    world = np.zeros(len(ruleset.readings))
    for part in text.removeprefix("mix:").split(","):
        name, equals, weight = part.partition("=")
        reading = reading_of(ruleset, name.strip())
        if not equals or not _WEIGHT.fullmatch(weight.strip()):
            message = _("'{part}' is no part of a mix: write READING=WEIGHT, such as {name}=0.6")
            raise UsageError(message.format(part=part, name=name.strip()))
        world[reading] += float(weight)
    if world.sum() <= 0.0:
        raise UsageError(_("a mix needs at least one reading with a weight above 0"))
    mixed: Floats = world / world.sum()
    return mixed
