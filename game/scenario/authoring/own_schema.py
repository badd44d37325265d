"""What does an editor need to know of one scenario? The format, and the names that this scenario has."""

import json
from pathlib import Path

from game.base.errors import ContentError
from game.scenario.authoring.editor_schema import FILE, Json, editor_schema
from game.scenario.authoring.ids import ids_of
from game.scenario.authoring.opened import Opened, opened
from game.scenario.writing import write


def own_schema(scenario: Opened) -> Json:
    """Return the editor's schema with a scenario's own names, as far as its files can be read."""
    data = scenario.merged.root.data()
    try:
        notes = scenario.loaded.notes
    except ContentError:
        return editor_schema(ids_of(data), data)
    shared = {
        rule: note.why or ""
        for rule, note in notes.items()
        if note.reading is None and note.path[-1] != "rests"
    }
    return editor_schema(ids_of(data, shared), data)


def write_schema(folder: Path) -> list[Path]:
    """Write the schema into a scenario's folder, unless it stands there; return the files that were written.

    Raises:
        EnvironmentLacksError: It cannot be written.
    """
    path = folder / FILE
    content = (json.dumps(own_schema(opened(str(folder))), ensure_ascii=False) + "\n").encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return []
    write(path, content)
    return [path]


def renew_schema(folder: Path) -> list[Path]:
    """Write the schema in a scenario's folder anew, if there is one; return the files that were written.

    Raises:
        EnvironmentLacksError: It cannot be written.
    """
    return write_schema(folder) if (folder / FILE).is_file() else []
