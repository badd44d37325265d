"""Hostile files in processes of their own: each is read in 2 seconds and 200 MB, and harms nothing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import ROOT, environment
from tests.scenario.hostile import CASES, MB

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are forked and measured the way of Unix"
)

HARMLESS = {
    "a remark of 1 MB",
    "400 turns",
    "an effect that lasts for ages",
    "a formula of quotients",
    "a formula with a line end",
    *(name for name in CASES if name.startswith(("900 ", "a formula on 900"))),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("hostile")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.scenario.hostile", str(folder)],
        capture_output=True,
        cwd=ROOT,
        env=environment(folder),
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stderr == b""
    return dict(json.loads(line) for line in ran.stdout.splitlines())


@pytest.mark.parametrize("name", CASES)
def test_hostile_file_is_read_soon_and_in_little_memory(name: str, results: dict[str, Any]) -> None:
    assert results[name] is not None, "the process died"
    seconds, memory, first, positions, refused, lines = results[name]
    assert seconds < 2
    assert memory < 200 * MB
    assert positions
    assert lines < 250
    if name not in HARMLESS:
        assert refused
        assert first[1] >= 1
        assert first[2] >= 1


def test_nothing_was_built_or_run(results: dict[str, Any]) -> None:
    assert len(results) == len(CASES)
    assert not Path("/tmp/hurt").exists()  # noqa: S108 - the hostile files name it
