"""Does each analyst's account show what it claims? Proved by simulation whenever a file is edited.

Every expectation compares situations on 1000 games of common luck with a fixed seed. Situations that several
claims speak of are played once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats
from game.engine import judge
from game.engine.bound import pure
from game.engine.expression import Expr, Leaf, leaves
from game.engine.program import compile_formulas, rows_of
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.locale import _, number
from game.play.batch import Circumstances, play_batch
from game.scenario.expects import NOTHING_SPECIAL, Bounds, Expectation, Situation
from game.scenario.findings import Finding, error, warning
from game.scenario.loading import Loaded

GAMES: Final = 1000
SEED: Final = 2021
AT_LIMIT: Final = 0.05
"""Share of games at a limit above which a claim's figure is not to be trusted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What simulation says of one expectation.

    Attributes:
        reading: Id of the reading that was simulated.
        claim: Id of the claim.
        measure: The measure as written.
        found: The figure; None where there was no game to take it from.
        expected: What was asked for, in words.
        holds: Whether it holds.
        finding: What `check` says where it does not.
    """

    reading: str
    claim: str
    measure: str
    found: float | None
    expected: str
    holds: bool
    finding: Finding | None


class Laboratory:
    """Plays situations under readings, each once.

    Attributes:
        ruleset: The compiled scenario.
        games: Games of each situation.
        turns: Turns after which something is measured; only their states are kept.
    """

    def __init__(self, ruleset: Ruleset, turns: Iterable[int], games: int = GAMES) -> None:
        self.ruleset = ruleset
        self.games = games
        self.turns = frozenset(turns)
        self._paths: dict[tuple[int, Situation], dict[int, State]] = {}

    def path(self, reading: int, situation: Situation) -> dict[int, State]:
        """Return the states of all games of a situation by turn, as far as they are measured."""
        key = reading, situation
        if key not in self._paths:
            world = pure(self.ruleset, reading)
            blocks = list(play_batch(self.ruleset, world, circumstances_of(situation), SEED, self.games))
            assert len(blocks) == 1  # noqa: S101 - 1000 games are one block
            self._paths[key] = {turn: blocks[0][turn] for turn in self.turns}
        return self._paths[key]

    def values(self, reading: int, situation: Situation, measure: Expr, turn: int) -> Floats:
        """Return a measure in each game after a turn, [games]."""
        state = self.path(reading, situation)[turn]
        row = compile_formulas([measure]).run(judge.reader(self.ruleset, state))
        figures: Floats = rows_of(row, state.lanes)[0]
        return figures


def circumstances_of(situation: Situation) -> Circumstances:
    """Return a claim's situation as circumstances of a batch; roles that it does not name are idle."""
    forced: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for event, turn in situation.force:
        forced[turn] += (event,)
    return Circumstances(dict(situation.play), None, situation.start, dict(forced), situation.forbid)


def prove(loaded: Loaded, progress: Callable[[float], None] | None = None) -> list[Proof]:
    """Try every claim of a scenario without errors.

    Args:
        loaded: The scenario.
        progress: Told the share of the work that is done, 0 to 1.
    """
    ruleset = loaded.compiled
    laboratory = Laboratory(ruleset, measured_turns(loaded.expectations))
    proofs: list[Proof] = []
    for count, expectation in enumerate(loaded.expectations):
        proofs += _proofs(laboratory, expectation)
        if progress is not None:
            progress((count + 1) / len(loaded.expectations))
    return proofs


def measured_turns(expectations: Iterable[Expectation]) -> set[int]:
    """Return the turns after which expectations measure something."""
    turns: set[int] = set()
    for item in expectations:
        turns |= {item.at, *range(1, (item.every_until or 0) + 1)}
    return turns


def _proofs(laboratory: Laboratory, item: Expectation) -> Iterable[Proof]:
    if not _is_tried(laboratory, item, item.reading):
        yield _untried(laboratory, item, item.reading)
    else:
        if item.together is not None:
            yield _together(laboratory, item)
        if item.times is not None:
            yield _times(laboratory, item)
        if item.bounds != Bounds():
            yield _bounded(laboratory, item, item.reading, item.bounds)
    for reading, bounds in item.also_under:
        if _is_tried(laboratory, item, reading):
            yield _bounded(laboratory, item, reading, bounds)
        else:
            yield _untried(laboratory, item, reading)


def _is_tried(laboratory: Laboratory, item: Expectation, reading: int) -> bool:
    """Return whether any game is left by the expectation's `where`."""
    kept = _kept(laboratory, item, reading)
    return kept is None or bool(kept.any())


def _untried(laboratory: Laboratory, item: Expectation, reading: int) -> Proof:
    name = laboratory.ruleset.readings[reading]
    message = _(
        "claim '{claim}' is tried in no game under {reading}: in none of the {games} games does 'where' hold"
    )
    finding = error(
        "C801",
        item.place,
        message.format(claim=item.claim, games=laboratory.games, reading=name),
        _("change 'where', or the situation"),
    )
    expected = _("a game in which 'where' holds")
    return Proof(name, item.claim, item.text, None, expected, False, finding)


def _kept(laboratory: Laboratory, item: Expectation, reading: int) -> Bools | None:
    """Return the games in which the expectation's `where` holds, None if it has none."""
    if item.where is None:
        return None
    kept: Bools = laboratory.values(reading, item.situation, item.where, item.at) != 0.0
    return kept


def _mean(values: Floats, kept: Bools | None) -> float:
    return float((values if kept is None else values[kept]).mean())


def _figure(laboratory: Laboratory, item: Expectation, reading: int, turn: int) -> float:
    """Return the level, or the difference between the two situations, after a turn."""
    kept = _kept(laboratory, item, reading)
    level = _mean(laboratory.values(reading, item.situation, item.measure, turn), kept)
    if item.compared is None:
        return level
    return level - _mean(laboratory.values(reading, item.compared, item.measure, turn), kept)


def _bounded(laboratory: Laboratory, item: Expectation, reading: int, bounds: Bounds) -> Proof:
    turns = [item.at] if item.every_until is None else range(1, item.every_until + 1)
    figures = [_figure(laboratory, item, reading, turn) for turn in turns]
    worst = max(figures, key=lambda figure: (_miss(figure, bounds), abs(figure)))
    parts = []
    if bounds.at_least is not None:
        parts.append(_("at least {bound}").format(bound=_short(bounds.at_least)))
    if bounds.at_most is not None:
        parts.append(_("at most {bound}").format(bound=_short(bounds.at_most)))
    if bounds.within is not None:
        parts.append(_("within {bound} of 0").format(bound=_short(bounds.within)))
    holds, differs = _miss(worst, bounds) <= 0.0, item.compared is not None
    return _proof(laboratory, item, reading, worst, _(", ").join(parts), holds=holds, differs=differs)


def _miss(figure: float, bounds: Bounds) -> float:
    """Return how far a figure misses its bounds; 0 or less if it keeps to them."""
    misses = []
    if bounds.at_least is not None:
        misses.append(bounds.at_least - figure)
    if bounds.at_most is not None:
        misses.append(figure - bounds.at_most)
    if bounds.within is not None:
        misses.append(abs(figure) - bounds.within)
    return max(misses)


def _together(laboratory: Laboratory, item: Expectation) -> Proof:
    assert item.together is not None  # noqa: S101 - the caller looked
    first, second = item.together.first, item.together.second
    kept = _kept(laboratory, item, item.reading)
    none, one, other, both = (
        _mean(laboratory.values(item.reading, situation, item.measure, item.at), kept)
        for situation in (NOTHING_SPECIAL, first, second, joined(first, second))
    )
    found, asked = (both - none) - (one - none) - (other - none), item.together.more_than_sum
    holds = found >= asked if asked > 0.0 else found <= asked
    expected = _("together {bound} beyond the sum of each alone").format(bound=_short(asked))
    return _proof(laboratory, item, item.reading, found, expected, holds=holds, differs=True)


def _times(laboratory: Laboratory, item: Expectation) -> Proof:
    assert item.times is not None  # noqa: S101 - the caller looked
    base = item.compared or NOTHING_SPECIAL
    kept = _kept(laboratory, item, item.reading)
    own, none, other = (
        _mean(laboratory.values(item.reading, situation, item.measure, item.at), kept)
        for situation in (item.situation, base, item.times.situation)
    )
    found, bound = own - none, item.times.factor * (other - none)
    expected = _("at least {factor} times {other}, that is {bound}").format(
        factor=_short(item.times.factor), other=_short(other - none), bound=_short(bound)
    )
    return _proof(laboratory, item, item.reading, found, expected, holds=found >= bound, differs=True)


def joined(first: Situation, second: Situation) -> Situation:
    """Return what is special about both of two situations at once."""
    play: dict[int, tuple[int, ...]] = dict(first.play)
    for role, moves in second.play:
        play[role] = tuple(dict.fromkeys(play.get(role, ()) + moves))
    return Situation(
        tuple(sorted(play.items())),
        first.start + second.start,
        first.force + second.force,
        first.forbid + second.forbid,
    )


def _short(value: float) -> str:
    return number(value, 0 if value == int(value) else 2)


def _proof(
    laboratory: Laboratory,
    item: Expectation,
    reading: int,
    found: float,
    expected: str,
    *,
    holds: bool,
    differs: bool,
) -> Proof:
    ruleset = laboratory.ruleset
    finding = None
    if not holds:
        if differs:
            message = _(
                "claim '{claim}' does not hold in {games} games under {reading}: {measure} differs by {found}"
            )
        else:
            message = _(
                "claim '{claim}' does not hold in {games} games under {reading}: {measure} is {found}"
            )
        finding = error(
            "C801",
            item.place,
            message.format(
                claim=item.claim,
                games=laboratory.games,
                reading=ruleset.readings[reading],
                measure=item.text,
                found=_short(round(found, 2)),
            ),
            _("expected {expected}: change the rules, or the expectation").format(expected=expected),
        )
    else:
        finding = _saturated(laboratory, item, reading)
    return Proof(ruleset.readings[reading], item.claim, item.text, found, expected, holds, finding)


def _saturated(laboratory: Laboratory, item: Expectation, reading: int) -> Finding | None:
    """Warn where too many games of a claim's situation stand at the end of an indicator's scale."""
    measured: Sequence[Leaf] = [leaf for leaf in leaves(item.measure) if leaf.kind == "indicator"]
    state = laboratory.path(reading, item.situation)[item.at]
    for leaf in measured:
        indicator = laboratory.ruleset.indicators[leaf.index]
        row = state.x[leaf.index]
        share = float(np.mean((row <= indicator.low) | (row >= indicator.high)))
        if share > AT_LIMIT:
            message = _("{indicator} stands at the end of its scale in {share} of 100 games of this claim")
            return warning(
                "C802",
                item.place,
                message.format(indicator=indicator.id, share=round(100 * share)),
                _("weaken its effects, or widen its range or its soft limits"),
            )
    return None
