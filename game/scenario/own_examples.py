"""What would a name look like here? An example of the author's own, for a remedy to show."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

from anyascii import anyascii

from game.locale import _
from game.scenario.places import Key, Places

Like: TypeAlias = Literal["", "id", "claim", "move", "tag", "cause", "moment", "forced"]
"""What is written wrongly."""

_ID: Final = re.compile("[a-z][a-z0-9_]*")
_WORDS: Final = re.compile("[a-z0-9]+")
_LONGEST: Final = 30


def like_this(example: str) -> str:
    """Return the remedy that shows an example."""
    return _("write it like {example}").format(example=example)


def id_from(text: str) -> str:
    """Return a text as an id, in Latin letters; '' if it has none."""
    return "_".join(_WORDS.findall(anyascii(text).lower()))[:_LONGEST].lstrip("_0123456789").rstrip("_")


def own_example(places: Places, like: Like, text: str) -> str:
    """Return an example from the files that are checked; '' if they have none.

    Args:
        places: What stands in them.
        like: What is written wrongly.
        text: What is written there.
    """
    if like in ("", "id"):
        return id_from(text) if like else ""
    return next(_FROM[like](places), "")


def _keys(places: Places, *path: Key) -> Iterator[str]:
    node = places.node(path)
    names: Iterable[Key] = node.content if node is not None and isinstance(node.content, dict) else ()
    yield from (name for name in names if isinstance(name, str) and _ID.fullmatch(name))


def _claims(places: Places) -> Iterator[str]:
    for reading in _keys(places, "readings"):
        yield from (f"{reading}.{claim}" for claim in _keys(places, "readings", reading, "claims"))


def _tags(places: Places) -> Iterator[str]:
    for policy in _keys(places, "policies"):
        node = places.node(("policies", policy, "tags"))
        for tag in node.content if node is not None and isinstance(node.content, list) else ():
            if isinstance(tag.content, str) and _ID.fullmatch(tag.content):
                yield f'"#{tag.content}"'
    yield from _keys(places, "policies")


def _causes(places: Places) -> Iterator[str]:
    yield from _keys(places, "events")
    yield from _keys(places, "policies")


_FROM: Final[Mapping[str, Callable[[Places], Iterator[str]]]] = {
    "claim": _claims,
    "move": lambda places: _keys(places, "policies"),
    "tag": _tags,
    "cause": _causes,
    "moment": lambda places: (f"{date}+1" for date in _keys(places, "calendar", "dates")),
    "forced": lambda places: (f"{event}@2" for event in _keys(places, "events")),
}
