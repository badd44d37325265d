"""What was said in a group session, and what does one say to whom? At the prompt: reading, writing and offering."""

from collections.abc import Sequence
from typing import Final

from game.locale import _
from game.play.orders import Refused
from game.remote.client import LostError
from game.remote.seat import RemoteSeat
from game.remote.talk import listener, listeners, offered_with, offers, speaker, where_digits_go
from game.session.api import Message
from game.terminal.bell import GoneOnError
from game.terminal.commands import commands, means_all, quoted, yes_or_no
from game.terminal.pages import numbered
from game.terminal.picking import Named
from game.terminal.seated import Seated, Written

_MOST_SHOWN: Final = 20
_INDENT: Final = "   "


def lines_of(text: str) -> list[str]:
    """Return a message as lines; those after the first are indented, so that none passes for something else."""
    first, *others = text.split("\n")
    return [first, *(_INDENT + line for line in others)]


def read(seated: Seated, rest: Sequence[str]) -> None:
    """Show what this seat has said and heard, the newest last; a number answers one."""
    items = _session(seated).messages()
    if not items:
        seated.say([_("Nothing was said yet.")])
        return
    first = 1 if means_all(rest) else max(1, len(items) - _MOST_SHOWN + 1)
    lines = [_("Messages, the newest last. To answer one, type its number.")]
    if first > 1:
        shown = _("Only the newest {n} messages are shown.").format(n=_MOST_SHOWN)
        command = " ".join([_word("messages"), _("all")])
        remedy = _("For all of them, type: {command}").format(command=command)
        lines.append(f"{shown} {remedy}")
    for place, item in enumerate(items[first - 1 :], start=first):
        lines += _told(seated, place, item)
    seated.say(lines)
    seated.on_number = lambda number: _answer(seated, items, number)


def _told(seated: Seated, place: int, item: Message) -> list[str]:
    head = _("{place}. Turn {turn}, from {who} to {whom}.").format(
        place=place, turn=item.turn, who=speaker(seated.view, item), whom=listener(seated.view, item)
    )
    offered = offered_with(seated.view, item)
    return [f"{head} {offered}".strip(), *(_INDENT + line for line in item.text.split("\n"))]


def _answer(seated: Seated, items: Sequence[Message], number: int) -> None:
    if not 1 <= number <= len(items):
        seated.say([_("There is no number {number} here.").format(number=number)])
        return
    item = items[number - 1]
    to = item.to if item.sender == seated.view.role else item.sender
    write(seated, [to])


def write(seated: Seated, rest: Sequence[str]) -> None:
    """Write a message: to whom, in which words, with which offer; Enter alone cancels."""
    kept = seated.unsent
    message = _written(seated, rest) if kept is None else _settled(seated, kept, rest)
    if message is None:
        seated.say([_("Nothing was sent.")])
    else:
        _send(seated, message)
    if seated.has_gone_on:
        seated.say(["", _("The game has gone on meanwhile.")])
        seated.renew()


def _settled(seated: Seated, kept: Written, rest: Sequence[str]) -> Written | None:
    """Return a message that could not be sent before, another if the person lets it go; None if they do neither."""
    whom = listeners(seated.view).get(kept.to, kept.to)
    seated.say([_("Not sent yet, to {whom}: {text}").format(whom=whom, text=quoted(kept.text))])
    answer = yes_or_no(
        _asked(seated, _("Send it now? Type yes, or no to let it go; Enter alone keeps it for later:"))
    )
    if answer is None:
        return None
    seated.unsent = None
    return kept if answer else _written(seated, rest)


def _written(seated: Seated, rest: Sequence[str]) -> Written | None:
    """Return the message that the person makes; None if they cancel it."""
    view = seated.view
    people = [Named(name, label) for name, label in listeners(view).items()]
    whom = seated.picked(" ".join(rest), people) if rest else None
    if whom is None:
        title, prompt = _("To whom do you write?"), _("Type a number or a name; Enter alone cancels:")
        whom = _chosen(seated, title, people, prompt)
    if whom is None:
        return None
    text = _asked(seated, _("Message to {whom}; Enter alone cancels:").format(whom=whom.label))
    if not text:
        return None
    agreements = [Named(item.id, item.label) for item in offers(view, whom.id)]
    offer = None
    if agreements:
        title, prompt = (
            _("Which agreement do you offer with it?"),
            _("Type a number; Enter alone offers none:"),
        )
        offer = _chosen(seated, title, agreements, prompt)
    return Written(whom.id, text, offer.id if offer else None)


def _chosen(seated: Seated, title: str, items: Sequence[Named], prompt: str) -> Named | None:
    """Return what the person chooses from a list; None if they press Enter alone."""
    seated.say([title, *numbered(item.label for item in items)])
    while typed := _asked(seated, prompt):
        found = seated.picked(typed, items)
        if found is not None:
            return found
    return None


def _asked(seated: Seated, prompt: str) -> str:
    """Return what the person types, in a turn that has begun meanwhile too: a message belongs to none."""
    while True:
        try:
            return seated.ask(prompt)
        except GoneOnError:
            seated.say([_("The game has gone on meanwhile; what you write is sent all the same.")])


def _send(seated: Seated, message: Written) -> None:
    """Send a message; one that is not taken is kept."""
    try:
        found = _session(seated).say(message.to, message.text, message.offer, seated.terminal.lang)
        problem = found.reason if isinstance(found, Refused) else ""
    except LostError as error:
        problem = str(error)
    if problem:
        seated.unsent = message
        kept = _("Your message was not sent, but is kept: to send it, type: {command}")
        seated.say([problem, kept.format(command=_word("write"))])
    else:
        whom = listeners(seated.view).get(message.to, message.to)
        seated.say([_("Sent to {whom}.").format(whom=whom)])


def show_digits(seated: Seated) -> None:
    """Show four digits that let another device of this person in."""
    session = _session(seated)
    found = session.pin(seated.terminal.lang)
    if isinstance(found, Refused):
        seated.say([found.reason])
    else:
        seated.say(
            [_("Your four digits: {digits}").format(digits=found), where_digits_go(session.client.address)]
        )


def _session(seated: Seated) -> RemoteSeat:
    assert seated.session is not None  # noqa: S101 - only a group session has these commands
    return seated.session


def _word(name: str) -> str:
    return next(item.words[0] for item in commands() if item.name == name)
