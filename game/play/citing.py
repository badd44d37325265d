"""How is said where something stands? Cited paragraphs, and lists of phrases, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from game.locale import _, list_of, ngettext


def series(items: Iterable[str]) -> str:
    """Join items that may hold commas themselves."""
    # Translators: what stands between the items of a list of phrases.
    return _("; ").join(items)


def cited(marks: Iterable[str]) -> str:
    """Return cited paragraphs in words; marks such as `article:19`."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        source, _colon, paragraph = mark.rpartition(":")
        by_source[source].append(paragraph)
    parts = []
    for source, paragraphs in by_source.items():
        text = ngettext("{source}, paragraph {list}", "{source}, paragraphs {list}", len(paragraphs))
        parts.append(text.format(source=source or _("source"), list=list_of(paragraphs)))
    return series(parts)


def with_citation(text: str, marks: Sequence[str]) -> str:
    """Return a text with what it cites after it."""
    if not marks:
        return text
    return _("{text} ({citation})").format(text=text, citation=cited(marks))
