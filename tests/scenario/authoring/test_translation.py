"""Do texts get out to a sheet and back into the right lines, and nothing else?"""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.base.errors import ContentError, UsageError
from game.scenario.authoring.adding import add
from game.scenario.authoring.opened import opened
from game.scenario.authoring.sheets import Row, read_sheet, sheet
from game.scenario.authoring.starting import Name, Plan
from game.scenario.authoring.text_tree import lines_of, pairs, tree_of
from game.scenario.authoring.translation import coverage, coverage_in, rows_of, take, texts_of
from game.scenario.loading import load
from tests.scenario.authoring.scenarios import begun, changeable
from tests.scenario.folders import written

BRIDGE = """\
format: 1
title: "The bridge"
leaves_out: ["One", "Two"]
calendar: {start: 2030-01-07, step: week, turns: 3}
indicators: {trust: {label: "Trust", start: 50}}
always:
  - {change: trust, by: -0.5, why: "Time wears"}
  - {change: trust, by: "0.01 * trust", id: self, why: "Trust feeds itself"}
roles:
  town: {label: "Town", brief: "Keep calm.", objectives: {calm: {label: "Calm", of: trust, from: 20, to: 60}}}
policies:
  talk: {role: town, label: "Talk", effects: [{change: trust, by: 3, why: "=Words"}]}
outcomes: {done: {title: "Done", text: "So it was."}}
readings:
  a: {analyst: "Ada Ida", label: "First", claims: {x: {says: "Words work."}}}
  b:
    analyst: "Bo Berg"
    label: "Other"
    claims: {y: {says: "They do not.", scale: [{of: talk, change: trust, times: 0}]}}
"""
ARABIC = """\
# Kept as it is.
title: 'الجسر'   # a comment
always: {trust: "الزمن يبلي"}
policies:
  talk: {label: "كلام"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "bridge", {"scenario.yaml": BRIDGE, "text/ar.yaml": ARABIC})


def rows(**texts: str) -> list[Row]:
    return [Row(at, name, "", text) for at, (name, text) in enumerate(texts.items(), start=2)]


def test_every_text_has_a_name_of_its_own(folder: Path) -> None:
    names = ["/".join(pair.path) for pair in texts_of(opened(str(folder)), "ar")]
    assert names[:4] == ["title", "leaves_out/1", "leaves_out/2", "indicators/trust/label"]
    assert names[4:7] == ["always/trust", "always/self", "roles/town/label"]
    assert "roles/town/objectives/calm" in names
    assert "policies/talk/effects/trust" in names
    assert "readings/a/claims/x/says" in names
    assert len(set(names)) == len(names)


def test_coverage_counts_texts(folder: Path) -> None:
    (found,) = coverage(opened(str(folder)))
    assert (found.language, found.texts, found.translated, found.missing, found.same) == ("ar", 19, 3, 16, 0)
    assert coverage_in(opened(str(folder)), "fr").missing == 19


def test_an_import_changes_the_lines_that_it_must(folder: Path) -> None:
    wanted = {
        "title": "جسر آخر",
        "always/self": "الثقة تغذي نفسها",
        "policies/talk/effects/trust": "كلمات",
        "policies/talk/label": "كلام",
        "roles/town/label": "البلدة",
        "leaves_out/2": "اثنان",
        "readings/b/claims/y/says": "لا تنفع.",
    }
    done = take(changeable(folder), "ar", rows(**wanted))
    assert (done.taken, done.unknown) == (6, [])
    assert (
        (folder / "text" / "ar.yaml").read_text(encoding="utf-8")
        == """\
# Kept as it is.
title: "جسر آخر"   # a comment
leaves_out:
  - "One"
  - "اثنان"
always: {trust: "الزمن يبلي", self: "الثقة تغذي نفسها"}
roles:
  town:
    label: "البلدة"
policies:
  talk: {label: "كلام", effects: {trust: "كلمات"}}
readings:
  b:
    claims:
      y:
        says: "لا تنفع."
"""
    )
    assert not [item for item in load(folder).findings if item.severity == "error"]
    assert load(folder).in_language("ar").always[1].why == "الثقة تغذي نفسها"


def test_a_first_import_writes_the_file(folder: Path) -> None:
    take(changeable(folder), "fr", rows(**{"title": "Le pont", "policies/talk/label": "Parler"}))
    text = (folder / "text" / "fr.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: ")
    assert load(folder).in_language("fr").title == "Le pont"


@pytest.mark.parametrize("name", ["baghdad-2021", "tutorial", "template"])
def test_a_whole_translation_survives_the_way_through_a_sheet(name: str, tmp_path: Path) -> None:
    source = opened(name)
    texts = {path: text for path, text in source.texts.items() if path != "text/ar.yaml"}
    copy = written(tmp_path / name, texts)
    content = sheet("en", "ar", rows_of(source, "ar"))
    take(changeable(copy), "ar", read_sheet("x", content, "en", "ar"))
    here = [load(copy), *(load(f"{copy}:{variant}") for variant in source.loaded.variants)]
    there = [load(name), *(load(f"{name}:{variant}") for variant in source.loaded.variants)]
    for one, other in zip(here, there, strict=True):
        assert one.in_language("ar") == other.in_language("ar")


def test_a_translation_is_put_together_again_from_any_part_of_it(tmp_path: Path) -> None:
    source = opened("template")
    root = source.merged.root
    whole = {pair.path: pair.translation for pair in pairs(root, source.merged.translations["ar"].root)}
    for step in (2, 3, 5):
        part = dict(list(whole.items())[::step])
        tree = tree_of(root, part)
        assert isinstance(tree, dict)
        files = {
            "scenario.yaml": source.texts["scenario.yaml"],
            "text/ar.yaml": "\n".join(lines_of(tree)) + "\n",
        }
        copy = written(tmp_path / str(step), files)
        take(changeable(copy), "ar", rows(**{"/".join(path): text for path, text in whole.items()}))
        assert load(copy).in_language("ar") == load("template").in_language("ar")


def test_sheets_are_safe_and_whole() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "'=1", "'", "a'b", 'say "no", or\nnot', "العربية", "\u200fكلمة"]
    content = sheet("en", "ar", [Row(2, f"t/{at}", text, text) for at, text in enumerate(texts)])
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [row[1] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]
    assert not [cell for cell in cells if cell[0] in "=+-@\t\r"]
    assert [row.other for row in read_sheet("x", content, "en", "ar")] == texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sheets_come_back_as_spreadsheets_save_them(encoding: str, delimiter: str) -> None:
    lines = ["id,en,ar", 'title,The bridge,"الجسر"', ",,", "a/b,No text yet", "c,d,e,,"]
    content = "\r\n".join(lines).replace(",", delimiter).encode(encoding)
    found = read_sheet("x", content, "en", "ar")
    assert [(row.id, row.other) for row in found] == [("title", "الجسر"), ("a/b", ""), ("c", "e")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "first row must be id,en,ar"),
        (b"PK\x03\x04\x00\x00", "first row must be id,en,ar"),
        (b"name,en,ar\n", "first row must be id,en,ar"),
        (b"id,en,fr\n", "language 'fr', not 'ar'"),
        ("id,en,ar\ntitle,A,الجسر\n".encode("cp1256"), "CSV UTF-8"),
        (b"id,en,ar\ntitle,a,b,c\n", "row 2 has 4 cells"),
        (b"id,en,ar\ntitle\n", "row 2 has 1 cells"),
        (b'id,en,ar\ntitle,"a"b,c\n', "x:2: this row is damaged"),
        (b'id,en,ar\ntitle,a,"b\n', "this row is damaged"),
        (b"id,en,ar\nt,a,b\nt,a,c\n", "row 3 repeats 't' of row 2"),
        ("id,en,ar\nt,a,b\u202e\n".encode(), "U+202E"),
        ("id,en,ar\nt,a,b\ufffd\n".encode(), "U+FFFD"),
        (b"id,en,ar\nt,a,b\x00\n", "x"),
    ],
)
def test_a_damaged_or_foreign_sheet_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_sheet("x", content, "en", "ar")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: f"id,en,ar\n{text}".encode("utf-8", "replace")),
    )
)
def test_whatever_a_sheet_contains_it_is_read_or_refused(content: bytes) -> None:
    with suppress(ContentError):
        read_sheet("x", content, "en", "ar")


def test_a_sheet_of_another_scenario_is_refused_and_changes_nothing(folder: Path) -> None:
    with pytest.raises(ContentError, match="another scenario"):
        take(changeable(folder), "ar", rows(**{"policies/walk/label": "مشي"}))
    assert (folder / "text" / "ar.yaml").read_text(encoding="utf-8") == ARABIC


def test_rows_that_no_longer_fit_are_told(folder: Path) -> None:
    found = [Row(2, "title", "The old bridge", "الجسر القديم"), Row(3, "policies/walk/label", "Walk", "مشي")]
    done = take(changeable(folder), "ar", found)
    assert done.taken == 1
    assert done.unknown == found[1:]
    assert done.outdated == found[:1]


@pytest.mark.parametrize("language", ["en", "EN", "arabic", "", "../ar"])
def test_a_language_that_makes_no_sense_is_refused(language: str, folder: Path) -> None:
    with pytest.raises(UsageError):
        rows_of(opened(str(folder)), language)


def test_a_single_file_has_no_room_for_translations(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(BRIDGE, encoding="utf-8")
    with pytest.raises(ContentError, match="folder"):
        take(opened(str(tmp_path / "one.yaml"), to_change=True), "ar", rows(title="الجسر"))


def test_shipped_scenarios_are_not_changed(folder: Path) -> None:
    with pytest.raises(UsageError, match="--from baghdad-2021"):
        opened("baghdad-2021", to_change=True)
    with pytest.raises(UsageError, match="variant"):
        opened(f"{folder}:x")


def test_a_new_scenario_is_translated_throughout(tmp_path: Path) -> None:
    (found,) = coverage(opened(str(begun(tmp_path / "new"))))
    assert (found.missing, found.same, found.left) == (0, 0, 0)


def test_what_new_wrote_to_be_replaced_is_counted_and_left_open_in_sheets(tmp_path: Path) -> None:
    folder = begun(tmp_path / "new", Plan("new", roles=(Name("Mayor"), Name("Farmers", "المزارعون"))))
    add(changeable(folder), "policy", None)
    path = folder / "scenario.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Insist in public', '"Insist on air'), encoding="utf-8"
    )
    scenario = opened(str(folder))
    open_rows = {row.id for row in rows_of(scenario, "ar") if not row.other}
    assert {"roles/mayor/label", "policies/new_policy/label", "policies/mayor_insists/about"} <= open_rows
    assert "roles/farmers/label" not in open_rows
    assert coverage_in(scenario, "ar").left == len(open_rows)
