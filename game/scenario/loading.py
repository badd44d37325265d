"""How does a scenario get from its files into the game? One way for `check` and for play."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from game.base.digest import digest_of
from game.base.errors import ContentError, UsageError
from game.engine.ruleset import Ruleset
from game.locale import _
from game.scenario import nodes
from game.scenario.asking import Asked
from game.scenario.building import Examined, build, examine
from game.scenario.cutting import cut_words
from game.scenario.edits import renamed_key
from game.scenario.expects import Expectation
from game.scenario.files import Gathered, gather, stem_of
from game.scenario.findings import Finding, error, has_errors
from game.scenario.library import ROOT
from game.scenario.merging import Merged, holds_list, merge, overlay
from game.scenario.names import Suggestions, hint
from game.scenario.nodes import MOST_NODES, FileTree, left_out, read_bytes, read_text
from game.scenario.notes import RuleNote
from game.scenario.places import Node, Places, Source
from game.scenario.schema import Scenario
from game.scenario.shape import shape
from game.scenario.silence import unsilenced
from game.scenario.translating import compare, compare_variant, divided, translated


@dataclass(frozen=True, eq=False)
class Loaded:
    """A scenario as read from its files.

    Attributes:
        id: Its id, with the variant behind a colon: `baghdad-2021:workshop`.
        files: Text of each file by its path inside the scenario; enough to load it again.
        variant: The variant that was laid over it.
        digest: What tells its content from any other.
        findings: What the checks found, by position.
        scenario: Its content; None if there are errors.
        ruleset: Its compiled form; None if there are errors.
        notes: Where each rule comes from, by its id.
        expectations: What simulation must show.
        questions: What players are asked, turn by turn.
        languages: Languages that it can be read in, its own first.
        variants: Variants that it has.
        spec: What it was loaded from on this machine; None if it came from memory.
        places: Positions of everything in its files, the variant's included; None if there are errors, and where it is
            only played.
    """

    id: str
    files: Mapping[str, str]
    variant: str | None
    digest: str
    findings: tuple[Finding, ...]
    scenario: Scenario | None = None
    ruleset: Ruleset | None = None
    notes: Mapping[str, RuleNote] = field(default_factory=dict)
    expectations: tuple[Expectation, ...] = ()
    questions: tuple[Asked, ...] = ()
    languages: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    spec: str | None = None
    places: Places | None = field(default=None, repr=False)
    _texts: Mapping[str, tuple[Node, ...]] = field(default_factory=dict, repr=False)
    _read: dict[str, Scenario] = field(default_factory=dict, repr=False)

    @property
    def compiled(self) -> Ruleset:
        """The ruleset of a scenario that has no errors.

        Raises:
            ContentError: It has some.
        """
        if self.ruleset is None:
            message = _("The scenario {id} has errors: run `rival-readings check {id}` to see them.")
            raise ContentError(message.format(id=self.id))
        return self.ruleset

    def in_language(self, lang: str) -> Scenario:
        """Return the scenario with its texts in a language, or in its own where a text has no translation.

        Raises:
            ContentError: The scenario has errors.
        """
        if self.scenario is None:
            raise ContentError(_("the scenario {id} has errors").format(id=self.id))
        if lang not in self.languages[1:]:
            return self.scenario
        if lang not in self._read:
            self._read[lang] = self._translated(lang)
        return self._read[lang]

    def _translated(self, lang: str) -> Scenario:
        if self.places is None:
            return load_texts(self.files, self.id, self.variant).in_language(lang)
        data: Any = self.places.root.data()
        for texts in self._texts[lang]:
            data = translated(data, texts.data())
        return Scenario.model_validate(data)

    def for_play(self) -> "Loaded":
        """Return the same without positions, which take as much memory as all the rest and are for its author.

        Files that were read are let go of too.
        """
        nodes.forget()
        return replace(self, places=None, _texts={})


def load(spec: str | Path) -> Loaded:
    """Load a scenario from disk; what is wrong in its content becomes findings.

    Args:
        spec: Id of a shipped scenario, a folder or a file; with `:VARIANT` for a variant.

    Raises:
        UsageError: There is no such scenario, variant, folder or file.
    """
    return load_files(gather(spec))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage while thousands of values are made that are all kept."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def load_files(found: Gathered) -> Loaded:
    """Load a scenario from the content of its files, as `load` does.

    Raises:
        UsageError: There is no such variant.
    """
    trees: dict[str, FileTree] = {}
    left = MOST_NODES
    for path, content in found.contents.items():
        trees[path] = read_bytes(found.shown[path], content, is_list=holds_list(path), most=left)
        left -= trees[path].nodes
    trees |= {path: left_out(found.shown[path]) for path in found.left_out}
    loaded = _loaded(found.id, found.variant, trees, found.findings, found.unread)
    return replace(loaded, spec=found.spec)


@_uncollected()
def load_texts(files: Mapping[str, str], id: str, variant: str | None) -> Loaded:  # noqa: A002
    """Load a scenario from memory.

    Args:
        files: Text of each file by its path inside the scenario.
        id: The scenario's id, with or without the variant.
        variant: The variant to lay over it.

    Raises:
        UsageError: There is no such variant.
    """
    trees: dict[str, FileTree] = {}
    left = MOST_NODES
    for path, text in files.items():
        trees[path] = read_text(Source(path, text), is_list=holds_list(path), most=left)
        left -= trees[path].nodes
    known = id.removesuffix(f":{variant}") if variant else id
    missing = []
    if ROOT not in files:
        message = _("this scenario has no file {name}").format(name=ROOT)
        missing.append(error("F100", Source(ROOT, "").place(0, 1), message))
    return _loaded(known, variant, trees, missing)


def _loaded(
    known: str,
    variant: str | None,
    trees: Mapping[str, FileTree],
    first: list[Finding],
    unread: Set[str] = frozenset(),
) -> Loaded:
    merged = merge(trees)
    merged.unread |= unread
    if variant is not None and variant not in merged.variants:
        message = _("the scenario {id} has no variant '{name}'").format(id=known, name=variant)
        raise UsageError(_("; ").join((message, hint(variant, merged.variants))))
    files = {path: _storable(tree.source.text) for path, tree in trees.items()}
    name = f"{known}:{variant}" if variant else known
    digest = digest_of(files) + (f":{variant}" if variant else "")
    findings = [*first, *merged.findings]
    for path, tree in trees.items():
        findings += tree.findings
        findings += cut_words(path, tree.root, tree.cut)
    read = len(findings)
    root = _with_variant(merged, variant, findings)
    examined = _examined(trees, merged, root, variant, findings)
    texts = _texts(merged, root, variant, findings)
    built = None
    if examined is not None and not has_errors(findings):
        built = build(examined, name, in_variant=variant is not None)
    if variant is not None:
        findings[read:] = _certain(findings[read:], trees, variant)
    own = _own_language(root)
    kept = tuple(sorted(unsilenced(findings), key=lambda finding: finding.order))
    return Loaded(
        id=name,
        files=files,
        variant=variant,
        digest=digest,
        findings=kept,
        scenario=examined.inventory.scenario if examined is not None and built is not None else None,
        ruleset=built.ruleset if built is not None else None,
        notes=built.notes if built is not None else {},
        expectations=built.expectations if built is not None else (),
        questions=built.questions if built is not None else (),
        languages=(own, *sorted(set(texts) - {own})),
        variants=tuple(merged.variants),
        places=examined.inventory.places if examined is not None and built is not None else None,
        _texts=texts,
    )


def _storable(text: str) -> str:
    """Return a text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _with_variant(merged: Merged, variant: str | None, findings: list[Finding]) -> Node:
    if variant is None:
        return merged.root
    tree = merged.variants[variant]
    merged.unread |= tree.blanked
    return overlay(merged.root, tree.root, findings)


def _certain(findings: Iterable[Finding], trees: Mapping[str, FileTree], variant: str) -> Iterator[Finding]:
    """Yield a variant's findings; only in its own file and in translations is a remedy certain.

    Elsewhere the variant may be what is wrong, and the scenario that it is laid over without a mistake.
    """
    own = {
        tree.source.name
        for path, tree in trees.items()
        if path.startswith("text/") or (path.startswith("variants/") and stem_of(path) == variant)
    }
    for finding in findings:
        yield finding if finding.place.file in own else replace(finding, edit=None)


def _own_language(root: Node) -> str:
    node = root.content.get("language") if isinstance(root.content, dict) else None
    return node.content if node is not None and isinstance(node.content, str) else "en"


def _texts(
    merged: Merged, root: Node, variant: str | None, findings: list[Finding]
) -> dict[str, tuple[Node, ...]]:
    """Return the texts of each language that there is a translation into; later ones go before."""
    result: dict[str, tuple[Node, ...]] = {}
    # What a translation lacks or has too much may be due to the mistakes of the scenario itself.
    unsure = {"R501", "S401", "S404", "T601"} if has_errors(findings) else set()
    for language, tree in merged.translations.items():
        if language == _own_language(merged.root):
            message = _("the scenario itself is written in this language, so this file is not used")
            findings.append(error("F111", tree.source.place(0, 1), message, _("delete it")))
        elif tree.root.content and merged.root.content:
            texts, own = divided(tree.root)
            found = compare(merged.root, texts)
            result[language] = (texts,)
            if variant in own:
                found += compare_variant(root, own[variant])
                result[language] += (own[variant],)
            findings += [finding for finding in found if finding.code not in unsure]
            findings += _unknown_variants(own, merged)
    return result


def _unknown_variants(own: Mapping[str, Node], merged: Merged) -> Iterator[Finding]:
    suggestions = Suggestions()
    for name, node in own.items():
        if name not in merged.variants:
            message = _("there is no variant '{name}'").format(name=name)
            place = node.source.place(*(node.key or (node.start, node.end)))
            found = suggestions.on(name, merged.variants)
            edit = renamed_key(node, name, found.sure) if found.sure is not None else None
            yield error("R501", place, message, found.fix, edit=edit)


def _examined(
    trees: Mapping[str, FileTree],
    merged: Merged,
    root: Node,
    variant: str | None,
    findings: list[Finding],
) -> Examined | None:
    """Check what the files say, as far as they can be read; None where too little can be."""
    if ROOT not in trees or (not trees[ROOT].root.content and trees[ROOT].findings):
        return None
    places = Places(root, trees[ROOT].source)
    over = merged.variants[variant].source if variant is not None else None
    shaped = shape(places, merged.unread, over)
    findings += shaped.findings
    if shaped.scenario is None:
        return None
    examined = examine(shaped.scenario, places, merged.unread | shaped.unread, over)
    findings += examined.findings
    return examined
