"""What is a compiled scenario? Everything a turn needs, as numbers and small frozen records.

Things refer to each other by position in the ruleset's tuples; ids are there for messages and for chance,
whose streams are named. No texts: those stay with the scenario.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from game.base.arrays import Floats
from game.engine.expression import Expr

MoveKind: TypeAlias = Literal["policy", "sign", "answer"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A quantity of the crisis, in index points.

    `noise` is a standard deviation per turn, above 0. `rests_at` and `rests_rate`: each turn the value moves
    by rate x (at - value); rate 0 means no rest. `soft_bottom` and `soft_top`: points from each limit within
    which effects that are not `always` fade; 0 means none. `errors` and `hidden`: per role, the standard
    deviation of its report (0 exact) and whether it gets none.
    """

    id: str
    start: float
    low: float
    high: float
    noise: float
    rests_at: float
    rests_rate: float
    soft_bottom: float
    soft_top: float
    errors: tuple[float, ...]
    hidden: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """What a role wants: worth 0 at `worst`, 1 at `best`, linear between; `worst` may be the larger."""

    id: str
    of: Expr
    worst: float
    best: float
    weight: float


@dataclass(frozen=True, slots=True)
class Role:
    """One side of the crisis.

    `capital_*` in points of political capital: at the start, earned per turn, held at most. `slots`:
    policies per turn. `caretaker`: moves, in order, that an absent seat tries. `believes`: the reading that
    its bot holds, or None for the prior.
    """

    id: str
    capital_start: float
    capital_income: float
    capital_most: float
    slots: int
    objectives: tuple[Objective, ...]
    reached_at: float
    caretaker: tuple[int, ...]
    believes: int | None
    temperature: float


@dataclass(frozen=True, slots=True)
class Move:
    """Anything that a role can do in a turn: a policy, a signature (one per party) or an answer.

    `id` is what orders name (`POLICY`, `sign.AGREEMENT`, `EVENT.OPTION`); a signature's id is shared by its
    parties, told apart by `role`. `excludes`: moves that may not stand in the same order. `covert`: chance
    that a use stays hidden. `tags`: without the `#`.
    """

    id: str
    kind: MoveKind
    role: int
    cost: float
    when: Expr | None = None
    excludes: frozenset[int] = frozenset()
    cooldown: int = 0
    covert: float = 0.0
    tags: frozenset[str] = frozenset()
    agreement: int | None = None
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, on a date or by chance.

    `turn`: the turn of its date, or None where `chance` gives its probability before the reading's factor.
    `seen_by`: roles that learn of it. `decides`: the role that answers its decision, `answer_turns` the turns
    it has for that, `options` the moves that answer, `default` the one taken for it.
    """

    id: str
    turn: int | None
    chance: Expr | None
    when: Expr | None
    once: bool
    seen_by: frozenset[int]
    decides: int | None = None
    answer_turns: int = 0
    default: int | None = None
    options: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """A bargain between roles: acts from the turn after all parties' signatures live together."""

    id: str
    parties: tuple[int, ...]
    offer_lasts: int
    once: bool
    starts: bool
    covert: bool
    broken_by_moves: frozenset[int]
    broken_by_events: frozenset[int]


@dataclass(frozen=True, slots=True)
class Bloc:
    """A list that stands in a contest; `was`: its seats before; `strength`: its log weight."""

    id: str
    contest: int
    was: int
    strength: Expr


@dataclass(frozen=True, slots=True)
class Contest:
    """An election: strengths become shares by softmax with noise, shares seats by largest remainder."""

    id: str
    turn: int
    seats: int
    noise: float


@dataclass(frozen=True, slots=True)
class Rule:
    """One effect of one cause on one indicator.

    `cause`: position among the ruleset's causes. `by`: index points over the start-of-turn state. Earned
    now, delivered `after` turns later on each of `lasts` turns. `fades`: whether soft limits apply.
    `coefficients`: how strongly the link works in each reading, the row of S[R, K].
    """

    id: str
    cause: int
    target: int
    by: Expr
    after: int
    lasts: int
    fades: bool
    coefficients: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An ending; the first whose condition holds after the last turn is the game's. None always holds."""

    id: str
    when: Expr | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What an ending cost: turns in which `count` holds, or the value of `of` at the end; one is None."""

    id: str
    count: Expr | None
    of: Expr | None


@dataclass(frozen=True, eq=False)
class Ruleset:
    """A compiled scenario; equal to itself alone.

    `factors`: what each reading multiplies an event's chance by, [E, K]. `prior`: of each reading, summing
    to 1, [K]. `dates`: turn of each named date. `pace`: how many turns of the full game one turn here stands
    for. `world`: the scenario's own choice: weights per reading, or None to draw one by the prior.
    """

    id: str
    turns: int
    dates: Mapping[str, int]
    pace: float
    covert_rate: float
    readings: tuple[str, ...]
    prior: Floats
    world: Floats | None
    indicators: tuple[Indicator, ...]
    roles: tuple[Role, ...]
    moves: tuple[Move, ...]
    events: tuple[Event, ...]
    factors: Floats
    agreements: tuple[Agreement, ...]
    contests: tuple[Contest, ...]
    blocs: tuple[Bloc, ...]
    rules: tuple[Rule, ...]
    outcomes: tuple[Outcome, ...]
    costs: tuple[Cost, ...]

    @property
    def causes(self) -> int:
        """How many causes there are: always, then moves, events, agreements in force, agreements broken."""
        return 1 + len(self.moves) + len(self.events) + 2 * len(self.agreements)

    def cause_of_move(self, move: int) -> int:
        """Return the cause of a move being made."""
        return 1 + move

    def cause_of_event(self, event: int) -> int:
        """Return the cause of an event firing."""
        return 1 + len(self.moves) + event

    def cause_of_agreement(self, agreement: int) -> int:
        """Return the cause of an agreement being in force."""
        return 1 + len(self.moves) + len(self.events) + agreement

    def cause_of_breach(self, agreement: int) -> int:
        """Return the cause of an agreement being broken this turn."""
        return 1 + len(self.moves) + len(self.events) + len(self.agreements) + agreement

    @cached_property
    def moves_of(self) -> tuple[tuple[int, ...], ...]:
        """Positions of each role's moves."""
        owned = [
            [at for at, move in enumerate(self.moves) if move.role == role] for role in range(len(self.roles))
        ]
        return tuple(map(tuple, owned))

    @cached_property
    def indicator_at(self) -> Mapping[str, int]:
        """Position of each indicator by its id."""
        return {item.id: at for at, item in enumerate(self.indicators)}

    @cached_property
    def role_at(self) -> Mapping[str, int]:
        """Position of each role by its id."""
        return {item.id: at for at, item in enumerate(self.roles)}

    @cached_property
    def event_at(self) -> Mapping[str, int]:
        """Position of each event by its id."""
        return {item.id: at for at, item in enumerate(self.events)}

    @cached_property
    def reading_at(self) -> Mapping[str, int]:
        """Position of each reading by its id."""
        return {item: at for at, item in enumerate(self.readings)}

    @cached_property
    def move_at(self) -> Mapping[tuple[int, str], int]:
        """Position of each move by its role's position and its id."""
        return {(item.role, item.id): at for at, item in enumerate(self.moves)}
