"""What has happened in one game so far? Its steps, and all that follows from them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from game.base.arrays import Floats
from game.base.errors import ContentError
from game.base.memo import Memo
from game.engine.bound import Bound, bind
from game.engine.chance import roots_of
from game.engine.ledger import Step, Term, ledger
from game.engine.moves import Obstacle, held_back
from game.engine.ruleset import Ruleset
from game.engine.state import State, begin, horizon
from game.engine.turn import resolve
from game.locale import _
from game.play.evidence import Estimates, Evidence, first_estimates, first_evidence, weigh
from game.play.forecast import Forecaster
from game.play.sight import Observation, observe


class StandIn(StrEnum):
    """What counts for a seat whose people have not handed in: their draft, or what a caretaker or a bot orders."""

    DRAFT = "draft"
    CARETAKER = "caretaker"
    BOT = "bot"


_NOBODY: Final[Mapping[int, StandIn]] = MappingProxyType({})
_BASES: Final = 2
"""Turns whose evidence a lightened game keeps, without how it came about: the latest may be asked for again."""


class Game:
    """A single game: B is 1 throughout.

    Attributes:
        ruleset: The compiled scenario.
        seed: What all its luck derives from; no seat ever receives it.
        world: How much of each reading is true, [K].
        steps: The turns resolved so far.
        ended: Whether it was ended before its last turn.
        orders: Moves that were ordered in each of them, by position; answers by default are not among them.
        stood_in: In whose name others ordered in each of them: by position of the role, who or what did.
        memo: What was told of its steps already.
    """

    def __init__(
        self, ruleset: Ruleset, seed: int, world: Floats, first_values: Floats | None = None
    ) -> None:
        """Begin a game.

        Args:
            ruleset: The compiled scenario.
            seed: What all its luck derives from.
            world: How much of each reading is true, [K].
            first_values: Indicator values to begin with, [V, 1]; None takes the scenario's.
        """
        self.ruleset = ruleset
        self.seed = seed
        self.world = world
        self.bound: Bound = bind(ruleset, world)
        self.steps: list[Step] = []
        self.ended = False
        self.orders: list[tuple[int, ...]] = []
        self.stood_in: list[Mapping[int, StandIn]] = []
        self.memo = Memo()
        self._start = begin(ruleset, roots_of([seed]), first_values)
        self._seen: dict[int, list[Observation]] = {}
        self._ledgers: dict[int, list[Term]] = {}
        self._forecasters: dict[int, Forecaster] = {}
        self._evidence: dict[int, dict[int, Evidence]] = {}
        self._bases: dict[int, dict[int, Evidence]] = {}
        self._estimates: dict[int, Estimates] = {}
        self._held: tuple[State, tuple[Obstacle | None, ...]] | None = None
        self._recalled: Game | None = None

    def held_back(self) -> tuple[Obstacle | None, ...]:
        """Return what holds each move back on its own in the turn that is due, None if nothing does, [P]."""
        if self._held is None or self._held[0] is not self.state:
            self._held = (self.state, held_back(self.ruleset, self.state))
        return self._held[1]

    @property
    def state(self) -> State:
        """The situation now."""
        return self.steps[-1].after if self.steps else self._start

    @property
    def turn(self) -> int:
        """The turn that is due, from 1; one past the last when the game is over."""
        return self.state.turn

    @property
    def over(self) -> bool:
        """Whether the last turn has been resolved, or the game was ended before."""
        return self.ended or self.turn > self.ruleset.turns

    def states(self) -> list[State]:
        """Return the situation at the start and after each turn resolved."""
        return [self._start, *(step.after for step in self.steps)]

    def resolve(
        self,
        orders: Mapping[int, Iterable[int]],
        forced: tuple[int, ...] = (),
        forbidden: tuple[int, ...] = (),
        stood_in: Mapping[int, StandIn] = _NOBODY,
    ) -> Step:
        """Resolve the turn that is due.

        Args:
            orders: Legal moves of each role; a role without an order makes none.
            forced: Events that are made to happen.
            forbidden: Events that are kept from happening.
            stood_in: The roles whose order is not their people's, and whose it is.

        Raises:
            ContentError: A value is no number any more; the turn does not count.
        """
        before = self.state
        ordered = tuple(at for order in orders.values() for at in order)
        step = None if forbidden else self._as_before(ordered, forced)
        if step is None:
            moves = np.zeros((len(self.ruleset.moves), 1), bool)
            for at in ordered:
                moves[at, 0] = True
            after, causes = resolve(self.bound, before, moves, forced, forbidden)
            self._check(after)
            step = Step(before, causes, after, forced)
        self.steps.append(step)
        self.orders.append(ordered)
        self.stood_in.append(stood_in)
        self._seen.clear()  # little is asked of earlier turns
        if self._recalled is not None:
            for role, found in self._recalled._estimates.items():
                self.take_estimates(role, 0, found)
        return step

    def _check(self, after: State) -> None:
        """Refuse a situation of which nobody could say anything, and which would spoil all later ones."""
        if math.isfinite(after.x.sum()):
            return
        for at in np.flatnonzero(~np.isfinite(after.x[:, 0])).tolist():
            message = _(
                "In turn {turn} '{indicator}' comes to no number: effects on it are out of all bounds. Look at "
                "them and at the readings' factors, and check the scenario."
            )
            raise ContentError(message.format(turn=after.turn - 1, indicator=self.ruleset.indicators[at].id))

    def recall(self, other: "Game") -> None:
        """Take turns, as far as they go the same way again, from another run of this game, with their estimates.

        It saves their working out; a run of another scenario, seed or world is not recalled.
        """
        same = self.ruleset is other.ruleset and self.seed == other.seed and not self.steps
        if same and all(map(np.array_equal, (self.world, self._start.x), (other.world, other._start.x))):
            self._start, self._recalled, other._recalled = other._start, other, None

    def _as_before(self, ordered: tuple[int, ...], forced: tuple[int, ...]) -> Step | None:
        """Return the step that the recalled run made from here by the same orders, if it did."""
        other, at = self._recalled, len(self.steps)
        if other is None:
            return None
        if at < len(other.steps):
            step = other.steps[at]
            is_same = set(other.orders[at]) == set(ordered) and set(step.forced) == set(forced)
            if is_same and step.before is self.state:
                return step
        self._recalled = None
        return None

    def seen(self, role: int, turn: int) -> Observation:
        """Return what a role learned of a resolved turn."""
        if turn not in self._seen:
            self._seen[turn] = observe(self.ruleset, self.steps[turn - 1])
        return self._seen[turn][role]

    def evidence(self, role: int, turn: int | None = None) -> Evidence:
        """Return what a role can know after a resolved turn, 0 before the first; None means the latest."""
        until = len(self.steps) if turn is None else turn
        known = self._evidence.setdefault(role, {})
        if until not in known:
            start = {number: item for number, item in self._bases.get(role, {}).items() if number < until}
            start |= {number: item for number, item in known.items() if number < until}
            since = max(start, default=0)
            before = start[since] if start else first_evidence(self.ruleset, role)
            for number in range(since + 1, until + 1):
                before = known[number] = weigh(self.ruleset, before, self.seen(role, number))
            known.setdefault(until, before)
        return known[until]

    def estimates(self, role: int) -> Estimates:
        """Return what a role could estimate before the first turn and after each resolved one."""
        known = len(self.known_estimates(role))
        new = [self.evidence(role, turn).estimate() for turn in range(known, len(self.steps) + 1)]
        if new:
            self.take_estimates(role, known, np.stack(new))
        return self._estimates[role]

    def known_estimates(self, role: int) -> Estimates:
        """Return a role's estimates as far as they have been worked out, at least that before the first turn."""
        if role not in self._estimates:
            self._estimates[role] = first_estimates(self.ruleset, role)
        return self._estimates[role]

    def take_estimates(self, role: int, since: int, found: Estimates) -> bool:
        """Take a role's estimates that were worked out elsewhere from the same game; return whether any is new.

        Args:
            role: Position of the role.
            since: Turn after which the first of them holds.
            found: The estimates, turn by turn.
        """
        known = self.known_estimates(role)
        new = found[max(0, len(known) - since) : len(self.steps) + 1 - since]
        if since > len(known) or not len(new):
            return False
        self._estimates[role] = np.concatenate((known, new))
        return True

    def lighten(self) -> None:
        """Let go of evidence but what the next turn's is worked out from; it is worked out anew where asked for."""
        for role, known in self._evidence.items():
            kept = {**self._bases.get(role, {}), **known}
            latest = sorted(kept)[-_BASES:]
            self._bases[role] = {turn: replace(kept[turn], steps=()) for turn in latest}
            known.clear()
        self._forecasters.clear()

    def forecaster(self, role: int) -> Forecaster:
        """Return what looks ahead for a role."""
        if role not in self._forecasters:
            self._forecasters[role] = Forecaster(self.ruleset, role)
        return self._forecasters[role]

    def ledger(self, turn: int) -> list[Term]:
        """Return the true terms of a resolved turn's changes."""
        if turn not in self._ledgers:
            first = max(0, turn - 1 - horizon(self.ruleset))
            self._ledgers[turn] = ledger(self.bound, self.steps[first:turn])
        return self._ledgers[turn]
