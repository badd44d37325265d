"""What is the situation between two turns, in B games at once?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from game.base.arrays import Bools, Counts, Floats, Ints, Words
from game.engine.chance import normal, uniform
from game.engine.expression import Leaf
from game.engine.program import Row
from game.engine.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class State:
    """The situation before turn `turn` is resolved; after the last turn, `turn` is one past it.

    Attributes:
        turn: Turn about to be resolved, from 1.
        roots: Where each game's luck begins, [B], or, where equal parts of the lanes share theirs, that of one
            part.
        x: Indicator values in index points, [V, B].
        start: The values when the game began, [V, B].
        pending: Effects that arrive in 1, 2, ... turns, [H, V, B].
        capital: Political capital to spend, [roles, B].
        cooldown: Full turns until a move can be made again, [P, B].
        played: Whether a move was ever made, [P, B].
        signed: Turns that a role's signature still lives, the coming one included, [A, roles, B].
        in_force: Agreements that act in the coming turn, [A, B].
        concluded: Agreements that ever came into force, [A, B].
        open: Turns left to answer an event's decision, 0 none, [E, B].
        fired: How often an event has fired, [E, B].
        seats: Seats won, 0 before the contest, [blocs, B].
    """

    turn: int
    roots: Words
    x: Floats
    start: Floats
    pending: Floats
    capital: Floats
    cooldown: Counts
    played: Bools
    signed: Counts
    in_force: Bools
    concluded: Bools
    open: Counts
    fired: Counts
    seats: Counts

    @property
    def lanes(self) -> int:
        """How many games stand side by side, B."""
        return int(self.x.shape[1])

    def uniform(self, which: Words, turn: int | None = None) -> Floats:
        """Return luck in [0, 1) for each stream and lane, [S, B], of the turn about to be resolved or another."""
        luck: Floats = self.on_lanes(uniform(self.roots, self.turn if turn is None else turn, which))
        return luck

    def normal(self, which: Words, turn: int | None = None) -> Floats:
        """Return standard normal luck for each stream and lane, [S, B], of the turn about to be resolved or another."""
        luck: Floats = self.on_lanes(normal(self.roots, self.turn if turn is None else turn, which))
        return luck

    def on_lanes(self, luck: Any) -> Any:
        """Return what was made of `roots`, [..., roots], for each lane, [..., B]."""
        parts = self.lanes // len(self.roots)
        return luck if parts == 1 else np.concatenate([luck] * parts, axis=-1)

    def read(self, leaf: Leaf) -> Row:
        """Return what a formula's leaf stands for: a row [B] of float64, or one number, in a single game always."""
        row = self._row(leaf)
        return row if isinstance(row, float) or self.lanes > 1 else float(row[0])

    def _row(self, leaf: Leaf) -> Row:
        match leaf.kind:
            case "indicator":
                return self.x[leaf.index]
            case "start":
                return self.start[leaf.index]
            case "turn":
                return float(self.turn)
            case "seats":
                return self.seats[leaf.index].astype(np.float64)
            case "happened":
                return (self.fired[leaf.index] > 0).astype(np.float64)
            case "in_force":
                return self.in_force[leaf.index].astype(np.float64)
            case "played":
                return self.played[leaf.index].astype(np.float64)
            case _:
                raise ValueError(f"a formula of the turn cannot read {leaf.kind}")

    def take(self, lanes: Ints | slice) -> "State":
        """Return the games at the given positions, in that order; a position may be repeated."""
        whole = replace(self, roots=self.on_lanes(self.roots))
        arrays: dict[str, Any] = {
            name: np.ascontiguousarray(getattr(whole, name)[..., lanes])
            for name in self.__slots__
            if name != "turn"
        }
        return replace(self, **arrays)


def side_by_side(states: Sequence[State]) -> State:
    """Return several batches of the same turn as one, the games in order; luck that they share is kept once."""
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(state, name) for state in states], axis=-1)
        for name in State.__slots__
        if name != "turn"
    }
    if all(state.roots is states[0].roots for state in states):
        arrays["roots"] = states[0].roots
    return replace(states[0], **arrays)


def horizon(ruleset: Ruleset) -> int:
    """Return how many turns ahead the ruleset's effects can reach, H."""
    return max((rule.after + rule.lasts - 1 for rule in ruleset.rules), default=0)


def begin(ruleset: Ruleset, roots: Words, x: Floats | None = None) -> State:
    """Return the situation before the first turn.

    Args:
        ruleset: The compiled scenario.
        roots: Where each game's luck begins, [B].
        x: Indicator values to begin with, [V, B]; None takes the scenario's.
    """
    lanes = len(roots)
    if x is None:
        x = np.repeat(np.array([[item.start] for item in ruleset.indicators]), lanes, axis=1)
    starts = np.array([item.starts for item in ruleset.agreements], bool)[:, None]
    in_force = np.repeat(starts, lanes, axis=1)
    moves, events = len(ruleset.moves), len(ruleset.events)
    return State(
        turn=1,
        roots=roots,
        x=x,
        start=x,
        pending=np.zeros((horizon(ruleset), len(ruleset.indicators), lanes)),
        capital=np.repeat(np.array([[item.capital_start] for item in ruleset.roles]), lanes, axis=1),
        cooldown=np.zeros((moves, lanes), np.int16),
        played=np.zeros((moves, lanes), bool),
        signed=np.zeros((len(ruleset.agreements), len(ruleset.roles), lanes), np.int16),
        in_force=in_force,
        concluded=in_force,
        open=np.zeros((events, lanes), np.int16),
        fired=np.zeros((events, lanes), np.int16),
        seats=np.zeros((len(ruleset.blocs), lanes), np.int16),
    )
