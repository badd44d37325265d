"""Does a real window open, take keys and save? Under a real display server."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from game.desktop.settings import Settings, keep
from game.play import journal

XVFB, XDOTOOL = shutil.which("Xvfb"), shutil.which("xdotool")
pytestmark = pytest.mark.skipif(
    XVFB is None or XDOTOOL is None,
    reason="a display server and a program that presses keys are needed: apt-get install xvfb xdotool",
)


def display_server(size):
    """Start a display server; return it with its number, empty if another took the number at that moment."""
    reads, writes = os.pipe()
    server = subprocess.Popen(
        [str(XVFB), "-displayfd", str(writes), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writes],
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    with os.fdopen(reads) as told:
        return server, told.readline().strip()


@pytest.fixture
def display(request):
    size = getattr(request, "param", "1280x800")
    server, number = display_server(size)
    for _again in range(4):
        if number:
            break
        server.wait()
        server, number = display_server(size)
    assert number, "no display server could be started"
    yield f":{number}"
    server.terminate()
    server.wait()


def on(display, folder):
    """Return the environment of a program that draws on a display and keeps its files in a folder."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("SDL_")},
        "DISPLAY": display,
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "SDL_AUDIODRIVER": "dummy",
    }


class Window:
    """The real window, as a process of its own, with a hand on its keyboard."""

    def __init__(self, display, folder, *arguments):
        self.save = folder / "game.jsonl"
        self.environment = on(display, folder)
        command = [sys.executable, "-m", "game", *arguments]
        self.process = subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE)

    def records(self):
        if not self.save.exists() or not self.save.stat().st_size:
            return []
        return [entry["record"] for entry in journal.read(self.save).records]

    def asks(self, *words):
        """Return what the hand tells of it once it stands on the screen."""
        asked = [str(XDOTOOL), "search", "--sync", "--onlyvisible", "--class", ".", *words]
        told = subprocess.run(
            asked, env=self.environment, check=True, timeout=60, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return told.stdout.strip()

    def press_until(self, keys, seen, seconds=120):
        """Press the keys in turn until the journal satisfies `seen`."""
        end = time.monotonic() + seconds
        presses = 0
        while not seen(self.records()):
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < end, self.records()
            if self.records():
                subprocess.run(
                    [str(XDOTOOL), "key", keys[presses % len(keys)]], env=self.environment, check=True
                )
                presses += 1
            time.sleep(0.15)


def playing(display, folder, scenario):
    return Window(
        display, folder, "play", scenario, "--seat", "government", "--save", str(folder / "game.jsonl")
    )


def test_a_killed_window_has_kept_the_draft(display, tmp_path):
    window = playing(display, tmp_path, "baghdad-2021")
    try:
        window.press_until(["1"], lambda records: "draft" in records)
    finally:
        window.process.kill()
        window.process.communicate()
    assert window.records()[:2] == ["game", "draft"]


def test_a_whole_game_in_a_real_window(display, tmp_path):
    window = playing(display, tmp_path, "baghdad-2021:workshop")
    try:
        window.press_until(["1", "Return", "Return", "Return"], lambda records: records.count("resolve") == 6)
    finally:
        window.process.kill()
        window.process.communicate()
    assert "order" in window.records()


@pytest.mark.parametrize("display", ["1024x640"], indirect=True)
def test_the_window_opens_no_larger_than_the_desktop(display, tmp_path):
    window = Window(display, tmp_path, "play")
    try:
        told = window.asks("getwindowgeometry", "--shell").splitlines()
        assert {"WIDTH=1024", "HEIGHT=640"} <= set(told)
    finally:
        window.process.kill()
        window.process.communicate()


@pytest.mark.parametrize(("words", "lang", "other"), [([], "ar", "en"), (["--lang", "en"], "en", "ar")])
def test_the_window_is_called_in_its_language(display, tmp_path, monkeypatch, words, lang, other):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    keep(Settings(lang="ar"))
    names = {"en": "Rival Readings", "ar": "قراءات متنافسة"}
    window = Window(display, tmp_path, *words, "play")
    try:
        assert window.asks("getwindowname") == names[lang]
        end = time.monotonic() + 60
        while window.asks("getwindowname") != names[other]:
            assert time.monotonic() < end
            subprocess.run([str(XDOTOOL), "key", "l"], env=window.environment, check=True)
            time.sleep(0.5)
    finally:
        window.process.kill()
        window.process.communicate()


_BORNE = """
import pygame
from game.desktop.app import run
from game.desktop.drawing.icons import picture_of

class Window(pygame.Window):
    def set_icon(self, icon):
        super().set_icon(icon)
        emblem = picture_of("emblem.svg", icon.get_width())
        print(icon.get_size(), pygame.image.tobytes(icon, "RGBA") == pygame.image.tobytes(emblem, "RGBA"))

pygame.Window = Window
run(lambda app: None)
"""


def test_the_window_bears_the_emblem(display, tmp_path):
    words = [sys.executable, "-c", _BORNE]
    ran = subprocess.run(words, env=on(display, tmp_path), capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "(128, 128) True"
