"""Which thing is meant by a name, and which was probably meant by one that does not exist?"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from game.base.errors import UsageError
from game.engine.ruleset import Ruleset
from game.locale import _

_CUTOFF: Final = 0.6
_LISTED: Final = 8
_COMPARED: Final = 20_000
"""Names that unknown ones are compared with in one look at a scenario."""
_BETWEEN: Final = re.compile(r"[\W_]+")
"""What stands between the words of a name."""
_LONG: Final = 7
"""From so many letters on, a name may be two slips of the pen off and still be meant for certain."""


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the one of several names that is most like a word, None where none is near."""
    by_fold = {_folded(choice): choice for choice in sorted(choices)}
    found = get_close_matches(_folded(word), by_fold, n=1, cutoff=_CUTOFF)
    return by_fold[found[0]] if found else None


def meant(word: str, choices: Iterable[str]) -> str | None:
    """Return the one of several names that a word can only be a slip of the pen for, None where it is not.

    A slip is a letter too many, too few, wrong, or swapped with the next. Who writes another number or
    another word in a name of several, such as party_b_talks for party_a_talks, means something else.
    """
    folded = _folded(word)
    most = 2 if len(folded) >= _LONG else 1
    if len(folded) <= most + 1:
        return None
    near = [name for name in dict.fromkeys(choices) if _within(folded, _folded(name), most)]
    return near[0] if len(near) == 1 and _same_words(folded, _folded(near[0])) else None


def _same_words(a: str, b: str) -> bool:
    """Return whether each word and number of a name is more like than unlike the one in another's place."""
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    own, others = _BETWEEN.split(a), _BETWEEN.split(b)
    if len(own) != len(others):
        return "".join(own) == "".join(others)
    return all(
        _within(word, other, (max(len(word), len(other)) - 1) // 2)
        for word, other in zip(own, others, strict=True)
        if word != other
    )


def _within(a: str, b: str, most: int) -> bool:
    """Return whether so many slips at most lead from one word to another."""
    if abs(len(a) - len(b)) > most or len(set(a) ^ set(b)) > 2 * most:
        return False
    before, row = list[int](), list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            slips = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                slips = min(slips, earlier[j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return False
    return row[-1] <= most


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to write instead of an unknown name.

    Attributes:
        fix: That, in words.
        near: The name that is most like it, None where none is near.
        sure: The name that it can only be a slip for, None where it may be for others.
    """

    fix: str
    near: str | None = None
    sure: str | None = None


class Suggestions:
    """Says what was probably meant by unknown names; where very many are unknown, of the first ones alone."""

    def __init__(self) -> None:
        self._left = _COMPARED

    def on(self, word: str, choices: Iterable[str]) -> Suggestion:
        """Return what to write instead of an unknown name."""
        names = list(choices)
        self._left -= len(names)
        if self._left < 0:
            return Suggestion(_listed(names))
        near = nearest(word, names)
        fix = _("did you mean '{name}'?").format(name=near) if near is not None else _listed(names)
        return Suggestion(fix, near, meant(word, names))


def hint(word: str, choices: Iterable[str]) -> str:
    """Return what to write instead of an unknown name: the nearest one, else up to eight that there are."""
    return Suggestions().on(word, list(choices)[:_COMPARED]).fix


def _listed(names: Sequence[str]) -> str:
    """Return the names that there are, in words."""
    if not names:
        return _("there is none to choose from")
    if len(names) <= _LISTED:
        return _("choose from: {names}").format(names=_(", ").join(names))
    return _("choose from: {names} and {more} more").format(
        names=_(", ").join(names[:_LISTED]), more=len(names) - _LISTED
    )


def _position(name: str, known: Mapping[str, int], missing: str) -> int:
    if name not in known:
        raise UsageError(_("; ").join((missing.format(name=name), hint(name, known))))
    return known[name]


def reading_of(ruleset: Ruleset, name: str) -> int:
    """Return the position of a reading.

    Raises:
        UsageError: There is none of that name.
    """
    return _position(name, ruleset.reading_at, _("there is no reading '{name}'"))


def role_of(ruleset: Ruleset, name: str) -> int:
    """Return the position of a role.

    Raises:
        UsageError: There is none of that name.
    """
    return _position(name, ruleset.role_at, _("there is no role '{name}'"))


def indicator_of(ruleset: Ruleset, name: str) -> int:
    """Return the position of an indicator.

    Raises:
        UsageError: There is none of that name.
    """
    return _position(name, ruleset.indicator_at, _("there is no indicator '{name}'"))


def event_of(ruleset: Ruleset, name: str) -> int:
    """Return the position of an event.

    Raises:
        UsageError: There is none of that name.
    """
    return _position(name, ruleset.event_at, _("there is no event '{name}'"))


def moves_of(ruleset: Ruleset, role: int, name: str) -> tuple[int, ...]:
    """Return the positions of a role's moves that a name stands for.

    Args:
        ruleset: The compiled scenario.
        role: Position of the role.
        name: The id of a move, or `#` and a tag: all the role's moves that carry it, cheapest first, of
            equal cost by id.

    Raises:
        UsageError: The role has no such move or tag.
    """
    own = {at: move for at, move in enumerate(ruleset.moves) if move.role == role}
    owner = ruleset.roles[role].id
    if not name.startswith("#"):
        known = {move.id: at for at, move in own.items()}
        if name not in known:
            message = _("{role} has no move '{name}'").format(role=owner, name=name)
            raise UsageError(_("; ").join((message, hint(name, known))))
        return (known[name],)
    tag = name[1:]
    tagged = [at for at, move in own.items() if tag in move.tags]
    if not tagged:
        tags = {f"#{tag}" for move in own.values() for tag in move.tags}
        message = _("{role} has no move with the tag '{name}'").format(role=owner, name=name)
        raise UsageError(_("; ").join((message, hint(name, sorted(tags)))))
    return tuple(sorted(tagged, key=lambda at: (own[at].cost, own[at].id)))
