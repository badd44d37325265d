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
    order = thought.best_policies()
    for event in ruleset.events:
        if event.decides == role and event.options:
            order = thought.best_answer(order, [at for at in event.options if thought.open[at]])
    for at, move in enumerate(ruleset.moves):
        if move.role == role and move.kind == "sign" and thought.open[at]:
            order = thought.signed(order, at)
    return order


class _Thought:
    """One bot's thinking in one turn."""

    def __init__(self, ruleset: Ruleset, role: int, state: State, evidence: Evidence) -> None:
        self.ruleset, self.role, self.state = ruleset, role, state
        self.open = possible(ruleset, state)[:, 0]
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
        return float(chance.uniform(self.state.roots, self.state.turn, words)[0, 0])

    def legal(self, order: Sequence[int]) -> bool:
        """Return whether an order could be handed in."""
        return first_obstacle(self.ruleset, self.state, order) is None

    def worth(self, orders: Sequence[Sequence[int]], *, agreed: Sequence[int] = ()) -> Floats:
        """Return the expected score of each order, [len(orders)].

        Args:
            orders: Orders to try; their policies are kept up afterwards.
            agreed: Agreements for which the other parties are taken to sign as well.
        """
        total, lanes_in_all = np.zeros(len(orders)), 0
        for bound, particles, count in self.futures:
            lanes = np.tile(np.arange(count) % particles.lanes, len(orders))
            state = particles.take(lanes)
            if agreed:
                signed = state.signed.copy()
                signed[list(agreed)] = 1
                signed[list(agreed), self.role] = 0
                state = replace(state, signed=signed)
            moves = np.zeros((len(self.ruleset.moves), len(lanes)), bool)
            for place, order in enumerate(orders):
                moves[list(order), place * count : (place + 1) * count] = True
            keep = moves.copy()
            keep[[at for at, move in enumerate(self.ruleset.moves) if move.kind != "policy"]] = False
            state, _ = resolve(bound, state, moves)
            kept = _Keep(keep)
            while state.turn <= self.ruleset.turns:
                hand = Hand(self.ruleset, state)
                kept(state, hand)
                state, _ = resolve(bound, state, hand.taken)
            scores = judge.score(self.ruleset, state, self.role)
            total += scores.reshape(len(orders), count).sum(axis=1)
            lanes_in_all += count
        return total / lanes_in_all

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

    def best_answer(self, order: tuple[int, ...], options: Sequence[int]) -> tuple[int, ...]:
        """Return the order with the best of an open decision's options that it leaves capital for."""
        extended = [(*order, at) for at in options]
        legal = [candidate for candidate in extended if self.legal(candidate)]
        if not legal:
            return order
        values = self.worth(legal)
        names = [self.ruleset.moves[candidate[-1]].id for candidate in legal]
        ranked = sorted(range(len(legal)), key=lambda place: (-values[place], names[place]))
        return legal[ranked[0]]

    def signed(self, order: tuple[int, ...], at: int) -> tuple[int, ...]:
        """Return the order with a signature added, if the agreement would pay and the order allows it."""
        extended = (*order, at)
        agreement = self.ruleset.moves[at].agreement
        if agreement is None or not self.legal(extended):
            return order
        without, signed = self.worth([order, extended], agreed=[agreement])
        return extended if signed - without > WORTH_SIGNING else order
