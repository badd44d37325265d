"""Do factors keep what they multiply within bounds? Each alone may, and many of one reading together not."""

import math
from collections.abc import Iterator, Mapping

from game.locale import _
from game.scenario.formula_source import LARGEST
from game.scenario.formulas import Formulas
from game.scenario.places import Path
from game.scenario.references.lookup import Lookup
from game.scenario.rules import RuleDraft
from game.scenario.schema import Reading


def check_proportions(lookup: Lookup, formulas: Formulas, drafts: Mapping[str, RuleDraft]) -> None:
    """Note factors by which a rule or a chance passes all bounds in some reading."""
    for draft in drafts.values():
        formula = formulas.get((*draft.path, "by"))
        size = formula.span.size if formula is not None else 1.0
        for place, name in enumerate(lookup.scenario.readings if draft.scalings else ()):
            factor = abs(draft.coefficients[place])
            reached = factor * size if 1.0 < size <= LARGEST else factor
            if not reached <= LARGEST:  # nor if it is no number
                own = [scaling for scaling in draft.scalings if scaling.reading == name]
                strongest = max(own, key=lambda scaling: abs(scaling.times))
                _note(lookup, (*strongest.path, "times"), draft.id, reached)
    for name, reading in lookup.scenario.readings.items():
        _check_chances(lookup, name, reading)


def _check_chances(lookup: Lookup, name: str, reading: Reading) -> None:
    found: dict[str, list[tuple[float, Path]]] = {}
    for event, times, path in _chances(name, reading):
        found.setdefault(event, []).append((times, path))
    for event, factors in found.items():
        reached = math.prod(times for times, _path in factors)
        if not reached <= LARGEST:
            _note(lookup, max(factors)[1], event, reached)


def _chances(name: str, reading: Reading) -> Iterator[tuple[str, float, Path]]:
    for claim, item in reading.claims.items():
        path: Path = ("readings", name, "claims", claim, "chances")
        for at, factor in enumerate(item.chance_factors):
            is_short = isinstance(item.chances, dict)
            yield factor.event, factor.times, (*path, factor.event) if is_short else (*path, at, "times")


def _note(lookup: Lookup, path: Path, name: str, reached: float) -> None:
    message = _("with all factors of this reading, '{name}' can reach {size}")
    text = message.format(name=name, size=f"{reached:.0e}" if math.isfinite(reached) else "1e+308")
    lookup.collector.error("X315", path, text, _("choose a factor nearer to 1"))
