"""Which files make up a scenario? Nothing outside its folder is ever read."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario.decoding import MOST_BYTES
from game.scenario.entries import ROOT_ONLY
from game.scenario.findings import Finding, error, visible
from game.scenario.library import ROOT, folder_of, no_such, shipped
from game.scenario.names import hint, meant, nearest
from game.scenario.places import Source
from game.scenario.schema import Scenario

FOLDERS: Final = ("readings", "text", "variants")
"""Folders whose files are named after what they hold: a reading, a language, a variant."""
MOST_FILES: Final = 200
MOST_TOGETHER: Final = 4 * 1024 * 1024
"""Bytes of all files of a scenario; where they are used up, others are not read."""

SUFFIXES: Final = (".yaml", ".yml")
"""What the names of files end in that are read."""
_MEANT: Final = re.compile(r"(.+?)\.ya?ml(?:\.(?:txt|rtf|docx?|odt))?\s*", re.IGNORECASE)
"""What a file is called that an editor or a file manager has named otherwise than its author wished."""
_BEGINS: Final = re.compile(rb"(?:\s|#[^\n]*\n)*(?:[a-z][a-z0-9_]*:\s|- \{)")
"""How a section begins."""
_LOOKED_AT: Final = 4096
"""Bytes of a file with another suffix by which one tells whether it is a section."""
SECTIONS: Final = tuple(name for name in Scenario.model_fields if name not in ROOT_ONLY)
"""Sections that may stand in a file of their own, named after them."""
_MOST_ENTRIES: Final = 2000
"""Entries of a folder that are looked at."""


@dataclass(slots=True)
class Gathered:
    """The files of a scenario as they stand on disk.

    Attributes:
        id: The scenario's id, without variant.
        variant: The variant that is asked for.
        contents: Bytes of each file by its path inside the scenario, one past the limit at most.
        shown: What findings call each file.
        left_out: Files that were not read since the others are large enough.
        unread: Sections of which something lies there that is not read.
        findings: What kept files from being read.
        spec: What was asked for.
    """

    id: str
    variant: str | None
    contents: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    spec: str = ""


def stem_of(path: str) -> str:
    """Return a file's name without folder and suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def gather(spec: str | Path) -> Gathered:
    """Find a scenario and read its files.

    Args:
        spec: Id of a shipped scenario, a folder or a file; with `:VARIANT` for a variant.

    Raises:
        UsageError: There is no such scenario, folder or file.
    """
    found = _gathered(os.fspath(spec))
    found.spec = os.fspath(spec)
    return found


def _gathered(spec: str) -> Gathered:
    base, variant = _target(spec)
    if isinstance(base, str):
        folder = folder_of(base)
        return _folder(Gathered(base, variant), folder, _from_here(folder))
    if base.is_dir():
        return _folder(Gathered(_id_of(base), variant), base, base.as_posix())
    folder_around = _scenario_around(base)
    if folder_around is not None:
        return _folder(Gathered(_id_of(folder_around), variant), folder_around, folder_around.as_posix())
    found = Gathered(base.stem, variant)
    if base.is_file():
        _read(found, base, ROOT, base.as_posix())
    else:
        message = _("this is neither a file nor a folder")
        found.findings.append(_about(base.as_posix(), "F100", message, _("name a scenario's file or folder")))
    return found


def _target(spec: str) -> tuple[str | Path, str | None]:
    """Return what a text stands for: a shipped id or a path, and a variant."""
    known = shipped()
    head, colon, tail = spec.rpartition(":")
    for name, variant in [(spec, None), (head, tail)] if colon else [(spec, None)]:
        if name in known:
            return name, variant
        if name and _exists(name):
            return Path(name), variant
    name = head or spec
    if not any(mark in name for mark in ("/", "\\", *SUFFIXES)):
        raise no_such(name)
    path = Path(name.replace("\0", ""))
    near = nearest(path.name, _listing(path.parent))
    message = _("there is no file or folder '{name}'").format(name=name)
    raise UsageError(_("; ").join((message, hint(path.name, [near]))) if near else message)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _listing(folder: Path) -> list[str]:
    """Return the names in a folder, sorted; none if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry, _count in zip(entries, range(_MOST_ENTRIES), strict=False))
    except OSError:
        return []


def _id_of(folder: Path) -> str:
    return folder.resolve().name or "scenario"


def _from_here(folder: Path) -> str:
    """Return a shipped folder as findings name it: from the working folder on, where it lies below it."""
    here = Path.cwd()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()


def _scenario_around(path: Path) -> Path | None:
    """Return the folder of the scenario that a file is part of, None if it stands alone."""
    if path.name == ROOT:
        return path.parent
    if path.suffix not in SUFFIXES:
        return None
    folder = path.parent.parent if path.parent.name in FOLDERS else path.parent
    is_part = path.parent.name in FOLDERS or path.stem in SECTIONS
    return folder if is_part and (folder / ROOT).is_file() else None


def _folder(found: Gathered, folder: Path, shown: str) -> Gathered:
    within = folder.resolve()
    prefix = "" if shown == "." else shown.rstrip("/") + "/"
    names = _listing(folder)
    paths = _files(found, folder, prefix, "", names)
    for inner in FOLDERS:
        if (folder / inner).is_dir() and not _is_outside(folder / inner, within):
            paths += _files(found, folder, prefix, f"{inner}/", _listing(folder / inner))
    _look_at_folders(found, folder, prefix, names)
    for path in paths[:MOST_FILES]:
        if _is_outside(folder / path, within):
            message = _("this file is a link to a place outside the scenario's folder, which is not read")
            _unusable(found, prefix, path, "F100", message, _("put a copy in its place"))
        else:
            _read(found, folder / path, path, prefix + path)
    if len(paths) > MOST_FILES:
        message = _("this folder has more than {most} files").format(most=MOST_FILES)
        found.findings.append(_about(prefix + paths[MOST_FILES], "F101", message, _("put others elsewhere")))
    if ROOT not in names:
        message = _("this folder has no file {name}").format(name=ROOT)
        near = nearest(ROOT, filter(_MEANT.fullmatch, names))
        fix = _("rename {name}").format(name=near) if near else _("add one that begins with 'format: 1'")
        found.findings.append(_about(prefix + ROOT, "F100", message, fix))
    return found


def _files(found: Gathered, folder: Path, prefix: str, inner: str, names: Sequence[str]) -> list[str]:
    """Return which of a folder's names are files of the scenario; what only looks like one is noted.

    Args:
        found: Receives what is noted.
        folder: The scenario's folder.
        prefix: What findings put before a path inside it.
        inner: The folder in it that is looked at, with a slash; '' for itself.
        names: What lies there.
    """
    paths = []
    for name in names:
        path = folder / inner / name
        if not name.isprintable():
            if name.endswith(SUFFIXES):
                message = _("the name of this file has characters that cannot be shown")
                _unusable(found, prefix, inner + visible(name), "F100", message, _("give it another name"))
        elif name.endswith(SUFFIXES) and path.is_file():
            paths.append(inner + name)
        elif name.startswith("."):  # editors and file managers keep their own things under such names
            continue
        elif name.endswith(SUFFIXES):
            message = _not_a_file(path)
            _unusable(found, prefix, inner + name, "F100", message, _("put a file of this name in its place"))
        else:
            wanted = _meant_file(path, inner, names)
            if wanted:
                message = _("this file is not used: its name does not end in .yaml, in small letters")
                fix = _("name it like {name}").format(name=wanted)
                _unusable(found, prefix, inner + name, "F111", message, fix)
                found.unread.add(inner[:-1] or stem_of(wanted))
    return paths


def _not_a_file(path: Path) -> str:
    if path.is_dir():
        return _("here lies a folder instead of a file")
    if path.is_symlink():
        return _("this link leads to nothing that can be read")
    return _("this is not a file that can be read")


def _meant_file(path: Path, inner: str, names: Sequence[str]) -> str:
    """Return how a file would have to be called that was to be part of the scenario; '' where it was not."""
    if not path.is_file():
        return ""
    found = _MEANT.fullmatch(path.name)
    if found is not None:
        return f"{found[1].casefold()}.yaml"
    name = f"{path.stem.casefold()}.yaml"
    known = not inner and path.suffix.casefold() in ("", ".txt") and stem_of(name) in SECTIONS
    if not known or name in names or path.is_symlink():
        return ""
    try:
        with path.open("rb") as file:
            return name if _BEGINS.match(file.read(_LOOKED_AT)) else ""
    except OSError:
        return ""


def _look_at_folders(found: Gathered, folder: Path, prefix: str, names: Sequence[str]) -> None:
    """Note folders that are not read although they look like parts of the scenario."""
    within = folder.resolve()
    for name in names:
        path = folder / name
        if name in FOLDERS:
            message, fix = "", _("put a folder of this name in its place")
            if path.is_dir() and _is_outside(path, within):
                message = _(
                    "this folder is a link to a place outside the scenario's folder, which is not read"
                )
                fix = _("put a copy in its place")
            elif not path.is_dir():
                is_file = path.is_file()
                message = _("here lies a file instead of a folder") if is_file else _not_a_file(path)
            if message:
                _unusable(found, prefix, name, "F100", message, fix)
            continue
        near = meant(name, FOLDERS) if path.is_dir() else None
        if near is None or _is_same(path, folder / near):
            continue
        if not _is_outside(path, within) and not any(map(_MEANT.fullmatch, _listing(path))):
            continue
        message = _("this folder is not used: none of a scenario's folders has this name")
        _unusable(found, prefix, name, "F111", message, _("did you mean '{name}'?").format(name=near))
        found.unread.add(near)


def _is_same(path: Path, other: Path) -> bool:
    """Return whether two names stand for one folder, as where capital and small letters are the same."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _unusable(found: Gathered, prefix: str, path: str, code: str, message: str, fix: str) -> None:
    """Note that something that looks like a part of the scenario is not read."""
    inner, slash, _name = path.partition("/")
    found.unread.add(inner if slash or path in FOLDERS else stem_of(path))
    found.findings.append(_about(prefix + path, code, message, fix))


def _is_outside(path: Path, within: Path) -> bool:
    """Return whether a path leads out of a folder, whose own path has no links."""
    try:
        return not path.resolve().is_relative_to(within)
    except (OSError, RuntimeError):
        return True


def _read(found: Gathered, path: Path, inside: str, shown: str) -> None:
    found.shown[inside] = shown
    if sum(map(len, found.contents.values())) > MOST_TOGETHER:
        found.left_out.append(inside)
        return
    try:
        with path.open("rb") as file:
            found.contents[inside] = file.read(MOST_BYTES + 1)
    except OSError as problem:
        message = _("this file cannot be read: {reason}").format(
            reason=problem.strerror or type(problem).__name__
        )
        found.findings.append(
            _about(shown, "F100", message, _("check that it exists and that you may read it"))
        )


def _about(shown: str, code: str, message: str, fix: str) -> Finding:
    """Return a finding about a file as a whole."""
    return error(code, Source(shown, "").place(0, 1), message, fix)
