"""The same turn written the plain way with NumPy: arithmetic rule by rule, nothing shared or skipped.

The yardstick for the engine. It keeps the parts of the turn that cost time: events, every rule, luck, range;
and leaves out what idle games never do.
"""

from typing import Any

import numpy as np

from game.engine.expression import Const, Expr, Leaf
from game.engine.ruleset import Ruleset

UNARY = {"neg": np.negative, "abs": np.abs, "not": lambda a: (a == 0) * 1.0}
BINARY = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "min": np.minimum, "max": np.maximum,
    "lt": lambda a, b: (a < b) * 1.0, "le": lambda a, b: (a <= b) * 1.0, "gt": lambda a, b: (a > b) * 1.0,
    "ge": lambda a, b: (a >= b) * 1.0, "eq": lambda a, b: (a == b) * 1.0, "ne": lambda a, b: (a != b) * 1.0,
    "and": lambda a, b: ((a != 0) & (b != 0)) * 1.0, "or": lambda a, b: ((a != 0) | (b != 0)) * 1.0,
    "div": lambda a, b: np.where(np.equal(b, 0), 0.0, a / np.where(np.equal(b, 0), 1.0, b)),
}  # fmt: skip


def evaluate(expr: Expr, read: Any) -> Any:
    """Return a formula's value, each part computed where it stands."""
    if isinstance(expr, Const):
        return expr.value
    if isinstance(expr, Leaf):
        return read(expr)
    args = [evaluate(arg, read) for arg in expr.args]
    if expr.op in UNARY:
        return UNARY[expr.op](*args)
    match expr.op:
        case "where":
            return np.where(np.asarray(args[0]) != 0, args[1], args[2])
        case "clamp":
            return np.clip(*args)
        case "log":
            return np.log(np.maximum(args[0], 1e-300))
        case "sqrt":
            return np.sqrt(np.maximum(args[0], 0))
        case "exp":
            return np.exp(args[0])
        case "logistic":
            return 1 / (1 + np.exp(-args[0]))
    result = args[0]
    for arg in args[1:]:
        result = BINARY[expr.op](result, arg)
    return result


def play(ruleset: Ruleset, world: np.ndarray, lanes: int, seed: int) -> np.ndarray:
    """Play idle games to the end and return their indicators, [V, B]."""
    rng = np.random.default_rng(seed)
    x = np.repeat(np.array([[item.start] for item in ruleset.indicators]), lanes, axis=1)
    fired = np.zeros((len(ruleset.events), lanes))
    open_ = np.zeros((len(ruleset.events), lanes))
    in_force = np.repeat(np.array([[float(item.starts)] for item in ruleset.agreements]), lanes, axis=1)
    pending = np.zeros((12, *x.shape))
    low = np.array([[item.low] for item in ruleset.indicators])
    high = np.array([[item.high] for item in ruleset.indicators])
    for turn in range(1, ruleset.turns + 1):

        def read(leaf: Leaf, turn: int = turn) -> Any:
            match leaf.kind:
                case "indicator":
                    return x[leaf.index]
                case "turn":
                    return turn
                case "happened":
                    return (fired[leaf.index] > 0) * 1.0
                case "in_force":
                    return in_force[leaf.index]
                case _:
                    return np.zeros(lanes)

        acts = [np.ones(lanes)] + [np.zeros(lanes) for _ in ruleset.moves]
        for at, event in enumerate(ruleset.events):
            if event.default is not None:
                acts[1 + event.default] = (open_[at] == 1) * 1.0
        for at, event in enumerate(ruleset.events):
            if event.turn is not None:
                chance = np.full(lanes, float(event.turn == turn))
            else:
                chance = evaluate(event.chance, read) * (ruleset.factors[at] @ world)
            may = np.ones(lanes) if event.when is None else evaluate(event.when, read)
            fire = (rng.random(lanes) < chance) & (np.asarray(may) != 0) & (open_[at] == 0)
            if event.once:
                fire &= fired[at] == 0
            fired[at] += fire
            open_[at] = fire * 1.0 if event.default is not None and turn < ruleset.turns else 0.0
            acts.append(fire * 1.0)
        broken = np.zeros_like(in_force)
        for at, agreement in enumerate(ruleset.agreements):
            for event_at in agreement.broken_by_events:
                broken[at] = np.maximum(broken[at], in_force[at] * acts[1 + len(ruleset.moves) + event_at])
        in_force = in_force - broken
        acts += [*in_force, *broken]
        change = pending[0].copy()
        pending = np.concatenate([pending[1:], np.zeros((1, *x.shape))])
        for at, item in enumerate(ruleset.indicators):
            change[at] += item.rests_rate * (item.rests_at - x[at]) + item.noise * rng.standard_normal(lanes)
        for rule in ruleset.rules:
            item = ruleset.indicators[rule.target]
            size = (np.array(rule.coefficients) @ world) * acts[rule.cause] * evaluate(rule.by, read)
            if rule.fades and item.soft_top:
                rise = np.minimum(1, (item.high - x[rule.target]) / item.soft_top)
                fall = np.minimum(1, (x[rule.target] - item.low) / item.soft_bottom)
                size = size * np.where(size > 0, rise, fall)
            if rule.after == 0:
                change[rule.target] += size
            for delay in range(max(rule.after, 1), rule.after + rule.lasts):
                pending[delay - 1, rule.target] += size
        x = np.round(np.clip(x + change, low, high), 9)
    return x
