"""How does a person here take part in a game there? A seat like any other; the host keeps the game."""

import time
from typing import Final

from pydantic import RootModel

from game.base.errors import ContentError
from game.locale import _, language, list_of
from game.play.forecast import FUTURES
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.scores import Scores
from game.play.views import EvidenceView, Explanation, ForecastView, TruthView, View
from game.remote.client import Client, LostError
from game.session.api import Joined, Link, Message, Pin, Rooms, RoomStatus, SeatStatus
from game.session.saying import words_of

_LOOK_EACH: Final = 1.0
"""Seconds between looks whether the turn is over, where the host cannot tell."""

_MOST_SENT: Final = 4000
"""Letters of a message that are sent at most; a host takes fewer, and says so."""

_PATIENCE: Final = 5.0
_REST: Final = 0.3


class _Talk(RootModel[tuple[Message, ...]]):
    """What `GET /api/messages` answers."""


def join(client: Client, code: str, nickname: str, lang: str, pin: str = "") -> Refused | None:
    """Come in; the client is that participant from then on. Return why not, if not.

    Args:
        client: Who asks.
        code: The session's code.
        nickname: What the others read.
        lang: Language to speak.
        pin: Four digits in place of a nickname, for whoever is in already.
    """
    found = client.post("/join", {"code": code, "nickname": nickname, "pin": pin}, Joined, lang=lang)
    if isinstance(found, Refused):
        return found
    client.token = found.token
    return None


def sits(client: Client, lang: str) -> bool:
    """Return whether the client's participant has a seat already."""
    return isinstance(client.get("/view", View, lang=lang), View)


def rooms(client: Client, lang: str) -> Rooms | Refused:
    """Return the rooms and seats to choose from."""
    return client.get("/rooms", Rooms, lang=lang)


def who_plays(seat: SeatStatus) -> str:
    """Return who plays a seat that one may take, in words: the nicknames of people, or that a bot or nobody does."""
    who = [*seat.holders, *({"bot": [_("bot")], "caretaker": [_("caretaker")]}.get(seat.held, []))]
    return list_of(who) if who else _("nobody yet")


def claim(client: Client, room: int, role: str, lang: str) -> Refused | None:
    """Take a place on a seat; return why not, if not."""
    found = client.post("/claim", {"room": room, "role": role}, Ack, lang=lang)
    return found if isinstance(found, Refused) else None


def _known(found: RoomStatus | Refused) -> RoomStatus:
    if isinstance(found, Refused):
        raise ContentError(found.reason)
    return found


def is_due(view: View, since: int) -> bool:
    """Return whether a seat that has handed in its order of a turn has something to do again."""
    return view.phase == "over" or (view.phase == "deciding" and view.turn != since)


def is_past(view: View, status: RoomStatus) -> bool:
    """Return whether there is something else to see than a view shows: another turn, or the end."""
    is_over = status.phase in ("over", "debrief")
    return is_over != (view.phase == "over") or (not is_over and status.turn != view.turn)


class RemoteSeat:
    """One role's seat at a table on another machine; see `game.play.seat.Seat`."""

    def __init__(self, client: Client) -> None:
        """Sit down on the seat that the client's participant has taken."""
        self.client = client
        self._role, self._lang = "", language()
        self._said: set[tuple[str, str, str, str | None]] = set()
        self._unanswered: dict[tuple[str, str, str | None], str] = {}

    def status(self) -> RoomStatus:
        """Return how the room stands.

        Raises:
            ContentError: The host knows this participant no more.
        """
        return _known(self.client.get("/status", RoomStatus, lang=self._lang))

    def is_played_by_people(self, role: str) -> bool:
        """Return whether people play this seat, not a bot or caretaker in their place.

        Raises:
            ContentError: The host knows this participant no more.
        """
        return any(seat.held == "people" for seat in self.status().seats if seat.role == role)

    def glance(self) -> RoomStatus:
        """Return how the room stands, asked once and not for long.

        Raises:
            ContentError: The host knows this participant no more.
            LostError: The host does not answer.
        """
        return _known(self.client.glance("/status", RoomStatus, lang=self._lang))

    def messages(self) -> tuple[Message, ...]:
        """Return what this seat has said and heard, asked once and not for long.

        Raises:
            ContentError: The host knows this participant no more.
            LostError: The host does not answer.
        """
        found = self.client.glance("/messages", _Talk, lang=self._lang)
        if isinstance(found, Refused):
            raise ContentError(found.reason)
        return found.root

    def say(self, to: str, text: str, offer: str | None = None, lang: str = "en") -> Ack | Refused:
        """Say something to a role, `all`, `press` or `facilitator`, perhaps offering an agreement by its id.

        What is said anew because the host did not answer counts once.

        Raises:
            LostError: The host does not answer.
        """
        self._said.add((self._role, to, words_of(text), offer))
        key = self._unanswered.setdefault((to, text, offer), self.client.key())
        body = {"to": to, "text": text[:_MOST_SENT], "offer": offer, "key": key}
        answer = self.client.post("/say", body, Ack, lang=lang)
        del self._unanswered[to, text, offer]
        return answer

    def has_said(self, item: Message) -> bool:
        """Return whether a message is one that was said here, not by another person of this seat."""
        return (item.sender, item.to, item.text, item.offer) in self._said

    def view(self, lang: str) -> View:
        """Return what the seat shows now; a busy host is given some seconds to work out its estimates.

        Raises:
            ContentError: The host knows this participant no more.
        """
        until = time.monotonic() + _PATIENCE
        while True:
            found = self.client.get("/view", View, lang=lang)
            if isinstance(found, Refused):
                raise ContentError(found.reason)
            self._role, self._lang = found.role, lang
            if found.settled or time.monotonic() > until:
                return found
            time.sleep(_REST)

    def wait(self, since: int, lang: str) -> View:
        """Return the view as soon as this seat has something to do in another turn, or the game is over.

        The host tells when; where its socket cannot open, it is asked now and then.

        Raises:
            ContentError: The host knows this participant no more.
        """
        while True:
            for view in self.client.views(lang):
                if is_due(view, since):
                    return view if view.settled else self.view(lang)
            if self.status().phase != "lobby":
                view = self.view(lang)
                if is_due(view, since):
                    return view
            time.sleep(_LOOK_EACH)

    def draft(self, order: Order, lang: str = "en") -> Ack | Refused:
        """Keep an order that is still being made."""
        return self._hand_in("draft", order, lang)

    def confirm(self, order: Order, lang: str = "en") -> Ack | Refused:
        """Hand in the order for this turn."""
        return self._hand_in("confirm", order, lang)

    def _hand_in(self, what: str, order: Order, lang: str) -> Ack | Refused:
        return self.client.hand_in(what, {"order": order.model_dump(mode="json")}, Ack, lang)

    def predict(self, participant: str, prediction: Prediction, lang: str = "en") -> Ack | Refused:
        """Keep this participant's prediction for this turn; who that is, the host knows."""
        del participant
        return self.client.hand_in("predict", {"prediction": prediction.model_dump(mode="json")}, Ack, lang)

    def predicted(self, participant: str) -> Prediction | None:
        """Return what this participant predicted for this turn, None if nothing."""
        del participant
        found = self.client.get("/predicted", Prediction)
        return None if isinstance(found, Refused) or not (found.readings or found.questions) else found

    def evidence(self, lang: str) -> EvidenceView | Refused:
        """Return which reading what the seat has seen speaks for."""
        return self.client.get("/evidence", EvidenceView, lang=lang)

    def explain(self, indicator: str, since: int, until: int, lang: str) -> Explanation | Refused:
        """Return how each reading would explain an indicator's change over resolved turns."""
        return self.client.get(f"/explain/{indicator}", Explanation, since=since, until=until, lang=lang)

    def forecast(self, order: Order, lang: str, futures: int = FUTURES) -> ForecastView | Refused:
        """Return what each reading leads the seat to expect; how finely, the host decides."""
        del futures
        return self.client.post(
            "/forecast", {"order": order.model_dump(mode="json")}, ForecastView, lang=lang
        )

    def end(self, lang: str) -> Ack | Refused:
        """Refuse: in a group session only the facilitator ends a game."""
        del lang
        return Refused(code="not_yours", reason=_("This is the facilitator's to do."))

    def has_gone_on(self, view: View) -> bool:
        """Return whether there is something else to see than a view of this seat shows: another turn, or the end.

        A host that does not answer at once has not gone on.

        Raises:
            ContentError: The host knows this participant no more.
        """
        try:
            status = self.glance()
        except LostError:
            return False
        return is_past(view, status)

    def left(self) -> float | None:
        """Return the seconds left for the turn; None without a limit, or if the host does not answer at once.

        Raises:
            ContentError: The host knows this participant no more.
        """
        try:
            return self.glance().left
        except LostError:
            return None

    def debrief(self, lang: str) -> str | Refused:
        """Return the address of this room's debrief, once the facilitator has opened it; it opens nothing else."""
        found = self.client.post("/debrief", {}, Link, lang=lang)
        return found if isinstance(found, Refused) else self.client.address + found.path

    def pin(self, lang: str) -> str | Refused:
        """Return four digits that let another device of this participant in for five minutes, once."""
        found = self.client.post("/pin", {}, Pin, lang=lang)
        return found if isinstance(found, Refused) else found.digits

    def scores(self, lang: str) -> Scores | Refused:
        """Return this seat's predictions, scored."""
        return self.client.get("/scores", Scores, lang=lang)

    def truth(self, indicator: str, turn: int, lang: str) -> TruthView | Refused:
        """Return the true ledger of a turn, once the game is over."""
        return self.client.get(f"/truth/{indicator}", TruthView, turn=turn, lang=lang)
