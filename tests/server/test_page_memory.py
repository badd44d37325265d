"""Is what a page was made of let go of as soon as it is sent? A class asks for all its pages at once."""

import gc
import time

import httpx
import pytest

from game.play.views import View
from game.session.api import Act
from tests.server.serving import serving
from tests.server.test_live import both_seats


def views():
    """Return how many views are in memory."""
    return sum(isinstance(item, View) for item in gc.get_objects())


@pytest.fixture
def uncollected():
    """Nothing looks for what refers to itself."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("path", ["/play", "/status", "/indicator/{indicator}"])
@pytest.mark.parametrize("ended", [False, True])
def test_a_page_leaves_nothing_that_must_be_looked_for(tutorial, tmp_path, path, ended):
    with serving(tmp_path, tutorial) as served:
        one, _two = both_seats(served, tutorial)
        if ended:
            served.host.act(served.facilitator, Act(kind="force"))
            served.host.act(served.facilitator, Act(kind="end"))
        address = served.url + path.format(indicator=next(iter(tutorial.scenario.indicators)))
        with httpx.Client(cookies={"seat": one.token, "lang": "ar"}) as client:
            assert client.get(address).status_code == 200  # what is made once is made
            before = views()
            for _page in range(3):
                assert client.get(address).status_code == 200
            time.sleep(0.2)
            assert views() <= before
