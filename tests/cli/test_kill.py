"""A real process is killed at any moment; what it had acknowledged is there, and the game goes on."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from game.play import journal
from game.play.table import Table
from tests.cli.command import ROOT, environment


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process outright")
@pytest.mark.parametrize("acknowledged", [1, 2])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path, acknowledged: int) -> None:
    save = tmp_path / "killed.jsonl"
    command = [sys.executable, "-m", "game", "play", "tutorial", "--text", "--seed", "5", "--save", str(save)]
    process = subprocess.Popen(
        [*command, "--seat", "town"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=environment(tmp_path),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    told = 0
    while told < acknowledged:
        process.stdin.write("confirm\nyes\n")
        process.stdin.flush()
        for line in process.stdout:
            if "in and saved" in line:
                told += 1
                break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    orders = [record for record in journal.read(save).records if record["record"] == "order"]
    assert sum(record["role"] == "town" for record in orders) >= acknowledged
    table = Table.resume(save)
    assert len(table.game.steps) >= acknowledged - 1
    table.close()
