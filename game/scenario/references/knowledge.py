"""Would anything tell a seat what it may not know?

What a player sees greyed out is a condition made visible, so conditions on moves may use only what the role
knows exactly. And a role that knows an indicator exactly on which readings differ knows the world.
"""

from collections.abc import Mapping
from typing import TypeAlias

from game.locale import _
from game.scenario.expressions import Use
from game.scenario.formula_source import Fault
from game.scenario.formulas import Formulas
from game.scenario.inventory import SIGN
from game.scenario.places import Path
from game.scenario.references.lookup import Lookup
from game.scenario.reports import is_exact
from game.scenario.rules import RuleDraft

Drafts: TypeAlias = Mapping[str, RuleDraft]


def check_knowledge(lookup: Lookup, formulas: Formulas, drafts: Drafts) -> None:
    """Note conditions that leak, and exact reports on contested indicators."""
    scenario = lookup.scenario
    for name, policy in scenario.policies.items():
        _check_condition(lookup, formulas, ("policies", name, "when"), [policy.role])
    for name, event in scenario.events.items():
        if event.decision is not None:
            for option in event.decision.options:
                path = ("events", name, "decision", "options", option, "when")
                _check_condition(lookup, formulas, path, [event.decision.role])
    for name, agreement in scenario.agreements.items():
        _check_condition(lookup, formulas, ("agreements", name, "when"), list(agreement.between))
    _check_exactness(lookup, drafts)


def _check_condition(lookup: Lookup, formulas: Formulas, path: Path, roles: list[str]) -> None:
    formula = formulas.get(path)
    if formula is None:
        return
    for use in formula.uses:
        for role in roles:
            reason = _unknown_to(lookup, role, use)
            if reason and role in lookup.scenario.roles:
                message = _("{role} would learn from this condition what it may not know: {reason}")
                fix = _("use what {role} knows exactly, or take this part out").format(role=role)
                fault = Fault("R508", use.offset, use.length, message.format(role=role, reason=reason), fix)
                lookup.collector.faults(path, [fault])
                break


def _unknown_to(lookup: Lookup, role: str, use: Use) -> str:
    """Return why a role may not know what a formula reads; '' if it may."""
    scenario = lookup.scenario
    if use.kind == "indicator" and use.name in scenario.indicators:
        item = scenario.indicators[use.name]
        misspelt = any(name not in lookup.inventory.ids("roles") for name in item.report.exact_for)
        if not is_exact(item, role) and not misspelt:
            return _("its report of '{name}' is not exact").format(name=use.name)
    elif use.kind == "event" and use.name in scenario.events:
        if "all" not in scenario.events[use.name].seen_by:
            return _("not all see '{name}'").format(name=use.name)
    elif use.kind == "agreement" and use.name in scenario.agreements:
        agreement = scenario.agreements[use.name]
        if agreement.covert and role not in agreement.between:
            return _("'{name}' is covert").format(name=use.name)
    elif use.kind in ("move", "tag"):
        known = lookup.inventory.move_ids if use.kind == "move" else lookup.inventory.tags
        owners = {lookup.inventory.moves[at].role for at in known.get(use.name, ())}
        shared = use.name.startswith(SIGN) and role in owners
        if owners - {role} and not shared:
            return _("'{name}' is not its own move").format(name=use.name)
    return ""


def _check_exactness(lookup: Lookup, drafts: Drafts) -> None:
    contested: dict[str, RuleDraft] = {}
    for draft in drafts.values():
        if len(set(draft.coefficients)) > 1:
            contested.setdefault(draft.effect.change, draft)
    for name, item in lookup.scenario.indicators.items():
        for role in lookup.scenario.roles:
            if name in contested and is_exact(item, role):
                path = _where_exact(lookup, name, role)
                message = _("{role} knows '{name}' exactly, and readings differ on it ({rule})")
                text = message.format(role=role, name=name, rule=contested[name].id)
                fix = _("give {role} a report with an error, or that seat knows the world").format(role=role)
                lookup.collector.error("R509", path, text, fix)


def _where_exact(lookup: Lookup, name: str, role: str) -> Path:
    """Return where it says that a role knows an indicator exactly."""
    report = lookup.scenario.indicators[name].report
    path = ("indicators", name, "report")
    if role in report.exact_for:
        return (*path, "exact_for", report.exact_for.index(role))
    return (*path, "error", role if role in report.error else "default")
