"""Runs the project's own command as a person would."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing is written outside a folder."""
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV")
    }
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "COLUMNS": "80"}


def rival_readings(*words: str, home: Path, typed: str = "", **settings: str) -> Ran:
    """Run `rival-readings WORDS` with what is typed, and return what came of it."""
    ran = subprocess.run(
        [sys.executable, "-m", "game", *words],
        input=typed.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**environment(home), **settings},
        timeout=120,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))
