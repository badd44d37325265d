"""How does a game go with a thinking bot on every seat?"""

from collections.abc import Iterator, Sequence

from game.base.arrays import Floats
from game.engine.moves import Hand
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.play.batch import Circumstances
from game.play.game import Game
from game.play.plans import FixedPlan
from game.play.search import decide


def orders_of_bots(game: Game, roles: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the order of each role's search bot for the turn that is due."""
    return {role: decide(game.ruleset, role, game.state, game.evidence(role)) for role in roles}


def demo(ruleset: Ruleset, seed: int, world: Floats) -> Game:
    """Play a whole game with a search bot on every seat."""
    game = Game(ruleset, seed, world)
    while not game.over:
        game.resolve(orders_of_bots(game, range(len(ruleset.roles))))
    return game


def play_thoughtful(
    ruleset: Ruleset, world: Floats, circumstances: Circumstances, seed: int, games: int
) -> Iterator[list[State]]:
    """Play games one by one with search bots on the seats that follow no plan; yields each one's states."""
    free = [role for role in range(len(ruleset.roles)) if role not in circumstances.plans]
    for number in range(games):
        game = Game(ruleset, seed + number, world, circumstances.first_values(ruleset, 1))
        while not game.over:
            orders = orders_of_bots(game, free)
            hand = Hand(ruleset, game.state)
            for role, plan in circumstances.plans.items():
                FixedPlan(plan)(game.state, hand)
                orders[role] = tuple(at for at in plan if hand.taken[at, 0])
            game.resolve(orders, circumstances.forced.get(game.turn, ()), circumstances.forbidden)
        yield game.states()
