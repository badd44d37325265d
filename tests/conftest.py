"""Shared by all tests: how many examples property tests try, and the shipped scenario, loaded once.

Nobody here asks a host on the internet, so no client reads the machine's list of authorities: that takes longer than
most of what it asks. What a shell runs in its background is deaf to interrupts, and so would be the programs that tests
start from there and interrupt.
"""

import gc
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from game.engine.ruleset import Ruleset
from game.scenario.loading import Loaded, load
from tests.server.ending import ended

settings.register_profile("short", max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = os.devnull
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among modules and tests, which stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="module", autouse=True)
def _no_server_is_left() -> Iterator[None]:
    yield
    ended()


@pytest.fixture(scope="session")
def baghdad() -> Loaded:
    loaded = load("baghdad-2021")
    assert loaded.ruleset is not None, loaded.findings
    return loaded


@pytest.fixture(scope="session")
def ruleset(baghdad: Loaded) -> Ruleset:
    assert baghdad.ruleset is not None
    return baghdad.ruleset
