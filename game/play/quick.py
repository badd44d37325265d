"""What would a role do at a glance? The bot that plays thousands of games at once.

It scores each move by what the move itself adds, at once and later, under the reading that the role believes,
on the role's own reports, weighted by its objectives; it adds a little chance and takes the best that it can
afford. It knows nothing that its seat may not know.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
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
from game.play.wants import Wants

FORESIGHT: Final = 4
"""Turns of an agreement's effects that the bot takes into account."""


def believed_world(ruleset: Ruleset, role: int) -> Floats:
    """Return the world that a role's bot believes in, [K]: its reading, or the prior."""
    believes = ruleset.roles[role].believes
    return ruleset.prior if believes is None else pure(ruleset, believes)


class _Effects:
    """What some causes would add to the score, per use, under one belief."""

    def __init__(self, ruleset: Ruleset, world: Floats, causes: Sequence[int], wanted: Iterable[int]) -> None:
        bound = bind(ruleset, world)
        keep = set(wanted)
        self.fixed: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.varying: list[tuple[int, int, float]] = []
        formulas: list[Expr] = []
        for cause in causes:
            plan = bound.plans.get(cause)
            if plan is None:
                continue
            self.fixed[cause] = [(target, points) for _, target, points in plan.fixed if target in keep]
            for _, rule, coefficient in plan.varying:
                if rule.target in keep:
                    self.varying.append((cause, rule.target, coefficient * rule.lasts))
                    formulas.append(rule.by)
        self.program = compile_formulas(formulas)
        self.reads = {
            leaf.index for formula in formulas for leaf in leaves(formula) if leaf.kind == "indicator"
        }

    def values(self, state: State, slopes: dict[int, Floats]) -> dict[int, Floats]:
        """Return what each cause is worth, [B] each."""
        result: dict[int, Floats] = {}
        for cause, effects in self.fixed.items():
            total = np.zeros(state.lanes)
            for target, points in effects:
                total += slopes[target] * points
            result[cause] = total
        sizes = self.program.run(state.read)
        for (cause, target, factor), size in zip(self.varying, sizes, strict=True):
            result[cause] = result.get(cause, 0.0) + slopes[target] * size * factor
        return result


class QuickBot:
    """Plays one role in any number of games."""

    def __init__(self, ruleset: Ruleset, role: int, world: Floats | None = None) -> None:
        """Prepare a bot.

        Args:
            ruleset: The compiled scenario.
            role: The role that it plays.
            world: What it believes, [K]; None takes the role's own belief.
        """
        self.ruleset, self.role = ruleset, role
        belief = believed_world(ruleset, role) if world is None else world
        self.wants = Wants(ruleset, role)
        mine = [at for at, move in enumerate(ruleset.moves) if move.role == role]
        self.policies = [at for at in mine if ruleset.moves[at].kind == "policy"]
        self.signatures = [at for at in mine if ruleset.moves[at].kind == "sign"]
        self.decisions = [
            (at, list(event.options)) for at, event in enumerate(ruleset.events) if event.decides == role
        ]
        self.pacts = [at for at, item in enumerate(ruleset.agreements) if role in item.parties]
        causes = [ruleset.cause_of_move(at) for at in mine]
        causes += [ruleset.cause_of_agreement(at) for at in self.pacts]
        causes += [ruleset.cause_of_breach(at) for at in self.pacts]
        self.effects = _Effects(ruleset, belief, causes, self.wants.indicators)
        reads = sorted(self.effects.reads | set(self.wants.indicators))
        self.heard = np.array([at for at in reads if not ruleset.indicators[at].hidden[role]], dtype=np.int64)
        name = ruleset.roles[role].id
        self.report_words = chance.streams(f"report:{name}:{ruleset.indicators[at].id}" for at in self.heard)
        self.choice_words = chance.streams(f"bot:{name}:{ruleset.moves[at].id}" for at in self.policies)

    def __call__(self, state: State, hand: Hand) -> None:
        """Add the role's moves to the hand."""
        known = self._known(state)
        worth = self.effects.values(known, self.wants.slopes(known))
        self._add_policies(state, hand, worth)
        for event, options in self.decisions:
            if state.open[event].any():
                self._answer(event, options, hand, worth, state.lanes)
        for at in self.signatures:
            self._sign(at, state, hand, worth)

    def _known(self, state: State) -> State:
        """Return the state as the role's latest reports have it; what it never hears stays at the start."""
        x = state.start.copy()
        if state.turn > 1 and len(self.heard):
            luck = chance.normal(state.roots, state.turn - 1, self.report_words)
            error = errors_of(self.ruleset, self.role)[self.heard, None]
            low, high = (limit[self.heard] for limit in tables(self.ruleset).limits)
            x[self.heard] = np.clip(state.x[self.heard] + error * luck, low, high)
        return replace(state, x=x)

    def _add_policies(self, state: State, hand: Hand, worth: dict[int, Floats]) -> None:
        values = np.zeros((len(self.policies), state.lanes))
        for place, at in enumerate(self.policies):
            values[place] = worth.get(self.ruleset.cause_of_move(at), 0.0)
            values[place] += self._breach(at, state, worth)
        temperature = self.ruleset.roles[self.role].temperature
        if temperature and self.policies:
            draws = chance.uniform(state.roots, state.turn, self.choice_words)
            gumbel = -np.log(-np.log(draws * (1.0 - 1e-12) + 1e-13))
            values += temperature * np.abs(values).mean(axis=0) * gumbel
        for _ in range(self.ruleset.roles[self.role].slots):
            hand.pick(self.policies, values)

    def _breach(self, at: int, state: State, worth: dict[int, Floats]) -> Floats:
        """Return what breaking the role's agreements by a move is worth, [B]; 0 where it breaks none."""
        total = np.zeros(state.lanes)
        for pact in self.pacts:
            if at in self.ruleset.agreements[pact].broken_by_moves and state.in_force[pact].any():
                loss = worth.get(self.ruleset.cause_of_breach(pact), 0.0)
                loss = loss - FORESIGHT * worth.get(self.ruleset.cause_of_agreement(pact), 0.0)
                total += state.in_force[pact] * loss * (1.0 - self.ruleset.moves[at].covert)
        return total

    def _answer(
        self, event: int, options: list[int], hand: Hand, worth: dict[int, Floats], lanes: int
    ) -> None:
        values = np.zeros((len(options), lanes))
        for place, at in enumerate(options):
            values[place] = worth.get(self.ruleset.cause_of_move(at), 0.0)
        default = self.ruleset.events[event].default
        if default in options:
            values -= values[options.index(default)]
        hand.pick(options, values)

    def _sign(self, at: int, state: State, hand: Hand, worth: dict[int, Floats]) -> None:
        agreement = self.ruleset.moves[at].agreement
        if agreement is not None:
            value = worth.get(self.ruleset.cause_of_agreement(agreement), np.zeros(state.lanes))
            hand.take(at, np.asarray(value) > 0.0)
