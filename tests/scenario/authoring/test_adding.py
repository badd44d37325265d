"""Does a new entry stand where it belongs, in every language, with all else as it was?"""

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from game.base.errors import ContentError, UsageError
from game.locale import speak
from game.play.claims import prove
from game.scenario.authoring.adding import Kind, add
from game.scenario.authoring.opened import opened
from game.scenario.authoring.own_schema import write_schema
from game.scenario.authoring.starting import Plan
from game.scenario.library import folder_of
from game.scenario.loading import load
from tests.scenario.authoring.scenarios import begun, changeable
from tests.scenario.folders import written

Make = Callable[[Path], Path]


def new(folder: Path) -> Path:
    return begun(folder)


def in_arabic(folder: Path) -> Path:
    return begun(folder, Plan("x", language="ar"))


def in_many_files(folder: Path) -> Path:
    shutil.copytree(folder_of("baghdad-2021"), folder)
    return folder


def with_marks_and_crlf(folder: Path) -> Path:
    for path in begun(folder).rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in folder.rglob("*.yaml")
    }


@pytest.mark.parametrize("make", [new, in_arabic, in_many_files, with_marks_and_crlf])
def test_all_kinds_can_be_added_without_a_finding_or_a_changed_line(make: Make, tmp_path: Path) -> None:
    folder = make(tmp_path / "x")
    before, known = texts(folder), {item.code for item in load(folder).findings}
    kinds: list[Kind] = ["policy", "event", "reading", "indicator", "policy"]
    for kind in kinds if make is not in_many_files else kinds[:3]:
        done = add(changeable(folder), kind, None)
        assert done.file.is_file()
        assert (
            f"{done.id}:" in done.file.read_text(encoding="utf-8").splitlines()[done.line - 1]
            or done.line == 1
        )
    loaded = load(folder)
    assert {item.code for item in loaded.findings} - known <= {"R504"}
    assert loaded.scenario is not None
    assert "new_policy" in loaded.scenario.policies
    assert "new_reading" in loaded.scenario.readings
    for path, text in before.items():
        lines = difflib.ndiff(text.splitlines(True), texts(folder)[path].splitlines(True))
        gone = [line for line in lines if line.startswith("- ")]
        assert all("shows:" in line for line in gone), gone
        assert len(gone) < 2


def test_a_new_reading_can_be_proved_at_once(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    add(changeable(folder), "reading", "third")
    proofs = [proof for proof in prove(load(folder)) if proof.reading == "third"]
    assert [proof.holds for proof in proofs] == [True]


def test_texts_are_added_in_every_language(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    (folder / "text" / "fr.yaml").write_text('title: "Un litige"\n', encoding="utf-8")
    add(changeable(folder), "policy", "build_dam")
    loaded = load(folder)
    assert loaded.in_language("ar").policies["build_dam"].label == "سياسة جديدة"
    assert loaded.in_language("fr").policies["build_dam"].label == "[fr] New policy"
    assert not [item for item in loaded.findings if "text/ar" in item.place.file]


def test_the_editors_schema_learns_the_new_id(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    add(changeable(folder), "indicator", "hope")
    assert '"hope"' in (folder / "schema.json").read_text(encoding="utf-8")
    assert write_schema(folder) == []


def test_a_missing_section_is_begun(tmp_path: Path) -> None:
    whole = begun(tmp_path / "whole")
    lines = (whole / "scenario.yaml").read_text(encoding="utf-8").split("\n")
    start, end = lines.index("events:"), next(at for at, line in enumerate(lines) if "How it ends" in line)
    one = written(tmp_path / "one", {"scenario.yaml": "\n".join(lines[:start] + lines[end:])})
    assert add(changeable(one), "event", None).file == one / "scenario.yaml"
    assert list(load(one).scenario.events) == ["new_event"]
    first = next(at for at, line in enumerate(lines) if line == "indicators:")
    second = next(at for at, line in enumerate(lines) if line == "always:")
    indicators = "\n".join(line[2:] for line in lines[first + 1 : second] if line.startswith("  "))
    rest = "\n".join(lines[:first] + lines[second:start] + lines[end:])
    several = written(tmp_path / "several", {"scenario.yaml": rest, "indicators.yaml": indicators + "\n"})
    assert add(changeable(several), "event", None).file == several / "events.yaml"
    assert list(load(several).scenario.events) == ["new_event"]


def test_a_single_file_gets_entries_too(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    one = tmp_path / "one.yaml"
    shutil.copy(folder / "scenario.yaml", one)
    add(opened(str(one), to_change=True), "policy", "build_dam")
    assert "build_dam" in load(one).scenario.policies
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.yaml", "x"]


@pytest.mark.parametrize("name", ["Dam", "1dam", "", "new dam", "pact", "side_1_talks", "سد"])
def test_an_id_that_cannot_be_is_refused(name: str, tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    before = texts(folder)
    with pytest.raises(UsageError):
        add(changeable(folder), "policy", name)
    assert texts(folder) == before


def test_a_scenario_with_errors_is_not_touched(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    path = folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("cost: 2", "csot: 2"), encoding="utf-8")
    before = texts(folder)
    with pytest.raises(ContentError, match="csot"):
        add(changeable(folder), "policy", None)
    assert texts(folder) == before


def test_entries_in_braces_are_refused_with_their_place(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("events:"), text.index("# How it ends")
    braces = 'events: {rumour: {label: "A", chance: 0.1}}\n\n'
    path.write_text(text[:start] + braces + text[end:], encoding="utf-8")
    (folder / "text" / "ar.yaml").unlink()
    for lang, told in (("en", r"scenario\.yaml:\d+: .*braces.*; write"), ("ar", r"scenario\.yaml:\d+: .*؛")):
        with speak(lang), pytest.raises(ContentError, match=told):
            add(changeable(folder), "event", None)
