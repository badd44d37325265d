"""Scenarios for the tests of authoring: a new one in a folder, and one that may be changed."""

from pathlib import Path

from game.scenario.authoring.opened import Opened, opened
from game.scenario.authoring.own_schema import write_schema
from game.scenario.authoring.starting import Plan, files_of
from tests.scenario.folders import written


def begun(folder: Path, plan: Plan | None = None) -> Path:
    """Write a new scenario into a folder, as `new` does, and return the folder."""
    written(folder, dict(files_of(plan or Plan(folder.name))))
    write_schema(folder)
    return folder


def changeable(folder: Path) -> Opened:
    return opened(str(folder), to_change=True)
