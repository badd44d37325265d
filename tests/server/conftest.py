import pytest

from game.scenario.loading import load
from tests import browser


@pytest.fixture(scope="session")
def tutorial():
    return load("tutorial")


@pytest.fixture(scope="session")
def workshop():
    return load("baghdad-2021:workshop")


@pytest.fixture(scope="module")
def opened():
    with browser.chromium() as found:
        yield found
