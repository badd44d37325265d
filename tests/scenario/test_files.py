"""Which files make up a scenario? What lies in its folder, what is misnamed there, and what leads out of it."""

import os
import sys
from pathlib import Path

import pytest

from game.scenario.files import MOST_FILES
from game.scenario.loading import load, load_texts
from tests.scenario.folders import sections, written
from tests.scenario.tiny import TEXT


@pytest.mark.parametrize(
    ("path", "text", "code", "fix"),
    [
        ("polices.yaml", "{}", "F111", "did you mean 'policies.yaml'?"),
        ("title.yaml", "x: y", "F111", ""),
        ("readings/Al Basri.yaml", "analyst: x", "F111", "name it like al_basri.yaml"),
        ("text/Arabic.yaml", "title: x", "F111", "name it like ar.yaml"),
        ("text/en.yaml", "title: x", "F111", "delete it"),
        ("variants/.yaml", "title: x", "F111", "name it like workshop.yaml"),
        ("costs.yml", "{}", "Y206", "delete one of the two"),
    ],
)
def test_files_that_cannot_be_used(path: str, text: str, code: str, fix: str) -> None:
    found = load_texts({**sections(), path: text}, "bridge", None).findings
    assert [(f.code, f.severity, f.place.file) for f in found] == [(code, "error", path)]
    assert not fix or found[0].fix == fix


def test_an_unreadable_section_is_not_missed_and_names_in_it_are_not_unknown(tmp_path: Path) -> None:
    folder = written(tmp_path / "bridge", sections())
    (folder / "indicators.yaml").write_bytes(b"trust: \xff\n")
    found = load(folder).findings
    assert [(f.code, Path(f.place.file).name) for f in found] == [("F103", "indicators.yaml")]


@pytest.mark.parametrize(
    "broken", ["calendar", "indicators", "roles", "policies", "outcomes", "readings/bleak"]
)
def test_whatever_cannot_be_read_the_mistakes_elsewhere_are_found(broken: str, tmp_path: Path) -> None:
    files = sections()
    files["injects.yaml"] = files["injects.yaml"].replace("event: leak", "event: lek")
    folder = written(tmp_path / "bridge", files)
    (folder / f"{broken}.yaml").write_bytes(b"trust: \xff\n")
    found = load(folder).findings
    assert sorted((f.code, f.place.file.partition("bridge/")[2]) for f in found) == [
        ("F103", f"{broken}.yaml"),
        ("R501", "injects.yaml"),
    ]


@pytest.mark.parametrize("broken", ["policies", "events", "agreements", "readings/hopeful", "readings/bleak"])
def test_names_that_may_stand_where_nothing_could_be_read_are_not_missed(broken: str) -> None:
    """The second half of a file is cut off by a tab; claims, answers, tags and policies stand in both."""
    files = sections()
    lines = files[f"{broken}.yaml"].splitlines()
    for at in range(1, len(lines)):
        text = "\n".join([*lines[:at], "\t" + lines[at].lstrip(), *lines[at + 1 :]])
        found = load_texts({**files, f"{broken}.yaml": text}, "bridge", None).findings
        assert {f.code for f in found} <= {"Y201", "S402"}, (at, [f.message for f in found])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  start: 2021-07-29", "  start: 2021-13-29", "S403"),
        ("    prior: 3", "\tprior: 3", "Y201"),
        ("  talk: {role: town", "\ttalk: {role: town", "Y201"),
        ("title: The bridge", "titel: The bridge", "S401"),
    ],
)
def test_a_mistake_of_form_does_not_hide_those_of_meaning(old: str, new: str, code: str) -> None:
    text = TEXT.replace(old, new, 1).replace("event: leak}", "event: lek}")
    found = load_texts({"scenario.yaml": text}, "bridge", None).findings
    assert sorted(f.code for f in found) == sorted([code, "R501"])


def test_no_scenario_file(tmp_path: Path) -> None:
    files = sections()
    files["scenaro.yaml"] = files.pop("scenario.yaml")
    found = load(written(tmp_path / "bridge", files)).findings
    assert [(f.code, f.fix) for f in found] == [
        ("F100", "rename scenaro.yaml"),
        ("F111", "did you mean 'scenario.yaml'?"),
    ]
    assert load_texts({}, "x", None).findings[0].code == "F100"


def test_a_folder_is_never_left(tmp_path: Path) -> None:
    secret = written(tmp_path / "elsewhere", {"costs.yaml": "secret: {}\n", "ar.yaml": "title: secret\n"})
    files = sections()
    del files["costs.yaml"]
    folder = written(tmp_path / "bridge", files)
    (folder / "costs.yaml").symlink_to(secret / "costs.yaml")
    (folder / "text").symlink_to(secret)
    (folder / "map.yaml").symlink_to(folder / "nowhere")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    os.mkfifo(folder / "history.yml")
    found = load(folder)
    assert [(f.code, Path(f.place.file).name) for f in found.findings] == [
        ("F100", name) for name in ("costs.yaml", "history.yml", "loop.yaml", "map.yaml", "text")
    ]
    assert "secret" not in str(found.files)


def test_a_link_within_the_folder_is_read(tmp_path: Path) -> None:
    files = sections()
    files["old.txt"] = files.pop("costs.yaml")
    folder = written(tmp_path / "bridge", files)
    (folder / "costs.yaml").symlink_to(folder / "old.txt")
    assert load(folder).findings == ()


def test_a_folder_of_very_many_files(tmp_path: Path) -> None:
    files = {**sections(), **{f"readings/r{number}.yaml": "x: y\n" for number in range(MOST_FILES)}}
    found = load(written(tmp_path / "bridge", files))
    assert "F101" in {f.code for f in found.findings}
    assert len(found.files) == MOST_FILES


def test_files_that_are_too_large_together(tmp_path: Path) -> None:
    files = {**sections(), **{f"text/a{chr(97 + n)}.yaml": "# " + "x" * 1_900_000 + "\n" for n in range(9)}}
    loaded = load(written(tmp_path / "bridge", files))
    assert {f.code for f in loaded.findings} == {"F101", "F109"}
    assert sum(f.code == "F101" for f in loaded.findings) == 6


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    folder = written(tmp_path / "bridge", sections())
    if os.geteuid() == 0:
        assert load("/dev/null").findings[0].code == "F100"
        return
    (folder / "costs.yaml").chmod(0)
    assert [f.code for f in load(folder).findings] == ["F100"]


MISNAMED = {
    "a folder with a letter too many": ("texts/ar.yaml", "texts", "F111", "did you mean 'text'?"),
    "a folder with a capital": ("Text/ar.yaml", "Text", "F111", "did you mean 'text'?"),
    "a folder that lacks a letter": ("reading/third.yaml", "reading", "F111", "did you mean 'readings'?"),
    "another one": ("variant/short.yaml", "variant", "F111", "did you mean 'variants'?"),
    "an ending that Notepad adds": ("text/ar.yaml.txt", "text/ar.yaml.txt", "F111", "name it like ar.yaml"),
    "capital letters": ("MAP.YAML", "MAP.YAML", "F111", "name it like map.yaml"),
    "a section as text": ("map.txt", "map.txt", "F111", "name it like map.yaml"),
    "a folder's name for a file": ("text", "text", "F100", "put a folder of this name in its place"),
    "a file's name for a folder": ("map.yaml/x", "map.yaml", "F100", "put a file of this name in its place"),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_what_is_not_read_for_its_name_is_named(name: str, tmp_path: Path) -> None:
    path, named, code, fix = MISNAMED[name]
    folder = written(tmp_path / "bridge", {**sections(), path: "one: {ask: x}\n"})
    [finding] = load(folder).findings
    assert (finding.code, finding.severity) == (code, "error")
    assert Path(finding.place.file) == folder / named
    assert finding.fix == fix


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", [b"\xff.yaml", b"a\x1b[2Jb\n.yaml", b"readings/\xe2\x80\xae.yml"])
def test_a_name_that_cannot_be_shown_is_named_in_letters(name: bytes, tmp_path: Path) -> None:
    folder = written(tmp_path / "bridge", sections())
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("a: b\n")
    found = load(folder).findings
    assert [finding.code for finding in found] == ["F100"]
    assert found[0].place.file.isprintable()


def test_what_is_not_a_file_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "bridge", sections())
    (folder / "costs.yaml").unlink()
    os.mkfifo(folder / "costs.yaml")
    (folder / "map.yaml").symlink_to(folder / "nowhere")
    (folder / "text").symlink_to(tmp_path)
    (folder / "variant").symlink_to(tmp_path)
    (folder / ".#policies.yaml").symlink_to("an editor's own mark")
    found = load(folder).findings
    assert [(f.code, Path(f.place.file).name) for f in found] == [
        ("F100", "costs.yaml"), ("F100", "map.yaml"), ("F100", "text"), ("F111", "variant"),
    ]  # fmt: skip


def test_a_folder_in_place_of_the_scenario_file(tmp_path: Path) -> None:
    files = sections()
    files["scenario.yaml/scenario.yaml"] = files.pop("scenario.yaml")
    [finding] = load(written(tmp_path / "bridge", files)).findings
    assert (finding.code, finding.fix) == ("F100", "put a file of this name in its place")


def test_what_is_not_read_is_not_missed_besides(tmp_path: Path) -> None:
    files = {path.replace("readings/", "reading/"): text for path, text in sections().items()}
    files["POLICIES.YAML"] = files.pop("policies.yaml")
    found = load(written(tmp_path / "bridge", files)).findings
    assert [(f.code, Path(f.place.file).name) for f in found] == [
        ("F111", "POLICIES.YAML"),
        ("F111", "reading"),
    ]


def test_other_things_may_lie_in_a_scenario_s_folder(tmp_path: Path) -> None:
    others = {
        "map.png": "x", "events.txt": "Notes for the lesson\n", "test/notes.txt": "x", "images/text.svg": "x",
        "policies.yaml.bak": "x: y\n", "roles.txt": "mayor: he will come\n", "text/readme.md": "x",
    }  # fmt: skip
    assert load(written(tmp_path / "bridge", {**sections(), **others})).findings == ()
