"""Which scenarios come with the game, and where are they?"""

from pathlib import Path
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario.names import hint

ROOT: Final = "scenario.yaml"
"""The file that makes a folder a scenario."""
DEFAULT: Final = "baghdad-2021"
"""The scenario that is meant where none is named."""

_TEMPLATE = "template"
"""A scenario to copy, not to play."""


def shelf(name: str) -> Path:
    """Return a folder that comes with the game: inside the package, or beside it in a checkout.

    Args:
        name: `scenarios` or `assets`.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name


def shipped() -> list[str]:
    """Return the ids of the scenarios that come with the game, sorted."""
    folder = shelf("scenarios")
    if not folder.is_dir():
        return []
    return sorted(folder.name for folder in folder.iterdir() if (folder / ROOT).is_file())


def offered() -> list[str]:
    """Return the ids of the shipped scenarios that are there to be played, sorted."""
    return [name for name in shipped() if name != _TEMPLATE]


def is_installed(path: Path) -> bool:
    """Return whether a path lies among the scenarios of an installed game, where nobody's own files belong."""
    return path.resolve().is_relative_to(Path(__file__).resolve().parent.parent / "shipped")


def no_such(scenario: str) -> UsageError:
    """Return the error that no shipped scenario has an id."""
    message = _("there is no scenario '{name}', and no folder or file of that name here").format(
        name=scenario
    )
    return UsageError(_("; ").join((message, hint(scenario, shipped()))))


def folder_of(scenario: str) -> Path:
    """Return the folder of a shipped scenario.

    Raises:
        UsageError: None has that id.
    """
    if scenario not in shipped():
        raise no_such(scenario)
    return shelf("scenarios") / scenario
