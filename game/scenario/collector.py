"""Where do checks put what they find? Findings with their places, and nothing against what was never read."""

from collections.abc import Iterable

from game.locale import _
from game.scenario.authoring.splicing import Splice
from game.scenario.edits import renamed_in, renamed_key
from game.scenario.findings import Finding, error
from game.scenario.formula_source import Fault
from game.scenario.names import Suggestions
from game.scenario.places import Path, Place, Places


class Collector:
    """Collects findings.

    Attributes:
        places: Positions of everything in the files.
        unread: Sections of which nothing or not everything could be read: a name that is missing there is
            not reported, since it may stand in the part that is broken.
        findings: What was found.
        suggestions: What was probably meant by names that do not exist.
    """

    def __init__(self, places: Places, unread: Iterable[str] = ()) -> None:
        self.places = places
        self.unread = frozenset(unread)
        self.findings: list[Finding] = []
        self.suggestions = Suggestions()
        self._absent: set[str] = set()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of a value or of its key; of the whole value where one item stands for a list."""
        known = self._known(path)
        return self.places.at(known, key=key and (known == path or self.places.node(known) is None))

    def _known(self, path: Path) -> Path:
        """Return where a value stands: an item that stands for its list is the list."""
        is_item = path and isinstance(path[-1], int)
        return path[:-1] if is_item and self.places.node(path) is None else path

    def error(
        self,
        code: str,
        path: Path,
        message: str,
        fix: str,
        *,
        key: bool = False,
        see: Path | None = None,
        renaming: tuple[str, str] | None = None,
    ) -> None:
        """Note a mistake at a value, or at its key.

        Args:
            code: Its kind.
            path: Where it is.
            message: What is wrong.
            fix: What to do about it.
            key: Whether it is the key.
            see: Where something stands that belongs to it.
            renaming: A name that stands there, and the one that can only be meant.
        """
        other = self.place(see, key=True) if see is not None else None
        node = self.places.node(self._known(path)) if renaming is not None else None
        edit = None
        if renaming is not None and node is not None:
            edit = (renamed_key if key else renamed_in)(node, *renaming)
        self.findings.append(error(code, self.place(path, key=key), message, fix, other, edit))

    def faults(self, path: Path, faults: Iterable[Fault], *, key: bool = False) -> None:
        """Note what is wrong inside a formula, which stands as a value or as a key."""
        for fault in faults:
            place = self.place_in(path, fault, key=key)
            edit = self._edit_in(path, fault) if fault.instead and not key else None
            self.findings.append(error(fault.code, place, fault.message, fault.fix, edit=edit))

    def _edit_in(self, path: Path, fault: Fault) -> Splice | None:
        node = self.places.node(path)
        start = node.offset_of(fault.offset) if node is not None else None
        return Splice(start, start + fault.length, fault.instead) if start is not None else None

    def place_in(self, path: Path, fault: Fault, *, key: bool = False) -> Place:
        """Return the place of a part of a formula, which stands as a value or as a key."""
        if key:
            return self.place(path, key=True)
        node = self.places.node(path)
        if node is None:
            return self.place(path, key=True)
        return self.places.inside(path, fault.offset, fault.length)

    def unknown(
        self,
        path: Path,
        name: str,
        choices: Iterable[str],
        message: str,
        *,
        section: str = "",
        key: bool = False,
    ) -> None:
        """Note that a name does not exist, unless the section where it would stand was not wholly read.

        Args:
            path: Where the name stands.
            name: The name.
            choices: Names that there are.
            message: What is wrong, with `{name}` for the name.
            section: Section where such names are defined.
            key: Whether the name is a key.
        """
        if section in self.unread or section in self._absent:
            return
        if section and self.places.node((section,)) is None:  # one finding says it for all its names
            self._absent.add(section)
            fix = _("add the section '{section}'").format(section=section)
            self.error("R501", path, message.format(name=name), fix, key=key)
        else:
            self.misnamed(path, name, choices, message.format(name=name), key=key)

    def misnamed(
        self, path: Path, name: str, choices: Iterable[str], message: str, *, key: bool = False
    ) -> None:
        """Note that a name does not exist, and which was probably meant."""
        found = self.suggestions.on(name, choices)
        renaming = (name, found.sure) if found.sure is not None else None
        self.error("R501", path, message, found.fix, key=key, renaming=renaming)

    def no_sign(self, path: Path, tag: str) -> None:
        """Note that a tag stands without its sign where a move or a #tag may stand."""
        message, fix = _("'{name}' is a tag, and tags begin with #"), _('write "#{name}"')
        renaming = (tag, f"#{tag}")
        self.error("R503", path, message.format(name=tag), fix.format(name=tag), renaming=renaming)

    def wrong_kind(self, path: Path, name: str, found: str, wanted: str, *, key: bool = False) -> None:
        """Note that a name exists but names a thing of another kind."""
        message = _("'{name}' is {found}, and here stands {wanted}")
        text = message.format(name=name, found=found, wanted=wanted)
        self.error("R503", path, text, _("name {wanted}").format(wanted=wanted), key=key)
