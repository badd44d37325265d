"""What does the checker say, and how is it shown? One form for every mistake, whatever found it."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from game.locale import _, ngettext
from game.scenario.authoring.splicing import Splice
from game.scenario.places import Place

Severity: TypeAlias = Literal["error", "warning"]

MOST_SHOWN: Final = 50
MOST_PER_CODE: Final = 10
_EXCERPT: Final = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the checker found.

    Attributes:
        code: Its kind: F1xx file, Y2xx YAML, X3xx formula, S4xx schema, R5xx reference, T6xx translation,
            L7xx content, C8xx claim.
        severity: Errors keep a scenario from being played; warnings do not.
        place: Where it stands.
        message: What is wrong, one sentence.
        fix: What to do about it, one imperative clause; may be empty.
        see: A second place that belongs to it, such as the first of two duplicates.
        edit: The change of the file that puts it right, where only one can be meant.
        variant: The variant in which alone it is found; None where it is the scenario's own.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    fix: str = ""
    see: Place | None = None
    edit: Splice | None = None
    variant: str | None = None

    @property
    def order(self) -> tuple[str, int, int, str]:
        """What findings are sorted by: their position."""
        return (self.place.file, self.place.line, self.place.column, self.code)


def error(
    code: str, place: Place, message: str, fix: str = "", see: Place | None = None, edit: Splice | None = None
) -> Finding:
    """Return a finding that keeps the scenario from being played."""
    return Finding(code, "error", place, message, fix, see, edit)


def warning(
    code: str, place: Place, message: str, fix: str = "", see: Place | None = None, edit: Splice | None = None
) -> Finding:
    """Return a finding that does not keep the scenario from being played."""
    return Finding(code, "warning", place, message, fix, see, edit)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding keeps the scenario from being played."""
    return any(finding.severity == "error" for finding in findings)


def visible(text: str) -> str:
    """Escape what a terminal would not show, or would act upon."""
    return "".join(
        letter if letter.isprintable() else " " if letter == "\t" else f"\\u{ord(letter):04x}"
        for letter in text
    )


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text)


def _excerpt(place: Place) -> list[str]:
    """Return the line with a caret under the place, or with its words repeated in right-to-left text."""
    start, end = place.column - 1, place.end_column - 1
    first = max(0, start - _EXCERPT // 2) if start > _EXCERPT - 20 else 0
    before = visible(place.text[first:start])
    marked = visible(place.text[start : min(end, first + _EXCERPT)])
    after = visible(place.text[min(end, first + _EXCERPT) : first + _EXCERPT])
    head = f"{place.line:>6} | "
    lines = [head + before + marked + after]
    if _right_to_left(before + marked):
        lines.append(" " * 7 + "= " + _("here: {words}").format(words=marked))
    else:
        lines.append(" " * 7 + "| " + " " * len(before) + "^" * max(1, len(marked)))
    return lines


def lines_of(finding: Finding) -> list[str]:
    """Return a finding as lines of text: where and what, the excerpt, the remedy."""
    place = finding.place
    kind = _("error") if finding.severity == "error" else _("warning")
    lines = [f"{place.file}:{place.line}:{place.column}: {kind} {finding.code}: {finding.message}"]
    if place.text.strip():
        lines += _excerpt(place)
    if finding.fix:
        lines.append(" " * 7 + "= " + _("fix: {remedy}").format(remedy=finding.fix))
    if finding.see is not None:
        where = f"{finding.see.file}:{finding.see.line}:{finding.see.column}"
        lines.append(" " * 7 + "= " + _("see: {place}").format(place=where))
    return lines


def text_lines(findings: Sequence[Finding]) -> list[str]:
    """Return findings as lines of text, by position, long runs of one kind cut short but counted."""
    lines: list[str] = []
    shown, by_code, left_out = 0, dict[str, int](), dict[str, int]()
    for finding in sorted(findings, key=lambda item: item.order):
        count = by_code.get(finding.code, 0)
        if shown == MOST_SHOWN or count == MOST_PER_CODE:
            left_out[finding.code] = left_out.get(finding.code, 0) + 1
            continue
        by_code[finding.code] = count + 1
        shown += 1
        lines += lines_of(finding)
    for code, count in sorted(left_out.items()):
        message = ngettext("... and {n} more of kind {code}", "... and {n} more of kind {code}", count)
        lines.append(message.format(n=count, code=code))
    return lines


def summary(findings: Sequence[Finding]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    parts = []
    if errors:
        parts.append(ngettext("{n} error", "{n} errors", errors).format(n=errors))
    if warnings:
        parts.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    return _(", ").join(parts) or _("no mistakes found")


def json_problems(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings as the list that `check --format json` prints."""
    return [
        {
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "severity": finding.severity,
            "code": finding.code,
            "message": finding.message,
            "help": finding.fix,
            "variant": finding.variant,
        }
        for finding in sorted(findings, key=lambda item: item.order)
    ]


def _github(text: str, *, value: bool) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if value else escaped


def github_lines(findings: Sequence[Finding]) -> list[str]:
    """Return findings as workflow commands that GitHub shows beside the lines."""
    return [
        f"::{finding.severity} file={_github(finding.place.file, value=True)},line={finding.place.line},"
        f"col={finding.place.column},title={finding.code}::"
        + _github("\n".join(filter(None, (finding.message, finding.fix))), value=False)
        for finding in sorted(findings, key=lambda item: item.order)
    ]


def json_text(document: Any) -> str:
    """Return a document as JSON text that every console can print."""
    return json.dumps(document, ensure_ascii=False, indent=2)
