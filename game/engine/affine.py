"""Which formulas are just a number plus multiples of indicators? Those need no program."""

from dataclasses import dataclass, field

from game.base.arrays import Number
from game.engine.expression import Call, Const, Expr, Leaf


@dataclass(frozen=True, slots=True)
class Affine:
    """A number plus multiples of indicators: constant + sum of slopes[v] * x[v]."""

    constant: Number
    slopes: dict[int, Number] = field(default_factory=dict)

    def times(self, factor: Number) -> "Affine":
        """Return a multiple of it."""
        return Affine(self.constant * factor, {at: slope * factor for at, slope in self.slopes.items()})

    def plus(self, other: "Affine") -> "Affine":
        """Return the sum with another."""
        slopes = dict(self.slopes)
        for at, slope in other.slopes.items():
            slopes[at] = slopes.get(at, 0.0) + slope
        return Affine(self.constant + other.constant, slopes)


def affine_of(expr: Expr) -> Affine | None:
    """Return a formula as an affine function of the indicators, None if it is none."""
    if isinstance(expr, Const):
        return Affine(expr.value)
    if isinstance(expr, Leaf):
        return Affine(0.0, {expr.index: 1.0}) if expr.kind == "indicator" else None
    parts = [affine_of(arg) for arg in expr.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return _combined(expr, known)


def _combined(expr: Call, parts: list[Affine]) -> Affine | None:
    match expr.op:
        case "neg":
            return parts[0].times(-1.0)
        case "sub":
            return parts[0].plus(parts[1].times(-1.0))
        case "add":
            total = parts[0]
            for part in parts[1:]:
                total = total.plus(part)
            return total
        case "mul":
            product = parts[0]
            for part in parts[1:]:
                if product.slopes and part.slopes:
                    return None
                product = part.times(product.constant) if part.slopes else product.times(part.constant)
            return product
        case "div" if not parts[1].slopes and parts[1].constant != 0.0:
            return parts[0].times(1.0 / parts[1].constant)
        case _:
            return None
