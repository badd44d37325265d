"""How far is a scenario translated, and how do further texts get into its translation?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from game.base.errors import ContentError, UsageError
from game.locale import _
from game.scenario.authoring.editor_schema import modeline
from game.scenario.authoring.opened import Opened, changed
from game.scenario.authoring.rendering import STARTERS, starter_texts
from game.scenario.authoring.sheets import Row
from game.scenario.authoring.splicing import Splice, entry_last
from game.scenario.authoring.text_tree import (
    SEPARATOR,
    Grafter,
    Pair,
    TextPath,
    Tree,
    Wanted,
    lines_of,
    pairs,
    tree_of,
)
from game.scenario.merging import LANGUAGE
from game.scenario.names import hint
from game.scenario.places import Node
from game.scenario.translating import VARIANTS

_SAME: Final = "T603"
"""Code of the finding that a translation is the same as the text."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a scenario is translated into a language.

    Attributes:
        language: Its code.
        texts: Texts that there are.
        translated: Those that are translated.
        missing: Those that are not.
        same: Translations that are the same as the text.
        left: Translations that are still as `new` wrote them, although they are to be replaced.
    """

    language: str
    texts: int
    translated: int
    missing: int
    same: int
    left: int


@dataclass(frozen=True)
class Imported:
    """What came of an import.

    Attributes:
        files: Files that were written.
        taken: Translations that are new or differ from what was there.
        unknown: Rows for texts that the scenario does not have.
        outdated: Rows whose text in the scenario's own language has changed since.
    """

    files: list[Path]
    taken: int
    unknown: list[Row] = field(default_factory=list)
    outdated: list[Row] = field(default_factory=list)


def own_language(scenario: Opened) -> str:
    """Return the code of the language that a scenario is written in."""
    return scenario.loaded.languages[0]


def coverage(scenario: Opened) -> list[Coverage]:
    """Return how far a scenario is translated into each language that it has a translation for."""
    return [coverage_in(scenario, language) for language in sorted(scenario.merged.translations)]


def coverage_in(scenario: Opened, language: str) -> Coverage:
    """Return how far a scenario is translated into a language."""
    found = list(texts_of(scenario, language))
    done = [pair for pair in found if pair.translation.strip()]
    tree = scenario.merged.translations.get(language)
    name = tree.source.name if tree is not None else ""
    same = sum(item.code == _SAME and item.place.file == name for item in scenario.loaded.findings)
    own = own_language(scenario)
    left = sum(_is_left(pair, own, language) for pair in done)
    return Coverage(language, len(found), len(done), len(found) - len(done), same, left)


def _is_left(pair: Pair, own: str, other: str) -> bool:
    """Return whether a translation is still what `new` wrote for an entry, or for a text that has changed since."""
    if other not in STARTERS:
        return pair.translation.startswith(f"[{other}] ")
    if pair.translation.endswith(starter_texts(other)["untranslated"].partition("{name}")[2]):
        return True
    first = starter_texts(own) if own in STARTERS else {}
    return any(
        key.startswith("new_") or first.get(key) != pair.text
        for key, text in starter_texts(other).items()
        if text == pair.translation
    )


def rows_of(scenario: Opened, language: str) -> list[Row]:
    """Return the rows of a sheet for a language; what `new` wrote and is to be replaced stays empty.

    Raises:
        UsageError: It cannot be translated into this language.
    """
    check_language(scenario, language)
    own = own_language(scenario)
    return [
        Row(
            at,
            SEPARATOR.join(pair.path),
            pair.text,
            "" if _is_left(pair, own, language) else pair.translation,
        )
        for at, pair in enumerate(texts_of(scenario, language), start=2)
    ]


def check_language(scenario: Opened, language: str) -> None:
    """Refuse a language that a scenario cannot be translated into.

    Raises:
        UsageError: It is no code of a language, or the scenario's own.
    """
    if not LANGUAGE.fullmatch(language):
        message = _("'{name}' is not the code of a language, such as ar, en or fr")
        raise UsageError(message.format(name=language))
    if language == own_language(scenario):
        message = _("the scenario itself is written in '{name}': name the language of the translation")
        raise UsageError(message.format(name=language))


def texts_of(scenario: Opened, language: str) -> Iterator[Pair]:
    """Yield each text of a scenario and of what its variants say differently, beside its translation."""
    root = scenario.merged.root
    tree = scenario.merged.translations.get(language)
    other = tree.root if tree is not None else None
    yield from pairs(root, other)
    below = other.content.get(VARIANTS) if other is not None and isinstance(other.content, dict) else None
    for name, variant in scenario.merged.variants.items():
        known = below.content.get(name) if below is not None and isinstance(below.content, dict) else None
        for pair in pairs(scenario.laid_over(name), known, path=(VARIANTS, name)):
            if pair.own.source is variant.source:
                yield pair


def take(scenario: Opened, language: str, rows: list[Row]) -> Imported:
    """Put the translations of a sheet into a scenario's files; empty cells change nothing.

    Raises:
        UsageError: It cannot be translated into this language.
        ContentError: The sheet belongs to another scenario, or a text cannot be put where it belongs.
    """
    check_language(scenario, language)
    known = {SEPARATOR.join(pair.path): pair for pair in texts_of(scenario, language)}
    unknown = [row for row in rows if row.id not in known]
    if rows and len(unknown) == len(rows):
        message = _("this sheet belongs to another scenario: there is no text '{name}'; {hint}")
        raise ContentError(message.format(name=rows[0].id[:80], hint=hint(rows[0].id, known)))
    mine = [row for row in rows if row.id in known]
    outdated = [row for row in mine if _one_spaced(row.own) != _one_spaced(known[row.id].text)]
    wanted = {
        known[row.id].path: row.other
        for row in mine
        if row.other and row.other != known[row.id].translation.strip()
    }
    files = put(scenario, language, wanted) if wanted else []
    return Imported(files, len(wanted), unknown, outdated)


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


def put(scenario: Opened, language: str, wanted: Wanted) -> list[Path]:
    """Write translations into a scenario's files.

    Args:
        scenario: The scenario.
        language: The language.
        wanted: Each translation by what the text is called.

    Returns:
        The files that were written.

    Raises:
        ContentError: A text cannot be put where it belongs.
    """
    splices, new = changes(scenario, language, wanted)
    return changed(scenario, splices, new)


def changes(
    scenario: Opened, language: str, wanted: Wanted
) -> tuple[dict[str, list[Splice]], dict[str, str]]:
    """Return the changes and new files by which a scenario gets translations.

    Raises:
        ContentError: A text cannot be put where it belongs, or the scenario has no folder for it.
    """
    path = f"text/{language}.yaml"
    tree = scenario.merged.translations.get(language)
    base = {key: text for key, text in wanted.items() if key[:1] != (VARIANTS,)}
    root = scenario.merged.root
    if tree is None:
        if scenario.folder is None:
            message = _(
                "{scenario} is a single file, and translations need a folder: put it into one, as scenario.yaml"
            )
            raise ContentError(message.format(scenario=scenario.spec))
        texts: dict[str, Tree] = {}
        found = tree_of(root, base)
        texts |= found if isinstance(found, dict) else {}
        texts |= _for_variants(scenario, wanted)
        return {}, {path: "\n".join([modeline(path), *lines_of(texts)]) + "\n"}
    path = next(name for name, other in scenario.trees.items() if other is tree)
    splices = [*Grafter(base).splices(root, tree.root), *_in_variants(scenario, tree.root, wanted)]
    return {path: splices}, {}


def _for_variants(scenario: Opened, wanted: Wanted) -> dict[str, Tree]:
    """Return translations of what variants say differently, as a translation has them."""
    found: dict[str, Tree] = {}
    for name in scenario.merged.variants:
        tree = tree_of(scenario.laid_over(name), _under(wanted, name), path=(VARIANTS, name))
        if tree is not None:
            found[name] = tree
    return {VARIANTS: found} if found else {}


def _under(wanted: Wanted, variant: str) -> Mapping[TextPath, str]:
    return {path: text for path, text in wanted.items() if path[:2] == (VARIANTS, variant)}


def _in_variants(scenario: Opened, root: Node, wanted: Wanted) -> Iterator[Splice]:
    """Yield the changes by which a translation gets what variants say differently."""
    trees = _for_variants(scenario, wanted)
    below = root.content.get(VARIANTS) if isinstance(root.content, dict) else None
    if below is None or not isinstance(below.content, dict):
        if trees:
            yield entry_last(root, lines_of(trees))
        return
    for name, tree in trees.get(VARIANTS, {}).items():  # type: ignore[union-attr]
        known = below.content.get(name)
        if known is None:
            yield entry_last(below, lines_of({name: tree}))
        else:
            grafter = Grafter(_under(wanted, name))
            yield from grafter.splices(scenario.laid_over(name), known, path=(VARIANTS, name))
