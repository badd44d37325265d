"""How do the files of a scenario become one tree? Sections are put in place, a variant is laid over them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from game.locale import _
from game.scenario.edits import renamed_key
from game.scenario.files import SECTIONS, stem_of
from game.scenario.findings import Finding, error
from game.scenario.library import ROOT
from game.scenario.names import Suggestions, nearest
from game.scenario.nodes import FileTree
from game.scenario.own_examples import id_from
from game.scenario.places import Node, Place, Source
from game.scenario.schema import Scenario
from game.scenario.schema.values import ID
from game.scenario.schema.walk import hint_of, is_list

_READING: Final = re.compile(ID)
LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
"""Code of a language that a scenario may be written in, or translated into."""
_VARIANT: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(slots=True)
class Merged:
    """A scenario's files as one tree.

    Attributes:
        root: The tree, keys as in `Scenario`.
        findings: What kept files from being put together.
        unread: Sections of which not everything could be read.
        translations: Each translation by its language.
        variants: Each variant by its name.
    """

    root: Node
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    translations: dict[str, FileTree] = field(default_factory=dict)
    variants: dict[str, FileTree] = field(default_factory=dict)


def holds_list(path: str) -> bool:
    """Return whether a file holds a list instead of `key: value` lines."""
    known = Scenario.model_fields.get(stem_of(path)) if "/" not in path else None
    return known is not None and is_list(hint_of(known))


def merge(trees: Mapping[str, FileTree]) -> Merged:
    """Put the sections of a scenario together, translations and variants apart.

    Args:
        trees: Each file as read, by its path inside the scenario.
    """
    root = trees[ROOT].root if ROOT in trees else Node(Source(ROOT, ""), 0, 0, {})
    sections = dict(root.content) if isinstance(root.content, dict) else {}
    merged = Merged(Node(root.source, root.start, root.end, sections))
    if ROOT in trees and trees[ROOT].blanked:
        # A section that seems to be missing may have been taken for part of the one that is broken.
        merged.unread |= trees[ROOT].blanked | (set(Scenario.model_fields) - set(sections))
    for path, tree in sorted(trees.items()):
        folder, slash, _name = path.rpartition("/")
        if path == ROOT:
            continue
        if not slash:
            _section(merged, path, tree)
        elif folder == "readings":
            _reading(merged, path, tree)
        elif folder == "text":
            if _named_well(merged, path, tree, LANGUAGE, "ar"):
                merged.translations[stem_of(path)] = tree
        elif _named_well(merged, path, tree, _VARIANT, "workshop"):
            merged.variants[stem_of(path)] = tree
    return merged


def _first(tree: FileTree) -> Place:
    return tree.source.place(0, 1)


def _named_well(merged: Merged, path: str, tree: FileTree, wanted: re.Pattern[str], example: str) -> bool:
    if wanted.fullmatch(stem_of(path)):
        return True
    message = _("this file's name cannot be used: {name}").format(name=stem_of(path))
    merged.findings.append(
        error("F111", _first(tree), message, _("name it like {name}").format(name=f"{example}.yaml"))
    )
    return False


def _section(merged: Merged, path: str, tree: FileTree) -> None:
    name = stem_of(path)
    if name not in SECTIONS:
        near = nearest(name, [*SECTIONS, stem_of(ROOT)])
        message = _("there is no section '{name}', so this file is not used").format(name=name)
        fix = (
            _("did you mean '{name}'?").format(name=f"{near}.yaml")
            if near
            else _("put it into another folder")
        )
        merged.findings.append(error("F111", _first(tree), message, fix))
        merged.unread.add(near or name)
        return
    if tree.blanked or not tree.root.content:
        merged.unread.add(name)
    if not tree.root.content and tree.findings:
        return
    _put(merged, merged.root, name, tree.root)


def _reading(merged: Merged, path: str, tree: FileTree) -> None:
    name = stem_of(path)
    if not _named_well(merged, path, tree, _READING, id_from(name) or "first_analyst"):
        merged.unread.add("readings")
        return
    if tree.blanked or (tree.findings and not tree.root.content):
        merged.unread.add("readings")
    if not tree.root.content and tree.findings:
        return
    sections = merged.root.content
    assert isinstance(sections, dict)  # noqa: S101 - made in `merge`
    readings = sections.get("readings")
    if readings is None:
        readings = sections["readings"] = Node(tree.source, 0, 0, {})
    elif isinstance(readings.content, dict):
        readings = sections["readings"] = replace(readings, content=dict(readings.content))
    else:
        readings = Node(tree.source, 0, 0, {})
    _put(merged, readings, name, tree.root)


def _put(merged: Merged, parent: Node, name: str, node: Node) -> None:
    """Put a file's tree in its place, unless something stands there."""
    entries = parent.content
    assert isinstance(entries, dict)  # noqa: S101 - both callers see to it
    if name in entries:
        message = _("'{name}' stands in two files").format(name=name)
        fix = _("delete one of the two")
        first = entries[name]
        see = (first.key_source or first.source).place(*(first.key or (first.start, first.end)))
        merged.findings.append(
            error("Y206", node.source.place(node.start, node.start + 1), message, fix, see)
        )
        return
    entries[name] = node


def overlay(base: Node, over: Node, findings: list[Finding]) -> Node:
    """Return a tree with a variant laid over it: mappings merge, all else is replaced, null deletes.

    Args:
        base: The scenario's tree; stays as it is.
        over: The variant's tree.
        findings: Receives what the variant deletes although it is not there.
    """
    return _laid(base, over, findings, Suggestions())


def _laid(base: Node, over: Node, findings: list[Finding], suggestions: Suggestions) -> Node:
    if not isinstance(base.content, dict) or not isinstance(over.content, dict):
        return over
    entries = dict(base.content)
    deleted = False
    for name, node in over.content.items():
        known = entries.get(name)
        if node.empty:
            deleted = True
            if entries.pop(name, None) is None:
                place = node.source.place(*(node.key or (node.start, node.end)))
                message = _("there is no '{name}' that could be deleted here").format(name=name)
                found = suggestions.on(name, base.content)
                fix = found.fix if found.near is not None else _("take the line out")
                edit = renamed_key(node, name, found.sure) if found.sure is not None else None
                findings.append(error("R501", place, message, fix, edit=edit))
        else:
            entries[name] = node if known is None else _laid(known, node, findings, suggestions)
    key, source = (over.key, over.source) if deleted and over.key else (base.key, base.key_source)
    return Node(base.source, base.start, base.end, entries, key=key, key_source=source)
