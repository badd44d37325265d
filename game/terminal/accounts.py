"""What does an explanation read like: each analyst's account of a change, or the true ledger?"""

from collections.abc import Iterable, Sequence

from game.locale import _, ngettext, number
from game.play.citing import points, term_line
from game.play.views import Account, AccountTerm, Explanation, TruthView
from game.play.wording import closest, largest, seen

_DIGITS = 1


def explanation_page(view: Explanation, estimates: Sequence[float]) -> list[str]:
    """Return how each account would explain a reported change, and what each leaves over.

    Args:
        view: The explanation.
        estimates: The seat's estimates of the indicator turn by turn, the declared start first.
    """
    if view.reported is None:
        return [
            _("No report on {indicator} reaches you, so there is no change to explain.").format(
                indicator=view.label
            )
        ]
    lines = [_covered(view), *seen(view, estimates, view.reported)]
    for place, account in enumerate(view.accounts, start=1):
        lines += ["", f"{place}. {_explained(account)}", *_terms(account.terms)]
        lines.append("   " + _left(view, account))
    return [*lines, "", closest(view.accounts)]


def _left(view: Explanation, account: Account) -> str:
    """Return what an account leaves over; over several turns, how far off the reports lie on average as well."""
    if view.since == view.until:
        return _("Left unexplained: {points}.").format(points=points(account.unexplained))
    message = _(
        "Left unexplained: {points} of the last report; reports of these turns lie {gap} off on average."
    )
    return message.format(points=points(account.unexplained), gap=number(account.gap, _DIGITS))


def _covered(view: Explanation) -> str:
    if view.since == view.until:
        message = _("Why {indicator} moved in turn {turn}")
        return message.format(indicator=view.label, turn=view.until)
    message = _("Why {indicator} moved from turn {since} to turn {until}")
    return message.format(indicator=view.label, since=view.since, until=view.until)


def _explained(account: Account) -> str:
    if not account.terms:
        return _("{analyst} would name nothing that moved it.").format(analyst=account.analyst)
    message = _("{analyst} would explain {points}:")
    return message.format(analyst=account.analyst, points=points(account.explained))


def _terms(terms: Iterable[AccountTerm]) -> list[str]:
    """Return terms as lines; what a claim says is told once."""
    lines, told = [], set[str]()
    for term in terms:
        lines.append(f"   {term_line(term, says=term.says not in told)}")
        told.add(term.says)
    return lines


def truth_page(view: TruthView) -> list[str]:
    """Return why an indicator really moved in a turn; the terms as shown sum to the change as shown."""
    message = _("{indicator} in turn {turn}: from {before} to {after}, {change}")
    lines = [
        message.format(
            indicator=view.label,
            turn=view.turn,
            before=number(view.before, _DIGITS),
            after=number(view.after, _DIGITS),
            change=points(view.after - view.before),
        )
    ]
    return lines + ledger_lines(view.terms, view.after - view.before, most=len(view.terms))


def ledger_lines(terms: Sequence[AccountTerm], change: float, most: int) -> list[str]:
    """Return a true ledger's largest terms and the rest in one line.

    Args:
        terms: The terms, the largest first.
        change: What they sum to.
        most: How many are shown on their own.
    """
    shown, rest = largest(terms, change, most)
    lines, count = _terms(shown), len(terms) - len(shown)
    if rest == 0.0:
        return lines
    text = ngettext(
        "{points} {n} smaller cause, and rounding",
        "{points} {n} smaller causes together, and rounding",
        count,
    )
    if count == 0:
        text = _("{points} rounding")
    return [*lines, "   " + text.format(points=points(rest), n=count)]
