"""How do things stand at the prompt, why did they move, and what is to be expected?"""

from collections.abc import Sequence
from typing import TypeAlias

from game.locale import _
from game.play.orders import Order, Refused
from game.play.views import IndicatorView
from game.terminal import accounts, expecting, pages
from game.terminal.commands import folded, means_all, whole_number
from game.terminal.picking import Named
from game.terminal.seated import Seated

Words: TypeAlias = Sequence[str]


def show_status(seated: Seated, rest: Words) -> None:
    """Show how things stand, or all about one indicator."""
    if rest and not means_all(rest):
        item = _indicator(seated, " ".join(rest))
        if item is not None:
            seated.say(pages.indicator_page(seated.view, item))
        return
    seated.say(pages.status_page(seated.view, everything=bool(rest)))
    seated.on_number = lambda number: show_status(seated, [str(number)])


def explain(seated: Seated, rest: Words) -> None:
    """Show how each analyst would explain a change."""
    last = seated.view.turn if seated.view.phase == "over" else seated.view.turn - 1
    if last == 0:
        seated.say([_("No turn has been played yet, so nothing has moved.")])
        return
    words = list(rest)
    since = whole_number(words[-1]) if len(words) > 1 else None
    if since is not None:
        words.pop()
        if len(words) > 1 and folded(words[-1]) in _since_words():
            words.pop()
    if not words:
        _list_indicators(seated, _("Type the number of what you want explained:"))
        seated.on_number = lambda number: explain(seated, [str(number)])
        return
    item = _indicator(seated, " ".join(words))
    if item is not None:
        found = seated.seat.explain(item.id, last if since is None else since, last, seated.terminal.lang)
        seated.say(
            [found.reason] if isinstance(found, Refused) else accounts.explanation_page(found, item.history)
        )


def expect(seated: Seated, rest: Words) -> None:
    """Show what each analyst would expect of the order as it stands, of everything or of one indicator."""
    order = Order(turn=seated.view.turn, moves=seated.view.draft)
    found = seated.seat.forecast(order, seated.terminal.lang)
    if isinstance(found, Refused):
        seated.say([found.reason])
        return
    seated.on_number = lambda number: expect(seated, [str(number)])
    if not rest:
        seated.say(expecting.forecast_page(seated.view, found))
    else:
        item = _indicator(seated, " ".join(rest))
        if item is not None:
            seated.say(expecting.indicator_forecast_page(seated.view, found, item.id))


def tell_truth(seated: Seated, rest: Words) -> None:
    """Show the true ledger of an indicator in a turn; all turns where none is named."""
    words = list(rest)
    turn = whole_number(words[-1]) if len(words) > 1 else None
    if turn is not None:
        words.pop()
    if not words:
        _list_indicators(seated, _("Type the number of what you want to know the truth about:"))
        seated.on_number = lambda number: tell_truth(seated, [str(number)])
        return
    item = _indicator(seated, " ".join(words))
    if item is None:
        return
    for place in range(1, seated.view.turns + 1) if turn is None else (turn,):
        found = seated.seat.truth(item.id, place, seated.terminal.lang)
        seated.say([found.reason] if isinstance(found, Refused) else accounts.truth_page(found))


def _list_indicators(seated: Seated, title: str) -> None:
    items = seated.view.in_order
    seated.say([title, *pages.numbered(item.label for item in items)])


def _indicator(seated: Seated, text: str) -> IndicatorView | None:
    items = {item.id: item for item in seated.view.in_order}
    found = seated.picked(text, [Named(item.id, item.label) for item in items.values()])
    return None if found is None else items[found.id]


def _since_words() -> set[str]:
    # Translators: the word before a turn's number, as in `why attack_tempo since 3`.
    return {"since", folded(_("since"))}
