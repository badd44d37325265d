"""How much would a role gain from a point more of each indicator? The slope of its score, for quick bots."""

from dataclasses import replace
from typing import Final

import numpy as np

from game.base.arrays import Floats
from game.engine.bound import tables
from game.engine.contests import shares
from game.engine.expression import Expr, Leaf, leaves
from game.engine.program import Row, compile_formulas, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State

_STEP: Final = 2.0
"""Index points by which a value is moved to see what the score does."""


class Wants:
    """A role's score as a function of indicators, contests still ahead taken at their present strengths."""

    def __init__(self, ruleset: Ruleset, role: int) -> None:
        self.ruleset = ruleset
        self.objectives = ruleset.roles[role].objectives
        self.program = compile_formulas([item.of for item in self.objectives])
        self.total = sum(item.weight for item in self.objectives) or 1.0
        formulas: list[Expr] = [item.of for item in self.objectives]
        self.blocs = {leaf.index for formula in formulas for leaf in leaves(formula) if leaf.kind == "seats"}
        if self.blocs:
            formulas += [bloc.strength for bloc in ruleset.blocs]
        self.indicators = sorted(
            {leaf.index for formula in formulas for leaf in leaves(formula) if leaf.kind == "indicator"}
        )

    def _expected_seats(self, state: State) -> dict[int, Floats]:
        """Return the seats that present strengths promise in contests still ahead, by bloc."""
        ahead = {at for at, item in enumerate(self.ruleset.contests) if item.turn >= state.turn}
        if not self.blocs or not ahead:
            return {}
        strengths = rows_of(tables(self.ruleset).strengths.run(state.read), state.lanes)
        expected: dict[int, Floats] = {}
        for contest in ahead:
            members = [at for at, bloc in enumerate(self.ruleset.blocs) if bloc.contest == contest]
            portions = shares(strengths[members]) * self.ruleset.contests[contest].seats
            expected.update(zip(members, portions, strict=True))
        return expected

    def score(self, state: State) -> Floats:
        """Return the score that the present situation would give, without limits, [B]."""
        expected = self._expected_seats(state)

        def read(leaf: Leaf) -> Row:
            if leaf.kind == "seats" and leaf.index in expected:
                return expected[leaf.index]
            return state.read(leaf)

        rows = rows_of(self.program.run(read), state.lanes)
        score = np.zeros(state.lanes)
        for row, item in zip(rows, self.objectives, strict=True):
            # Beyond its bounds an objective gains nothing, but a bot that is far below still pulls upwards.
            portion = (row - item.worst) / (item.best - item.worst)
            score += item.weight * np.where(portion > 1.0, 1.0 + 0.1 * (portion - 1.0), portion)
        return score / self.total

    def slopes(self, state: State) -> dict[int, Floats]:
        """Return the gain in score per index point, by indicator, [B] each."""
        base = self.score(state)
        result = {}
        for at in self.indicators:
            x = state.x.copy()
            x[at] += _STEP
            result[at] = (self.score(replace(state, x=x)) - base) / _STEP
        return result
