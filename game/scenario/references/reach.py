"""Can everything come about, or do some things wait for each other, or for what never happens?

A thing can come about if its condition may hold when only things that can come about do. What is left when
no more can be added never happens in play; a facilitator may still set an event off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from game.engine.expression import Expr, Leaf, leaves
from game.locale import _
from game.scenario.bounds import Ranges, bounds
from game.scenario.formulas import Formulas, ranges_of
from game.scenario.inventory import Inventory
from game.scenario.places import Path
from game.scenario.references.lookup import Lookup


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that may come about.

    Attributes:
        name: What it is called.
        leaf: What formulas read of it.
        path: Where its condition stands, or where it stands itself.
        when: Its condition.
        needs: Happenings that it needs besides, all of them.
    """

    name: str
    leaf: Leaf
    path: Path
    when: Expr | None
    needs: tuple[Leaf, ...] = ()


def check_reach(lookup: Lookup, formulas: Formulas) -> None:
    """Note moves, events and endings that never come about; only in a scenario without mistakes so far."""
    _check_affordable(lookup)
    ranges = ranges_of(lookup.inventory)
    things = list(_things(lookup.inventory, formulas))
    never = _never(things, ranges)
    limited = replace(ranges, never=never)
    for thing in things:
        if thing.leaf in never and not _is_impossible(thing.when, ranges):
            _report(lookup, thing, limited, things)
    for name, outcome in lookup.scenario.outcomes.items():
        path = ("outcomes", name, "when")
        when = formulas[path].expr if outcome.when is not None else None
        if _is_impossible(when, limited) and not _is_impossible(when, ranges):
            message = _("this ending is never reached: it needs what never happens")
            lookup.collector.warning("L703", path, message, _("change its condition, or what it needs"))


def _things(inventory: Inventory, formulas: Formulas) -> Iterator[_Thing]:
    def at(path: Path) -> tuple[Path, Expr | None]:
        formula = formulas.get(path)
        return (path, formula.expr) if formula is not None else (path[:-1], None)

    events = inventory.ids("events")
    signatures: dict[str, list[Leaf]] = {}
    for number, key in enumerate(inventory.moves):
        leaf = Leaf("played", number)
        match key.kind:
            case "policy":
                yield _Thing(key.id, leaf, *at(("policies", key.of, "when")))
            case "sign":
                signatures.setdefault(key.of, []).append(leaf)
                yield _Thing(key.id, leaf, *at(("agreements", key.of, "when")))
            case "answer":
                path = ("events", key.of, "decision", "options", key.option, "when")
                yield _Thing(key.id, leaf, *at(path), (Leaf("happened", events[key.of]),))
    for name, number in events.items():
        yield _Thing(name, Leaf("happened", number), *at(("events", name, "when")))
    for name, number in inventory.ids("agreements").items():
        starts = inventory.scenario.agreements[name].starts
        needs = () if starts else tuple(signatures[name])
        yield _Thing(name, Leaf("in_force", number), ("agreements", name), None, needs)


def _never(things: Sequence[_Thing], ranges: Ranges) -> frozenset[Leaf]:
    """Return what can never come about."""
    never = frozenset(thing.leaf for thing in things)
    while True:
        limited = replace(ranges, never=never)
        left = frozenset(
            thing.leaf
            for thing in things
            if thing.leaf in never
            and (_is_impossible(thing.when, limited) or any(leaf in never for leaf in thing.needs))
        )
        if left == never:
            return never
        never = left


def _is_impossible(when: Expr | None, ranges: Ranges) -> bool:
    return when is not None and bounds(when, ranges).is_false


def _report(lookup: Lookup, thing: _Thing, limited: Ranges, things: Sequence[_Thing]) -> None:
    if not _is_impossible(thing.when, limited):
        return  # what it follows from is reported itself
    assert thing.when is not None  # noqa: S101 - an impossible condition is one
    names = {other.leaf: other.name for other in things}
    missing = sorted({names[leaf] for leaf in leaves(thing.when) if leaf in limited.never})
    circle = thing.name in missing or any(
        thing.leaf in leaves(other.when) for other in things if other.name in missing and other.when
    )
    code = "R502" if circle else "L701"
    message = _("'{name}' never comes about: it needs {others}, which waits for it")
    if not circle:
        message = _("'{name}' never comes about: it needs {others}, which never does")
    text = message.format(name=thing.name, others=", ".join(missing))
    lookup.collector.warning(code, thing.path, text, _("change one of the conditions"))


def _check_affordable(lookup: Lookup) -> None:
    """Note moves that cost more than their role can ever hold."""
    for name, policy in lookup.scenario.policies.items():
        _check_cost(lookup, ("policies", name, "cost"), policy.role, policy.cost)
    for name, agreement in lookup.scenario.agreements.items():
        for role, cost in agreement.cost.items():
            _check_cost(lookup, ("agreements", name, "cost", role), role, cost)
    for name, event in lookup.scenario.events.items():
        if event.decision is not None:
            for option, answer in event.decision.options.items():
                path = ("events", name, "decision", "options", option, "cost")
                _check_cost(lookup, path, event.decision.role, answer.cost)


def _check_cost(lookup: Lookup, path: Path, role: str, cost: float) -> None:
    capital = lookup.scenario.roles[role].capital
    most = max(capital.start, capital.most)
    if cost > most:
        message = _("{role} can never afford this: it holds {most} at most")
        fix = _("lower the cost, or raise the role's capital")
        lookup.collector.warning("L708", path, message.format(role=role, most=f"{most:g}"), fix)
