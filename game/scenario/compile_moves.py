"""How do policies, signatures, answers, events and agreements become records of a ruleset?"""

from collections.abc import Iterable, Mapping

from game.engine.expression import Expr
from game.engine.ruleset import Agreement, Event, Move
from game.scenario.formulas import Formulas
from game.scenario.inventory import Inventory, MoveKey
from game.scenario.places import Path


def expr_at(formulas: Formulas, path: Path) -> Expr | None:
    """Return the formula that stands at a path, None where there is none."""
    formula = formulas.get(path)
    return formula.expr if formula is not None else None


def moves(inventory: Inventory, formulas: Formulas) -> tuple[Move, ...]:
    """Return every move in the inventory's order."""
    excludes = _excludes(inventory)
    return tuple(_move(inventory, formulas, key, excludes[at]) for at, key in enumerate(inventory.moves))


def _move(inventory: Inventory, formulas: Formulas, key: MoveKey, excludes: frozenset[int]) -> Move:
    scenario, role = inventory.scenario, inventory.ids("roles")[key.role]
    if key.kind == "policy":
        policy = scenario.policies[key.of]
        return Move(
            id=key.id,
            kind="policy",
            role=role,
            cost=policy.cost,
            when=expr_at(formulas, ("policies", key.of, "when")),
            excludes=excludes,
            cooldown=policy.cooldown,
            covert=policy.covert,
            tags=frozenset(policy.tags),
        )
    if key.kind == "sign":
        return Move(
            id=key.id,
            kind="sign",
            role=role,
            cost=scenario.agreements[key.of].cost.get(key.role, 0.0),
            when=expr_at(formulas, ("agreements", key.of, "when")),
            excludes=excludes,
            agreement=inventory.ids("agreements")[key.of],
        )
    decision = scenario.events[key.of].decision
    assert decision is not None  # noqa: S101 - an answer belongs to a decision
    return Move(
        id=key.id,
        kind="answer",
        role=role,
        cost=decision.options[key.option].cost,
        when=expr_at(formulas, ("events", key.of, "decision", "options", key.option, "when")),
        excludes=excludes,
        event=inventory.ids("events")[key.of],
    )


def _excludes(inventory: Inventory) -> list[frozenset[int]]:
    """Return the moves that may not stand in one order with each move, both ways."""
    found: list[set[int]] = [set() for _key in inventory.moves]
    for at, key in enumerate(inventory.moves):
        if key.kind != "policy":
            continue
        for other in positions(inventory, inventory.scenario.policies[key.of].excludes, {key.role}):
            if other != at:
                found[at].add(other)
                found[other].add(at)
    return [frozenset(others) for others in found]


def positions(inventory: Inventory, names: Iterable[str], roles: set[str] | None = None) -> set[int]:
    """Return the positions of moves and #tags, of all roles or of some."""
    found: set[int] = set()
    for name in names:
        known: Mapping[str, tuple[int, ...]] = inventory.tags if name[0] == "#" else inventory.move_ids
        found.update(known.get(name.removeprefix("#"), ()))
    return {at for at in found if roles is None or inventory.moves[at].role in roles}


def events(inventory: Inventory, formulas: Formulas) -> tuple[Event, ...]:
    """Return every event in its order."""
    return tuple(_event(inventory, formulas, name) for name in inventory.scenario.events)


def _event(inventory: Inventory, formulas: Formulas, name: str) -> Event:
    item, roles = inventory.scenario.events[name], inventory.ids("roles")
    seen_by = roles.values() if "all" in item.seen_by else (roles[role] for role in item.seen_by)
    decision = item.decision
    options = tuple(at for at, key in enumerate(inventory.moves) if key.kind == "answer" and key.of == name)
    return Event(
        id=name,
        turn=inventory.dates[item.date] if item.date is not None else None,
        chance=expr_at(formulas, ("events", name, "chance")),
        when=expr_at(formulas, ("events", name, "when")),
        once=item.once,
        seen_by=frozenset(seen_by),
        decides=roles[decision.role] if decision is not None else None,
        answer_turns=decision.turns if decision is not None else 0,
        default=inventory.move_ids[f"{name}.{decision.default}"][0] if decision is not None else None,
        options=options,
    )


def agreements(inventory: Inventory) -> tuple[Agreement, ...]:
    """Return every agreement in its order."""
    return tuple(_agreement(inventory, name) for name in inventory.scenario.agreements)


def _agreement(inventory: Inventory, name: str) -> Agreement:
    item, roles, known = inventory.scenario.agreements[name], inventory.ids("roles"), inventory.ids("events")
    named = [breaker for breaker in item.broken_by if breaker not in known]
    tags = [breaker for breaker in named if breaker.startswith("#")]
    others = [breaker for breaker in named if not breaker.startswith("#")]
    breaking = positions(inventory, tags, set(item.between)) | positions(inventory, others)
    return Agreement(
        id=name,
        parties=tuple(roles[party] for party in item.between),
        offer_lasts=item.offer_lasts,
        once=item.once,
        starts=item.starts,
        covert=item.covert,
        broken_by_moves=frozenset(breaking),
        broken_by_events=frozenset(known[breaker] for breaker in item.broken_by if breaker in known),
    )
