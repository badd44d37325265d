"""What do the commands of `translate` do and print?"""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from game.base.errors import ContentError, UsageError
from game.cli.columns import columns
from game.cli.frame import tell
from game.locale import _, ngettext
from game.scenario.authoring.opened import opened
from game.scenario.authoring.sheets import Row, read_sheet, sheet
from game.scenario.authoring.tidying import tidy as tidy_texts
from game.scenario.authoring.translation import (
    Coverage,
    check_language,
    coverage_in,
    own_language,
    rows_of,
)
from game.scenario.authoring.translation import coverage as coverage_of
from game.scenario.authoring.translation import take as take_rows
from game.scenario.findings import json_text
from game.scenario.writing import write

_LISTED: Final = 5
_SHORT: Final = 60


def coverage(spec: str, *, as_json: bool) -> int:
    """Print how far a scenario is translated.

    Raises:
        UsageError: There is no such scenario.
        ContentError: It has errors.
    """
    scenario = opened(spec)
    own, found = own_language(scenario), coverage_of(scenario)
    if as_json:
        print(json_text({"own": own, "languages": [asdict(item) for item in found]}))
        return 0
    if found:
        _print_coverage(found)
        return 0
    message = _(
        "{scenario} has no translation yet; begin one by: rival-readings translate export {scenario} LANG"
    )
    print(message.format(scenario=spec))
    return 0


def _print_coverage(found: Iterable[Coverage]) -> None:
    """Print how far a scenario is translated, a language in each line."""
    heads = (
        _("language"),
        _("texts"),
        _("translated"),
        _("missing"),
        _("same as the original"),
        _("to be replaced"),
    )
    rows = [
        [item.language, *map(str, (item.texts, item.translated, item.missing, item.same, item.left))]
        for item in found
    ]
    for line in columns([heads, *rows]):
        print(line)


def export(spec: str, language: str, out: Path | None) -> int:
    """Write a scenario's texts as a sheet.

    Raises:
        UsageError: There is no such scenario, the language makes no sense, or the file exists.
        ContentError: The scenario has errors.
    """
    scenario = opened(spec)
    rows = rows_of(scenario, language)
    path = out or Path(f"{scenario.id}-{language}.csv")
    if path.exists():
        message = _("{path} exists already and is not overwritten: name another file by -o")
        raise UsageError(message.format(path=path))
    write(path, sheet(own_language(scenario), language, rows))
    message = ngettext("{path}: {n} text.", "{path}: {n} texts.", len(rows))
    print(message.format(path=path, n=len(rows)))
    _print_coverage([coverage_in(scenario, language)])
    return 0


def take(spec: str, language: str, path: Path) -> int:
    """Put the translations of a sheet into a scenario's files.

    Raises:
        UsageError: There is no such scenario or sheet, or the language makes no sense.
        ContentError: The scenario or the sheet has errors.
    """
    scenario = opened(spec, to_change=True)
    check_language(scenario, language)
    try:
        content = path.read_bytes()
    except OSError as problem:
        message = _("{path} cannot be read: {reason}")
        raise UsageError(message.format(path=path, reason=problem.strerror or problem)) from problem
    rows = read_sheet(path.name, content, own_language(scenario), language)
    if not rows:
        raise ContentError(_("{path} has no texts in it").format(path=path.name))
    done = take_rows(scenario, language, rows)
    for file in done.files:
        print(_("{path}: written.").format(path=file))
    print(ngettext("{n} text taken.", "{n} texts taken.", done.taken).format(n=done.taken))
    _tell_rows(done.unknown, _("The scenario has no such text any more:"))
    _tell_rows(done.outdated, _("The original has changed since, so look at the translation again:"))
    _print_coverage([coverage_in(opened(spec), language)])
    return 0


def tidy(spec: str) -> int:
    """Let a scenario's translations follow ids that were renamed or taken out.

    Raises:
        UsageError: There is no such scenario, or it cannot be changed.
        ContentError: It has other errors besides.
    """
    files, moved = tidy_texts(opened(spec, to_change=True))
    for item in moved:
        if item.now:
            message = _("{file}: {path} is called {name} now; see whether its texts still fit")
            print(message.format(file=item.file, path=item.path, name=item.now))
        else:
            print(
                _("{file}: taken out: {path}: {text}").format(file=item.file, path=item.path, text=item.text)
            )
    for file in files:
        print(_("{path}: written.").format(path=file))
    if not files:
        print(_("There is nothing to tidy."))
    return 0


def _tell_rows(rows: list[Row], what: str) -> None:
    if rows:
        tell(what)
    for row in rows[:_LISTED]:
        tell(f"  {row.id[:_SHORT]}")
    if len(rows) > _LISTED:
        number = len(rows) - _LISTED
        tell("  " + ngettext("and {n} more", "and {n} more", number).format(n=number))
