"""Was a text cut off by a # that was meant as part of it?"""

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from game.locale import _
from game.scenario.findings import Finding, warning
from game.scenario.places import Node, Source
from game.scenario.schema import Scenario
from game.scenario.schema.values import Read
from game.scenario.schema.walk import Hint, is_list, remembered, step
from game.scenario.silence import is_acceptance

_DIGITS: Final = frozenset("0123456789.,+-/%")


def cut_off(source: Source, end: int) -> Finding:
    """Return the warning that a text ends at an offset, where a comment begins."""
    message = _("the text ends here: what follows '#' counts as a comment")
    fix = _("put the text in double quotes, or two spaces before the '#' of a comment")
    return warning("Y220", source.place(end + 1, end + 2), message, fix)


def cut_words(path: str, root: Node, cut: Sequence[Node]) -> Iterator[Finding]:
    """Yield warnings for single words before a comment that stand where a text is expected.

    An id or a number is whole; of a text, more may have been meant.

    Args:
        path: The file's path inside the scenario.
        root: The file as read.
        cut: The words in it that a comment follows after one space.
    """
    if not cut:
        return
    wanted = {id(node) for node in cut}
    folder, slash, name = path.rpartition("/")
    if folder == "text":  # a translation says nothing but texts
        texts = list(cut)
    elif folder == "readings":
        texts = list(_texts(root, step(step(Scenario, "readings"), name), wanted))
    elif slash or path == "scenario.yaml":
        texts = list(_texts(root, Scenario, wanted))
    else:
        texts = list(_texts(root, step(Scenario, path.rpartition(".")[0]), wanted))
    for node in texts:
        is_number = isinstance(node.content, str) and set(node.content) <= _DIGITS
        if not is_number and not is_acceptance(node.source.text, node.end + 1):
            yield cut_off(node.source, node.end)


def _texts(node: Node, hint: Hint | None, wanted: set[int]) -> Iterator[Node]:
    """Yield those of some nodes, at or below another, where the schema expects a text."""
    if hint is None:
        return
    if isinstance(node.content, dict):
        for key, inner in node.content.items():
            yield from _texts(inner, step(hint, key), wanted)
    elif isinstance(node.content, list):
        for at, inner in enumerate(node.content):
            yield from _texts(inner, step(hint, at), wanted)
    elif id(node) in wanted and _is_words(step(hint, 0) if is_list(hint) else hint):
        yield node


@remembered
def _is_words(hint: Any) -> bool:
    """Return whether any text may stand at an annotation, not only a name or a formula."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return any(isinstance(mark, Read) and mark.json == {"type": "string"} for mark in marks) or _is_words(
            inner
        )
    if get_origin(hint) in (Union, UnionType):
        return any(_is_words(part) for part in get_args(hint))
    return False
