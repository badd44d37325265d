"""Does a teacher's own copy of a source say what the scenario cites?

A scenario keeps fingerprints of a source's paragraphs, never their text; nothing here prints any of it either.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from game.base.errors import UsageError
from game.locale import _
from game.scenario.citations import cites_in_full
from game.scenario.decoding import MOST_BYTES
from game.scenario.findings import Finding, warning
from game.scenario.places import Node, Places
from game.scenario.schema import Scenario

State: TypeAlias = Literal["match", "differ", "missing"]

_NUMBERED: Final = re.compile(r"\s*\[\s*(\d{1,6})\s*\]\s*")
_REMARK: Final = re.compile(r"\s*#")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a source.

    Attributes:
        prints: Fingerprint of each paragraph by its number; from 1 where the copy gives no numbers.
    """

    prints: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """How a copy compares with what a scenario cites.

    Attributes:
        source: The source that it was compared with.
        states: What became of each cited paragraph of that source.
        findings: One for each citation of a paragraph that differs or is missing.
    """

    source: str
    states: Mapping[int, State]
    findings: tuple[Finding, ...]


def fingerprint(paragraph: str) -> str:
    """Return a paragraph's fingerprint: SHA-256 of its text in NFC and UTF-8, white space collapsed."""
    text = unicodedata.normalize("NFC", " ".join(paragraph.split()))
    return hashlib.sha256(text.encode()).hexdigest()


def read_copy(path: Path) -> Copy:
    """Read a copy: paragraphs that begin with `[n]`, or else are parted by empty lines.

    Raises:
        UsageError: There is no such file, or it is no text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as problem:
        message = _("{path} cannot be read: {reason}").format(path=path, reason=problem.strerror or problem)
        raise UsageError(message) from problem
    if len(content) > MOST_BYTES:
        message = _("{path} is too large: the most is {most} MB")
        raise UsageError(message.format(path=path, most=MOST_BYTES // 1024 // 1024))
    try:
        return copy_of(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        message = _("{path} is not UTF-8: save it as UTF-8 in your editor")
        raise UsageError(message.format(path=path)) from problem


def copy_of(text: str) -> Copy:
    """Return the copy that a text is; lines that begin with # are remarks."""
    paragraphs: dict[int, list[str]] = {}
    current: list[str] | None = None
    lines = [line for line in text.splitlines() if not _REMARK.match(line)]
    numbered = any(_NUMBERED.match(line) for line in lines)
    for line in lines:
        found = _NUMBERED.match(line) if numbered else None
        if found is not None:
            current = paragraphs.setdefault(int(found[1]), [])
            line = line[found.end() :]  # noqa: PLW2901 - the rest of the line is the paragraph
        elif not line.strip():
            current = None
        elif current is None and not numbered:
            current = paragraphs[len(paragraphs) + 1] = []
        if current is not None:
            current.append(line)
    return Copy({number: fingerprint("\n".join(parts)) for number, parts in paragraphs.items()})


def compare(scenario: Scenario, places: Places, copy: Copy) -> Compared | None:
    """Compare a copy with what a scenario cites; None if it has no source whose paragraphs it knows.

    Args:
        scenario: The scenario.
        places: Positions in its files.
        copy: A copy of one of its sources: of the one with which it has most paragraphs in common.
    """
    known = {name: source.paragraphs for name, source in scenario.sources.items() if source.paragraphs}
    if not known:
        return None
    present = set(copy.prints.values())
    source = max(known, key=lambda name: len(present & set(known[name].values())))
    states: dict[int, State] = {}
    findings = []
    for node, cite in _citations(places.root):
        name, _colon, number = cites_in_full(scenario, (cite,))[0].rpartition(":")
        paragraph = int(number)
        if name != source or paragraph not in known[source]:
            continue
        state = states[paragraph] = _state(known[source][paragraph], paragraph, copy)
        if state != "match":
            findings.append(_finding(node, source, paragraph, state))
    return Compared(source, dict(sorted(states.items())), tuple(findings))


def _state(wanted: str, number: int, copy: Copy) -> State:
    if wanted in copy.prints.values():
        return "match"
    return "differ" if number in copy.prints else "missing"


def _finding(node: Node, source: str, number: int, state: State) -> Finding:
    place = node.source.place(node.start, node.end)
    if state == "missing":
        message = _("paragraph {number} of '{source}' is not in your copy")
        fix = _("look whether your copy is whole, and whether it counts paragraphs as the scenario does")
        return warning("R518", place, message.format(number=number, source=source), fix)
    message = _("paragraph {number} of '{source}' reads otherwise in your copy")
    fix = _("compare the two before you rely on this citation")
    return warning("R517", place, message.format(number=number, source=source), fix)


def _citations(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield every citation in a tree, with the value that it stands in."""
    if isinstance(node.content, str):
        return
    if isinstance(node.content, list):
        for child in node.content:
            yield from _citations(child)
        return
    for key, child in node.content.items():
        if key != "cite":
            yield from _citations(child)
        elif isinstance(child.content, list):
            yield from ((item, str(item.content)) for item in child.content)
        else:
            yield child, str(child.content)
