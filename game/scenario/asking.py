"""Which questions are asked in which turn, and what decides their answers?"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from game.engine.expression import Call, Const, Expr, Leaf
from game.engine.ruleset import Ruleset
from game.scenario.formulas import Formulas
from game.scenario.inventory import Inventory
from game.scenario.moments import turn_at

MOST_DOUBTED: Final = 4
"""Indicators that questions are made about where no author wrote any."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the turn.

    Attributes:
        id: Its id.
        turns: Turns before whose resolution it is asked.
        holds: What makes the answer yes; reads the situation when it is settled, and that when it was asked.
        at: After which turn it is settled; None: after the turn of asking.
        indicator: Position of the indicator whose rise it asks about, where no author wrote it; None otherwise.
    """

    id: str
    turns: frozenset[int]
    holds: Expr
    at: int | None
    indicator: int | None = None

    def settled(self, turn: int) -> int:
        """Return after which turn the question is settled that is asked before a turn."""
        return turn if self.at is None else max(turn, self.at)


def asked_questions(inventory: Inventory, formulas: Formulas) -> tuple[Asked, ...]:
    """Return the questions of a scenario in which no check found an error."""
    return tuple(
        Asked(
            id=name,
            turns=frozenset((*item.turns, *(inventory.dates[date] for date in item.dates))),
            holds=formulas["questions", name, "holds"].expr,
            at=None if item.at == "asked" else turn_at(inventory, item.at),
        )
        for name, item in inventory.scenario.questions.items()
    )


def doubtful_questions(ruleset: Ruleset) -> tuple[Asked, ...]:
    """Return a question for each turn of a scenario that has none of its own: whether something will rise.

    It is asked of the indicators on which the readings' rules differ most, in turn.
    """
    doubt = np.zeros(len(ruleset.indicators))
    for rule in ruleset.rules:
        size = abs(rule.by.value) if isinstance(rule.by, Const) else 1.0
        doubt[rule.target] += size * float(np.ptp(rule.coefficients))
    most = [int(at) for at in np.argsort(-doubt, kind="stable")[:MOST_DOUBTED] if doubt[at] > 0.0]
    return tuple(
        Asked(
            id=f"rises.{ruleset.indicators[at].id}",
            turns=frozenset(range(place + 1, ruleset.turns + 1, len(most))),
            holds=Call("gt", (Leaf("indicator", at), Leaf("asked", at))),
            at=None,
            indicator=at,
        )
        for place, at in enumerate(most)
    )
