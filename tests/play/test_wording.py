"""Do numbers in words say what they stand for?"""

import pytest

from game.play.wording import clock, score_and_mark


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
