"""Every shipped scenario, whole and in each variant: nothing to find fault with, in English and in Arabic."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from game.locale import LANGUAGES
from game.scenario.library import shipped
from game.scenario.loading import Loaded, load
from game.scenario.schema import Scenario
from game.scenario.schema.walk import Hint, is_text, step

BRIEF_WORDS = 200
HEADLINE_LETTERS = 110
ABBREVIATION = re.compile(r"[A-Z0-9][A-Z0-9 .&/-]{0,9}")
DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


@cache
def loaded_as(spec: str) -> Loaded:
    return load(spec)


def specs() -> list[str]:
    names = shipped()
    return [*names, *(f"{name}:{variant}" for name in names for variant in loaded_as(name).variants)]


def texts(data: Any, hint: Hint = Scenario, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a scenario that a translation gives, with its path."""
    if is_text(hint) and isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, step(hint, key), f"{path}.{key}" if path else key)
    elif isinstance(data, list | tuple):
        for at, value in enumerate(data):
            yield from texts(value, step(hint, at), f"{path}.{at}")


@cache
def texts_of(spec: str, lang: str) -> dict[str, str]:
    scenario = loaded_as(spec).in_language(lang)
    return dict(texts(scenario.model_dump(by_alias=True, exclude_none=True)))


def headlines(scenario: Scenario) -> Iterator[str]:
    """Yield what is read as a headline; where an author gives none, the label is."""
    for policy in scenario.policies.values():
        yield policy.headline or policy.label
    for event in scenario.events.values():
        yield event.headline or event.label
        if event.decision is not None:
            yield from (option.headline or option.label for option in event.decision.options.values())
    for agreement in scenario.agreements.values():
        yield agreement.headline or agreement.label


def test_scenarios_are_shipped() -> None:
    assert {"baghdad-2021", "baghdad-2021:workshop", "template", "tutorial"} <= set(specs())


@pytest.mark.parametrize("spec", specs())
def test_nothing_is_found(spec: str) -> None:
    assert [finding.message for finding in loaded_as(spec).findings] == []


@pytest.mark.parametrize("spec", specs())
def test_it_speaks_all_languages(spec: str) -> None:
    assert set(LANGUAGES) <= set(loaded_as(spec).languages)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spec", specs())
def test_briefs_can_be_read_aloud(spec: str, lang: str) -> None:
    roles = loaded_as(spec).in_language(lang).roles
    assert {name: n for name, role in roles.items() if (n := len(role.brief.split())) >= BRIEF_WORDS} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spec", specs())
def test_headlines_are_short(spec: str, lang: str) -> None:
    lines = headlines(loaded_as(spec).in_language(lang))
    assert [line for line in lines if len(line) > HEADLINE_LETTERS] == []


@pytest.mark.parametrize("spec", specs())
def test_no_text_is_the_same_in_two_languages(spec: str) -> None:
    english, arabic = texts_of(spec, "en"), texts_of(spec, "ar")
    same = {path: text for path, text in english.items() if arabic[path] == text}
    assert {path: text for path, text in same.items() if not ABBREVIATION.fullmatch(text)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spec", specs())
def test_texts_are_plain(spec: str, lang: str) -> None:
    found = texts_of(spec, lang)
    assert len(found) > 50
    assert {path: text for path, text in found.items() if DIRECTION_MARKS.search(text)} == {}
    assert {path: text for path, text in found.items() if text != text.strip()} == {}
