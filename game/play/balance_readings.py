"""What is it worth to know the reading, and how soon do seats find it out?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.base.arrays import Floats
from game.engine import judge
from game.engine.bound import bind, pure
from game.engine.ruleset import Ruleset
from game.play.balance_games import play, roots_in_blocks
from game.play.balance_policies import Standing, Trials
from game.play.casts import DrawnBelief
from game.play.game import Game
from game.play.plans import Chooser, moves_chosen
from game.play.quick import QuickBot


@dataclass(frozen=True)
class Worth:
    """A role's mean score by what it acts on, under each reading, [K] each.

    Attributes:
        knowing: It acts on the true reading.
        prior: It acts on the scenario's prior.
        wrong: It acts on a reading that is not true, the mean over these.
    """

    knowing: Floats
    prior: Floats
    wrong: Floats


def worth_to_bots(ruleset: Ruleset, role: int, seed: int, games: int, advance: Callable[[], None]) -> Worth:
    """Return what knowing the reading is worth to a quick bot among bots of drawn belief."""
    count = len(ruleset.readings)
    others: list[Chooser] = [DrawnBelief(ruleset, at) for at in range(len(ruleset.roles)) if at != role]
    beliefs = [*(pure(ruleset, reading) for reading in range(count)), ruleset.prior]
    bots = [QuickBot(ruleset, role, belief) for belief in beliefs]
    scores = np.zeros((len(beliefs), count))
    for reading in range(count):
        bound = bind(ruleset, pure(ruleset, reading))
        for place, bot in enumerate(bots):
            for roots in roots_in_blocks(seed, games):
                end = play(bound, [bot, *others], roots).end
                scores[place, reading] += judge.score(ruleset, end, role).sum() / games
        advance()
    return _worth(scores[:count], scores[count])


def worth_of_plans(trials: Trials, tried: Standing) -> Worth:
    """Return what knowing the reading is worth to a role that keeps to the plan that does best under it.

    Args:
        trials: Of the role, with other luck than the plans were tried with.
        tried: How they did.
    """
    ruleset = trials.ruleset
    by_reading = [tried.plans[int(np.argmax(column))] for column in tried.scores.T]
    by_prior = tried.plans[int(np.argmax(tried.scores @ ruleset.prior))]
    plans = [(chosen, chosen) for chosen in [*by_reading, by_prior]]
    found = np.stack([trials.scores(plans, reading) for reading in range(len(ruleset.readings))], axis=1)
    return _worth(found[:-1], found[-1])


def _worth(by_belief: Floats, prior: Floats) -> Worth:
    """Sum up mean scores by belief and true reading, [K, K], and those of the prior, [K]."""
    count = len(by_belief)
    knowing = np.diag(by_belief).copy()
    wrong = (by_belief.sum(axis=0) - knowing) / max(count - 1, 1)
    return Worth(knowing, prior, wrong)


def evidence_curves(ruleset: Ruleset, seed: int, games: int, advance: Callable[[], None]) -> Floats:
    """Return the mean that each seat puts on the true reading before the first turn and after each, [roles, T + 1].

    Every role is a bot of drawn belief; the readings take turns at being true, by as many games each.

    Args:
        ruleset: The compiled scenario.
        seed: Of the first game.
        games: How many, under each reading.
        advance: Called after each game.
    """
    roles = range(len(ruleset.roles))
    choosers = [DrawnBelief(ruleset, role) for role in roles]
    owned = [np.array([move.role == role for move in ruleset.moves]) for role in roles]
    curves = np.zeros((len(roles), ruleset.turns + 1))
    for reading in range(len(ruleset.readings)):
        for number in range(games):
            game = Game(ruleset, seed + number, pure(ruleset, reading))
            while not game.over:
                taken = moves_chosen(ruleset, game.state, choosers)[:, 0]
                game.resolve({role: np.flatnonzero(taken & owned[role]).tolist() for role in roles})
            for role in roles:
                for turn in range(ruleset.turns + 1):
                    curves[role, turn] += game.evidence(role, turn).weights[reading] * ruleset.prior[reading]
            advance()
    return curves / games
