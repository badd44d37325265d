"""A class in one room: a host, its facilitator and people on seats."""

from game.play.orders import Ack, Order
from game.scenario.loading import Loaded
from game.session.api import Act, Joined, RoomStatus, Settings
from game.session.host import Host


class Group:
    """One session with a person on every seat of each room."""

    def __init__(self, host: Host, loaded: Loaded, rooms: int = 1, **settings: object) -> None:
        self.host, self.loaded = host, loaded
        self.roles = tuple(loaded.ruleset.role_at)
        created = host.create(loaded, rooms=rooms, settings=Settings.model_validate(settings))
        self.name, self.code, self.facilitator = created.session_id, created.code, created.facilitator_token
        self.tokens: dict[tuple[int, str], str] = {}
        self.ids: dict[tuple[int, str], str] = {}
        for room in range(1, rooms + 1):
            for role in self.roles:
                joined = self.join(f"{role} {room}")
                assert host.claim(joined.token, room, role) == Ack(turn=1)
                self.tokens[room, role] = joined.token
                self.ids[room, role] = joined.participant_id

    def join(self, nickname: str, lang: str = "en") -> Joined:
        joined = self.host.join(self.code, nickname, lang)
        assert isinstance(joined, Joined), joined
        return joined

    def act(self, kind: str, **what: object) -> object:
        return self.host.act(self.facilitator, Act.model_validate({"kind": kind, **what}))

    def begin(self) -> "Group":
        assert isinstance(self.act("start"), Ack)
        return self

    def token(self, at: int = 0, room: int = 1) -> str:
        return self.tokens[room, self.roles[at]]

    def status(self, room: int = 1) -> RoomStatus:
        status = self.host.status(self.token(room=room))
        assert isinstance(status, RoomStatus), status
        return status

    def choice(self, at: int = 0, room: int = 1) -> tuple[str, ...]:
        view = self.host.view(self.token(at, room), "en")
        return next(((move.id,) for move in view.policies if move.available), ())

    def confirm(self, at: int = 0, room: int = 1, key: str | None = None) -> object:
        order = Order(turn=self.status(room).turn, moves=self.choice(at, room))
        return self.host.confirm(self.token(at, room), order, key)

    def play_turn(self, room: int = 1) -> None:
        for role in self.status(room).missing:
            assert isinstance(self.confirm(self.roles.index(role), room), Ack)
