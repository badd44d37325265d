"""How is a peer's server run and measured? In processes of its own, on the first core."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.load.figures import cpu_of, memory_of

_STARTS = 60.0
# Ends everything when the server ends, or the process that has started it.
_GUARD = '{ "$@"; kill -KILL 0; } & read -r _; kill -KILL 0'


class PeerServer:
    """A peer's server with all its processes."""

    def __init__(
        self, words: Sequence[str], folder: Path, port: int, env: dict[str, str] | None = None
    ) -> None:
        """Start it and wait until its port answers."""
        core, taskset = min(os.sched_getaffinity(os.getppid())), shutil.which("taskset")
        assert taskset is not None, "taskset is needed"
        self.port = port
        with (folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [taskset, "-c", str(core), "/bin/sh", "-c", _GUARD, "sh", *words],
                cwd=folder,
                env={**os.environ, **(env or {})},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + _STARTS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    self.stop()
                    raise
                time.sleep(0.2)

    def processes(self) -> list[int]:
        """Return the ids of its processes."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(entry.name)) == self.process.pid:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
        return found

    def cpu(self) -> float:
        """Return their processor time in seconds."""
        return sum(cpu_of(pid) for pid in self.processes())

    def memory(self) -> float:
        """Return the highest resident set of any of them, in MB."""
        return max(memory_of(pid) for pid in self.processes())

    def stop(self) -> None:
        """End them."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(30)
