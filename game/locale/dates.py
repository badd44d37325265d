"""How are days, and stretches of time, written in the current language?"""

from datetime import date
from typing import Final

from game.locale.catalogue import _, language, list_of

_MONTHS: Final = {"ar": "ar_IQ"}
"""Whose names of months a language uses, where it is not its own default."""


_UNITS: Final = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def lasting(seconds: float) -> str:
    """Return how long something lasts in words, to the second: `2 minutes and 30 seconds`; at least a second."""
    from babel.units import format_unit

    left, parts = max(1, round(seconds)), []
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(format_unit(count, f"duration-{unit}", locale=language()))
    return list_of(parts)


def day(at: date, pattern: str = "d MMMM y") -> str:
    """Return a day in words, by a pattern of Unicode's."""
    from babel.dates import format_date

    return format_date(at, pattern, locale=_MONTHS.get(language(), language()))


def period(written: str) -> str:
    """Return a day, month or year in words that is written as 2021-07-29, 2021-07 or 2021."""
    parts = [int(part) for part in written.split("-")]
    patterns = ("y", "MMMM y", "d MMMM y")
    return day(date(*[*parts, 1, 1][:3]), patterns[len(parts) - 1])


def dates_written(first: str, last: str | None) -> str:
    """Return a stretch of time in words whose ends are written as `period` reads them; without an end, its start."""
    if last is None:
        return period(first)
    if len(first) == len(last) == len("2021-07-29"):
        return dates(date.fromisoformat(first), date.fromisoformat(last))
    return _("{first} to {last}").format(first=period(first), last=period(last))


def dates(first: date, last: date) -> str:
    """Return a stretch of days in words, the shortest way."""
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _years(first, last)
    if first.year != last.year:
        start = day(first)
    elif first.month != last.month:
        start = day(first, "d MMMM")
    else:
        start = day(first, "d")
    return _("{first} to {last}").format(first=start, last=day(last))


def _years(first: date, last: date) -> str:
    """Return whole years in words."""
    if first.year == last.year:
        return day(first, "y")
    return _("{first} to {last}").format(first=day(first, "y"), last=day(last, "y"))
