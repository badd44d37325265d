"""From files to a scenario: folders, single files, sections, shipped ids, what is found in their texts."""

from pathlib import Path

import pytest

from game.base.errors import ContentError, UsageError
from game.scenario import library
from game.scenario.loading import load, load_texts
from tests.scenario.folders import SHORT, sections, whole, written
from tests.scenario.found import places
from tests.scenario.tiny import TEXT


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


def test_an_empty_scenario_file_is_one_finding() -> None:
    for text in ("", "# nothing yet\n"):
        assert [f.code for f in load_texts({"scenario.yaml": text}, "x", None).findings] == ["F109"]
    assert {f.code for f in load_texts({"scenario.yaml": "{}"}, "x", None).findings} == {"S402"}


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
