"""A private PostgreSQL cluster for tests, from Debian's package."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

MISSING = "PostgreSQL's server is not installed: apt-get install postgresql"


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    return found[-1].parent if found else None


def _as_somebody() -> tuple[int | None, list[str]]:
    """PostgreSQL refuses to run as root: run it as the system's postgres user then."""
    if os.geteuid() != 0:
        return None, []
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_uid, ["runuser", "-u", "postgres", "--"]
    return pwd.getpwnam("nobody").pw_uid, ["runuser", "-u", "nobody", "--"]


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yield the address of a fresh cluster; stopped and deleted afterwards."""
    programs = binaries()
    assert programs is not None, MISSING
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user, prefix = _as_somebody()
    if user is not None:
        os.chown(folder, user, -1)
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Processes are killed in tests, but never the machine: what is written need not be on the disk at once.
    options = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"

    def run(program: str, *arguments: object) -> None:
        command = [*prefix, str(programs / program), "-D", str(data), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        run("initdb", "-U", "tester", "--auth=trust", "--no-sync")
        run("pg_ctl", "-w", "-o", options, "-l", folder / "log", "start")
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
