"""How does anyone - window, page, terminal or bot - take part in a game?

Every front end sits at this same table, so a rule, a permission or a secret is written once.
"""

from typing import Final, Protocol

from game.play.forecast import FUTURES
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.scores import Scores
from game.play.views import EvidenceView, Explanation, ForecastView, TruthView, View

PARTICIPANT: Final = "player"
"""Who predicts at a seat with one person."""


class Seat(Protocol):
    """A role's place in a game."""

    def view(self, lang: str) -> View:
        """Return what the seat shows now, in a language; texts that lack it fall back to the scenario's."""
        ...

    def draft(self, order: Order, lang: str = "en") -> Ack | Refused:
        """Keep an order that is still being made, replacing the one before; it must be legal."""
        ...

    def confirm(self, order: Order, lang: str = "en") -> Ack | Refused:
        """Hand in the order for this turn; acknowledged once it is safely kept, final from then on."""
        ...

    def wait(self, since: int, lang: str) -> View:
        """Return the view as soon as a turn later than `since` is due, or at once if it is."""
        ...

    def predict(self, participant: str, prediction: Prediction, lang: str = "en") -> Ack | Refused:
        """Keep a participant's prediction for this turn, replacing the one before."""
        ...

    def predicted(self, participant: str) -> Prediction | None:
        """Return what a participant of this seat predicted for this turn, None if nothing."""
        ...

    def evidence(self, lang: str) -> EvidenceView | Refused:
        """Return which reading what the seat has seen speaks for; refused where the game keeps it back."""
        ...

    def explain(self, indicator: str, since: int, until: int, lang: str) -> Explanation | Refused:
        """Return how each reading would explain an indicator's change over turns already resolved."""
        ...

    def forecast(self, order: Order, lang: str, futures: int = FUTURES) -> ForecastView | Refused:
        """Return what each reading leads the seat to expect, if it made this order, from so many futures each."""
        ...

    def end(self, lang: str) -> Ack | Refused:
        """End the game for all seats after the turns played so far: the truth opens."""
        ...

    def scores(self, lang: str) -> Scores | Refused:
        """Return this seat's predictions, scored; refused while the game runs."""
        ...

    def truth(self, indicator: str, turn: int, lang: str) -> TruthView | Refused:
        """Return the true ledger of a turn; refused while the game runs."""
        ...
