"""How is an order made at the prompt? Drafting, taking back, predicting and handing in."""

from collections.abc import Sequence

from game.locale import _, number
from game.play.orders import Order, Prediction, Refused
from game.play.views import MoveView
from game.terminal import pages
from game.terminal.commands import whole_number, yes_or_no
from game.terminal.phrases import amount, enumerated
from game.terminal.sitting import Sitting

PARTICIPANT = "player"
"""Who predicts at a seat with one person."""

_WHOLE = 100
_ROUNDING = 1


def toggle(sitting: Sitting, move: MoveView) -> bool:
    """Put a move into the draft or take it out; an answer replaces another to the same question.

    Returns:
        Whether the draft changed.
    """
    view = sitting.view
    before = view.draft
    if move.drafted:
        after = tuple(name for name in before if name != move.id)
        message = _("Taken out: {move}.")
    else:
        rivals = _rival_answers(sitting, move)
        after = (*(name for name in before if name not in rivals), move.id)
        message = _("Put in: {move}.")
    if not _draft(sitting, after):
        return False
    sitting.past.append(before)
    sitting.say([message.format(move=pages.called(sitting.view, move)), pages.left_over(sitting.view)])
    return True


def _rival_answers(sitting: Sitting, move: MoveView) -> set[str]:
    for decision in sitting.view.decisions:
        options = {option.id for option in decision.options}
        if move.id in options:
            return options
    return set()


def _draft(sitting: Sitting, moves: tuple[str, ...]) -> bool:
    """Keep a draft; where it cannot stand, say why."""
    found = sitting.seat.draft(Order(turn=sitting.view.turn, moves=moves), sitting.session.lang)
    if isinstance(found, Refused):
        sitting.say([found.reason])
        return False
    sitting.renew()
    return True


def undo(sitting: Sitting) -> None:
    """Take the last change of the draft back; without one, the whole draft of an earlier sitting."""
    if not sitting.past and not sitting.view.draft:
        sitting.say([_("There is nothing to take back.")])
        return
    before = sitting.past.pop() if sitting.past else ()
    if _draft(sitting, before):
        sitting.say(pages.draft_page(sitting.view))


def confirm(sitting: Sitting, rest: Sequence[str]) -> None:
    """Show the order once more and hand it in if the person says yes."""
    sitting.say([*pages.draft_page(sitting.view), *_wasted(sitting)])
    if sitting.prediction:
        sitting.say([sitting.prediction])
    answer = yes_or_no(rest[0]) if rest else None
    while answer is None:
        answer = yes_or_no(sitting.ask(_("Hand in this order? It is final. Type yes or no:")))
    if not answer:
        sitting.say([_("Not handed in; go on as you like.")])
        return
    found = sitting.seat.confirm(
        Order(turn=sitting.view.turn, moves=sitting.view.draft), sitting.session.lang
    )
    if isinstance(found, Refused):
        sitting.say([found.reason])
        return
    sitting.say([_("Your order is in and saved."), ""])
    sitting.renew()


def _wasted(sitting: Sitting) -> list[str]:
    """Return a warning where unspent capital goes beyond what a role can hold."""
    view = sitting.view
    lost = view.capital - view.draft_cost + view.income - view.most_capital
    if lost <= 0 or view.turn == view.turns:
        return []
    return [
        _("Capital that will be lost, because you can hold {most} at most: {lost}.").format(
            most=amount(view.most_capital), lost=amount(lost)
        )
    ]


def predict(sitting: Sitting, rest: Sequence[str]) -> None:
    """Note how likely the person holds each account, in percent."""
    readings = sitting.view.readings
    if rest:
        shares = [whole_number(word.rstrip("%٪")) for word in rest]
        if len(shares) == len(readings) - 1 and None not in shares:
            shares.append(max(0, _WHOLE - sum(share or 0 for share in shares)))
    else:
        shares = []
        for item in readings:
            typed = sitting.ask(_("{analyst}, percent:").format(analyst=item.analyst))
            shares.append(whole_number(typed.rstrip("%٪ ")))
    problem = _problem(sitting, shares)
    if problem:
        sitting.say([problem])
        return
    whole = [share or 0 for share in shares]
    total = sum(whole)
    likely = {item.id: share / total for item, share in zip(readings, whole, strict=True)}
    found = sitting.seat.predict(
        PARTICIPANT, Prediction(turn=sitting.view.turn, readings=likely), sitting.session.lang
    )
    if isinstance(found, Refused):
        sitting.say([found.reason])
        return
    parts = [
        _("{analyst} {share} percent").format(analyst=item.analyst, share=number(100 * likely[item.id]))
        for item in readings
    ]
    sitting.prediction = _("Your prediction: {parts}.").format(parts=enumerated(parts))
    sitting.say([sitting.prediction])


def _problem(sitting: Sitting, shares: Sequence[int | None]) -> str:
    """Return why shares are no prediction, empty if they are one."""
    names = enumerated(item.analyst for item in sitting.view.readings)
    if len(shares) != len(sitting.view.readings):
        message = _("A prediction needs {n} numbers that sum to 100, in this order: {names}.")
        return message.format(n=len(sitting.view.readings), names=names)
    if None in shares:
        return _("Percent are whole numbers from 0 to 100. In this order: {names}.").format(names=names)
    total = sum(share or 0 for share in shares)
    if abs(total - _WHOLE) > _ROUNDING:
        message = _("They should sum to 100, but sum to {total}. In this order: {names}.")
        return message.format(total=total, names=names)
    return ""
