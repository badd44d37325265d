"""Are a scenario's own colours drawn on pages, under the pages' own rules on what may style them?"""

import pytest
from playwright.sync_api import expect

from game.scenario.authoring.example import example
from game.scenario.loading import load_texts
from game.session.api import Act
from tests.server.phoning import Phone
from tests.server.serving import serving
from tests.server.visiting import start

OWN = "rgb(122, 31, 92)"


@pytest.fixture
def served(tmp_path):
    text = example().source.text.replace("    colour: blue\n", '    colour: "#7A1F5C"\n')
    loaded = load_texts({"scenario.yaml": text}, "own", None)
    with serving(tmp_path, loaded) as found:
        yield found


def test_an_author_s_colour_is_what_pages_show(opened, served):
    phone = Phone(opened, served).join("Amal", "council")
    start(served)
    served.host.act(served.facilitator, Act(kind="force"))
    phone.go("/indicator/anger")
    for drawn, style in ((".fan.r0 .middle", "stroke"), (".fan.r0 .wide", "fill"), ("h3 .sign text", "fill")):
        expect(phone.page.locator(drawn).first).to_have_css(style, OWN)
    expect(phone.page.locator(".fan.r1 .middle").first).to_have_css("stroke", "rgb(179, 74, 8)")
    expect(phone.page.locator(".fan.r1 .middle").first).to_have_css("stroke-dasharray", "7px, 4px")
    served.host.act(served.facilitator, Act(kind="end"))
    served.host.act(served.facilitator, Act(kind="debrief"))
    phone.go("/debrief").page.wait_for_selector(".chart .real")
    expect(phone.page.locator(".chart polyline.r0").first).to_have_css("stroke", OWN)
    expect(phone.page.locator(".chart text.end").first).to_have_css("fill", OWN)
    expect(phone.page.locator(".key .sign text").first).to_have_css("fill", OWN)
    assert phone.errors == []
    phone.close()
