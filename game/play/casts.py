"""Who can sit at many tables at once? Random players, bots of drawn belief, and players who keep to a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.base.arrays import Bools, Floats, Ints
from game.engine import chance
from game.engine.bound import pure
from game.engine.moves import Hand
from game.engine.ruleset import Ruleset
from game.engine.state import State
from game.play.quick import Known, QuickBot

SIGNING: Final = 0.25
"""Chance that a random player signs an agreement that is open to it, each turn."""


class RandomPlayer:
    """Plays one role by chance alone: any policies that it can pay for, any answer, now and then a signature."""

    def __init__(self, ruleset: Ruleset, role: int) -> None:
        """Prepare a player.

        Args:
            ruleset: The compiled scenario.
            role: The role that it plays.
        """
        self.ruleset, self.role = ruleset, role
        mine = [at for at, move in enumerate(ruleset.moves) if move.role == role]
        self.policies = [at for at in mine if ruleset.moves[at].kind == "policy"]
        self.signatures = [at for at in mine if ruleset.moves[at].kind == "sign"]
        self.decisions = [list(event.options) for event in ruleset.events if event.decides == role]
        name = ruleset.roles[role].id
        self.words = {at: chance.streams([f"random:{name}:{ruleset.moves[at].id}"]) for at in mine}
        self.how_many = chance.streams([f"random:{name}"])

    def __call__(self, state: State, hand: Hand) -> None:
        """Add moves to the hand: as many policies as luck says, from none to all slots."""
        slots = self.ruleset.roles[self.role].slots
        wanted = np.floor(state.uniform(self.how_many)[0] * (slots + 1))
        self._pick(state, hand, self.policies, slots, wanted)
        for options in self.decisions:
            self._pick(state, hand, options, 1, np.ones(state.lanes))
        for at in self.signatures:
            hand.take(at, state.uniform(self.words[at])[0] < SIGNING)

    def _pick(self, state: State, hand: Hand, choices: Sequence[int], most: int, wanted: Floats) -> None:
        if not choices:
            return
        words = np.concatenate([self.words[at] for at in choices])
        values = state.uniform(words) + 1e-9
        for taken in range(most):
            hand.pick(choices, np.where(wanted > taken, values, 0.0))


class DrawnBelief(QuickBot):
    """A quick bot that believes, in each game, a reading drawn by that game's luck from the prior."""

    def __init__(self, ruleset: Ruleset, role: int) -> None:
        """Prepare a bot.

        Args:
            ruleset: The compiled scenario.
            role: The role that it plays.
        """
        super().__init__(ruleset, role, ruleset.prior)
        readings = range(len(ruleset.readings))
        self.believers = [QuickBot(ruleset, role, pure(ruleset, reading)) for reading in readings]
        self.belief_words = chance.streams([f"belief:{ruleset.roles[role].id}"])

    def believed(self, state: State) -> Ints:
        """Return the reading that each game's bot believes, [B]."""
        drawn = state.uniform(self.belief_words, 0)[0]
        places: Ints = np.searchsorted(np.cumsum(self.ruleset.prior), drawn, side="right")
        return np.minimum(places, len(self.believers) - 1)

    def weigh(self, known: Known, causes: tuple[int, ...]) -> Floats:
        """Return what each of some causes is worth, [causes, B], under the reading that each game's bot believes."""
        weighed = [bot.weigh(known, causes) for bot in self.believers]
        worth: Floats = np.choose(self.believed(known.state), weighed)
        return worth


@dataclass(frozen=True, slots=True)
class Planned:
    """Keeps to given policies and leaves answers and signatures to a bot.

    Attributes:
        before: Policies tried in turns up to `until`, in each game, [P, B].
        after: Policies tried in later turns, [P, B].
        until: The last turn of the first part.
        bot: Answers and signs; it must not use policies.
    """

    before: Bools
    after: Bools
    until: int
    bot: QuickBot

    def __call__(self, state: State, hand: Hand) -> None:
        """Add the plan's policies as far as they fit, then the bot's answers and signatures."""
        wanted = self.before if state.turn <= self.until else self.after
        for at in np.flatnonzero(wanted.any(axis=1)):
            hand.take(int(at), wanted[at])
        self.bot(state, hand)
