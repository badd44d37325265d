"""How do a file's bytes become text? As UTF-8, or as a finding with its place and the remedy."""

from codecs import BOM_UTF8
from typing import Final

from game.locale import _
from game.scenario.findings import Finding, error
from game.scenario.places import Source

MOST_BYTES: Final = 2 * 1024 * 1024
"""Bytes of one file at most."""


def too_big(name: str) -> Finding:
    """Return the finding about a file that is too large."""
    message = _("this file is too large: the most is {most} MB").format(most=MOST_BYTES // 1024 // 1024)
    return error("F101", Source(name, "").place(0, 1), message, _("split it, a file for each section"))


def decoded(name: str, content: bytes) -> tuple[str, Finding | None]:
    """Return a file's text, and what keeps it from being read.

    Args:
        name: What findings call the file.
        content: Its bytes.
    """
    if len(content) > MOST_BYTES:
        return "", too_big(name)
    utf8 = _("save the file as UTF-8 in your editor")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or content[:4:2] == b"\0\0" or content[1:4:2] == b"\0\0":
        place = Source(name, "").place(0, 1)
        return "", error("F102", place, _("this file is UTF-16, which is not supported"), utf8)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as problem:
        start = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
        at = problem.start + (start if problem.object is not content else 0)
        good = content[start:at].decode("utf-8", "replace")
        rest = content[at : at + 200].decode("utf-8", "replace")
        message = _("this file is not UTF-8: it cannot be read from here on")
        return "", error("F103", Source(name, good + rest).place(len(good), len(good) + 1), message, utf8)
