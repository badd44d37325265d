"""What must simulation show, claim by claim?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from game.engine.expression import Expr, leaves
from game.engine.ruleset import Ruleset
from game.scenario.formulas import Formulas
from game.scenario.inventory import Inventory
from game.scenario.moments import turn_at
from game.scenario.names import moves_of
from game.scenario.places import Path, Place, Places
from game.scenario.schema import Bounds as WrittenBounds
from game.scenario.schema import Expect
from game.scenario.schema import Situation as WrittenSituation

_VARIANT_SHARE: Final = 0.75
"""How much of a difference a claim still asks for in a variant."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where an indicator begins: at a value, or that far from the scenario's."""

    indicator: int
    value: float
    relative: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What is special about a batch of games.

    Attributes:
        play: Moves that each role tries in order every turn; roles that are not named stay idle.
        start: Indicators that begin elsewhere.
        force: Events that fire, each with its turn.
        forbid: Events that never fire.
    """

    play: tuple[tuple[int, tuple[int, ...]], ...] = ()
    start: tuple[Start, ...] = ()
    force: tuple[tuple[int, int], ...] = ()
    forbid: tuple[int, ...] = ()


NOTHING_SPECIAL: Final = Situation()


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a figure must lie; `within` is a distance from 0."""

    at_least: float | None = None
    at_most: float | None = None
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """That a difference is at least so many times as large as that of another situation."""

    factor: float
    situation: Situation


@dataclass(frozen=True, slots=True)
class Together:
    """That two situations do more together than the sum of each, that far at least in the number's sign."""

    first: Situation
    second: Situation
    more_than_sum: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one entry of a claim's `expect` asks for.

    Attributes:
        reading: Position of the reading whose claim it is.
        claim: Id of the claim.
        text: The measure as written.
        measure: What is measured, after turn `at`.
        at: The turn.
        every_until: If not None, the bounds hold after each turn up to this one.
        where: If not None, only games in which this holds count, after turn `at`.
        situation: The games that are measured.
        compared: The games that they are compared with; None where the level itself is bounded.
        bounds: What the level or the difference must keep to.
        times: A bound by another situation's difference from `compared`, or from nothing special.
        together: A bound on two situations' joint difference.
        also_under: Bounds for the same figure under other readings.
        place: Where it stands.
        softened: The numbers as written of which a variant asks for three quarters.
    """

    reading: int
    claim: str
    text: str
    measure: Expr
    at: int
    every_until: int | None
    where: Expr | None
    situation: Situation
    compared: Situation | None
    bounds: Bounds
    times: Times | None
    together: Together | None
    also_under: tuple[tuple[int, Bounds], ...]
    place: Place
    softened: tuple[float, ...] = ()


def expectations(
    inventory: Inventory, formulas: Formulas, ruleset: Ruleset, places: Places, *, in_variant: bool
) -> tuple[Expectation, ...]:
    """Return what every claim asks for.

    Args:
        inventory: The ids of a scenario in which no check found an error.
        formulas: Its formulas.
        ruleset: The same, compiled.
        places: Positions in its files.
        in_variant: Whether this is a variant: what the base asks for counts less there.
    """
    reader = _Reader(inventory, formulas, ruleset, places, in_variant)
    return tuple(reader.all())


class _Reader:
    """Turns written expectations into positions and numbers."""

    def __init__(
        self, inventory: Inventory, formulas: Formulas, ruleset: Ruleset, places: Places, in_variant: bool
    ) -> None:
        self.inventory = inventory
        self.formulas = formulas
        self.ruleset = ruleset
        self.places = places
        self.in_variant = in_variant

    def all(self) -> Iterator[Expectation]:
        for reading, account in self.inventory.scenario.readings.items():
            for claim, item in account.claims.items():
                for at, expect in enumerate(item.expect):
                    path = ("readings", reading, "claims", claim, "expect", at)
                    yield self._expectation(reading, claim, path, expect)

    def _expectation(self, reading: str, claim: str, path: Path, expect: Expect) -> Expectation:
        measure = self.formulas[(*path, "measure")].expr
        where = self.formulas.get((*path, "where"))
        place = self.places.at(path)
        softened = self.in_variant and PurePosixPath(place.file).parent.name != "variants"
        is_difference = expect.without is not None or any(leaf.kind == "start" for leaf in leaves(measure))
        share = _VARIANT_SHARE if softened and is_difference and expect.every is None else 1.0
        known = self.ruleset.reading_at
        return Expectation(
            reading=known[reading],
            claim=claim,
            text=expect.measure,
            measure=measure,
            at=self._turn(expect.at),
            every_until=self._turn(expect.every.until) if expect.every is not None else None,
            where=where.expr if where is not None else None,
            situation=self._situation(expect.with_),
            compared=self._situation(expect.without) if expect.without is not None else None,
            bounds=_bounds(expect, share),
            times=self._times(expect, _VARIANT_SHARE if softened else 1.0),
            together=self._together(expect, _VARIANT_SHARE if softened else 1.0),
            also_under=tuple(
                (known[other], _bounds(bounds, share)) for other, bounds in expect.also_under.items()
            ),
            place=place,
            softened=_softened(expect, share) if softened else (),
        )

    def _turn(self, moment: str) -> int:
        turn = turn_at(self.inventory, moment)
        assert turn is not None  # noqa: S101 - checked with the references
        return turn

    def _times(self, expect: Expect, share: float) -> Times | None:
        if expect.at_least_times is None:
            return None
        reach = expect.at_least_times
        return Times(reach.factor * share, self._situation(reach.of))

    def _together(self, expect: Expect, share: float) -> Together | None:
        if expect.both is None or expect.more_than_sum is None:
            return None
        first, second = (self._situation(situation) for situation in expect.both)
        return Together(first, second, expect.more_than_sum * share)

    def _situation(self, written: WrittenSituation | None) -> Situation:
        if written is None:
            return NOTHING_SPECIAL
        ruleset = self.ruleset
        return Situation(
            play=tuple(
                (ruleset.role_at[role], self._plan(ruleset.role_at[role], names))
                for role, names in written.play.items()
            ),
            start=tuple(
                Start(ruleset.indicator_at[name], float(text), relative=text[0] in "+-")
                for name, text in written.start.items()
            ),
            force=tuple(self._forced(text) for text in written.force),
            forbid=tuple(ruleset.event_at[name] for name in written.forbid),
        )

    def _plan(self, role: int, names: tuple[str, ...]) -> tuple[int, ...]:
        moves = [move for name in names for move in moves_of(self.ruleset, role, name)]
        return tuple(dict.fromkeys(moves))

    def _forced(self, text: str) -> tuple[int, int]:
        event, _at, moment = text.partition("@")
        return self.ruleset.event_at[event], self._turn(moment) if moment else 1


def _softened(expect: Expect, share: float) -> tuple[float, ...]:
    """Return the numbers of which a variant asks for a share: bounds where `share` is below 1, and the rest."""
    written: list[float | None] = [expect.more_than_sum]
    if expect.at_least_times is not None:
        written.append(expect.at_least_times.factor)
    if share < 1.0:
        for bounds in (expect, *expect.also_under.values()):
            written.append(max(bounds.at_least or 0.0, 0.0))
            written.append(min(bounds.at_most or 0.0, 0.0))
    return tuple(dict.fromkeys(value for value in written if value))


def _bounds(written: WrittenBounds, share: float) -> Bounds:
    """Return bounds, of which a variant asks a share: rises of at least and falls of at most so much."""
    bounds = Bounds(written.at_least, written.at_most, written.within)
    if bounds.at_least is not None and bounds.at_least > 0.0:
        bounds = replace(bounds, at_least=bounds.at_least * share)
    if bounds.at_most is not None and bounds.at_most < 0.0:
        bounds = replace(bounds, at_most=bounds.at_most * share)
    return bounds
