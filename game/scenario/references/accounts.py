"""Do readings speak of things that exist, and do claims say what can be tested?"""

from game.locale import _
from game.scenario.citations import check_cites
from game.scenario.formulas import Formulas
from game.scenario.moments import check_moment, turn_at
from game.scenario.places import Path
from game.scenario.references.acts import check_effect
from game.scenario.references.lookup import Lookup
from game.scenario.schema import Bounds, Claim, Expect, Reading, Situation
from game.scenario.situations import placed_situations


def check_accounts(lookup: Lookup, formulas: Formulas) -> None:
    """Note mistakes in readings and their claims, factors on rules apart."""
    _check_world(lookup)
    for name, reading in lookup.scenario.readings.items():
        path = ("readings", name)
        if name == "draw":
            message = _("'{name}' has a meaning of its own and cannot be a reading's id").format(name=name)
            lookup.collector.error("R506", path, message, _("choose another id"), key=True)
        _check_reading(lookup, formulas, path, reading)


def _check_world(lookup: Lookup) -> None:
    world = lookup.scenario.world
    if isinstance(world, str):
        if world != "draw":
            lookup.has("readings", ("world",), world)
        return
    lookup.keys("readings", ("world", "mix"), world.mix)
    if not sum(world.mix.values()) > 0.0:
        message, fix = _("no reading has a share in this world"), _("give one a share above 0")
        lookup.collector.error("R515", ("world", "mix"), message, fix)


def _check_reading(lookup: Lookup, formulas: Formulas, path: Path, reading: Reading) -> None:
    lookup.keys("roles", (*path, "advice"), reading.advice)
    for name, claim in reading.claims.items():
        where = (*path, "claims", name)
        check_cites(lookup.scenario, lookup.collector, (*where, "cite"), claim.cite)
        for at, effect in enumerate(claim.effects):
            check_effect(lookup, (*where, "effects", at), effect)
        for at, scale in enumerate(claim.scale):
            check_cites(lookup.scenario, lookup.collector, (*where, "scale", at, "cite"), scale.cite)
        _check_chances(lookup, where, claim)
        for at, expect in enumerate(claim.expect):
            _check_expect(lookup, formulas, (*where, "expect", at), expect)


def _check_chances(lookup: Lookup, path: Path, claim: Claim) -> None:
    if isinstance(claim.chances, dict):
        lookup.keys("events", (*path, "chances"), claim.chances)
        return
    for at, factor in enumerate(claim.chances):
        where = (*path, "chances", at)
        lookup.has("events", (*where, "event"), factor.event)
        check_cites(lookup.scenario, lookup.collector, (*where, "cite"), factor.cite)


def _check_expect(lookup: Lookup, formulas: Formulas, path: Path, expect: Expect) -> None:
    check_moment(lookup.inventory, lookup.collector, (*path, "at"), expect.at)
    check_cites(lookup.scenario, lookup.collector, (*path, "cite"), expect.cite)
    if expect.every is not None:
        check_moment(lookup.inventory, lookup.collector, (*path, "every", "until"), expect.every.until)
    _check_endings(lookup, formulas, path, expect)
    _check_bounds(lookup, path, expect)
    lookup.keys("readings", (*path, "also_under"), expect.also_under)
    for name, bounds in expect.also_under.items():
        _check_bounds(lookup, (*path, "also_under", name), bounds)
    for where, situation in placed_situations(path, expect):
        _check_situation(lookup, where, situation)


def _check_endings(lookup: Lookup, formulas: Formulas, path: Path, expect: Expect) -> None:
    """An ending is known after the last turn only."""
    at_end = turn_at(lookup.inventory, expect.at) == lookup.inventory.calendar.turns
    if at_end and expect.every is None:
        return
    for key in ("measure", "where"):
        formula = formulas.get((*path, key))
        if formula is not None and any(use.kind == "outcome" for use in formula.uses):
            message = _("which ending a game has is known after the last turn only")
            lookup.collector.error("R515", (*path, key), message, _("measure it with 'at: end'"))


def _check_bounds(lookup: Lookup, path: Path, bounds: Bounds) -> None:
    if bounds.at_least is not None and bounds.at_most is not None and bounds.at_least > bounds.at_most:
        message = _("nothing is at least {low} and at most {high}")
        text = message.format(low=f"{bounds.at_least:g}", high=f"{bounds.at_most:g}")
        lookup.collector.error("R515", (*path, "at_least"), text, _("let 'at_least' be the smaller"))


def _check_situation(lookup: Lookup, path: Path, situation: Situation) -> None:
    for role, moves in situation.play.items():
        if lookup.has("roles", (*path, "play", role), role, key=True):
            for at, move in enumerate(moves):
                lookup.move((*path, "play", role, at), move, [role])
    for name, start in situation.start.items():
        where = (*path, "start", name)
        if lookup.has("indicators", where, name, key=True):
            _check_start(lookup, where, name, start)
    for at, forced in enumerate(situation.force):
        event, _at, moment = forced.partition("@")
        lookup.has("events", (*path, "force", at), event)
        if moment:
            check_moment(lookup.inventory, lookup.collector, (*path, "force", at), moment)
    lookup.have("events", (*path, "forbid"), situation.forbid)


def _check_start(lookup: Lookup, path: Path, name: str, start: str) -> None:
    item = lookup.scenario.indicators.get(name)
    if item is None:
        return
    low, high = item.range
    value = float(start) + (item.start if start[0] in "+-" else 0.0)
    if not low <= value <= high:
        message = _("{name} would begin at {value}, outside its range from {low} to {high}")
        text = message.format(name=name, value=f"{value:g}", low=f"{low:g}", high=f"{high:g}")
        lookup.collector.error("R515", path, text, _("choose a smaller change"))
