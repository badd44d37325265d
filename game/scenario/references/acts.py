"""Do policies, events, agreements, contests and endings fit together?"""

from typing import Final

from game.locale import _
from game.scenario.citations import check_cites
from game.scenario.inventory import ALWAYS, SHARING_IDS, shared_effects
from game.scenario.places import Path
from game.scenario.references.lookup import Lookup
from game.scenario.schema import Agreement, Contest, Decision, Effect, Event, Policy

_CAUSE_WORDS: Final = (ALWAYS, "broken", "sign")
"""Sections whose ids must differ, since any of them may be a cause."""


def check_acts(lookup: Lookup) -> None:
    """Note mistakes in what is done and what happens."""
    _check_ids(lookup)
    for _cause, path, effect in shared_effects(lookup.scenario):
        check_effect(lookup, path, effect)
    for name, policy in lookup.scenario.policies.items():
        _check_policy(lookup, ("policies", name), policy)
    for name, event in lookup.scenario.events.items():
        _check_event(lookup, ("events", name), event)
    for name, agreement in lookup.scenario.agreements.items():
        _check_agreement(lookup, ("agreements", name), agreement)
    _check_contests(lookup)
    _check_outcomes(lookup)


def check_effect(lookup: Lookup, path: Path, effect: Effect) -> None:
    """Note mistakes in an effect, its formula apart."""
    lookup.has("indicators", (*path, "change"), effect.change)
    check_cites(lookup.scenario, lookup.collector, (*path, "cite"), effect.cite)


def _check_ids(lookup: Lookup) -> None:
    first: dict[str, Path] = {}
    for section in SHARING_IDS:
        for name in lookup.inventory.ids(section):
            path = (section, name)
            if name in _CAUSE_WORDS:
                message = _("'{name}' has a meaning of its own and cannot be an id").format(name=name)
                lookup.collector.error("R506", path, message, _("choose another id"), key=True)
            if name in first:
                message = _("'{name}' is the id of two things").format(name=name)
                fix = _("policies, events and agreements need ids that differ: rename one")
                lookup.collector.error("R505", path, message, fix, key=True, see=first[name])
            first.setdefault(name, path)


def _check_policy(lookup: Lookup, path: Path, policy: Policy) -> None:
    known = lookup.has("roles", (*path, "role"), policy.role)
    for at, name in enumerate(policy.excludes):
        lookup.move((*path, "excludes", at), name, [policy.role] if known else None)


def _check_event(lookup: Lookup, path: Path, event: Event) -> None:
    lookup.have("roles", (*path, "seen_by"), event.seen_by, "all")
    if event.date is not None:
        lookup.date((*path, "date"), event.date)
    if event.place is not None and "map" not in lookup.collector.unread:
        places = lookup.scenario.map.places if lookup.scenario.map is not None else {}
        if event.place not in places:
            message = _("there is no place '{name}' on the map")
            lookup.collector.unknown((*path, "place"), event.place, places, message)
    if event.decision is not None:
        _check_decision(lookup, (*path, "decision"), event, event.decision)


def _check_decision(lookup: Lookup, path: Path, event: Event, decision: Decision) -> None:
    known = lookup.has("roles", (*path, "role"), decision.role)
    if known and "all" not in event.seen_by and decision.role not in event.seen_by:
        message = _("{role} decides about an event that it does not see").format(role=decision.role)
        fix = _("add {role} to 'seen_by'").format(role=decision.role)
        lookup.collector.error("R512", (*path, "role"), message, fix)
    default = decision.options.get(decision.default)
    if default is None:
        message = _("there is no option '{name}'")
        lookup.collector.unknown((*path, "default"), decision.default, decision.options, message)
        return
    where = (*path, "options", decision.default)
    message = _("the default '{name}' stands in for a seat that is absent").format(name=decision.default)
    if default.cost:
        lookup.collector.error("R514", (*where, "cost"), message, _("let it cost nothing"))
    if default.when is not None:
        lookup.collector.error("R514", (*where, "when"), message, _("take its condition out"))


def _check_agreement(lookup: Lookup, path: Path, agreement: Agreement) -> None:
    parties = agreement.between
    lookup.have("roles", (*path, "between"), parties)
    for at, party in enumerate(parties):
        if party in parties[:at]:
            message = _("{role} stands here twice").format(role=party)
            lookup.collector.error("R512", (*path, "between", at), message, _("name each party once"))
    for role in agreement.cost:
        place = (*path, "cost", role)
        if lookup.has("roles", place, role, key=True) and role not in parties:
            message = _("{role} does not sign this agreement").format(role=role)
            lookup.collector.error("R512", place, message, _("take it out"), key=True)
    for at, name in enumerate(agreement.broken_by):
        where = (*path, "broken_by", at)
        if name.startswith("#"):
            lookup.move(where, name, parties)
        elif name.startswith("sign."):
            message = _("a signature breaks nothing")
            lookup.collector.error("R503", where, message, _("name a policy, an answer or an event"))
        elif name not in lookup.inventory.ids("events"):
            may_be_event = "events" in lookup.collector.unread and "." not in name
            if not may_be_event or name in lookup.inventory.move_ids:
                lookup.move(where, name)


def _check_contests(lookup: Lookup) -> None:
    first: dict[str, Path] = {}
    for name, contest in lookup.scenario.contests.items():
        path = ("contests", name)
        lookup.date((*path, "date"), contest.date)
        _check_harvest(lookup, path, contest)
        for bloc in contest.blocs:
            where = (*path, "blocs", bloc)
            if bloc in first:
                message = _("'{name}' stands in two contests").format(name=bloc)
                fix = _("blocs need ids that differ: rename one")
                lookup.collector.error("R505", where, message, fix, key=True, see=first[bloc])
            first.setdefault(bloc, where)


def _check_harvest(lookup: Lookup, path: Path, contest: Contest) -> None:
    for at, move in enumerate(contest.harvest_without):
        lookup.move((*path, "harvest_without", at), move)


def _check_outcomes(lookup: Lookup) -> None:
    """The endings are tried in order: the last takes what is left, so it alone has no condition."""
    if "outcomes" in lookup.collector.unread or not lookup.scenario.outcomes:
        return
    *earlier, last = lookup.scenario.outcomes
    if lookup.scenario.outcomes[last].when is not None:
        message = _("the last ending has a condition: a game might end in none")
        lookup.collector.error("R513", ("outcomes", last, "when"), message, _("take its condition out"))
    for name in earlier:
        if lookup.scenario.outcomes[name].when is None:
            message = _("'{name}' has no condition, so no ending after it is ever reached")
            fix = _("add 'when', or move it to the end")
            lookup.collector.error("R513", ("outcomes", name), message.format(name=name), fix, key=True)
