"""Which thing of a list does a person mean by a number, an id or a name?"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from game.locale import _, list_of
from game.terminal.commands import folded, quoted, whole_number

_CUTOFF: Final = 0.55
_SUGGESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that can be picked: its id and its label; its number is its place in the list, from 1."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Missed:
    """Nothing was picked; why, in a sentence with the remedy."""

    reason: str


def pick(text: str, items: Sequence[Named]) -> Named | Missed:
    """Return what a text means: a number of the list, an id, a label, or an unmistakable part of one."""
    number = whole_number(text)
    if number is not None:
        if 1 <= number <= len(items):
            return items[number - 1]
        return _out_of_list(number, len(items))
    word = folded(text)
    exact = [item for item in items if folded(item.id) == word]
    exact += [item for item in items if folded(item.label) == word]
    if exact:
        return exact[0]
    parts = [item for item in items if word in folded(item.label) or word in folded(item.id)]
    if len(parts) == 1:
        return parts[0]
    if parts:
        names = list_of([f"{item.label} ({items.index(item) + 1})" for item in parts[:_SUGGESTED]])
        return Missed(_("'{text}' could be {names}. Type its number.").format(text=quoted(text), names=names))
    return Missed(_suggestion(text, items))


def _out_of_list(number: int, count: int) -> Missed:
    if count == 0:
        return Missed(_("There is nothing in this list to choose from."))
    message = _("There is no number {number} in this list: it goes from 1 to {count}.")
    return Missed(message.format(number=number, count=count))


def _suggestion(text: str, items: Sequence[Named]) -> str:
    by_name = {folded(name): item for item in items for name in (item.id, item.label)}
    near = get_close_matches(folded(text), by_name, n=1, cutoff=_CUTOFF)
    if near:
        item = by_name[near[0]]
        message = _("There is no '{text}' here. Did you mean {label}? It is number {number}.")
        return message.format(text=quoted(text), label=item.label, number=items.index(item) + 1)
    return _("There is no '{text}' here. Type a number of the list.").format(text=quoted(text))
