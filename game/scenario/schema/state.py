"""What is counted, and who plays: indicators and roles."""

from typing import Annotated, Any, TypeAlias

from pydantic import Field

from game.scenario.schema.values import (
    ONE_OR_LIST,
    Better,
    Chance,
    Entry,
    Formula,
    Id,
    Move,
    NotNegative,
    Number,
    Positive,
    Short,
    Text,
    number,
    whole,
)

Ids: TypeAlias = Annotated[tuple[Id, ...], ONE_OR_LIST]
"""One id or a list of ids."""


class Rests(Entry):
    """Where an indicator drifts back to."""

    at: Number = Field(description="The value at which it rests.")
    rate: Chance = Field(description="What part of the gap it closes each turn.", examples=[0.03])


def _errors(value: Any) -> Any:
    return value if isinstance(value, dict) else {"default": value}


class Report(Entry):
    """What roles are told of an indicator."""

    error: Annotated[dict[Id, NotNegative], Short(_errors, {"type": "number", "minimum": 0})] = Field(
        default={"default": 15.0},
        description="Standard deviation of what a role is told, in points: one number, or one for each role "
        "and `default` for the others. 15 if nothing is said.",
        examples=[{"default": 15, "council": 9}],
    )
    exact_for: Ids = Field(
        default=(),
        description="Roles that know it exactly. Only where no two readings differ on it, or they would know "
        "the world at once.",
    )
    hidden_from: Ids = Field(default=(), description="Roles that hear nothing of it.")


class Indicator(Entry):
    """A quantity of the crisis, in index points."""

    label: Text = Field(description="Name on screen.", examples=["Trust in the council"])
    about: Text | None = Field(default=None, description="What one point means, in a sentence.")
    start: Number = Field(description="Value when the game begins.")
    range: tuple[Number, Number] = Field(default=(0.0, 100.0), description="Lowest and highest value.")
    rests: Rests | None = Field(
        default=None,
        description="Mean reversion: each turn the value moves by rate * (at - value). The rule's id is "
        "always>INDICATOR.rests.",
    )
    noise: Positive = Field(default=1.0, description="Luck: standard deviation per turn, above 0.")
    soft: tuple[NotNegative, NotNegative] = Field(
        default=(0.0, 0.0),
        description="Points from bottom and top within which effects of moves, events and agreements fade.",
        examples=[[35, 45]],
    )
    report: Report = Field(default=Report(), description="What roles are told of it.")
    better: dict[Id, Better] = Field(
        default={}, description="Which direction a role wants: high, low or none. Colours only."
    )


class Capital(Entry):
    """A role's political capital."""

    start: NotNegative = Field(default=5.0, description="Points when the game begins.")
    income: NotNegative = Field(default=3.0, description="Points earned each turn.")
    most: Positive = Field(default=9.0, description="Points held at most.")


class Objective(Entry):
    """Something that a role wants."""

    label: Text = Field(description="What it wants, in words.")
    of: Formula = Field(
        description="What is measured after the last turn.", examples=["public_trust", "seats.islanders"]
    )
    from_: Number = Field(alias="from", description="Where it is worth 0; may be the larger.")
    to: Number = Field(description="Where it is worth 1; linear in between.")
    weight: Positive = Field(default=1.0, description="Its weight in the role's score.")


class Bot(Entry):
    """How a bot plays the role."""

    believes: Id | None = Field(
        default=None, description="Reading that it acts on; without it, all by their prior."
    )
    temperature: NotNegative = Field(
        default=0.3, description="How often it strays from its best move; 0 never."
    )


class Role(Entry):
    """One side of the crisis."""

    label: Text = Field(description="Name on screen.")
    brief: Text = Field(description="What you want, what you fear, whom you need, what you know.")
    capital: Capital = Field(default=Capital(), description="Political capital.")
    slots: Annotated[int, whole(least=0, most=10)] = Field(
        default=2, description="Policies per turn; signatures and answers use none."
    )
    shows: tuple[Id, ...] = Field(
        default=(), max_length=8, description="Up to eight indicators that it sees first."
    )
    objectives: dict[Id, Objective] = Field(min_length=1, description="What it wants.")
    reached_at: Annotated[float, number(least=0.0, most=1.0)] = Field(
        default=0.55,
        description="Score (weighted mean of the objectives) from which it has reached its objectives.",
    )
    caretaker: tuple[Move, ...] = Field(
        default=(), description="Moves that an absent seat tries, in this order."
    )
    bot: Bot = Field(default=Bot(), description="How a bot plays it.")
