"""What comes of a scenario that has the right form: findings, and if none is an error, its ruleset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from game.engine.ruleset import Ruleset
from game.scenario.asking import Asked, asked_questions, doubtful_questions
from game.scenario.collector import Collector
from game.scenario.compile import compile_scenario
from game.scenario.expects import Expectation, expectations
from game.scenario.findings import Finding
from game.scenario.formulas import Formulas, read_formulas
from game.scenario.inventory import Inventory
from game.scenario.lints import look
from game.scenario.notes import RuleNote, notes_on
from game.scenario.places import Places, Source
from game.scenario.references import check_references
from game.scenario.rules import RuleDraft, draft_rules
from game.scenario.scene import Scene
from game.scenario.schema import Scenario


@dataclass(frozen=True)
class Examined:
    """A scenario whose references and formulas were checked.

    Attributes:
        inventory: Its ids.
        formulas: Its formulas by where they stand.
        drafts: Its rules by their id.
        findings: What was found.
    """

    inventory: Inventory
    formulas: Formulas
    drafts: Mapping[str, RuleDraft]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Built:
    """A compiled scenario.

    Attributes:
        ruleset: What the engine computes with.
        notes: Where each rule comes from, by its id.
        expectations: What simulation must show.
        questions: What players are asked.
    """

    ruleset: Ruleset
    notes: Mapping[str, RuleNote]
    expectations: tuple[Expectation, ...]
    questions: tuple[Asked, ...]


def examine(
    scenario: Scenario, places: Places, unread: Iterable[str] = (), variant: Source | None = None
) -> Examined:
    """Check everything that a scenario says against itself; never fails.

    Args:
        scenario: The scenario, or those of its entries that have the right form.
        places: Positions of everything in its files, also of entries that are left out.
        unread: Sections of which not everything could be read.
        variant: The file of the variant that is laid over it, None without one.
    """
    collector = Collector(places, unread)
    inventory = Inventory(scenario, places, collector.unread)
    formulas = read_formulas(inventory, collector)
    drafts = draft_rules(inventory, collector)
    check_references(inventory, formulas, drafts, collector)
    warnings = look(Scene(inventory, formulas, drafts, collector, variant))
    return Examined(inventory, formulas, drafts, (*collector.findings, *warnings))


def build(examined: Examined, name: str, *, in_variant: bool = False) -> Built:
    """Compile a scenario in which nothing found an error.

    Args:
        examined: The scenario as checked.
        name: Its id, with its variant.
        in_variant: Whether it is a variant.
    """
    inventory, formulas = examined.inventory, examined.formulas
    ruleset = compile_scenario(inventory, formulas, examined.drafts, name)
    places = inventory.places
    return Built(
        ruleset,
        notes_on(inventory.scenario, examined.drafts, places),
        expectations(inventory, formulas, ruleset, places, in_variant=in_variant),
        asked_questions(inventory, formulas) or doubtful_questions(ruleset),
    )
