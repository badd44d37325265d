"""Do numbers in words say what they stand for?"""

import numpy as np
import pytest

from game.play.table import Table
from game.play.viewing import Viewer
from game.play.wording import clock, score_and_mark
from game.scenario.loading import load


@pytest.mark.parametrize(
    ("score", "mark", "digits", "told"),
    [
        (0.484, 0.62, 0, ("48", "62")),
        (0.618, 0.62, 0, ("61.8", "62.0")),
        (0.6199, 0.62, 0, ("61.99", "62.00")),
        (0.6199, 0.62, 1, ("61.99", "62.00")),
        (0.62, 0.62, 0, ("62", "62")),
        (0.623, 0.62, 0, ("62", "62")),
        (0.62 - 1e-12, 0.62, 0, ("62.0000", "62.0000")),
    ],
)
def test_a_score_below_its_mark_does_not_read_as_if_it_had_reached_it(score, mark, digits, told):
    assert score_and_mark(score, mark, digits) == told


@pytest.mark.parametrize(("seconds", "told"), [(0.0, "0:00"), (65.9, "1:05"), (600.0, "10:00")])
def test_a_clock(seconds, told):
    assert clock(seconds) == told


@pytest.mark.parametrize(
    ("change", "trend"), [(0.03, "unclear"), (-0.03, "unclear"), (0.3, "up"), (-0.3, "down")]
)
def test_a_change_that_is_written_as_0_has_no_arrow(tmp_path, change, trend):
    tutorial = load("tutorial")
    table = Table.start(tutorial, list(tutorial.ruleset.role_at), tmp_path / "game.jsonl", seed=3)
    table.resolve()
    estimates = np.zeros((2, 2, len(tutorial.ruleset.indicators)))
    estimates[:, 0] = 50.0
    estimates[1, 0] += change
    view = Viewer(table, next(iter(tutorial.ruleset.role_at))).view("en", estimates)
    assert {item.trend for item in view.indicators if not item.hidden} == {trend}
