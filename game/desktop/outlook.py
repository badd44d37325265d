"""What do the accounts expect of a draft? Worked out while nothing else happens, before it is asked for.

First the draft as it is, from few futures; then every draft that is one card away from it, so that the next
card shows at once; then the draft as it is once more, from many futures.
"""

from typing import Final, TypeAlias

from game.base.errors import RivalReadingsError
from game.play.forecast import FUTURES
from game.play.orders import Order, Refused
from game.play.seat import Seat
from game.play.views import ForecastView, MoveView, View

_MANY: Final = 4 * FUTURES
_MOST_KEPT: Final = 200

_Key: TypeAlias = tuple[str, int, frozenset[str], str]


def toggled(view: View, move: MoveView) -> tuple[str, ...]:
    """Return the draft with a move put in or taken out; an answer replaces another."""
    if move.drafted:
        return tuple(name for name in view.draft if name != move.id)
    rivals = {
        option.id
        for decision in view.decisions
        if any(option.id == move.id for option in decision.options)
        for option in decision.options
    }
    return (*(name for name in view.draft if name not in rivals), move.id)


class Outlook:
    """Forecasts of one table's seats, by seat, turn, draft and language."""

    def __init__(self) -> None:
        self._known: dict[_Key, ForecastView] = {}
        self._fine: set[_Key] = set()

    def clear(self) -> None:
        """Forget everything: the scenario has changed."""
        self._known.clear()
        self._fine.clear()

    def of(self, view: View, lang: str) -> ForecastView | None:
        """Return what is expected of the view's draft, if it was worked out already."""
        return self._known.get(_key(view, view.draft, lang))

    def leaning(self, view: View, move: str, indicator: str) -> tuple[float, ...]:
        """Return what each account would have a policy add to an indicator, if that is known."""
        found = next((kept for key, kept in self._known.items() if key[:2] == (view.role, view.turn)), None)
        if found is None or move not in found.leanings:
            return ()
        return found.leanings[move].get(indicator, (0.0,) * len(found.readings))

    def work(self, seat: Seat, view: View, lang: str, *, ahead: bool = True) -> bool:
        """Work out the next thing that may be asked for; return whether the page must be drawn again.

        Args:
            seat: Who is asked.
            view: What the seat shows.
            lang: The language of the words.
            ahead: Whether drafts that nobody has made yet are looked at too.
        """
        if view.phase != "deciding":
            return False
        now = _key(view, view.draft, lang)
        if now not in self._known:
            return self._look(seat, view, view.draft, lang)
        if not ahead:
            return False
        for move in (*view.policies, *(option for item in view.decisions for option in item.options)):
            draft = toggled(view, move)
            if (move.available or move.drafted) and _key(view, draft, lang) not in self._known:
                self._look(seat, view, draft, lang)
                return False
        if now not in self._fine:
            self._fine.add(now)
            return self._look(seat, view, view.draft, lang, _MANY)
        return False

    def _look(
        self, seat: Seat, view: View, draft: tuple[str, ...], lang: str, futures: int = FUTURES
    ) -> bool:
        try:
            found = seat.forecast(Order(turn=view.turn, moves=draft), lang, futures)
        except RivalReadingsError:
            return False
        if isinstance(found, Refused):
            return False
        if len(self._known) > _MOST_KEPT:
            self.clear()
        self._known[_key(view, draft, lang)] = found
        return True


def _key(view: View, draft: tuple[str, ...], lang: str) -> _Key:
    return view.role, view.turn, frozenset(draft), lang
