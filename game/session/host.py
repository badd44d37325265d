"""How does a group play on one host? The one way in for pages, windows, bots and tests; no transport in it.

Whoever serves calls these methods from any thread. Methods that end in `_soon` return a future at once; the
others wait for the disk. Nothing here reads the machine's clock but through the clock it was given.
"""

import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import Final, TypeVar

from game.base.errors import UsageError
from game.locale import LANGUAGES, _, speak
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.scores import Scores
from game.play.table import first_record
from game.play.views import EvidenceView, Explanation, ForecastView, TruthView, View
from game.scenario.loading import Loaded
from game.session import acting, dealing, exporting, joining, ticking
from game.session.api import (
    Act,
    Board,
    Clock,
    Created,
    Joined,
    Message,
    Participant,
    RoomStatus,
    SessionOverview,
    Settings,
    SystemClock,
)
from game.session.hall import Hall, hash_of
from game.session.keys import bad_key, key_of
from game.session.limiter import Limiter
from game.session.room import Room
from game.session.session import Session, StrangerError
from game.session.showing import board_of, overview_of, status_of
from game.session.store import Store, UnsavedError
from game.session.stream import Answer, Extra, GoneError

_LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that nobody takes for one another."""

_CODE_LENGTH: Final = 6
_MOST_ROOMS: Final = 200

_T = TypeVar("_T")


class Host:
    """Holds group sessions."""

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        """Open for groups; sessions kept in the store are there when they are asked for."""
        self.store = store
        self.clock = clock or SystemClock()
        self.limiter = Limiter()
        self._sessions: dict[str, Session] = {}
        self._holders: dict[str, tuple[str, str]] = {}
        self._lock = threading.RLock()
        self._watchers: list[Callable[[str, int, int], None]] = []
        store.listen(self._heard)

    # --- the session -------------------------------------------------------------------------------------

    def create(
        self, loaded: Loaded, rooms: int = 1, lang: str = "en", settings: Settings | None = None
    ) -> Created:
        """Make a session.

        Args:
            loaded: A scenario without errors.
            rooms: Number of rooms, each with a game of its own.
            lang: Language in which participants are met.
            settings: How it is run.

        Raises:
            UsageError: Too few or too many rooms.
            ContentError: The scenario has errors.
            UnsavedError: It cannot be kept.
        """
        if not 1 <= rooms <= _MOST_ROOMS:
            raise UsageError(_("A session has 1 to {most} rooms.").format(most=_MOST_ROOMS))
        settings = settings or Settings()
        name, token = secrets.token_hex(8), secrets.token_urlsafe(16)
        code = self._new_code()
        hall = Hall(self.store, self.clock, name)
        games = [
            first_record(loaded, list(loaded.ruleset.role_at if loaded.ruleset else ()))
            for _n in range(rooms)
        ]

        def begin() -> Answer:
            hall.loaded = loaded
            hall.write(
                "session",
                code=code,
                rooms=rooms,
                lang=lang,
                settings=settings.model_dump(),
                facilitator=hash_of(token),
                scenario=loaded.id,
                variant=loaded.variant,
                files=dict(loaded.files),
            )
            return Ack(turn=1)

        self._sure(hall.perform(begin, extra=Extra(opens=code), new=True))
        session = Session(self.store, self.clock, name, hall)
        waiting = []
        for room, game in zip(session.rooms.values(), games, strict=True):
            del game["files"]
            waiting.append(room.perform(_beginning(room, game, settings.evidence_shown), new=True))
        for done in waiting:
            self._sure(done)
        with self._lock:
            self._opened(session)
        return Created(session_id=name, code=code, facilitator_token=token)

    def _new_code(self) -> str:
        while True:
            code = "".join(secrets.choice(_LETTERS) for _n in range(_CODE_LENGTH))
            if self.store.session_of(code) is None:
                return code

    @staticmethod
    def _sure(done: "Future[Answer]") -> None:
        answer = done.result()
        if isinstance(answer, Refused):
            raise UnsavedError(answer.reason)

    def _opened(self, session: Session) -> None:
        self._sessions[session.id] = session
        for stream in (session.hall, *session.rooms.values()):
            stream.watch(partial(self._tell, session.id))

    def session(self, name: str) -> Session:
        """Return a session by id.

        Raises:
            GoneError: There is none, or none any more.
        """
        with self._lock:
            if name not in self._sessions:
                self._opened(Session(self.store, self.clock, name))
            return self._sessions[name]

    def sessions(self) -> list[Session]:
        """Return all sessions of the store."""
        found = []
        for name in self.store.sessions():
            try:
                found.append(self.session(name))
            except GoneError:
                self.forget(name)
        return found

    def forget(self, name: str) -> None:
        """Let go of a session that has been deleted."""
        with self._lock:
            self._sessions.pop(name, None)
            self._holders = {key: held for key, held in self._holders.items() if held[0] != name}

    def _heard(self, news: tuple[str, int, int] | None) -> None:
        """Catch up with other processes; None: something may have been missed."""
        with self._lock:
            known = list(self._sessions.values())
        if news is not None:
            name, number, size = news
            if size == -1:
                self.forget(name)
                self._tell(name, 0, -1)
                return
            known = [session for session in known if session.id == name]
        for session in known:
            self.drop_tokens(session)
            sizes = self.store.sizes(session.id) if news is None else {number: size}
            for stream in (session.hall, *session.rooms.values()):
                if stream.number in sizes:
                    stream.heard(sizes[stream.number])

    # --- who is asking -----------------------------------------------------------------------------------

    def who(self, token: str) -> Participant | None:
        """Return whose token it is, None for a stranger's."""
        hashed = hash_of(token)
        held = self._holders.get(hashed) or self.store.holder_of(hashed)
        if held is None:
            return self._facilitator(hashed)
        try:
            hall = self.session(held[0]).hall
            with hall.lock:
                hall.fresh()
                participant = hall.participant(held[1])
        except GoneError:
            return None
        if participant is not None:
            self._holders[hashed] = held
        return participant

    def _facilitator(self, hashed: str) -> Participant | None:
        for session in self.sessions():
            facts = session.hall.facts
            if secrets.compare_digest(facts.facilitator, hashed):
                return Participant(
                    id="facilitator", session=session.id, nickname="", lang=facts.lang, facilitator=True
                )
        return None

    def _of_facilitator(self, token: str) -> Session:
        who = self.who(token)
        if who is None or not who.facilitator:
            raise StrangerError(_("This is the facilitator's to do."))
        return self.session(who.session)

    def placed(self, token: str) -> tuple[Participant, Session, Room]:
        """Return who asks and in which room.

        Raises:
            StrangerError: A stranger, or somebody without a room.
        """
        who = self.who(token)
        if who is None or who.room is None:
            raise StrangerError(_("You have no seat here: join with the code again."))
        session = self.session(who.session)
        return who, session, session.rooms[who.room]

    def _seat(self, token: str) -> tuple[Participant, Session, Room, str]:
        who, session, room = self.placed(token)
        if who.role is None or who.post != "seat":
            raise StrangerError(_("Observers and press hand in no orders."))
        return who, session, room, who.role

    def facilitates(self, token: str) -> bool:
        """Return whether a token is a facilitator's."""
        who = self.who(token)
        return who is not None and who.facilitator

    def present(self, token: str, devices: int) -> None:
        """Note that a device of somebody came (+1) or went (-1)."""
        who = self.who(token)
        if who is None or who.facilitator:
            return
        session = self.session(who.session)
        session.presence.change(who.id, devices, self.clock.now())
        if who.room is not None:
            self.told(session, who.room)

    # --- joining -----------------------------------------------------------------------------------------

    def join(self, code: str, nickname: str, lang: str = "en", origin: str = "") -> Joined | Refused:
        """Come in with a code; `origin` is where the asker is, for instance an address."""
        with speak(_spoken(lang)):
            return joining.join(self, code, nickname, _spoken(lang), origin)

    def claim(self, token: str, room: int, role: str, key: str | None = None) -> Answer:
        """Take a place on a seat, alone or beside others who hold it."""
        return self._answered(token, lambda lang: joining.claim(self, token, room, role, key, lang))

    def pin(self, token: str) -> str | Refused:
        """Return four digits that let another device of the same person in for five minutes."""
        who = self.who(token)
        with speak(_spoken(who.lang if who else "en")):
            return joining.pin(self, who)

    def move(self, code: str, pin: str, origin: str = "", lang: str = "en") -> Joined | Refused:
        """Let another device in by a session's code and four digits."""
        with speak(_spoken(lang)):
            return joining.move(self, code, pin, origin)

    def reissue(self, token: str, participant: str) -> Joined | Refused:
        """Give somebody a new token and end their older ones; the facilitator's to do."""
        try:
            session = self._of_facilitator(token)
        except (StrangerError, GoneError) as error:
            return Refused(code="stranger", reason=str(error))
        return joining.reissue(self, session, participant)

    # --- playing -----------------------------------------------------------------------------------------

    def view(self, token: str, lang: str) -> View | Refused:
        """Return what a seat shows now."""
        return self._asked(token, lang, lambda seat: seat.view(lang))

    def status(self, token: str) -> RoomStatus | Refused:
        """Return how the asker's room stands."""
        try:
            _who, session, room = self.placed(token)
            with room.lock:
                room.fresh()
                return status_of(session, room, self.clock.now())
        except (StrangerError, GoneError) as error:
            return Refused(code="stranger", reason=str(error))

    def board(self, token: str, lang: str, room: int | None = None) -> Board | Refused:
        """Return what the asker's whole room may see; the facilitator names a room."""
        with speak(_spoken(lang)):
            try:
                if self.facilitates(token):
                    session = self._of_facilitator(token)
                    place = session.rooms[room or 1]
                else:
                    _who, session, place = self.placed(token)
                with place.lock:
                    place.fresh()
                    return board_of(session, place, _spoken(lang), self.clock.now())
            except (StrangerError, GoneError) as error:
                return Refused(code="stranger", reason=str(error))
            except KeyError:
                return Refused(code="unknown", reason=_("There is no such room."))

    def draft_soon(self, token: str, order: Order, key: str | None, lang: str = "en") -> "Future[Answer]":
        """Keep the seat's shared draft."""
        return self._soon(
            token, key, lang, lambda _who, _session, room, role: room.drafted(role, order, lang)
        )

    def draft(self, token: str, order: Order, key: str | None = None, lang: str = "en") -> Answer:
        """Keep the seat's shared draft."""
        return self.draft_soon(token, order, key, lang).result()

    def confirm_soon(self, token: str, order: Order, key: str | None, lang: str = "en") -> "Future[Answer]":
        """Hand in the seat's order; where several people sit, the second to confirm hands it in."""

        def work(who: Participant, session: Session, room: Room, role: str) -> Answer:
            second = session.needs_second(room.number, role, who.id)
            return room.confirmed(role, order, lang, by=who.id, second=second, seconds=session.seconds)

        return self._soon(token, key, lang, work)

    def confirm(self, token: str, order: Order, key: str | None = None, lang: str = "en") -> Answer:
        """Hand in the seat's order."""
        return self.confirm_soon(token, order, key, lang).result()

    def predict_soon(
        self, token: str, prediction: Prediction, key: str | None, lang: str = "en"
    ) -> "Future[Answer]":
        """Keep the asker's own prediction."""
        return self._soon(
            token, key, lang, lambda who, _session, room, role: room.predicted(role, who.id, prediction, lang)
        )

    def predict(self, token: str, prediction: Prediction, key: str | None = None, lang: str = "en") -> Answer:
        """Keep the asker's own prediction."""
        return self.predict_soon(token, prediction, key, lang).result()

    def predicted(self, token: str) -> Prediction | None:
        """Return what the asker predicted for this turn."""
        try:
            who, _session, room, role = self._seat(token)
        except (StrangerError, GoneError):
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
        except (StrangerError, GoneError) as error:
            return Refused(code="stranger", reason=str(error))
        with room.lock:
            room.fresh()
            return room.heard_by(who.role if who.post == "seat" else who.post)

    def evidence(self, token: str, lang: str) -> EvidenceView | Refused:
        """Return which reading what the seat has seen speaks for."""
        return self._asked(token, lang, lambda seat: seat.evidence(lang))

    def explain(self, token: str, indicator: str, since: int, until: int, lang: str) -> Explanation | Refused:
        """Return how each reading would explain an indicator's change."""
        return self._asked(token, lang, lambda seat: seat.explain(indicator, since, until, lang))

    def forecast(self, token: str, order: Order, lang: str) -> ForecastView | Refused:
        """Return what each reading leads the seat to expect."""
        return self._asked(token, lang, lambda seat: seat.forecast(order, lang))

    def scores(self, token: str, lang: str) -> Scores | Refused:
        """Return the seat's predictions, scored."""
        return self._asked(token, lang, lambda seat: seat.scores(lang))

    def truth(self, token: str, indicator: str, turn: int, lang: str) -> TruthView | Refused:
        """Return the true ledger of a turn, once the game is over."""
        return self._asked(token, lang, lambda seat: seat.truth(indicator, turn, lang))

    def _asked(self, token: str, lang: str, ask: Callable[[LocalSeat], _T]) -> _T | Refused:
        with speak(_spoken(lang)):
            try:
                _who, _session, room, role = self._seat(token)
                with room.lock:
                    room.fresh()
                    return ask(LocalSeat(room.table, role))
            except (StrangerError, GoneError) as error:
                return Refused(code="stranger", reason=str(error))
            except UsageError as error:
                return Refused(code="unknown", reason=str(error))

    def _soon(
        self,
        token: str,
        key: str | None,
        lang: str,
        work: Callable[[Participant, Session, Room, str], Answer],
    ) -> "Future[Answer]":
        done: Future[Answer] = Future()
        with speak(_spoken(lang)):
            try:
                who, session, room, role = self._seat(token)
            except (StrangerError, GoneError) as error:
                done.set_result(Refused(code="stranger", reason=str(error)))
                return done
            refused = bad_key(key)
            if refused is not None:
                done.set_result(refused)
                return done
        name = key_of(who.id, key)
        return room.perform(lambda: work(who, session, room, role), key=name, lang=_spoken(lang), by=who.id)

    def _answered(self, token: str, work: Callable[[str], Answer], lang: str | None = None) -> Answer:
        who = self.who(token)
        spoken = _spoken(lang or (who.lang if who else "en"))
        with speak(spoken):
            try:
                return work(spoken)
            except (StrangerError, GoneError) as error:
                return Refused(code="stranger", reason=str(error))

    # --- the facilitator ---------------------------------------------------------------------------------

    def act(self, token: str, act: Act, key: str | None = None, lang: str = "en") -> Answer:
        """Do something that is the facilitator's to do; kept like an order."""
        return self._answered(
            token, lambda spoken: acting.act(self._of_facilitator(token), act, key, spoken), lang
        )

    def overview(self, token: str) -> SessionOverview | Refused:
        """Return all that the facilitator's page shows."""
        try:
            return overview_of(self._of_facilitator(token), self.clock.now())
        except (StrangerError, GoneError) as error:
            return Refused(code="stranger", reason=str(error))

    def seat_view(self, token: str, room: int, role: str, lang: str) -> View | Refused:
        """Return what a seat shows, for the facilitator who looks over a shoulder."""
        with speak(_spoken(lang)):
            try:
                place = self._of_facilitator(token).rooms[room]
                with place.lock:
                    place.fresh()
                    return LocalSeat(place.table, role).view(lang)
            except (StrangerError, GoneError) as error:
                return Refused(code="stranger", reason=str(error))
            except (KeyError, UsageError):
                return Refused(code="unknown", reason=_("There is no such seat."))

    def deal(self, token: str, participants: Iterable[str] | None = None, lang: str = "en") -> Answer:
        """Deal people who have joined into rooms and seats; None: all who have no place yet."""
        return self._answered(
            token, lambda spoken: dealing.deal(self._of_facilitator(token), participants, spoken), lang
        )

    def export(
        self, token: str, columns: Iterable[str] | None = None, *, names: bool = False
    ) -> dict[str, bytes] | Refused:
        """Return the session as files by name: grades, tidy log, a journal per room; pseudonyms by default.

        Raises:
            UsageError: There is no such column.
        """
        try:
            session = self._of_facilitator(token)
            return exporting.files_of(self.store, session, columns, names=names)
        except (StrangerError, GoneError) as error:
            return Refused(code="stranger", reason=str(error))

    def delete(self, token: str) -> Answer:
        """Delete all of the session."""

        def work(_lang: str) -> Answer:
            session = self._of_facilitator(token)
            try:
                self.store.delete(session.id)
            except UnsavedError as error:
                return Refused(code="unsaved", reason=_("It could not be deleted: {why}.").format(why=error))
            self.gone(session)
            return Ack(turn=1)

        return self._answered(token, work)

    def gone(self, session: Session) -> None:
        """Let everybody know that a session has been deleted."""
        self.forget(session.id)
        for stream in (session.hall, *session.rooms.values()):
            with stream.lock:
                stream.heard(-1)

    # --- time and news -----------------------------------------------------------------------------------

    def tick(self, now: float | None = None) -> None:
        """End turns whose time is up, seat caretakers, delete what is due; call it about once a second."""
        ticking.tick(self, self.clock.now() if now is None else now)

    def subscribe(self, watcher: Callable[[str, int, int], None]) -> Callable[[], None]:
        """Call back with session, stream (0: the hall) and version after every change; returns what ends it.

        Version -1: the session has been deleted. It is called in the store's threads and must be quick.
        """
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    def told(self, session: Session, number: int) -> None:
        """Let a room's watchers know that its status has changed."""
        if number in session.rooms:
            self._tell(session.id, number, session.rooms[number].version)

    def drop_tokens(self, session: Session) -> None:
        """Look up a session's tokens anew."""
        with self._lock:
            self._holders = {key: held for key, held in self._holders.items() if held[0] != session.id}

    def _tell(self, session: str, number: int, version: int) -> None:
        for watcher in tuple(self._watchers):
            watcher(session, number, version)

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def _spoken(lang: str) -> str:
    return lang if lang in LANGUAGES else LANGUAGES[0]


def _beginning(room: Room, game: dict[str, object], evidence_shown: bool) -> Callable[[], Answer]:
    def begin() -> Answer:
        room.write("game", format=1, **game, evidence_shown=evidence_shown)
        return Ack(turn=1)

    return begin
