"""What would a role do after some thought? The bot that plays interactive games.

It takes every set of policies that it can afford, plays each out to the end in its own particles - keeping to
the set, others idle - under what it believes, and picks by its objectives with a temperature. Answers and
signatures are weighed one by one on top of that. It knows what its seat knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats, Words
from game.engine import chance, judge
from game.engine.bound import bind, pure
from game.engine.moves import Hand, first_obstacle, possible
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.engine.turn import resolve
from game.play.evidence import Evidence

FUTURES: Final = 12
"""Futures in which each candidate is tried, shared among the readings by belief."""

WORTH_SIGNING: Final = 0.002
"""Gain in score from which the bot offers or signs an agreement."""


@dataclass(frozen=True, slots=True)
class _Keep:
    """Goes on with the same policies, lane by lane, as far as they are legal."""

    moves: Bools

    def __call__(self, state: State, hand: Hand) -> None:
        del state
        for at in np.flatnonzero(self.moves.any(axis=1)):
            hand.take(int(at), self.moves[at])


def decide(ruleset: Ruleset, role: int, state: State, evidence: Evidence) -> tuple[int, ...]:
    """Return the order of a role's bot.

    Args:
        ruleset: The compiled scenario.
        role: The role that it plays.
        state: The start of the turn of a single game; the bot reads its own books and what is open, no more.
        evidence: What its seat knows.
    """
    thought = _Thought(ruleset, role, state, evidence)
    return thought.completed(thought.best_policies())


class _Thought:
    """One bot's thinking in one turn."""

    def __init__(self, ruleset: Ruleset, role: int, state: State, evidence: Evidence) -> None:
        self.ruleset, self.role, self.state = ruleset, role, state
        self.open = possible(ruleset, state)[:, 0]
        self.policies = np.array([move.kind == "policy" for move in ruleset.moves])
        self.signatures = [
            at
            for at, move in enumerate(ruleset.moves)
            if move.role == role and move.kind == "sign" and self.open[at]
        ]
        believes = ruleset.roles[role].believes
        weights = evidence.weights if believes is None else pure(ruleset, believes)
        self.futures = [
            (bind(ruleset, pure(ruleset, reading)), evidence.particles[reading], count)
            for reading, weight in enumerate(weights)
            if (count := round(FUTURES * float(weight))) > 0
        ]

    def luck(self, name: str) -> float:
        """Return a number in [0, 1) of the bot's own stream, from the game's luck."""
        role = self.ruleset.roles[self.role].id
        words: Words = chance.streams([f"bot:{role}:{name}"])
        return float(self.state.uniform(words)[0, 0])

    def legal(self, order: Sequence[int]) -> bool:
        """Return whether an order could be handed in."""
        return first_obstacle(self.ruleset, self.state, order) is None

    def worth(self, orders: Sequence[Sequence[int]]) -> Floats:
        """Return the expected score of each order, [len(orders)].

        Policies are kept up in later turns; where an order signs, the other parties are taken to sign too.
        """
        total, lanes_in_all = np.zeros(len(orders)), 0
        for bound, particles, count in self.futures:
            lanes = np.tile(np.arange(count) % particles.lanes, len(orders))
            state = particles.take(lanes)
            moves = np.zeros((len(self.ruleset.moves), len(lanes)), bool)
            for place, order in enumerate(orders):
                moves[list(order), place * count : (place + 1) * count] = True
            state, _ = resolve(bound, self._agreeing(state, moves), moves)
            kept = _Keep(moves & self.policies[:, None])
            while state.turn <= self.ruleset.turns:
                hand = Hand(self.ruleset, state)
                kept(state, hand)
                state, _ = resolve(bound, state, hand.taken)
            scores = judge.score(self.ruleset, state, self.role)
            total += scores.reshape(len(orders), count).sum(axis=1)
            lanes_in_all += count
        return total / lanes_in_all

    def _agreeing(self, state: State, moves: Bools) -> State:
        """Return the state with the other parties' signatures under whatever the moves sign."""
        signed = state.signed.copy()
        for at in self.signatures:
            agreement = self.ruleset.moves[at].agreement
            if agreement is not None:
                others = [party for party in self.ruleset.agreements[agreement].parties if party != self.role]
                signed[agreement, others] = np.where(moves[at], 1, signed[agreement, others])
        return replace(state, signed=signed)

    def best_policies(self) -> tuple[int, ...]:
        """Return the set of policies that does best, chance and temperature included."""
        role = self.ruleset.roles[self.role]
        usable = [
            at
            for at, move in enumerate(self.ruleset.moves)
            if move.role == self.role and move.kind == "policy" and self.open[at]
        ]
        sets = [
            order
            for size in range(role.slots + 1)
            for order in combinations(usable, size)
            if self.legal(order)
        ]
        values = self.worth(sets)
        names = ["+".join(sorted(self.ruleset.moves[at].id for at in order)) for order in sets]
        draws = np.array([self.luck(name) for name in names])
        gumbel = -np.log(-np.log(draws * (1.0 - 1e-12) + 1e-13))
        noisy = values + role.temperature * float(values.std()) * gumbel
        ranked = sorted(range(len(sets)), key=lambda place: (-noisy[place], names[place]))
        return sets[ranked[0]]

    def completed(self, order: tuple[int, ...]) -> tuple[int, ...]:
        """Return the order with the best answer to each open decision, and the signatures that pay."""
        decisions = [
            [at for at in event.options if self.open[at]]
            for event in self.ruleset.events
            if event.decides == self.role
        ]
        additions = [at for options in decisions for at in options] + self.signatures
        additions = [at for at in additions if self.legal((*order, at))]
        if not additions:
            return order
        values = self.worth([order, *((*order, at) for at in additions)])
        gains = dict(zip(additions, values[1:] - values[0], strict=True))
        for options in decisions:
            known = [at for at in options if at in gains]
            if known:
                best = max(known, key=lambda at: (gains[at], self.ruleset.moves[at].id))
                order = self._added(order, best)
        for at in sorted(self.signatures, key=lambda at: -gains.get(at, 0.0)):
            if gains.get(at, 0.0) > WORTH_SIGNING:
                order = self._added(order, at)
        return order

    def _added(self, order: tuple[int, ...], at: int) -> tuple[int, ...]:
        extended = (*order, at)
        return extended if self.legal(extended) else order
