"""Is a bell heard at whatever moment of reading it rings?"""

import os
import select
import subprocess
import sys
import time

import pytest

from tests.cli.command import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")

_WAIT = 60.0


@pytest.mark.parametrize("kind", ["editing", "plain"])
def test_a_bell_is_heard_at_whatever_moment_it_rings(kind):
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.terminal.ringing", kind, "150"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "dumb"},
    )
    os.close(theirs)
    shown, end = "", time.monotonic() + _WAIT
    try:
        while "heard" not in shown and select.select([ours], [], [], max(0, end - time.monotonic()))[0]:
            found = os.read(ours, 65536).decode()
            os.write(ours, b"line\n" * found.count("> "))
            shown = shown[-200:] + found
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "all heard" in shown
