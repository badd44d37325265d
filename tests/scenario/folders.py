"""The small scenario as a folder of files, and a variant of it."""

from collections.abc import Mapping
from pathlib import Path

from game.scenario.loading import Loaded
from game.scenario.schema import Scenario
from tests.scenario.tiny import TEXT

SHORT = """\
pace: 3/2
title: The short bridge
calendar: {turns: 4, dates: {late: null}}
policies:
  talk: {cost: 1, effects: [{change: trust, by: 4}]}
  shout: ~
readings:
  hopeful: {claims: {talk_works: {expect: []}}}
  bleak: {claims: {nothing_helps: {expect: []}}}
"""


def sections(text: str = TEXT) -> dict[str, str]:
    """Return the small scenario as a folder: each section in a file of its own."""
    files: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if not line.startswith((" ", "#")):
            name = line.partition(":")[0]
            name = "scenario" if name in ("format", "title") else name
        files.setdefault(name, []).append(line)
    result = {}
    for name, lines in files.items():
        if name == "scenario":
            result["scenario.yaml"] = "\n".join(lines) + "\n"
            continue
        inside = "\n".join(line[2:] for line in lines[1:]) + "\n"
        if name == "readings":
            first, second = inside.split("bleak:\n")
            result["readings/hopeful.yaml"] = "\n".join(x[2:] for x in first.splitlines()[1:]) + "\n"
            result["readings/bleak.yaml"] = "\n".join(x[2:] for x in second.splitlines()) + "\n"
        else:
            result[f"{name}.yaml"] = inside
    return result


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder by their paths inside it, and return it."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return folder


def whole(loaded: Loaded) -> Scenario:
    """Return what was loaded, which must have no errors."""
    assert loaded.scenario is not None, loaded.findings
    return loaded.scenario
