"""What surrounds play in a class: prepared messages, questions, the debrief, what happened."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from game.locale import _
from game.scenario.schema.state import Ids
from game.scenario.schema.values import (
    ONE_OR_LIST,
    Entry,
    Formula,
    Id,
    Link,
    Moment,
    Number,
    Period,
    Short,
    Text,
    Turn,
    YesNo,
    one_of,
    refuse,
)


class Inject(Entry):
    """A message that the facilitator has ready, with or without an event that it sets off."""

    label: Text = Field(description="Name on the facilitator's page.")
    text: Text = Field(description="What the seats read.")
    to: Ids = Field(default=("all",), description="Who reads it: `all`, or roles.")
    event: Id | None = Field(default=None, description="Event that it sets off.")


class Question(Entry):
    """A question of the turn, which players answer with a probability."""

    turns: Annotated[tuple[Turn, ...], ONE_OR_LIST] = Field(
        default=(), description="Turns in which it is asked, before they resolve.", examples=[[5]]
    )
    dates: Ids = Field(default=(), description="Named dates in whose turns it is asked.")
    ask: Text = Field(description="The question, to be answered with yes or no.")
    holds: Formula = Field(
        description="What makes the answer yes; asked(x) is x before the turn of asking.",
        examples=["public_trust > asked(public_trust)"],
    )
    at: Moment = Field(
        default="asked",
        description="When it is settled: asked (after the turn of asking), end, a DATE or DATE+1.",
    )
    in_2021: YesNo | None = Field(
        default=None, description="The answer as things went; shown in the debrief alone."
    )

    @model_validator(mode="after")
    def _is_asked(self) -> "Question":
        if not self.turns and not self.dates:
            refuse(
                "S402",
                _("nothing says when this question is asked"),
                _("add 'turns: [5]' or 'dates: [NAME]'"),
            )
        return self


class DebriefQuestion(Entry):
    """A question for discussion after play."""

    ask: Text = Field(description="The question.")
    about: Text | None = Field(default=None, description="What it is after, for the facilitator.")
    claims: Annotated[tuple[Link, ...], ONE_OR_LIST] = Field(
        default=(), description="Claims that it is tied to, as READING.CLAIM."
    )


class Bearing(Entry):
    """What a fact means for a reading."""

    verdict: Annotated[Literal["for", "against", "open"], one_of("for", "against", "open")] = Field(
        description="Whether it speaks for the account, against it, or is argued over."
    )
    why: Text | None = Field(default=None, description="The reason, in a sentence.")


def _verdict(value: object) -> object:
    return {"verdict": value} if isinstance(value, str) else value


class HistoryFact(Entry):
    """A dated public fact, shown in the debrief alone."""

    date: Period = Field(description="When: a day, a month or a year.", examples=["2030-01-31", "2030-01"])
    until: Period | None = Field(default=None, description="Its last day or month, where it lasted.")
    text: Text = Field(description="What happened, in a sentence or two.")
    source: Text = Field(description="Where it can be checked: the document, by name.")
    confidence: Annotated[Literal["high", "medium"], one_of("high", "medium")] = Field(
        default="high",
        description="high: sources of different kinds agree; medium: one kind, or figures differ.",
    )
    bears_on: dict[Id, Annotated[Bearing, Short(_verdict, {"enum": ["for", "against", "open"]})]] = Field(
        default={},
        description="What it means for each reading. READING: {verdict: for | against | open, why: ...}, or "
        "the verdict alone.",
    )
    values: dict[Formula, Number] = Field(
        default={},
        description="Figures to lay beside the game's, by what is measured.",
        examples=[{"seats.islanders": 7}],
    )
