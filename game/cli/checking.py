"""What does `check` print? Everything wrong with scenarios, and whether their claims hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from game.base.errors import UsageError
from game.cli.frame import tell
from game.cli.progress import progress_bar
from game.locale import _, ngettext, number
from game.play.claims import Proof, prove
from game.scenario.findings import (
    Finding,
    github_report,
    has_errors,
    json_problems,
    json_text,
    summary,
    text_report,
)
from game.scenario.library import shipped
from game.scenario.loading import Loaded, load

Format: TypeAlias = Literal["text", "json", "github"]


@dataclass
class Checked:
    """What was found in one scenario."""

    name: str
    findings: list[Finding]
    proofs: list[Proof] = field(default_factory=list)


def check(specs: Sequence[str], form: Format, *, strict: bool, claims: bool) -> int:
    """Check scenarios and print what was found.

    Args:
        specs: Ids, folders or files; none means all that are shipped.
        form: How findings are printed.
        strict: Whether warnings count as errors.
        claims: Whether claims are proved by playing games.

    Returns:
        0 without errors, 1 with errors, 2 if something could not be checked.
    """
    results: list[Checked] = []
    unusable = False
    for spec in specs or shipped():
        try:
            results += _checked(spec, claims=claims)
        except UsageError as error:
            tell(_("Error: {message}").format(message=error))
            unusable = True
    findings = _distinct([finding for result in results for finding in result.findings])
    bad = has_errors(findings) or (strict and bool(findings))
    if form == "json":
        proofs = [proof for result in results for proof in result.proofs]
        print(
            json_text(
                {
                    "ok": not bad and not unusable,
                    "problems": json_problems(findings),
                    "claims": _claims(proofs),
                }
            )
        )
    elif form == "github":
        _print(github_report(findings))
    else:
        _print(text_report(findings))
        _print([_told(result) for result in results])
    return 2 if unusable else int(bad)


def _checked(spec: str, *, claims: bool) -> list[Checked]:
    """Return what was found in a scenario and, where a whole one was named, in its variants."""
    loaded = load(spec)
    results = [_proved(spec, loaded, claims=claims)]
    if loaded.variant is None and not has_errors(loaded.findings):
        names = [f"{spec}:{name}" for name in loaded.variants]
        results += [_proved(name, load(name), claims=claims) for name in names]
    return results


def _proved(name: str, loaded: Loaded, *, claims: bool) -> Checked:
    result = Checked(name, list(loaded.findings))
    if claims and loaded.ruleset is not None and not has_errors(loaded.findings):
        with progress_bar(_("Proving the claims of {scenario}").format(scenario=name)) as progress:
            result.proofs = prove(loaded, progress)
        result.findings += [proof.finding for proof in result.proofs if proof.finding is not None]
    return result


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings without repetitions: a variant shares most of its text with the scenario."""
    return list(dict.fromkeys(findings))


def _claims(proofs: Sequence[Proof]) -> list[dict[str, object]]:
    names = ("reading", "claim", "measure", "found", "expected", "holds")
    return [{name: getattr(proof, name) for name in names} for proof in proofs]


def _told(result: Checked) -> str:
    """Return in a sentence what was found in a scenario."""
    parts = [_("{scenario}: {count}.").format(scenario=result.name, count=summary(result.findings))]
    if result.proofs:
        count = len(result.proofs)
        held = sum(proof.holds for proof in result.proofs)
        text = ngettext("{held} of {n} claim test holds.", "{held} of {n} claim tests hold.", count)
        parts.append(text.format(held=number(held), n=count))
    return " ".join(parts)


def _print(lines: Sequence[str]) -> None:
    for line in lines:
        print(line)
