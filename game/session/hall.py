"""Who is in a session, and on which seat?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final
from weakref import WeakValueDictionary

from game.base.digest import digest_of
from game.play.dealing import Post
from game.scenario.loading import Loaded, load_texts
from game.session.api import Clock, Participant, Settings
from game.session.store import Store
from game.session.stream import Stream

FACILITATOR: Final = "facilitator"
"""Id of the one who facilitates a session."""

PROJECTOR: Final = "projector"
"""Id of machines that show the class what everybody may see; nobody, and not to be asked for anything else."""

READER: Final = "reader "
"""Begins the id of whoever opens the debrief of one room by a link, before the room's number; nobody otherwise."""


@lru_cache(maxsize=8)
def hash_of(secret: str) -> str:
    """Return what is kept of a secret; one request asks several times."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(slots=True)
class Member:
    """Somebody who has joined; `shown` is what others are told of them, put together when first asked for."""

    id: str
    nickname: str
    lang: str
    joined: int
    room: int | None = None
    role: str | None = None
    post: Post = "seat"
    shown: Participant | None = None


@dataclass(slots=True)
class Pin:
    """Four digits that let another device in."""

    hashed: str
    until: float
    failures: int = 0


@dataclass(slots=True)
class Facts:
    """What the records of a hall say."""

    rooms: int = 0
    code: str = ""
    lang: str = "en"
    created: float = 0.0
    settings: Settings = field(default_factory=Settings)
    members: dict[str, Member] = field(default_factory=dict)
    removed: dict[str, Member] = field(default_factory=dict)
    seated: dict[tuple[int | None, str | None], dict[str, Member]] = field(default_factory=dict)
    locked: set[tuple[int, str]] = field(default_factory=set)
    pins: dict[str, Pin] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    delete_after: float | None = None

    @property
    def joined(self) -> int:
        """How many have ever joined."""
        return len(self.members) + len(self.removed)

    @property
    def everybody(self) -> dict[str, Member]:
        """All who have ever joined, by id: those whom the facilitator has removed as well."""
        return self.members | self.removed


_shared: WeakValueDictionary[tuple[str, str, str | None], Loaded] = WeakValueDictionary()
"""Scenarios of open sessions by digest, id and variant: sessions that play the same one share it."""


def _loaded(files: dict[str, str], name: str, variant: str | None) -> Loaded:
    key = (digest_of(files), name, variant)
    found = _shared.get(key)
    if found is None:
        found = _shared[key] = load_texts(files, name, variant).for_play()
    return found


class Hall(Stream):
    """The part of a session that is no room: members, seats, locks, notes.

    Attributes:
        facts: What the records say.
    """

    def __init__(self, store: Store, clock: Clock, session: str) -> None:
        super().__init__(store, clock, session, 0)
        self.facts = Facts()
        self._scenario: tuple[dict[str, str], str, str | None] | None = None

    @cached_property
    def loaded(self) -> Loaded:
        """The scenario, as it was when the session was made."""
        assert self._scenario is not None  # noqa: S101 - the hall's first record has it
        return _loaded(*self._scenario)

    def forget(self) -> None:
        """Go back to before the first record."""
        self.facts = Facts()

    def replay(self, record: dict[str, Any], at: float) -> None:
        """Let a kept record take effect."""
        facts = self.facts
        match record["record"]:
            case "session":
                facts.rooms, facts.code, facts.lang = record["rooms"], record["code"], record["lang"]
                facts.created = at
                facts.settings = Settings.model_validate(record["settings"])
                facts.delete_after = facts.settings.delete_after
                self._scenario = (record["files"], record["scenario"], record["variant"])
            case "join":
                member = Member(record["id"], record["nickname"], record["lang"], facts.joined)
                facts.members[member.id] = member
            case "place":
                member = facts.members[record["id"]]
                facts.seated.get((member.room, member.role), {}).pop(member.id, None)
                member.room, member.role, member.post = record["room"], record["role"], record["post"]
                member.shown = None
                if member.post == "seat":
                    facts.seated.setdefault((member.room, member.role), {})[member.id] = member
            case "remove":
                member = facts.members.pop(record["id"])
                facts.seated.get((member.room, member.role), {}).pop(member.id, None)
                facts.pins.pop(member.id, None)
                facts.removed[member.id] = member
            case "rename":
                member = facts.members[record["id"]]
                member.nickname, member.shown = record["nickname"], None
            case "lock":
                place = (record["room"], record["role"])
                if record["locked"]:
                    facts.locked.add(place)
                else:
                    facts.locked.discard(place)
            case "note":
                facts.notes.append(record["text"])
            case "delete_after":
                facts.delete_after = record["at"]
            case "settings":
                facts.settings = facts.settings.model_copy(update=record["changed"])
            case kind:
                self._replay_pin(kind, record)

    def _replay_pin(self, kind: str, record: dict[str, Any]) -> None:
        match kind:
            case "pin":
                self.facts.pins[record["id"]] = Pin(record["hash"], record["until"])
            case "pin_missed":
                for pin in self.facts.pins.values():
                    pin.failures += 1
            case "pin_used":
                self.facts.pins.pop(record["id"], None)

    def turns(self, record: Mapping[str, Any]) -> bool:
        """Return that none does: whoever waits for news of a hall looks at all of it."""
        del record
        return False

    def noted(self, record: Mapping[str, Any], at: float) -> None:
        """Count nothing: whoever waits for news of a hall looks at all of it."""

    def holders(self, room: int, role: str) -> list[Member]:
        """Return who sits on a seat."""
        return sorted(self.facts.seated.get((room, role), {}).values(), key=lambda member: member.joined)

    def participant(self, name: str) -> Participant | None:
        """Return somebody by id."""
        member = self.facts.members.get(name)
        if name == FACILITATOR:
            lang = self.facts.lang
            return Participant(id=name, session=self.session, nickname="", lang=lang, facilitator=True)
        if member is None:
            return None
        if member.shown is None:
            member.shown = Participant(
                id=member.id,
                session=self.session,
                nickname=member.nickname,
                lang=member.lang,
                room=member.room,
                role=member.role,
                post=member.post,
                joined=member.joined,
            )
        return member.shown
