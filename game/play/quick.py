"""What would a role do at a glance? The bot that plays thousands of games at once.

It scores each move by what the move itself adds, at once and later, under the reading that the role believes,
and by what would be left of that at the end for its objectives; it minds its capital, adds a little chance and
takes the best that it can afford. It reads its own reports and knows nothing that its seat may not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from game.base.arrays import Floats
from game.engine import chance
from game.engine.bound import bind, pure, tables
from game.engine.expression import Expr, leaves
from game.engine.moves import Hand
from game.engine.program import compile_formulas
from game.engine.reports import errors_of
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.play.wants import Wants, risk_of_breach

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

    def __call__(self, known: State) -> dict[int, Floats]:
        """Return what each cause is worth in the coming turn, [B] each, as the state is known."""
        counts = self.wants.counts(known)
        worth = np.zeros((len(self.rows), known.lanes))
        for portion, weights in zip(counts, self.fixed[known.turn].T, strict=True):
            worth += weights[:, None] * portion
        sizes = self.program.run(known.read)
        for (row, weights), size in zip(self.varying, sizes, strict=True):
            for portion, weight in zip(counts, weights[known.turn], strict=True):
                if weight:
                    worth[row] += size * weight * portion
        return {cause: worth[row] for cause, row in self.rows.items()}


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
        name = ruleset.roles[role].id
        self.report_words = chance.streams(f"report:{name}:{ruleset.indicators[at].id}" for at in self.heard)
        self.choice_words = chance.streams(f"bot:{name}:{ruleset.moves[at].id}" for at in self.policies)

    def __call__(self, state: State, hand: Hand) -> None:
        """Add the role's moves to the hand."""
        worth = self.weigh(self.known(state))
        self._add_policies(state, hand, worth)
        for event, options in self.decisions:
            if state.open[event].any():
                self._answer(event, options, hand, worth)
        for at in self.signatures:
            agreement = self.ruleset.moves[at].agreement
            if agreement is not None:
                hand.take(at, worth[self.ruleset.cause_of_agreement(agreement)] > 0.0)

    def weigh(self, known: State) -> dict[int, Floats]:
        """Return what each cause that the role has a hand in is worth to it, [B], as the state is known."""
        return self.worth(known)

    def known(self, state: State) -> State:
        """Return the state as the role's latest reports have it; what it never hears stays at the start."""
        x = state.start.copy()
        if state.turn > 1 and len(self.heard):
            luck = chance.normal(state.roots, state.turn - 1, self.report_words)
            error = errors_of(self.ruleset, self.role)[self.heard, None]
            low, high = (limit[self.heard] for limit in tables(self.ruleset).limits)
            x[self.heard] = np.clip(state.x[self.heard] + error * luck, low, high)
        return replace(state, x=x)

    def _add_policies(self, state: State, hand: Hand, worth: dict[int, Floats]) -> None:
        if not self.policies:
            return
        ruleset, role = self.ruleset, self.ruleset.roles[self.role]
        values = np.stack([worth[ruleset.cause_of_move(at)] for at in self.policies])
        for place, at in enumerate(self.policies):
            values[place] += self._breach(at, state, worth)
        values -= self._price(state, values)
        if role.temperature:
            draws = chance.uniform(state.roots, state.turn, self.choice_words)
            gumbel = -np.log(-np.log(draws * (1.0 - 1e-12) + 1e-13))
            values += role.temperature * _mean_size(values) * gumbel
        for _ in range(role.slots):
            hand.pick(self.policies, values)

    def _price(self, state: State, values: Floats) -> Floats:
        """Return what each policy's cost is worth elsewhere, [policies, B].

        A point of capital could buy the best that there is for it, the more so the less is left; in the last
        turn, and where capital would run over, it buys nothing else.
        """
        role = self.ruleset.roles[self.role]
        if state.turn == self.ruleset.turns:
            return np.zeros_like(values)
        costs = np.array([[self.ruleset.moves[at].cost] for at in self.policies])
        best = np.zeros(values.shape[1])
        for row, cost in zip(values, costs[:, 0], strict=True):
            np.maximum(best, row / max(cost, 1.0), out=best)
        room = role.capital_most - state.capital[self.role] - role.capital_income
        scarce = np.clip(room / max(role.capital_most - role.capital_income, 1.0), 0.0, 1.0)
        price: Floats = costs * (best * scarce)
        return price

    def _breach(self, at: int, state: State, worth: dict[int, Floats]) -> Floats:
        """Return what breaking the role's agreements by a move is worth, [B]; 0 where it breaks none."""
        total = np.zeros(state.lanes)
        for agreement in self.agreements:
            if at in self.ruleset.agreements[agreement].broken_by_moves and state.in_force[agreement].any():
                loss = (
                    worth[self.ruleset.cause_of_breach(agreement)]
                    - worth[self.ruleset.cause_of_agreement(agreement)]
                )
                total += state.in_force[agreement] * loss * (1.0 - self.ruleset.moves[at].covert)
        return total

    def _answer(self, event: int, options: list[int], hand: Hand, worth: dict[int, Floats]) -> None:
        values = np.stack([worth[self.ruleset.cause_of_move(at)] for at in options])
        default = self.ruleset.events[event].default
        if default in options:
            values -= values[options.index(default)].copy()
        hand.pick(options, values)
