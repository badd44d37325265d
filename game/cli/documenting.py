"""What do `schema` and `reference` write?"""

import json
import os
from pathlib import Path
from typing import Final

from game.cli.frame import tell
from game.cli.writing import PAGE_BEGINS, write_over
from game.locale import _
from game.scenario.authoring.editor_schema import editor_schema, part_for
from game.scenario.authoring.opened import Opened, opened
from game.scenario.authoring.own_schema import own_schema
from game.scenario.authoring.reference import reference as format_reference
from game.scenario.authoring.reference_page import page_of, text_of

_SCHEMA_BEGINS: Final = b'{"$schema"'


def schema(out: Path | None, spec: str | None) -> int:
    """Write the editor's schema, or print it.

    Args:
        out: The file to write.
        spec: A scenario whose names it is to know.

    Raises:
        UsageError: There is no such scenario, or something else stands in the file's place.
        EnvironmentLacksError: The file cannot be written.
    """
    scenario = opened(spec) if spec is not None else None
    found = own_schema(scenario) if scenario is not None else editor_schema()
    if out is None:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    write_over(out, json.dumps(found, ensure_ascii=False) + "\n", _SCHEMA_BEGINS)
    if scenario is not None:
        _say_modelines(scenario, out)
    return 0


def _say_modelines(scenario: Opened, out: Path) -> None:
    """Say by which line each file of a scenario finds the schema, where it does not say so yet."""
    for path, tree in scenario.trees.items():
        part = part_for(path)
        if part is None or "yaml-language-server:" in tree.source.text.partition("\n")[0]:
            continue
        place = scenario.place_of(path)
        way = Path(os.path.relpath(out.resolve(), place.resolve().parent)).as_posix()
        line = f"# yaml-language-server: $schema={way}" + (f"#/$defs/{part}" if part else "")
        tell(_("Put this line first in {file}:  {line}").format(file=place.as_posix(), line=line))


def reference(out: Path | None) -> int:
    """Write the format's reference as a page, or print it as text.

    Raises:
        UsageError: Something else stands in the file's place.
        EnvironmentLacksError: The file cannot be written.
    """
    found = format_reference()
    if out is None:
        for line in text_of(found):
            print(line)
    else:
        write_over(out, page_of(found), PAGE_BEGINS)
    return 0
