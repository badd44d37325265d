"""From files to a scenario: folders, single files, sections, variants, shipped ids, hostile folders."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from game.base.errors import ContentError, UsageError
from game.scenario import library
from game.scenario.files import MOST_FILES
from game.scenario.findings import Finding
from game.scenario.loading import Loaded, load, load_texts
from game.scenario.schema import Scenario
from tests.scenario.tiny import TEXT

SHORT = """\
pace: 3/2
title: The short bridge
calendar: {turns: 4, dates: {late: null}}
policies:
  talk: {cost: 1, effects: [{change: trust, by: 4}]}
  shout: ~
readings:
  hopeful: {claims: {talk_works: {expect: []}}}
  bleak: {claims: {nothing_helps: {expect: []}}}
"""


def sections(text: str = TEXT) -> dict[str, str]:
    """Return the small scenario as a folder: each section in a file of its own."""
    files: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if not line.startswith((" ", "#")):
            name = line.partition(":")[0]
            name = "scenario" if name in ("format", "title") else name
        files.setdefault(name, []).append(line)
    result = {}
    for name, lines in files.items():
        if name == "scenario":
            result["scenario.yaml"] = "\n".join(lines) + "\n"
            continue
        inside = "\n".join(line[2:] for line in lines[1:]) + "\n"
        if name == "readings":
            first, second = inside.split("bleak:\n")
            result["readings/hopeful.yaml"] = "\n".join(x[2:] for x in first.splitlines()[1:]) + "\n"
            result["readings/bleak.yaml"] = "\n".join(x[2:] for x in second.splitlines()) + "\n"
        else:
            result[f"{name}.yaml"] = inside
    return result


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return folder


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str, int, int]]:
    return [(f.code, f.place.file, f.place.line, f.place.column) for f in findings]


def with_variant(text: str = SHORT) -> Loaded:
    return load_texts({"scenario.yaml": TEXT, "variants/short.yaml": text}, "bridge", "short")


def whole(loaded: Loaded) -> Scenario:
    assert loaded.scenario is not None, loaded.findings
    return loaded.scenario


def test_one_file_and_a_folder_say_the_same(tmp_path: Path) -> None:
    folder = load(written(tmp_path / "bridge", sections()))
    file = load(written(tmp_path, {"bridge.yaml": TEXT}) / "bridge.yaml")
    assert folder.findings == file.findings == ()
    assert whole(folder) == whole(file)
    assert folder.id == file.id == "bridge"
    assert folder.ruleset is not None
    assert file.ruleset is not None
    assert [rule.id for rule in folder.ruleset.rules] == [rule.id for rule in file.ruleset.rules]
    assert folder.digest != file.digest


def test_a_section_file_leads_to_its_scenario(tmp_path: Path) -> None:
    folder = written(tmp_path / "bridge", sections())
    assert (
        load(folder / "policies.yaml").digest == load(folder / "scenario.yaml").digest == load(folder).digest
    )


def test_what_was_read_can_be_loaded_again(tmp_path: Path) -> None:
    first = load(written(tmp_path / "bridge", {**sections(), "variants/short.yaml": SHORT, "note.txt": "x"}))
    again = load_texts(first.files, first.id, None)
    assert (again.digest, again.id, whole(again)) == (first.digest, first.id, whole(first))
    short = load(f"{tmp_path / 'bridge'}:short")
    again = load_texts(short.files, short.id, short.variant)
    assert (again.digest, again.id, whole(again)) == (short.digest, short.id, whole(short))
    assert short.id == "bridge:short"
    assert short.digest == first.digest + ":short"
    assert first.variants == ("short",)


def test_findings_name_files_as_the_author_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sections()
    files["policies.yaml"] = files["policies.yaml"].replace("cost: 2,", "csot: 2,", 1)
    files["readings/bleak.yaml"] = files["readings/bleak.yaml"].replace("label: Gloom", "label:")
    written(tmp_path / "bridge", files)
    monkeypatch.chdir(tmp_path)
    assert places(load("./bridge").findings) == [
        ("S401", "bridge/policies.yaml", 1, 47),
        ("S402", "bridge/readings/bleak.yaml", 2, 1),
    ]
    monkeypatch.chdir(tmp_path / "bridge")
    assert places(load(".").findings)[0][1] == "policies.yaml"
    assert load(".").id == "bridge"


def test_sections_in_two_files() -> None:
    files = {**sections(), "costs.yaml": "{}\n"}
    files["scenario.yaml"] += "costs: {}\n"
    files["readings.yaml"] = "bleak: {analyst: B, label: Gloom}\n"
    found = load_texts(files, "bridge", None).findings
    assert places(found) == [("Y206", "costs.yaml", 1, 1), ("Y206", "readings/bleak.yaml", 1, 1)]
    assert [f.see.file for f in found if f.see] == ["scenario.yaml", "readings.yaml"]


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


def test_no_scenario_file(tmp_path: Path) -> None:
    files = sections()
    files["scenaro.yaml"] = files.pop("scenario.yaml")
    found = load(written(tmp_path / "bridge", files)).findings
    assert [(f.code, f.fix) for f in found] == [
        ("F100", "rename scenaro.yaml"),
        ("F111", "did you mean 'scenario.yaml'?"),
    ]
    assert load_texts({}, "x", None).findings[0].code == "F100"


def test_an_empty_scenario_file_is_one_finding() -> None:
    for text in ("", "# nothing yet\n"):
        assert [f.code for f in load_texts({"scenario.yaml": text}, "x", None).findings] == ["F109"]
    assert {f.code for f in load_texts({"scenario.yaml": "{}"}, "x", None).findings} == {"S402"}


def test_variant_merges_replaces_and_deletes() -> None:
    loaded = with_variant()
    scenario = whole(loaded)
    assert scenario.title == "The short bridge"
    assert scenario.pace == 1.5
    assert scenario.calendar.turns == 4
    assert list(scenario.calendar.dates) == ["vote"]
    assert "shout" not in scenario.policies
    assert scenario.policies["talk"].cost == 1
    assert scenario.policies["talk"].label == "Talk"
    assert [effect.by for effect in scenario.policies["talk"].effects] == ["4"]
    assert loaded.variant == "short"


def test_mistakes_in_a_variant_are_found_in_its_file() -> None:
    text = SHORT.replace("cost: 1", "cost: one").replace("shout", "shuot")
    text += "  hopefull: {claims: {talk_works: {expect: []}}}\n"
    text += "indicators: {trust: {label: null}, doubt: {label: Doubt}}\n"
    found = with_variant(text).findings
    assert places(found) == [
        ("S403", "variants/short.yaml", 5, 16),
        ("R501", "variants/short.yaml", 6, 3),
        ("R501", "variants/short.yaml", 10, 3),
        ("S402", "variants/short.yaml", 11, 14),
        ("S402", "variants/short.yaml", 11, 36),
    ]
    assert [f.fix for f in found if f.code == "R501"] == ["did you mean 'shout'?", "did you mean 'hopeful'?"]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("roles: {town: {slotz: 1}}\n", "did you mean 'slots'?"),
        ("calendar: {turnz: 4}\n", "did you mean 'turns'?"),
        ("titel: Short\n", "did you mean 'title'?"),
        ("roles: {town: {slots: 1, slotz: 1}}\n", ""),
    ],
)
def test_a_misspelt_key_in_a_variant_is_known_by_what_it_replaces(text: str, fix: str) -> None:
    [finding] = with_variant(text).findings
    assert (finding.code, finding.place.file) == ("S401", "variants/short.yaml")
    assert finding.fix == fix if fix else "slots" not in finding.fix
    assert (finding.edit is not None) == bool(fix)


def test_unreadable_variant() -> None:
    assert [f.code for f in with_variant("title: x: y\npace: 2\n").findings] == ["Y210"]


def test_unknown_variant_and_scenario(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'short'"):
        load_texts({"scenario.yaml": TEXT, "variants/short.yaml": SHORT}, "bridge", "shrot")
    with pytest.raises(UsageError, match="no variant"):
        load_texts({"scenario.yaml": TEXT}, "bridge", "short")
    with pytest.raises(UsageError, match="did you mean 'baghdad-2021'"):
        load("bagdad-2021")
    with pytest.raises(UsageError, match="did you mean 'baghdad-2021'"):
        load("bagdad-2021:workshop")
    written(tmp_path, {"bridge.yaml": TEXT})
    with pytest.raises(UsageError, match=r"did you mean 'bridge\.yaml'"):
        load(tmp_path / "brigde.yaml")
    for odd in ("", ":", ":x", "no/such/folder", "x\0y", "a" * 5000 + "/b", "..:x"):
        with pytest.raises(UsageError):
            load(odd)


def test_shipped_scenarios() -> None:
    assert "baghdad-2021" in library.shipped()
    folder = library.folder_of("baghdad-2021")
    assert load(folder).digest == load("baghdad-2021").digest
    with pytest.raises(UsageError):
        library.folder_of("../scenarios/baghdad-2021")


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


def test_warnings_can_be_accepted_where_they_stand() -> None:
    plain = TEXT.replace('when: "in_force(pact)"', 'when: "turn > 0"')
    assert [f.code for f in load_texts({"scenario.yaml": plain}, "x", None).findings] == ["L702"]
    for remark, left in (("  # ok: L702", 0), ("  # as planned, ok: T601, L702", 0), ("  # ok: L701", 1)):
        line = next(line for line in plain.splitlines() if "turn > 0" in line)
        found = load_texts({"scenario.yaml": plain.replace(line, line + remark)}, "x", None).findings
        assert len(found) == left


def test_errors_leave_neither_scenario_nor_ruleset() -> None:
    loaded = load_texts({"scenario.yaml": TEXT.replace("start: 50", "start: x")}, "x", None)
    assert (loaded.scenario, loaded.ruleset, dict(loaded.notes)) == (None, None, {})
    with pytest.raises(ContentError):
        loaded.in_language("en")


def test_halves_of_characters_in_a_journal_do_no_harm() -> None:
    loaded = load_texts({"scenario.yaml": TEXT.replace("The bridge", "The \ud800")}, "x", None)
    assert [f.code for f in loaded.findings] == ["F104"]


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


CUT = [
    ("label: Trust\n", "label: Trust #1 now\n", True),
    ("analyst: A\n", "analyst: A # the elder\n", True),
    ("title: The bridge\n", "title: Bridge # ok: Y220\n", False),
    ("label: Trust\n", "label: 1984 # the year\n", False),
    ("label: Trust\n", "label: Trust  # two spaces\n", False),
    ("slots: 2\n", "slots: 2 # a remark\n", False),
    ("believes: hopeful", "believes: hopeful # a remark\n     ", False),
    ('chance: "0.1 + 0.002 * anger"', "chance: anger/100 # a remark", False),
]


@pytest.mark.parametrize(("old", "new", "found"), CUT)
def test_a_word_before_a_comment_is_doubted_where_a_text_is_expected(old: str, new: str, found: bool) -> None:
    assert old in TEXT
    findings = load_texts({"scenario.yaml": TEXT.replace(old, new, 1)}, "x", None).findings
    assert [(f.code, f.severity) for f in findings] == ([("Y220", "warning")] if found else [])
    assert all(f.place.text[f.place.column - 1] == "#" for f in findings)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("text/ar.yaml", "title: x\npolicies: {talk: {label: كلام #1 الآن\n}}\n"),
        ("readings/hopeful.yaml", "leaves_out:\n  - Rain #2 and snow\n"),
        ("variants/short.yaml", "roles: {town: {brief: Calm #1\n}}\n"),
        ("costs.yaml", "riots:\n  label: Riots #3\n"),
    ],
)
def test_words_that_are_cut_off_are_found_in_every_file(path: str, text: str) -> None:
    found = load_texts({**sections(), path: text}, "x", None).findings
    assert ("Y220", path) in {(f.code, f.place.file) for f in found}
