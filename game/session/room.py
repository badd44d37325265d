"""What is a room? One game, its clock, what is said in it, and how its seats are held."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np

from game.locale import _
from game.play.evidence import Estimates
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction, Refused
from game.play.table import Table
from game.play.viewing import Viewer
from game.play.views import Parts
from game.scenario.loading import Loaded
from game.session.api import Clock, Message, Phase
from game.session.replicas import Question
from game.session.store import Store
from game.session.stream import Answer, Stream

_OF_ONE_SEAT: Final = frozenset({"draft", "order", "proposal", "prediction"})
"""Records of what one seat plans, orders or predicts."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Turns that were taken back.

    Attributes:
        turn: The turn that the game went back to.
        reason: Why, in the facilitator's words.
        records: Everything kept of the room until then.
    """

    turn: int
    reason: str
    records: int


class Room(Stream):
    """One room of a session.

    Attributes:
        table: Its game.
        first: What its game began with.
        started: Whether play has begun.
        paused: Whether it stands still.
        ended: Whether the facilitator ended it before its last turn.
        debriefed: Whether the debrief is open.
        deadline: When the turn ends at the latest, None without a limit.
        left: Seconds left when it was paused.
        since: When the turn began.
        proposals: By role, who confirmed first on a seat of several people, and what.
        messages: Everything that was said.
        branches: What was taken back.
        acted: By participant, when they last sent anything.
        news: How often its watchers were told of something that is not kept: devices, estimates.
        estimating: What others were asked last about its estimates, done once their answer has been taken.
        shown: By role, `press` and `observer`: how often what they see, beyond the room's status, has changed; the
            empty name counts what all see. What is not on the disk yet does not count.
    """

    table: Table
    first: dict[str, Any]

    def __init__(self, store: Store, clock: Clock, session: str, number: int, loaded: Loaded) -> None:
        super().__init__(store, clock, session, number)
        self.loaded = loaded
        self.news = 0
        self.shown: dict[str, int] = {}
        self._counting = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Go back to before the first record."""
        self.started = self.paused = self.ended = self.debriefed = False
        self.deadline: float | None = None
        self.left: float | None = None
        self.since = 0.0
        self.proposals: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.messages: list[Message] = []
        self.branches: list[Branch] = []
        self.acted: dict[str, float] = {}
        self._past = self.table.game if hasattr(self, "table") else None
        self._parts: dict[tuple[str, str], tuple[int, Parts]] = {}
        self.estimating: tuple[Question, Future[None]] | None = None

    def noted(self, record: Mapping[str, Any], at: float) -> None:
        """Count what it changes for whom."""
        if "participant" in record:
            self.acted[record["participant"]] = at
        match record["record"]:
            case kind if kind in _OF_ONE_SEAT:
                self.show_to(record["role"])
            case "message" if record["to"] != "all":
                self.show_to(record["to"])
                self.show_to(record["sender"])
            case _ if self.turns(record):
                self.show_to("")

    def turns(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record changes what all see: not what one seat does, nor clocks."""
        match record["record"]:
            case "clock" | "force_event":
                return False
            case "message":
                return bool(record["to"] == "all")
            case _:
                return not self.of_one_seat(record)

    def of_one_seat(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record is what one seat plans, orders or predicts."""
        return record["record"] in _OF_ONE_SEAT

    def remembered(self) -> Callable[[], None]:
        """Return what takes back all that seats plan, order or predict from now on."""
        table = self.table
        before = (dict(self.proposals), dict(table.drafts), dict(table.confirmed), dict(table.predictions))

        def undo() -> None:
            self.proposals, table.drafts, table.confirmed, table.predictions = before
            self._parts.clear()

        return undo

    def show_to(self, role: str) -> None:
        """Count a change of what a role sees; an empty name: of what all see."""
        with self._counting:
            self.shown[role] = self.shown.get(role, 0) + 1

    def shown_to(self, role: str) -> int:
        """Return a number that grows whenever what a role sees, beyond the room's status, has changed.

        With an empty name: whenever what all see has changed.
        """
        return self.shown.get("", 0) + (self.shown.get(role, 0) if role else 0)

    def replay(self, record: dict[str, Any], at: float) -> None:
        """Let a kept record take effect."""
        match record["record"]:
            case "game":
                self.first = {key: value for key, value in record.items() if key != "record"}
                self.table = Table.of(self.loaded, record, self)
                self.table.evidence_shown = bool(record["evidence_shown"])
                if self._past is not None:
                    self.table.game.recall(self._past)
                    self._past = None
            case "clock":
                self.deadline, self.left = record["deadline"], record["left"]
            case "proposal":
                self.proposals[record["role"]] = (record["participant"], tuple(record["moves"]))
            case "message":
                self._said(record, at)
            case "act" if record["act"] == "remove":
                self._removed(record["id"])
            case "act" if record["act"] != "evidence":
                self._acted(record["act"])
                self.since = at if record["act"] == "start" else self.since
            case kind:
                self.table.replay(record)
                if kind == "draft":
                    self._redrafted(record["role"], tuple(record["moves"]))
                if kind == "rewind":
                    self._branch(record["turn"], record["reason"])
                if kind in ("rewind", "resolve"):
                    self._turn_begins(at)

    def _removed(self, participant: str) -> None:
        """Let what somebody has confirmed fall, who is here no more."""
        self.proposals = {role: held for role, held in self.proposals.items() if held[0] != participant}

    def _acted(self, act: str) -> None:
        match act:
            case "start":
                self.started = True
            case "pause":
                self.paused = True
            case "resume":
                self.paused = False
            case "end":
                self.ended = self.table.game.ended = True
            case "debrief":
                self.debriefed = True

    def _said(self, record: dict[str, Any], at: float) -> None:
        message = Message(
            number=len(self.messages) + 1,
            turn=record["turn"],
            at=at,
            sender=record["sender"],
            nickname=record["nickname"],
            to=record["to"],
            text=record["text"],
            offer=record["offer"],
        )
        self.messages.append(message)

    def _turn_begins(self, at: float) -> None:
        self.proposals.clear()
        self.since = at
        self.table.game.lighten()

    @property
    def moment(self) -> float:
        """When the work that runs now began."""
        return self._now

    @property
    def over(self) -> bool:
        """Whether nothing can be ordered any more."""
        return self.ended or (self.started and self.table.game.over)

    @property
    def phase(self) -> Phase:
        """Where the room stands."""
        if self.debriefed:
            return "debrief"
        return "over" if self.over else "playing" if self.started else "lobby"

    def closed(self, turn: int) -> Refused | None:
        """Return why no orders are taken, None if they are."""
        if self.paused and not self.over:
            return Refused(code="paused", reason=_("The game is paused."))
        return self._unkept(turn)

    def _unkept(self, turn: int) -> Refused | None:
        """Return why neither drafts nor predictions are kept, None if they are: a pause is for thinking."""
        if not self.started:
            return Refused(code="closed", reason=_("The game has not begun yet."))
        if self.over:
            return Refused(code="over", reason=_("The game is over."))
        if self.deadline is not None and self._now >= self.deadline:
            return Refused(code="wrong_turn", reason=_("Time is up for turn {turn}.").format(turn=turn))
        return None

    def drafted(self, role: str, order: Order, lang: str) -> Answer:
        """Keep a draft; what one of several people has confirmed falls with it."""
        refused = self._unkept(order.turn)
        if refused is not None:
            return refused
        answer = LocalSeat(self.table, role).draft(order, lang)
        if isinstance(answer, Ack):
            self._redrafted(role, order.moves)
        return answer

    def _redrafted(self, role: str, moves: tuple[str, ...]) -> None:
        if role in self.proposals and self.proposals[role][1] != moves:
            del self.proposals[role]

    def confirmed(
        self, role: str, order: Order, lang: str, *, by: str, second: bool, seconds: float | None
    ) -> Answer:
        """Take an order.

        Args:
            role: The seat's role.
            order: The order.
            lang: Language of refusals.
            by: Who confirms.
            second: Whether another person of the seat must confirm too.
            seconds: Time for the next turn; None without a limit.
        """
        refused = self.closed(order.turn)
        if refused is not None:
            return refused
        seat = LocalSeat(self.table, role)
        if role not in self.table.people:
            reason = _("A bot or caretaker plays this seat now; the facilitator can hand it back.")
            return Refused(code="closed", reason=reason)
        proposal = self.proposals.get(role)
        if second and (proposal is None or proposal[0] == by or set(proposal[1]) != set(order.moves)):
            answer = seat.draft(order, lang)
            if isinstance(answer, Ack):
                self.write("proposal", role=role, participant=by, moves=list(order.moves))
            return answer
        turn = self.table.game.turn
        answer = seat.confirm(order, lang)
        self.after_turn(turn, seconds)
        return answer

    def predicted(self, role: str, participant: str, prediction: Prediction, lang: str) -> Answer:
        """Keep a participant's prediction."""
        refused = self._unkept(prediction.turn)
        return refused or LocalSeat(self.table, role).predict(participant, prediction, lang)

    def after_turn(self, turn: int, seconds: float | None) -> None:
        """Set the clock anew if the turn that was due is over."""
        if self.table.game.turn == turn:
            return
        self._turn_begins(self._now)
        self.set_clock(seconds)

    def take_back(self, turn: int, reason: str) -> None:
        """Go back to the start of a turn; what was played is kept as a branch."""
        self._branch(turn, reason)
        self.table.rewind(turn, reason)
        self._turn_begins(self._now)

    def _branch(self, turn: int, reason: str) -> None:
        self.branches.append(Branch(turn, reason, self._size + len(self._added)))
        self.ended = self.debriefed = False

    def begin_anew(self, world: list[float]) -> None:
        """Follow another world, before the game has begun."""
        table = self.table
        held = {role: "caretaker" if role in table.caretakers else "bot" for role in table.ruleset.role_at}
        first = {**self.first, "world": world, "evidence_shown": table.evidence_shown}
        self.write("game", **first)
        for role, kind in held.items():
            if role not in table.people:
                self.table.seat(role, kind)

    def set_clock(self, seconds: float | None) -> None:
        """Give the turn that is due a time, None: no limit; while paused it stands still."""
        if self.over or seconds is None:
            if self.deadline is not None or self.left is not None:
                self.write("clock", deadline=None, left=None)
        elif self.paused:
            self.write("clock", deadline=None, left=seconds)
        else:
            self.write("clock", deadline=self._now + seconds, left=None)

    def resolve_now(self, seconds: float | None) -> None:
        """Resolve the turn that is due with caretakers for those whose order is not in."""
        turn = self.table.game.turn
        for role, (_by, moves) in list(self.proposals.items()):
            self.table.drafts[role] = moves
        self.table.resolve()
        self.table.go_on()
        self.after_turn(turn, seconds)

    def say(self, sender: str, nickname: str, to: str, text: str, offer: str | None = None) -> None:
        """Keep something said; after the last turn it belongs to that one."""
        turn = min(self.table.game.turn, self.table.ruleset.turns)
        content = {"sender": sender, "nickname": nickname, "to": to, "text": text, "offer": offer}
        self.write("message", turn=turn, **content)

    def parts_of(self, role: str, lang: str, estimates: Estimates) -> Parts:
        """Return what a seat shows, in the current language; where only estimates are new, the rest is taken over."""
        size, viewer = self._size, Viewer(self.table, role)
        kept_at, parts = self._parts.pop((role, lang), (-1, {}))
        parts = viewer.estimated(parts, estimates) if kept_at == size else viewer.parts(lang, estimates)
        if not parts["settled"]:
            self._parts[role, lang] = (size, {**parts, "indicators": ()})  # these are estimates
        return parts

    def heard_by(self, role: str | None) -> tuple[Message, ...]:
        """Return what a role, the press or observers have said and heard; None: what was said to all."""
        return tuple(
            item
            for item in self.messages
            if item.to == "all" or (role is not None and role in (item.to, item.sender))
        )

    def left_at(self, now: float) -> float | None:
        """Return seconds left for the turn."""
        return self.left if self.deadline is None else max(0.0, self.deadline - now)

    def world(self) -> dict[str, float]:
        """Return how much of each reading is true in this room."""
        weights = cast("list[float]", np.asarray(self.table.game.world).tolist())
        return dict(zip(self.table.ruleset.readings, weights, strict=True))
