"""What stands on a role's card? What that role knows before the first turn, and nothing of the others' own."""

from dataclasses import dataclass

from game.debrief.lesson_public import paragraphs
from game.engine.ruleset import Move
from game.locale import _, amount, list_of, ngettext
from game.play.texts import Texts
from game.scenario.reports import is_exact
from game.scenario.schema import Role


@dataclass(frozen=True, slots=True)
class Line:
    """A policy or an agreement on a card.

    Attributes:
        label: Its name.
        about: What is done, empty if the scenario does not say.
        cost: Political capital.
        notes: What else to know, in the current language.
    """

    label: str
    about: str
    cost: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A role's card.

    Attributes:
        label: The role's name.
        brief: Paragraphs of its brief.
        objectives: What it wants, and its weight in percent.
        reached_at: Score in percent from which it has reached its objectives.
        capital: What it has to spend, in a sentence.
        policies: What it can do.
        agreements: What it can sign.
        exact: What it knows exactly, in words; empty if nothing.
        hidden: What it hears nothing of, in words; empty if nothing.
    """

    label: str
    brief: tuple[str, ...]
    objectives: tuple[tuple[str, int], ...]
    reached_at: int
    capital: str
    policies: tuple[Line, ...]
    agreements: tuple[Line, ...]
    exact: str
    hidden: str


def card_of(texts: Texts, role: str) -> Card:
    """Return a role's card in the language of the texts."""
    scenario, ruleset = texts.scenario, texts.ruleset
    authored, at = scenario.roles[role], ruleset.role_at[role]
    weights = [objective.weight for objective in authored.objectives.values()]
    indicators = scenario.indicators.values()
    return Card(
        label=authored.label,
        brief=paragraphs(authored.brief),
        objectives=tuple(
            (objective.label, round(100 * objective.weight / sum(weights)))
            for objective in authored.objectives.values()
        ),
        reached_at=round(100 * authored.reached_at),
        capital=_capital(authored),
        policies=tuple(
            _policy(texts, move) for move in ruleset.moves if move.kind == "policy" and move.role == at
        ),
        agreements=tuple(
            _agreement(texts, number, role)
            for number, agreement in enumerate(ruleset.agreements)
            if role in scenario.agreements[agreement.id].between
        ),
        exact=list_of([item.label for item in indicators if is_exact(item, role)]),
        hidden=list_of([item.label for item in indicators if role in item.report.hidden_from]),
    )


def _capital(role: Role) -> str:
    message = ngettext(
        "{start} at the start, {income} more each turn, {most} at most; {n} policy a turn.",
        "{start} at the start, {income} more each turn, {most} at most; {n} policies a turn.",
        role.slots,
    )
    return message.format(
        start=amount(role.capital.start),
        income=amount(role.capital.income),
        most=amount(role.capital.most),
        n=role.slots,
    )


def _policy(texts: Texts, move: Move) -> Line:
    policy = texts.scenario.policies[move.id]
    notes = []
    if policy.covert >= 1:
        notes.append(_("Others are not told."))
    elif policy.covert > 0:
        share = _("Others are not told in {share} of 100 uses.")
        notes.append(share.format(share=round(100 * policy.covert)))
    if policy.cooldown:
        rest = ngettext(
            "Rests for {n} turn after a use.", "Rests for {n} turns after a use.", policy.cooldown
        )
        notes.append(rest.format(n=policy.cooldown))
    if policy.when is not None:
        notes.append(_("Not open at all times."))
    if move.excludes:
        excluded = list_of([texts.move(other) for other in sorted(move.excludes)])
        notes.append(_("Not in one turn with: {policies}.").format(policies=excluded))
    return Line(policy.label, policy.about or "", amount(policy.cost), tuple(notes))


def _agreement(texts: Texts, at: int, role: str) -> Line:
    bound = texts.ruleset.agreements[at]
    agreement = texts.scenario.agreements[bound.id]
    others = [texts.roles[name] for name in agreement.between if name != role]
    notes = [_("With: {roles}.").format(roles=list_of(others))]
    if agreement.starts:
        notes.append(_("In force from the start."))
    if agreement.covert:
        notes.append(_("Only its parties know of it."))
    causes = [texts.cause(texts.ruleset.cause_of_move(move)) for move in sorted(bound.broken_by_moves)]
    causes += [texts.event(event) for event in sorted(bound.broken_by_events)]
    if causes:
        notes.append(_("Broken by: {causes}.").format(causes=list_of(list(dict.fromkeys(causes)))))
    return Line(agreement.label, agreement.about or "", amount(agreement.cost.get(role, 0.0)), tuple(notes))
