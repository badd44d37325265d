"""Between which values can a formula lie, given the ranges of what it reads?

Interval arithmetic: the interval always contains every value that can occur, and may be wider. A condition
narrows what it compares, so that `a / b if b > 0 else 0` is known to be safe.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

import numpy as np

from game.engine.expression import Call, Const, Expr, Leaf, Op
from game.locale import _
from game.scenario.expressions import Formula
from game.scenario.formula_source import LARGEST, Fault


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; either may be infinite."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def size(self) -> float:
        """The largest distance of a value from 0."""
        return max(abs(self.low), abs(self.high))

    @property
    def is_true(self) -> bool:
        """Whether every value counts as true."""
        return 0.0 not in self

    @property
    def is_false(self) -> bool:
        """Whether every value counts as false."""
        return self.low == self.high == 0.0


@dataclass(frozen=True)
class Ranges:
    """What a formula's leaves can be.

    Attributes:
        indicators: Range of each indicator.
        turns: Number of turns.
        seats: Seats at stake for each bloc.
        never: Happenings that are known never to come about.
    """

    indicators: tuple[Interval, ...]
    turns: int
    seats: tuple[int, ...]
    never: Set[Leaf] = frozenset()

    def of(self, leaf: Leaf) -> Interval:
        """Return between which values a leaf lies."""
        if leaf in self.never:
            return _NO
        match leaf.kind:
            case "indicator" | "start" | "asked":
                return self.indicators[leaf.index]
            case "turn":
                # A measure at the end reads the turn after the last.
                return Interval(1.0, self.turns + 1.0)
            case "seats":
                return Interval(0.0, float(self.seats[leaf.index]))
            case _:
                return _UNSURE


_Known: TypeAlias = Mapping[Expr, Interval]
"""Parts of a formula that a condition around them has narrowed."""

_LARGEST_PART: Final = 1e100
"""No part of a formula may pass this, so that no product or sum of parts leaves the finite numbers."""
_NEAR_ZERO: Final = 1e-6
"""Divisors that can come nearer to 0 make the size of a formula say nothing."""

_UNSURE: Final = Interval(0.0, 1.0)
_YES: Final = Interval(1.0, 1.0)
_NO: Final = Interval(0.0, 0.0)
ANYTHING: Final = Interval(-math.inf, math.inf)


def bounds(expr: Expr, ranges: Ranges) -> Interval:
    """Return an interval that contains every value a formula can take."""
    return _Bounds(ranges).of(expr, {})


@dataclass(frozen=True, slots=True)
class Judged:
    """What a formula that reads well comes to.

    Attributes:
        span: Between what its values lie.
        errors: Values out of all proportion.
        doubts: Divisors that may be 0 and logarithms and roots of what may be negative, where the result is
            0 instead.
    """

    span: Interval
    errors: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()


def judge(formula: Formula, ranges: Ranges) -> Judged:
    """Return what a formula that reads well comes to."""
    if isinstance(formula.expr, Const):  # most are a number
        return Judged(Interval(formula.expr.value, formula.expr.value))
    walker = _Bounds(ranges)
    span = walker.of(formula.expr, {})
    doubts = tuple(
        Fault("X313", spot.offset, spot.length, *_words_on(spot.call.op))
        for spot in formula.spots
        if spot.call in walker.unsafe
    )
    if walker.largest <= _LARGEST_PART and (span.size <= LARGEST or walker.near_zero):
        return Judged(span, doubts=doubts)
    message = _("this formula can reach {size}").format(size=f"{max(span.size, walker.largest):.0e}")
    fix = _("keep it within bounds with clamp(value, low, high)")
    return Judged(span, (Fault("X315", 0, len(formula.text), message, fix),), doubts)


def _words_on(op: Op) -> tuple[str, str]:
    if op == "log":
        return _("this may be the logarithm of 0 or less, which counts as 0"), _("write log(max(1, x))")
    if op == "sqrt":
        return _("this may be the root of a negative number, which counts as 0"), _("write sqrt(max(0, x))")
    return _("this may divide by 0, which gives 0"), _("write x / max(1, y)")


class _Bounds:
    """Computes intervals and notes the operations that may meet what they are not defined for."""

    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges
        self.unsafe: set[Call] = set()
        self.near_zero = False
        self.largest = 0.0

    def of(self, expr: Expr, known: _Known) -> Interval:
        found = self._of(expr, known)
        if not _is_held(expr):
            self.largest = max(self.largest, found.size)
        narrowed = known.get(expr) if known else None
        if narrowed is None:
            return found
        both = Interval(max(found.low, narrowed.low), min(found.high, narrowed.high))
        return both if both.low <= both.high else narrowed

    def _of(self, expr: Expr, known: _Known) -> Interval:
        if isinstance(expr, Const):
            return Interval(expr.value, expr.value)
        if isinstance(expr, Leaf):
            return self.ranges.of(expr)
        if expr.op == "where":
            return self._choice(expr, known)
        if expr.op in ("and", "or"):
            return self._joined(expr, known)
        args = [self.of(arg, known) for arg in expr.args]
        if self._is_unsafe(expr.op, args):
            self.unsafe.add(expr)
        self.near_zero |= _is_held(expr) and _nearest_to_zero(args[1]) < _NEAR_ZERO
        return _OPERATIONS[expr.op](*args)

    @staticmethod
    def _is_unsafe(op: Op, args: list[Interval]) -> bool:
        if op in ("div", "mod"):
            return 0.0 in args[1]
        return (op == "log" and args[0].low <= 0.0) or (op == "sqrt" and args[0].low < 0.0)

    def _choice(self, expr: Call, known: _Known) -> Interval:
        test, then, otherwise = expr.args
        holds = self.of(test, known)
        branches = []
        if not holds.is_false:
            branches.append(self.of(then, self._given(test, known, truth=True)))
        if not holds.is_true:
            branches.append(self.of(otherwise, self._given(test, known, truth=False)))
        return Interval(min(b.low for b in branches), max(b.high for b in branches))

    def _joined(self, expr: Call, known: _Known) -> Interval:
        """Return the truth of a chain of `and` or `or`: all its parts are computed, none guards another."""
        parts = [self.of(part, known) for part in expr.args]
        if expr.op == "and":
            if any(part.is_false for part in parts):
                return _NO
            return _YES if all(part.is_true for part in parts) else _UNSURE
        if any(part.is_true for part in parts):
            return _YES
        return _NO if all(part.is_false for part in parts) else _UNSURE

    def _given(self, test: Expr, known: _Known, *, truth: bool) -> _Known:
        """Return what is known besides where a condition holds, or where it does not."""
        result = dict(known)
        for part, interval in self._facts(test, known, truth=truth):
            now = self.of(part, result)
            low, high = max(now.low, interval.low), min(now.high, interval.high)
            if low <= high:
                result[part] = Interval(low, high)
        return result

    def _facts(self, test: Expr, known: _Known, *, truth: bool) -> Iterator[tuple[Expr, Interval]]:
        if not isinstance(test, Call):
            return
        if test.op == "not":
            yield from self._facts(test.args[0], known, truth=not truth)
        elif test.op == ("and" if truth else "or"):
            for part in test.args:
                yield from self._facts(part, known, truth=truth)
        elif test.op in _OPPOSITE:
            op = test.op if truth else _OPPOSITE[test.op]
            left, right = test.args
            yield left, _side(op, self.of(left, known), self.of(right, known))
            yield right, _side(_MIRRORED[op], self.of(right, known), self.of(left, known))


_OPPOSITE: Final[Mapping[Op, Op]] = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
_MIRRORED: Final[Mapping[Op, Op]] = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}


def _side(op: Op, this: Interval, other: Interval) -> Interval:
    """Return where a value lies that compares so with another."""
    if op == "lt":
        return Interval(-math.inf, math.nextafter(other.high, -math.inf))
    if op == "le":
        return Interval(-math.inf, other.high)
    if op == "gt":
        return Interval(math.nextafter(other.low, math.inf), math.inf)
    if op == "ge":
        return Interval(other.low, math.inf)
    if op == "eq":
        return other
    low, high = this.low, this.high
    if other.low == other.high:
        low = math.nextafter(low, math.inf) if low == other.low else low
        high = math.nextafter(high, -math.inf) if high == other.high else high
    return Interval(low, high)


def _number(value: float) -> float:
    """Return 0 for what the product of nothing and the boundless, or their difference, would be."""
    return 0.0 if math.isnan(value) else value


def _add(a: Interval, b: Interval) -> Interval:
    return Interval(a.low + b.low, a.high + b.high)


def _neg(a: Interval) -> Interval:
    return Interval(-a.high, -a.low)


def _mul(a: Interval, b: Interval) -> Interval:
    corners = [_number(x * y) for x, y in product((a.low, a.high), (b.low, b.high))]
    return Interval(min(corners), max(corners))


def _div(a: Interval, b: Interval) -> Interval:
    if b.is_false or a.is_false:
        return _NO
    if 0.0 in b:
        return ANYTHING
    with np.errstate(over="ignore", invalid="ignore"):
        corners = [
            _number(float(np.float64(x) / np.float64(y)))
            for x, y in product((a.low, a.high), (b.low, b.high))
        ]
    return Interval(min(corners), max(corners))


def _is_held(expr: Expr) -> bool:
    """Whether a formula is a quotient that stands within a clamp of its own; see `expressions`."""
    return isinstance(expr, Call) and expr.op == "div" and not isinstance(expr.args[1], Const)


def _nearest_to_zero(a: Interval) -> float:
    return 0.0 if 0.0 in a else min(abs(a.low), abs(a.high))


def _mod(a: Interval, b: Interval) -> Interval:
    if b.is_false:
        return _NO
    if a.low >= 0.0 and a.high < b.low:
        return a
    return Interval(min(b.low, 0.0), max(b.high, 0.0))


def _less(a: Interval, b: Interval) -> Interval:
    if a.high < b.low:
        return _YES
    return _NO if a.low >= b.high else _UNSURE


def _equal(a: Interval, b: Interval) -> Interval:
    if a.low == a.high == b.low == b.high:
        return _YES
    return _NO if a.high < b.low or b.high < a.low else _UNSURE


def _not(a: Interval) -> Interval:
    if a.is_true:
        return _NO
    return _YES if a.is_false else _UNSURE


def _monotone(function: Callable[[float], float]) -> Callable[[Interval], Interval]:
    """Return a rising function on intervals, a few units in the last place wider than computed."""

    def on(a: Interval) -> Interval:
        low, high = function(a.low), function(a.high)
        return Interval(low - 4 * math.ulp(low), high + 4 * math.ulp(high))

    return on


def _exp(value: float) -> float:
    return float(np.exp(min(value, 50.0)))


def _log(a: Interval) -> Interval:
    if a.high <= 0.0:
        return _NO
    high = math.log(a.high) if math.isfinite(a.high) else math.inf
    low = math.log(a.low) if a.low > 0.0 else math.log(math.ulp(0.0))
    if a.low <= 0.0:
        low, high = min(low, 0.0), max(high, 0.0)
    return Interval(low - 4 * math.ulp(low), high + (4 * math.ulp(high) if math.isfinite(high) else 0.0))


def _abs(a: Interval) -> Interval:
    return Interval(_nearest_to_zero(a), a.size)


def _min(a: Interval, b: Interval) -> Interval:
    return Interval(min(a.low, b.low), min(a.high, b.high))


def _max(a: Interval, b: Interval) -> Interval:
    return Interval(max(a.low, b.low), max(a.high, b.high))


_OPERATIONS: Final[Mapping[Op, Callable[..., Interval]]] = {
    "add": _add,
    "sub": lambda a, b: _add(a, _neg(b)),
    "mul": _mul,
    "div": _div,
    "mod": _mod,
    "neg": _neg,
    "lt": _less,
    "gt": lambda a, b: _less(b, a),
    "ge": lambda a, b: _not(_less(a, b)),
    "le": lambda a, b: _not(_less(b, a)),
    "eq": _equal,
    "ne": lambda a, b: _not(_equal(a, b)),
    "not": _not,
    "min": _min,
    "max": _max,
    "clamp": lambda a, low, high: _min(_max(a, low), high),
    "abs": _abs,
    "sqrt": _monotone(lambda value: math.sqrt(max(value, 0.0))),
    "exp": _monotone(_exp),
    "log": _log,
    "logistic": _monotone(lambda value: float(1.0 / (1.0 + np.exp(-max(value, -50.0))))),
}
