"""Which files make up a scenario? Nothing outside its folder is ever read."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario import library
from game.scenario.decoding import MOST_BYTES
from game.scenario.entries import ROOT_ONLY
from game.scenario.findings import Finding, error
from game.scenario.names import hint, nearest
from game.scenario.places import Source
from game.scenario.schema import Scenario

FOLDERS: Final = ("readings", "text", "variants")
"""Folders whose files are named after what they hold: a reading, a language, a variant."""
ROOT: Final = library.ROOT_FILE
MOST_FILES: Final = 200
MOST_TOGETHER: Final = 4 * 1024 * 1024
"""Bytes of all files of a scenario; where they are used up, others are not read."""

_ENDINGS: Final = (".yaml", ".yml")
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
        findings: What kept files from being read.
        spec: What was asked for.
    """

    id: str
    variant: str | None
    contents: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    spec: str = ""


def stem_of(path: str) -> str:
    """Return a file's name without folder and ending."""
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
        folder = library.folder_of(base)
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
    known = library.shipped()
    head, colon, tail = spec.rpartition(":")
    for name, variant in [(spec, None), (head, tail)] if colon else [(spec, None)]:
        if name in known:
            return name, variant
        if name and _exists(name):
            return Path(name), variant
    name = head or spec
    if not any(mark in name for mark in ("/", "\\", *_ENDINGS)):
        raise library.no_such(name)
    path = Path(name.replace("\0", ""))
    near = nearest(path.name, _listing(path.parent))
    message = _("there is no file or folder '{name}'").format(name=name)
    raise UsageError(f"{message}; {hint(path.name, [near])}" if near else message)


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
    if path.suffix not in _ENDINGS:
        return None
    folder = path.parent.parent if path.parent.name in FOLDERS else path.parent
    is_part = path.parent.name in FOLDERS or path.stem in SECTIONS
    return folder if is_part and (folder / ROOT).is_file() else None


def _folder(found: Gathered, folder: Path, shown: str) -> Gathered:
    within = folder.resolve()
    top = [name for name in _listing(folder) if name.endswith(_ENDINGS)]
    paths = [name for name in top if (folder / name).is_file()]
    for inner in FOLDERS:
        if not _is_outside(folder / inner, within):
            names = [name for name in _listing(folder / inner) if name.endswith(_ENDINGS)]
            paths += [f"{inner}/{name}" for name in names if (folder / inner / name).is_file()]
    prefix = "" if shown == "." else shown.rstrip("/") + "/"
    for path in paths[:MOST_FILES]:
        if _is_outside(folder / path, within):
            message = _("this file is a link to a place outside the scenario's folder, which is not read")
            found.findings.append(_about(prefix + path, "F100", message, _("put a copy in its place")))
        else:
            _read(found, folder / path, path, prefix + path)
    if len(paths) > MOST_FILES:
        message = _("this folder has more than {most} files").format(most=MOST_FILES)
        found.findings.append(_about(prefix + paths[MOST_FILES], "F101", message, _("put others elsewhere")))
    if ROOT not in paths:
        message = _("this folder has no file {name}").format(name=ROOT)
        near = nearest(ROOT, top)
        fix = _("rename {name}").format(name=near) if near else _("add one that begins with 'format: 1'")
        found.findings.append(_about(prefix + ROOT, "F100", message, fix))
    return found


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
