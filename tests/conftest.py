"""Shared by all tests: how many examples property tests try, and the shipped scenario, loaded once.

Nobody here asks a host on the internet, so no client reads the machine's list of authorities: that takes longer than
most of what it asks.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

from game.engine.ruleset import Ruleset
from game.scenario.loading import Loaded, load

settings.register_profile("short", max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = os.devnull


@pytest.fixture(scope="session")
def baghdad() -> Loaded:
    loaded = load("baghdad-2021")
    assert loaded.ruleset is not None, loaded.findings
    return loaded


@pytest.fixture(scope="session")
def ruleset(baghdad: Loaded) -> Ruleset:
    assert baghdad.ruleset is not None
    return baghdad.ruleset
