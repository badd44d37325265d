"""How fast is a seat's view written as JSON, beside the way through its model? Run with --benchmark-enable."""

import json

import pytest

from game.engine.bound import pure
from game.play.table import Table
from game.play.viewing import Viewer
from game.play.views import View, json_of


@pytest.fixture(scope="module")
def parts(baghdad, tmp_path_factory):
    """What a seat shows after six turns of bots."""
    save = tmp_path_factory.mktemp("game") / "game.jsonl"
    table = Table.start(baghdad, (), save, seed=1, world=pure(baghdad.ruleset, 0))
    for _turn in range(6):
        table.resolve()
    return Viewer(table, "government").parts("en")


def test_a_view_as_json(benchmark, parts):
    benchmark.group = "a view as JSON"
    assert json.loads(benchmark(json_of, parts))["turn"] == 7


def test_a_view_as_json_by_its_model(benchmark, parts):
    benchmark.group = "a view as JSON"
    told = benchmark(lambda: View.model_validate(parts).model_dump_json())
    assert json.loads(told) == json.loads(json_of(parts))
