"""Which dates does a turn cover, and in which turn does a date fall?"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from game.scenario.schema import Scenario

Step: TypeAlias = Literal["day", "week", "half-month", "month", "year"]

_DAY = timedelta(days=1)
_MIDDLE = 15
"""Last day of a month's first half."""


@dataclass(frozen=True)
class Calendar:
    """A scenario's turns laid on dates.

    A turn of half a month ends on the 15th or with the month, a turn of a month with the month, a turn of a
    year with the year; where the game begins in between, its first step is a stub. A week has seven days from
    the start on.

    Attributes:
        start: The first day of turn 1.
        step: What turns are made of.
        turns: How many there are.
        steps: How many steps make a turn.
    """

    start: date
    step: Step
    turns: int
    steps: int = 1

    @cached_property
    def _lasts(self) -> tuple[date, ...]:
        lasts: list[date] = []
        first = self.start
        for _turn in range(self.turns):
            last = self._last_day(first)
            lasts.append(last)
            if last == date.max:
                break
            first = last + _DAY
        return tuple(lasts)

    def _last_day(self, first: date) -> date:
        """Return the last day of the turn that begins on a day."""
        last = _last_day(first, self.step)
        for _further in range(1, self.steps):
            if last == date.max:
                break
            last = _last_day(last + _DAY, self.step)
        return last

    @property
    def end(self) -> date:
        """The last day of the last turn."""
        return self._lasts[-1]

    def dates_of(self, turn: int) -> tuple[date, date]:
        """Return the first and last day of a turn, from 1.

        Raises:
            IndexError: There is no such turn.
        """
        if not 1 <= turn <= len(self._lasts):
            raise IndexError(turn)
        first = self.start if turn == 1 else self._lasts[turn - 2] + _DAY
        return first, self._lasts[turn - 1]

    def turn_of(self, day: date) -> int | None:
        """Return the turn in which a day falls, from 1; None outside the calendar."""
        if day < self.start:
            return None
        return next((turn for turn, last in enumerate(self._lasts, start=1) if day <= last), None)


def calendar_of(scenario: "Scenario") -> Calendar:
    """Return a scenario's calendar."""
    said = scenario.calendar
    return _calendar(said.start, said.step, said.turns, said.steps)


@lru_cache(maxsize=64)
def _calendar(start: date, step: Step, turns: int, steps: int) -> Calendar:
    return Calendar(start, step, turns, steps)


def _last_day(first: date, step: Step) -> date:
    """Return the last day of a step; `date.max` where the calendar itself ends."""
    try:
        if step == "day":
            return first
        if step == "week":
            return first + 6 * _DAY
        if step == "half-month" and first.day <= _MIDDLE:
            return first.replace(day=_MIDDLE)
        if step == "year":
            return first.replace(month=12, day=31)
        return (first.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
    except OverflowError:
        return date.max
