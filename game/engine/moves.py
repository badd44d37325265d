"""Which moves can a role make? One mechanism for orders, plans, bots, caretakers and replays."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.engine.bound import tables
from game.engine.program import rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State

Obstacle: TypeAlias = Literal["closed", "cooling", "unavailable", "unaffordable", "excluded", "too_many"]
"""Why a move cannot be made: its decision is not open (or its agreement stands or is signed), it was used
too recently, its condition does not hold, capital does not suffice, another move of the order excludes it,
or the order has no slot left."""

ROUNDING: Final = 1e-9
"""Capital that may be missing without a move being unaffordable: sums of decimal costs are not exact."""


def obstacles(ruleset: Ruleset, state: State) -> dict[Obstacle, Bools]:
    """Return where each move on its own is held back, by reason in the order in which to name it, [P, B]."""
    compiled = tables(ruleset)
    closed = np.zeros((len(ruleset.moves), state.lanes), bool)
    unaffordable = np.zeros_like(closed)
    unaffordable[compiled.priced] = compiled.prices > (state.capital + ROUNDING)[compiled.payers]
    answers, events = compiled.answering
    closed[answers] = state.open[events] == 0
    signatures, agreements, signers = compiled.signing
    stands = state.in_force | (compiled.single & state.concluded)
    closed[signatures] = stands[agreements] | (state.signed[agreements, signers] > 0)
    unavailable = np.zeros_like(closed)
    if compiled.conditional:
        holds = rows_of(compiled.conditions.run(state.read), state.lanes)
        unavailable[list(compiled.conditional)] = holds == 0.0
    return {
        "closed": closed,
        "cooling": state.cooldown > 0,
        "unavailable": unavailable,
        "unaffordable": unaffordable,
    }


def held_back(ruleset: Ruleset, state: State) -> tuple[Obstacle | None, ...]:
    """Return what holds each move of a single game back on its own, the first reason; None if nothing does, [P]."""
    first: list[Obstacle | None] = [None] * len(ruleset.moves)
    for reason, held in reversed(obstacles(ruleset, state).items()):
        for at in np.flatnonzero(held[:, 0]).tolist():
            first[at] = reason
    return tuple(first)


def possible(ruleset: Ruleset, state: State) -> Bools:
    """Return which moves could stand in an order on their own, [P, B]."""
    held = np.zeros((len(ruleset.moves), state.lanes), bool)
    for reason in obstacles(ruleset, state).values():
        held |= reason
    return ~held


def canonical(ruleset: Ruleset) -> list[int]:
    """Return all moves in the order in which plans and replays try them: by id, then role."""
    moves = ruleset.moves
    return sorted(range(len(moves)), key=lambda at: (moves[at].id, ruleset.roles[moves[at].role].id))


class Hand:
    """Orders being put together in B games at once, never more than is legal.

    Attributes:
        taken: Moves taken so far, [P, B].
        capital: What each role has left, [roles, B].
        slots: Policies that each role may still add, [roles, B].
    """

    def __init__(self, ruleset: Ruleset, state: State) -> None:
        self.ruleset = ruleset
        self.possible = possible(ruleset, state)
        self.taken: Bools = np.zeros_like(self.possible)
        self.capital: Floats = state.capital.copy()
        slots = np.array([[role.slots] for role in ruleset.roles])
        self.slots: Ints = np.repeat(slots, state.lanes, axis=1)
        self._conflicts = tables(ruleset).conflicts

    def fits(self, at: int) -> Bools:
        """Return where a move can still be added, [B]."""
        move = self.ruleset.moves[at]
        fits: Bools = self.possible[at] & ~self.taken[at]
        fits &= self.capital[move.role] + ROUNDING >= move.cost
        if move.kind == "policy":
            fits &= self.slots[move.role] > 0
        rivals = self._conflicts[at]
        if rivals.any():
            fits &= ~self.taken[rivals].any(axis=0)
        return fits

    def take(self, at: int, where: Bools) -> Bools:
        """Add a move in the given lanes, [B], as far as it fits; return where it was added, [B]."""
        move = self.ruleset.moves[at]
        added: Bools = where & self.fits(at)
        self.taken[at] |= added
        self.capital[move.role] -= move.cost * added
        if move.kind == "policy":
            self.slots[move.role] -= added
        return added

    def pick(self, choices: Sequence[int], values: Floats, most: int = 1) -> None:
        """Add in each lane the choices of the highest values above 0 that fit, one after the other.

        Args:
            choices: Moves of one role and kind.
            values: Worth of each, [len(choices), B].
            most: How many to add at most.
        """
        compiled, places, move = tables(self.ruleset), list(choices), self.ruleset.moves[choices[0]]
        costs, capital, slots = compiled.costs[places], self.capital[move.role], self.slots[move.role]
        prices: dict[float, list[int]] = defaultdict(list)
        for place, at in enumerate(choices):
            if self.ruleset.moves[at].cost:
                prices[self.ruleset.moves[at].cost].append(place)
        taken = self.taken[places]
        offered = np.where(self.possible[places] & ~taken, values, 0.0)
        for _ in range(most):
            for place, at in enumerate(choices):
                for rival in compiled.rivals[at]:
                    np.putmask(offered[place], self.taken[rival], 0.0)
            if prices:
                np.putmask(offered, capital + ROUNDING < costs, 0.0)
            best = offered.max(axis=0)
            good = best > 0.0
            if move.kind == "policy":
                good &= slots > 0
                slots -= good
            added = (offered == best) & good
            if np.count_nonzero(added) > np.count_nonzero(good):
                added &= added.cumsum(axis=0) == 1
            taken |= added
            self.taken[places] = taken
            for cost, sold in prices.items():
                capital -= cost * added[sold].any(axis=0)
            np.putmask(offered, added, 0.0)


def legal_part(ruleset: Ruleset, state: State, moves: Bools) -> Bools:
    """Return the moves, [P, B], less those that are not legal here, tried in canonical order."""
    hand = Hand(ruleset, state)
    for at in canonical(ruleset):
        if moves[at].any():
            hand.take(at, moves[at])
    return hand.taken


def first_obstacle(
    ruleset: Ruleset, state: State, order: Sequence[int], alone: Sequence[Obstacle | None] | None = None
) -> tuple[int, Obstacle] | None:
    """Return the first move of a single game's order that cannot be made and why; None if all can.

    An order is judged as a whole, so the sequence of its moves never decides whether it is legal.

    Args:
        ruleset: The compiled scenario.
        state: The start of the turn, one lane.
        order: Moves of one role, each at most once.
        alone: What `held_back` says of this state, where it is known already.
    """
    alone = held_back(ruleset, state) if alone is None else alone
    ordered = sorted(order, key=lambda at: ruleset.moves[at].id)
    for at in ordered:
        reason = alone[at]
        if reason is not None:
            return at, reason
    rivals = tables(ruleset).rivals
    for at in ordered:
        if not rivals[at].isdisjoint(ordered):
            return at, "excluded"
    policies = [at for at in ordered if ruleset.moves[at].kind == "policy"]
    if policies and len(policies) > ruleset.roles[ruleset.moves[policies[0]].role].slots:
        return policies[-1], "too_many"
    cost = sum(ruleset.moves[at].cost for at in ordered)
    if ordered and cost > state.capital[ruleset.moves[ordered[0]].role, 0] + ROUNDING:
        return ordered[-1], "unaffordable"
    return None
