"""Where do checks put what they find? Findings with their places, and nothing against what was never read."""

from collections.abc import Iterable

from game.locale import _
from game.scenario.findings import Finding, error, warning
from game.scenario.formula_source import Fault
from game.scenario.names import hint
from game.scenario.places import Path, Place, Places


class Collector:
    """Collects findings.

    Attributes:
        places: Positions of everything in the files.
        unread: Sections of which nothing or not everything could be read: a name that is missing there is
            not reported, since it may stand in the part that is broken.
        findings: What was found.
    """

    def __init__(self, places: Places, unread: Iterable[str] = ()) -> None:
        self.places = places
        self.unread = frozenset(unread)
        self.findings: list[Finding] = []
        self._absent: set[str] = set()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of a value or of its key; of the whole value where one item stands for a list."""
        if path and isinstance(path[-1], int) and self.places.node(path) is None:
            path = path[:-1]
            return self.places.at(path, key=key and self.places.node(path) is None)
        return self.places.at(path, key=key)

    def error(
        self, code: str, path: Path, message: str, fix: str, *, key: bool = False, see: Path | None = None
    ) -> None:
        """Note a mistake at a value, or at its key."""
        other = self.place(see, key=True) if see is not None else None
        self.findings.append(error(code, self.place(path, key=key), message, fix, other))

    def warning(self, code: str, path: Path, message: str, fix: str, *, key: bool = False) -> None:
        """Note something doubtful at a value, or at its key."""
        self.findings.append(warning(code, self.place(path, key=key), message, fix))

    def faults(
        self, path: Path, faults: Iterable[Fault], *, is_error: bool = True, key: bool = False
    ) -> None:
        """Note what is wrong inside a formula, which stands as a value or as a key."""
        report = error if is_error else warning
        for fault in faults:
            place = self.place(path, key=True) if key else self._inside(path, fault)
            self.findings.append(report(fault.code, place, fault.message, fault.fix))

    def _inside(self, path: Path, fault: Fault) -> Place:
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
        fix = hint(name, choices)
        if section and self.places.node((section,)) is None:  # one finding says it for all its names
            self._absent.add(section)
            fix = _("add the section '{section}'").format(section=section)
        self.error("R501", path, message.format(name=name), fix, key=key)

    def wrong_kind(self, path: Path, name: str, found: str, wanted: str, *, key: bool = False) -> None:
        """Note that a name exists but names a thing of another kind."""
        message = _("'{name}' is {found}, and here stands {wanted}")
        text = message.format(name=name, found=found, wanted=wanted)
        self.error("R503", path, text, _("name {wanted}").format(wanted=wanted), key=key)
