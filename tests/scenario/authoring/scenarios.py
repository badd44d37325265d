"""Scenarios for the tests of authoring: a new one in a folder, and files made of texts."""

from pathlib import Path

from game.scenario.authoring.opened import Opened, opened, write
from game.scenario.authoring.own_schema import write_schema
from game.scenario.authoring.starting import Plan, files_of
from game.scenario.places import Node


def written(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        write(folder / path, text.encode("utf-8"))
    return folder


def begun(folder: Path, plan: Plan | None = None) -> Path:
    """Write a new scenario into a folder, as `new` does, and return the folder."""
    written(folder, dict(files_of(plan or Plan(folder.name))))
    write_schema(folder)
    return folder


def changeable(folder: Path) -> Opened:
    return opened(str(folder), to_change=True)


def plain_values(node: Node) -> object:
    """Return a tree's values as an editor reads them, by the core schema of YAML 1.2."""
    if isinstance(node.content, dict):
        return {key: plain_values(child) for key, child in node.content.items()}
    if isinstance(node.content, list):
        return [plain_values(child) for child in node.content]
    if not node.plain or node.content in ("", "~", "null"):
        return None if node.plain else node.content
    if node.content in ("true", "false"):
        return node.content == "true"
    for kind in (int, float):
        try:
            return kind(node.content)
        except ValueError:
            continue
    return node.content
