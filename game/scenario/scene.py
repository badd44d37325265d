"""What does a lint look at, and how does it say what it found?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from game.scenario.bounds import Ranges
from game.scenario.collector import Collector
from game.scenario.findings import Finding, has_errors, warning
from game.scenario.formula_source import Fault
from game.scenario.formulas import Formulas, Placed, ranges_of
from game.scenario.inventory import Inventory
from game.scenario.places import Path, Source
from game.scenario.possible import Possible, possible
from game.scenario.references.knowledge import Drafts
from game.scenario.rules import RuleDraft
from game.scenario.schema import Scenario

_READ_BY_FORMULAS: Final = {"calendar", "indicators", "policies", "events", "agreements", "contests"}
"""Sections whose entries formulas name."""


@dataclass(frozen=True)
class Scene:
    """A scenario whose references were checked.

    Attributes:
        inventory: Its ids.
        formulas: Its formulas by where they stand.
        drafts: Its rules by their id.
        collector: What was found so far.
        variant: The file of the variant that is laid over it, None without one.
    """

    inventory: Inventory
    formulas: Formulas
    drafts: Drafts
    collector: Collector
    variant: Source | None = None

    @property
    def scenario(self) -> Scenario:
        """What the files say."""
        return self.inventory.scenario

    @property
    def measured(self) -> bool:
        """Whether all that formulas read could be read itself, so that it is known what they lie between."""
        return not self.collector.unread & _READ_BY_FORMULAS

    @cached_property
    def sound(self) -> bool:
        """Whether everything could be read and holds together, so that what is missing is missing."""
        return not (self.collector.unread or has_errors(self.collector.findings))

    @cached_property
    def ranges(self) -> Ranges:
        """What formulas' leaves can be."""
        return ranges_of(self.inventory)

    @cached_property
    def possible(self) -> Possible:
        """What can come about at all; asked of a sound scenario alone."""
        return possible(self.inventory, self.formulas, self.ranges)

    @cached_property
    def by_cause(self) -> Mapping[str, Sequence[RuleDraft]]:
        """The rules of each cause."""
        found: dict[str, list[RuleDraft]] = defaultdict(list)
        for draft in self.drafts.values():
            found[draft.cause].append(draft)
        return found

    def conditions(self) -> Iterator[Placed]:
        """Yield the conditions among the formulas, if it is known what they lie between."""
        if not self.measured:
            return iter(())
        return (item for item in self.formulas.values() if item.purpose == "condition" and not item.faults)

    def of_variant(self, path: Path) -> bool:
        """Return whether an entry stands in a variant's file, or there is no variant.

        What the whole scenario says need not make sense in a shorter cut, and is none of the cut's business.
        """
        node = self.collector.places.node(path)
        return self.variant is None or (node is not None and (node.key_source or node.source) is self.variant)

    def warn(
        self, code: str, path: Path, message: str, fix: str, *, key: bool = False, see: Path | None = None
    ) -> Finding:
        """Return a finding about a value, or about its key."""
        other = self.collector.place(see, key=True) if see is not None else None
        return warning(code, self.collector.place(path, key=key), message, fix, other)

    def doubts(self, path: Path, faults: Iterable[Fault], *, key: bool) -> Iterator[Finding]:
        """Yield findings about parts of a formula."""
        for fault in faults:
            yield warning(fault.code, self.collector.place_in(path, fault, key=key), fault.message, fault.fix)
