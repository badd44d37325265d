"""Does the transcript of a game name what happened and why, with figures that add up?"""

import re
from collections.abc import Iterable

import pytest

from game.engine.bound import pure
from game.play.demo import demo
from game.scenario.loading import Loaded, load_texts
from game.terminal.transcript import transcript
from tests.scenario.smallest import FILES

NUMBER = re.compile(r"[+−]?\d+\.\d")


@pytest.fixture(scope="module")
def lines(baghdad: Loaded) -> list[str]:
    assert baghdad.ruleset is not None
    return list(transcript(baghdad, demo(baghdad.ruleset, 7, pure(baghdad.ruleset, 1))))


def value(text: str) -> float:
    return float(text.replace("−", "-"))


def ledgers(lines: Iterable[str]) -> list[tuple[float, list[float]]]:
    """Return the change of every indicator told of, and the points of its causes."""
    found: list[tuple[float, list[float]]] = []
    for line in lines:
        head = re.fullmatch(r"- .*: from (\S+) to (\S+), (\S+)", line)
        if head:
            found.append((value(head[3]), []))
            assert value(head[2]) - value(head[1]) == pytest.approx(value(head[3]), abs=0.11)
        elif line.startswith("   ") and NUMBER.match(line.strip()):
            found[-1][1].append(value(line.split()[0]))
    return found


def test_every_turn_names_its_dates_orders_events_and_changes(lines: list[str], baghdad: Loaded) -> None:
    assert baghdad.ruleset is not None
    assert baghdad.scenario is not None
    turns = "\n".join(lines).split("\nTurn ")[1:]
    assert len(turns) == baghdad.ruleset.turns
    for turn in turns:
        for role in baghdad.scenario.roles.values():
            assert f"- {role.label}: " in turn
        assert "What happened:" in turn
        assert "What moved, and why:" in turn


def test_the_figures_add_up_as_shown(lines: list[str]) -> None:
    told = ledgers(lines)
    assert len(told) > 10
    for change, parts in told:
        assert parts
        assert sum(parts) == pytest.approx(change, abs=1e-6)


def test_the_end_tells_outcome_roles_and_costs(lines: list[str], baghdad: Loaded) -> None:
    assert baghdad.scenario is not None
    text = "\n".join(lines).partition("The game is over: ")[2]
    assert any(text.startswith(outcome.title) for outcome in baghdad.scenario.outcomes.values())
    assert "What it cost, whoever gains by it:" in text


def test_costs_are_told_of_only_where_there_are_some() -> None:
    loaded = load_texts(FILES, "bridge", None)
    assert loaded.ruleset is not None
    text = "\n".join(transcript(loaded, demo(loaded.ruleset, 7, pure(loaded.ruleset, 1))))
    assert "What each role reached:" in text
    assert "What it cost" not in text


def test_citations_are_shown(lines: list[str]) -> None:
    assert any("paragraph" in line for line in lines)


def test_the_world_is_named(lines: list[str], baghdad: Loaded) -> None:
    assert baghdad.scenario is not None
    assert list(baghdad.scenario.readings.values())[1].analyst in lines[1]
