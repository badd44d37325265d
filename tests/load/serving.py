"""Serves a session of many rooms until its input ends: `tests.load.serving STORE SCENARIO ROOMS PORT CORE [CODE]`."""

import json
import os
import sys
import threading
import time

from game.scenario.loading import load
from game.server.app import build
from game.server.serving import collecting_at_rest, server_of
from game.session.api import Act
from game.session.host import Host
from game.session.store import Store
from game.session.thinking import Thinkers


def main(where: str, scenario: str, rooms: int, port: int, core: int, code: str = "") -> None:
    """Serve from one core, all processes together; a line of input starts the game, its end stops the server.

    With a code it serves the session that another process on the same store has made.
    """
    os.sched_setaffinity(0, {core})
    host, token = Host(Store(where), thinkers=Thinkers()), ""
    if not code:
        created = host.create(load(scenario), rooms=rooms)
        code, token = created.code, created.facilitator_token
    server = server_of(build(host, code), "127.0.0.1", port)
    serving = threading.Thread(target=server.run)
    serving.start()
    while not server.started:
        time.sleep(0.01)
    print(json.dumps({"code": code}), flush=True)
    with collecting_at_rest():
        for _line in sys.stdin:
            print(host.act(token, Act(kind="start")).model_dump_json(), flush=True)
    server.should_exit = True
    serving.join()
    host.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), *sys.argv[6:])
