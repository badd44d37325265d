"""Who said what to whom? A session's messages in words, and whom a seat can talk to."""

from game.locale import _
from game.play.views import AgreementView, View
from game.session.api import Message

EVERYBODY = "all"
"""Whom a message to the whole room is for, as the host calls it."""


def speaker(view: View, item: Message) -> str:
    """Return who said something: the role and, where a person did, the nickname."""
    others = {"facilitator": _("Facilitator"), "press": _("Press"), "observer": _("Observer")}
    sender = view.roles.get(item.sender) or others.get(item.sender, item.sender)
    return f"{sender} ({item.nickname})" if item.nickname else sender


def listeners(view: View) -> dict[str, str]:
    """Return whom this seat can talk to, in words, by the host's name for them; everybody first."""
    roles = {role: label for role, label in view.roles.items() if role != view.role}
    return {EVERYBODY: _("everybody"), **roles, "press": _("Press"), "facilitator": _("Facilitator")}


def listener(view: View, item: Message) -> str:
    """Return to whom something was said."""
    return view.roles.get(item.to) or listeners(view).get(item.to, item.to)


def offered_with(view: View, item: Message) -> str:
    """Return which agreement was offered with a message, in words; empty if none that this seat knows of."""
    found = next((one.label for one in view.agreements if one.id == item.offer), None)
    return "" if found is None else _("Offer: {agreement}").format(agreement=found)


def where_digits_go(address: str) -> str:
    """Return what to do with four digits that let another device in.

    Args:
        address: The host's.
    """
    return _(
        "On the other device open {address}, or join from there as you did here, with the code of the session "
        "and these four digits. They hold for five minutes and let one device in."
    ).format(address=address)


def offers(view: View, to: str) -> list[AgreementView]:
    """Return the agreements that this seat can offer somebody: those to which both are parties."""
    return [item for item in view.agreements if item.mine and to in item.parties and to != view.role]
