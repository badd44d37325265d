"""How is a set of formulas computed for many games at once?

A program is a table of array operations in which parts that several formulas share stand once. It is data:
no text of a scenario ever becomes code. Each step works on rows [B] (or on single numbers, in a single game or where a
formula reads only the turn), drops what nobody needs any more, and does the same operations at every B.
"""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np

from game.base.arrays import Floats
from game.engine.expression import Call, Const, Expr, Leaf

Row: TypeAlias = Any
"""A row [B] of float64, or one number that holds for every lane."""

_MOST_EXPONENT: Final = 50.0


def _truth(value: Row) -> Row:
    return np.not_equal(value, 0.0)


def _divide(a: Row, b: Row) -> Row:
    if isinstance(b, float) and b != 0.0:
        return np.divide(a, b)
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.divide(a, b, out=np.zeros(a.shape), where=b != 0.0)


def _modulo(a: Row, b: Row) -> Row:
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.mod(a, b, out=np.zeros(a.shape), where=b != 0.0)


def _log(a: Row) -> Row:
    a = np.asarray(a, float)
    return np.log(a, out=np.zeros(a.shape), where=a > 0.0)


def _exp(a: Row) -> Row:
    return np.exp(np.minimum(a, _MOST_EXPONENT))


def _logistic(a: Row) -> Row:
    return np.divide(1.0, np.add(1.0, np.exp(np.negative(np.maximum(a, -_MOST_EXPONENT)))))


def _as_number(test: Callable[..., Row]) -> Callable[..., Row]:
    return lambda *args: np.asarray(test(*args)).astype(np.float64)


_ON_ROWS: Final[Mapping[str, Callable[..., Row]]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": _divide,
    "mod": _modulo,
    "neg": np.negative,
    "lt": _as_number(np.less),
    "le": _as_number(np.less_equal),
    "gt": _as_number(np.greater),
    "ge": _as_number(np.greater_equal),
    "eq": _as_number(np.equal),
    "ne": _as_number(np.not_equal),
    "and": _as_number(lambda a, b: _truth(a) & _truth(b)),
    "or": _as_number(lambda a, b: _truth(a) | _truth(b)),
    "not": _as_number(lambda a: np.equal(a, 0.0)),
    "where": lambda test, a, b: np.where(_truth(test), a, b),
    "min": np.minimum,
    "max": np.maximum,
    "clamp": lambda a, low, high: np.minimum(np.maximum(a, low), high),
    "abs": np.abs,
    "sqrt": lambda a: np.sqrt(np.maximum(a, 0.0)),
    "exp": _exp,
    "log": _log,
    "logistic": _logistic,
}

_ON_NUMBERS: Final[Mapping[str, Callable[..., float]]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": lambda a, b: a / b if b else 0.0,
    "mod": lambda a, b: a % b if b else 0.0,
    "neg": operator.neg,
    "lt": lambda a, b: float(a < b),
    "le": lambda a, b: float(a <= b),
    "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b),
    "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b),
    "and": lambda a, b: float(a != 0.0 and b != 0.0),
    "or": lambda a, b: float(a != 0.0 or b != 0.0),
    "not": lambda a: float(a == 0.0),
    "where": lambda test, a, b: a if test else b,
    "min": min,
    "max": max,
    "clamp": lambda a, low, high: min(max(a, low), high),
    "abs": abs,
    "sqrt": lambda a: math.sqrt(max(a, 0.0)),
    "exp": lambda a: float(_exp(a)),
    "log": lambda a: float(_log(a)),
    "logistic": lambda a: float(_logistic(a)),
}
"""The same operations, to the bit, on Python's own numbers: a call of NumPy takes several times as long."""

_PAIRWISE: Final = frozenset({"add", "mul", "and", "or", "min", "max"})
"""Operations of two that a formula may give more arguments."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One operation: reads slots, writes a slot, after which `spent` slots are needed no more."""

    on_rows: Callable[..., Row]
    on_numbers: Callable[..., float]
    args: tuple[int, ...]
    out: int
    spent: tuple[int, ...]


@dataclass(frozen=True)
class Program:
    """Formulas ready to be computed; `results` names the slot of each, in the order they were given."""

    reads: tuple[tuple[Leaf, int], ...]
    constants: tuple[tuple[float, int], ...]
    steps: tuple[_Step, ...]
    results: tuple[int, ...]
    slots: int

    def run(self, read: Callable[[Leaf], Row]) -> list[Row]:
        """Compute every formula.

        Args:
            read: Gives the row [B], or the one number, that a leaf stands for.

        Returns:
            For each formula a row [B] of float64, or one number where nothing but numbers was read.
        """
        slots: list[Row] = [None] * self.slots
        for leaf, at in self.reads:
            slots[at] = read(leaf)
        for value, at in self.constants:
            slots[at] = value
        if all(isinstance(slots[at], float) for _, at in self.reads):
            for step in self.steps:
                slots[step.out] = step.on_numbers(*[slots[at] for at in step.args])
        else:
            with np.errstate(over="ignore"):
                for step in self.steps:
                    slots[step.out] = step.on_rows(*[slots[at] for at in step.args])
                    for at in step.spent:
                        slots[at] = None
        return [slots[at] for at in self.results]


class _Compiler:
    """Numbers every distinct part of the formulas and lists the operations in order."""

    def __init__(self) -> None:
        self.at: dict[object, int] = {}
        self.reads: list[tuple[Leaf, int]] = []
        self.constants: list[tuple[float, int]] = []
        self.steps: list[tuple[str, tuple[int, ...], int]] = []

    def slot(self, key: object) -> tuple[int, bool]:
        known = key in self.at
        return self.at.setdefault(key, len(self.at)), known

    def visit(self, expr: Expr) -> int:
        if isinstance(expr, Const):
            at, known = self.slot(("const", expr.value))
            if not known:
                self.constants.append((expr.value, at))
            return at
        if isinstance(expr, Leaf):
            at, known = self.slot(expr)
            if not known:
                self.reads.append((expr, at))
            return at
        args = [self.visit(arg) for arg in expr.args]
        if expr.op not in _PAIRWISE:
            return self.step(expr.op, tuple(args))
        first, *rest = args
        for arg in rest:
            first = self.step(expr.op, (first, arg))
        return first

    def step(self, op: str, args: tuple[int, ...]) -> int:
        at, known = self.slot((op, args))
        if not known:
            self.steps.append((op, args, at))
        return at


def compile_formulas(formulas: Sequence[Expr]) -> Program:
    """Turn formulas into one program in which shared parts are computed once."""
    return _compiled(tuple(formulas))


@lru_cache(maxsize=1024)
def _compiled(formulas: tuple[Expr, ...]) -> Program:
    compiler = _Compiler()
    results = tuple(compiler.visit(formula) for formula in formulas)
    last_use = {at: number for number, (_, args, _) in enumerate(compiler.steps) for at in args}
    keep = set(results)
    steps = tuple(
        _Step(
            _ON_ROWS[op],
            _ON_NUMBERS[op],
            args,
            out,
            tuple({at for at in args if last_use[at] == number and at not in keep}),
        )
        for number, (op, args, out) in enumerate(compiler.steps)
    )
    return Program(tuple(compiler.reads), tuple(compiler.constants), steps, results, slots=len(compiler.at))


def rows_of(results: Sequence[Row], lanes: int) -> Floats:
    """Stack a program's results into [N, B], repeating single numbers over the lanes."""
    stacked = np.empty((len(results), lanes))
    for at, row in enumerate(results):
        stacked[at] = row
    return stacked


__all__ = ["Call", "Program", "Row", "compile_formulas", "rows_of"]
