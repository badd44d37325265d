"""The same turn as a Mesa model: indicators and events are agents, one game a model.

Peer for the engine's speed. Source: Mesa 3, the agent-based modelling framework, as its users would write it:
plain Python numbers, one agent per thing, a model per game.
"""

import math

import mesa

from game.engine.expression import Const, Expr, Leaf
from game.engine.ruleset import Event, Indicator, Rule, Ruleset


def evaluate(expr: Expr, model: "Crisis") -> float:
    """Return a formula's value in a model."""
    if isinstance(expr, Const):
        return expr.value
    if isinstance(expr, Leaf):
        return model.read(expr)
    args = [evaluate(arg, model) for arg in expr.args]
    match expr.op:
        case "add":
            return sum(args)
        case "mul":
            return math.prod(args)
        case "sub":
            return args[0] - args[1]
        case "neg":
            return -args[0]
        case "div":
            return args[0] / args[1] if args[1] else 0.0
        case "min":
            return min(args)
        case "max":
            return max(args)
        case "clamp":
            return min(max(args[0], args[1]), args[2])
        case "where":
            return args[1] if args[0] else args[2]
        case "and":
            return float(all(args))
        case "or":
            return float(any(args))
        case "not":
            return float(not args[0])
        case "lt":
            return float(args[0] < args[1])
        case "le":
            return float(args[0] <= args[1])
        case "gt":
            return float(args[0] > args[1])
        case "ge":
            return float(args[0] >= args[1])
        case "eq":
            return float(args[0] == args[1])
        case "log":
            return math.log(args[0]) if args[0] > 0 else 0.0
        case _:
            raise NotImplementedError(expr.op)


class Quantity(mesa.Agent):
    """An indicator."""

    def __init__(self, model: "Crisis", item: Indicator, rules: list[tuple[Rule, float]]) -> None:
        super().__init__(model)
        self.item, self.rules = item, rules
        self.value = self.next_value = item.start
        self.pending = [0.0] * 12

    def step(self) -> None:
        """Sum up what the turn's causes do, without changing the value yet."""
        item = self.item
        change = item.rests_rate * (item.rests_at - self.value) + self.pending.pop(0)
        self.pending.append(0.0)
        for rule, coefficient in self.rules:
            if not self.model.acts[rule.cause] or not coefficient:
                continue
            size = coefficient * evaluate(rule.by, self.model)
            if rule.fades and item.soft_top:
                if size > 0:
                    size *= min(1.0, (item.high - self.value) / item.soft_top)
                else:
                    size *= min(1.0, (self.value - item.low) / item.soft_bottom)
            if rule.after == 0:
                change += size
            for delay in range(max(rule.after, 1), rule.after + rule.lasts):
                self.pending[delay - 1] += size
        change += self.model.random.gauss(0.0, item.noise)
        self.next_value = round(min(max(self.value + change, item.low), item.high), 9)

    def advance(self) -> None:
        """Take on the new value."""
        self.value = self.next_value


class Happening(mesa.Agent):
    """An event."""

    def __init__(self, model: "Crisis", at: int, event: Event, factor: float) -> None:
        super().__init__(model)
        self.at, self.event, self.factor = at, event, factor
        self.fired, self.open = 0, 0

    def step(self) -> None:
        """Fire, or not."""
        event, model = self.event, self.model
        if event.default is not None:
            model.acts[1 + event.default] = self.open == 1
        if event.turn is not None:
            chance = float(event.turn == model.turn)
        else:
            chance = evaluate(event.chance or Const(0.0), model) * self.factor
        may = event.when is None or evaluate(event.when, model) != 0.0
        fire = model.random.random() < chance and may and not self.open and not (event.once and self.fired)
        self.fired += fire
        self.open = int(fire and event.default is not None and model.turn < model.ruleset.turns)
        model.acts[1 + len(model.ruleset.moves) + self.at] = fire


class Crisis(mesa.Model):
    """One idle game."""

    def __init__(self, ruleset: Ruleset, reading: int, seed: int) -> None:
        super().__init__(rng=seed)
        self.ruleset, self.turn = ruleset, 1
        self.acts = [True] + [False] * (ruleset.causes - 1)
        self.in_force = [item.starts for item in ruleset.agreements]
        self.quantities = [
            Quantity(
                self,
                item,
                [(rule, rule.coefficients[reading]) for rule in ruleset.rules if rule.target == at],
            )
            for at, item in enumerate(ruleset.indicators)
        ]
        self.happenings = [
            Happening(self, at, event, float(ruleset.factors[at, reading]))
            for at, event in enumerate(ruleset.events)
        ]

    def read(self, leaf: Leaf) -> float:
        """Return what a formula's leaf stands for."""
        match leaf.kind:
            case "indicator":
                return self.quantities[leaf.index].value
            case "turn":
                return float(self.turn)
            case "happened":
                return float(self.happenings[leaf.index].fired > 0)
            case "in_force":
                return float(self.in_force[leaf.index])
            case _:
                return 0.0

    def step(self) -> None:
        """Play a turn: events, agreements, then all indicators at once."""
        self.agents_by_type[Happening].do("step")
        first_event = 1 + len(self.ruleset.moves)
        first_pact = first_event + len(self.ruleset.events)
        for at, item in enumerate(self.ruleset.agreements):
            broken = self.in_force[at] and any(self.acts[first_event + e] for e in item.broken_by_events)
            self.in_force[at] = self.in_force[at] and not broken
            self.acts[first_pact + at] = self.in_force[at]
            self.acts[first_pact + len(self.in_force) + at] = broken
        self.agents_by_type[Quantity].do("step")
        self.agents_by_type[Quantity].do("advance")
        self.turn += 1


def play(ruleset: Ruleset, reading: int, seed: int) -> list[float]:
    """Play one idle game to its end and return its indicators."""
    model = Crisis(ruleset, reading, seed)
    for _turn in range(ruleset.turns):
        model.step()
    return [quantity.value for quantity in model.quantities]
