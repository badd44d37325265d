"""Do translations follow renamed ids, and lose only what the scenario no longer has?"""

from pathlib import Path

import pytest

from game.base.errors import ContentError
from game.scenario.authoring.opened import opened
from game.scenario.authoring.tidying import tidy
from game.scenario.library import shipped
from game.scenario.loading import load
from tests.scenario.authoring.scenarios import begun, changeable
from tests.scenario.authoring.test_translation import BRIDGE
from tests.scenario.folders import written

ARABIC = """\
title: "الجسر"
# Stays.
roles:
  city: {label: "البلدة", brief: "الهدوء"}
policies:
  talk:
    label: "كلام"
    effects:
      anger: "غضب"   # moves
  walk:
    label: "مشي"
    about: >-
      خطوة

      أخرى
always: {old: "قديم", trust: "الزمن يبلي", older: "أقدم"}
readings:
  a: {claims: {gone: {says: "ذهب"}}}
  b: {label: "آخر"}
variants:
  short: {title: "قصير"}
"""
TIDY = """\
title: "الجسر"
# Stays.
roles:
  town: {label: "البلدة", brief: "الهدوء"}
policies:
  talk:
    label: "كلام"
    effects:
      trust: "غضب"   # moves
always: {trust: "الزمن يبلي"}
readings:
  a: {claims: {x: {says: "ذهب"}}}
  b: {label: "آخر"}
"""


def test_texts_move_with_a_renamed_id_and_others_go(tmp_path: Path) -> None:
    folder = written(tmp_path / "x", {"scenario.yaml": BRIDGE, "text/ar.yaml": ARABIC})
    files, moved = tidy(changeable(folder))
    assert files == [folder / "text" / "ar.yaml"]
    text = (folder / "text" / "ar.yaml").read_text(encoding="utf-8")
    assert text == TIDY
    told = {item.path: item.now or item.text for item in moved}
    assert told == {
        "roles/city": "town",
        "policies/talk/effects/anger": "trust",
        "policies/walk/label": "مشي",
        "policies/walk/about": "خطوة\nأخرى",
        "always/old": "قديم",
        "always/older": "أقدم",
        "readings/a/claims/gone": "x",
        "variants/short/title": "قصير",
    }
    loaded = load(folder)
    assert not [item for item in loaded.findings if item.severity == "error"]
    assert loaded.in_language("ar").roles["town"].label == "البلدة"
    assert tidy(changeable(folder)) == ([], [])


def test_other_errors_come_first(tmp_path: Path) -> None:
    broken = BRIDGE.replace("start: 50", "strat: 50")
    folder = written(tmp_path / "x", {"scenario.yaml": broken, "text/ar.yaml": ARABIC})
    with pytest.raises(ContentError, match="strat"):
        tidy(changeable(folder))
    assert (folder / "text" / "ar.yaml").read_text(encoding="utf-8") == ARABIC


@pytest.mark.parametrize("name", shipped())
def test_a_tidy_translation_stays_as_it_is(name: str) -> None:
    assert tidy(opened(name)) == ([], [])


def test_a_renamed_claim_of_a_new_scenario_is_followed(tmp_path: Path) -> None:
    folder = begun(tmp_path / "x")
    path = folder / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("insisting_is_idle", "nobody_listens"), encoding="utf-8")
    _files, moved = tidy(changeable(folder))
    assert [(item.path, item.now) for item in moved] == [
        ("readings/talking/claims/insisting_is_idle", "nobody_listens")
    ]
    assert list(load(folder).findings) == []
