"""Does `balance` print what it promises?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import browser
from tests.cli.command import Ran


def test_the_document_is_all_that_is_printed(run_here: Callable[..., Ran]) -> None:
    ran = run_here("balance", "tutorial", "--games", "20", "--json")
    assert ran.code == 0, ran.err
    assert ran.err == ""
    document = json.loads(ran.out)
    assert list(document) == [
        "scenario", "games", "readings", "used", "outcomes", "objectives", "scores", "limits", "reach",
        "swapped", "left_out", "answers", "behind", "knowing", "evidence", "shortfalls", "lines",
    ]  # fmt: skip


def test_the_page_is_plain_and_ends_with_what_falls_short(run_here: Callable[..., Ran]) -> None:
    ran = run_here("balance", "tutorial", "--games", "20")
    assert ran.code == 0, ran.err
    parts = ran.out.strip().split("\n\n")
    assert parts[0] == "tutorial: 20 games for each case"
    assert parts[-1].startswith(("What falls short", "Nothing falls short"))
    assert len(parts) == 12
    assert not any("\u2500" <= letter <= "\u259f" for letter in ran.out)


def test_wrong_words_are_told(run_here: Callable[..., Ran]) -> None:
    assert run_here("balance", "tutorial", "--games", "0").code == 2
    assert run_here("balance", "no-such-scenario").code == 2
    assert run_here("balance").code == 2


def test_a_page_for_a_browser(run_here: Callable[..., Ran], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran = run_here("balance", "tutorial", "--games", "20", "-o", str(page))
    assert ran.code == 0, ran.err
    text = page.read_text(encoding="utf-8")
    assert "Every line does something in some game." in text
    assert "http" not in text
    assert "scenario.yaml" in text
    assert run_here("balance", "tutorial", "--games", "20", "-o", str(page)).code == 0
    other = tmp_path / "other.html"
    other.write_text("mine", encoding="utf-8")
    assert run_here("balance", "tutorial", "--games", "20", "-o", str(other)).code == 2
    assert other.read_text(encoding="utf-8") == "mine"


def test_the_document_stays_all_on_standard_output_beside_a_page(
    run_here: Callable[..., Ran], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    ran = run_here("balance", "tutorial", "--games", "20", "--json", "-o", str(page))
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["games"] == 20
    assert str(page) in ran.err


@pytest.mark.parametrize(
    "words", [("balance", "tutorial", "--games", "20", "-o"), ("demo", "tutorial", "--debrief")]
)
@pytest.mark.parametrize(
    ("place", "code"), [("mine.txt", 2), ("mine.txt/page.html", 3), ("/proc/page.html", 3)]
)
def test_a_page_that_cannot_be_written_is_refused_before_any_work(
    words: tuple[str, ...],
    place: str,
    code: int,
    run_here: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    monkeypatch.setattr("game.cli.balancing.figures", lambda *_all: pytest.fail("it was worked out"))
    monkeypatch.setattr("game.cli.playing.play_demo", lambda *_all: pytest.fail("it was played"))
    ran = run_here(*words, str(tmp_path / place))
    assert (ran.code, ran.out) == (code, "")
    assert str(tmp_path / place) in ran.err
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_everybody_can_read_the_page(lang: str, run_here: Callable[..., Ran], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run_here("--lang", lang, "balance", "tutorial", "--games", "20", "-o", str(page)).code == 0
    with browser.chromium() as found:
        for width in (1280, 360):
            opened = found.new_page(viewport={"width": width, "height": 800})
            opened.goto(page.as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
            assert opened.evaluate("document.documentElement.dir") == {"en": "ltr", "ar": "rtl"}[lang]
            assert browser.barriers(opened) == []
