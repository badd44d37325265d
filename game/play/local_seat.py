"""How does a person take part in a game in this process? A seat at a table here."""

from typing import Final

from game.base.errors import UsageError
from game.locale import _, speak
from game.play.accounts import explanation, forecast_view, truth
from game.play.forecast import FUTURES
from game.play.orders import Ack, Order, Prediction, Refused, acknowledged
from game.play.reasons import refusal
from game.play.scores import Scores, scores_of
from game.play.table import Table
from game.play.testimony import evidence_view
from game.play.texts import Texts, texts_of
from game.play.viewing import Viewer
from game.play.views import EvidenceView, Explanation, ForecastView, TruthView, View
from game.scenario.names import indicator_of, role_of

_SUM_ERROR: Final = 0.01
"""By how much probabilities may miss 1 in sum: people round."""


class LocalSeat:
    """One role's seat at a table in this process; see `game.play.seat.Seat`."""

    def __init__(self, table: Table, role: str) -> None:
        """Sit down.

        Raises:
            UsageError: The scenario has no such role.
        """
        self.table = table
        self.role = role
        self._at = role_of(table.ruleset, role)

    def view(self, lang: str) -> View:
        """Return what the seat shows now."""
        with speak(lang):
            return Viewer(self.table, self.role).view(lang)

    def wait(self, since: int, lang: str) -> View:
        """Return the view at once: in one process a turn is over as soon as the last order is in."""
        del since
        return self.view(lang)

    def draft(self, order: Order, lang: str = "en") -> Ack | Refused:
        """Keep an order that is still being made."""
        with speak(lang):
            refused = self._refusal(order)
            if refused is None:
                self.table.keep_draft(self.role, order)
            return refused or acknowledged(order.turn)

    def confirm(self, order: Order, lang: str = "en") -> Ack | Refused:
        """Hand in the order for this turn."""
        with speak(lang):
            refused = self._refusal(order)
            if refused is None:
                self.table.take_order(self.role, order)
            return refused or acknowledged(order.turn)

    def predict(self, participant: str, prediction: Prediction, lang: str = "en") -> Ack | Refused:
        """Keep a participant's prediction for this turn; others of the seat may have confirmed its order already."""
        with speak(lang):
            refused = self._untimely(prediction.turn)
            if refused is None:
                refused = self._improbable(participant, prediction)
            if refused is None:
                self.table.keep_prediction(self.role, participant, prediction)
            return refused or acknowledged(prediction.turn)

    def predicted(self, participant: str) -> Prediction | None:
        """Return what a participant of this seat predicted for this turn."""
        return self.table.predictions.get((self.table.game.turn, self.role, participant))

    def evidence(self, lang: str) -> EvidenceView | Refused:
        """Return which reading what the seat has seen speaks for."""
        with speak(lang):
            return self.withheld("evidence") or evidence_view(self.table.game, self._texts(), self._at)

    def explain(self, indicator: str, since: int, until: int, lang: str) -> Explanation | Refused:
        """Return how each reading would explain an indicator's change over resolved turns."""
        with speak(lang):
            at = indicator_of(self.table.ruleset, indicator)
            if not 1 <= since <= until <= len(self.table.game.steps):
                return Refused(code="wrong_turn", reason=_("These turns have not all been played."))
            return explanation(self.table.game, self._texts(), self._at, at, since, until)

    def forecast(self, order: Order, lang: str, futures: int = FUTURES) -> ForecastView | Refused:
        """Return what each reading leads the seat to expect, if it made this order, from so many futures each."""
        with speak(lang):
            refused = self._refusal(order)
            if refused is not None:
                return refused
            moves = [self.table.ruleset.move_at[self._at, name] for name in order.moves]
            return forecast_view(self.table.game, self._texts(), self._at, moves, futures)

    def end(self, lang: str) -> Ack | Refused:
        """End the game for all seats after the turns played so far: the truth opens."""
        with speak(lang):
            turn = self.table.game.turn
            if self.table.game.over:
                return Refused(code="over", reason=_("The game is over."))
            try:
                self.table.end()
            except UsageError as error:
                return Refused(code="wrong_turn", reason=str(error))
            return Ack(turn=turn)

    def scores(self, lang: str) -> Scores | Refused:
        """Return this seat's predictions, scored, once the game is over."""
        with speak(lang):
            return self.withheld("scores") or scores_of(self.table, self.role)

    def truth(self, indicator: str, turn: int, lang: str) -> TruthView | Refused:
        """Return the true ledger of a turn, once the game is over."""
        with speak(lang):
            at = indicator_of(self.table.ruleset, indicator)
            refused = self.withheld("truth")
            if refused is not None:
                return refused
            if not 1 <= turn <= len(self.table.game.steps):
                return Refused(code="wrong_turn", reason=_("These turns have not all been played."))
            return truth(self.table.game, self._texts(), at, turn)

    def withheld(self, what: str) -> Refused | None:
        """Return why something that can be asked is not told yet, None if it is; in the current language."""
        if self.table.game.over:
            return None
        match what:
            case "evidence" if not self.table.evidence_shown:
                reason = _("This game keeps the evidence back until it is over.")
            case "scores":
                reason = _("Predictions are scored when the game is over.")
            case "truth":
                reason = _("The true ledger opens when the game is over: it would give the reading away.")
            case _:
                return None
        return Refused(code="closed", reason=reason)

    def _texts(self) -> Texts:
        return texts_of(self.table.loaded, self.table.ruleset)

    def _untimely(self, turn: int) -> Refused | None:
        """Return why nothing can be handed in for a turn, None if it can."""
        table = self.table
        if table.game.over:
            return Refused(code="over", reason=_("The game is over."))
        if turn != table.game.turn:
            message = _("This is for turn {turn}, but turn {now} is due.")
            return Refused(code="wrong_turn", reason=message.format(turn=turn, now=table.game.turn))
        return None

    def _refusal(self, order: Order) -> Refused | None:
        refused = self._untimely(order.turn)
        if refused is None and self.role in self.table.confirmed:
            refused = Refused(code="confirmed", reason=_("The order for this turn is confirmed already."))
        return refused or refusal(self._texts(), self._at, self.table.game, order)

    def _improbable(self, participant: str, prediction: Prediction) -> Refused | None:
        if not prediction.readings and not prediction.questions:
            if self.predicted(participant) is not None:
                return None
            return Refused(code="malformed", reason=_("The prediction says nothing."))
        if set(prediction.readings) - set(self.table.ruleset.reading_at):
            return Refused(code="unknown", reason=_("A prediction names the scenario's readings only."))
        if set(prediction.questions) - {item.id for item in self.table.asked()}:
            return Refused(code="unknown", reason=_("This question is not asked in this turn."))
        values = [*prediction.readings.values(), *prediction.questions.values()]
        total = sum(prediction.readings.values())
        if any(not 0.0 <= value <= 1.0 for value in values) or (
            prediction.readings and abs(total - 1.0) > _SUM_ERROR
        ):
            reason = _("Probabilities go from 0 to 1, and those of the readings sum to 1.")
            return Refused(code="malformed", reason=reason)
        return None
