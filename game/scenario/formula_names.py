"""What may a formula speak of, and how is each kind of thing spoken of?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from game.locale import _
from game.scenario.names import Suggestions

Kind: TypeAlias = Literal["indicator", "date", "event", "agreement", "move", "tag", "bloc", "outcome"]
Extra: TypeAlias = Literal["start", "chance", "asked"]


@dataclass(frozen=True)
class Names:
    """What a formula may speak of, and the position, turn or positions that each name stands for.

    Attributes:
        indicators: Position of each indicator.
        dates: Turn of each named date.
        events: Position of each event.
        agreements: Position of each agreement.
        blocs: Position of each bloc.
        outcomes: Position of each outcome.
        moves: Positions of the moves that share an id: a signature has one per party.
        tags: Positions of the moves that carry a tag.
        extras: Functions allowed here besides those of every formula.
        unread: Kinds whose entries could not all be read; an unknown name may be one of them and is let pass.
        suggestions: What was probably meant by names that do not exist.
    """

    indicators: Mapping[str, int] = field(default_factory=dict)
    dates: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)
    agreements: Mapping[str, int] = field(default_factory=dict)
    blocs: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    moves: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    tags: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    extras: frozenset[Extra] = frozenset()
    unread: frozenset[Kind] = frozenset()
    suggestions: Suggestions = field(default_factory=Suggestions)

    def allowing(self, *extras: Extra) -> "Names":
        """Return the same names with further functions allowed."""
        return replace(self, extras=self.extras | set(extras))

    def other_kind(self, name: str, kind: Kind) -> tuple[str, str]:
        """Return how a name of another kind than `kind` is meant to be used.

        Returns:
            What to do, in a sentence, and the name as it is written where there is one way; '' for what there is not.
        """
        ways: tuple[tuple[Kind, Mapping[str, object], str, str], ...] = (
            ("indicator", self.indicators, _("it is an indicator; write it alone: {name}"), ""),
            (
                "date",
                self.dates,
                _("it is a date; write before({name}), after({name}) or turns_to({name})"),
                "",
            ),
            ("event", self.events, _("it is an event; write happened({name})"), f"happened({name})"),
            (
                "agreement",
                self.agreements,
                _("it is an agreement; write in_force({name})"),
                f"in_force({name})",
            ),
            ("bloc", self.blocs, _("it is a bloc; write seats.{name}"), f"seats.{name}"),
            ("move", self.moves, _("it is a policy; write played({name})"), f"played({name})"),
            ("tag", self.tags, _("it is a tag; write played({name})"), f"played({name})"),
        )
        found = [
            (way.format(name=name), whole) for at, known, way, whole in ways if at != kind and name in known
        ]
        return found[0] if found else ("", "")
