"""Does a real window open, take keys and save? Under a real display server."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from game.play import journal


def needs(program):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed: apt-get install {'xvfb' if program == 'Xvfb' else program}")


@pytest.fixture
def display():
    needs("Xvfb")
    reads, writes = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writes],
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    number = os.read(reads, 20).decode().strip()
    os.close(reads)
    yield f":{number}"
    server.terminate()
    server.wait()


def test_a_window_opens_saves_and_survives_a_kill(display, tmp_path):
    save = tmp_path / "game.jsonl"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SDL_")},
        "DISPLAY": display,
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "SDL_AUDIODRIVER": "dummy",
    }
    command = [
        sys.executable,
        "-m",
        "game",
        "play",
        "baghdad-2021",
        "--seat",
        "government",
        "--save",
        str(save),
    ]
    window = subprocess.Popen(command, env=environment)
    try:
        end = time.monotonic() + 30
        while not save.exists() and time.monotonic() < end:
            time.sleep(0.1)
        assert save.exists()
        if shutil.which("xdotool"):
            while len(journal.read(save).records) < 2 and time.monotonic() < end:
                subprocess.run(["xdotool", "key", "1"], env=environment, check=False)
                time.sleep(0.3)
            assert journal.read(save).records[1]["record"] == "draft"
        assert window.poll() is None
    finally:
        window.kill()
        window.wait()
    assert journal.read(save).records[0]["record"] == "game"
