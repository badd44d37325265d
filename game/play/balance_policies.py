"""How good is each policy at its best? Plans of one or two policies, kept up, and turned over at the vote.

A plan is a pair of sets: policies tried in each turn up to the first contest (or the middle of the game), and
policies tried in each turn after it. Answers and signatures are left to a bot that knows the reading; the other
roles are played by bots of drawn belief, with the same luck for every plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np

from game.base.arrays import Bools, Floats
from game.engine import judge
from game.engine.bound import bind, pure, tables
from game.engine.chance import roots_from
from game.engine.ruleset import Ruleset
from game.play.balance_games import play
from game.play.batch import BLOCK
from game.play.casts import DrawnBelief, Planned
from game.play.plans import Chooser
from game.play.quick import QuickBot

Set: TypeAlias = tuple[int, ...]
Plan: TypeAlias = tuple[Set, Set]

MOST_KEPT_UP: Final = 2
"""Policies in a set at most: with more, there would be too many sets to try."""


@dataclass(frozen=True)
class Standing:
    """How a role's plans do.

    Attributes:
        policies: The role's policies.
        best: The best plan's mean score under each reading, [K].
        with_policy: The best mean score of a plan with each policy in it, [policies, K].
        plans: The sets kept up all game that were tried.
        scores: Their mean scores, [plans, K].
    """

    policies: list[int]
    best: Floats
    with_policy: Floats
    plans: list[Set]
    scores: Floats


class Trials:
    """Tries plans of one role."""

    def __init__(self, ruleset: Ruleset, role: int, seed: int, games: int) -> None:
        """Prepare trials.

        Args:
            ruleset: The compiled scenario.
            role: The role whose plans are tried.
            seed: Of the first game.
            games: How many each plan plays, the same luck for each.
        """
        self.ruleset, self.role, self.seed, self.games = ruleset, role, seed, games
        self.policies = [
            at for at, move in enumerate(ruleset.moves) if move.role == role and move.kind == "policy"
        ]
        self.until = min((item.turn for item in ruleset.contests), default=ruleset.turns // 2)
        self.others: list[Chooser] = [
            DrawnBelief(ruleset, other) for other in range(len(ruleset.roles)) if other != role
        ]

    def sets(self) -> list[Set]:
        """Return the sets of policies that a role can keep up in a turn."""
        most = min(self.ruleset.roles[self.role].slots, MOST_KEPT_UP)
        conflicts = tables(self.ruleset).conflicts
        return [
            chosen
            for size in range(1, most + 1)
            for chosen in combinations(self.policies, size)
            if not conflicts[np.ix_(chosen, chosen)].any()
        ]

    def scores(self, plans: Sequence[Plan], reading: int) -> Floats:
        """Return the mean score of each plan under a reading, [plans]."""
        at_once = max(1, BLOCK // self.games)
        parts = [
            self._scores(plans[first : first + at_once], reading) for first in range(0, len(plans), at_once)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _scores(self, plans: Sequence[Plan], reading: int) -> Floats:
        ruleset, games = self.ruleset, self.games
        world = pure(ruleset, reading)
        before, after = (_table(ruleset, [plan[part] for plan in plans], games) for part in range(2))
        bot = QuickBot(ruleset, self.role, world, policies=())
        planned = Planned(before, after, self.until, bot)
        roots = np.tile(roots_from(self.seed, games), len(plans))
        end = play(bind(ruleset, world), [planned, *self.others], roots).end
        means: Floats = judge.score(ruleset, end, self.role).reshape(len(plans), games).mean(axis=1)
        return means


def _table(ruleset: Ruleset, sets: Sequence[Set], games: int) -> Bools:
    """Return what each game tries, [P, sets x games]."""
    table = np.zeros((len(ruleset.moves), len(sets), games), bool)
    for place, chosen in enumerate(sets):
        table[list(chosen), place] = True
    return table.reshape(len(ruleset.moves), -1)


def standing(trials: Trials, advance: Callable[[], None]) -> Standing:
    """Try a role's plans under every reading.

    Args:
        trials: Of the role.
        advance: Called after each reading.
    """
    readings = range(len(trials.ruleset.readings))
    sets = trials.sets()
    scores = np.zeros((len(sets), len(readings)))
    best = np.zeros(len(readings))
    with_policy = np.zeros((len(trials.policies), len(readings)))
    for reading in readings:
        kept_up: list[Plan] = [(chosen, chosen) for chosen in sets]
        scores[:, reading] = trials.scores(kept_up, reading)
        favourite = sets[int(np.argmax(scores[:, reading]))]
        turned: list[Plan] = [(chosen, favourite) for chosen in sets] + [
            (favourite, chosen) for chosen in sets
        ]
        found = np.concatenate([scores[:, reading], trials.scores(turned, reading)])
        best[reading] = found.max(initial=0.0)
        for place, policy in enumerate(trials.policies):
            # A turned-over plan shows a policy only if the favourite does not already have it.
            having = [policy in first or policy in second for first, second in kept_up + turned]
            with_policy[place, reading] = found[np.array(having)].max(initial=0.0)
        advance()
    return Standing(trials.policies, best, with_policy, sets, scores)
