"""Does a page show one moment of its room, whatever happens while it is put together or renewed in part?"""

import re

from game.session.api import Act
from tests.server.phoning import Phone
from tests.server.serving import serving
from tests.server.visiting import Visitor, start

_WATCH = """() => {
    window.shown = [];
    const number = (text) => Number(text.match(/\\d+/));
    const look = () => window.shown.push([
        number(document.querySelector("p.status strong").textContent),
        number(document.querySelector("#main [data-stage]").dataset.stage)]);
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def test_a_page_is_of_one_turn_although_the_turn_ends_meanwhile(served, seats):
    one = Visitor(served)
    one.join(served, "Amal", seats[0])
    start(served)
    view, asked = served.host.view, []

    def slow(*args):
        found = view(*args)
        if not asked:
            asked.append(served.host.act(served.facilitator, Act(kind="force")))
        return found

    served.host.view = slow
    page = one.get("/play").text
    assert asked
    line = re.search(r'<p class="status".*?</p>', page, re.S).group()
    assert "Turn 2" in line
    assert re.findall(r'data-stage="(\d+)', page) == ["2"]


def test_the_status_line_is_never_of_another_turn_than_its_page(opened, workshop, tmp_path):
    with serving(tmp_path, workshop) as served:
        roles = list(workshop.ruleset.role_at)
        phone = Phone(opened, served).join("Amal", roles[0])
        other = Phone(opened, served).join("Basim", roles[1])
        served.host.act(served.facilitator, Act(kind="start"))
        for one in (phone, other):
            one.page.wait_for_selector('button[value="confirm"]')
        phone.page.wait_for_timeout(500)
        phone.page.evaluate(_WATCH)
        asked = []

        def late(route):
            if not asked:
                asked.append(served.host.act(served.facilitator, Act(kind="force")))
            route.continue_()

        phone.page.route("**/status", late)
        other.hand_in()
        phone.wait_for_turn(2)
        phone.page.wait_for_selector("#main [data-stage^='2']")
        assert asked
        assert [pair for pair in phone.page.evaluate("shown") if pair[0] != pair[1]] == []
        assert phone.is_at("#news")
        for one in (phone, other):
            assert one.errors == []
            one.close()
