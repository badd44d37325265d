"""How are mistakes put right in the files, where it is certain what was meant?

A change is kept only if the mistake is gone after it and its line has no new one; all other lines stay as they
are, to the byte.
"""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from game.base.errors import UsageError
from game.locale import _
from game.scenario import library
from game.scenario.authoring.splicing import spliced
from game.scenario.files import Gathered, gather
from game.scenario.findings import Finding
from game.scenario.loading import load_files
from game.scenario.writing import refuse_if_changed, write

_ROUNDS: Final = 100
"""How often a file is read again: behind one mistake others come to light."""
_UNREADABLE: Final = ("F", "Y")
_NOT_ALIGNED: Final = "Y213"

_Spot: TypeAlias = tuple[str, int, str]
"""File, line and code of a finding: no change adds or takes lines."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was put right.

    Attributes:
        findings: The mistakes, in the order in which they were put right.
        files: The files that were written.
    """

    findings: tuple[Finding, ...]
    files: tuple[Path, ...]


def fix(spec: str) -> Fixed:
    """Put right in a scenario's files whatever is certain.

    Args:
        spec: A folder or a file; a scenario that comes with the game only by its path.

    Raises:
        UsageError: There is no such scenario, or a file of it has changed meanwhile.
        EnvironmentLacksError: Its files cannot be written.
    """
    path = Path(spec)
    if (not path.exists() and spec.partition(":")[0] in library.shipped()) or library.is_installed(path):
        message = _("{scenario} comes with the game and stays as it is: copy its folder, and check the copy")
        raise UsageError(message.format(scenario=spec))
    found = gather(spec)
    before = dict(found.contents)
    findings = list(_rounds(found))
    files = []
    for name, content in found.contents.items():
        if content != before[name]:
            place = Path(found.shown[name])
            refuse_if_changed(place, before[name])
            write(place, content)
            files.append(place)
    return Fixed(tuple(findings), tuple(files))


def _rounds(found: Gathered) -> Iterator[Finding]:
    """Change the content of files in memory until nothing certain is left; yield what was put right."""
    refused: set[_Spot] = set()
    for variant in _variants(found):
        now = _findings(found, variant)
        for _round in range(_ROUNDS):
            offered = [item for item in now if item.edit is not None and _spot(item) not in refused]
            if not offered:
                break
            changed, applied = _changed(found, offered)
            after = _findings(replace(found, contents=changed), variant)
            wrong = _not_mended(now, applied, after)
            refused |= wrong
            if not wrong:
                found.contents.update(changed)
                now = after
                refused.clear()
                yield from applied


def _variants(found: Gathered) -> list[str | None]:
    """Return the variants to look at; None, which comes first, is the scenario itself."""
    return [None, *([found.variant] if found.variant is not None else load_files(found).variants)]


def _findings(found: Gathered, variant: str | None) -> tuple[Finding, ...]:
    return load_files(replace(found, variant=variant)).findings


def _spot(finding: Finding) -> _Spot:
    return (finding.place.file, finding.place.line, finding.code)


def _changed(found: Gathered, offered: list[Finding]) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the content of the files with as many of the changes as do not overlap, and their findings."""
    inside = {shown: path for path, shown in found.shown.items()}
    contents, applied = dict(found.contents), []
    for shown in dict.fromkeys(item.place.file for item in offered):
        chosen = list(_apart([item for item in offered if item.place.file == shown]))
        content = contents[inside[shown]]
        mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
        text = content.decode("utf-8-sig")
        edits = [item.edit for item in chosen if item.edit is not None]
        contents[inside[shown]] = mark + spliced(text, edits).encode("utf-8")
        applied += chosen
    return contents, applied


def _apart(findings: list[Finding]) -> Iterator[Finding]:
    """Yield findings whose changes do not touch each other, at most one of a place."""
    end = -1
    for finding in sorted(findings, key=_start):
        if finding.edit is not None and finding.edit.start > end:
            end = max(finding.edit.end, finding.edit.start)
            yield finding


def _start(finding: Finding) -> int:
    return finding.edit.start if finding.edit is not None else 0


def _not_mended(
    before: tuple[Finding, ...], applied: list[Finding], after: tuple[Finding, ...]
) -> set[_Spot]:
    """Return the findings whose change did not help, or made another mistake in the same line.

    Where a line could not be read before, other mistakes may have stood in it all the time.
    """
    old, new = Counter(map(_spot, before)), Counter(map(_spot, after))
    worse, unreadable = set(), set()
    for item in after:
        spot = file, line, code = _spot(item)
        if new[spot] <= old[spot]:
            continue
        if code[0] in _UNREADABLE:
            # That lines do not line up is seen only at the one below or above.
            unreadable |= {(file, line + at) for at in ((-1, 0, 1) if code == _NOT_ALIGNED else (0,))}
        elif item.severity == "error" and item.edit is None:
            worse.add((file, line))
    return {
        spot
        for spot in map(_spot, applied)
        if new[spot] >= old[spot]
        or spot[:2] in unreadable
        or (spot[:2] in worse and spot[2][0] not in _UNREADABLE)
    }
