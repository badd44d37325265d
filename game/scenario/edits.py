"""By which change of a file is a mistake put right, where only one change can be meant?"""

import re
from typing import Final

from game.scenario.authoring.splicing import Splice, quoted
from game.scenario.places import Node, Source

_VALUE: Final = re.compile(r"(?P<before>[ ]*(?:-[ ]+)*(?:[\w.-]+:[ ]+)?)(?P<text>[^\r\n]*)")


def renamed(source: Source, start: int, end: int, old: str, new: str) -> Splice | None:
    """Return the change that puts a name in another's place within some characters of a file.

    None unless the other stands there just once.
    """
    raw = source.text[start:end]
    found = list(re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", raw))
    if len(found) != 1:
        return None
    if new.startswith("#") and raw == old:  # without quotes it would be a comment
        new = quoted(new)
    return Splice(start + found[0].start(), start + found[0].end(), new)


def renamed_in(node: Node, old: str, new: str) -> Splice | None:
    """Return the change that puts a name in another's place within a value."""
    return renamed(node.source, node.start, node.end, old, new)


def renamed_key(node: Node, old: str, new: str) -> Splice | None:
    """Return the change that gives the key of a value another name."""
    if node.key is None:
        return None
    return renamed(node.key_source or node.source, *node.key, old, new)


def in_quotes(text: str, offset: int) -> Splice | None:
    """Return the change that puts the text of a `key: text` line into double quotes.

    Args:
        text: The file's text.
        offset: A character of the line.

    Returns:
        None where the text may go on in the next line, or is part of something else.
    """
    start = max(text.rfind(end, 0, offset) for end in "\r\n") + 1
    found = _VALUE.match(text, start)
    value = found["text"] if found is not None else ""
    remark = re.search(r"[ ]{2,}#|[ ]+$", value)
    if remark is not None:
        value = value[: remark.start()]
    if found is None or not value or value[0] in "\"'{[|>#" or _goes_on(text, start, found.end()):
        return None
    return Splice(found.end("before"), found.end("before") + len(value), quoted(value))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether the line after some offset belongs to the one that begins at `start`."""
    indent = len(text[start:end]) - len(text[start:end].lstrip(" "))
    following = re.compile(r"(?:\r\n|\r|\n)(?:[ ]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(?P<next>[ ]*)\S").match(
        text, end
    )
    return following is not None and len(following["next"]) > indent
