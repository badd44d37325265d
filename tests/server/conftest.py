import pytest

from game.scenario.loading import load


@pytest.fixture(scope="session")
def tutorial():
    return load("tutorial")
