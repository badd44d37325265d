"""A process that hosts a session, has a forecast worked out beside it, and then waits to be killed.

`python -m tests.session.asker STORE` prints the id of the process beside it.
"""

import sys
import time

from game.play.orders import Order
from game.scenario.loading import load
from game.session.host import Host
from game.session.store import Store
from game.session.thinking import Thinkers
from tests.session.group import Group

if __name__ == "__main__":
    host = Host(Store(sys.argv[1]), thinkers=Thinkers(1))
    group = Group(host, load("tutorial")).begin()
    host.forecast(group.token(), Order(turn=1), "en")
    print(next(iter(host.thinkers._thinkers[0]._process._processes)), flush=True)
    time.sleep(60)
