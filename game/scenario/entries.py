"""What is the thing called that stands at a path? Findings name the entry that they are about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from game.locale import _
from game.scenario.places import Key

_NAMED: Final[Mapping[tuple[str, ...], Callable[[], str]]] = {
    ("sources", "*"): lambda: _("the source '{name}'"),
    ("indicators", "*"): lambda: _("the indicator '{name}'"),
    ("roles", "*"): lambda: _("the role '{name}'"),
    ("roles", "*", "objectives", "*"): lambda: _("the objective '{name}'"),
    ("policies", "*"): lambda: _("the policy '{name}'"),
    ("events", "*"): lambda: _("the event '{name}'"),
    ("events", "*", "decision", "options", "*"): lambda: _("the option '{name}'"),
    ("agreements", "*"): lambda: _("the agreement '{name}'"),
    ("contests", "*"): lambda: _("the contest '{name}'"),
    ("contests", "*", "blocs", "*"): lambda: _("the bloc '{name}'"),
    ("outcomes", "*"): lambda: _("the ending '{name}'"),
    ("costs", "*"): lambda: _("the cost '{name}'"),
    ("readings", "*"): lambda: _("the reading '{name}'"),
    ("readings", "*", "claims", "*"): lambda: _("the claim '{name}'"),
    ("map", "places", "*"): lambda: _("the place '{name}'"),
    ("injects", "*"): lambda: _("the inject '{name}'"),
    ("questions", "*"): lambda: _("the question '{name}'"),
    ("debrief", "*"): lambda: _("the debrief question '{name}'"),
    ("history", "*"): lambda: _("the fact '{name}'"),
}
ROOT_ONLY: Final = frozenset({"format", "title", "language", "about", "world", "covert_rate", "pace"})
"""What a scenario says of itself as a whole, not in sections."""


def entry_at(path: Sequence[Key]) -> str:
    """Return in words what stands at a path: the innermost entry with an id, else the section."""
    for length in range(len(path), 1, -1):
        part = path[:length]
        for pattern, words in _NAMED.items():
            if len(pattern) == length and all(a in ("*", b) for a, b in zip(pattern, part, strict=True)):
                ids = [str(key) for mark, key in zip(pattern, part, strict=True) if mark == "*"]
                return words().format(name=".".join(ids))
    if not path or path[0] in ROOT_ONLY:
        return _("the scenario")
    return _("the section '{name}'").format(name=path[0])
