"""What is done and what happens: effects, policies, events, agreements, contests, endings."""

import re
from typing import Annotated, Any, Final, TypeAlias

from pydantic import Field, model_validator

from game.locale import _
from game.scenario.schema.colour import Colour
from game.scenario.schema.state import Ids
from game.scenario.schema.values import (
    ONE_OR_LIST,
    Basis,
    Cite,
    Count,
    Entry,
    Formula,
    Id,
    MoveOrTag,
    NotNegative,
    Read,
    Share,
    Text,
    YesNo,
    plain_text,
    refuse,
    whole,
)

Cites: TypeAlias = Annotated[tuple[Cite, ...], ONE_OR_LIST]
"""One paragraph or a list."""
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})")


def _odds(value: Any) -> str:
    """Read a formula that comes to a chance; a plain number must be one."""
    text = plain_text(value)
    number = float(text) if _NUMBER.fullmatch(text) else 0.0
    if not 0.0 <= number <= 1.0:
        message = _("{value} is too high") if number > 0.0 else _("{value} is too low")
        fix = _("a chance lies between 0 (never) and 1 (certain)")
        if 1.0 < number <= 100.0:
            fix = _("write {share} for {percent} percent")
        share, percent = f"{number / 100:g}", f"{number:g}"
        refuse("S404", message.format(value=percent), fix.format(share=share, percent=percent))
    return text


Odds: TypeAlias = Annotated[str, Read(_odds, {"type": ["string", "number"], "minimum": 0, "maximum": 1})]
"""A chance from 0 to 1, or a formula that comes to one, kept as text."""
MovesOrTags: TypeAlias = Annotated[tuple[MoveOrTag, ...], ONE_OR_LIST]
"""One move or #tag, or a list."""

_CITE = (
    "Paragraphs it rests on: 19, [23, 25] or article:19; a bare number means the only source with paragraphs."
)
_SEEN = "Who learns of it: `all`, or roles."
_WHEN = (
    "Condition; without it always. It may use only what the role knows exactly: turn, dates, seats, events "
    "that all see, its own moves, agreements that are open or its own, and indicators that are exact for it."
)
_PART_ID = "Names the rule, CAUSE>ID, where one cause has several effects on one indicator."


class Effect(Entry):
    """What a cause does to an indicator: one rule."""

    change: Id = Field(description="The indicator.")
    by: Formula = Field(
        description="Points, or a formula over the values at the start of the turn.", examples=[6]
    )
    after: Count = Field(
        default=0, description="Turns until it arrives; its size is fixed when it is earned."
    )
    for_: Annotated[int, whole(least=1, most=400)] = Field(
        default=1, alias="for", description="Turns on which the full amount arrives."
    )
    why: Text | None = Field(default=None, description="The reason, in a few words that a ledger can print.")
    cite: Cites = Field(default=(), description=_CITE)
    basis: Basis | None = Field(
        default=None, description="`stated` by the source or `inference` by the author."
    )
    id: Id | None = Field(default=None, description=_PART_ID)


class Policy(Entry):
    """Something that a role can do in a turn."""

    role: Id = Field(description="Who can do it.")
    label: Text = Field(description="Name on the card.")
    about: Text | None = Field(default=None, description="What is done, in a sentence.")
    headline: Text | None = Field(default=None, description="What others read when it is seen.")
    tags: Ids = Field(default=(), description="Kinds of policy that it belongs to, written without #.")
    cost: NotNegative = Field(default=1.0, description="Political capital.")
    when: Formula | None = Field(default=None, description=_WHEN, examples=["not in_force(pact)"])
    excludes: MovesOrTags = Field(
        default=(),
        description="Policies and #tags that the same role cannot use in the same turn; holds both ways.",
    )
    cooldown: Count = Field(default=0, description="Full turns between two uses.")
    covert: Share = Field(
        default=0.0,
        description="Whether others are not told: false, true, or the chance per use that it stays hidden.",
    )
    effects: tuple[Effect, ...] = Field(default=(), description="What it does in every reading.")


class Option(Entry):
    """One answer to an event's question."""

    label: Text = Field(description="Name on the card.")
    about: Text | None = Field(default=None, description="What is done, in a sentence.")
    headline: Text | None = Field(default=None, description="What others read.")
    cost: NotNegative = Field(default=0.0, description="Political capital.")
    when: Formula | None = Field(default=None, description=_WHEN)
    effects: tuple[Effect, ...] = Field(default=(), description="What it does in every reading.")


class Decision(Entry):
    """A question that an event puts to a role."""

    role: Id = Field(description="Who answers; must be among those who see the event.")
    ask: Text | None = Field(
        default=None, description="The question, where the event's text does not put it."
    )
    turns: Annotated[int, whole(least=1, most=400)] = Field(
        default=1, description="Turns it stays open; 1 means: answered in the next turn's order."
    )
    default: Id = Field(description="Option taken if none is chosen; it has no cost and no condition then.")
    options: dict[Id, Option] = Field(min_length=2, description="Possible answers.")


class Event(Entry):
    """Something that happens, on a date or by chance."""

    label: Text = Field(description="Name on screen.")
    text: Text | None = Field(default=None, description="What happens, in a few sentences.")
    headline: Text | None = Field(
        default=None, description="What is read of it; the label, if there is none."
    )
    place: Id | None = Field(default=None, description="Where, if the scenario has a map.")
    seen_by: Ids = Field(default=("all",), description=_SEEN, examples=["all", ["council"]])
    chance: Odds | None = Field(
        default=None, description="Probability in a turn, 0 to 1.", examples=["0.03 + 0.003 * anger"]
    )
    date: Id | None = Field(default=None, description="Named date on which it happens, in place of a chance.")
    when: Formula | None = Field(
        default=None, description="Condition over the values at the start of the turn."
    )
    once: YesNo = Field(default=False, description="Whether it happens once at most.")
    effects: tuple[Effect, ...] = Field(default=(), description="What it does in every reading.")
    decision: Decision | None = Field(default=None, description="The question it puts to a role.")

    @model_validator(mode="after")
    def _has_one_cause(self) -> "Event":
        if self.chance is not None and self.date is not None:
            refuse("S407", _("this event has a chance and a date"), _("keep one of them"), "chance")
        if self.chance is None and self.date is None:
            message = _("nothing says when this event happens")
            refuse(
                "S402", message, _("add 'chance: 0.05', 'date: NAME', or 'chance: 0' if only you inject it")
            )
        return self


class Agreement(Entry):
    """A bargain: acts from the turn after all parties' signatures live together."""

    label: Text = Field(description="Name on screen.")
    about: Text | None = Field(default=None, description="What is agreed, in a sentence.")
    headline: Text | None = Field(default=None, description="What is read when it enters into force.")
    between: tuple[Id, ...] = Field(min_length=2, description="Roles that sign.")
    cost: dict[Id, NotNegative] = Field(
        default={}, description="What a signature costs each role; absent means 0."
    )
    when: Formula | None = Field(default=None, description="For signing. " + _WHEN)
    offer_lasts: Annotated[int, whole(least=1, most=400)] = Field(
        default=1, description="Turns that a signature lives, its own included."
    )
    once: YesNo = Field(default=False, description="Whether it can be signed once only.")
    effects: tuple[Effect, ...] = Field(default=(), description="What it does each turn while in force.")
    broken_by: MovesOrTags = Field(default=(), description="Policies, #tags, answers and events that end it.")
    starts: YesNo = Field(default=False, description="Whether it is in force from the first turn.")
    covert: YesNo = Field(default=False, description="Whether its parties alone know of it.")
    if_broken: tuple[Effect, ...] = Field(
        default=(), description="What its breach does, in the turn of the breach."
    )


class Bloc(Entry):
    """A list that stands in a contest."""

    label: Text = Field(description="Name on screen.")
    about: Text | None = Field(default=None, description="Who they are, in a sentence.")
    colour: Colour | None = Field(
        default=None,
        description='Its colour in charts, unlike the others\' and dark enough to be seen: a name, or `"#rrggbb"` in '
        "quotes. Without one it has a colour by its place.",
        examples=["green"],
    )
    was: Count = Field(default=0, description="Seats before.")
    strength: Formula = Field(
        description="Logarithm of its weight; shares are e^strength over the sum of all.",
        examples=["log(46) + 0.016 * (public_trust - 50)"],
    )


class Contest(Entry):
    """An election: strengths become shares with noise, shares become seats by largest remainder."""

    label: Text | None = Field(default=None, description="Name on screen.")
    date: Id = Field(description="Named date on which it is held.")
    seats: Annotated[int, whole(least=1, most=10_000)] = Field(description="Seats to fill.")
    noise: NotNegative = Field(default=0.1, description="Luck: standard deviation added to each strength.")
    blocs: dict[Id, Bloc] = Field(min_length=2, description="Lists that stand.")
    harvest_without: MovesOrTags = Field(
        default=(),
        description="Moves and #tags left out of the game that the debrief compares this one with.",
    )


class Outcome(Entry):
    """An ending. They are tried in the order listed; the first whose condition holds is the game's."""

    when: Formula | None = Field(
        default=None, description="Condition after the last turn; the last ending has none."
    )
    title: Text = Field(description="Its title.")
    text: Text = Field(description="What has become of things.")
    credit: Text | None = Field(default=None, description="Who is credited.")
    harvest: Text | None = Field(default=None, description="Who harvests.")


class Cost(Entry):
    """What an ending cost, printed with every ending."""

    label: Text = Field(description="What is counted, in words.")
    count: Formula | None = Field(
        default=None, description="Condition; the turns in which it holds are counted."
    )
    of: Formula | None = Field(default=None, description="A formula; its value at the end is shown.")

    @model_validator(mode="after")
    def _counts_one_thing(self) -> "Cost":
        if self.count is not None and self.of is not None:
            refuse("S407", _("this cost has both 'count' and 'of'"), _("keep one of them"), "of")
        if self.count is None and self.of is None:
            refuse("S402", _("nothing says what is counted"), _("add 'count: CONDITION' or 'of: FORMULA'"))
        return self
