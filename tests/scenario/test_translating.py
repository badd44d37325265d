"""Translations mirror the ids and give the texts; what they lack stays in the scenario's own language."""

import json
from typing import Any

import pytest

from game.scenario.findings import Finding
from game.scenario.loading import Loaded, load_texts
from game.scenario.nodes import read_text
from game.scenario.places import Node, Source
from game.scenario.schema import Scenario
from game.scenario.schema.walk import Hint, is_list, is_text, step
from game.scenario.translating import name_of, translated
from tests.scenario.tiny import TEXT

VARIANT = "title: The short bridge\ncosts: {spent: null}\nreadings: {hopeful: {label: More hope}}\n"
BASE = TEXT.replace('{of: "#soft", change: anger, by: -1}', '{of: "#soft", change: anger, by: -1, why: Calm}')


def with_arabic(text: str, base: str = BASE, variant: str | None = None) -> Loaded:
    files = {"scenario.yaml": base, "text/ar.yaml": text, "variants/short.yaml": VARIANT}
    return load_texts(files, "bridge", variant)


def errors(loaded: Loaded) -> list[Finding]:
    return [finding for finding in loaded.findings if finding.severity == "error"]


def missing(loaded: Loaded) -> list[str]:
    return [f.message.partition(": ")[2] for f in loaded.findings if f.code == "T601"]


SOME = """\
title: الجسر
always: {trust: الوقت}
indicators: {trust: {label: الثقة}}
roles: {town: {objectives: {calm: {label: الهدوء}}}}
events: {protest: {decision: {options: {wait: {label: انتظار}}}}}
readings:
  hopeful:
    claims:
      talk_works: {says: الكلام ينفع, effects: {"#soft>anger": هدوء}}
variants:
  short:
    title: الجسر القصير
"""


def test_texts_are_put_in_their_places_and_the_rest_stays() -> None:
    loaded = with_arabic(SOME)
    assert errors(loaded) == []
    arabic = loaded.in_language("ar")
    assert arabic.title == "الجسر"
    assert arabic.always[0].why == "الوقت"
    assert arabic.always[1].why is None
    assert arabic.indicators["trust"].label == "الثقة"
    assert arabic.indicators["anger"].label == "Anger"
    assert arabic.roles["town"].objectives["calm"].label == "الهدوء"
    decision = arabic.events["protest"].decision
    assert decision is not None
    assert decision.options["wait"].label == "انتظار"
    claim = arabic.readings["hopeful"].claims["talk_works"]
    assert (claim.says, claim.effects[0].why) == ("الكلام ينفع", "هدوء")


def test_all_but_texts_is_the_same_in_every_language() -> None:
    loaded = with_arabic(SOME)
    assert loaded.scenario is not None

    def without_texts(value: Any, hint: Hint) -> Any:
        if is_text(hint):
            return None
        if isinstance(value, dict):
            return {key: without_texts(item, step(hint, key)) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [without_texts(item, step(hint, at)) for at, item in enumerate(value)]
        return value

    own, arabic = (item.model_dump(by_alias=True) for item in (loaded.scenario, loaded.in_language("ar")))
    assert own != arabic
    assert without_texts(own, Scenario) == without_texts(arabic, Scenario)


def test_languages() -> None:
    loaded = with_arabic(SOME)
    assert loaded.languages == ("en", "ar")
    assert loaded.in_language("en") is loaded.scenario
    assert loaded.in_language("fr") is loaded.scenario
    assert loaded.in_language("ar") is loaded.in_language("ar")


def test_a_variant_has_texts_of_its_own() -> None:
    loaded = with_arabic(SOME, variant="short")
    assert errors(loaded) == []
    assert loaded.in_language("ar").title == "الجسر القصير"
    assert loaded.in_language("ar").readings["hopeful"].label == "More hope"


def test_what_is_missing_is_named_once() -> None:
    loaded = with_arabic(SOME)
    found = missing(loaded)
    assert "policies" in found
    assert "indicators.anger" in found
    assert "roles.town.label" in found
    assert "readings.hopeful.analyst" in found
    assert "readings.hopeful.claims.talk_works.says" not in found
    assert len(found) == len(set(found))


def test_a_whole_translation_lacks_nothing() -> None:
    root = with_arabic(SOME)
    assert root.scenario is not None

    def mirrored(node: Node, hint: Hint) -> Any:
        """Return a translation of all texts of a tree."""
        if is_text(hint):
            return f"ترجمة {node.content}"
        if is_list(hint):
            items = node.content if isinstance(node.content, list) else [node]
            texts = [mirrored(item, step(hint, at)) for at, item in enumerate(items)]
            names = [name_of(item.data()) if isinstance(item.content, dict) else "" for item in items]
            if any(names):
                return {name: text for name, text in zip(names, texts, strict=True) if text}
            return texts if any(texts) else None
        if isinstance(node.content, dict):
            inner = {key: mirrored(child, step(hint, key)) for key, child in node.content.items()}
            return {key: value for key, value in inner.items() if value} or None
        return None

    whole = mirrored(read_text(Source("x", BASE)).root, Scenario)
    loaded = with_arabic(json.dumps(whole, ensure_ascii=False))
    assert loaded.findings == ()
    assert loaded.in_language("ar").policies["march"].label == "ترجمة March"
    assert loaded.in_language("ar").always[0].why == "ترجمة Time wears"


MISTAKES = [
    ("titel: الجسر\n", "R501", 1, 1, "did you mean 'title'?"),
    ("indicators: {trst: {label: الثقة}}\n", "R501", 1, 14, "did you mean 'trust'?"),
    ("indicators: {trust: {about: الثقة}}\n", "R501", 1, 22, ""),
    ("indicators: {trust: {start: 40}}\n", "S401", 1, 22, "take it out"),
    ("calendar: {turns: 4}\n", "S401", 1, 1, "take it out"),
    ("indicators: {trust: {label: [الثقة]}}\n", "S403", 1, 22, ""),
    ("indicators: {trust: [الثقة]}\n", "S403", 1, 14, ""),
    ("indicators: الثقة\n", "S403", 1, 1, ""),
    ("always: {trust: الوقت, welth: x}\n", "R501", 1, 24, ""),
    ("always: [الوقت]\n", "S404", 1, 1, ""),
    ("outcomes: {storm: x}\n", "S403", 1, 12, ""),
    ("variants: {shrot: {title: x}}\n", "R501", 1, 12, "did you mean 'short'?"),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "fix"), MISTAKES)
def test_mistakes_in_a_translation(text: str, code: str, line: int, column: int, fix: str) -> None:
    [finding] = errors(with_arabic(text))
    place = finding.place
    assert (finding.code, place.file, place.line, place.column) == (code, "text/ar.yaml", line, column)
    assert not fix or finding.fix == fix


def test_mistakes_in_the_texts_of_a_variant() -> None:
    text = "variants: {short: {costs: {spent: {label: x}}, title: [x]}}\n"
    assert errors(with_arabic(text)) == []
    assert [f.code for f in errors(with_arabic(text, variant="short"))] == ["R501", "S403"]


def test_a_misspelt_key_is_one_finding() -> None:
    found = with_arabic("indicators: {trst: {label: الثقة}}\n")
    assert "indicators.trust" not in missing(found)


def test_empty_and_untranslated_texts_are_warnings() -> None:
    loaded = with_arabic('title: ""\nindicators: {trust: {label: Trust}, anger: {label: }}\n')
    assert [
        (f.code, f.place.line, f.place.column) for f in loaded.findings if f.code in ("T602", "T603")
    ] == [
        ("T602", 1, 1),
        ("T603", 2, 29),
        ("T602", 2, 45),
    ]
    assert loaded.in_language("ar").title == "The bridge"


def test_what_does_not_fit_is_left_out() -> None:
    data = {"title": "A", "leaves_out": ["x", "y"], "always": [{"change": "a", "why": "w"}]}
    for texts in ("x", [], {"title": {"a": "b"}}, {"leaves_out": ["z"]}, {"always": "w", "title": ["x"]}):
        assert translated(data, texts) == data
    assert translated(data, {"leaves_out": ["u", "v"], "always": ["t"]}) == {
        "title": "A",
        "leaves_out": ["u", "v"],
        "always": [{"change": "a", "why": "t"}],
    }


def test_a_mistake_in_the_scenario_is_none_in_its_translation() -> None:
    for old, new in (
        ("    label: Trust\n", "    lable: Trust\n"),
        ("    label: Trust\n", "    label: a: b\n"),
    ):
        assert len(errors(with_arabic(SOME, BASE.replace(old, new)))) == 1
    both = with_arabic(
        SOME.replace("title: الجسر\n", "title: [الجسر]\n", 1), BASE.replace("start: 50", "start: x")
    )
    assert [finding.code for finding in both.findings] == ["S403", "S403"]
