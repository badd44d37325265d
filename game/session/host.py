"""How does a group play on one host? The one way in for pages, windows, bots and tests; no transport in it.

Whoever serves calls these methods from any thread. Methods that end in `_soon` return a future at once; the
others wait for the disk. Nothing here reads the machine's clock but through the clock it was given.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any, TypeVar

from game.base.errors import UsageError
from game.locale import LANGUAGES, _, speak
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.scores import Scores, own_scores_of
from game.play.views import EvidenceView, Explanation, ForecastView, TruthView, View
from game.session import acting, dealing, exporting, joining, seeing, ticking
from game.session.api import (
    Act,
    Board,
    Comparison,
    Created,
    Joined,
    Message,
    Participant,
    Rooms,
    RoomStatus,
    SessionOverview,
)
from game.session.comparing import comparison_of
from game.session.keys import bad_key, key_of
from game.session.replicas import What
from game.session.room import Room
from game.session.session import KNOWN_ERRORS, Session, refused_for
from game.session.showing import board_of, in_language, overview_of, rooms_of, status_of
from game.session.stored import UnsavedError
from game.session.stream import Answer
from game.session.telling import Teller

_T = TypeVar("_T")


class Host(Teller):
    """Holds group sessions, for everybody who takes part in them."""

    # --- joining -----------------------------------------------------------------------------------------

    def join(self, code: str, nickname: str, lang: str = "en", origin: str = "") -> Joined | Refused:
        """Come in with a code; `origin` is where the asker is, for instance an address."""
        return self._let(lang, lambda: joining.join(self, code, nickname, _spoken(lang), origin))

    def leads_to(self, code: str, session: str) -> bool:
        """Return whether a code is that of a session; not for what somebody guesses, since no misses are counted."""
        return self.store.session_of(code) == session

    def claim(self, token: str, room: int, role: str, key: str | None = None) -> Answer:
        """Take a place on a seat, alone or beside others who hold it."""
        return self._answered(token, lambda lang: joining.claim(self, token, room, role, key, lang))

    def pin(self, token: str, lang: str = "en") -> str | Refused:
        """Return four digits that let another device of the same person in for five minutes."""
        return self._let(lang, lambda: joining.pin(self, token))

    def debrief_link(self, token: str, lang: str = "en") -> str | Refused:
        """Return a token for a link that opens the debrief of the asker's room, and nothing else, without a seat."""
        return self._let(lang, lambda: joining.reader(*self.placed(token)[1:]))

    def move(self, code: str, pin: str, origin: str = "", lang: str = "en") -> Joined | Refused:
        """Let another device in by a session's code and four digits."""
        return self._let(lang, lambda: joining.move(self, code, pin, origin, _spoken(lang)))

    def reissue(self, token: str, participant: str, lang: str = "en") -> Joined | Refused:
        """Give somebody a new token and end their older ones; the facilitator's to do."""

        def work() -> Joined | Refused:
            return joining.reissue(self, self.of_facilitator(token), participant, _spoken(lang))

        return self._let(lang, work)

    def resume(self, code: str, lang: str = "en") -> Created | Refused:
        """Facilitate a session that is kept; for whoever sits at the host's machine alone."""
        return self._let(lang, lambda: joining.resume(self, code))

    # --- playing -----------------------------------------------------------------------------------------

    def view(self, token: str, lang: str) -> View | Refused:
        """Return what a seat shows now."""
        with speak(_spoken(lang)):
            try:
                _who, session, room, role = self.seated(token)
                return seeing.view_of(self, session, room, role, lang)
            except KNOWN_ERRORS as error:
                return refused_for(error)

    def status(self, token: str, lang: str | None = None) -> RoomStatus | Refused:
        """Return how the asker's room stands, with the seats' labels in a language; None: in the scenario's own."""
        try:
            _who, session, room = self.placed(token)
            with room.looked_at():
                found = status_of(session, room, self.clock.now())
            return found if lang is None else in_language(found, room, _spoken(lang))
        except KNOWN_ERRORS as error:
            return refused_for(error)

    def rooms(self, token: str, lang: str) -> Rooms | Refused:
        """Return the rooms and seats of the asker's session, to choose a seat from."""

        def ask() -> Rooms | Refused:
            who = self.who(token)
            if who is None:
                return Refused(code="stranger", reason=self.why_unknown(token))
            return rooms_of(self.session(who.session), _spoken(lang), self.clock.now())

        return self._let(lang, ask)

    def board(self, token: str, lang: str, room: int | None = None) -> Board | Refused:
        """Return what the asker's whole room may see; facilitator and projector name a room."""
        with speak(_spoken(lang)):
            try:
                if self.who(token) is None or self.facilitates(token):
                    session = self.shown(token)
                    place = session.rooms[room or 1]
                else:
                    _who, session, place = self.placed(token)
                with place.looked_at():
                    return board_of(session, place, _spoken(lang), self.clock.now())
            except KNOWN_ERRORS as error:
                return refused_for(error)
            except KeyError:
                return Refused(code="unknown", reason=_("There is no such room."))

    def draft_soon(self, token: str, order: Order, key: str | None, lang: str = "en") -> "Future[Answer]":
        """Keep the seat's shared draft."""
        return self._soon(
            token, "draft", key, lang, lambda _who, _session, room, role: room.drafted(role, order, lang)
        )

    def draft(self, token: str, order: Order, key: str | None = None, lang: str = "en") -> Answer:
        """Keep the seat's shared draft."""
        return self.draft_soon(token, order, key, lang).result()

    def confirm_soon(self, token: str, order: Order, key: str | None, lang: str = "en") -> "Future[Answer]":
        """Hand in the seat's order; where several people sit, the second to confirm hands it in."""

        def work(who: Participant, session: Session, room: Room, role: str) -> Answer:
            second = session.needs_second(room.number, role, who.id)
            return room.confirmed(role, order, lang, by=who.id, second=second, seconds=session.seconds)

        return self._soon(token, "confirm", key, lang, work)

    def confirm(self, token: str, order: Order, key: str | None = None, lang: str = "en") -> Answer:
        """Hand in the seat's order."""
        return self.confirm_soon(token, order, key, lang).result()

    def predict_soon(
        self, token: str, prediction: Prediction, key: str | None, lang: str = "en"
    ) -> "Future[Answer]":
        """Keep the asker's own prediction."""
        return self._soon(
            token,
            "predict",
            key,
            lang,
            lambda who, _session, room, role: room.predicted(role, who.id, prediction, lang),
        )

    def predict(self, token: str, prediction: Prediction, key: str | None = None, lang: str = "en") -> Answer:
        """Keep the asker's own prediction."""
        return self.predict_soon(token, prediction, key, lang).result()

    def predicted(self, token: str) -> Prediction | None:
        """Return what the asker predicted for this turn."""
        try:
            who, _session, room, role = self.seated(token)
        except KNOWN_ERRORS:
            return None
        with room.lock:
            room.fresh()
            return LocalSeat(room.table, role).predicted(who.id)

    def send(
        self,
        token: str,
        to: str,
        text: str,
        key: str | None = None,
        offer: str | None = None,
        lang: str = "en",
    ) -> Answer:
        """Say something to a role or to `all`, perhaps offering an agreement; kept and exported."""
        return self._answered(
            token, lambda spoken: joining.say(self, token, to, text, key, offer, spoken), lang
        )

    def messages(self, token: str) -> tuple[Message, ...] | Refused:
        """Return what the asker has said and heard."""
        try:
            who, _session, room = self.placed(token)
        except KNOWN_ERRORS as error:
            return refused_for(error)
        with room.lock:
            room.fresh()
            return room.heard_by(who.role if who.post == "seat" else who.post)

    def said(self, token: str, room: int) -> tuple[Message, ...] | Refused:
        """Return everything that was said in a room, for the facilitator."""

        def ask() -> tuple[Message, ...] | Refused:
            place = self.of_facilitator(token).rooms.get(room)
            if place is None:
                return Refused(code="unknown", reason=_("There is no such room."))
            with place.lock:
                place.fresh()
                return tuple(place.messages)

        return self._let("en", ask)

    def evidence(self, token: str, lang: str) -> EvidenceView | Refused:
        """Return which reading what the seat has seen speaks for."""
        found: EvidenceView | Refused = self._asked(token, lang, "evidence", lang)
        return found

    def explain(self, token: str, indicator: str, since: int, until: int, lang: str) -> Explanation | Refused:
        """Return how each reading would explain an indicator's change."""
        found: Explanation | Refused = self._asked(token, lang, "explain", indicator, since, until, lang)
        return found

    def forecast(self, token: str, order: Order, lang: str) -> ForecastView | Refused:
        """Return what each reading leads the seat to expect."""
        found: ForecastView | Refused = self._asked(token, lang, "forecast", order, lang)
        return found

    def scores(self, token: str, lang: str) -> Scores | Refused:
        """Return the seat's predictions, scored."""
        found: Scores | Refused = self._asked(token, lang, "scores", lang)
        return found

    def own_scores(self, token: str) -> Scores | None:
        """Return the asker's own predictions, scored with nothing to compare them with; None until the game is over."""
        try:
            who, _session, room, role = self.seated(token)
        except KNOWN_ERRORS:
            return None
        with room.looked_at():
            return own_scores_of(room.table).of(role, who.id) if room.table.game.over else None

    def truth(self, token: str, indicator: str, turn: int, lang: str) -> TruthView | Refused:
        """Return the true ledger of a turn, once the game is over."""
        found: TruthView | Refused = self._asked(token, lang, "truth", indicator, turn, lang)
        return found

    def _let(self, lang: str, ask: Callable[[], _T]) -> _T | Refused:
        with speak(_spoken(lang)):
            try:
                return ask()
            except KNOWN_ERRORS as error:
                return refused_for(error)

    def _asked(self, token: str, lang: str, what: What, *details: Any) -> Any:
        with speak(_spoken(lang)):
            try:
                who, session, room, role = self.seated(token)
                with self.queue.asking(who.id) as may:
                    if not may:
                        reason = _("You have asked for much at once. Wait for the answers.")
                        return Refused(code="too_often", reason=reason)
                    return seeing.answer_of(self, session, room, role, what, details)
            except KNOWN_ERRORS as error:
                return refused_for(error)
            except UsageError as error:
                return Refused(code="unknown", reason=str(error))

    def _soon(
        self,
        token: str,
        kind: str,
        key: str | None,
        lang: str,
        work: Callable[[Participant, Session, Room, str], Answer],
    ) -> "Future[Answer]":
        done: Future[Answer] = Future()
        with speak(_spoken(lang)):
            try:
                who, session, room, role = self.seated(token)
            except KNOWN_ERRORS as error:
                done.set_result(refused_for(error))
                return done
            refused = bad_key(key)
            if refused is not None:
                done.set_result(refused)
                return done
        name = key_of(who.id, kind, key)
        return room.perform(lambda: work(who, session, room, role), key=name, lang=_spoken(lang), by=who.id)

    def _answered(self, token: str, work: Callable[[str], Answer], lang: str | None = None) -> Answer:
        with speak(_spoken(lang or "en")):
            try:
                who = self.who(token) if lang is None else None
                spoken = _spoken(lang or (who.lang if who else "en"))
                with speak(spoken):
                    return work(spoken)
            except KNOWN_ERRORS as error:
                return refused_for(error)

    # --- the facilitator ---------------------------------------------------------------------------------

    def act(self, token: str, act: Act, key: str | None = None, lang: str = "en") -> Answer:
        """Do something that is the facilitator's to do; kept like an order."""

        def work(spoken: str) -> Answer:
            session = self.of_facilitator(token)
            answer = acting.act(session, act, key, spoken)
            member = session.hall.facts.members.get(act.participant or "")
            room = session.rooms.get(member.room or 0) if member is not None else None
            if act.kind == "rename" and isinstance(answer, Ack) and room is not None:
                room.show_to("")
                self.told(session, room.number)
            return answer

        return self._answered(token, work, lang)

    def overview(self, token: str) -> SessionOverview | Refused:
        """Return all that the facilitator's page shows."""
        try:
            return overview_of(self.of_facilitator(token), self.clock.now())
        except KNOWN_ERRORS as error:
            return refused_for(error)

    def projector(self, token: str, lang: str = "en") -> str | Refused:
        """Return a token for a projector's machine, which opens the public boards and nothing else."""
        return self._let(lang, lambda: joining.projector(self.of_facilitator(token)))

    def joining_code(self, token: str) -> tuple[str, int] | Refused:
        """Return the code of the session that a facilitator's or projector's token shows, and its number of rooms."""
        return self._let("en", lambda: (self.shown(token).hall.facts.code, len(self.shown(token).rooms)))

    def compare(self, token: str, lang: str) -> Comparison | Refused:
        """Return what every room has played and what was taken back, side by side."""
        return self._let(lang, lambda: comparison_of(self.store, self.of_facilitator(token)))

    def seat_view(self, token: str, room: int, role: str, lang: str) -> View | Refused:
        """Return what a seat shows, for the facilitator who looks over a shoulder."""
        with speak(_spoken(lang)):
            try:
                session = self.of_facilitator(token)
                return seeing.view_of(self, session, session.rooms[room], role, lang)
            except KNOWN_ERRORS as error:
                return refused_for(error)
            except (KeyError, UsageError):
                return Refused(code="unknown", reason=_("There is no such seat."))

    def deal(self, token: str, participants: Iterable[str] | None = None, lang: str = "en") -> Answer:
        """Deal people who have joined into rooms and seats; None: all who have no place yet."""
        return self._answered(
            token, lambda spoken: dealing.deal(self.of_facilitator(token), participants, spoken), lang
        )

    def export(
        self, token: str, columns: Iterable[str] | None = None, *, names: bool = False
    ) -> dict[str, bytes] | Refused:
        """Return the session as files by name: grades, tidy log, a journal per room; pseudonyms by default.

        Raises:
            UsageError: There is no such column.
        """
        try:
            session = self.of_facilitator(token)
            return exporting.files_of(self.store, session, columns, names=names)
        except KNOWN_ERRORS as error:
            return refused_for(error)

    def delete(self, token: str) -> Answer:
        """Delete all of the session."""

        def work(_lang: str) -> Answer:
            session = self.of_facilitator(token)
            try:
                self.store.delete(session.id)
            except UnsavedError as error:
                return Refused(code="unsaved", reason=_("It could not be deleted: {why}.").format(why=error))
            self.gone(session)
            return Ack(turn=1)

        return self._answered(token, work)

    def tick(self, now: float | None = None) -> None:
        """End turns whose time is up, seat caretakers, delete what is due; call it about once a second."""
        ticking.tick(self, self.clock.now() if now is None else now)


def _spoken(lang: str) -> str:
    return lang if lang in LANGUAGES else LANGUAGES[0]
