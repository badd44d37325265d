"""How does a scenario without errors become a ruleset?"""

from collections.abc import Mapping

import numpy as np

from game.base.arrays import Floats
from game.engine.expression import Const, Expr
from game.engine.ruleset import Bloc, Contest, Cost, Indicator, Objective, Outcome, Role, Rule, Ruleset
from game.scenario.compile_moves import agreements, events, expr_at, moves
from game.scenario.formulas import Formulas
from game.scenario.inventory import ALWAYS, Inventory
from game.scenario.pacing import Pacing, scaled
from game.scenario.places import Path
from game.scenario.reports import error_for
from game.scenario.rules import RuleDraft
from game.scenario.schema import Mix


def compile_scenario(
    inventory: Inventory,
    formulas: Formulas,
    drafts: Mapping[str, RuleDraft],
    name: str,
) -> Ruleset:
    """Return a scenario as numbers.

    Args:
        inventory: The ids of a scenario in which no check found an error.
        formulas: Its formulas.
        drafts: Its rules.
        name: Id of the scenario, with its variant.
    """
    scenario = inventory.scenario
    pacing = Pacing(inventory)
    return Ruleset(
        id=name,
        turns=scenario.calendar.turns,
        dates=dict(inventory.dates),
        pace=scenario.pace,
        covert_rate=scenario.covert_rate,
        readings=tuple(scenario.readings),
        prior=_normalised([reading.prior for reading in scenario.readings.values()]),
        world=_world(inventory),
        indicators=tuple(_indicator(inventory, pacing, item) for item in scenario.indicators),
        roles=tuple(_role(inventory, formulas, role) for role in scenario.roles),
        moves=moves(inventory, formulas),
        events=events(inventory, formulas),
        factors=_factors(inventory),
        agreements=agreements(inventory),
        contests=tuple(
            Contest(contest, inventory.dates[item.date], item.seats, item.noise)
            for contest, item in scenario.contests.items()
        ),
        blocs=_blocs(inventory, formulas),
        rules=tuple(_rule(inventory, formulas, pacing, draft) for draft in drafts.values()),
        outcomes=tuple(
            Outcome(outcome, expr_at(formulas, ("outcomes", outcome, "when")))
            for outcome in scenario.outcomes
        ),
        costs=tuple(
            Cost(cost, expr_at(formulas, ("costs", cost, "count")), expr_at(formulas, ("costs", cost, "of")))
            for cost in scenario.costs
        ),
    )


def _normalised(weights: list[float]) -> Floats:
    values = np.array(weights, dtype=np.float64)
    result: Floats = values / values.sum()
    return result


def _world(inventory: Inventory) -> Floats | None:
    world, readings = inventory.scenario.world, inventory.scenario.readings
    if isinstance(world, Mix):
        return _normalised([world.mix.get(reading, 0.0) for reading in readings])
    if world == "draw":
        return None
    return _normalised([float(reading == world) for reading in readings])


def _factors(inventory: Inventory) -> Floats:
    """Return what each reading multiplies an event's chance by, [E, K]; several factors multiply."""
    scenario, known = inventory.scenario, inventory.ids("events")
    factors = np.ones((len(scenario.events), len(scenario.readings)))
    for column, reading in enumerate(scenario.readings.values()):
        found = [factor for claim in reading.claims.values() for factor in claim.chance_factors]
        # Sorted, so that the order of claims never changes a bit of the product.
        for factor in sorted(found, key=lambda item: item.times):
            factors[known[factor.event], column] *= factor.times
    return factors


def _formula(formulas: Formulas, path: Path) -> Expr:
    return formulas[path].expr


def _indicator(inventory: Inventory, pacing: Pacing, name: str) -> Indicator:
    item, roles = inventory.scenario.indicators[name], inventory.scenario.roles
    low, high = item.range
    return Indicator(
        id=name,
        start=item.start,
        low=low,
        high=high,
        noise=item.noise * pacing.of_noise(),
        rests_at=item.rests.at if item.rests is not None else item.start,
        rests_rate=pacing.rest(item.rests.rate) if item.rests is not None else 0.0,
        soft_bottom=item.soft[0],
        soft_top=item.soft[1],
        errors=tuple(error_for(item, role) for role in roles),
        hidden=tuple(role in item.report.hidden_from for role in roles),
    )


def _role(inventory: Inventory, formulas: Formulas, name: str) -> Role:
    item = inventory.scenario.roles[name]
    own = {key.id: at for at, key in enumerate(inventory.moves) if key.role == name}
    believes = item.bot.believes
    return Role(
        id=name,
        capital_start=item.capital.start,
        capital_income=item.capital.income,
        capital_most=item.capital.most,
        slots=item.slots,
        objectives=tuple(
            Objective(
                id=objective,
                of=_formula(formulas, ("roles", name, "objectives", objective, "of")),
                worst=wanted.from_,
                best=wanted.to,
                weight=wanted.weight,
            )
            for objective, wanted in item.objectives.items()
        ),
        reached_at=item.reached_at,
        caretaker=tuple(own[move] for move in item.caretaker),
        believes=inventory.ids("readings")[believes] if believes is not None else None,
        temperature=item.bot.temperature,
    )


def _blocs(inventory: Inventory, formulas: Formulas) -> tuple[Bloc, ...]:
    scenario, contests = inventory.scenario, inventory.ids("contests")
    return tuple(
        Bloc(
            id=bloc,
            contest=contests[contest],
            was=scenario.contests[contest].blocs[bloc].was,
            strength=_formula(formulas, ("contests", contest, "blocs", bloc, "strength")),
        )
        for bloc, (contest, _at) in inventory.blocs.items()
    )


def _rule(inventory: Inventory, formulas: Formulas, pacing: Pacing, draft: RuleDraft) -> Rule:
    effect, turns = draft.effect, inventory.calendar.turns
    by = scaled(_formula(formulas, (*draft.path, "by")), pacing.of_effect(draft.cause))
    return Rule(
        id=draft.id,
        cause=inventory.causes[draft.cause],
        target=inventory.ids("indicators")[effect.change],
        # -0 would be another bit pattern for the same number.
        by=Const(by.value + 0.0) if isinstance(by, Const) else by,
        # What arrives after the last turn is never seen, and must not take memory.
        after=min(effect.after, turns),
        lasts=min(effect.for_, turns),
        fades=draft.cause != ALWAYS,
        coefficients=draft.coefficients,
    )
