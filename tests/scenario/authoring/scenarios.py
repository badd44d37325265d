"""Scenarios for the tests of authoring: a new one in a folder, and files made of texts."""

from pathlib import Path

from game.scenario.authoring.opened import Opened, opened
from game.scenario.authoring.own_schema import write_schema
from game.scenario.authoring.starting import Plan, files_of
from game.scenario.writing import write


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
