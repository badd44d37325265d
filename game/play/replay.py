"""What if? A game's own orders under another reading, with another order, without one, or with other luck.

Everything here is exact: the same engine, the same seed, and the orders that were handed in. Where an order would
not have been allowed, because the game had gone another way by then, it is left out and named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.base.digest import word_of
from game.engine import judge
from game.engine.bound import bind, pure
from game.engine.chance import roots_from, roots_of
from game.engine.ledger import Term
from game.engine.moves import legal_part, possible
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin
from game.engine.turn import resolve
from game.play.demo import orders_of_bots
from game.play.game import Game

SEEDS: Final = 500
"""Other lucks that a game's orders are tried with."""

NOTICED: Final = 5.0
"""Index points by which two courses must differ before they count as parted."""


@dataclass(frozen=True)
class Replay:
    """A game played again in some other way.

    Attributes:
        game: The new course, over.
        left_out: Moves of the old orders that were not allowed here, by turn and position.
    """

    game: Game
    left_out: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Parting:
    """Where two courses of the same orders part.

    Attributes:
        turn: The first turn after which they are apart.
        indicator: Position of the indicator that is furthest apart then.
        apart: By how many points, the other less the first.
        terms: What each ledger has for that indicator in that turn: first course, other course.
    """

    turn: int
    indicator: int
    apart: float
    terms: tuple[tuple[Term, ...], tuple[Term, ...]]


@dataclass(frozen=True)
class Luck:
    """The same orders in the same world, with other luck.

    Attributes:
        scores: Each role's score, [roles, seeds].
        below: Share of seeds in which a role scored less than in this game, half of the equal ones, [roles].
        outcomes: Share of seeds that ended so, [outcomes].
    """

    scores: Floats
    below: Floats
    outcomes: Floats


@dataclass(frozen=True)
class Without:
    """What one move of a game came to: the game without it, all else as it was.

    Attributes:
        turn: When it was made.
        move: Its position.
        scores: What each role's score owes to it: as it was less without it, [roles].
        values: What each indicator's last value owes to it, in index points, [V].
        outcome: The ending without it, by position.
    """

    turn: int
    move: int
    scores: Floats
    values: Floats
    outcome: int

    @property
    def size(self) -> float:
        """How much it mattered: to all roles' scores together."""
        return float(np.abs(self.scores).sum())


def again(
    game: Game,
    world: Floats,
    changed: Mapping[tuple[int, int], Sequence[int]] | None = None,
    bots_from: int | None = None,
) -> Replay:
    """Play a game's orders again, on the same luck.

    Args:
        game: The game, over or not; its resolved turns are played.
        world: How much of each reading is true, [K].
        changed: Other orders, by turn and role.
        bots_from: From this turn on, roles that have no changed order are played by their bots; None keeps all
            orders. A role whose order was changed keeps its later ones.
    """
    ruleset = game.ruleset
    other = Game(ruleset, game.seed, world)
    own = {role for _turn, role in changed or {}}
    left_out: list[tuple[int, int]] = []
    for turn, (ordered, step) in enumerate(zip(game.orders, game.steps, strict=True), start=1):
        wanted = {
            role: [at for at in ordered if ruleset.moves[at].role == role]
            for role in range(len(ruleset.roles))
        }
        if bots_from is not None and turn >= bots_from:
            others = [role for role in wanted if role not in own]
            wanted.update({role: list(moves) for role, moves in orders_of_bots(other, others).items()})
        for (when, role), moves in (changed or {}).items():
            if when == turn:
                wanted[role] = list(moves)
        every = [at for moves in wanted.values() for at in moves]
        allowed = legal_part(ruleset, other.state, _column(ruleset, every))
        left_out += [(turn, at) for at in every if not allowed[at, 0]]
        other.resolve(
            {role: [at for at in moves if allowed[at, 0]] for role, moves in wanted.items()}, step.forced
        )
    other.ended = game.ended
    return Replay(other, tuple(left_out))


def under(game: Game, reading: int) -> Replay:
    """Play a game's orders again in the world where one reading is all of the truth."""
    return again(game, pure(game.ruleset, reading))


def parting(first: Game, other: Game) -> Parting | None:
    """Return where two courses first lie noticeably apart; None if they never do."""
    for turn, (one, two) in enumerate(zip(first.steps, other.steps, strict=False), start=1):
        apart = (two.after.x - one.after.x)[:, 0]
        at = int(np.argmax(np.abs(apart)))
        if abs(apart[at]) >= NOTICED:
            return Parting(turn, at, float(apart[at]), (_terms(first, turn, at), _terms(other, turn, at)))
    return None


def _terms(game: Game, turn: int, indicator: int) -> tuple[Term, ...]:
    found = [term for term in game.ledger(turn) if term.target == indicator and term.points[0] != 0.0]
    return tuple(sorted(found, key=lambda term: -abs(float(term.points[0]))))


def luck(game: Game, seeds: int = SEEDS) -> Luck:
    """Play a game's orders with other luck, all at once.

    Args:
        game: A game that is over.
        seeds: How many other lucks.
    """
    ruleset = game.ruleset
    roots = roots_from(word_of(f"luck:{game.seed}"), seeds)
    end = _batch(
        game,
        begin(ruleset, roots),
        [np.repeat(_column(ruleset, order), seeds, axis=1) for order in game.orders],
    )
    roles = range(len(ruleset.roles))
    scores = np.stack([judge.score(ruleset, end, role) for role in roles])
    own = np.array([[judge.score(ruleset, game.state, role)[0]] for role in roles])
    below = (scores < own).mean(axis=1) + 0.5 * (scores == own).mean(axis=1)
    ends = np.bincount(judge.outcomes(ruleset, end), minlength=len(ruleset.outcomes))
    return Luck(scores, below, ends / seeds)


def without(game: Game) -> tuple[Without, ...]:
    """Return what each move of a game that is over came to, the most important first."""
    ruleset = game.ruleset
    made = [(turn, at) for turn, order in enumerate(game.orders, start=1) for at in order]
    if not made:
        return ()
    moves = [np.repeat(_column(ruleset, order), len(made), axis=1) for order in game.orders]
    for lane, (turn, at) in enumerate(made):
        moves[turn - 1][at, lane] = False
    roots = np.repeat(roots_of([game.seed]), len(made))
    end = _batch(game, begin(ruleset, roots), moves)
    roles = range(len(ruleset.roles))
    own = np.array([[judge.score(ruleset, game.state, role)[0]] for role in roles])
    scores = own - np.stack([judge.score(ruleset, end, role) for role in roles])
    values = game.state.x - end.x
    endings: Ints = judge.outcomes(ruleset, end)
    found = [
        Without(turn, at, scores[:, lane], values[:, lane], int(endings[lane]))
        for lane, (turn, at) in enumerate(made)
    ]
    return tuple(sorted(found, key=lambda item: (-item.size, item.turn, item.move)))


def turning_points(game: Game, count: int = 3) -> tuple[Without, ...]:
    """Return the moves that mattered most, of different turns."""
    chosen: list[Without] = []
    for item in without(game):
        if len(chosen) < count and item.turn not in {other.turn for other in chosen}:
            chosen.append(item)
    return tuple(chosen)


def offered(game: Game, turn: int, role: int) -> list[int]:
    """Return the moves that a role could have ordered in a turn, each on its own, and those that it did order."""
    can = possible(game.ruleset, game.states()[turn - 1])[:, 0]
    ordered = game.orders[turn - 1]
    return [
        at for at, move in enumerate(game.ruleset.moves) if move.role == role and (can[at] or at in ordered)
    ]


def _column(ruleset: Ruleset, order: Sequence[int]) -> Bools:
    column = np.zeros((len(ruleset.moves), 1), bool)
    column[list(order), 0] = True
    return column


def _batch(game: Game, state: State, moves: Sequence[Bools]) -> State:
    """Return where orders, [P, B] for each turn, lead in the game's world, as far as they are allowed."""
    bound = bind(game.ruleset, game.world)
    for wanted, step in zip(moves, game.steps, strict=True):
        state, _causes = resolve(bound, state, legal_part(game.ruleset, state, wanted), step.forced)
    return state
