"""What does `check` print? Everything wrong with scenarios, and whether their claims hold."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from game.base.errors import UsageError
from game.cli.frame import tell
from game.cli.progress import progress_bar
from game.locale import _, ngettext, number
from game.scenario.articles import Copy, compare, read_copy
from game.scenario.findings import (
    Finding,
    github_lines,
    has_errors,
    json_problems,
    json_text,
    summary,
    text_lines,
)
from game.scenario.library import shipped
from game.scenario.loading import Loaded, load
from game.scenario.silence import unsilenced

if TYPE_CHECKING:
    from game.play.claims import Proof

Format: TypeAlias = Literal["text", "json", "github"]

_FIXED_LISTED: Final = 50


@dataclass(frozen=True)
class Wishes:
    """What a person wants of `check`.

    Attributes:
        form: How findings are printed.
        strict: Whether warnings count as errors.
        claims: Whether claims are proved by playing games.
        fix: Whether what is certain is put right in the files first.
        article: The person's own copy of a source, which citations are compared with.
    """

    form: Format = "text"
    strict: bool = False
    claims: bool = True
    fix: bool = False
    article: Path | None = None


@dataclass
class Checked:
    """What was found in one scenario.

    Attributes:
        name: What the person called it.
        findings: What was found.
        proofs: What became of its claims.
        seconds: How long it took, claims apart.
        remarks: Sentences that are said besides.
        variant: The variant that was laid over it.
    """

    name: str
    findings: list[Finding]
    proofs: "list[Proof]" = field(default_factory=list)
    seconds: float = 0.0
    remarks: list[str] = field(default_factory=list)
    variant: str | None = None


@dataclass
class Found:
    """What was found in all scenarios; `unusable` where one could not be checked at all."""

    results: list[Checked] = field(default_factory=list)
    unusable: bool = False

    @property
    def findings(self) -> list[Finding]:
        """All findings, once each: a variant shares most of its text with the scenario."""
        return list(dict.fromkeys(finding for result in self.results for finding in result.findings))

    def is_bad(self, *, strict: bool) -> bool:
        """Return whether a scenario has errors, or, where these count, warnings."""
        return has_errors(self.findings) or (strict and bool(self.findings))


def check(specs: Sequence[str], wishes: Wishes) -> int:
    """Check scenarios and print what was found.

    Args:
        specs: Ids, folders or files; none means all that are shipped.
        wishes: How.

    Returns:
        0 without errors, 1 with errors, 2 if something could not be checked.
    """
    if wishes.fix:
        _fix(specs, wishes.form)
    found = look(specs, wishes)
    bad = found.is_bad(strict=wishes.strict)
    if wishes.form == "json":
        document = {
            "ok": not bad and not found.unusable,
            "problems": json_problems(found.findings),
            "claims": [claim for result in found.results for claim in _claims(result)],
        }
        print(json_text(document))
    elif wishes.form == "github":
        _print(github_lines(found.findings))
    else:
        _print(text_lines(found.findings))
        print_summary(found)
    return 2 if found.unusable else int(bad)


def look(specs: Sequence[str], wishes: Wishes) -> Found:
    """Check scenarios; what cannot be checked is told to the person."""
    found = Found()
    copy = read_copy(wishes.article) if wishes.article is not None else None
    for spec in specs or shipped():
        try:
            found.results += _checked(spec, wishes, copy)
        except UsageError as error:
            tell(_("Error: {message}").format(message=error))
            found.unusable = True
    return found


def print_summary(found: Found) -> None:
    """Print how many mistakes there are, and what can be done about them."""
    for result in found.results:
        _print([_told(result), *result.remarks])
    findings = found.findings
    certain = sum(finding.edit is not None for finding in findings)
    if certain:
        message = ngettext(
            "{n} of these can be put right for certain: check --fix does it.",
            "{n} of these can be put right for certain: check --fix does it.",
            certain,
        )
        print(message.format(n=certain))
    if findings:
        code = min(findings, key=lambda item: item.order).code
        print(_("More about a kind of mistake: rival-readings explain {code}").format(code=code))


def _fix(specs: Sequence[str], form: Format) -> None:
    """Put right what is certain, and say what was."""
    from game.scenario.fixing import fix

    if not specs:
        raise UsageError(_("--fix changes files: name the folder or file that it may change"))
    say = print if form == "text" else tell
    for spec in specs:
        fixed = fix(spec)
        for finding in fixed.findings[:_FIXED_LISTED]:
            place = finding.place
            where = f"{place.file}:{place.line}:{place.column}"
            message = _("{place}: put right: {message} ({code})")
            say(message.format(place=where, message=finding.message, code=finding.code))
        count = len(fixed.findings)
        if not count:
            say(_("{scenario}: nothing to put right that is certain.").format(scenario=spec))
            continue
        files = _(", ").join(path.as_posix() for path in fixed.files)
        message = ngettext("{n} mistake put right in {files}.", "{n} mistakes put right in {files}.", count)
        say(message.format(n=count, files=files))


def _checked(spec: str, wishes: Wishes, copy: Copy | None) -> list[Checked]:
    """Return what was found in a scenario and, where a whole one was named, in its variants."""
    loaded, result = _loaded(spec, wishes, copy)
    if loaded.variant is not None:
        if result.findings:
            _name_variant(result, load(spec.rpartition(":")[0]).findings)
        return [result]
    results = [result]
    if not has_errors(loaded.findings):
        for name in loaded.variants:
            in_variant = _loaded(f"{spec}:{name}", wishes, None)[1]
            _name_variant(in_variant, result.findings)
            results.append(in_variant)
    return results


def _name_variant(result: Checked, known: Iterable[Finding]) -> None:
    """Say of what is found in a variant alone that it is, where it stands in a file of the whole scenario.

    Args:
        result: What was found in the variant; changes.
        known: What was found in the whole scenario.
    """
    name, everywhere = result.variant, frozenset(known)
    for at, finding in enumerate(result.findings):
        if finding in everywhere:
            continue
        own = PurePosixPath(finding.place.file)
        message, fix = finding.message, finding.fix
        if own.parent.name != "variants" or own.stem != name:
            message = _("{message} (in the variant '{name}')").format(message=message, name=name)
            file = f"variants/{name}.yaml"
            there = _("say in {file} what holds for the variant; 'null' takes an entry out").format(file=file)
            fix = _("{one}; or {other}").format(one=fix, other=there) if fix else there
        result.findings[at] = replace(finding, message=message, fix=fix, variant=name)


def _loaded(spec: str, wishes: Wishes, copy: Copy | None) -> tuple[Loaded, Checked]:
    began = time.perf_counter()
    loaded = load(spec)
    seconds = time.perf_counter() - began
    result = Checked(spec, list(loaded.findings), seconds=seconds, variant=loaded.variant)
    if copy is not None:
        _compare(loaded, copy, result)
    if wishes.claims and loaded.ruleset is not None:
        from game.play.claims import prove

        with progress_bar(_("Proving the claims of {scenario}").format(scenario=spec)) as progress:
            result.proofs = prove(loaded, progress)
        asked = {item.place: item.softened for item in loaded.expectations}
        found = [proof.finding for proof in result.proofs if proof.finding is not None]
        result.findings += unsilenced(_explained(finding, asked.get(finding.place, ())) for finding in found)
    return loaded, result


def _explained(finding: Finding, asked: Sequence[float]) -> Finding:
    """Return a claim's finding which says, where a variant asks for less, what is written."""
    if finding.code != "C801" or not asked:
        return finding
    written = _(", ").join(number(value, 0 if value == int(value) else 2) for value in asked)
    message = _("{remedy}; this is three quarters of {written}, as for variants")
    return replace(finding, fix=message.format(remedy=finding.fix, written=written))


def _compare(loaded: Loaded, copy: Copy, result: Checked) -> None:
    """Compare citations with the person's own copy of a source."""
    if loaded.scenario is None or loaded.places is None:
        result.remarks.append(_("Your copy is compared when the errors are mended."))
        return
    compared = compare(loaded.scenario, loaded.places, copy)
    if compared is None:
        result.remarks.append(
            _("It has no source with fingerprints of its paragraphs to compare your copy with.")
        )
        return
    result.findings += unsilenced(compared.findings)
    states = list(compared.states.values())
    message = _(
        "Cited paragraphs of '{source}': {match} match your copy, {differ} differ, {missing} are missing."
    )
    counts = {state: states.count(state) for state in ("match", "differ", "missing")}
    result.remarks.append(message.format(source=compared.source, **counts))


def _claims(result: Checked) -> list[dict[str, object]]:
    names = ("reading", "claim", "measure", "found", "expected", "holds")
    return [
        {**{name: getattr(proof, name) for name in names}, "variant": result.variant}
        for proof in result.proofs
    ]


def _told(result: Checked) -> str:
    """Return in a sentence what was found in a scenario."""
    message = _("{scenario}: {count} (checked in {time} ms).")
    time_taken = number(1000 * result.seconds)
    parts = [message.format(scenario=result.name, count=summary(result.findings), time=time_taken)]
    if result.proofs:
        count = len(result.proofs)
        held = sum(proof.holds for proof in result.proofs)
        text = ngettext("{held} of {n} claim test holds.", "{held} of {n} claim tests hold.", count)
        parts.append(text.format(held=number(held), n=count))
    return " ".join(parts)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
