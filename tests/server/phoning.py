"""Somebody who plays on a phone, in a real browser."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

from game.session.api import Act

_PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
_WAIT = 20_000


class Phone:
    """Somebody's browser."""

    def __init__(self, opened, served, lang="en", script=True, size=None):
        self.served = served
        self.context = opened.new_context(
            viewport=size or _PHONE, locale=lang, java_script_enabled=script, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(_WAIT)
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda line: self.errors.append(line.text) if "Content Security" in line.text else None,
        )

    def go(self, path):
        self.page.goto(self.served.url + path)
        return self

    def join(self, name, role):
        self.go("/")
        self.page.fill("#code", self.served.code)
        self.page.fill("#nickname", name)
        self.page.click("main button.primary")
        self.page.wait_for_url("**/seats")
        self.page.click(f'button[name="seat"][value="1.{role}"]')
        self.page.wait_for_url("**/play")
        return self

    def turn(self):
        return self.page.inner_text(".status strong")

    def wait_for_turn(self, turn):
        self.sees(rf"^\D*{turn}\D", ".status strong")

    def sees(self, pattern, where="main"):
        expect(self.page.locator(where).first).to_have_text(re.compile(pattern), timeout=_WAIT)

    def is_at(self, what):
        return self.page.evaluate(f"document.activeElement.matches({what!r})")

    def hand_in(self, card=None):
        if card is not None:
            box = self.page.locator('input[name="move"]').nth(card)
            if box.is_enabled() and not box.is_checked():
                box.check()
                self.page.wait_for_timeout(150)
        self.page.locator('button[value="confirm"]').click()

    def close(self):
        self.context.close()


@contextmanager
def at_play(opened, served):
    """Open a seat's page in the first turn."""
    phone = Phone(opened, served).join("Amal", "government")
    served.host.act(served.facilitator, Act(kind="start"))
    phone.page.wait_for_selector('button[value="confirm"]')
    phone.page.wait_for_timeout(300)
    yield phone
    assert phone.errors == []
    phone.close()


@contextmanager
def at_desk(opened, served, path=""):
    """Open the facilitator's page, with all that it can show."""
    host = Phone(opened, served, size=DESK).go(f"/facilitator/enter/{served.facilitator}")
    if path:
        host.go(path)
    for detail in host.page.locator("details").all():
        detail.evaluate("item => item.open = true")
    yield host
    assert host.errors == []
    host.close()


@contextmanager
def renewed(page, part="p.status"):
    """Do something, and go on once the page, with a part of it into which nobody types, was renewed for it."""
    page.evaluate("part => { document.querySelector(`#main ${part}`).dataset.old = ''; }", part)
    yield
    page.wait_for_selector(f"#main {part}:not([data-old])", state="attached")


def spot_of(item):
    """Return where something stands, although its page may be renewed just then."""
    return next(spot for _look in range(20) if (spot := item.bounding_box()))


def box(phone, move):
    return phone.page.locator(f'input[name="move"][value="{move}"]')
