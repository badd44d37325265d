"""Does everything that a scenario names exist, and may it stand where it stands?"""

from game.scenario.collector import Collector
from game.scenario.formulas import Formulas
from game.scenario.inventory import Inventory
from game.scenario.references.accounts import check_accounts
from game.scenario.references.acts import check_acts
from game.scenario.references.colours import check_colours
from game.scenario.references.knowledge import Drafts, check_knowledge
from game.scenario.references.lesson import check_lesson
from game.scenario.references.lookup import Lookup
from game.scenario.references.proportions import check_proportions
from game.scenario.references.state import check_state


def check_references(inventory: Inventory, formulas: Formulas, drafts: Drafts, collector: Collector) -> None:
    """Note every reference that does not hold; names inside formulas were checked as these were read."""
    lookup = Lookup(inventory, collector)
    check_state(lookup)
    check_acts(lookup)
    check_accounts(lookup, formulas)
    check_colours(lookup)
    check_proportions(lookup, formulas, drafts)
    check_lesson(lookup)
    check_knowledge(lookup, formulas, drafts)


__all__ = ["check_references"]
