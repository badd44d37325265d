"""Factors and formulas keep within numbers, each alone and all of a reading together."""

from game.scenario.findings import Finding
from game.scenario.loading import Loaded, load_texts
from tests.scenario.found import marked
from tests.scenario.tiny import TEXT

LARGE = "999999999"


def loaded(text: str) -> Loaded:
    return load_texts({"scenario.yaml": text}, "bridge", None)


def with_claims(many: int, said: str) -> str:
    """Return the small scenario in which one reading has many claims more."""
    claims = "".join(
        f"      more_{n}:\n        says: More.\n        cite: 1\n        {said}\n" for n in range(many)
    )
    return TEXT.replace(
        "    analyst: B\n    label: Gloom\n    claims:\n",
        f"    analyst: B\n    label: Gloom\n    claims:\n{claims}",
    )


def errors(text: str) -> list[Finding]:
    return [finding for finding in loaded(text).findings if finding.severity == "error"]


def test_a_factor_that_takes_an_effect_out_of_bounds_is_an_error() -> None:
    text = TEXT.replace("{of: talk, change: trust, times: 2}", f"{{of: talk, change: trust, times: {LARGE}}}")
    [finding] = errors(text)
    assert (finding.code, marked(finding)) == ("X315", LARGE)
    assert "talk>trust" in finding.message
    assert errors(text.replace(LARGE, "1000")) == []


def test_factors_that_are_too_large_together_are_one_error() -> None:
    said = "scale: [{of: march, change: anger, times: 9999}]"
    assert errors(with_claims(1, said)) == []
    found = errors(with_claims(40, said))
    assert {finding.code for finding in found} == {"X315"}
    assert len(found) == 1
    assert "4e+160" in found[0].message


def test_factors_on_a_chance_that_leave_the_numbers_are_an_error() -> None:
    found = errors(with_claims(40, f"chances: {{protest: {LARGE}}}"))
    assert [(finding.code, marked(finding)) for finding in found] == [("X315", LARGE)]


def test_a_tiny_factor_on_a_chance_is_a_number() -> None:
    tiny = "0.00000001"
    built = loaded(TEXT.replace("chances: {protest: 0.5}", f"chances: {{protest: {tiny}}}"))
    assert built.ruleset is not None
    event = [item.id for item in built.ruleset.events].index("protest")
    reading = list(built.ruleset.readings).index("hopeful")
    assert built.ruleset.factors[event, reading] == float(tiny)


def test_factors_that_come_to_no_number_are_an_error() -> None:
    [finding] = errors(with_claims(40, f"scale: [{{of: talk, change: trust, times: -{LARGE}}}]"))
    assert (finding.code, marked(finding)) == ("X315", f"-{LARGE}")
