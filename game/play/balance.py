"""Is a scenario worth playing? Which policies, roles and readings win, what is never seen, what falls short."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from game.base.arrays import Floats
from game.base.errors import UsageError
from game.engine.ruleset import Ruleset
from game.locale import _
from game.play.balance_games import Tally, tally
from game.play.balance_policies import Standing, Trials, standing
from game.play.balance_readings import Worth, evidence_curves, worth_of_plans, worth_to_bots
from game.play.balance_shortfalls import shortfalls
from game.play.casts import DrawnBelief, RandomPlayer
from game.play.coverage import GAMES as COVERAGE_GAMES
from game.play.coverage import Line, coverage
from game.play.plans import Chooser
from game.play.quick import QuickBot
from game.scenario.loading import Loaded

SEED: Final = 2021
GAMES: Final = 500
"""Games for each case where none are asked for."""

MOST_GAMES: Final = 100_000
MOST_TRIAL_GAMES: Final = 200
"""Games of each plan at most: there are hundreds of plans, and all share their luck."""

MOST_EVIDENCE_GAMES: Final = 20
"""Games under each reading at most in which every seat weighs its evidence: the filter takes its time."""

Shares: TypeAlias = dict[str, dict[str, float]]
"""A figure for each thing by its id, under each reading by its id."""

CASTS: Final = ("bots", "shipped", "random")
"""Who plays: quick bots whose beliefs are drawn, quick bots that believe what the scenario says, chance."""


@dataclass(frozen=True)
class Balance:
    """The figures of a scenario. Shares and scores run from 0 to 1; K ids of readings are the innermost keys.

    Attributes:
        scenario: Its id.
        games: Games for each case.
        readings: Ids of the readings.
        used: By cast and kind (policies, options, agreements): share of games in which each is used; of an
            option, share of the games in which its decision came up; agreements that the game begins with are
            left out.
        outcomes: By cast: share of games that end in each.
        objectives: By cast: share of games in which each role reaches its objectives.
        scores: By cast: each role's mean score.
        limits: By cast: share of turns in which each indicator stands at an end of its scale.
        reach: By cast: lowest and highest value of each indicator after any turn.
        swapped: By cast: share of games that end otherwise when their orders and luck meet another reading, the
            outer key being the reading that they were played under.
        left_out: What leaving a policy out of a game takes from its role's score, where bots used it.
        answers: By event with a decision: what each answer adds to the deciding role's score against the mean of
            its answers, where bots met it.
        behind: How far the best plan with each policy stays behind the best of all plans.
        knowing: By role: score of a bot that acts on the true reading, the prior, a wrong reading; the same of
            plans.
        evidence: By seat: mean probability of the true reading, before the first turn and after each.
        shortfalls: What misses its mark, in sentences.
        lines: Every line of the files that can do something, and in what share of seeded games it did.
    """

    scenario: str
    games: int
    readings: list[str]
    used: dict[str, dict[str, Shares]]
    outcomes: dict[str, Shares]
    objectives: dict[str, Shares]
    scores: dict[str, Shares]
    limits: dict[str, Shares]
    reach: dict[str, dict[str, dict[str, list[float]]]]
    swapped: dict[str, Shares]
    left_out: Shares
    answers: dict[str, Shares]
    behind: Shares
    knowing: dict[str, dict[str, Shares]]
    evidence: dict[str, list[float]]
    shortfalls: list[str]
    lines: list[Line]


def figures(
    loaded: Loaded, games: int = GAMES, progress: Callable[[float], None] | None = None
) -> dict[str, Any]:
    """Return the document that `balance --json` prints.

    Args:
        loaded: A scenario without errors.
        games: How many for each case, at most; the costlier figures take fewer.
        progress: Told the share of the work that is done, 0 to 1.

    Raises:
        UsageError: The number of games makes no sense.
    """
    return asdict(balance(loaded, games, progress))


def balance(loaded: Loaded, games: int = GAMES, progress: Callable[[float], None] | None = None) -> Balance:
    """Return a scenario's figures; see `figures`."""
    ruleset = loaded.compiled
    if not 1 <= games <= MOST_GAMES:
        message = _("the number of games must be from 1 to {most}, not {games}")
        raise UsageError(message.format(most=MOST_GAMES, games=games))
    work = _Work(ruleset, games, progress)
    tallies = work.tallies()
    standings = work.standings()
    knowing = work.knowing(standings)
    evidence = work.evidence()
    found: dict[str, Any] = {
        "scenario": loaded.id,
        "games": games,
        "readings": list(ruleset.readings),
        "used": {cast: _used(ruleset, tallies[cast]) for cast in CASTS},
        "outcomes": {cast: _each(ruleset, ruleset.outcomes, tallies[cast], "endings") for cast in CASTS},
        "objectives": {cast: _each(ruleset, ruleset.roles, tallies[cast], "reached") for cast in CASTS},
        "scores": {cast: _each(ruleset, ruleset.roles, tallies[cast], "scores") for cast in CASTS},
        "limits": {cast: _limits(ruleset, tallies[cast]) for cast in CASTS},
        "reach": {cast: _reach(ruleset, tallies[cast]) for cast in CASTS},
        "swapped": {cast: _swapped(ruleset, tallies[cast]) for cast in CASTS},
        "left_out": _left_out(ruleset, tallies["bots"]),
        "answers": _answers(ruleset, tallies["bots"]),
        "behind": _behind(ruleset, standings),
        "knowing": knowing,
        "evidence": evidence,
    }
    lines = list(coverage(loaded, min(games, COVERAGE_GAMES)))
    return Balance(**found, shortfalls=shortfalls(ruleset, found), lines=lines)


class _Work:
    """The work that the figures take, and how much of it is done."""

    def __init__(self, ruleset: Ruleset, games: int, progress: Callable[[float], None] | None) -> None:
        self.ruleset, self.games = ruleset, games
        self.trial_games = max(1, min(MOST_TRIAL_GAMES, games // 4))
        self.evidence_games = max(1, min(MOST_EVIDENCE_GAMES, games // 20))
        self.roles, self.readings = range(len(ruleset.roles)), range(len(ruleset.readings))
        self._progress, self._done = progress, 0
        parts = len(CASTS) + 2 * len(self.roles) + self.evidence_games
        self._steps = parts * len(self.readings)

    def advance(self) -> None:
        """Note that one more step is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done / self._steps)

    def tallies(self) -> dict[str, list[Tally]]:
        """Return what comes of many games, by cast, a tally for each reading."""
        ruleset = self.ruleset
        casts: dict[str, list[Chooser]] = {
            "bots": [DrawnBelief(ruleset, role) for role in self.roles],
            "shipped": [QuickBot(ruleset, role) for role in self.roles],
            "random": [RandomPlayer(ruleset, role) for role in self.roles],
        }
        result: dict[str, list[Tally]] = {}
        for cast in CASTS:
            result[cast] = []
            for reading in self.readings:
                found = tally(ruleset, reading, casts[cast], SEED, self.games, vary=cast == "bots")
                result[cast].append(found)
                self.advance()
        return result

    def standings(self) -> list[Standing]:
        """Return how each role's plans do."""
        return [
            standing(Trials(self.ruleset, role, SEED, self.trial_games), self.advance) for role in self.roles
        ]

    def knowing(self, standings: Sequence[Standing]) -> dict[str, dict[str, Shares]]:
        """Return what knowing the reading is worth to each role, to bots and to those who keep to a plan."""
        result = {}
        for role, tried in zip(self.roles, standings, strict=True):
            fresh = Trials(self.ruleset, role, SEED + self.games, self.trial_games)
            result[self.ruleset.roles[role].id] = {
                "bots": self._worth(worth_to_bots(self.ruleset, role, SEED, self.games, self.advance)),
                "plans": self._worth(worth_of_plans(fresh, tried)),
            }
        return result

    def _worth(self, worth: Worth) -> Shares:
        return {
            name: _by_reading(self.ruleset, getattr(worth, name)) for name in ("knowing", "prior", "wrong")
        }

    def evidence(self) -> dict[str, list[float]]:
        """Return the curve of each seat's evidence."""
        curves = evidence_curves(self.ruleset, SEED, self.evidence_games, self.advance)
        return {
            role.id: [float(value) for value in curve]
            for role, curve in zip(self.ruleset.roles, curves, strict=True)
        }


def _by_reading(ruleset: Ruleset, values: Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(ruleset.readings, values, strict=True)}


def _each(ruleset: Ruleset, items: Sequence[Any], tallies: Sequence[Tally], what: str) -> Shares:
    """Return the share of games that a tally counted for each item."""
    table = np.array([getattr(item, what) / item.games for item in tallies])
    return {item.id: _by_reading(ruleset, table[:, at]) for at, item in enumerate(items)}


def _used(ruleset: Ruleset, tallies: Sequence[Tally]) -> dict[str, Shares]:
    used = np.array([item.used / item.games for item in tallies])
    opened = np.array([item.opened / item.games for item in tallies])
    policies: Shares = {}
    options: Shares = {}
    for at, move in enumerate(ruleset.moves):
        if move.kind == "policy":
            policies[move.id] = _by_reading(ruleset, used[:, at])
        elif move.event is not None:
            came_up = opened[:, move.event]
            shares = np.divide(used[:, at], came_up, out=np.zeros_like(came_up), where=came_up > 0.0)
            options[move.id] = _by_reading(ruleset, shares)
    return {
        "policies": policies,
        "options": options,
        "agreements": {
            item.id: shares
            for item, shares in zip(
                ruleset.agreements,
                _each(ruleset, ruleset.agreements, tallies, "agreed").values(),
                strict=True,
            )
            if not item.starts
        },
    }


def _limits(ruleset: Ruleset, tallies: Sequence[Tally]) -> Shares:
    shares = np.array([item.at_limit / (item.games * ruleset.turns) for item in tallies])
    return {item.id: _by_reading(ruleset, shares[:, at]) for at, item in enumerate(ruleset.indicators)}


def _reach(ruleset: Ruleset, tallies: Sequence[Tally]) -> dict[str, dict[str, list[float]]]:
    return {
        item.id: {
            reading: [float(tally.lowest[at]), float(tally.highest[at])]
            for reading, tally in zip(ruleset.readings, tallies, strict=True)
        }
        for at, item in enumerate(ruleset.indicators)
    }


def _swapped(ruleset: Ruleset, tallies: Sequence[Tally]) -> Shares:
    return {
        ruleset.readings[at]: _by_reading(ruleset, item.changed / item.games)
        for at, item in enumerate(tallies)
    }


def _left_out(ruleset: Ruleset, tallies: Sequence[Tally]) -> Shares:
    values = np.array([item.left_out / np.maximum(item.used, 1) for item in tallies])
    return {
        move.id: _by_reading(ruleset, values[:, at])
        for at, move in enumerate(ruleset.moves)
        if move.kind == "policy"
    }


def _answers(ruleset: Ruleset, tallies: Sequence[Tally]) -> dict[str, Shares]:
    result: dict[str, Shares] = {}
    for at, event in enumerate(ruleset.events):
        if event.options:
            options = list(event.options)
            means = np.stack([item.answered[options] / max(int(item.decided[at]), 1) for item in tallies])
            means -= means.mean(axis=1, keepdims=True)
            result[event.id] = {
                ruleset.moves[option].id: _by_reading(ruleset, means[:, place])
                for place, option in enumerate(options)
            }
    return result


def _behind(ruleset: Ruleset, standings: Sequence[Standing]) -> Shares:
    behind: Mapping[int, Floats] = {
        policy: tried.best - tried.with_policy[place]
        for tried in standings
        for place, policy in enumerate(tried.policies)
    }
    return {ruleset.moves[at].id: _by_reading(ruleset, behind[at]) for at in sorted(behind)}
