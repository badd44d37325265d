"""What would a role do at a glance? The bot that plays thousands of games at once.

It scores each move by what the move itself adds, at once and later, under the reading that the role believes,
and by what would be left of that at the end for its objectives; it minds its capital, adds a little chance and
takes the best that it can afford. It reads its own reports and knows nothing that its seat may not know.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.engine import chance
from game.engine.bound import bind, pure, tables
from game.engine.expression import Expr, Leaf, leaves
from game.engine.moves import Hand
from game.engine.program import Program, Row, compile_formulas
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


@dataclass(frozen=True, slots=True)
class Known:
    """A situation as a role knows it.

    Attributes:
        state: The situation.
        rows: What the role takes indicators for, [B] each, in a single game numbers.
    """

    state: State
    rows: Mapping[int, Row]

    def read(self, leaf: Leaf) -> Row:
        """Return what a formula's leaf stands for, as `State.read` does."""
        return self.rows[leaf.index] if leaf.kind == "indicator" else self.state.read(leaf)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The causes whose worth is asked for together.

    Attributes:
        fixed: What their effects of constant size are worth in each turn, [turns + 1, causes, objectives].
        by_marks: The same by the objectives that still count in full, [causes, 2^objectives], by turn.
        varying: Of each effect whose size varies, the place of its cause and its weights, [turns + 1, objectives].
        program: The sizes of these effects.
    """

    fixed: Floats
    by_marks: dict[int, Floats]
    varying: tuple[tuple[int, Floats], ...]
    program: Program


_MOST_MARKED: Final = 8
"""Objectives up to which the worth of constant effects is kept for every set of those that still count."""


class _Worth:
    """What some causes would add to a role's score by the end, under one belief."""

    def __init__(self, ruleset: Ruleset, world: Floats, wants: Wants, sources: Sequence[_Source]) -> None:
        bound = bind(ruleset, world)
        self.wants = wants
        self.rows = {source.cause: row for row, source in enumerate(sources)}
        self.fixed = np.zeros((ruleset.turns + 1, len(sources), len(wants.objectives)))
        self.varying: list[tuple[int, Floats, Expr]] = []
        self._asked: dict[tuple[int, ...], _Asked] = {}
        for row, source in enumerate(sources):
            plan = bound.plans.get(source.cause)
            if plan is None:
                continue
            for _, target, _, points in plan.fixed:
                self.fixed[:, row] += points * self._left(target, range(1))
            for _, rule, coefficient in plan.varying:
                left = coefficient * self._left(rule.target, range(rule.after, rule.after + rule.lasts))
                self.varying.append((row, left if source.ends is None else _ahead(left), rule.by))
        for row, source in enumerate(sources):
            if source.ends is not None and source.risk is not None:
                lost = self.fixed[:, self.rows[source.ends]] * source.risk[:, None]
                self.fixed[:, row] = _ahead(self.fixed[:, row] + lost)
        read = (leaf for _, _, formula in self.varying for leaf in leaves(formula))
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

    def __call__(self, known: Known, causes: tuple[int, ...]) -> Floats:
        """Return what each of some causes is worth in the coming turn, [causes, B], as the state is known."""
        asked, turn = self._of(causes), known.state.turn
        counts = self.wants.counts(known.read, known.state.lanes)
        worth = self._of_fixed(asked, turn, counts)
        portions = np.where(counts, 1.0, BEYOND)
        sizes = asked.program.run(known.read)
        for (row, weights), size in zip(asked.varying, sizes, strict=True):
            for portion, weight in zip(portions, weights[turn], strict=True):
                if weight:
                    worth[row] += size * weight * portion
        return worth

    def _of(self, causes: tuple[int, ...]) -> _Asked:
        if causes not in self._asked:
            rows = [self.rows[cause] for cause in causes]
            varying = [item for item in self.varying if item[0] in rows]
            self._asked[causes] = _Asked(
                self.fixed[:, rows],
                {},
                tuple((rows.index(row), weights) for row, weights, _ in varying),
                compile_formulas([formula for *_, formula in varying]),
            )
        return self._asked[causes]

    def _of_fixed(self, asked: _Asked, turn: int, counts: Bools) -> Floats:
        """Return what effects of constant size are worth, [causes, B], given which objectives count in full.

        Games in which the same objectives still count have the same, and there are few kinds of them.
        """
        objectives = len(counts)
        if objectives > _MOST_MARKED:
            return _weighed(asked.fixed[turn], counts)
        if turn not in asked.by_marks:
            every = np.arange(1 << objectives) >> np.arange(objectives)[:, None] & 1
            asked.by_marks[turn] = _weighed(asked.fixed[turn], every.astype(bool))
        marks = (1 << np.arange(objectives)).astype(np.uint8)[:, None]
        kinds: Ints = np.bitwise_or.reduce(counts * marks, axis=0)
        worth: Floats = asked.by_marks[turn].take(kinds, axis=1)
        return worth


def _weighed(weights: Floats, counts: Bools) -> Floats:
    """Return weights, [causes, objectives], summed over objectives as they count, [causes, B]."""
    worth = np.zeros((len(weights), counts.shape[1]))
    for portion, weight in zip(np.where(counts, 1.0, BEYOND), weights.T, strict=True):
        worth += weight[:, None] * portion
    return worth


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
        self._breaches = [
            (place, agreement)
            for place, at in enumerate(self.policies)
            for agreement in self.agreements
            if at in ruleset.agreements[agreement].broken_by_moves
        ]
        self._always = tuple(
            [ruleset.cause_of_move(at) for at in self.policies]
            + [ruleset.cause_of_breach(at) for at in self.agreements]
            + [ruleset.cause_of_agreement(at) for at in self.agreements]
        )
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
        self.reads = sorted(self.worth.reads | wants.reads)
        heard = [at for at in self.reads if not ruleset.indicators[at].hidden[role]]
        self.heard = np.array(heard, dtype=np.int64)
        self._error = errors_of(ruleset, role)[self.heard, None]
        self._low, self._high = (limit[self.heard] for limit in tables(ruleset).limits)
        name = ruleset.roles[role].id
        self.report_words = chance.streams(f"report:{name}:{ruleset.indicators[at].id}" for at in self.heard)
        self.choice_words = chance.streams(f"bot:{name}:{ruleset.moves[at].id}" for at in self.policies)
        self._costs = tables(ruleset).costs[self.policies]

    def __call__(self, state: State, hand: Hand) -> None:
        """Add the role's moves to the hand."""
        opened = [item for item in self.decisions if state.open[item[0]].any()]
        answers = [self.ruleset.cause_of_move(at) for _, options in opened for at in options]
        causes = (*self._always, *answers)
        worths = self.weigh(self.known(state), causes)
        worth = dict(zip(causes, worths, strict=True))
        if self.policies:
            slots = self.ruleset.roles[self.role].slots
            hand.pick(self.policies, self._values(state, worths[: len(self.policies)], worth), most=slots)
        for event, options in opened:
            hand.pick(options, self._answers(event, options, worth))
        for at in self.signatures:
            agreement = self.ruleset.moves[at].agreement
            if agreement is not None:
                hand.take(at, worth[self.ruleset.cause_of_agreement(agreement)] > 0.0)

    def weigh(self, known: Known, causes: tuple[int, ...]) -> Floats:
        """Return what each of some causes is worth to the role, [causes, B], as the state is known."""
        return self.worth(known, causes)

    def known(self, state: State) -> Known:
        """Return the state as the role's latest reports have it; what it never hears stays at the start."""
        x = dict(zip(self.reads, state.start[self.reads], strict=True))
        if state.turn > 1 and len(self.heard):
            heard = state.normal(self.report_words, state.turn - 1)
            heard *= self._error
            heard += state.x[self.heard]
            np.clip(heard, self._low, self._high, out=heard)
            x.update(zip(self.heard.tolist(), heard, strict=True))
        return Known(state, x if state.lanes > 1 else {at: float(row[0]) for at, row in x.items()})

    def _values(self, state: State, values: Floats, worth: Mapping[int, Floats]) -> Floats:
        """Return what each policy is worth, less its price, with a little chance, [policies, B].

        Args:
            state: The start of the turn.
            values: What the policies themselves are worth; changed in place.
            worth: What each cause asked for is worth.
        """
        ruleset, role = self.ruleset, self.ruleset.roles[self.role]
        losses: dict[int, Row] = defaultdict(float)
        for place, agreement in self._breaches:
            if state.in_force[agreement].any():
                broken = worth[ruleset.cause_of_breach(agreement)]
                kept = worth[ruleset.cause_of_agreement(agreement)]
                loss = state.in_force[agreement] * (broken - kept)
                losses[place] = losses[place] + loss * (1.0 - ruleset.moves[self.policies[place]].covert)
        for place, loss in losses.items():
            values[place] += loss
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

    def _answers(self, event: int, options: list[int], worth: Mapping[int, Floats]) -> Floats:
        """Return what each answer to a decision is worth beside its default, [options, B]."""
        values = np.stack([worth[self.ruleset.cause_of_move(at)] for at in options])
        default = self.ruleset.events[event].default
        if default in options:
            values -= values[options.index(default)].copy()
        return values
