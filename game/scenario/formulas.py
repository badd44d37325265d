"""What do all formulas of a scenario mean? Each is read once, with the names that its place allows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from game.locale import _
from game.scenario.bounds import ANYTHING, Interval, Judged, Ranges, judge
from game.scenario.collector import Collector
from game.scenario.expressions import Formula, read
from game.scenario.formula_names import Names
from game.scenario.formula_source import Fault
from game.scenario.inventory import Inventory, shared_effects
from game.scenario.places import Path
from game.scenario.schema import Scenario

MOST_FORMULAS: Final = 1_000
"""Formulas of a scenario, plain numbers not counted."""
_SHORT: Final = 12
"""Characters of the longest number that is not counted."""

Purpose: TypeAlias = Literal["value", "condition", "chance", "measure", "question"]
"""What a formula is for: a number, a condition, a probability, what a claim or a question measures."""


@dataclass(frozen=True)
class Placed(Formula):
    """A formula in its place.

    Attributes:
        path: Where it stands.
        purpose: What it is for.
        is_key: Whether it stands as a key.
        span: Between what its values lie.
        doubts: Operations in it that may meet what they are not defined for.
    """

    path: Path
    purpose: Purpose
    is_key: bool
    span: Interval
    doubts: tuple[Fault, ...]


Formulas: TypeAlias = Mapping[Path, Placed]


@dataclass(frozen=True, slots=True)
class _Field:
    path: Path
    text: str
    purpose: Purpose
    is_key: bool = False


def read_formulas(inventory: Inventory, collector: Collector) -> Formulas:
    """Read every formula of a scenario; what is wrong in one is noted where it stands."""
    names = replace(inventory.names, suggestions=collector.suggestions)
    allowed: dict[Purpose, Names] = {
        "value": names,
        "condition": names,
        "chance": names,
        "measure": names.allowing("start", "chance"),
        "question": names.allowing("asked", "start"),
    }
    ranges = ranges_of(inventory)
    formulas: dict[Path, Placed] = {}
    lengthy = 0
    for field in _fields(inventory.scenario):
        lengthy += len(field.text) > _SHORT
        if lengthy > MOST_FORMULAS:
            message = _("a scenario has {most} formulas at most, and here are more").format(
                most=MOST_FORMULAS
            )
            collector.error("F101", field.path, message, _("make it simpler"), key=field.is_key)
            break
        formula = read(field.text, allowed[field.purpose])
        collector.faults(field.path, formula.faults, key=field.is_key)
        judged = judge(formula, ranges) if not formula.faults else Judged(ANYTHING)
        collector.faults(field.path, judged.errors, key=field.is_key)
        formulas[field.path] = _placed(field, formula, judged)
    return formulas


def _placed(field: _Field, formula: Formula, judged: Judged) -> Placed:
    return Placed(
        formula.text,
        formula.expr,
        formula.faults,
        formula.uses,
        formula.spots,
        field.path,
        field.purpose,
        field.is_key,
        judged.span,
        judged.doubts,
    )


def ranges_of(inventory: Inventory) -> Ranges:
    """Return what leaves can be; indicators that could not be read have the usual range."""
    known = inventory.scenario.indicators
    usual = (0.0, 100.0)
    spans = [known[name].range if name in known else usual for name in inventory.ids("indicators")]
    indicators = tuple(Interval(min(span), max(span)) for span in spans)
    contests = inventory.scenario.contests
    seats = tuple(contests[contest].seats for contest, _at in inventory.blocs.values())
    return Ranges(indicators, inventory.calendar.turns, seats)


def _fields(scenario: Scenario) -> Iterator[_Field]:
    """Yield every formula of a scenario."""
    for _cause, path, effect in shared_effects(scenario):
        yield _Field((*path, "by"), effect.by, "value")
    yield from _moves(scenario)
    for name, event in scenario.events.items():
        yield from _optional(("events", name, "chance"), event.chance, "chance")
        yield from _optional(("events", name, "when"), event.when, "condition")
    for role, item in scenario.roles.items():
        for name, objective in item.objectives.items():
            yield _Field(("roles", role, "objectives", name, "of"), objective.of, "value")
    for contest, held in scenario.contests.items():
        for name, bloc in held.blocs.items():
            yield _Field(("contests", contest, "blocs", name, "strength"), bloc.strength, "value")
    for name, outcome in scenario.outcomes.items():
        yield from _optional(("outcomes", name, "when"), outcome.when, "condition")
    for name, cost in scenario.costs.items():
        yield from _optional(("costs", name, "count"), cost.count, "condition")
        yield from _optional(("costs", name, "of"), cost.of, "value")
    for name, question in scenario.questions.items():
        yield _Field(("questions", name, "holds"), question.holds, "question")
    for name, fact in scenario.history.items():
        for measure in fact.values:
            yield _Field(("history", name, "values", measure), measure, "measure", is_key=True)
    yield from _accounts(scenario)


def _moves(scenario: Scenario) -> Iterator[_Field]:
    for name, policy in scenario.policies.items():
        yield from _optional(("policies", name, "when"), policy.when, "condition")
    for name, agreement in scenario.agreements.items():
        yield from _optional(("agreements", name, "when"), agreement.when, "condition")
    for name, event in scenario.events.items():
        if event.decision is not None:
            for option, answer in event.decision.options.items():
                path = ("events", name, "decision", "options", option, "when")
                yield from _optional(path, answer.when, "condition")


def _accounts(scenario: Scenario) -> Iterator[_Field]:
    for reading, account in scenario.readings.items():
        for name, claim in account.claims.items():
            path = ("readings", reading, "claims", name)
            for at, effect in enumerate(claim.effects):
                yield _Field((*path, "effects", at, "by"), effect.by, "value")
            for at, expect in enumerate(claim.expect):
                yield _Field((*path, "expect", at, "measure"), expect.measure, "measure")
                yield from _optional((*path, "expect", at, "where"), expect.where, "measure")


def _optional(path: Path, text: str | None, purpose: Purpose) -> Iterator[_Field]:
    if text is not None:
        yield _Field(path, text, purpose)
