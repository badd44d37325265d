"""What does `check --watch` print? Everything once, then after each save what has changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from game.base.errors import EnvironmentLacksError, UsageError
from game.cli.checking import Found, Wishes, look, print_summary
from game.cli.frame import tell
from game.locale import _, ngettext
from game.scenario.authoring.editor_schema import FILE
from game.scenario.authoring.own_schema import write_schema
from game.scenario.files import FOLDERS, SUFFIXES, gather
from game.scenario.findings import Finding, text_lines
from game.scenario.library import ROOT, is_installed, shipped

_SETTLING: Final = 200
"""Milliseconds within which several saves count as one."""
_WAITING: Final = 5000
"""Milliseconds that are waited for a change at a time."""

_Watched: TypeAlias = dict[Path, frozenset[str] | None]
_Same: TypeAlias = tuple[str, str, str]
"""By which a finding is known again when the lines above it have moved: code, file and message."""


@dataclass(frozen=True)
class Changes:
    """How what was found differs from what was found before."""

    fixed: tuple[Finding, ...]
    new: tuple[Finding, ...]
    still: tuple[Finding, ...]


def watch(specs: Sequence[str], wishes: Wishes) -> int:
    """Check scenarios again whenever a file of theirs is saved, until interrupted.

    Raises:
        UsageError: This cannot go together with what else is asked for.
        KeyboardInterrupt: The person ends it.
    """
    if wishes.form != "text" or wishes.fix:
        raise UsageError(_("--watch prints text and changes nothing: leave out --format and --fix"))
    names = list(specs) or shipped()
    _watched(names)
    found = look(names, wishes)
    for line in text_lines(found.findings):
        print(line)
    print_summary(found)
    print(end="", flush=True)
    tell(_("Watching. Save a file to have it checked again; Ctrl-C ends it."))
    for _save in _saves(names):
        now = look(names, wishes)
        for line in told(changes(found, now)):
            print(line)
        print_summary(now)
        for path in renewed_schemas(names):
            print(_("{path}: now knows this scenario's names.").format(path=path))
        print(flush=True)
        found = now
    return 0


def renewed_schemas(specs: Sequence[str]) -> list[Path]:
    """Bring the editor's schemas that stand beside scenarios up to date; return those that have changed."""
    written = []
    for spec in specs:
        # While an editor writes, a file may be gone or locked for a moment.
        with suppress(UsageError, EnvironmentLacksError):
            root = gather(spec).shown.get(ROOT)
            folder = Path(root).parent if root is not None else None
            if folder is not None and (folder / FILE).is_file() and not is_installed(folder):
                written += write_schema(folder)
    return written


def changes(before: Found, now: Found) -> Changes:
    """Return what is no longer found, what is found anew, and what is still found."""
    left = Counter(map(_same, before.findings))
    new: list[Finding] = []
    still: list[Finding] = []
    for finding in now.findings:
        known = left[_same(finding)] > 0
        left[_same(finding)] -= known
        (still if known else new).append(finding)
    fixed = []
    for finding in reversed(before.findings):
        if left[_same(finding)] > 0:
            left[_same(finding)] -= 1
            fixed.append(finding)
    return Changes(tuple(reversed(fixed)), tuple(new), tuple(still))


def told(found: Changes) -> Iterator[str]:
    """Yield what has changed as lines of text."""
    for finding in found.fixed:
        message = _("fixed: {file}: {message} ({code})")
        yield message.format(file=finding.place.file, message=finding.message, code=finding.code)
    if found.new:
        count = len(found.new)
        yield ngettext("{n} new:", "{n} new:", count).format(n=count)
        yield from text_lines(found.new)
    if found.still:
        count = len(found.still)
        yield ngettext("{n} as before.", "{n} as before.", count).format(n=count)


def _same(finding: Finding) -> _Same:
    return (finding.code, finding.place.file, finding.message)


def _saves(specs: Sequence[str]) -> Iterator[None]:
    """Yield whenever a file of the scenarios has been saved."""
    import watchfiles

    moved = False
    while True:
        watched = _watched(specs)

        def is_ours(_change: watchfiles.Change, name: str, watched: _Watched = watched) -> bool:
            path = Path(name)
            names = watched.get(path.parent, frozenset())
            if names is None and path.name in FOLDERS:
                return True
            return path.suffix in SUFFIXES and (names is None or path.name in names)

        for files in watchfiles.watch(
            *watched,
            watch_filter=is_ours,
            debounce=_SETTLING,
            rust_timeout=_SETTLING if moved else _WAITING,
            yield_on_timeout=moved,
            recursive=False,
            ignore_permission_denied=True,
        ):
            if not (files or moved):
                continue
            moved = False
            with suppress(UsageError):  # while an editor writes, a file may be gone for a moment
                moved = _watched(specs) != watched
            if moved:  # they are looked at once the new folders are watched, so that no save is missed
                break
            yield


def _watched(specs: Sequence[str]) -> _Watched:
    """Return the folders to watch, each with the files that count there, None for all.

    Raises:
        UsageError: There is no such scenario.
    """
    folders: _Watched = {}
    for spec in specs:
        paths = [Path(name).resolve() for name in gather(spec).shown.values()]
        roots = [path.parent for path in paths if path.name == ROOT] or _folder_of(spec)
        for root in roots:
            inner = [root / folder for folder in FOLDERS]
            folders |= dict.fromkeys([root, *filter(Path.is_dir, inner)])
        for path in paths:
            names = folders.get(path.parent, frozenset())
            if names is not None:
                folders[path.parent] = names | {path.name}
    return folders


def _folder_of(spec: str) -> list[Path]:
    """Return the folder that is named, whose scenario may be gone for a moment; none where a file is."""
    return [Path(name).resolve() for name in (spec, spec.rpartition(":")[0]) if name and Path(name).is_dir()]
