"""Serves what a store holds until it is killed: python -m tests.server.drilling STORE PORT."""

import sys

import uvicorn

from game.server.app import build
from game.session.host import Host
from game.session.store import Store
from game.session.thinking import Thinkers


def main(where: str, port: int) -> None:
    host = Host(Store(where), thinkers=Thinkers(1))
    uvicorn.run(build(host), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
