"""What does a seat hand in, and what does it get back?"""

from functools import lru_cache
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

RefusalCode: TypeAlias = Literal[
    "unknown",  # there is no such move
    "not_yours",  # it belongs to another role
    "unavailable",  # its condition does not hold
    "unaffordable",  # the order costs more capital than there is
    "too_many",  # more policies than slots
    "excluded",  # two of its moves exclude each other
    "cooling",  # used too recently
    "closed",  # nothing to answer, or the agreement stands or is signed already
    "wrong_turn",  # made for another turn than the current one
    "confirmed",  # this seat's order for the turn is confirmed already
    "paused",  # the game is paused
    "over",  # the game has ended
    "malformed",  # not an order at all
    "stranger",  # nobody that this session knows, or not theirs to do
    "taken",  # somebody else has it
    "too_often",  # asked too many times in a short while
    "unsaved",  # it could not be kept; nothing has changed
]
"""Why an order is refused; a closed list."""


class Order(BaseModel):
    """One seat's moves for a turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int = Field(ge=1, description="The turn that the order is for.")
    moves: tuple[Annotated[str, Field(max_length=200)], ...] = Field(
        default=(),
        max_length=100,
        description="Ids of moves: POLICY, sign.AGREEMENT or EVENT.OPTION, each at most once.",
    )


class Prediction(BaseModel):
    """What a participant holds likely before a turn is resolved."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int = Field(ge=1, description="The turn before whose resolution it is made.")
    readings: dict[Annotated[str, Field(max_length=200)], float] = Field(
        default_factory=dict,
        max_length=100,
        description="How likely the participant holds each reading, each 0 to 1, together 1; may be empty.",
    )
    questions: dict[Annotated[str, Field(max_length=200)], float] = Field(
        default_factory=dict,
        max_length=100,
        description="How likely the participant holds yes, 0 to 1, to questions of the turn; any may be left.",
    )


class Ack(BaseModel):
    """The order, or prediction, stands and is safely kept."""

    model_config = ConfigDict(frozen=True)

    turn: int


@lru_cache(maxsize=256)
def acknowledged(turn: int) -> Ack:
    """Return what acknowledges something of a turn: the same object each time, since sessions keep every answer."""
    return Ack(turn=turn)


class Refused(BaseModel):
    """The order, or prediction, does not stand."""

    model_config = ConfigDict(frozen=True)

    code: RefusalCode
    reason: str = Field(description="One sentence for the player, in the language asked for.")
    move: str | None = Field(default=None, description="The move that it is about, if one.")
