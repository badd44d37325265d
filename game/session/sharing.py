"""How do server processes that share a store know who is connected to the others? Each tells it every few seconds."""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from game.session.tables import devices, hosts

Connected: TypeAlias = Mapping[tuple[str, str], int]
"""How many devices are connected, by session and participant."""

ALIVE: Final = 15.0
"""Seconds after which a process that says nothing counts as gone, with all that was connected to it."""

_SAY_AGAIN: Final = 5.0


class Roster:
    """What this process tells of its devices, and hears of those of others."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)
        self._told: Connected = {}
        self._when = float("-inf")

    def exchange(self, engine: sa.Engine, here: Connected) -> dict[str, dict[str, int]]:
        """Tell who is connected here and return who is elsewhere, by session and participant.

        Raises:
            SQLAlchemyError: The database cannot be reached.
        """
        with engine.begin() as link:
            now = float(link.execute(sa.select(sa.extract("epoch", sa.func.clock_timestamp()))).scalar_one())
            if here != self._told or now - self._when >= _SAY_AGAIN:
                self._tell(link, here, now)
                self._told, self._when = dict(here), now
            return self._others(link, now)

    def _tell(self, link: sa.Connection, here: Connected, now: float) -> None:
        gone = sa.select(hosts.c.id).where(hosts.c.at < now - ALIVE)
        link.execute(sa.delete(devices).where((devices.c.host == self.name) | devices.c.host.in_(gone)))
        link.execute(sa.delete(hosts).where((hosts.c.id == self.name) | (hosts.c.at < now - ALIVE)))
        link.execute(sa.insert(hosts), {"id": self.name, "at": now})
        rows: list[dict[str, Any]] = [
            {"host": self.name, "session": session, "participant": participant, "count": count}
            for (session, participant), count in here.items()
        ]
        if rows:
            link.execute(sa.insert(devices), rows)

    def _others(self, link: sa.Connection, now: float) -> dict[str, dict[str, int]]:
        query = (
            sa.select(devices.c.session, devices.c.participant, sa.func.sum(devices.c.count).label("devices"))
            .join(hosts, hosts.c.id == devices.c.host)
            .where(hosts.c.id != self.name, hosts.c.at >= now - ALIVE)
            .group_by(devices.c.session, devices.c.participant)
        )
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for row in link.execute(query):
            found[row.session][row.participant] = int(row.devices)
        return found
