"""What can be chosen on the board? Policies as cards, agreements to sign and decisions to answer."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.desktop import theme
from game.desktop.canvas import Box, Canvas
from game.desktop.drawing.shapes import mark, rounded
from game.desktop.screens.choice import AgreementPage, QuestionPage, can_be_signed
from game.locale import _, list_of, number
from game.play.views import AgreementView, DecisionView, MoveView
from game.play.wording import time_left, waits_for_signature

if TYPE_CHECKING:
    from game.desktop.screens.board import Board

_GAP = 7
_CARD = 152.0
_POLICIES = "policies"
_LEAST = 0.05
"""Points that are shown as a number."""
_TITLE = 20.0
_TIME = 11 * 1.42
_LEAST_OPTION = 22.0
"""Height of an answer below which its label is not read well."""


def _toggle(board: "Board", move: MoveView) -> Callable[[], None]:
    def press() -> None:
        board.say(board.sitting.toggle(move))

    return press


def policies(canvas: Canvas, box: Box, board: "Board", columns: int) -> None:
    """Draw the policies as cards, a page at a time; a digit or a press puts one into the order."""
    x, y, w, h = box
    rows = max(1, int(h // _CARD))
    items = board.sitting.view.policies
    first, last, total = board.pages(len(items), rows * columns, _POLICIES)
    side = 34 if total > 1 else 0
    wide = (w - side - _GAP * (columns - 1)) / columns
    high = (h - _GAP * (rows - 1)) / rows
    colours = [reading.colour for reading in board.sitting.view.readings]
    for place, move in enumerate(items[first:last]):
        row, column = divmod(place, columns)
        spot = (x + column * (wide + _GAP), y + row * (high + _GAP), wide, high)
        key = str(place + 1) if place < 9 else ""
        leaning = list(zip(board.sitting.leaning(move.id), colours, strict=False))
        _card(canvas, spot, move, key, _toggle(board, move), leaning)
    if total > 1:
        spot = (x + w - 28, y, 28, h)
        rounded(canvas.surface, canvas.rect(spot), 6 * canvas.style.scale, theme.INSET, theme.LINE)
        canvas.text(
            f"{board.places[_POLICIES] + 1}/{total}", (x + w - 14, y + 8), 11, 600, anchor="centre", width=26
        )
        middle = canvas.rect((x + w - 22, y + h / 2 - 8, 16, 16))
        mark(canvas.surface, "down", middle.center, 6 * canvas.style.scale, theme.INK_2)
        canvas.text("N", (x + w - 14, y + h - 24), 11, 600, theme.INK_3, "centre")
        canvas.hot("more policies", spot, board.next_page(total, _POLICIES), _("More policies"), "N")


def _card(
    canvas: Canvas,
    box: Box,
    move: MoveView,
    key: str,
    press: Callable[[], None],
    leaning: Sequence[tuple[float, str]],
) -> None:
    x, y, w, h = box
    u = canvas.style.scale
    ready = move.available or move.drafted
    edge = theme.FOCUS if move.drafted else theme.LINE
    rounded(
        canvas.surface,
        canvas.rect(box),
        7 * u,
        theme.PANEL if ready else theme.INSET,
        edge,
        3 if move.drafted else 1,
    )
    ink = theme.INK if ready else theme.INK_3
    if key:
        rounded(canvas.surface, canvas.rect((x + 10, y + 9, 20, 20)), 4 * u, theme.FAINT)
        canvas.text(key, (x + 20, y + 11), 11.5, 600, anchor="centre")
    for at in range(min(5, round(move.cost))):
        spot = canvas.rect((x + w - 21 - at * 14, y + 13, 11, 11))
        mark(canvas.surface, "circle", spot.center, 4.6 * u, theme.GOLD)
    if move.drafted:
        canvas.text(_("ordered"), (x + 36, y + 11), 11.5, 700, theme.FOCUS, width=w - 60 - 14 * move.cost)
    elif move.covert:
        canvas.text(_("covert"), (x + 36, y + 11), 11, colour=theme.INK_2, width=w - 60 - 14 * move.cost)
    foot = 28 if leaning or not ready else 6
    used = canvas.lines(move.label, (x + 10, y + 34, w - 20, 54), 13.5, 600, ink, 1.3)
    room = h - 36 - used - foot
    if room >= 15:
        canvas.lines(
            move.about,
            (x + 10, y + 37 + used, w - 20, room),
            11.5,
            400,
            theme.INK_2 if ready else theme.INK_3,
            1.36,
        )
    if not ready:
        canvas.text(move.reason, (x + 10, y + h - 22), 11, 600, theme.WORSE, width=w - 20)
    elif leaning:
        _leaning(canvas, (x + 8, y + h - 25, w - 16, 19), leaning)
    canvas.hot(f"move:{move.id}", box, press, move.label, key)


def _leaning(canvas: Canvas, box: Box, points: Sequence[tuple[float, str]]) -> None:
    """Draw what each account would have a card do to the indicator looked at, in the account's colour."""
    x, y, w, h = box
    each = (w - 4 * (len(points) - 1)) / len(points)
    for place, (value, colour) in enumerate(points):
        left = x + place * (each + 4)
        ground = theme.mixed(theme.PANEL, colour, 0.12)
        rounded(canvas.surface, canvas.rect((left, y, each, h)), 4 * canvas.style.scale, ground)
        spot = canvas.rect((left + 4, y + h / 2 - 4.5, 9, 9))
        sign = theme.MARKS[place % len(theme.MARKS)]
        mark(canvas.surface, sign, spot.center, 3.6 * canvas.style.scale, colour)
        moves = abs(value) >= _LEAST
        figure = "\u200e" + number(value, 1, signed=True) if moves else "–"
        weight, ink = (600, theme.INK) if moves else (400, theme.INK_3)
        edge, room = 5, each - 18
        if canvas.width_of(figure, 11, weight) > room:  # Many accounts on a narrow card: the direction alone.
            figure, edge, room = figure[:2], 0, each - 10
        canvas.text(figure, (left + each - edge, y + h / 2 - 8), 11, weight, ink, "end", room)


def agreements(canvas: Canvas, box: Box, board: "Board") -> None:
    """Draw the agreements with their state, those first that wait for this seat; a press opens one's text."""
    x, y, w, h = canvas.panel(box)
    view = board.sitting.view
    items = sorted(view.agreements, key=lambda item: not waits_for_signature(view, item))
    each = 44.0
    room = int(h / each)
    if len(items) > room:
        room = int((h - 30) / each)
    first, last, total = board.pages(len(items), room)
    for place, item in enumerate(items[first:last]):
        _agreement(canvas, (x, y + place * each, w, each), item, board)
    _pager(canvas, (x, y + h - 26, w, 26), board, total)
    if not items:
        canvas.text(_("No agreement is possible in this scenario."), (x, y), colour=theme.INK_2, width=w)


def _pager(canvas: Canvas, box: Box, board: "Board", total: int) -> None:
    if total > 1:
        label = _("More: page {page} of {pages}").format(page=board.places[""] + 1, pages=total)
        canvas.button("more", box, label, board.next_page(total), key="M")


def _agreement(canvas: Canvas, box: Box, item: AgreementView, board: "Board") -> None:
    x, y, w, h = box
    states = {
        "in_force": _("in force"),
        "offered": _("offered"),
        "open": _("can be signed"),
        "others": _("not signed"),
        "gone": _("no longer possible"),
    }
    view = board.sitting.view
    button = 70 if can_be_signed(item) else 0
    row = (x - 6, y - 4, w + 6 - button, h - 4)
    rounded(canvas.surface, canvas.rect(row), 5 * canvas.style.scale, theme.INSET, theme.LINE)
    canvas.text(item.label, (x, y - 1), 12.5, 600, width=w - button - 8)
    signed = list_of([view.roles[role] for role in item.signed_by]) if item.signed_by else ""
    stands = "others" if item.status == "open" and not _is_open_here(item) else item.status
    state = states[stands] + (f": {signed}" if signed else "")
    canvas.text(state, (x, y + 17), 11, colour=theme.INK_2, width=w - button - 8)

    def read() -> None:
        board.app.show(AgreementPage(board.app, board.sitting, item.id))

    canvas.hot(f"agreement:{item.id}", row, read, item.label)
    if item.sign is not None and button:
        label = _("Signed") if item.sign.drafted else _("Sign")
        spot = (x + w - button + 6, y + 3, button - 6, 26)
        press = _toggle(board, item.sign)
        canvas.button(f"move:{item.sign.id}", spot, label, press, on=item.sign.drafted)


def _is_open_here(item: AgreementView) -> bool:
    """Return whether this seat can put its own signature under an agreement now."""
    return item.sign is not None and (item.sign.available or item.sign.drafted)


def decisions(canvas: Canvas, box: Box, board: "Board") -> None:
    """Draw the question that waits for an answer, with its options; a press opens its text."""
    x, y, w, h = canvas.panel(box)
    waiting = board.sitting.view.decisions
    if not waiting:
        canvas.lines(_("No question is put to you now."), (x, y, w, h), colour=theme.INK_2)
        return
    first, _last, total = board.pages(len(waiting), 1)
    item = waiting[first]
    if total > 1:
        label = f"{board.places[''] + 1}/{total}"
        canvas.button("more", (x + w - 68, y - 5, 74, 26), label, board.next_page(total), key="M")
    _decision(canvas, (x, y, w, h), item, board, 74 if total > 1 else 0)


def _decision(canvas: Canvas, box: Box, item: DecisionView, board: "Board", taken: float) -> None:
    """Draw a question: its deadline first of all, then the options, then as much of its text as there is room for.

    Args:
        canvas: What is drawn on.
        box: The room.
        item: The question.
        board: The board that it stands on.
        taken: The width at the end of the first row that something else takes.
    """
    x, y, w, h = box
    time = time_left(item)
    asks = min(_TIME * 2, canvas.height_of(time, w, 11, 600))
    each = min(30.0, (h - _TITLE - asks - 6) / len(item.options))
    folded = each < _LEAST_OPTION
    options = 32.0 if folded else each * len(item.options)
    room = h - _TITLE - asks - options - 6
    canvas.text(item.label, (x, y), 13, 600, theme.FOCUS, width=w - taken)
    used = canvas.lines(item.text, (x, y + _TITLE, w, room), 11.5, colour=theme.INK_2) if room >= 15 else 0
    canvas.lines(time, (x, y + _TITLE + used, w, asks), 11, 600, theme.WORSE)

    def read() -> None:
        board.app.show(QuestionPage(board.app, board.sitting, item.event))

    canvas.hot(
        f"question:{item.event}", (x - 6, y - 4, w - taken + 8, _TITLE + used + asks + 4), read, item.label
    )
    if folded:
        canvas.button("answer", (x, y + h - 28, w, 28), _("Read and answer"), read)
        return
    for at, option in enumerate(item.options):
        label = option.label + (f" ({number(option.cost)})" if option.cost else "")
        spot = (x, y + h - options + at * each, w, each - 4)
        canvas.button(f"move:{option.id}", spot, label, _toggle(board, option), on=option.drafted)
