"""Which questions are asked in which turn, and what decides their answers?"""

from dataclasses import dataclass

from game.engine.expression import Expr
from game.scenario.formulas import Formulas
from game.scenario.inventory import Inventory
from game.scenario.moments import turn_at


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the turn.

    Attributes:
        id: Its id.
        turns: Turns before whose resolution it is asked.
        holds: What makes the answer yes; reads the situation when it is settled, and that when it was asked.
        at: After which turn it is settled; None: after the turn of asking.
    """

    id: str
    turns: frozenset[int]
    holds: Expr
    at: int | None

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
