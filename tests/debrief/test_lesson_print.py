"""What comes out of the printer? Every sheet of the kit in a real browser, in both languages."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from game.debrief.lesson import kit, write_kit
from game.locale import speak
from game.scenario.loading import Loaded
from tests import browser

A4 = "594.96 x 841.92"
PAGES = {
    "index": 1,
    "seats": 2,
    "cards": 4,
    "brief": 2,
    "readings": 2,
    "prediction": 1,
    "press": 1,
    "observer": 1,
    "debrief": 1,
}
"""Pages of each sheet for 27 students of Baghdad: a card a role, and no sheet that ends in a stray line."""

pytestmark = pytest.mark.skipif(
    browser.found() is None or shutil.which("pdfinfo") is None,
    reason=f"{browser.MISSING} poppler-utils",
)


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    with browser.chromium() as found:
        yield found


@pytest.fixture(scope="module", params=["en", "ar"])
def printed(
    request: pytest.FixtureRequest, baghdad: Loaded, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp(request.param) / "kit"
    with speak(request.param):
        write_kit(kit(baghdad, 50, 27), folder)
    return folder


def run(*words: str) -> str:
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def test_sheets_fill_whole_pages_of_a4(opened: Browser, printed: Path, tmp_path: Path) -> None:
    page = opened.new_page()
    counted = {}
    for sheet in sorted(printed.glob("*.html")):
        page.goto(sheet.as_uri())
        pdf = tmp_path / f"{sheet.stem}.pdf"
        page.pdf(path=pdf, prefer_css_page_size=True)
        facts = dict(line.split(":", 1) for line in run("pdfinfo", str(pdf)).splitlines() if ":" in line)
        assert A4 in facts["Page size"]
        counted[sheet.stem] = int(facts["Pages"])
        texts = run("pdftotext", str(pdf), "-").split("\f")[: counted[sheet.stem]]
        assert min(len(text.split()) for text in texts) > 20, sheet.name
    page.close()
    assert 5 <= counted.pop("script") <= 12
    assert counted == PAGES


def test_every_sheet_can_be_read_by_everybody(opened: Browser, printed: Path) -> None:
    page = opened.new_page()
    for sheet in sorted(printed.glob("*.html")):
        page.goto(sheet.as_uri())
        assert browser.barriers(page) == [], sheet.name
    page.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(opened: Browser, printed: Path, width: int) -> None:
    page = opened.new_page(viewport={"width": width, "height": 800})
    for sheet in sorted(printed.glob("*.html")):
        page.goto(sheet.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, sheet.name
    page.close()


def test_the_index_leads_to_every_sheet(opened: Browser, printed: Path) -> None:
    page = opened.new_page()
    page.goto((printed / "index.html").as_uri())
    links = page.locator("tbody a").evaluate_all("all => all.map(link => link.href)")
    assert len(links) == len(list(printed.iterdir())) - 1
    for link in links:
        page.goto(link)
        assert page.locator("h1").count() == 1
    page.close()
