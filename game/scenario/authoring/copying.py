"""How does a scenario become one's own? As a copy in a folder, with what an editor needs."""

from typing import Final

from game.scenario.authoring.editor_schema import modeline, part_for
from game.scenario.authoring.opened import Opened
from game.scenario.authoring.splicing import line_end_of
from game.scenario.library import ROOT

_KNOWS: Final = "yaml-language-server:"


def copy_of(scenario: Opened) -> dict[str, bytes]:
    """Return the files of a copy, by their path inside its folder.

    Raises:
        ContentError: The scenario has errors.
    """
    assert scenario.loaded.scenario is not None  # noqa: S101 - with errors, `loaded` raises
    files = {path: _with_modeline(path, text).encode("utf-8") for path, text in scenario.texts.items()}
    return {ROOT: files.pop(ROOT), **files}


def _with_modeline(path: str, text: str) -> str:
    first = text.partition("\n")[0]
    if part_for(path) is None or _KNOWS in first:
        return text
    return modeline(path) + line_end_of(text) + text
