"""What does each kind of entry look like? One small scenario has everything, and is played by the tests."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TypeAlias

from game.scenario import schema as models
from game.scenario.nodes import FileTree, read_text
from game.scenario.places import Node, Source
from game.scenario.schema import Scenario
from game.scenario.schema.walk import Hint, hint_of, holds_texts, keys_of, model_of, step

Found: TypeAlias = tuple[Node, tuple[str, ...]]
"""An entry, and the keys that lead to it."""


@cache
def example() -> FileTree:
    """Return the scenario that examples are cut out of."""
    path = resources.files("game.scenario.authoring") / "forms" / "example.yaml"
    return read_text(Source(path.name, path.read_text(encoding="utf-8")))


@cache
def entries() -> Mapping[str, tuple[Found, ...]]:
    """Return the example's entries by their kind, kinds in the order in which the schema's keys lead to them."""
    found: dict[str, list[Found]] = {}
    _walk(Scenario, example().root, (), found)
    return {kind: tuple(places) for kind, places in found.items()}


def _walk(hint: Hint, node: Node, path: tuple[str, ...], found: dict[str, list[Found]]) -> None:
    model = model_of(hint)
    if isinstance(node.content, dict):
        if model is not None:
            found.setdefault(model.__name__, []).append((node, path))
        for key in keys_of(model) if model is not None else node.content:
            inner, child = step(hint, key), node.content.get(key)
            if inner is not None and child is not None:
                _walk(inner, child, (*path, f"{key}:" if model is not None else "ID:"), found)
    elif isinstance(node.content, list):
        for at, child in enumerate(node.content):
            inner = step(hint, at)
            if inner is not None:
                _walk(inner, child, (*path, "-"), found)


@cache
def values() -> Mapping[tuple[str, str], object]:
    """Return a value of each key that holds no texts, by its kind and name, as an editor reads it."""
    found: dict[tuple[str, str], object] = {}
    for kind, places in entries().items():
        for node, _path in places:
            keys = keys_of(getattr(models, kind))
            for key, child in node.content.items() if isinstance(node.content, dict) else ():
                if not holds_texts(hint_of(keys[key])):
                    found.setdefault((kind, key), plain(child))
    return found


def plain(node: Node) -> object:
    """Return a value as YAML 1.2 reads it: numbers and truth as such, where they stand without quotes."""
    if isinstance(node.content, dict):
        return {key: plain(child) for key, child in node.content.items()}
    if isinstance(node.content, list):
        return [plain(child) for child in node.content]
    if not node.plain:
        return node.content
    if node.empty:
        return None
    if node.content in ("true", "false"):
        return node.content == "true"
    for kind in (int, float):
        try:
            return kind(node.content)
        except ValueError:
            continue
    return node.content
