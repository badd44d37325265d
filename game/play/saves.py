"""Where are saved games, and how far has each of them come?"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs

from game.base.errors import RivalReadingsError
from game.play import journal


@dataclass(frozen=True, slots=True)
class SaveInfo:
    """A saved game: to go on with, or to look back on if it is over."""

    path: Path
    scenario: str
    title: str
    turn: int
    turns: int
    people: tuple[str, ...]
    changed: datetime
    over: bool


def data_folder() -> Path:
    """Return the folder in which the user's data is kept on this system; it need not exist yet."""
    return Path(platformdirs.user_data_dir("rival-readings", appauthor=False))


def folder() -> Path:
    """Return the folder of saved games; it need not exist yet."""
    return data_folder() / "saves"


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
    """Return the games in the user's folder that are not over, latest first."""
    return [info for info in games() if not info.over]


def games() -> list[SaveInfo]:
    """Return the games in the user's folder, latest first; damaged ones are left out."""
    found = []
    for path in folder().glob("*.jsonl"):
        try:
            contents = journal.read(path)
        except RivalReadingsError:
            continue
        first = contents.records[0]
        turn = 1 + sum(record["record"] == "resolve" for record in contents.records)
        ended = any(record["record"] == "act" and record["act"] == "end" for record in contents.records)
        info = SaveInfo(
            path=path,
            scenario=first["scenario"],
            title=first["title"],
            turn=turn,
            turns=first["turns"],
            people=tuple(first["people"]),
            changed=datetime.fromtimestamp(path.stat().st_mtime).astimezone(),
            over=ended or turn > first["turns"],
        )
        found.append(info)
    return sorted(found, key=lambda info: info.changed, reverse=True)
