"""Colours: what an author gives is drawn, can be told apart and can be seen."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play.local_seat import LocalSeat
from game.play.table import Table
from game.play.texts import texts_of
from game.scenario.colours import (
    BLOCS,
    FOR_TEXT,
    GROUNDS,
    NAMED,
    READINGS,
    contrast,
    darkened,
    drawn,
    hex_of,
    least_contrast,
)
from game.scenario.findings import Finding
from game.scenario.loading import load, load_texts
from tests.scenario.found import marked
from tests.scenario.tiny import TEXT, examined


def findings(changes: Mapping[str, str]) -> list[Finding]:
    return sorted(examined(changes).findings, key=lambda finding: finding.order)


def of_readings(first: str, second: str) -> dict[str, str]:
    return {
        "    analyst: A\n": f"    analyst: A\n    colour: {first}\n",
        "    analyst: B\n": f"    analyst: B\n    colour: {second}\n",
    }


def of_blocs(first: str, second: str) -> dict[str, str]:
    return {
        "{label: Townsfolk, ": f"{{label: Townsfolk, colour: {first}, ",
        "{label: Rebels, ": f"{{label: Rebels, colour: {second}, ",
    }


def test_contrast_is_what_others_measure() -> None:
    """Source: WCAG 2.2, technique G18; #767676 on white is its well-known border case of 4.54."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("changes", [of_readings, of_blocs])
@pytest.mark.parametrize("second", ["teal", '"#00785d"'])
def test_two_of_one_colour_are_an_error(changes: Callable[[str, str], dict[str, str]], second: str) -> None:
    assert findings(changes("teal", "blue")) == []
    [finding] = findings(changes("teal", second))
    assert (finding.code, marked(finding), finding.severity) == ("R515", second, "error")
    assert finding.see is not None


def test_letters_need_more_contrast_than_areas() -> None:
    grey = '"#808080"'
    assert 3.0 < least_contrast("#808080") < 4.5
    assert findings(of_blocs(grey, "blue")) == []
    [finding] = findings(of_readings(grey, "blue"))
    assert (finding.code, marked(finding)) == ("R519", grey)


def test_what_is_offered_instead_of_a_pale_colour_is_taken() -> None:
    [finding] = findings(of_readings('"#FFD700"', "blue"))
    assert "1.2" in finding.message
    assert "4.5" in finding.message
    assert findings(of_readings(finding.fix[-9:], "blue")) == []


def test_a_colour_that_yaml_takes_for_a_comment_is_told() -> None:
    text = TEXT.replace("    analyst: A\n", "    analyst: A\n    colour: #0A4F96\n")
    [finding] = load_texts({"scenario.yaml": text}, "bridge", None).findings
    assert (finding.code, finding.severity) == ("S402", "error")
    assert "in quotes" in finding.fix


@given(st.integers(0, 0xFFFFFF), st.sampled_from([3.0, 4.5]))
def test_every_colour_has_a_darker_one_that_is_seen(value: int, least: float) -> None:
    colour = f"#{value:06X}"
    found = darkened(colour, least)
    assert least_contrast(found) >= least
    assert (found == colour) == (least_contrast(colour) >= least)


def test_named_colours_are_readable_and_differ() -> None:
    assert all(contrast(colour, ground) >= FOR_TEXT for colour in NAMED.values() for ground in GROUNDS)
    assert len(set(NAMED.values())) == len(NAMED)


def test_a_text_that_is_no_colour_is_never_drawn() -> None:
    with pytest.raises(ValueError, match="url"):
        hex_of("#123456; background: url(x)")


_GIVEN = st.lists(st.none() | st.sampled_from(list(NAMED)) | st.just("#123abc"), max_size=6)


@given(_GIVEN)
def test_who_is_given_none_never_has_an_others_colour(given_colours: list[str | None]) -> None:
    found = drawn(given_colours, READINGS)
    own = [hex_of(colour) for colour in given_colours if colour is not None]
    assert [shown for shown, colour in zip(found, given_colours, strict=True) if colour is not None] == own
    others = [shown for shown, colour in zip(found, given_colours, strict=True) if colour is None]
    assert len(set(others)) == len(others)
    assert not set(others) & set(own)


def test_without_colours_places_decide() -> None:
    assert drawn([None] * 8, READINGS) == (*READINGS, *READINGS[:2])
    assert drawn([None, "orange", None], READINGS) == (READINGS[0], NAMED["orange"], READINGS[2])
    assert drawn([None] * 8, BLOCS) == BLOCS


def test_the_shipped_scenario_is_drawn_as_its_files_say() -> None:
    loaded = load("baghdad-2021")
    names = {"al_azzawi": "blue", "al_basri": "orange", "al_baydar": "teal"}
    texts = texts_of(loaded, loaded.compiled, "en")
    assert dict(zip(loaded.compiled.readings, texts.reading_colours, strict=True)) == {
        name: NAMED[colour] for name, colour in names.items()
    }


def test_a_view_tells_what_is_drawn(tmp_path: Path) -> None:
    text = TEXT
    for old, new in {**of_readings('"#7a1f5c"', "green"), **of_blocs("rose", '"#123456"')}.items():
        text = text.replace(old, new)
    loaded = load_texts({"scenario.yaml": text}, "bridge", None)
    table = Table.start(loaded, ["town"], tmp_path / "game.jsonl", seed=1)
    view = LocalSeat(table, "town").view("en")
    table.close()
    assert [reading.colour for reading in view.readings] == ["#7A1F5C", NAMED["green"]]
    assert [bloc.colour for bloc in view.blocs] == [NAMED["rose"], "#123456"]
