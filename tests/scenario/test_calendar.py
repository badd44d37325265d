"""Turns laid on dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.calendar import Calendar, Step

BAGHDAD = Calendar(date(2021, 7, 29), "half-month", 11)


@pytest.mark.parametrize(
    ("turn", "first", "last"),
    [
        (1, date(2021, 7, 29), date(2021, 7, 31)),
        (2, date(2021, 8, 1), date(2021, 8, 15)),
        (3, date(2021, 8, 16), date(2021, 8, 31)),
        (11, date(2021, 12, 16), date(2021, 12, 31)),
    ],
)
def test_half_months_begin_with_a_stub(turn: int, first: date, last: date) -> None:
    assert BAGHDAD.dates_of(turn) == (first, last)


def test_named_dates_fall_into_turns() -> None:
    assert BAGHDAD.turn_of(date(2021, 10, 10)) == 6
    assert BAGHDAD.turn_of(date(2021, 12, 31)) == 11
    assert BAGHDAD.turn_of(date(2021, 7, 28)) is None
    assert BAGHDAD.turn_of(date(2022, 1, 1)) is None
    assert BAGHDAD.end == date(2021, 12, 31)


def test_months_begin_with_a_stub() -> None:
    monthly = Calendar(date(2021, 7, 29), "month", 6)
    assert monthly.turn_of(date(2021, 10, 10)) == 4
    assert monthly.dates_of(6) == (date(2021, 12, 1), date(2021, 12, 31))


def test_a_year_ends_with_the_year_and_begins_with_a_stub() -> None:
    yearly = Calendar(date(2031, 3, 10), "year", 3)
    assert yearly.dates_of(1) == (date(2031, 3, 10), date(2031, 12, 31))
    assert yearly.dates_of(3) == (date(2033, 1, 1), date(2033, 12, 31))


def test_several_steps_make_a_turn() -> None:
    quarters = Calendar(date(2031, 1, 1), "month", 4, 3)
    assert quarters.dates_of(2) == (date(2031, 4, 1), date(2031, 6, 30))
    assert quarters.end == date(2031, 12, 31)
    assert Calendar(date(2031, 1, 1), "day", 2, 10).dates_of(2) == (date(2031, 1, 11), date(2031, 1, 20))


def test_there_is_no_turn_0_or_12() -> None:
    with pytest.raises(IndexError):
        BAGHDAD.dates_of(0)
    with pytest.raises(IndexError):
        BAGHDAD.dates_of(12)


def test_the_calendar_ends_with_the_year_9999() -> None:
    for step in ("week", "half-month", "month", "year"):
        calendar = Calendar(date(9999, 12, 30), step, 5)
        assert calendar.end == date.max
        assert calendar.turn_of(date.max) == 1
        assert Calendar(date(9999, 12, 30), step, 5, 100).end == date.max


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.sampled_from(["day", "week", "half-month", "month", "year"]),
    st.integers(1, 40),
    st.integers(1, 4),
)
def test_turns_cover_the_days_without_gap(start: date, step: Step, turns: int, steps: int) -> None:
    calendar = Calendar(start, step, turns, steps)
    day = start
    for turn in range(1, turns + 1):
        first, last = calendar.dates_of(turn)
        assert first == day <= last
        assert calendar.turn_of(first) == calendar.turn_of(last) == turn
        day = last + timedelta(days=1)
    assert calendar.turn_of(day) is None
