"""How are causes, points and cited paragraphs written? For every front end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from game.locale import _, list_of, ngettext, number
from game.play.views import AccountTerm


def series(items: Iterable[str]) -> str:
    """Join items that may hold commas themselves."""
    # Translators: what stands between the items of a list of phrases.
    return _("; ").join(items)


def cited(marks: Iterable[str]) -> str:
    """Return cited paragraphs in words; marks are a source's name and a paragraph, with a colon between."""
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


def points(value: float) -> str:
    """Write index points that were added or taken."""
    return number(value, 1, signed=True)


def term_line(term: AccountTerm, *, says: bool = True) -> str:
    """Return one cause of a change: points, cause and citation, and what the claim says that it rests on."""
    cause = with_citation(term.text, term.cite)
    line = _("{points} {cause}").format(points=points(term.points), cause=cause)
    return f"{line}: {term.says}" if term.says and says else line
