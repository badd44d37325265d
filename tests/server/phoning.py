"""Somebody who plays on a phone, in a real browser."""

import re

from playwright.sync_api import expect

_PHONE = {"width": 360, "height": 740}
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
