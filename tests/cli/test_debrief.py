"""Does `debrief` write what it says, and nothing where it must not?"""

import pytest

from tests.cli.command import rival_readings


def test_a_page_and_tables(saves, tmp_path):
    page, tables = tmp_path / "page.html", tmp_path / "tables"
    before = saves["over"].read_bytes()
    words = ("debrief", str(saves["over"]), "-o", str(page), "--csv", str(tables))
    ran = rival_readings(*words, home=tmp_path)
    assert ran.code == 0, ran.err
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    assert sorted(path.name for path in tables.iterdir()) == [
        "indicators.csv", "orders.csv", "predictions.csv", "scores.csv",
    ]  # fmt: skip
    assert rival_readings("--lang", "ar", *words, home=tmp_path).code == 0
    assert 'dir="rtl"' in page.read_text(encoding="utf-8")
    assert saves["over"].read_bytes() == before


def test_a_running_game_is_refused_and_nothing_is_written(saves, tmp_path, run_here):
    page = tmp_path / "page.html"
    ran = run_here("debrief", str(saves["running"]), "-o", str(page), home=tmp_path)
    assert ran.code == 1
    assert "finish" in ran.err
    assert not page.exists()


def test_something_else_is_not_overwritten(saves, tmp_path, run_here):
    page = tmp_path / "page.html"
    page.write_text("mine", encoding="utf-8")
    ran = run_here("debrief", str(saves["over"]), "-o", str(page), home=tmp_path)
    assert ran.code == 2
    assert page.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("content", [b"", b"a,b\n", b'{"record":"game"}\n'])
def test_foreign_files_are_refused(tmp_path, content, run_here):
    save, page = tmp_path / "game.jsonl", tmp_path / "page.html"
    save.write_bytes(content)
    ran = run_here("debrief", str(save), "-o", str(page), home=tmp_path)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert not page.exists()
    assert save.read_bytes() == content


def test_a_demo_with_its_debrief(tmp_path):
    page = tmp_path / "page.html"
    ran = rival_readings("demo", "tutorial", "--debrief", str(page), home=tmp_path)
    assert ran.code == 0, ran.err
    assert "technical" in page.read_text(encoding="utf-8")


def test_other_tables_are_not_overwritten(saves, tmp_path, run_here):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "scores.csv").write_text("mine", encoding="utf-8")
    ran = run_here("debrief", str(saves["over"]), "--csv", str(tables), home=tmp_path)
    assert ran.code == 2
    assert [path.name for path in tables.iterdir()] == ["scores.csv"]
    assert (tables / "scores.csv").read_text(encoding="utf-8") == "mine"
    running = run_here("debrief", str(saves["running"]), "--csv", str(tmp_path / "new"), home=tmp_path)
    assert running.code == 1
    assert not (tmp_path / "new").exists()


def test_a_folder_of_tables_that_cannot_be_made_is_named(saves, tmp_path, run_here):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    tables = tmp_path / "file" / "tables"
    ran = run_here("debrief", str(saves["over"]), "--csv", str(tables), home=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert str(tables) in ran.err
    assert len(ran.err.splitlines()) == 1
