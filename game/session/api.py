"""What passes between a group session and those who serve it: pages, windows, bots and tests.

Everything that changes something ends in `Ack` or `Refused`, and is answered after it is safely kept. Tokens
are secrets of their holders: only hashes are kept. Times are seconds since 1970 by the host's clock.
"""

from time import time
from typing import Literal, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from game.play.dealing import Post
from game.play.views import Headline, Shown

Held: TypeAlias = Literal["people", "bot", "caretaker"]
"""Who plays a seat."""

Phase: TypeAlias = Literal["lobby", "playing", "over", "debrief"]
"""Where a room stands: not begun, being played, played, talked about."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> float:
        """Return seconds since 1970."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Return seconds since 1970."""
        return time()


class Settings(BaseModel):
    """How a session is run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn_seconds: float | None = Field(default=None, gt=0, description="Time for a turn; None: no limit.")
    grace_seconds: float | None = Field(
        default=None, gt=0, description="After how long away a seat goes to the caretaker; None: never."
    )
    together: bool = Field(
        default=True, description="Where several people of a seat are connected, two must confirm the order."
    )
    evidence_shown: bool = Field(default=False, description="Whether seats see the evidence while they play.")
    delete_after: float | None = Field(default=None, description="When all of it is deleted; None: never.")


class Created(Shown):
    """A new session; the facilitator's token is shown this once."""

    session_id: str
    code: str = Field(description="What participants type to join.")
    facilitator_token: str = Field(repr=False)


class Joined(Shown):
    """Somebody is in; the token is shown this once."""

    participant_id: str
    token: str = Field(repr=False)


class Pin(Shown):
    """Four digits that let another device of the same person in; shown to that person alone."""

    digits: str = Field(repr=False)


class Link(Shown):
    """Where a page is, on the host that is asked; whoever has it can open it."""

    path: str = Field(repr=False)


class Participant(Shown):
    """Somebody in a session, as the host knows them."""

    id: str
    session: str
    nickname: str
    lang: str
    facilitator: bool = False
    room: int | None = Field(
        default=None, description="Number of their room, from 1; None before they have one."
    )
    role: str | None = Field(default=None, description="Role id of their seat; None for press and observers.")
    post: Post = "seat"
    joined: int = Field(default=0, description="Their place among those who have joined, from 0.")


class SeatStatus(Shown):
    """A seat as everybody in the room may know it."""

    role: str
    label: str
    held: Held
    holders: tuple[str, ...] = Field(description="Nicknames.")
    connected: int = Field(description="Devices here now: connected, or asking now and then.")
    locked: bool = Field(description="Nobody can take it.")
    drafted: bool = Field(description="A draft has been begun.")
    proposed: bool = Field(description="One of several people has confirmed; another must.")
    proposer: str = Field(default="", description="Nickname of the one who has; empty if nobody.")
    confirmed: bool = Field(description="The order for this turn is in.")


class RoomStatus(Shown):
    """A room as everybody in it may know it."""

    session: str
    room: int
    phase: Phase
    turn: int
    turns: int
    deadline: float | None = Field(description="When the turn ends at the latest.")
    left: float | None = Field(description="Seconds left to it; stands still while paused.")
    missing: tuple[str, ...] = Field(description="Roles whose order is not in yet.")
    paused: bool
    evidence_shown: bool
    branch: int = Field(description="How many times it was taken back.")
    version: int = Field(description="Grows with everything that is kept for this room.")
    seats: tuple[SeatStatus, ...]


class RoleView(Shown):
    """A role as people who choose a seat read of it."""

    id: str
    label: str
    brief: str


class Rooms(Shown):
    """The rooms of a session, for people who choose a seat."""

    title: str
    about: str
    roles: tuple[RoleView, ...]
    rooms: tuple[RoomStatus, ...]


class Message(Shown):
    """Something said in a room."""

    number: int
    turn: int
    at: float
    sender: str = Field(description="Role id, `facilitator` or `press`.")
    nickname: str
    to: str = Field(description="Role id, `press`, `facilitator` or `all`.")
    text: str
    offer: str | None = Field(default=None, description="Agreement that is offered, by id.")


class Board(Shown):
    """What the whole room may see: on the projector, for press and observers."""

    title: str
    lang: str
    first_day: str
    last_day: str
    status: RoomStatus
    headlines: tuple[Headline, ...] = Field(description="What every seat has seen alike.")
    messages: tuple[Message, ...] = Field(description="Said to all.")


class Act(BaseModel):
    """Something that the facilitator does; kept like an order.

    `room` None means every room. What else is needed depends on the kind:
    open, lock (role or all seats) · start · pause · resume · timer (seconds from now; None: no limit) · extend
    (seconds) · force (resolve the turn now) · rewind (turn, text: the reason) · hand (role, held) · message (text;
    role or all) · inject (inject: the scenario's, by id) · event (event id, fires when the turn resolves) ·
    world (reading id; None: drawn; before the start alone) · evidence (shown) · end · debrief · note (text) ·
    deadline of deletion: delete_after (at) · seat (participant, room, role, post) · turn_time (seconds for every
    turn from the next on; None: no limit) · grace (seconds after which an absent seat goes to the caretaker; None:
    never) · rename (participant, text: the nickname) · remove (participant, who is out with all their devices until
    they join anew; their seat stays with the others who hold it) · reissue (participant; see `Host.reissue`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal[
        "open",
        "lock",
        "start",
        "pause",
        "resume",
        "timer",
        "extend",
        "force",
        "rewind",
        "hand",
        "message",
        "inject",
        "event",
        "world",
        "evidence",
        "end",
        "debrief",
        "note",
        "delete_after",
        "seat",
        "rename",
        "remove",
        "turn_time",
        "grace",
    ]
    room: int | None = None
    role: str | None = Field(default=None, max_length=200)
    seconds: float | None = Field(default=None, gt=0, le=7 * 86400)
    turn: int | None = Field(default=None, ge=1)
    text: str = Field(default="", max_length=2000)
    held: Held | None = None
    inject: str | None = Field(default=None, max_length=200)
    event: str | None = Field(default=None, max_length=200)
    world: str | None = Field(default=None, max_length=200)
    shown: bool | None = None
    at: float | None = None
    participant: str | None = Field(default=None, max_length=64)
    post: Post = "seat"


class SessionOverview(Shown):
    """All that the facilitator's page shows of a session."""

    session: str
    code: str
    title: str
    settings: Settings
    created: float
    delete_after: float | None
    participants: tuple[Participant, ...]
    rooms: tuple[RoomStatus, ...]
    worlds: dict[int, dict[str, float]] = Field(description="World of each room, by reading id.")
    notes: tuple[str, ...]
    quiet: dict[int, dict[str, float]] = Field(
        description="By room and role: seconds since somebody of a seat last sent anything, while others wait for it."
    )


class CourseOfRoom(Shown):
    """What a room has played, or what was taken back in it."""

    room: int
    branch: int = Field(description="0: what stands; n: what was taken back the nth time.")
    reason: str = Field(description="Why it was taken back.")
    turns: int = Field(description="Turns that were played.")
    world: dict[str, float] = Field(description="How much of each reading is true, by id.")
    values: dict[str, tuple[float, ...]] = Field(description="True values by indicator id, the start first.")
    orders: tuple[dict[str, tuple[str, ...]], ...] = Field(
        description="By turn and role id, what was ordered, in words."
    )
    ending: str | None = Field(description="Title of the ending; None while it runs.")
    scores: dict[str, float] = Field(
        description="Share of its objectives that each role reached; empty so far."
    )


class Comparison(Shown):
    """All that was played in a session, side by side; full of secrets."""

    title: str
    turns: int
    roles: dict[str, str]
    indicators: dict[str, str]
    spans: dict[str, tuple[float, float]] = Field(description="Least and most value by indicator id.")
    readings: dict[str, str]
    courses: tuple[CourseOfRoom, ...]
