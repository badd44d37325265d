"""A real Chromium for the tests that need one; the system's, never a downloaded one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

MISSING = "needs Chromium: apt-get install chromium"

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found() -> str | None:
    """Return the browser's path, None if there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser within a `with` block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


def barriers(page: Page) -> list[str]:
    """Return what keeps people out of a page, as axe finds it."""
    from axe_playwright_python.sync_playwright import Axe

    told = Axe().run(page).response
    assert told["passes"], "axe looked at nothing"
    return [
        f"{item['id']} ({item['impact']}): {node['html'][:120]}"
        for item in told["violations"]
        for node in item["nodes"]
    ]
