"""How are a scenario's files opened, changed, and written back without harm?"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from game.base.errors import ContentError, UsageError
from game.locale import _
from game.scenario import library
from game.scenario.authoring.splicing import Splice, spliced
from game.scenario.files import ROOT, gather
from game.scenario.findings import has_errors, text_report
from game.scenario.loading import Loaded, load_texts
from game.scenario.merging import Merged, holds_list, merge
from game.scenario.nodes import FileTree, read_bytes, read_text
from game.scenario.places import Source

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Opened:
    """A scenario's files, as they stand.

    Attributes:
        spec: What the author called it.
        id: Its id.
        on_disk: Where each file lies, by its path inside the scenario.
        trees: Each file as read.
        folder: Where its further files lie; None for a scenario that is a single file.
    """

    spec: str
    id: str
    on_disk: Mapping[str, Path]
    trees: Mapping[str, FileTree]
    folder: Path | None
    marked: frozenset[str] = field(default=frozenset())

    @cached_property
    def merged(self) -> Merged:
        """Its files as one tree, as far as they can be read."""
        return merge(self.trees)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Text of each file."""
        return {path: tree.source.text for path, tree in self.trees.items()}

    @cached_property
    def loaded(self) -> Loaded:
        """The scenario.

        Raises:
            ContentError: It has errors, which the message lists.
        """
        loaded = load_texts(self.texts, self.id, None)
        if has_errors(loaded.findings) or loaded.scenario is None:
            errors = [item for item in loaded.findings if item.severity == "error"]
            message = _("{scenario} has errors, which must be mended first:").format(scenario=self.spec)
            raise ContentError("\n".join([message, *text_report(errors)]))
        return loaded

    def after(self, splices: Mapping[str, Iterable[Splice]], new: Mapping[str, str]) -> "Opened":
        """Return the scenario as some changes would make it.

        Args:
            splices: Changes to each file, by its path inside the scenario.
            new: Text of each new file.
        """
        texts = {path: spliced(self.texts[path], items) for path, items in splices.items()} | dict(new)
        trees = {
            path: read_text(Source(str(self.on_disk.get(path, path)), text), is_list=holds_list(path))
            for path, text in texts.items()
        }
        return replace(self, trees={**self.trees, **trees})


def opened(spec: str, *, to_change: bool = False) -> Opened:
    """Open a scenario.

    Args:
        spec: Id of a shipped scenario, a folder or a file.
        to_change: Whether it is to be changed, which shipped scenarios are not, called by their id.

    Raises:
        UsageError: There is no such scenario, or it cannot be changed.
    """
    found = gather(spec)
    if found.variant is not None:
        message = _("'{name}' is a variant: name the scenario itself, {scenario}")
        raise UsageError(message.format(name=spec, scenario=spec.rpartition(":")[0]))
    if to_change and _comes_with_the_game(spec):
        message = _(
            "{scenario} comes with the game and stays as it is: begin with a copy, by new FOLDER --from {scenario}"
        )
        raise UsageError(message.format(scenario=spec))
    for finding in found.findings:
        raise ContentError(f"{finding.place.file}: {finding.message}; {finding.fix}")
    trees = {
        path: read_bytes(found.shown[path], content, is_list=holds_list(path))
        for path, content in found.contents.items()
    }
    on_disk = {path: Path(shown) for path, shown in found.shown.items()}
    is_folder = on_disk[ROOT].name == ROOT
    marked = frozenset(path for path, content in found.contents.items() if content.startswith(_BOM))
    return Opened(spec, found.id, on_disk, trees, on_disk[ROOT].parent if is_folder else None, marked)


def _comes_with_the_game(spec: str) -> bool:
    path = Path(spec)
    return library.is_installed(path) if path.exists() else spec in library.shipped()


def changed(scenario: Opened, splices: Mapping[str, Iterable[Splice]], new: Mapping[str, str]) -> list[Path]:
    """Make changes in a scenario's files and write them; nothing is written if they would break it.

    Args:
        scenario: The scenario.
        splices: Changes to each file, by its path inside the scenario.
        new: Text of each new file.

    Returns:
        The files that were written.

    Raises:
        ContentError: The scenario would have errors.
    """
    after = scenario.after(splices, new)
    assert after.loaded.scenario is not None  # noqa: S101 - without one, `loaded` raises
    assert scenario.folder is not None or not new  # noqa: S101 - callers keep to the one file there is
    written = []
    for path in (*splices, *new):
        place = scenario.on_disk.get(path) or (scenario.folder or Path()) / path
        mark = _BOM if path in scenario.marked else b""
        write(place, mark + after.texts[path].encode("utf-8"))
        written.append(place)
    return written


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: It cannot be written there.
    """
    place = path.resolve()
    draft = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        if place.exists():
            draft.chmod(place.stat().st_mode)
        draft.replace(place)
    except OSError as problem:
        with suppress(OSError):
            draft.unlink()
        message = _("{path} cannot be written: {reason}")
        raise UsageError(message.format(path=path, reason=problem.strerror or problem)) from problem
