"""What is a thing called, in a language? Names of moves, causes and dates for views and ledgers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

from game.base.memo import Memo
from game.engine.ruleset import Move, Ruleset
from game.locale import _, language
from game.scenario.asking import Asked
from game.scenario.colours import BLOCS, READINGS, drawn
from game.scenario.loading import Loaded
from game.scenario.notes import RuleNote
from game.scenario.schema import Entry, Option, Scenario

_LONGEST_TITLE: Final = 60
"""Letters of a title that may stand behind every cause that cites it."""


@dataclass(frozen=True)
class Texts:
    """A scenario's texts in the current language.

    Attributes:
        loaded: The scenario as loaded.
        scenario: The same with texts in the language.
        ruleset: Its compiled form.
        memo: What was worded already, while these texts' language was spoken.
    """

    loaded: Loaded
    scenario: Scenario
    ruleset: Ruleset
    memo: Memo = field(default_factory=Memo, repr=False, compare=False)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Label of each role by its id."""
        return {name: role.label for name, role in self.scenario.roles.items()}

    @cached_property
    def reading_colours(self) -> tuple[str, ...]:
        """What each reading is drawn in, as #RRGGBB, in the readings' order."""
        return drawn((reading.colour for reading in self.scenario.readings.values()), READINGS)

    @cached_property
    def bloc_colours(self) -> tuple[str, ...]:
        """The same of each bloc."""
        contests = self.scenario.contests.values()
        return drawn((bloc.colour for contest in contests for bloc in contest.blocs.values()), BLOCS)

    def indicator(self, at: int) -> str:
        """Return an indicator's label."""
        return self.scenario.indicators[self.ruleset.indicators[at].id].label

    def event(self, at: int) -> str:
        """Return an event's label."""
        return self.scenario.events[self.ruleset.events[at].id].label

    def agreement(self, at: int) -> str:
        """Return an agreement's label."""
        return self.scenario.agreements[self.ruleset.agreements[at].id].label

    def reading(self, at: int) -> str:
        """Return a reading's label."""
        return self.scenario.readings[self.ruleset.readings[at]].label

    def bloc(self, at: int) -> str:
        """Return a bloc's label."""
        bloc = self.ruleset.blocs[at]
        contest = self.ruleset.contests[bloc.contest].id
        return self.scenario.contests[contest].blocs[bloc.id].label

    def question(self, asked: Asked) -> str:
        """Return a question of the turn in words."""
        if asked.indicator is None:
            return self.scenario.questions[asked.id].ask
        message = _("Will {indicator} be higher after this turn than before it?")
        return message.format(indicator=self.indicator(asked.indicator))

    def move(self, at: int) -> str:
        """Return what a move is called."""
        move = self.ruleset.moves[at]
        if move.agreement is not None:
            return _("Sign: {agreement}").format(agreement=self.agreement(move.agreement))
        if move.event is not None:
            return self.option(move).label
        return self.scenario.policies[move.id].label

    def option(self, move: Move) -> Option:
        """Return the authored option that an answer stands for."""
        event, _dot, option = move.id.partition(".")
        decision = self.scenario.events[event].decision
        if decision is None:
            raise KeyError(move.id)
        return decision.options[option]

    def source(self, name: str) -> str:
        """Return what a cited document is called in a line: its label, else its title, else a word.

        A title that is too long for a line serves only to tell several documents apart.
        """
        sources = self.scenario.sources
        if name not in sources:
            return _("source")
        label, title = sources[name].label, sources[name].title
        is_short = len(title) <= _LONGEST_TITLE or len(sources) > 1
        return label or (title if is_short else _("source"))

    def cites(self, marks: Iterable[str]) -> tuple[str, ...]:
        """Return marks such as `article:19` with what their sources are called in place of the ids."""
        parts = (mark.rpartition(":") for mark in marks)
        return tuple(f"{self.source(name)}:{paragraph}" for name, _colon, paragraph in parts)

    def why(self, note: RuleNote) -> str:
        """Return the reason that the author gives for a rule, empty if none."""
        part: Any = self.scenario
        for key in note.path:
            part = getattr(part, str(key)) if isinstance(part, Entry) else part[key]
        return getattr(part, "why", None) or ""

    def cause(self, cause: int) -> str:
        """Return what a cause is called in a ledger."""
        at = cause - 1
        if at < 0:
            return _("The way things go")
        if at < len(self.ruleset.moves):
            move = self.ruleset.moves[at]
            if move.event is not None:
                return f"{self.event(move.event)}: {self.move(at)}"
            return self.move(at)
        at -= len(self.ruleset.moves)
        if at < len(self.ruleset.events):
            return self.event(at)
        at -= len(self.ruleset.events)
        if at < len(self.ruleset.agreements):
            return _("In force: {agreement}").format(agreement=self.agreement(at))
        at -= len(self.ruleset.agreements)
        return _("Broken: {agreement}").format(agreement=self.agreement(at))


def texts_of(loaded: Loaded, ruleset: Ruleset, lang: str | None = None) -> Texts:
    """Return a scenario's texts in a language, or in the current one."""
    spoken = lang or language()
    if ruleset is loaded.ruleset:
        return _texts_of(loaded, spoken)
    return Texts(loaded, loaded.in_language(spoken), ruleset)


@lru_cache(maxsize=8)
def _texts_of(loaded: Loaded, lang: str) -> Texts:
    return Texts(loaded, loaded.in_language(lang), loaded.compiled)
