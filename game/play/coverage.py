"""Which lines of a scenario ever do anything? Counted over seeded games, with the reason where one never does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.engine import judge
from game.engine.bound import ALWAYS, bind, pure
from game.engine.ledger import earned
from game.engine.moves import obstacles
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin
from game.engine.turn import chances, resolve
from game.locale import _, number
from game.play.balance_games import roots_in_blocks
from game.play.casts import DrawnBelief, RandomPlayer
from game.play.plans import Chooser, moves_chosen
from game.scenario.loading import Loaded

GAMES: Final = 100
"""Games of each cast under each reading."""

SEED: Final = 1

Kind: TypeAlias = Literal["policy", "answer", "event", "agreement", "outcome", "effect"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a scenario's files that can do something.

    Attributes:
        kind: What it is.
        id: The policy, answer, event, agreement, ending or effect that stands there.
        file: The file.
        line: Its line.
        text: What is written there.
        share: Share of the games in which it did something; of an effect, in which it moved its indicator.
        reason: Why it never did; empty if it did.
    """

    kind: Kind
    id: str
    file: str
    line: int
    text: str
    share: float
    reason: str = ""


class _Counts:
    """What happened in the games so far."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.games = 0
        self.moves: Ints = np.zeros(len(ruleset.moves), np.int64)
        self.events: Ints = np.zeros(len(ruleset.events), np.int64)
        self.agreed: Ints = np.zeros(len(ruleset.agreements), np.int64)
        self.endings: Ints = np.zeros(len(ruleset.outcomes), np.int64)
        self.rules: Ints = np.zeros(len(ruleset.rules), np.int64)
        self.acted: Bools = np.zeros(
            1 + len(ruleset.moves) + len(ruleset.events) + 2 * len(ruleset.agreements), bool
        )
        self.acted[ALWAYS] = True
        self.free: dict[str, Bools] = {}
        self.chance: Floats = np.zeros(len(ruleset.events))
        self.allowed: Bools = np.zeros(len(ruleset.events), bool)

    def play(self, reading: int, choosers: Sequence[Chooser], games: int) -> None:
        """Play games under a reading and count."""
        ruleset = self.ruleset
        bound = bind(ruleset, pure(ruleset, reading))
        for roots in roots_in_blocks(SEED, games):
            state = begin(ruleset, roots)
            hit = np.zeros((len(ruleset.rules), len(roots)), bool)
            while state.turn <= ruleset.turns:
                self._look(state)
                probability, may = chances(bound, state)
                self.chance = np.maximum(self.chance, probability.max(axis=1))
                self.allowed |= may.any(axis=1)
                after, causes = resolve(bound, state, moves_chosen(ruleset, state, choosers))
                for cause, _lanes in causes.active():
                    self.acted[cause] = True
                for at, _rule, points in earned(bound, state, causes):
                    hit[at] |= points != 0.0
                state = after
            self.rules += hit.sum(axis=1)
            self._end(state)

    def _look(self, state: State) -> None:
        for reason, held in obstacles(self.ruleset, state).items():
            known = self.free.setdefault(reason, np.zeros(len(self.ruleset.moves), bool))
            known |= ~held.all(axis=1)

    def _end(self, state: State) -> None:
        self.games += state.lanes
        self.moves += state.played.sum(axis=1)
        self.events += (state.fired > 0).sum(axis=1)
        self.agreed += state.concluded.sum(axis=1)
        self.endings += np.bincount(judge.outcomes(self.ruleset, state), minlength=len(self.endings))


def coverage(loaded: Loaded, games: int = GAMES) -> tuple[Line, ...]:
    """Return every line that can do something, in the order of the files.

    Args:
        loaded: A scenario without errors.
        games: How many bots of drawn belief, and how many random players, play under each reading.
    """
    ruleset = loaded.compiled
    counts = _Counts(ruleset)
    roles = range(len(ruleset.roles))
    for reading in range(len(ruleset.readings)):
        counts.play(reading, [DrawnBelief(ruleset, role) for role in roles], games)
        counts.play(reading, [RandomPlayer(ruleset, role) for role in roles], games)
    found = [*_definitions(loaded, counts), *_effects(loaded, counts)]
    return tuple(sorted(found, key=lambda item: (item.file, item.line, item.kind, item.id)))


def _definitions(loaded: Loaded, counts: _Counts) -> Iterator[Line]:
    ruleset, games = counts.ruleset, counts.games
    for at, move in enumerate(ruleset.moves):
        reason = "" if counts.moves[at] else _why_no_move(counts, at)
        if move.kind == "policy":
            yield _line(loaded, "policy", move.id, ("policies", move.id), counts.moves[at] / games, reason)
        elif move.event is not None:
            asked = ruleset.events[move.event].id
            path = ("events", asked, "decision", "options", move.id.removeprefix(f"{asked}."))
            yield _line(loaded, "answer", move.id, path, counts.moves[at] / games, reason)
    for at, event in enumerate(ruleset.events):
        reason = "" if counts.events[at] else _why_no_event(counts, at)
        yield _line(loaded, "event", event.id, ("events", event.id), counts.events[at] / games, reason)
    for at, agreement in enumerate(ruleset.agreements):
        reason = "" if counts.agreed[at] else _("its parties never signed it together")
        yield _line(
            loaded, "agreement", agreement.id, ("agreements", agreement.id), counts.agreed[at] / games, reason
        )
    for at, outcome in enumerate(ruleset.outcomes):
        reason = (
            "" if counts.endings[at] else _("its condition never held at the end, or an earlier ending's did")
        )
        yield _line(
            loaded, "outcome", outcome.id, ("outcomes", outcome.id), counts.endings[at] / games, reason
        )


def _line(loaded: Loaded, kind: Kind, id: str, path: tuple[str, ...], share: float, reason: str) -> Line:  # noqa: A002
    assert loaded.places is not None  # noqa: S101 - it has no errors
    place = loaded.places.at(path, key=True)
    return Line(kind, id, place.file, place.line, place.text.strip(), float(share), reason)


def _why_no_move(counts: _Counts, at: int) -> str:
    if not counts.free["closed"][at]:
        return _("its question was never open")
    if not counts.free["unavailable"][at]:
        return _("its condition never held")
    if not counts.free["unaffordable"][at]:
        return _("its role never had the capital for it")
    return _("nobody chose it")


def _why_no_event(counts: _Counts, at: int) -> str:
    if not counts.allowed[at]:
        return _("its condition never held")
    message = _("its chance was never above {chance} percent")
    return message.format(chance=number(100 * float(counts.chance[at]), 1))


def _effects(loaded: Loaded, counts: _Counts) -> Iterator[Line]:
    for at, rule in enumerate(counts.ruleset.rules):
        note = loaded.notes[rule.id]
        assert loaded.places is not None  # noqa: S101 - as above
        place = loaded.places.at(note.path)
        share = float(counts.rules[at] / counts.games)
        reason = ""
        if not counts.rules[at]:
            reason = (
                _("its size was always 0") if counts.acted[rule.cause] else _("what causes it never happened")
            )
        yield Line("effect", rule.id, place.file, place.line, place.text.strip(), share, reason)
