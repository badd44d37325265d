"""Closes hosts that are done with, without waiting for their listeners to look up."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait

import psycopg

from game.session.host import Host
from game.session.listening import CHANNEL


def close_all(hosts: Sequence[Host], where: str) -> None:
    """Close hosts on one store. On PostgreSQL, a listener looks whether to stop when it hears something, or later."""
    if not hosts:
        return
    with ThreadPoolExecutor(len(hosts)) as pool:
        ends = [pool.submit(host.close) for host in hosts]
        if where.startswith("postgresql:"):
            with psycopg.connect(where, autocommit=True) as link:
                while wait(ends, timeout=0.02).not_done:
                    link.execute(f"NOTIFY {CHANNEL}, 'nothing 0 0'")
        for end in ends:
            end.result()
