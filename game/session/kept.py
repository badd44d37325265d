"""Which sessions does a store keep? For whoever sits at the host's machine and has lost a code."""

import logging

from game.session.api import Clock
from game.session.hall import Facts, Hall
from game.session.store import Store

_LOG = logging.getLogger(__name__)


def latest(store: Store, clock: Clock, most: int) -> list[Facts]:
    """Return what is known of the sessions that something was kept of last, the latest first.

    One that cannot be read, such as another version's, is left out.

    Raises:
        UnsavedError: The store cannot be read.
    """
    found = []
    for name in sorted(store.sessions(), key=store.touched, reverse=True)[:most]:
        hall = Hall(store, clock, name)
        try:
            with hall.lock:
                hall.fresh()
        except Exception as error:
            _LOG.info("session %s cannot be read: %s", name, error)
            continue
        found.append(hall.facts)
    return found
