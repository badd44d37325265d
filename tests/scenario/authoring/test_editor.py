"""Does an editor with yaml-language-server explain, complete and validate scenario files?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.scenario.authoring.copying import copy_of
from game.scenario.authoring.editor_schema import modeline
from game.scenario.authoring.opened import opened
from game.scenario.authoring.own_schema import write_schema
from game.scenario.writing import write
from tests.scenario.authoring.language_server import HOW_TO_GET_IT, LanguageServer, command

pytestmark = pytest.mark.skipif(command() is None, reason=HOW_TO_GET_IT)

MINE = "mine.yaml"
"""A further file beside the scenario's own: the server keeps what it has seen of these."""
POLICIES = f"""\
{modeline("policies.yaml")}
test_balloon:
  role: government
  label: Test balloon
  csot: 2
  tags: [negotiate]
  effects:
    - {{change: combat_presense, by: 3}}
    - {{change: economy, by: 3}}
    - change: economy
      by: 2
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("editor") / "baghdad"
    for path, content in copy_of(opened("baghdad-2021")).items():
        write(place / path, content)
    write_schema(place)
    return place


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    with LanguageServer(folder) as found:
        yield found


@pytest.fixture(scope="module")
def found(server: LanguageServer) -> list[tuple[int, str]]:
    return server.complaints(MINE, POLICIES)


def test_it_has_nothing_against_a_scenario_without_mistakes(server: LanguageServer) -> None:
    files = (
        "scenario.yaml",
        "always.yaml",
        "policies.yaml",
        "map.yaml",
        "readings/al_basri.yaml",
        "text/ar.yaml",
    )
    assert {path: server.complaints(path) for path in files} == {path: [] for path in files}


def test_it_flags_a_misspelt_key_and_a_misspelt_id(found: list[tuple[int, str]]) -> None:
    assert [line for line, _message in found] == [8, 5]
    assert "combat_presence" in found[0][1]
    assert "csot" in found[1][1]


@pytest.mark.usefixtures("found")
def test_hovering_explains_a_key(server: LanguageServer) -> None:
    assert "Who can do it." in server.hover(MINE, 3, 4)
    assert "Points, or a formula" in server.hover(MINE, 11, 7)
    assert "Something that a role can do" in server.hover(MINE, 2, 3)


@pytest.mark.usefixtures("found")
def test_completion_offers_the_scenarios_own_ids(server: LanguageServer) -> None:
    indicators = server.offers(MINE, 10, 15)
    assert indicators["combat_presence"] == "US combat forces"
    assert len(indicators) == 25
    assert "Government of Mustafa al-Kadhimi" in server.offers(MINE, 3, 9).values()
    assert "cooldown" in server.offers(MINE, 5, 4)


def test_other_files_have_parts_of_their_own(server: LanguageServer) -> None:
    reading = f"{modeline('readings/new.yaml')}\nanalyst: A\nlabel: B\nclaims:\n  one:\n    says: C\n    "
    path = "readings/new.yaml"
    assert server.complaints(path, reading + "scale: [{of: us_rade, times: 2}]\n")[0][0] == 7
    assert "expect" in server.offers(path, 7, 5)
    arabic = f'{modeline("text/ar.yaml")}\npolicies:\n  technical_talks:\n    label: "..."\n    cost: 2\n'
    assert [line for line, _message in server.complaints("text/mine.yaml", arabic)] == [5]
    assert "Technical talks with Washington" in server.hover("text/mine.yaml", 4, 6)
    variant = f"{modeline('variants/short.yaml')}\npolicies: {{technical_talks: {{cost: 3}}, quiet_channel: null}}\n"
    assert server.complaints("variants/short.yaml", variant) == []
