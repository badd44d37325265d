"""What happens in many games? Figures for each reading, with roles that follow a plan, a bot or nothing."""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from game.base.errors import UsageError
from game.engine import judge
from game.engine.bound import pure
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.locale import _
from game.play.batch import Circumstances, play_batch
from game.play.demo import play_thoughtful
from game.play.plans import Chooser
from game.play.quick import QuickBot
from game.scenario.expects import Start
from game.scenario.loading import Loaded
from game.scenario.names import event_of, indicator_of, moves_of, reading_of, role_of

Others: TypeAlias = Literal["idle", "quick", "search"]

MOST_GAMES: Final = 10_000_000
_CHUNK: Final = 5000
"""Games that a process plays before it reports."""
_ALONE: Final = 50_000
"""Work below this many games is not worth the start of further processes."""
_NUMBER: Final = re.compile(r"([+-]?)(\d{1,9}(?:\.\d{1,9})?)")


@dataclass(frozen=True)
class Request:
    """What to simulate; names as a person writes them.

    Attributes:
        games: How many for each reading.
        seed: Of the first; the others follow it.
        readings: Ids; none means all.
        play: Moves or #tags that a role tries in order each turn.
        others: Who plays the roles without a plan.
        start: Where indicators begin: `70`, `+30` or `-5`.
        force: Events that fire: `us_raid` on turn 1, `us_raid@4` or `us_raid@election` then.
        forbid: Events that never fire.
    """

    games: int
    seed: int = 1
    readings: tuple[str, ...] = ()
    play: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Others = "idle"
    start: Mapping[str, str] = field(default_factory=dict)
    force: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


def circumstances(ruleset: Ruleset, request: Request) -> Circumstances:
    """Return what a request asks for.

    Raises:
        UsageError: A name in it does not exist or a value makes no sense.
    """
    plans = {
        role_of(ruleset, role): tuple(
            at for name in names for at in moves_of(ruleset, role_of(ruleset, role), name)
        )
        for role, names in request.play.items()
    }
    starts = [_start(ruleset, name, value) for name, value in request.start.items()]
    forced: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for text in request.force:
        event, turn = _forced(ruleset, text)
        forced[turn] += (event,)
    forbidden = tuple(event_of(ruleset, name) for name in request.forbid)
    both = [ruleset.events[at].id for at in forbidden if any(at in events for events in forced.values())]
    if both:
        message = _("{event} is both forced and forbidden: leave one of them out")
        raise UsageError(message.format(event=both[0]))
    return Circumstances(plans, _others(ruleset, request.others), starts, dict(forced), forbidden)


def _others(ruleset: Ruleset, others: Others) -> Callable[[int], Chooser] | None:
    match others:
        case "quick":
            return lambda role: QuickBot(ruleset, role)
        case _:
            return None


def _start(ruleset: Ruleset, name: str, text: str) -> Start:
    indicator = indicator_of(ruleset, name)
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        message = _("'{text}' is no start for {name}: write a number such as 70, +30 or -5")
        raise UsageError(message.format(text=text, name=name))
    sign, digits = found.groups()
    value = float(digits) * (-1.0 if sign == "-" else 1.0)
    item = ruleset.indicators[indicator]
    if sign and not item.low <= item.start + value <= item.high:
        message = _(
            "{name} starts at {start:g}: {text} from there leaves its scale, from {low:g} to {high:g}"
        )
        told = message.format(name=name, start=item.start, text=text, low=item.low, high=item.high)
        raise UsageError(told)
    if not sign and not item.low <= value <= item.high:
        message = _("{name} cannot start at {text}: it goes from {low:g} to {high:g}")
        raise UsageError(message.format(name=name, text=text, low=item.low, high=item.high))
    return Start(indicator, value, relative=bool(sign))


def _forced(ruleset: Ruleset, text: str) -> tuple[int, int]:
    name, at, when = text.partition("@")
    event = event_of(ruleset, name)
    if not at:
        return event, 1
    turn = ruleset.dates.get(when) or (int(when) if re.fullmatch(r"[0-9]{1,4}", when) else 0)
    if not 1 <= turn <= ruleset.turns:
        message = _(
            "'{text}' names no turn: write EVENT@TURN with a turn from 1 to {turns}, or a date: {dates}"
        )
        dates = _(", ").join(sorted(ruleset.dates))
        raise UsageError(message.format(text=text, turns=ruleset.turns, dates=dates))
    return event, turn


def simulate(
    loaded: Loaded, request: Request, progress: Callable[[float], None] | None = None
) -> dict[str, Any]:
    """Play many games for each reading and sum them up.

    Args:
        loaded: A scenario without errors.
        request: What to simulate.
        progress: Told the share of the work that is done, 0 to 1.

    Returns:
        The document that `simulate --json` prints.

    Raises:
        UsageError: The request names something that does not exist.
    """
    ruleset = loaded.compiled
    if not 1 <= request.games <= MOST_GAMES:
        message = _("the number of games must be from 1 to {most}, not {games}")
        raise UsageError(message.format(most=MOST_GAMES, games=request.games))
    circumstances(ruleset, request)  # refuses names that do not exist before any work is done
    readings = list(dict.fromkeys(reading_of(ruleset, name) for name in request.readings))
    readings = readings or list(range(len(ruleset.readings)))
    jobs = [
        _Job(reading, first, min(_CHUNK, request.games - first))
        for reading in readings
        for first in range(0, request.games, _CHUNK)
    ]
    tallies = {reading: _Tally(ruleset) for reading in readings}
    for job, tally in zip(jobs, _run(_Work(ruleset, request), jobs, progress), strict=True):
        tallies[job.reading].merge(tally)
    return {
        "scenario": loaded.id,
        "games": request.games,
        "seed": request.seed,
        "readings": {ruleset.readings[at]: tally.document() for at, tally in tallies.items()},
    }


@dataclass(frozen=True)
class _Job:
    """A part of the games of one reading."""

    reading: int
    first: int
    games: int


@dataclass(frozen=True)
class _Work:
    """Plays any part of the games."""

    ruleset: Ruleset
    request: Request

    def __call__(self, job: _Job) -> "_Tally":
        ruleset, request = self.ruleset, self.request
        special, world = circumstances(ruleset, request), pure(ruleset, job.reading)
        play = play_thoughtful if request.others == "search" else play_batch
        tally = _Tally(ruleset)
        for path in play(ruleset, world, special, request.seed + job.first, job.games):
            tally.add(path)
        return tally


def _run(work: _Work, jobs: Sequence[_Job], progress: Callable[[float], None] | None) -> list["_Tally"]:
    """Return the tally of each job, in order.

    Much work is shared with other processes, which begin with the first job, while this one begins with the last.
    """
    helpers = (os.cpu_count() or 1) - 1
    if len(jobs) * _CHUNK < _ALONE or not helpers:
        return [_told(work(job), progress, number / len(jobs)) for number, job in enumerate(jobs, 1)]
    with ProcessPoolExecutor(helpers, get_context("spawn"), _employ, (work,)) as pool:
        futures = [pool.submit(_employed, job) for job in jobs]
        own: list[_Tally] = []
        while futures and futures[-1].cancel():
            futures.pop()
            tally = work(jobs[len(futures)])
            done = len(own) + 1 + sum(future.done() for future in futures)
            own.append(_told(tally, progress, done / len(jobs)))
        *others, last = [*(future.result() for future in futures), *own[::-1]]
        return [*others, _told(last, progress, 1.0)]


def _told(tally: "_Tally", progress: Callable[[float], None] | None, share: float) -> "_Tally":
    if progress is not None:
        progress(share)
    return tally


_works: Final[list[_Work]] = []
"""What this process was started for, if it helps another one."""


def _employ(work: _Work) -> None:
    _works.append(work)


def _employed(job: _Job) -> "_Tally":
    return _works[-1](job)


class _Tally:
    """Figures of one reading's games, block by block."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.games = 0
        self.ends: list[Any] = []
        self.sums = np.zeros((ruleset.turns + 1, len(ruleset.indicators)))
        self.happened = np.zeros(len(ruleset.events))
        self.outcomes = np.zeros(len(ruleset.outcomes))
        self.seats = np.zeros(len(ruleset.blocs))
        self.reached = np.zeros(len(ruleset.roles))
        self.scores = np.zeros(len(ruleset.roles))

    def add(self, path: list[State]) -> None:
        ruleset, end = self.ruleset, path[-1]
        self.games += end.lanes
        self.ends.append(end.x)
        for turn, state in enumerate(path):
            self.sums[turn] += state.x.sum(axis=1)
        self.happened += (end.fired > 0).sum(axis=1)
        self.outcomes += np.bincount(judge.outcomes(ruleset, end), minlength=len(ruleset.outcomes))
        self.seats += end.seats.sum(axis=1)
        for role in range(len(ruleset.roles)):
            scores = judge.score(ruleset, end, role)
            self.scores[role] += scores.sum()
            self.reached[role] += (scores >= ruleset.roles[role].reached_at).sum()

    def merge(self, other: "_Tally") -> None:
        """Add the games of another tally."""
        self.games += other.games
        self.ends += other.ends
        for name in ("sums", "happened", "outcomes", "seats", "reached", "scores"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def document(self) -> dict[str, Any]:
        ruleset, games = self.ruleset, self.games
        ends = np.concatenate(self.ends, axis=1)
        quantiles = np.quantile(ends, (0.05, 0.5, 0.95), axis=1)
        return {
            "indicators": {
                item.id: {
                    "start": float(self.sums[0, at] / games),
                    "mean": float(ends[at].mean()),
                    "sd": float(ends[at].std()),
                    "q05": float(quantiles[0, at]),
                    "q50": float(quantiles[1, at]),
                    "q95": float(quantiles[2, at]),
                }
                for at, item in enumerate(ruleset.indicators)
            },
            "by_turn": {
                item.id: [float(total / games) for total in self.sums[:, at]]
                for at, item in enumerate(ruleset.indicators)
            },
            "events": _shares(ruleset.events, self.happened, games),
            "outcomes": _shares(ruleset.outcomes, self.outcomes, games),
            "seats": _shares(ruleset.blocs, self.seats, games),
            "objectives": {
                role.id: {
                    "reached": float(self.reached[at] / games),
                    "score": float(self.scores[at] / games),
                }
                for at, role in enumerate(ruleset.roles)
            },
        }


def _shares(items: Any, totals: Any, games: int) -> dict[str, float]:
    return {item.id: float(total / games) for item, total in zip(items, totals, strict=True)}
