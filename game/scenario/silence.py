"""Which warnings does an author not want to hear again? A line's own comment says so: `# ok: L704`."""

import re
from collections.abc import Iterable
from typing import Final

from game.scenario.findings import Finding

_COMMENT: Final = re.compile(r"#.*\bok:\s*([A-Z][0-9]{3}(?:[\s,]+[A-Z][0-9]{3})*)")


def unsilenced(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without the warnings that their line's comment accepts; errors cannot be silenced."""
    return [item for item in findings if item.severity == "error" or item.code not in _accepted(item)]


def _accepted(finding: Finding) -> set[str]:
    found = _COMMENT.search(finding.place.text)
    return set(re.split(r"[\s,]+", found[1])) if found else set()


def is_acceptance(text: str, at: int) -> bool:
    """Return whether the comment that begins at an offset of a text accepts a warning."""
    return _COMMENT.match(text, at) is not None
