"""What a bot's moves are worth to it does not depend on how its objectives are written down."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.chance import roots_from
from game.engine.state import begin
from game.play.quick import QuickBot


@pytest.mark.parametrize("role", range(4))
def test_objectives_written_in_three_parts_are_worth_the_same(ruleset, role):
    parts = [replace(item, weight=item.weight / 3.0) for item in ruleset.roles[role].objectives] * 3
    roles = list(ruleset.roles)
    roles[role] = replace(roles[role], objectives=tuple(parts))
    start = begin(ruleset, roots_from(1, 200))
    state = replace(start, turn=4, x=np.random.default_rng(2).uniform(0.0, 100.0, start.x.shape))
    causes = tuple(map(ruleset.cause_of_move, ruleset.moves_of[role]))
    whole, many = QuickBot(ruleset, role), QuickBot(replace(ruleset, roles=tuple(roles)), role)
    worth = whole.weigh(whole.known(state), causes)
    assert many.weigh(many.known(state), causes) == pytest.approx(worth)
    assert len(np.unique(worth, axis=1).T) > 10
