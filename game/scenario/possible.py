"""What can come about, and what waits for what never happens?

A thing can come about if its condition may hold when only things that can come about do. What is left when
no more can be added never happens in play; a facilitator may still set an event off.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from game.engine.expression import Expr, Leaf, leaves
from game.scenario.bounds import Ranges, bounds
from game.scenario.formulas import Formulas
from game.scenario.inventory import Inventory
from game.scenario.places import Path


@dataclass(frozen=True, slots=True)
class Thing:
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


@dataclass(frozen=True, slots=True)
class Blocked:
    """A thing that never comes about, since its condition needs others that never do.

    Attributes:
        thing: The thing.
        missing: Names of what it needs, sorted.
        in_circle: Whether it waits for something that waits for it.
    """

    thing: Thing
    missing: tuple[str, ...]
    in_circle: bool


@dataclass(frozen=True, slots=True)
class Possible:
    """What can come about.

    Attributes:
        ranges: What formulas' leaves can be, knowing what never comes about.
        blocked: What never does although its own condition, taken alone, may hold.
    """

    ranges: Ranges
    blocked: tuple[Blocked, ...]


def possible(inventory: Inventory, formulas: Formulas, ranges: Ranges) -> Possible:
    """Return what can come about in a scenario without mistakes."""
    things = list(_things(inventory, formulas))
    never = _never(things, ranges)
    limited = replace(ranges, never=never)
    by_leaf = {thing.leaf: thing for thing in things}
    blocked = [
        _blocked(thing, thing.when, never, by_leaf)
        for thing in things
        # What follows from another thing's never coming about is not said again.
        if thing.when is not None
        and thing.leaf in never
        and is_impossible(thing.when, limited)
        and not is_impossible(thing.when, ranges)
    ]
    return Possible(limited, tuple(blocked))


def is_impossible(when: Expr | None, ranges: Ranges) -> bool:
    """Return whether a condition never holds."""
    return when is not None and bounds(when, ranges).is_false


def _blocked(thing: Thing, when: Expr, never: frozenset[Leaf], things: Mapping[Leaf, Thing]) -> Blocked:
    others = [things[leaf] for leaf in dict.fromkeys(leaves(when)) if leaf in never]
    in_circle = any(
        other is thing or (other.when is not None and thing.leaf in leaves(other.when)) for other in others
    )
    return Blocked(thing, tuple(sorted({other.name for other in others})), in_circle)


def _things(inventory: Inventory, formulas: Formulas) -> Iterator[Thing]:
    def at(path: Path) -> tuple[Path, Expr | None]:
        formula = formulas.get(path)
        return (path, formula.expr) if formula is not None else (path[:-1], None)

    events = inventory.ids("events")
    signatures: dict[str, list[Leaf]] = {}
    for number, key in enumerate(inventory.moves):
        leaf = Leaf("played", number)
        match key.kind:
            case "policy":
                yield Thing(key.id, leaf, *at(("policies", key.of, "when")))
            case "sign":
                signatures.setdefault(key.of, []).append(leaf)
                yield Thing(key.id, leaf, *at(("agreements", key.of, "when")))
            case "answer":
                path = ("events", key.of, "decision", "options", key.option, "when")
                yield Thing(key.id, leaf, *at(path), (Leaf("happened", events[key.of]),))
    for name, number in events.items():
        yield Thing(name, Leaf("happened", number), *at(("events", name, "when")))
    for name, number in inventory.ids("agreements").items():
        starts = inventory.scenario.agreements[name].starts
        needs = () if starts else tuple(signatures[name])
        yield Thing(name, Leaf("in_force", number), ("agreements", name), None, needs)


def _never(things: Sequence[Thing], ranges: Ranges) -> frozenset[Leaf]:
    """Return what can never come about."""
    never = {thing.leaf for thing in things}
    limited = replace(ranges, never=never)
    waiting: dict[Leaf, list[Thing]] = defaultdict(list)
    for thing in things:
        for leaf in {*thing.needs, *(leaves(thing.when) if thing.when is not None else ())}:
            waiting[leaf].append(thing)
    open_ = deque(things)
    while open_:
        thing = open_.popleft()
        if thing.leaf not in never or is_impossible(thing.when, limited) or not never.isdisjoint(thing.needs):
            continue
        never.discard(thing.leaf)
        open_.extend(waiting[thing.leaf])
    return frozenset(never)
