import pytest

from game.scenario.loading import load
from game.session.api import Settings
from tests import browser
from tests.server.serving import serving
from tests.server.visiting import Visitor


@pytest.fixture(scope="session")
def tutorial():
    return load("tutorial")


@pytest.fixture(scope="session")
def workshop():
    return load("baghdad-2021:workshop")


@pytest.fixture
def served(tutorial, tmp_path):
    with serving(tmp_path, tutorial, rooms=2, settings=Settings(evidence_shown=True)) as found:
        yield found


@pytest.fixture
def host(served):
    found = Visitor(served)
    found.get(f"/facilitator/enter/{served.facilitator}")
    return found


@pytest.fixture
def seats(tutorial):
    return list(tutorial.ruleset.role_at)


@pytest.fixture(scope="module")
def opened():
    with browser.chromium() as found:
        yield found
