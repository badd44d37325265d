"""What comes of many games between the same players under one reading, and of the same orders under others?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.base.arrays import Bools, Floats, Ints, Words
from game.engine import judge
from game.engine.bound import Bound, bind, pure, tables
from game.engine.chance import roots_from
from game.engine.moves import legal_part
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin
from game.engine.turn import resolve
from game.play.batch import BLOCK
from game.play.plans import Chooser, moves_chosen


@dataclass(frozen=True, slots=True)
class Played:
    """Games side by side.

    Attributes:
        path: The start and the state after each turn.
        orders: The moves that players made in each turn, defaults of unanswered decisions not included, [P, B].
    """

    path: list[State]
    orders: list[Bools]

    @property
    def end(self) -> State:
        """The state after the last turn."""
        return self.path[-1]


def play(bound: Bound, choosers: Sequence[Chooser], roots: Words) -> Played:
    """Play games with the given luck."""
    state = begin(bound.ruleset, roots)
    path, orders = [state], []
    while state.turn <= bound.ruleset.turns:
        orders.append(moves_chosen(bound.ruleset, state, choosers))
        state, _ = resolve(bound, state, orders[-1])
        path.append(state)
    return Played(path, orders)


def replay(bound: Bound, orders: Sequence[Bools], roots: Words) -> State:
    """Return the end of games with the given luck and orders; a move that is not legal there is left out."""
    state = begin(bound.ruleset, roots)
    for moves in orders:
        state, _ = resolve(bound, state, legal_part(bound.ruleset, state, moves))
    return state


def roots_in_blocks(seed: int, games: int) -> list[Words]:
    """Return the luck of the games `seed`, `seed + 1`, ..., a block at a time."""
    return [roots_from(seed + first, min(BLOCK, games - first)) for first in range(0, games, BLOCK)]


@dataclass
class Tally:
    """Figures of the games that some players play under one reading.

    Attributes:
        games: How many.
        used: Games in which each move was made at least once, defaults included, [P].
        opened: Games in which each event happened, [E].
        agreed: Games in which each agreement came into force, or was from the start, [A].
        endings: Games with each outcome, [outcomes].
        reached: Games in which each role reached its objectives, [roles].
        scores: Sum of each role's scores, [roles].
        at_limit: Turns in which each indicator stood at an end of its scale, summed over games, [V].
        lowest: Lowest value of each indicator after any turn, [V].
        highest: Highest value, [V].
        changed: Games whose ending is another under each other reading, orders and luck being the same, [K].
        left_out: Per policy, the sum over the games that used it of what leaving it out takes from its role's
            score, [P].
        answered: Per answer, the sum over the games in which its decision was answered of the role's score if
            that is the answer each time, [P].
        decided: Games in which each event's decision was answered, defaults included, [E].
    """

    games: int
    used: Ints
    opened: Ints
    agreed: Ints
    endings: Ints
    reached: Ints
    scores: Floats
    at_limit: Ints
    lowest: Floats
    highest: Floats
    changed: Ints
    left_out: Floats
    answered: Floats
    decided: Ints


def tally(
    ruleset: Ruleset, reading: int, choosers: Sequence[Chooser], seed: int, games: int, *, vary: bool
) -> Tally:
    """Play games under one reading and count what comes of them.

    Args:
        ruleset: The compiled scenario.
        reading: The reading that the world follows.
        choosers: Who plays.
        seed: Of the first game.
        games: How many.
        vary: Whether to play them again without each policy and with each answer.
    """
    bound = bind(ruleset, pure(ruleset, reading))
    total = _nothing(ruleset)
    for roots in roots_in_blocks(seed, games):
        played = play(bound, choosers, roots)
        _add(ruleset, total, played)
        endings = judge.outcomes(ruleset, played.end)
        for other in range(len(ruleset.readings)):
            if other != reading:
                end = replay(bind(ruleset, pure(ruleset, other)), played.orders, roots)
                total.changed[other] += int((judge.outcomes(ruleset, end) != endings).sum())
        if vary:
            _leave_out(bound, total, played, roots)
            _answer_otherwise(bound, total, played, roots)
    return total


def _nothing(ruleset: Ruleset) -> Tally:
    def zeros(items: Sequence[object]) -> Ints:
        return np.zeros(len(items), np.int64)

    return Tally(
        games=0,
        used=zeros(ruleset.moves),
        opened=zeros(ruleset.events),
        agreed=zeros(ruleset.agreements),
        endings=zeros(ruleset.outcomes),
        reached=zeros(ruleset.roles),
        scores=np.zeros(len(ruleset.roles)),
        at_limit=zeros(ruleset.indicators),
        lowest=np.full(len(ruleset.indicators), np.inf),
        highest=np.full(len(ruleset.indicators), -np.inf),
        changed=zeros(ruleset.readings),
        left_out=np.zeros(len(ruleset.moves)),
        answered=np.zeros(len(ruleset.moves)),
        decided=zeros(ruleset.events),
    )


def _add(ruleset: Ruleset, total: Tally, played: Played) -> None:
    end = played.end
    total.games += end.lanes
    total.used += end.played.sum(axis=1)
    total.opened += (end.fired > 0).sum(axis=1)
    total.agreed += end.concluded.sum(axis=1)
    total.endings += np.bincount(judge.outcomes(ruleset, end), minlength=len(ruleset.outcomes))
    for role in range(len(ruleset.roles)):
        scores = judge.score(ruleset, end, role)
        total.scores[role] += scores.sum()
        total.reached[role] += int((scores >= ruleset.roles[role].reached_at).sum())
    low, high = tables(ruleset).limits
    for state in played.path[1:]:
        total.at_limit += ((state.x <= low) | (state.x >= high)).sum(axis=1)
        total.lowest = np.minimum(total.lowest, state.x.min(axis=1))
        total.highest = np.maximum(total.highest, state.x.max(axis=1))


def _leave_out(bound: Bound, total: Tally, played: Played, roots: Words) -> None:
    """Play the games that used each policy again without it, all else being the same."""
    ruleset = bound.ruleset
    for at, move in enumerate(ruleset.moves):
        lanes = np.flatnonzero(played.end.played[at])
        if move.kind != "policy" or not len(lanes):
            continue
        orders = [moves[:, lanes] for moves in played.orders]
        for moves in orders:
            moves[at] = False
        without = judge.score(ruleset, replay(bound, orders, roots[lanes]), move.role)
        total.left_out[at] += float((judge.score(ruleset, played.end, move.role)[lanes] - without).sum())


def _answer_otherwise(bound: Bound, total: Tally, played: Played, roots: Words) -> None:
    """Play the games in which each decision was answered again with each answer, all else being the same."""
    ruleset = bound.ruleset
    for at, event in enumerate(ruleset.events):
        options = list(event.options)
        lanes = np.flatnonzero(played.end.played[options].any(axis=0))
        if event.decides is None or not len(lanes):
            continue
        total.decided[at] += len(lanes)
        orders = [moves[:, lanes] for moves in played.orders]
        for option in options:
            for moves in orders:
                # Where the decision is not open, an answer is not legal and is left out.
                moves[options] = False
                moves[option] = True
            end = replay(bound, orders, roots[lanes])
            total.answered[option] += float(judge.score(ruleset, end, event.decides).sum())
