"""Shared by the tests of commands: a command run in this process, which is quicker than one of its own."""

import sys
from collections.abc import Callable

import pytest

from game.cli.main import run
from tests.cli.command import Ran


@pytest.fixture
def run_here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Return a function that runs `rival-readings WORDS` in this process; nothing can be typed."""

    def run_words(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rival-readings", *words])
        with pytest.raises(SystemExit) as left:
            run()
        shown = capsys.readouterr()
        code = left.value.code
        return Ran(code if isinstance(code, int) else 0, shown.out, shown.err)

    return run_words
