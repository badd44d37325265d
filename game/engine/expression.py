"""What may a formula say? A small tree over the state, which `program` turns into array operations.

Truth is 1.0 and falsehood 0.0; anything but 0 counts as true. Nothing here can fail: a zero divisor gives 0,
logarithms and roots of negatives give 0, powers of e are held at e^50. What no number is large enough for, such as
a quotient by less than 1e-300, is infinite.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

LeafKind: TypeAlias = Literal[
    "indicator",  # value of an indicator now; index: indicator
    "start",  # its value when the game began; index: indicator
    "asked",  # its value before the turn in which a question was asked; index: indicator
    "turn",  # number of the turn being resolved, from 1; index: 0
    "seats",  # seats of a bloc, 0 before its contest; index: bloc
    "happened",  # 1 if the event has fired before now; index: event
    "in_force",  # 1 if the agreement acts; index: agreement
    "played",  # 1 if the move was ever made before now; index: move
    "outcome",  # 1 if the game ended in this outcome; index: outcome
]

Op: TypeAlias = Literal[
    "add", "sub", "mul", "div", "mod", "neg",
    "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not",
    "where",  # where(condition, then, otherwise)
    "min", "max", "clamp", "abs", "sqrt", "exp", "log", "logistic",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Const:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """Something read from the state."""

    kind: LeafKind
    index: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """An operation on smaller formulas.

    Two arguments, but one for neg, not and the functions of one number, three for `where` and for
    `clamp(value, low, high)`, two or more for `add`, `mul`, `and`, `or`, `min` and `max`.
    """

    op: Op
    args: tuple["Expr", ...]


Expr: TypeAlias = Const | Leaf | Call


def leaves(expr: Expr) -> Iterator[Leaf]:
    """Yield every leaf of a formula, left to right, repeats included."""
    if isinstance(expr, Leaf):
        yield expr
    elif isinstance(expr, Call):
        for arg in expr.args:
            yield from leaves(arg)
