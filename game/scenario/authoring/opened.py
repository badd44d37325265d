"""How are a scenario's files opened, changed, and written back without harm?"""

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from game.base.errors import ContentError, UsageError
from game.locale import _
from game.scenario import library
from game.scenario.authoring.splicing import Splice, spliced
from game.scenario.files import Gathered, gather
from game.scenario.findings import has_errors, text_lines
from game.scenario.library import ROOT
from game.scenario.loading import Loaded, load_files
from game.scenario.merging import Merged, holds_list, merge, overlay
from game.scenario.nodes import FileTree, read_bytes
from game.scenario.places import Node
from game.scenario.writing import refuse_if_changed, write


@dataclass(frozen=True)
class Opened:
    """A scenario's files, as they stand.

    Attributes:
        spec: What the author called it.
        found: Its files.
    """

    spec: str
    found: Gathered

    @property
    def id(self) -> str:
        """Its id."""
        return self.found.id

    @property
    def folder(self) -> Path | None:
        """Where its further files lie; None for a scenario that is a single file."""
        root = Path(self.found.shown[ROOT])
        return root.parent if root.name == ROOT else None

    @cached_property
    def trees(self) -> Mapping[str, FileTree]:
        """Each file as read, by its path inside the scenario."""
        return {
            path: read_bytes(self.found.shown[path], content, is_list=holds_list(path))
            for path, content in self.found.contents.items()
        }

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Text of each file."""
        return {path: tree.source.text for path, tree in self.trees.items()}

    @cached_property
    def merged(self) -> Merged:
        """Its files as one tree, as far as they can be read."""
        return merge(self.trees)

    @cached_property
    def loaded(self) -> Loaded:
        """The scenario.

        Raises:
            ContentError: It has errors, which the message lists.
        """
        loaded = load_files(self.found)
        if has_errors(loaded.findings) or loaded.scenario is None:
            errors = [item for item in loaded.findings if item.severity == "error"]
            message = _("{scenario} has errors, which must be mended first:").format(scenario=self.spec)
            raise ContentError("\n".join([message, *text_lines(errors)]))
        return loaded

    def laid_over(self, variant: str) -> Node:
        """Return the tree of one of its variants."""
        return overlay(self.merged.root, self.merged.variants[variant].root, [])

    def place_of(self, path: str) -> Path:
        """Return where a file lies, by its path inside the scenario."""
        return Path(self.found.shown[path])

    def after(self, splices: Mapping[str, Iterable[Splice]], new: Mapping[str, str]) -> "Opened":
        """Return the scenario as some changes would make it.

        Args:
            splices: Changes to each file, by its path inside the scenario.
            new: Text of each new file; only a scenario in a folder can have any.
        """
        assert self.folder is not None or not new  # noqa: S101 - callers keep to the one file there is
        contents, shown = dict(self.found.contents), dict(self.found.shown)
        for path, items in splices.items():
            mark = BOM_UTF8 if contents[path].startswith(BOM_UTF8) else b""
            contents[path] = mark + spliced(self.texts[path], items).encode("utf-8")
        for path, text in new.items():
            contents[path] = text.encode("utf-8")
            shown[path] = ((self.folder or Path()) / path).as_posix()
        return replace(self, found=replace(self.found, contents=contents, shown=shown))


def opened(spec: str, *, to_change: bool = False) -> Opened:
    """Open a scenario.

    Args:
        spec: Id of a shipped scenario, a folder or a file.
        to_change: Whether it is to be changed, which shipped scenarios are not, called by their id.

    Raises:
        UsageError: There is no such scenario, or it cannot be changed.
        ContentError: Some of its files cannot be read at all.
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
    if found.findings:
        raise ContentError("\n".join(text_lines(found.findings)))
    return Opened(spec, found)


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
        UsageError: A file has changed since, or exists already.
        EnvironmentLacksError: One cannot be written.
    """
    after = scenario.after(splices, new)
    assert after.loaded.scenario is not None  # noqa: S101 - without one, `loaded` raises
    places = {path: after.place_of(path) for path in (*splices, *new)}
    for path, place in places.items():
        refuse_if_changed(place, scenario.found.contents.get(path))
    for path, place in places.items():
        write(place, after.found.contents[path])
    return list(places.values())
