"""How is an order made at the prompt? Drafting, taking back and handing in."""

from collections.abc import Sequence

from game.locale import _
from game.play.orders import Order, Refused
from game.play.views import MoveView
from game.play.wording import wasted
from game.terminal import pages, predicting
from game.terminal.commands import yes_or_no
from game.terminal.seated import Seated


def toggle(seated: Seated, move: MoveView) -> bool:
    """Put a move into the draft or take it out; an answer replaces another to the same question.

    Returns:
        Whether the draft changed.
    """
    view = seated.view
    before = view.draft
    if move.drafted:
        after = tuple(name for name in before if name != move.id)
        message = _("Taken out: {move}.")
    else:
        rivals = _rival_answers(seated, move)
        after = (*(name for name in before if name not in rivals), move.id)
        message = _("Put in: {move}.")
    if not _draft(seated, after):
        return False
    seated.past.append(before)
    seated.say([message.format(move=pages.called(seated.view, move)), pages.left_over(seated.view)])
    return True


def _rival_answers(seated: Seated, move: MoveView) -> set[str]:
    for decision in seated.view.decisions:
        options = {option.id for option in decision.options}
        if move.id in options:
            return options
    return set()


def _draft(seated: Seated, moves: tuple[str, ...]) -> bool:
    """Keep a draft; where it cannot stand, say why."""
    found = seated.seat.draft(Order(turn=seated.view.turn, moves=moves), seated.terminal.lang)
    if isinstance(found, Refused):
        seated.say([found.reason])
        return False
    seated.renew()
    return True


def undo(seated: Seated) -> None:
    """Take the last change of the draft back; without one, the whole draft of an earlier sitting."""
    if not seated.past and not seated.view.draft:
        seated.say([_("There is nothing to take back.")])
        return
    before = seated.past.pop() if seated.past else ()
    if _draft(seated, before):
        seated.say(pages.draft_page(seated.view))


def confirm(seated: Seated, rest: Sequence[str]) -> None:
    """Show the order once more and hand it in if the person says yes."""
    lost = wasted(seated.view)
    seated.say([*pages.draft_page(seated.view), *([lost] if lost else [])])
    seated.say(predicting.predicted(seated))
    answer = yes_or_no(rest[0]) if rest else None
    while answer is None:
        answer = yes_or_no(seated.ask(_("Hand in this order? It is final. Type yes or no:")))
    if not answer:
        seated.say([_("Not handed in; go on as you like.")])
        return
    found = seated.seat.confirm(Order(turn=seated.view.turn, moves=seated.view.draft), seated.terminal.lang)
    if isinstance(found, Refused):
        seated.say([found.reason])
        return
    turn = seated.view.turn
    seated.renew()
    if seated.view.phase == "deciding" and seated.view.turn == turn:
        seated.say([_("You have confirmed; another person of your seat must too.")])
    else:
        seated.say([_("Your order is in and saved."), ""])


def finish(seated: Seated) -> None:
    """End the game before its last turn if the person says yes."""
    answer = None
    while answer is None:
        question = _("End the game now, for all seats? Nothing can be ordered afterwards. Type yes or no:")
        answer = yes_or_no(seated.ask(question))
    if not answer:
        return
    found = seated.seat.end(seated.terminal.lang)
    if isinstance(found, Refused):
        seated.say([found.reason])
    seated.renew()
