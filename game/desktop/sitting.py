"""What does the window know of a game? Its table, the seat in front, and what was asked of it."""

from collections.abc import Mapping
from typing import Final

from game.desktop.outlook import Outlook, toggled
from game.play.live_edit import Edit, LiveEdit
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.seat import PARTICIPANT, Seat
from game.play.table import Table
from game.play.views import Explanation, ForecastView, MoveView, TruthView, View

_LOOK_EACH: Final = 1000


class Sitting:
    """The people of one window at a table.

    Attributes:
        table: The game; None where a host keeps it.
        role: The seat in front, by role id.
        view: What it shows now.
        chosen: The indicator that was chosen to look at, by id.
        pointed: The indicator that the pointer is over, by id; empty if none.
        past: Drafts of this turn before the present one.
    """

    def __init__(self, table: Table | None, lang: str, seats: Mapping[str, Seat] | None = None) -> None:
        """Sit down.

        Args:
            table: The game; None where a host keeps it.
            lang: The language to begin in.
            seats: Seats of the people at this window, by role id; those of the table if None.
        """
        self.table = table
        self.seats: dict[str, Seat] = dict(seats or {})
        if table is not None:
            self.seats = {role: LocalSeat(table, role) for role in table.people}
        self.lang = lang
        self.role = next(iter((table.missing() if table is not None else ()) or self.seats))
        self.past: list[tuple[str, ...]] = []
        self.pointed = ""
        self._outlook = Outlook()
        self._explained: dict[tuple[str, int, str, str], Explanation] = {}
        self.view: View = self.seat.view(lang)
        self.chosen = next((item.id for item in self.view.indicators if item.featured), "")
        self._live = LiveEdit(table) if table is not None else None
        self._looked = 0

    @property
    def over(self) -> bool:
        """Whether nothing can be ordered any more."""
        return self.view.phase == "over"

    @property
    def played(self) -> int:
        """How many turns have been resolved, as the view has it."""
        return self.view.turn if self.over else self.view.turn - 1

    @property
    def game_is_over(self) -> bool:
        """Whether the game itself is over; the view may not show it yet."""
        return self.table.game.over if self.table is not None else self.over

    def missing(self) -> tuple[str, ...]:
        """Return the roles at this window whose order is due, by id."""
        return self.table.missing() if self.table is not None else ()

    def moved_on(self, now: int) -> bool:
        """Return whether the turn was resolved without this window; `now` in milliseconds."""
        del now
        return False

    @property
    def unread(self) -> int | None:
        """How many messages were not read yet; None where there is nobody to write to."""
        return None

    @property
    def paused(self) -> bool:
        """Whether the game stands still until its facilitator lets it go on."""
        return False

    def time_left(self, now: int) -> str:
        """Return the time that is left for the turn, as a clock shows it; empty without a limit."""
        del now
        return ""

    def leave(self) -> None:
        """Leave the game; it is kept."""
        if self.table is not None:
            self.table.close()

    @property
    def seat(self) -> Seat:
        """The seat in front."""
        return self.seats[self.role]

    @property
    def looked_at(self) -> str:
        """The indicator that the page speaks of, by id."""
        return self.pointed or self.chosen

    def point(self, name: str) -> bool:
        """Look at the indicator that the pointer is over, if it is over one; return whether that is new."""
        kind, _colon, indicator = name.partition(":")
        found = indicator if kind in ("indicator", "change") else ""
        is_new = found != self.pointed
        self.pointed = found
        return is_new

    @property
    def shared(self) -> bool:
        """Whether several people take turns at this window."""
        return len(self.seats) > 1

    def sit(self, role: str) -> None:
        """Let another seat's person come to the front."""
        self.role = role
        self.past.clear()
        self.pointed = ""
        self.renew()
        self.chosen = next((item.id for item in self.view.indicators if item.featured), self.chosen)

    def renew(self) -> None:
        """Look at the seat again."""
        self.view = self.seat.view(self.lang)

    def speak(self, lang: str) -> None:
        """Go on in another language."""
        self.lang = lang
        self.renew()

    def edited(self, now: int) -> Edit | None:
        """Return what came of a file of the scenario that was saved since the last look, if any.

        Args:
            now: A time in milliseconds; files are looked at once a second.
        """
        if self._live is None or now - self._looked < _LOOK_EACH:
            return None
        self._looked = now
        found = self._live.look()
        if found is not None and found.taken:
            self._outlook.clear()
            self._explained.clear()
            self.past.clear()
            self.renew()
        return found

    def toggle(self, move: MoveView) -> str:
        """Put a move into the draft or take it out; an answer replaces another. Return why not, if not."""
        return self._draft(toggled(self.view, move), self.view.draft)

    def undo(self) -> str:
        """Take the last change of the draft back; return why not, if not."""
        return self._draft(self.past.pop(), None) if self.past else ""

    def _draft(self, moves: tuple[str, ...], before: tuple[str, ...] | None) -> str:
        found = self.seat.draft(Order(turn=self.view.turn, moves=moves), self.lang)
        if isinstance(found, Refused):
            return found.reason
        if before is not None:
            self.past.append(before)
        self.renew()
        return ""

    def confirm(self) -> str:
        """Hand the draft in; return why not, if not."""
        found = self.seat.confirm(Order(turn=self.view.turn, moves=self.view.draft), self.lang)
        self.past.clear()
        if isinstance(found, Refused):
            return found.reason
        self.renew()
        return ""

    def end(self) -> str:
        """End the game for all seats after the turns played so far; return why not, if not."""
        found = self.seat.end(self.lang)
        if isinstance(found, Refused):
            return found.reason
        self.renew()
        return ""

    def predict(self, prediction: Prediction) -> str:
        """Keep a prediction for this turn; return why not, if not."""
        found: Ack | Refused = self.seat.predict(PARTICIPANT, prediction, self.lang)
        return found.reason if isinstance(found, Refused) else ""

    def predicted(self) -> Prediction | None:
        """Return what was predicted for this turn."""
        return self.seat.predicted(PARTICIPANT)

    def explained(self, indicator: str) -> Explanation | None:
        """Return how each reading would explain the indicator's change in the turn before."""
        last = self.view.turn if self.view.phase == "over" else self.view.turn - 1
        if last < 1 or not indicator:
            return None
        key = self.role, last, indicator, self.lang
        if key not in self._explained:
            found = self.seat.explain(indicator, last, last, self.lang)
            if isinstance(found, Refused):
                return None
            self._explained[key] = found
        return self._explained[key]

    def truth(self, indicator: str) -> TruthView | None:
        """Return what really moved an indicator in the last turn, once the game is over."""
        if self.view.phase != "over":
            return None
        found = self.seat.truth(indicator, self.view.turn, self.lang)
        return None if isinstance(found, Refused) else found

    def forecast(self) -> ForecastView | None:
        """Return what each reading expects of the draft, if it was worked out already."""
        return self._outlook.of(self.view, self.lang)

    def leaning(self, move: str) -> tuple[float, ...]:
        """Return what each account would have a policy add to the indicator looked at, if that is known."""
        return self._outlook.leaning(self.view, move, self.looked_at)

    def look_ahead(self) -> bool:
        """Work out what may be asked for next; return whether the page must be drawn again."""
        return self._outlook.work(self.seat, self.view, self.lang)
