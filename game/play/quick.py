"""What would a role do at a glance? The bot that plays thousands of games at once.

It scores each move by what the move itself adds, at once and later, under the reading that the role believes,
and by what would be left of that at the end for its objectives; it minds its capital, adds a little chance and
takes the best that it can afford. It reads its own reports and knows nothing that its seat may not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats
from game.engine import chance
from game.engine.bound import bind, pure, tables
from game.engine.expression import Expr, leaves
from game.engine.moves import Hand
from game.engine.program import Row, compile_formulas
from game.engine.reports import errors_of
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.play.wants import BEYOND, Wants, risk_of_breach

_KEPT: Final = 0.85
"""Chance a turn that the bot gives an agreement to go on."""


def believed_world(ruleset: Ruleset, role: int) -> Floats:
    """Return the world that a role's bot believes in, [K]: its reading, or the prior."""
    believes = ruleset.roles[role].believes
    return ruleset.prior if believes is None else pure(ruleset, believes)


@dataclass(frozen=True, slots=True)
class _Source:
    """A cause whose worth the bot asks for.

    Attributes:
        cause: The cause.
        ends: What its end would cause, if it is one that goes on turn after turn from the next one.
        risk: Chance in each turn that an event ends it, [turns + 1].
    """

    cause: int
    ends: int | None = None
    risk: Floats | None = None


class _Worth:
    """What some causes would add to a role's score by the end, under one belief."""

    def __init__(self, ruleset: Ruleset, world: Floats, wants: Wants, sources: Sequence[_Source]) -> None:
        bound = bind(ruleset, world)
        self.wants = wants
        self.rows = {source.cause: row for row, source in enumerate(sources)}
        self.fixed = np.zeros((ruleset.turns + 1, len(sources), len(wants.objectives)))
        self.varying: list[tuple[int, Floats]] = []
        formulas: list[Expr] = []
        for row, source in enumerate(sources):
            plan = bound.plans.get(source.cause)
            if plan is None:
                continue
            for _, target, _, points in plan.fixed:
                self.fixed[:, row] += points * self._left(target, range(1))
            for _, rule, coefficient in plan.varying:
                left = coefficient * self._left(rule.target, range(rule.after, rule.after + rule.lasts))
                self.varying.append((row, left if source.ends is None else _ahead(left)))
                formulas.append(rule.by)
        for row, source in enumerate(sources):
            if source.ends is not None and source.risk is not None:
                lost = self.fixed[:, self.rows[source.ends]] * source.risk[:, None]
                self.fixed[:, row] = _ahead(self.fixed[:, row] + lost)
        self.program = compile_formulas(formulas)
        read = (leaf for formula in formulas for leaf in leaves(formula))
        self.reads = {leaf.index for leaf in read if leaf.kind == "indicator"}

    def _left(self, target: int, delays: range) -> Floats:
        """Return what a point earned in each turn is worth at the end, [turns + 1, objectives]."""
        gains = self.wants.gains[:, target]
        last = len(gains) - 2
        left = np.zeros((last + 1, gains.shape[1]))
        for turn in range(1, last + 1):
            for delay in delays:
                if turn + delay <= last:
                    left[turn] += gains[turn + delay + 1]
        return left

    def __call__(self, known: State) -> Floats:
        """Return what each cause is worth in the coming turn, [causes, B], as the state is known."""
        counts = self.wants.counts(known)
        worth = self._of_fixed(known.turn, counts)
        portions = np.where(counts, 1.0, BEYOND)
        sizes = self.program.run(known.read)
        for (row, weights), size in zip(self.varying, sizes, strict=True):
            for portion, weight in zip(portions, weights[known.turn], strict=True):
                if weight:
                    worth[row] += size * weight * portion
        return worth

    def _of_fixed(self, turn: int, counts: Bools) -> Floats:
        """Return what effects of constant size are worth, [causes, B].

        Games in which the same objectives still count have the same, and there are few kinds of them.
        """
        marks = np.array([1 << at for at in range(len(counts))])
        _, examples, kinds = np.unique(marks @ counts, return_index=True, return_inverse=True)
        worth = np.zeros((len(self.rows), len(examples)))
        for portion, weights in zip(
            np.where(counts[:, examples], 1.0, BEYOND), self.fixed[turn].T, strict=True
        ):
            worth += weights[:, None] * portion
        return worth.take(kinds, axis=1)


def _ahead(each: Floats) -> Floats:
    """Return what something that goes on from the next turn is worth in each turn, [turns + 1, objectives].

    Args:
        each: What one turn of it is worth, by turn.
    """
    ahead = np.zeros_like(each)
    for turn in range(len(each) - 2, 0, -1):
        ahead[turn] = _KEPT * (each[turn + 1] + ahead[turn + 1])
    return ahead


def _mean_size(values: Floats) -> Floats:
    """Return the mean of the rows' sizes, [B], summed row by row so that the bits are the same at every B."""
    total = np.zeros(values.shape[1])
    for row in values:
        total += np.abs(row)
    return total / len(values)


class QuickBot:
    """Plays one role in any number of games."""

    def __init__(
        self,
        ruleset: Ruleset,
        role: int,
        world: Floats | None = None,
        *,
        policies: Sequence[int] | None = None,
    ) -> None:
        """Prepare a bot.

        Args:
            ruleset: The compiled scenario.
            role: The role that it plays.
            world: What it believes, [K]; None takes the role's own belief.
            policies: The only policies that it uses; None lets it use all of the role's.
        """
        self.ruleset, self.role = ruleset, role
        belief = believed_world(ruleset, role) if world is None else world
        wants = Wants(ruleset, role, belief)
        mine = [at for at, move in enumerate(ruleset.moves) if move.role == role]
        own = [at for at in mine if ruleset.moves[at].kind == "policy"]
        self.policies = own if policies is None else list(policies)
        self.signatures = [at for at in mine if ruleset.moves[at].kind == "sign"]
        self.decisions = [
            (at, list(event.options)) for at, event in enumerate(ruleset.events) if event.decides == role
        ]
        self.agreements = [at for at, item in enumerate(ruleset.agreements) if role in item.parties]
        sources = [_Source(ruleset.cause_of_move(at)) for at in mine]
        sources += [_Source(ruleset.cause_of_breach(at)) for at in self.agreements]
        sources += [
            _Source(
                ruleset.cause_of_agreement(at),
                ends=ruleset.cause_of_breach(at),
                risk=risk_of_breach(ruleset, belief, at),
            )
            for at in self.agreements
        ]
        self.worth = _Worth(ruleset, belief, wants, sources)
        reads = sorted(self.worth.reads | wants.reads)
        self.heard = np.array([at for at in reads if not ruleset.indicators[at].hidden[role]], dtype=np.int64)
        self._error = errors_of(ruleset, role)[self.heard, None]
        self._low, self._high = (limit[self.heard] for limit in tables(ruleset).limits)
        name = ruleset.roles[role].id
        self.report_words = chance.streams(f"report:{name}:{ruleset.indicators[at].id}" for at in self.heard)
        self.choice_words = chance.streams(f"bot:{name}:{ruleset.moves[at].id}" for at in self.policies)
        self._costs = tables(ruleset).costs[self.policies]

    def __call__(self, state: State, hand: Hand) -> None:
        """Add the role's moves to the hand."""
        worth = self.weigh(self.known(state))
        if self.policies:
            slots = self.ruleset.roles[self.role].slots
            hand.pick(self.policies, self._values(state, worth), most=slots)
        for event, options in self.decisions:
            if state.open[event].any():
                hand.pick(options, self._answers(event, options, worth))
        for at in self.signatures:
            agreement = self.ruleset.moves[at].agreement
            if agreement is not None:
                hand.take(at, worth[self._row(self.ruleset.cause_of_agreement(agreement))] > 0.0)

    def weigh(self, known: State) -> Floats:
        """Return what each cause that the role has a hand in is worth to it, [causes, B], as the state is known."""
        return self.worth(known)

    def known(self, state: State) -> State:
        """Return the state as the role's latest reports have it; what it never hears stays at the start."""
        x = state.start.copy()
        if state.turn > 1 and len(self.heard):
            heard = state.normal(self.report_words, state.turn - 1)
            heard *= self._error
            heard += state.x[self.heard]
            x[self.heard] = np.minimum(np.maximum(heard, self._low), self._high)
        return replace(state, x=x)

    def _row(self, cause: int) -> int:
        return self.worth.rows[cause]

    def _values(self, state: State, worth: Floats) -> Floats:
        """Return what each policy is worth, less its price, with a little chance, [policies, B]."""
        ruleset, role = self.ruleset, self.ruleset.roles[self.role]
        values = worth[[self._row(ruleset.cause_of_move(at)) for at in self.policies]]
        for place, at in enumerate(self.policies):
            values[place] += self._breach(at, state, worth)
        values -= self._price(state, values)
        if role.temperature:
            draws = chance.uniform(state.roots, state.turn, self.choice_words)
            gumbel = state.on_lanes(-np.log(-np.log(draws * (1.0 - 1e-12) + 1e-13)))
            values += role.temperature * _mean_size(values) * gumbel
        return values

    def _price(self, state: State, values: Floats) -> Floats:
        """Return what each policy's cost is worth elsewhere, [policies, B].

        A point of capital could buy the best that there is for it, the more so the less is left; in the last
        turn, and where capital would run over, it buys nothing else.
        """
        role = self.ruleset.roles[self.role]
        if state.turn == self.ruleset.turns:
            return np.zeros_like(values)
        best = (values / np.maximum(self._costs, 1.0)).max(axis=0, initial=0.0)
        room = role.capital_most - state.capital[self.role] - role.capital_income
        scarce = np.clip(room / max(role.capital_most - role.capital_income, 1.0), 0.0, 1.0)
        price: Floats = self._costs * (best * scarce)
        return price

    def _breach(self, at: int, state: State, worth: Floats) -> Row:
        """Return what breaking the role's agreements by a move is worth, [B]; 0 where it breaks none."""
        total: Row = 0.0
        for agreement in self.agreements:
            if at in self.ruleset.agreements[agreement].broken_by_moves and state.in_force[agreement].any():
                broken = worth[self._row(self.ruleset.cause_of_breach(agreement))]
                kept = worth[self._row(self.ruleset.cause_of_agreement(agreement))]
                loss = state.in_force[agreement] * (broken - kept)
                total = total + loss * (1.0 - self.ruleset.moves[at].covert)
        return total

    def _answers(self, event: int, options: list[int], worth: Floats) -> Floats:
        """Return what each answer to a decision is worth beside its default, [options, B]."""
        values = worth[[self._row(self.ruleset.cause_of_move(at)) for at in options]]
        default = self.ruleset.events[event].default
        if default in options:
            values -= values[options.index(default)].copy()
        return values
