"""How are dates, amounts, moves and changes put into words?"""

from collections.abc import Iterable

from game.locale import _, number
from game.locale.dates import dates_written
from game.play.views import IndicatorView, View


def enumerated(items: Iterable[str]) -> str:
    """Join short items, such as words or numbers."""
    # Translators: what stands between the items of a list of words.
    return _(", ").join(items)


def dates_of(view: View) -> str:
    """Return the dates of a view's turn in words."""
    return dates_written(view.first_day, view.last_day)


def level(item: IndicatorView) -> str:
    """Return in words where an indicator stands, as a seat can know it."""
    if item.estimate is None or item.low is None or item.high is None:
        return _("No report reaches you.")
    value = number(item.estimate)
    if item.exact or number(item.low) == number(item.high):
        return _("{value}, known exactly.").format(value=value) if item.exact else f"{value}."
    message = _("About {value}, most likely {low} to {high}.")
    return message.format(value=value, low=number(item.low), high=number(item.high))


def change(item: IndicatorView) -> str:
    """Return in words how an indicator moved over the last turn; empty before the first."""
    if item.change is None:
        return ""
    size = number(abs(item.change))
    if size == "0":
        return _("Hardly changed.")
    if item.trend == "unclear" and not item.exact:
        if item.change > 0:
            return _("Up {points}, unclear.").format(points=size)
        return _("Down {points}, unclear.").format(points=size)
    if item.change > 0:
        return _("Up {points}.").format(points=size)
    return _("Down {points}.").format(points=size)


def standing(item: IndicatorView) -> str:
    """Return an indicator's label, level and change in one line."""
    parts = [f"{item.label}:", level(item), change(item)]
    return " ".join(part for part in parts if part)
