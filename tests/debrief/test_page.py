"""Does the debrief tell this game's own story, to everybody, and nothing that is not its own?"""

import csv
import io
import re
import shutil
import subprocess

import pytest

from game.base.errors import ContentError
from game.debrief.page import write_debrief
from game.debrief.tables import tables_of
from game.engine.bound import pure
from game.play.local_seat import LocalSeat
from game.play.orders import Order, Prediction
from game.play.table import Table
from game.scenario.authoring.example import example
from game.scenario.loading import load_texts
from tests import browser
from tests.scenario.smallest import FILES
from tests.scenario.tiny import TEXT

PDFINFO = shutil.which("pdfinfo")


def played(loaded, path, seed, world, turns=None, said=0.7):
    """Play a game with one person, who predicts."""
    ruleset = loaded.ruleset
    table = Table.start(loaded, ["government"], path, seed=seed, world=pure(ruleset, world))
    seat = LocalSeat(table, "government")
    for turn in range(1, (turns or ruleset.turns) + 1):
        view = seat.view("en")
        questions = {item.id: said for item in view.questions}
        names = [item.id for item in view.readings]
        readings = dict(zip(names, (0.6, 0.3, 0.1), strict=True))
        seat.predict("<b>me</b>", Prediction(turn=turn, readings=readings, questions=questions))
        move = next(item.id for item in view.policies if item.available)
        seat.confirm(Order(turn=turn, moves=(move,)))
    return table


@pytest.fixture(scope="module")
def tables(baghdad, tmp_path_factory):
    folder = tmp_path_factory.mktemp("games")
    found = [
        played(baghdad, folder / f"{seed}.jsonl", seed, world) for seed, world in ((3, 0), (8, 1), (21, 2))
    ]
    yield found
    for table in found:
        table.close()


@pytest.fixture(scope="module")
def pages(tables):
    return [write_debrief(table, "en") for table in tables]


def part(page, name):
    return re.search(rf'<section id="{name}">(.*?)</section>', page, re.S).group(1)


def test_every_part_is_there(pages):
    for page in pages:
        assert page.startswith("<!DOCTYPE html>")
        for name in (
            "end", "happened", "reality", "evidence", "roles", "courses", "points", "luck", "predictions",
            "history", "leaves", "questions", "technical",
        ):  # fmt: skip
            assert len(part(page, name)) > 200, name


@pytest.fixture
def bare(tmp_path):
    """A game of a scenario without questions, facts, costs and more, in which nobody does anything."""
    loaded = load_texts(FILES, "bridge", None)
    table = Table.start(loaded, ["town", "crowd"], tmp_path / "game.jsonl", seed=1)
    while not table.game.over:
        for role in table.loaded.ruleset.role_at:
            LocalSeat(table, role).confirm(Order(turn=table.game.turn))
    yield table
    table.close()


def test_what_has_no_content_is_left_out_with_its_heading(bare):
    page = write_debrief(bare, "en")
    links = re.findall(r'<a href="#(\w+)">', page)
    assert links == re.findall(r'<section id="(\w+)">', page)
    assert not {"predictions", "history", "questions"} & set(links)
    assert not re.search(r"<(?P<list>[uo]l)[^>]*>\s*</(?P=list)>|<p>\s*–?\s*</p>", page)
    assert "Who is credited" not in page
    assert "2021" not in page


def test_what_really_happened_is_told_of_any_year(pages):
    for page in pages:
        assert "What really happened, and the accounts" in part(page, "history")
        assert '<th scope="col">in reality</th>' in part(page, "predictions")
        assert "in 2021<" not in page


def test_each_game_has_its_own_turning_points_and_questions(pages):
    points = [re.findall(r"<h3>(Turn .*?)</h3>", part(page, "points")) for page in pages]
    assert all(len(found) == 3 for found in points)
    assert len({tuple(found) for found in points}) == 3
    assert len({part(page, "questions") for page in pages}) == 3


def test_the_page_names_the_true_account(tables, pages):
    for place, page in enumerate(pages):
        reading = list(tables[0].loaded.scenario.readings.values())[place]
        assert f"followed the account of {reading.analyst}" in page


def test_it_needs_nothing_but_itself(pages):
    for page in pages:
        assert not re.search(r'(src|href)="(?!#)', page)
        assert "<script" not in page
        assert "@import" not in page
        assert "url(" not in page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A game of a scenario whose texts are markup and formulas, with as many readings as colours and more."""
    text = TEXT.replace("label: Town hall", 'label: "<script>alert(1)</script>"')
    text = text.replace("label: Trust", 'label: "=1+1"')
    loaded = load_texts({"scenario.yaml": text}, "hostile", None)
    assert loaded.ruleset is not None, loaded.findings
    path = tmp_path_factory.mktemp("hostile") / "game.jsonl"
    people = list(loaded.ruleset.role_at)
    table = Table.start(loaded, people, path, seed=1)
    while not table.game.over:
        for role in people:
            LocalSeat(table, role).confirm(Order(turn=table.game.turn))
    yield table
    table.close()


def test_text_of_scenarios_never_becomes_markup(hostile):
    page = write_debrief(hostile, "en")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_text_of_scenarios_never_becomes_a_formula(hostile):
    content = tables_of(hostile)["indicators.csv"].decode("utf-8-sig")
    labels = {row["label"] for row in csv.DictReader(io.StringIO(content))}
    assert "'=1+1" in labels
    assert "=1+1" not in labels


def test_charts_are_drawn_in_the_author_s_colours(tmp_path):
    text = TEXT.replace("    analyst: A\n", '    analyst: A\n    colour: "#7a1f5c"\n')
    loaded = load_texts({"scenario.yaml": text}, "bridge", None)
    table = Table.start(loaded, ["town"], tmp_path / "own.jsonl", seed=1)
    LocalSeat(table, "town").confirm(Order(turn=1))
    table.end()
    page = write_debrief(table, "en")
    table.close()
    for section in ("evidence", "courses"):
        assert 'class="r0" stroke="#7A1F5C"' in part(page, section)
        assert 'class="r1" stroke="#B34A08"' in part(page, section)
        assert 'fill="#7A1F5C">●</text>' in part(page, section)
    style = re.search("<style>(.*?)</style>", page, re.S).group(1)
    assert "7A1F5C" not in style.upper()


def test_same_game_same_page(tables, pages):
    assert write_debrief(tables[1], "en") == pages[1]


def test_charts_say_in_a_table_what_they_show(pages):
    charts = len(re.findall(r'<svg class="chart"', pages[0]))
    assert charts >= 9
    assert len(re.findall(r"<figure>", pages[0])) == charts
    assert len(re.findall(r"<summary>The numbers</summary>", pages[0])) == charts
    assert 'aria-label=""' not in pages[0]


def test_predictions_are_scored_and_few_say_nothing(pages, baghdad, tmp_path):
    assert "too few to tell" not in part(pages[0], "predictions")
    table = played(baghdad, tmp_path / "short.jsonl", 4, 0, turns=3)
    with pytest.raises(ContentError, match="finish"):
        write_debrief(table, "en")
    table.end()
    page = write_debrief(table, "en")
    assert "too few to tell" in part(page, "predictions")
    assert "ended before its last turn" in page
    table.close()


def test_tables_open_in_spreadsheets(tables):
    found = tables_of(tables[0])
    assert set(found) == {"orders.csv", "predictions.csv", "scores.csv", "indicators.csv"}
    for content in found.values():
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) > 5
        assert len({len(row) for row in rows}) == 1
    values = list(csv.DictReader(io.StringIO(found["indicators.csv"].decode("utf-8-sig"))))
    ruleset, game = tables[0].ruleset, tables[0].game
    last = {row["indicator"]: float(row["value"]) for row in values if row["turn"] == str(ruleset.turns)}
    assert last["economy"] == pytest.approx(game.state.x[ruleset.indicator_at["economy"], 0], abs=1e-5)


@pytest.mark.skipif(browser.found() is None, reason=browser.MISSING)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_everybody_can_read_it(tables, tmp_path, lang):
    with browser.chromium() as opened:
        for place, table in enumerate(tables):
            path = tmp_path / f"{place}.html"
            path.write_text(write_debrief(table, lang), encoding="utf-8")
            page = opened.new_page(viewport={"width": 1280, "height": 900})
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.dir") == {"en": "ltr", "ar": "rtl"}[lang]
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            if place == 0:
                assert browser.barriers(page) == []
            page.close()


@pytest.mark.skipif(browser.found() is None or PDFINFO is None, reason=f"{browser.MISSING} poppler-utils")
def test_it_prints_on_a4(tables, tmp_path):
    path, out = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(write_debrief(tables[0], "en"), encoding="utf-8")
    with browser.chromium() as opened:
        page = opened.new_page()
        page.goto(path.as_uri())
        page.pdf(path=out, prefer_css_page_size=True)
    told = subprocess.run([PDFINFO, str(out)], capture_output=True, text=True, check=True).stdout
    assert 6 <= int(re.search(r"Pages:\s+(\d+)", told).group(1)) <= 22
    assert "A4" in told


def test_arabic_has_its_own_commas(tables):
    page = write_debrief(tables[0], "ar")
    sections = re.sub(r"<[^>]+>|&#?\w+;", "", "".join(re.findall(r"(?s)<section.*?</section>", page)))
    assert "؛ " in sections
    assert re.findall(r"[^\n]*[\u0621-\u064a\d%»)][,;]\s[^\n]*", sections) == []


def test_the_fifth_account_has_a_sign_of_its_own(tmp_path):
    further = "".join(
        f'  other_{n}:\n    analyst: "Analyst {n}"\n    label: "Account {n}"\n' for n in range(3)
    )
    text = example().source.text.replace("\nmap:\n", f"\n{further}map:\n")
    loaded = load_texts({"scenario.yaml": text}, "five", None)
    table = Table.start(loaded, ["council"], tmp_path / "five.jsonl", seed=2, world=pure(loaded.compiled, 4))
    seat = LocalSeat(table, "council")
    for turn in range(1, loaded.compiled.turns + 1):
        seat.confirm(Order(turn=turn))
    page = write_debrief(table, "en")
    table.close()
    assert re.search(r"▼</span> The world of this game followed the account of Analyst 2", page)
    assert ".chart .r4 {" in page
    assert '<polyline class="r4"' in page
