"""What does a forecast read like: what each analyst would expect of the order as it stands?"""

from collections.abc import Mapping

from game.locale import _, number
from game.play.citing import term_line
from game.play.views import ExpectedIndicator, ExpectedView, ForecastView, View
from game.terminal.phrases import enumerated

ENDINGS = 3
"""Endings that are named for each account: the likeliest."""

TERMS = 5
"""Causes that are named for each account at most: the largest."""


def forecast_page(view: View, forecast: ForecastView) -> list[str]:
    """Return what each account expects of the indicators that the seat watches first, and of the end."""
    featured = {item.id: place for place, item in enumerate(view.in_order, start=1) if item.featured}
    lines = [_order(view, forecast)]
    for account in forecast.readings:
        lines += ["", _account(account)]
        lines += [f"{featured[item.id]}. {_course(item)}" for item in _ordered(account, featured)]
        lines.append("   " + _endings(forecast, account))
    lines += [
        "",
        _("For the causes that each of them would name, type the number of the line, or: expect NAME"),
    ]
    return lines


def indicator_forecast_page(view: View, forecast: ForecastView, indicator: str) -> list[str]:
    """Return what each account expects of one indicator, and which causes it would name for the coming turn."""
    lines = [_order(view, forecast)]
    for account in forecast.readings:
        item = next((item for item in account.indicators if item.id == indicator), None)
        if item is None:
            return [_("No report on it reaches you, so there is nothing to lay an expectation against.")]
        lines += ["", _account(account), f"   {_course(item)}"]
        lines += [f"   {term_line(term)}" for term in item.terms[:TERMS]]
    return lines


def _order(view: View, forecast: ForecastView) -> str:
    labels = {move.id: move.label for move in view.policies}
    labels |= {option.id: option.label for decision in view.decisions for option in decision.options}
    labels |= {item.sign.id: item.sign.label for item in view.agreements if item.sign is not None}
    if not forecast.moves:
        return _("If you do nothing this turn:")
    return _("With your order as it stands ({moves}):").format(
        moves=enumerated(labels[name] for name in forecast.moves)
    )


def _ordered(account: ExpectedView, places: Mapping[str, int]) -> list[ExpectedIndicator]:
    """Return what an account expects of some indicators, by their numbers."""
    return sorted(
        (item for item in account.indicators if item.id in places), key=lambda item: places[item.id]
    )


def _account(account: ExpectedView) -> str:
    return _("{analyst} ({label}) would expect:").format(analyst=account.analyst, label=account.label)


def _course(item: ExpectedIndicator) -> str:
    low, _lower, _middle, _upper, high = item.bands[-1]
    message = _(
        "{indicator}: from {now} to {soon} after this turn; on the last day most likely {low} to {high}."
    )
    return message.format(
        indicator=item.label,
        now=number(item.now),
        soon=number(item.next_turn),
        low=number(low),
        high=number(high),
    )


def _endings(forecast: ForecastView, account: ExpectedView) -> str:
    likely = sorted(account.outcomes.items(), key=lambda pair: -pair[1])[:ENDINGS]
    parts = [
        _("{outcome} ({share} in 100)").format(outcome=forecast.titles[name], share=number(100 * share))
        for name, share in likely
        if share > 0.0
    ]
    return _("Likeliest endings: {endings}.").format(endings=enumerated(parts))
