"""How does a translation follow a scenario whose ids have changed? Texts move with a renamed id, or are taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from game.scenario.authoring.opened import Opened, changed
from game.scenario.authoring.splicing import Splice, column_of, end_of, is_flow, key_text, line_after
from game.scenario.authoring.text_tree import SEPARATOR, Child, TextPath, children, pairs
from game.scenario.places import Node
from game.scenario.schema import Scenario
from game.scenario.schema.walk import Hint
from game.scenario.translating import VARIANTS


@dataclass(frozen=True, slots=True)
class Moved:
    """A text, or a group of texts, that stands under another id now, or nowhere.

    Attributes:
        file: The translation's file.
        path: What it was called.
        now: Its new id; '' if it was taken out.
        text: The text that was taken out; '' for a group or what was kept.
    """

    file: str
    path: str
    now: str
    text: str = ""


@dataclass
class _Tidied:
    """What is to be done in a part of a translation.

    Attributes:
        splices: Changes of its file.
        moved: What they move or take out.
        is_empty: Whether nothing of it is left.
    """

    splices: list[Splice] = field(default_factory=list)
    moved: list[tuple[TextPath, str, str]] = field(default_factory=list)
    is_empty: bool = False


def tidy(scenario: Opened) -> tuple[list[Path], list[Moved]]:
    """Let a scenario's translations follow its ids.

    Returns:
        The files that were written, and what was moved or taken out in them.

    Raises:
        ContentError: The scenario has other errors besides.
    """
    splices: dict[str, list[Splice]] = {}
    moved: list[Moved] = []
    for tree in scenario.merged.translations.values():
        path = next(name for name, other in scenario.trees.items() if other is tree)
        done = _Tidied()
        _group(scenario.merged.root, tree.root, Scenario, (), done, kept=(VARIANTS,))
        _variants(scenario, tree.root, done)
        if done.splices:
            splices[path] = done.splices
            shown = scenario.place_of(path).as_posix()
            moved += [Moved(shown, SEPARATOR.join(item), now, text) for item, now, text in done.moved]
    return (changed(scenario, splices, {}), moved) if splices else ([], [])


def _variants(scenario: Opened, root: Node, done: _Tidied) -> None:
    below = root.content.get(VARIANTS) if isinstance(root.content, dict) else None
    if below is None or not isinstance(below.content, dict):
        return
    gone = []
    for name, node in below.content.items():
        if name in scenario.merged.variants:
            _group(scenario.laid_over(name), node, Scenario, (VARIANTS, name), done)
        else:
            gone.append(name)
            _note(node, (VARIANTS, name), done)
    if set(gone) == set(below.content):
        done.splices += _taken_out(root, [VARIANTS])
    else:
        done.splices += _taken_out(below, gone)


def _group(
    own: Node, other: Node, hint: Hint, path: TextPath, done: _Tidied, kept: Sequence[str] = ()
) -> None:
    """Note what is to be done in a group; in one of which nothing is left, the caller takes all of it out."""
    if not isinstance(other.content, dict):
        return
    known = {child.name: child for child in children(hint, own, other)}
    strange = [key for key in other.content if key not in known and key not in kept]
    missing = [child for child in known.values() if child.other is None]
    gone: list[str] = []
    if len(strange) == 1 and len(missing) == 1 and _fits(missing[0], other.content[strange[0]]):
        (key,), (child,) = strange, missing
        done.splices.append(_renamed(other.content[key], child.name))
        done.moved.append(((*path, key), child.name, ""))
        known[child.name] = Child(child.name, child.hint, child.own, other.content[key], child.bare)
        strange = []
    for key in strange:
        gone.append(key)
        _note(other.content[key], (*path, key), done)
    for child in known.values():
        if child.other is not None:
            part = _Tidied()
            _group(child.own, child.other, child.hint, (*path, child.name), part)
            done.moved += part.moved
            if part.is_empty:
                gone.append(child.name)
            else:
                done.splices += part.splices
    if set(gone) == set(other.content) and path:
        done.is_empty = True
    else:
        done.splices += _taken_out(other, gone)


def _fits(child: Child, node: Node) -> bool:
    """Return whether a translation can belong to an entry: some of its texts are those of the entry."""
    if isinstance(node.content, dict):
        return bool(set(node.content) & {inner.name for inner in children(child.hint, child.own, node)})
    return any(pair.other is node for pair in pairs(child.own, node, child.hint))


def _note(node: Node, path: TextPath, done: _Tidied) -> None:
    """Note texts that are taken out, one by one, so that none is lost without a word."""
    for inner, text in _texts(node, path):
        done.moved.append((inner, "", text))


def _texts(node: Node, path: TextPath) -> Iterator[tuple[TextPath, str]]:
    if isinstance(node.content, str):
        yield path, node.content
    elif isinstance(node.content, dict):
        for key, child in node.content.items():
            yield from _texts(child, (*path, key))
    else:
        for at, child in enumerate(node.content, start=1):
            yield from _texts(child, (*path, str(at)))


def _renamed(node: Node, name: str) -> Splice:
    assert node.key is not None  # noqa: S101 - entries of groups have keys
    return Splice(*node.key, key_text(name))


def _taken_out(group: Node, names: Sequence[str]) -> list[Splice]:
    """Return the changes that take entries out of a group in which others stay."""
    assert isinstance(group.content, dict)  # noqa: S101 - callers pass groups
    source = group.source
    found: list[Splice] = []
    keys = list(group.content)
    for name in names:
        node = group.content[name]
        assert node.key is not None  # noqa: S101 - entries of groups have keys
        if not is_flow(group):
            start = node.key[0] - column_of(source, node.key[0])
            found.append(Splice(start, line_after(source.text, max(end_of(node), node.key[1])), ""))
            continue
        at = keys.index(name)
        following = [key for key in keys[at + 1 :] if key not in names]
        staying = [key for key in keys[:at] if key not in names]
        if following:
            after = group.content[keys[at + 1]].key
            assert after is not None  # noqa: S101 - as above
            found.append(Splice(node.key[0], after[0], ""))
        elif staying:
            found.append(Splice(end_of(group.content[keys[at - 1]]), end_of(node), ""))
        else:
            found.append(Splice(node.key[0], end_of(node), ""))
    return found
