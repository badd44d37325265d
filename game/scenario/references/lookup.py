"""Does a name exist, and is it of the right kind? What is not is noted where it stands."""

from collections.abc import Iterable

from game.locale import _
from game.scenario.collector import Collector
from game.scenario.inventory import SIGN, Inventory, Section
from game.scenario.places import Path


class Lookup:
    """Looks names up for the checks.

    Attributes:
        inventory: The ids that there are.
        collector: Where findings go.
        scenario: The scenario.
    """

    def __init__(self, inventory: Inventory, collector: Collector) -> None:
        self.inventory = inventory
        self.collector = collector
        self.scenario = inventory.scenario

    def has(self, section: Section, path: Path, name: str, *, key: bool = False) -> bool:
        """Return whether a section has an id; note if not."""
        known = self.inventory.ids(section)
        if name in known:
            return True
        found = self.inventory.kind_of(name)
        if found and section not in self.collector.unread:
            self.collector.wrong_kind(path, name, found, _wanted(section), key=key)
        else:
            self.collector.unknown(path, name, known, _missing(section), section=section, key=key)
        return False

    def have(self, section: Section, path: Path, names: Iterable[str], *others: str) -> None:
        """Note the names of a list that a section does not have; `others` are allowed besides."""
        for at, name in enumerate(names):
            if name not in others:
                self.has(section, (*path, at), name)

    def keys(self, section: Section, path: Path, names: Iterable[str], *others: str) -> None:
        """Note the keys of a mapping that a section does not have; `others` are allowed besides."""
        for name in names:
            if name not in others:
                self.has(section, (*path, name), name, key=True)

    def date(self, path: Path, name: str) -> bool:
        """Return whether a named date exists; note if not."""
        if name in self.inventory.dates:
            return True
        message = _("there is no date '{name}'")
        self.collector.unknown(path, name, self.inventory.dates, message, section="calendar")
        return False

    def move(self, path: Path, name: str, roles: Iterable[str] | None = None) -> bool:
        """Return whether a move or #tag exists, and one of the roles has it; note if not.

        Args:
            path: Where the name stands.
            name: POLICY, EVENT.OPTION, sign.AGREEMENT or #tag.
            roles: Roles one of which must have such a move; None for any role.
        """
        if name.startswith("#"):
            known = self.inventory.tags.get(name[1:])
            if known is None:
                tags = [f"#{tag}" for tag in self.inventory.tags]
                message = _("no policy has the tag '{name}'")
                self.collector.unknown(path, name, tags, message, section="policies")
                return False
        else:
            known = self.inventory.move_ids.get(name)
            if known is None:
                self._no_move(path, name)
                return False
        if roles is None or not known:  # without positions, the entry could not be read
            return True
        owners = dict.fromkeys(self.inventory.moves[at].role for at in known)
        wanted = list(roles)
        known_roles = self.inventory.ids("roles")
        if any(role not in known_roles for role in (*owners, *wanted)):
            return True  # a role that does not exist is reported where it stands
        if any(role in wanted for role in owners):
            return True
        if name.startswith("#") and "policies" in self.collector.unread:
            return True  # a policy of theirs with this tag may stand in the part that is broken
        message = _("'{name}' is a move of {owners}, not of {roles}")
        text = message.format(name=name, owners=_(", ").join(owners), roles=_(", ").join(wanted))
        self.collector.error(
            "R512", path, text, _("name a move of {roles}").format(roles=_(", ").join(wanted))
        )
        return False

    def _no_move(self, path: Path, name: str) -> None:
        owner, dot, _option = name.partition(".")
        if not dot:
            if name in self.inventory.tags and "caretaker" not in path:
                self.collector.no_sign(path, name)
                return
            found = self.inventory.kind_of(name)
            if found and "policies" not in self.collector.unread:
                self.collector.wrong_kind(path, name, found, _wanted("policies"))
                return
            message, section = _missing("policies"), "policies"
        elif name.startswith(SIGN):
            message, section = _("there is no agreement for '{name}'"), "agreements"
        elif owner in self.inventory.ids("events") and owner not in self.scenario.events:
            return
        else:
            message, section = _("there is no answer '{name}'"), "events"
        moves = self.inventory.move_ids
        choices = [move for move in moves if ("." in move) == bool(dot)]
        self.collector.unknown(path, name, choices, message, section=section)


def _missing(section: Section) -> str:
    texts: dict[Section, str] = {
        "indicators": _("there is no indicator '{name}'"),
        "roles": _("there is no role '{name}'"),
        "policies": _("there is no policy '{name}'"),
        "events": _("there is no event '{name}'"),
        "agreements": _("there is no agreement '{name}'"),
        "contests": _("there is no contest '{name}'"),
        "outcomes": _("there is no ending '{name}'"),
        "readings": _("there is no reading '{name}'"),
    }
    return texts[section]


def _wanted(section: Section) -> str:
    texts: dict[Section, str] = {
        "indicators": _("an indicator"),
        "roles": _("a role"),
        "policies": _("a policy"),
        "events": _("an event"),
        "agreements": _("an agreement"),
        "contests": _("a contest"),
        "outcomes": _("an ending"),
        "readings": _("a reading"),
    }
    return texts[section]
