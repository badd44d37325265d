"""How do a seat's wishes, choices, explanations and end read? In the same words for the window and for text play."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from game.locale import _, amount, list_of, ngettext, number
from game.play.citing import points, series
from game.play.views import (
    Account,
    AccountTerm,
    AgreementView,
    CostView,
    DecisionView,
    EndView,
    Explanation,
    MoveView,
    View,
)

_MOST_DIGITS: Final = 4
_DIGITS: Final = 1

_CLOSE: Final = math.log(2.0)
"""By how much more an account must misfit than the best before it is told apart: half as likely, or less."""


def score_and_mark(score: float, mark: float, digits: int = 0) -> tuple[str, str]:
    """Return a score and the mark that it has to reach, 0 to 1 each, in hundredths.

    They have as many digits as keep a score below its mark from reading as if it had reached it.
    """
    enough = next(
        (more for more in range(digits, _MOST_DIGITS) if score >= mark or _differ(score, mark, more)),
        _MOST_DIGITS,
    )
    return number(100 * score, enough), number(100 * mark, enough)


def _differ(one: float, other: float, digits: int) -> bool:
    return number(100 * one, digits) != number(100 * other, digits)


def clock(seconds: float) -> str:
    """Return a time in minutes and seconds, such as 1:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def wishes(view: View) -> list[str]:
    """Return the role's objectives with their weights."""
    total = sum(item.weight for item in view.objectives) or 1.0
    message = _("{objective}: counts for {share} percent.")
    return [
        message.format(objective=item.label, share=number(100 * item.weight / total))
        for item in view.objectives
    ]


def mark_line(view: View) -> str:
    """Return from which score on the role has reached what it wants."""
    return _("It counts as reached from {score} of 100 in all.").format(score=number(100 * view.reached_at))


def wasted(view: View) -> str:
    """Return a warning where capital that is left unspent goes beyond what the role can hold; empty if none does."""
    lost = view.capital - view.draft_cost + view.income - view.most_capital
    if round(lost, 1) <= 0.0 or view.turn == view.turns:
        return ""
    return _("Capital that will be lost, because you can hold {most} at most: {lost}.").format(
        most=amount(view.most_capital), lost=amount(lost)
    )


def last_stood_in(view: View) -> list[str]:
    """Return what was done in the seat's name in the turn that was resolved last, if anything was."""
    last = view.turn if view.phase == "over" else view.turn - 1
    return [item.text for item in view.headlines if item.kind == "stood_in" and item.turn == last]


# ---- Moves, agreements and questions ----


def price(move: MoveView) -> str:
    """Return what a move costs, in words."""
    if move.cost == 0:
        return _("free")
    return _("costs {capital}").format(capital=amount(move.cost))


def priced(move: MoveView) -> str:
    """Return a move's label and cost."""
    return _("{move} ({price})").format(move=move.label, price=price(move))


def offered(move: MoveView) -> str:
    """Return a move in one line: label, cost, whether it is drafted or why it cannot be."""
    if move.drafted:
        return _("{move}: in your order.").format(move=priced(move))
    if not move.available:
        return _("{move}: not now. {reason}").format(move=priced(move), reason=move.reason)
    return priced(move)


def about_move(move: MoveView) -> str:
    """Return what a move is about and what is special about using it."""
    parts = [move.about]
    if move.covert:
        parts.append(_("It is meant to stay hidden from the others."))
    if move.cooldown:
        text = ngettext(
            "After a use it rests for {n} turn.", "After a use it rests for {n} turns.", move.cooldown
        )
        parts.append(text.format(n=move.cooldown))
    return " ".join(part for part in parts if part)


def seats_title(view: View) -> str:
    """Return which seats a view tells of: those won in the vote, or those from before it."""
    held = any(bloc.seats is not None for bloc in view.blocs)
    return _("Seats won") if held else _("Seats before the vote")


def roles_of(view: View, roles: Iterable[str]) -> str:
    """Return the labels of roles as a list in words."""
    return list_of([view.roles.get(role, role) for role in roles])


def waits_for_signature(view: View, item: AgreementView) -> bool:
    """Return whether others' signatures under an agreement live and this seat's is missing."""
    return item.status == "offered" and item.mine and view.role not in item.signed_by


def agreement_line(view: View, item: AgreementView) -> str:
    """Return an agreement's label, parties and state in one line."""
    states = {
        "in_force": _("{agreement}, between {roles}: in force."),
        "offered": _("{agreement}, between {roles}: offered."),
        "open": _("{agreement}, between {roles}: not signed."),
        "gone": _("{agreement}, between {roles}: over, and cannot be signed again."),
    }
    return states[item.status].format(agreement=item.label, roles=roles_of(view, item.parties))


def agreement_details(view: View, item: AgreementView) -> list[str]:
    """Return what an agreement says, who knows of it and signed it, what breaks it and whether it can be signed."""
    lines = [item.about] if item.about else []
    if item.covert:
        lines.append(_("Only its parties know of it."))
    if item.signed_by:
        lines.append(_("Signed by {roles}.").format(roles=roles_of(view, item.signed_by)))
    if item.breaks:
        lines.append(_("It is broken by: {things}.").format(things=series(item.breaks)))
    if item.sign is not None and item.status in ("open", "offered") and view.phase == "deciding":
        lines.append(_sign_line(item.sign))
    return lines


def _sign_line(move: MoveView) -> str:
    if move.drafted:
        return _("Your signature is in your order.")
    if move.available:
        return _("You can sign: {price}.").format(price=price(move))
    return _("You cannot sign now: {reason}").format(reason=move.reason)


def time_left(item: DecisionView) -> str:
    """Return how long a question stays open and what happens then."""
    text = ngettext(
        "Answer this turn; otherwise: {default}.",
        "{n} turns are left to answer; after that: {default}.",
        item.turns_left,
    )
    return text.format(n=item.turns_left, default=_default_of(item))


def _default_of(item: DecisionView) -> str:
    """Return the label of the answer that is taken if none is given."""
    return next(option.label for option in item.options if option.id == item.default)


# ---- Explanations ----


def seen(view: Explanation, estimates: Sequence[float], reported: float) -> list[str]:
    """Return what there is to explain: the raw report, and what it made of the estimate.

    Args:
        view: The explanation.
        estimates: The seat's estimates of the indicator turn by turn, the declared start first; the last of them
            may not be worked out yet.
        reported: What the report says less what was estimated before.
    """
    before = estimates[view.since - 1]
    message = _("The report said {value}, which is {points} against your estimate before.")
    lines = [message.format(value=number(before + reported), points=points(reported))]
    if view.until < len(estimates):
        after = estimates[view.until]
        message = _("All in all you now estimate {value}, which is {points}.")
        lines.append(message.format(value=number(after), points=points(after - before)))
    return lines


def shares_in_a_mix(end: EndView | None) -> str:
    """Return how to read the evidence of a game that is over in a mixed world; nothing in any other game."""
    if end is None or sum(share > 0.0 for share in end.world.values()) < 2:
        return ""
    return _("This world was a mix, so no account was true alone: the percentages say which came closest.")


def closest(accounts: Sequence[Account]) -> str:
    """Return which accounts leave the least over, where that tells them from the others."""
    least = min((account.misfit for account in accounts), default=0.0)
    near = [account.analyst for account in accounts if account.misfit - least < _CLOSE]
    if len(near) == len(accounts):
        return _("All leave about as much over: this change tells nothing about which of them is right.")
    message = _(
        "The least is left over by {analyst}. Reports err and luck plays along: "
        "compare over several turns, and more than one indicator, before you believe it."
    )
    return message.format(analyst=list_of(near))


def largest(terms: Sequence[AccountTerm], change: float, most: int) -> tuple[list[AccountTerm], float]:
    """Return a true ledger's largest terms, and what is missing in them as they are shown: all others, and rounding.

    Args:
        terms: The terms, the largest first.
        change: What they sum to.
        most: How many are shown on their own.
    """
    shown = [term for term in terms[:most] if round(term.points, _DIGITS) != 0.0]
    rest = round(change, _DIGITS) - sum(round(term.points, _DIGITS) for term in shown)
    return shown, round(rest, _DIGITS)


# ---- The end ----


def cost_line(item: CostView) -> str:
    """Return one thing that the ending cost."""
    if item.in_turns:
        turns = round(item.value)
        text = ngettext("{cost}: {n} turn.", "{cost}: {n} turns.", turns)
        return text.format(cost=item.label, n=turns)
    return _("{cost}: {value}.").format(cost=item.label, value=number(item.value, 1))
