"""Why does a rule exist? What a ledger prints beside its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from game.scenario.citations import cites_in_full
from game.scenario.places import Path, Places
from game.scenario.rules import RuleDraft, Scaling
from game.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class RuleNote:
    """Where a rule comes from.

    Attributes:
        why: The reason, in the scenario's own language.
        path: Where the effect stands in the scenario; in a translated one its `why` is in that language.
        reading: The reading that alone holds it.
        claim: That reading's claim.
        cite: Paragraphs that it rests on, as SOURCE:NUMBER.
        basis: Whether the source states it or the author infers it, where that is said.
        scalings: Claims that scale it in their reading.
        file: The file in which it stands.
        line: Its line.
    """

    why: str | None
    path: Path
    reading: str | None
    claim: str | None
    cite: tuple[str, ...]
    basis: Literal["stated", "inference"] | None
    scalings: tuple[Scaling, ...]
    file: str
    line: int


def notes_on(scenario: Scenario, drafts: Mapping[str, RuleDraft], places: Places) -> Mapping[str, RuleNote]:
    """Return the note on every rule by its id."""
    return {name: _note(scenario, draft, places) for name, draft in drafts.items()}


def _note(scenario: Scenario, draft: RuleDraft, places: Places) -> RuleNote:
    effect, place = draft.effect, places.at(draft.path)
    cite, basis = effect.cite, effect.basis
    if draft.reading is not None and draft.claim is not None:
        claim = scenario.readings[draft.reading].claims[draft.claim]
        cite, basis = cite or claim.cite, basis or claim.basis
    return RuleNote(
        why=effect.why,
        path=draft.path,
        reading=draft.reading,
        claim=draft.claim,
        cite=cites_in_full(scenario, cite),
        basis=basis,
        scalings=draft.scalings,
        file=place.file,
        line=place.line,
    )
