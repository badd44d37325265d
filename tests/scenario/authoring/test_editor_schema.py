"""Is the editor's schema right: valid, explained throughout, without false alarms, and does it know names?"""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from game.scenario.authoring.editor_schema import FILE, PARTS, editor_schema, modeline, part_for
from game.scenario.authoring.example import plain
from game.scenario.authoring.ids import ids_of
from game.scenario.authoring.opened import Opened, opened
from game.scenario.files import SECTIONS
from game.scenario.library import shipped
from game.scenario.nodes import read_text
from game.scenario.places import Source
from game.scenario.schema import Scenario

WORDS = st.sampled_from(
    [*sorted(Scenario.model_fields), "label", "tags", "claims", "decision", "options", "a", "x"]
)
WILD = st.recursive(
    st.one_of(st.none(), st.text(max_size=3), st.integers()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=20,
)


@cache
def general() -> dict[str, Any]:
    return editor_schema()


@cache
def scenario(name: str) -> Opened:
    return opened(name)


@cache
def own(name: str) -> dict[str, Any]:
    data = scenario(name).merged.root.data()
    return editor_schema(ids_of(data), data)


def complaints(schema: dict[str, Any], path: str, values: object) -> list[str]:
    part = part_for(path)
    whole = {"$ref": f"#/{PARTS}/{part}", PARTS: schema[PARTS]} if part else schema
    return [error.message for error in Draft202012Validator(whole).iter_errors(values)]


def values_of(text: str) -> object:
    return plain(read_text(Source("x", text)).root)


def test_it_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(general())
    Draft202012Validator.check_schema(own("tutorial"))


@pytest.mark.parametrize("name", shipped())
def test_it_finds_nothing_in_a_shipped_scenario(name: str) -> None:
    for path, tree in scenario(name).trees.items():
        for schema in (general(), own(name)):
            assert complaints(schema, path, plain(tree.root)) == [], path


def test_every_kind_and_key_is_explained() -> None:
    kinds = {"Scenario": general(), **general()[PARTS]}
    for name, kind in kinds.items():
        if name[0].isupper():
            assert kind["description"], name
            for key, field in kind["properties"].items():
                assert field["title"], (name, key)
                named = field.get("$ref", "").rpartition("/")[2]
                assert field.get("description") or kinds[named].get("description"), (name, key)


def test_examples_are_what_may_stand_there() -> None:
    told = 0
    for name, kind in general()[PARTS].items():
        for key, field in kind.get("properties", {}).items():
            for example in field.get("examples", ()):
                told += 1
                whole = {**field, PARTS: general()[PARTS]}
                assert Draft202012Validator(whole).is_valid(example), (name, key, example)
    assert told > 60


def test_every_file_has_a_part_and_a_modeline() -> None:
    assert modeline("scenario.yaml") == f"# yaml-language-server: $schema={FILE}"
    assert modeline("readings/a.yaml") == f"# yaml-language-server: $schema=../{FILE}#/$defs/Reading"
    for path in (
        *(f"{name}.yaml" for name in SECTIONS),
        "readings/a.yaml",
        "text/ar.yaml",
        "variants/b.yaml",
    ):
        assert part_for(path) in general()[PARTS], path
    assert part_for("notes.yaml") is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("policies.yaml", "talk: {role: government, label: Talk, csot: 2}"),
        ("policies.yaml", "Talk: {role: government, label: Talk}"),
        ("policies.yaml", "talk: {label: Talk}"),
        ("indicators.yaml", "trust: {label: Trust, start: high}"),
        ("indicators.yaml", "trust: {label: Trust, start: 5, soft: [1, 2, 3]}"),
        ("scenario.yaml", "format: 2\ntitle: A"),
        ("text/ar.yaml", "policies: {technical_talks: {cost: 2}}"),
        ("always.yaml", "a: 1"),
    ],
)
def test_it_flags_what_check_flags(path: str, text: str) -> None:
    assert complaints(general(), path, values_of(text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("policies.yaml", "talk: {role: goverment, label: Talk}"),
        ("policies.yaml", "talk: {role: government, label: T, effects: [{change: econmy, by: 1}]}"),
        ("policies.yaml", 'talk: {role: government, label: T, excludes: ["#atack"]}'),
        ("events.yaml", "e: {label: E, date: electoin}"),
        ("events.yaml", "e: {label: E, chance: 1, place: bagdad}"),
        ("readings/al_basri.yaml", "claims: {a: {says: B, scale: [{of: us_rade, times: 2}]}}"),
        (
            "readings/al_basri.yaml",
            "claims: {a: {says: B, expect: [{measure: economy, at: electoin, within: 1}]}}",
        ),
        (
            "readings/al_basri.yaml",
            "claims: {a: {says: B, expect: [{measure: 1, at: electoin+1, within: 1}]}}",
        ),
        ("readings/al_basri.yaml", "advice: {goverment: A}"),
        ("debrief.yaml", "a: {ask: B, claims: [al_basri.complementt]}"),
        ("text/ar.yaml", "policies: {technical_tallks: {label: A}}"),
    ],
)
def test_it_knows_the_scenarios_own_names(path: str, text: str) -> None:
    assert (
        not [one for one in complaints(general(), path, values_of(text)) if "required" not in one]
        or "text/" in path
    )
    assert complaints(own("baghdad-2021"), path, values_of(text))


def test_formulas_say_what_they_may_speak_of() -> None:
    by = own("tutorial")[PARTS]["Effect"]["properties"]["by"]["description"]
    assert "river" in by
    assert "in_force" not in by


def test_a_scenario_with_mistakes_gives_its_names_all_the_same() -> None:
    data = {"indicators": {"a": {"label": "A"}, "b": 5}, "policies": ["x"], "roles": None, "calendar": 7}
    ids = ids_of(data)
    assert ids.of["indicator"] == {"a": "A", "b": ""}
    assert "role" not in ids.of


@given(WILD)
def test_wild_values_do_no_harm(data: object) -> None:
    assert editor_schema(ids_of(data), data)["required"] == ["format", "title"]


@pytest.mark.parametrize("data", [None, "x", [], {}, {"policies": {"p": {"tags": {"a": 1}}}}])
def test_whatever_stands_in_the_files_there_is_a_schema(data: object) -> None:
    assert editor_schema(ids_of(data), data)["required"] == ["format", "title"]
