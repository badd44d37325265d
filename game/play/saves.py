"""Where are saved games, and which of them are unfinished?"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs

from game.base.errors import RivalReadingsError
from game.play import journal


@dataclass(frozen=True, slots=True)
class SaveInfo:
    """A saved game that can be gone on with."""

    path: Path
    scenario: str
    title: str
    turn: int
    turns: int
    people: tuple[str, ...]
    changed: datetime


def folder() -> Path:
    """Return the folder of saved games in the user's data folder; it need not exist yet."""
    return Path(platformdirs.user_data_dir("rival-readings", appauthor=False)) / "saves"


def new_path(scenario: str) -> Path:
    """Return a path for a new game that no file has yet."""
    name = re.sub(r"[^a-z0-9_-]+", "-", scenario.lower()).strip("-") or "game"
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    path = folder() / f"{name}-{stamp}.jsonl"
    number = 2
    while path.exists():
        path = folder() / f"{name}-{stamp}-{number}.jsonl"
        number += 1
    return path


def unfinished() -> list[SaveInfo]:
    """Return the games in the user's folder that are not over, latest first; damaged ones are left out."""
    found = []
    for path in folder().glob("*.jsonl"):
        try:
            kept = journal.read(path)
        except RivalReadingsError:
            continue
        first = kept.records[0]
        turn = 1 + sum(record["record"] == "resolve" for record in kept.records)
        if turn <= first["turns"]:
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            people = tuple(first["people"])
            info = SaveInfo(path, first["scenario"], first["title"], turn, first["turns"], people, changed)
            found.append(info)
    return sorted(found, key=lambda info: info.changed, reverse=True)
