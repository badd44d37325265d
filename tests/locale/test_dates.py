"""Are stretches of days said in words, the shortest way?"""

import pytest

from game.locale import speak
from game.locale.dates import dates_written, lasting


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2030-01-07", "2030-01-07", "7 January 2030"),
        ("2030-01-07", "2030-01-13", "7 to 13 January 2030"),
        ("2030-01-28", "2030-02-03", "28 January to 3 February 2030"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2031-01-01", "2032-12-31", "2031 to 2032"),
        ("2031-03-10", "2031-12-31", "10 March to 31 December 2031"),
        ("2030-11", "2031-02", "November 2030 to February 2031"),
        ("2030-11", None, "November 2030"),
    ],
)
def test_stretches(first, last, said):
    assert dates_written(first, last) == said


def test_in_arabic_words_stand_where_a_dash_would_turn_the_ends_round():
    with speak("ar"):
        assert dates_written("2031-01-01", "2032-12-31") == "من 2031 إلى 2032"
        assert "–" not in dates_written("2030-01-07", "2030-01-13")


@pytest.mark.parametrize(
    ("seconds", "english", "arabic"),
    [
        (58, "58 seconds", "58 ثانية"),
        (59.7, "1 minute", "دقيقة"),
        (60, "1 minute", "دقيقة"),
        (120, "2 minutes", "دقيقتان"),
        (150, "2 minutes and 30 seconds", "دقيقتان و30 ثانية"),
        (300, "5 minutes", "5 دقائق"),
        (660, "11 minutes", "11 دقيقة"),
        (5400, "1 hour and 30 minutes", "ساعة و30 دقيقة"),
        (7 * 86400, "7 days", "7 أيام"),
        (0.06, "1 second", "ثانية"),
    ],
)
def test_how_long_something_lasts(seconds, english, arabic):
    assert lasting(seconds) == english
    with speak("ar"):
        assert lasting(seconds) == arabic
