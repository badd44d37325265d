"""What do the board's panels show? Where things stand, the vote, the map, the accounts and the ledger."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.desktop import theme
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.bars import draw_bar
from game.desktop.drawing.fan import Fan, draw_fan
from game.desktop.drawing.gauge import draw_arrow, draw_gauge
from game.desktop.drawing.hemicycle import draw_hemicycle
from game.desktop.drawing.map import Happening, draw_map
from game.desktop.drawing.shapes import mark, rounded
from game.desktop.sitting import Sitting
from game.locale import _, number
from game.play.views import Account, ExpectedView, IndicatorView, View
from game.play.wording import seats_title

if TYPE_CHECKING:
    from game.desktop.screens.board import Board

INDICATORS = "indicators"
"""What the list of where things stand is called among a screen's pages."""

_ROW = 26.0
_PAGER = 26.0
_MOST_TERMS = 6
_NAMED = 23.0
"""From the top of an analyst's name to what stands below it: Arabic letters have dots under the line."""


def height_of_indicators(rows: int) -> float:
    """Return how high the panel of where things stand must be to show so many rows on a page."""
    return 40 + rows * _ROW + _PAGER


def indicators_panel(canvas: Canvas, box: Box, board: "Board") -> None:
    """Draw where things stand, a page at a time; pressing a row chooses it."""
    x, y, w, h = canvas.panel(box, _("Where things stand"), _("filled arrow: worse"))
    items = board.sitting.view.in_order
    foot = _PAGER if len(items) * _ROW > h else 0
    first, last, total = board.pages(len(items), int((h - foot) / _ROW), INDICATORS)
    for place, item in enumerate(items[first:last]):
        top = y + place * _ROW
        _gauge_row(canvas, (x, top, w, _ROW), item, chosen=item.id == board.sitting.looked_at)
        canvas.hot(
            f"indicator:{item.id}",
            (x - 6, top - 2, w + 12, _ROW - 1),
            _pick(board.choose, item.id),
            item.label,
        )
    if total > 1:
        label = _("More: page {page} of {pages}").format(page=board.places[INDICATORS] + 1, pages=total)
        spot = (x, y + h - 22, w, 24)
        canvas.button("more indicators", spot, label, board.next_page(total, INDICATORS), key="I")


def _pick(choose: Callable[[str], None], name: str) -> Callable[[], None]:
    return lambda: choose(name)


def _gauge_row(canvas: Canvas, box: Box, item: IndicatorView, *, chosen: bool) -> None:
    x, y, w, _h = box
    if chosen:
        rounded(canvas.surface, canvas.rect((x - 6, y - 2, w + 12, _ROW - 1)), 5, theme.FAINT)
    if item.hidden or item.estimate is None:
        canvas.text(item.label, (x, y), 12.5, 500, width=w * 0.6)
        canvas.text(_("not known to you"), (x + w, y), 11.5, colour=theme.INK_3, anchor="end", width=w * 0.38)
    else:
        canvas.text(item.label, (x, y), 12.5, 500, width=w - 82)
        canvas.text(number(item.estimate), (x + w - 50, y - 1), 14, 700, anchor="end")
        arrow = canvas.rect((x + w - 44, y + 3, 12, 12))
        draw_arrow(canvas.surface, arrow.center, item, canvas.style)
        if item.trend != "unclear" and item.change is not None:
            canvas.text("\u200e" + number(item.change, signed=True), (x + w, y), 12, 600, anchor="end")
        elif item.low is not None and item.high is not None:
            half = number((item.high - item.low) / 2)
            canvas.text("\u200e±" + half, (x + w, y + 1), 11.5, colour=theme.INK_3, anchor="end")
    draw_gauge(canvas.surface, canvas.rect((x, y + 19, w, 4.5)), item, canvas.style)


def blocs_panel(canvas: Canvas, box: Box, view: View, tell: Callable[[], None]) -> None:
    """Draw the seats in parliament: before the vote those that each list had, then those that it won.

    Args:
        canvas: What is drawn on.
        box: The panel.
        view: The seat in front.
        tell: Opens the same with the lists' whole names.
    """
    total = sum(bloc.was if bloc.seats is None else bloc.seats for bloc in view.blocs)
    note = _("{n} seats; V: in full").format(n=total)
    x, y, w, h = canvas.panel(box, seats_title(view), note)
    if not view.blocs:
        canvas.text(_("No vote in this scenario."), (x, y), colour=theme.INK_3, width=w)
        return
    canvas.hot("seats", box, tell, seats_title(view), "V")
    seats = [bloc.was if bloc.seats is None else bloc.seats for bloc in view.blocs]
    half = min(w * 0.46, 2 * (h - 6))
    area = canvas.rect((x, y + (h - half / 2) / 2 - 4, half, half / 2 + 8))
    colours = [bloc.colour for bloc in view.blocs]
    draw_hemicycle(canvas.surface, area, seats, colours, theme.PANEL)
    left, wide, each = x + half + 12, w - half - 12, min(19.0, h / len(view.blocs))
    top = y + (h - each * len(view.blocs)) / 2
    for at, (bloc, count) in enumerate(zip(view.blocs, seats, strict=True)):
        row = top + at * each
        key = canvas.rect((left, row + 4, 9, 9))
        rounded(canvas.surface, key, 2, bloc.colour, theme.INK_2)
        canvas.text(bloc.label, (left + 14, row), 11, width=wide - 44)
        canvas.text(str(count), (left + wide, row), 11.5, 700, anchor="end")


def map_panel(canvas: Canvas, box: Box, view: View) -> None:
    """Draw the map with what happened; without one, what the scenario is about."""
    if view.map is None:
        inner = canvas.panel(box, view.title)
        canvas.lines(view.about, inner, 13.5)
        return
    last = view.turn if view.phase == "over" else view.turn - 1
    happened = [
        Happening(item.place, item.text, latest=item.turn == last)
        for item in view.headlines
        if item.kind == "event" and item.place is not None and item.turn >= last - 2
    ]
    draw_map(canvas.surface, canvas.rect(box), view.map, happened, canvas.style)


def accounts_panel(canvas: Canvas, box: Box, sitting: Sitting, tell: Callable[[], None]) -> None:
    """Draw what each account expects of the indicator looked at, on one axis.

    Args:
        canvas: What is drawn on.
        box: The panel.
        sitting: The seat in front.
        tell: Opens the same in words.
    """
    view = sitting.view
    item = next((item for item in view.indicators if item.id == sitting.looked_at), None)
    note = _("{indicator}; E: in words").format(indicator=item.label) if item is not None else ""
    short = _("E: in words") if item is not None else ""
    x, y, w, h = canvas.panel(box, _("What each account expects"), note, short)
    canvas.hot("expected", box, tell, _("What each account expects, in words"), "E")
    forecast = sitting.forecast()
    if item is None or item.hidden:
        canvas.lines(_("This seat hears nothing of it, so no account can be laid against it."), (x, y, w, h))
        return
    each = h / max(1, len(view.readings))
    for place, reading in enumerate(view.readings):
        top = y + place * each
        dot, sign = canvas.rect((x, top + 3, 11, 11)), theme.MARKS[place % len(theme.MARKS)]
        mark(canvas.surface, sign, dot.center, 5 * canvas.style.scale, reading.colour)
        taken = canvas.text(reading.analyst, (x + 17, top), 12.5, 600, reading.colour, width=w * 0.55)
        canvas.text(reading.label, (x + 25 + taken, top + 1), 11.5, colour=theme.INK_2, width=w - taken - 28)
        expected = None if forecast is None else forecast.readings[place]
        coming = next((one for one in expected.indicators if one.id == item.id), None) if expected else None
        fan = Fan(
            past=item.history,
            bands=coming.bands if coming is not None else (),
            low=item.least,
            high=item.most,
            turns=view.turns,
            place=place,
            colour=reading.colour,
            marked=view.vote,
        )
        room = (x, top + _NAMED, w - 104, max(18.0, each - _NAMED - 5))
        draw_fan(canvas.surface, canvas.rect(room), fan, canvas.style)
        _figure(canvas, (x + w - 98, top + _NAMED, 98, each - _NAMED - 5), expected, item, reading.colour)


def _figure(
    canvas: Canvas, box: Box, expected: ExpectedView | None, item: IndicatorView, colour: str
) -> None:
    x, y, w, h = box
    if expected is None:
        canvas.lines(_("looking ahead …"), (x, y + 4, w, h), 11.5, colour=theme.INK_3)
        return
    coming = next((one for one in expected.indicators if one.id == item.id), None)
    if coming is None:
        return
    change = coming.next_turn - coming.now
    canvas.text("\u200e" + number(change, 1, signed=True), (x + w, y), 19, 700, colour, anchor="end")
    if h > 42:
        canvas.text(_("this turn"), (x + w, y + 25), 11, colour=theme.INK_2, anchor="end", width=w)
    if h > 57 and coming.terms:
        rows = int((h - 42) / 14.5)
        canvas.lines(coming.terms[0].text, (x, y + 42, w, rows * 14.5), 11, 400, theme.INK_2, 1.3, "end")


def ledger_panel(canvas: Canvas, box: Box, sitting: Sitting, explain: Callable[[], None]) -> None:
    """Draw how each account would explain the last change of the indicator looked at.

    Args:
        canvas: What is drawn on.
        box: The panel.
        sitting: The seat in front.
        explain: Opens the explanation in full.
    """
    found = sitting.explained(sitting.looked_at)
    if found is None:
        x, y, w, h = canvas.panel(box, _("Why did it change?"))
        canvas.lines(
            _("No turn has been played yet, so nothing has moved."), (x, y, w, h), colour=theme.INK_2
        )
        return
    note = _("{indicator}; W: in full").format(indicator=found.label)
    x, y, w, h = canvas.panel(box, _("Why did it change?"), note, _("W: in full"))
    if found.reported is None:
        canvas.lines(_("This seat hears nothing of it."), (x, y, w, h), colour=theme.INK_2)
        return
    reported = _("Reported: {change} since the estimate before").format(
        change="\u200e" + number(found.reported, 1, signed=True)
    )
    canvas.text(reported, (x, y - 2), 11.5, 600, width=w)
    each = (h - 16) / max(1, len(found.accounts))
    most = max(
        [1.0, abs(found.reported)]
        + [abs(term.points) for account in found.accounts for term in account.terms]
        + [abs(account.unexplained) for account in found.accounts]
    )
    for place, account in enumerate(found.accounts):
        spot = (x, y + 16 + place * each, w, each)
        _account(canvas, spot, account, place, sitting.view.readings[place].colour, most)
    canvas.hot("explained", box, explain, _("Why? In full"), "W")


def _account(canvas: Canvas, box: Box, account: Account, place: int, colour: str, most: float) -> None:
    x, y, w, h = box
    dot = canvas.rect((x, y + 3, 10, 10))
    mark(canvas.surface, theme.MARKS[place % len(theme.MARKS)], dot.center, 4.4 * canvas.style.scale, colour)
    left_over = _("leaves {points}").format(points="\u200e" + number(account.unexplained, 1, signed=True))
    canvas.text(account.analyst, (x + 15, y), 12, 600, colour, width=w * 0.55)
    canvas.text(left_over, (x + w, y), 11.5, 600, anchor="end", width=w * 0.4)
    rows = max(0, min(_MOST_TERMS, int((h - 20) / 16)))
    for at, term in enumerate(account.terms[:rows]):
        top = y + 17 + at * 16
        cited = f" [{_(', ').join(part.rpartition(':')[2] for part in term.cite)}]" if term.cite else ""
        canvas.text(term.text + cited, (x + 15, top), 11, width=w * 0.6 - 15)
        bar = canvas.rect((x + w * 0.6, top, w * 0.4, 15))
        draw_bar(canvas.surface, bar, term.points, most, colour, canvas.style)
