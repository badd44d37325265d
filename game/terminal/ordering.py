"""How is an order made at the prompt? Drafting, taking back and handing in."""

from collections.abc import Sequence

from game.locale import _, amount
from game.play.orders import Order, Refused
from game.play.views import MoveView
from game.terminal import pages, predicting
from game.terminal.commands import yes_or_no
from game.terminal.sitting import Sitting


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
    sitting.say(predicting.predicted(sitting))
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


def finish(sitting: Sitting) -> None:
    """End the game before its last turn if the person says yes."""
    answer = None
    while answer is None:
        question = _("End the game now, for all seats? Nothing can be ordered afterwards. Type yes or no:")
        answer = yes_or_no(sitting.ask(question))
    if not answer:
        return
    found = sitting.seat.end(sitting.session.lang)
    if isinstance(found, Refused):
        sitting.say([found.reason])
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
