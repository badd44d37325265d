"""Does a new scenario pass every check, whatever it is asked to be?"""

from pathlib import Path

import pytest

from game.base.errors import UsageError
from game.play.claims import prove
from game.play.demo import demo
from game.play.naming import world_named
from game.scenario.authoring.copying import copy_of
from game.scenario.authoring.opened import opened
from game.scenario.authoring.rendering import STARTERS, starter_texts
from game.scenario.authoring.starting import (
    FEWEST_TURNS,
    MOST_INDICATORS,
    MOST_ROLES,
    MOST_TURNS,
    Name,
    Plan,
    files_of,
    ids_for,
    names_in,
)
from game.scenario.library import shipped
from game.scenario.loading import load, load_texts
from tests.scenario.authoring.scenarios import begun
from tests.scenario.folders import written

MANY = tuple(Name(f"Side no. {n}", f"طرف {n}") for n in range(MOST_ROLES))
COUNTED = tuple(Name(f"Thing {n}") for n in range(MOST_INDICATORS))
GAPS = ("{n}", "{label}", "{role}", "{name}", "{first}", "{second}", "{more}", "{folder}")
PLANS = [
    Plan("x"),
    Plan("x", language="ar"),
    Plan("x", turns=FEWEST_TURNS),
    Plan("x", turns=MOST_TURNS),
    Plan("a b", title=Name('The "bridge": 1 # 2', "الجسر"), roles=MANY, indicators=COUNTED, turns=9),
    Plan(
        "x", language="ar", title=Name("الجسر"), roles=names_in("العمدة، المزارعون"), indicators=COUNTED[:3]
    ),
]


@pytest.mark.parametrize("plan", PLANS, ids=range(len(PLANS)))
def test_it_passes_every_check_and_can_be_played(plan: Plan) -> None:
    loaded = load_texts(files_of(plan), "x", None)
    assert list(loaded.findings) == []
    assert [proof for proof in prove(loaded) if not proof.holds or proof.finding is not None] == []
    assert set(loaded.languages) == set(STARTERS)
    assert loaded.ruleset is not None
    if plan.turns < MOST_TURNS:
        assert demo(loaded.ruleset, 1, world_named(loaded.ruleset, "insisting", 1)).over


def test_names_and_texts_arrive_in_both_languages(tmp_path: Path) -> None:
    plan = Plan("x", title=Name("The bridge", "الجسر"), roles=names_in("Mayor=العمدة, Farmers"))
    loaded = load(begun(tmp_path / "x", plan))
    english, arabic = loaded.in_language("en"), loaded.in_language("ar")
    assert (english.title, arabic.title) == ("The bridge", "الجسر")
    assert [role.label for role in english.roles.values()] == ["Mayor", "Farmers"]
    assert [role.label for role in arabic.roles.values()] == ["العمدة", "Farmers (بالعربية)"]
    assert list(english.roles) == ["mayor", "farmers"]


def test_ids_are_made_of_latin_letters_only() -> None:
    names = names_in("The Mayor's Office, العمدة, Café, turn, 3 wise men, café")
    assert ids_for(names, "role") == ["the_mayor_s_office", "role_2", "cafe", "role_4", "role_5", "role_6"]


@pytest.mark.parametrize(
    "plan",
    [
        Plan("x", language="fr"),
        Plan("x", turns=FEWEST_TURNS - 1),
        Plan("x", turns=MOST_TURNS + 1),
        Plan("x", roles=MANY[:1]),
        Plan("x", roles=(*MANY, Name("One more"))),
        Plan("x", indicators=COUNTED[:1]),
        Plan("x", roles=(Name("A"), Name("A"))),
    ],
)
def test_what_cannot_be_made_is_refused(plan: Plan) -> None:
    with pytest.raises(UsageError):
        files_of(plan)


def test_every_language_has_every_text_with_its_gaps() -> None:
    first, *others = (starter_texts(language) for language in STARTERS)
    for other in others:
        assert list(other) == list(first)
        for key, text in first.items():
            assert [gap in text for gap in GAPS] == [gap in other[key] for gap in GAPS], key


@pytest.mark.parametrize("name", shipped())
def test_a_copy_of_a_shipped_scenario_is_the_same_scenario(name: str, tmp_path: Path) -> None:
    files = {path: content.decode("utf-8") for path, content in copy_of(opened(name)).items()}
    copy = load(written(tmp_path / "copy", files))
    assert copy.scenario == load(name).scenario
    assert all(text.startswith("# yaml-language-server: ") for text in files.values())
