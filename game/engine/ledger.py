"""Why did an indicator change? Every term of the sum, with its cause; together they are the change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from game.base.arrays import Floats, Ints
from game.engine.bound import ALWAYS, Bound, tables
from game.engine.effects import Causes, advance, faded, fading, reader
from game.engine.ruleset import Rule
from game.engine.state import State
from game.engine.turn import noise_of

Source: TypeAlias = Literal["rule", "rests", "noise", "limit"]
"""What a term comes from: a rule, the pull to the resting level, luck (with rounding), or the range."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a change.

    Attributes:
        source: What it comes from.
        target: The indicator.
        points: Index points in each lane, [B].
        rule: Position of the rule, if it comes from one.
        coefficient: How strongly the rule acts in the world of the ledger; 1 for other sources.
        earned: The turn in which it was earned, earlier than the ledger's where it arrived later.
    """

    source: Source
    target: int
    points: Floats
    rule: int | None
    coefficient: float
    earned: int


@dataclass(frozen=True, slots=True)
class MeanTerm:
    """One part of the change that is to be expected.

    Attributes:
        target: The indicator.
        rule: Position of the rule; None for the pull to the resting level.
        points: Index points, the mean of many games.
    """

    target: int
    rule: int | None
    points: float


@dataclass(frozen=True, slots=True)
class Step:
    """A resolved turn: the state before it, what acted, the state after it, and events made to happen."""

    before: State
    causes: Causes
    after: State
    forced: tuple[int, ...] = ()

    def take(self, lanes: Ints | slice) -> "Step":
        """Return the step of the games at the given positions, in that order."""
        return Step(self.before.take(lanes), self.causes.take(lanes), self.after.take(lanes), self.forced)


def earned(bound: Bound, state: State, causes: Causes) -> list[tuple[int, Rule, Floats]]:
    """Return what each rule that acts earns in a turn: position, rule, points per delivery [B]."""
    ruleset = bound.ruleset
    factors = fading(bound, state)
    result = []
    for cause, acts in [(ALWAYS, np.ones(state.lanes, bool)), *causes.active()]:
        plan = bound.plans.get(cause)
        if plan is None:
            continue
        share = acts.astype(np.float64)
        for at, target, rising, size in plan.fixed:
            result.append((at, ruleset.rules[at], size * share * factors[rising][target]))
        sizes = plan.program.run(state.read)
        for (at, rule, coefficient), size in zip(plan.varying, sizes, strict=True):
            points = size * coefficient * share
            result.append((at, rule, faded(factors, rule.target, points) if rule.fades else points))
    return sorted(result, key=lambda item: item[0])


def rule_terms(bound: Bound, steps: Sequence[Step]) -> list[Term]:
    """Return what rules did in the last of the given turns, those earned in earlier ones included.

    Args:
        bound: The ruleset in the world whose account is wanted.
        steps: Turns in order, the one to explain last; as many before it as effects can reach ahead.
    """
    last = steps[-1].before.turn
    terms = []
    for step in reversed(steps):
        delay = last - step.before.turn
        for at, rule, points in earned(bound, step.before, step.causes):
            if rule.after <= delay < rule.after + rule.lasts:
                coefficient = float(bound.coefficients[at])
                terms.append(Term("rule", rule.target, points, at, coefficient, step.before.turn))
    return terms


def mean_terms(bound: Bound, step: Step) -> list[list[MeanTerm]]:
    """Return what rules and resting levels do at once in a turn, on average over the games of each world of `bound`."""
    ruleset, state, worlds = bound.ruleset, step.before, math.prod(bound.split)
    factors = np.asarray(fading(bound, state)).reshape(2, len(ruleset.indicators), worlds, -1)
    found: list[tuple[int, int, Floats]] = []
    for cause, acts in [(ALWAYS, np.ones(state.lanes, bool)), *step.causes.active()]:
        plan = bound.plans.get(cause)
        if plan is None:
            continue
        share = acts.astype(np.float64).reshape(worlds, -1)
        if plan.fixed:
            rules, targets, rising, _ = zip(*plan.fixed, strict=True)
            points = plan.points.reshape(-1, worlds, 1) * share * factors[list(rising), list(targets)]
            found += zip(targets, rules, points.mean(axis=-1), strict=True)
        sizes = plan.program.run(reader(bound, state))
        for (at, rule, coefficient), size in zip(plan.varying, sizes, strict=True):
            if rule.after == 0:
                points = np.asarray(size * coefficient * share)
                points = faded(factors, rule.target, points) if rule.fades else points
                found.append((rule.target, at, points.mean(axis=-1)))
    by_rule: list[tuple[int, int | None, Floats]] = [*sorted(found, key=lambda item: item[1])]
    level, rate = tables(ruleset).rests
    pull = (rate * (level - state.x)).reshape(-1, worlds, state.lanes // worlds).mean(axis=-1)
    by_rule += [(at, None, pull[at]) for at, item in enumerate(ruleset.indicators) if item.rests_rate]
    return [
        [MeanTerm(target, rule, float(points[world])) for target, rule, points in by_rule if points[world]]
        for world in range(worlds)
    ]


def rest_terms(bound: Bound, state: State) -> list[Term]:
    """Return the pull of each indicator that rests to its level."""
    level, rate = tables(bound.ruleset).rests
    pull = rate * (level - state.x)
    return [
        Term("rests", at, pull[at], None, 1.0, state.turn)
        for at, item in enumerate(bound.ruleset.indicators)
        if item.rests_rate
    ]


def ledger(bound: Bound, steps: Sequence[Step]) -> list[Term]:
    """Return every term of the last turn's changes; for each indicator they sum to the change.

    Args:
        bound: The ruleset in the world that the game follows.
        steps: Turns in order, as for `rule_terms`.
    """
    step = steps[-1]
    terms = rule_terms(bound, steps) + rest_terms(bound, step.before)
    ahead = advance(bound, step.before, step.causes)
    noise = noise_of(bound.ruleset, step.before)
    low, high = tables(bound.ruleset).limits
    free = ahead.x + noise
    held = np.minimum(np.maximum(free, low), high)
    rounding = step.after.x - held
    for at in range(len(bound.ruleset.indicators)):
        terms.append(Term("noise", at, noise[at] + rounding[at], None, 1.0, step.before.turn))
        if (held[at] != free[at]).any():
            terms.append(Term("limit", at, held[at] - free[at], None, 1.0, step.before.turn))
    return terms
