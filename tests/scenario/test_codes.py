"""Every kind of mistake that the program can find has a page, whose examples are checked here."""

import ast
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

import game
from game.scenario import codes
from game.scenario.codes import Example, Page, pages
from tests.scenario.smallest import FILES, findings

ROOT = Path(game.__file__).parent
LETTERS = "FYSXRTLC"


def is_code(text: object) -> bool:
    return isinstance(text, str) and len(text) == 4 and text[0] in LETTERS and text[1:].isdigit()


def codes_in_source() -> Iterator[str]:
    """Yield every code that stands in the program as a text of its own."""
    for path in ROOT.rglob("*.py"):
        if path.parent.name != "codes":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from (
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and is_code(node.value)
            )


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert set(codes_in_source()) == set(pages())


def test_a_code_has_one_page() -> None:
    found: list[Page] = []
    for module in pkgutil.iter_modules(codes.__path__):
        found += getattr(import_module(f"{codes.__name__}.{module.name}"), "PAGES", ())
    assert len(found) == len({page.code for page in found}) == len(pages())


def test_the_scenario_around_the_examples_is_without_mistakes(tmp_path: Path) -> None:
    assert findings(Example(FILES["scenario.yaml"], "scenario.yaml"), tmp_path) == ()


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.code)
def test_the_wrong_example_has_this_mistake_and_no_other(page: Page, tmp_path: Path) -> None:
    found = findings(page.wrong, tmp_path)
    assert {finding.code for finding in found} == {page.code}
    assert {finding.severity for finding in found} == {"warning" if page.warns else "error"}
    assert all(finding.place.line >= 1 and finding.message and finding.fix for finding in found)


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.code)
def test_the_right_example_has_none(page: Page, tmp_path: Path) -> None:
    assert findings(page.right, tmp_path) == ()


@pytest.mark.parametrize(
    "page", [page for page in pages().values() if page.warns], ids=lambda page: page.code
)
def test_a_warning_can_be_accepted_where_it_stands(page: Page, tmp_path: Path) -> None:
    lines = {finding.place.line for finding in findings(page.wrong, tmp_path)}
    text = page.wrong.content.decode().splitlines()
    for line in lines:
        text[line - 1] += f"  # ok: {page.code}"
    (tmp_path / "again").mkdir()
    accepted = replace(page.wrong, text="\n".join(text) + "\n", rest="", dots="")
    assert findings(accepted, tmp_path / "again") == ()


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.code)
def test_a_page_is_short_and_plain(page: Page) -> None:
    for text in (page.title, page.means, page.matters):
        assert 0 < len(text) <= 300
        assert not any(
            word in text.lower() for word in ("pydantic", "python", "libyaml", "exception", "none:")
        )
    assert page.title[0].islower() or page.title.startswith("UTF")
    assert page.means.endswith((".", "'."))
    assert page.matters.endswith(".")
