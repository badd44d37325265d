"""Every test of a group session runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from game.scenario.loading import Loaded, load
from game.session.host import Host
from game.session.store import Store
from tests.session import postgres
from tests.session.closing import close_all


class Hands:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def now(self) -> float:
        return self.at


@pytest.fixture(scope="session")
def tutorial() -> Loaded:
    return load("tutorial")


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    with postgres.cluster() as url:
        yield url


def emptied(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return url


@pytest.fixture
def fresh_database(database: str) -> str:
    return emptied(database)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return emptied(request.getfixturevalue("database"))


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def opened(where: str, clock: Hands) -> Iterator[Callable[[], Host]]:
    """Open a host on the store, as often as one likes: each is another process to the others."""
    hosts: list[Host] = []

    def another() -> Host:
        hosts.append(Host(Store(where), clock))
        return hosts[-1]

    yield another
    close_all(hosts, where)


@pytest.fixture
def host(opened: Callable[[], Host]) -> Host:
    return opened()
