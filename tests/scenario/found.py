"""What a finding says of its place, for tests to compare."""

from collections.abc import Iterable

from game.scenario.findings import Finding


def places(findings: Iterable[Finding]) -> list[tuple[str, str, int, int]]:
    """Return each finding's code, file, line and column."""
    return [(f.code, f.place.file, f.place.line, f.place.column) for f in findings]


def marked(finding: Finding) -> str:
    """Return the text that a finding points at."""
    place = finding.place
    return place.text[place.column - 1 : place.end_column - 1]
