"""What frames a scenario: its sources, its calendar, the world that is true in it, its map."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from game.scenario.schema.values import (
    Day,
    Entry,
    Fingerprint,
    Id,
    NotNegative,
    Period,
    Text,
    Turn,
    Words,
    number,
    one_of,
    whole,
)


class Source(Entry):
    """A document that the scenario cites."""

    title: Text = Field(description="Title of the document.")
    label: Text | None = Field(
        default=None,
        description="What it is called behind what it is cited for; where it has none, its title if that is short.",
        examples=["Gazette"],
    )
    publisher: Text | None = Field(default=None, description="Who published it.")
    date: Period | None = Field(
        default=None, description="When: a day, a month or a year.", examples=["2030-01"]
    )
    link: Words | None = Field(default=None, description="Where it can be read.")
    paragraphs: dict[Annotated[int, whole(least=1, most=100_000)], Fingerprint] = Field(
        default={},
        description="SHA-256 of each paragraph (without its number, white space collapsed, NFC, UTF-8), "
        "never its text. `check --article FILE` compares a teacher's own copy.",
    )


class Calendar(Entry):
    """How turns lie on dates."""

    start: Day = Field(description="The first day of turn 1.", examples=["2030-01-01"])
    step: Annotated[
        Literal["day", "week", "half-month", "month", "year"],
        one_of("day", "week", "half-month", "month", "year"),
    ] = Field(
        description="How long a turn is. A half-month runs from the 1st to the 15th or from the 16th to the "
        "end, a month or a year to its end; where the game starts in between, its first turn is shorter."
    )
    steps: Annotated[int, whole(least=1, most=100)] = Field(
        default=1,
        description="How many of these make a turn: 3 with `step: month` is a quarter of a year.",
        examples=[3],
    )
    turns: Turn = Field(description="Number of turns.", examples=[11])
    dates: dict[Id, Day] = Field(
        default={},
        description="Days with names, for events, contests and conditions.",
        examples=[{"vote": "2030-05-20"}],
    )


class Mix(Entry):
    """A world in which several readings are partly true."""

    mix: dict[Id, NotNegative] = Field(
        min_length=1, description="How much of each reading is true; brought to a sum of 1, absent means 0."
    )


def _world_form(value: Any) -> str:
    return "<mix>" if isinstance(value, Mapping | Mix) else "<word>"


World: TypeAlias = Annotated[
    Annotated[Id, Tag("<word>")] | Annotated[Mix, Tag("<mix>")], Discriminator(_world_form)
]
"""`draw`, the id of a reading, or a mix."""

Point: TypeAlias = tuple[
    Annotated[float, number(least=-180.0, most=180.0)], Annotated[float, number(-90.0, 90.0)]
]
"""Longitude and latitude in degrees."""


class Place(Entry):
    """A place on the map."""

    label: Text = Field(description="Name on the map.")
    at: Point = Field(description="Longitude and latitude in degrees.", examples=[[10.5, 55.2]])
    kind: Annotated[
        Literal["capital", "city", "base", "crossing", "area", "abroad"],
        one_of("capital", "city", "base", "crossing", "area", "abroad"),
    ] = Field(default="city", description="What is drawn there; `abroad` is written at the map's edge.")


class Map(Entry):
    """A schematic map."""

    outline: tuple[Point, ...] = Field(
        min_length=3, description="Corners of the country's outline, in order, as [longitude, latitude]."
    )
    rivers: dict[Id, tuple[Point, ...]] = Field(default={}, description="The points of each river, in order.")
    waters: dict[Id, tuple[Point, ...]] = Field(
        default={}, description="Corners of each lake or sea, in order; drawn up to the map's edge."
    )
    places: dict[Id, Place] = Field(default={}, description="Places by id, which events name.")
    note: Text | None = Field(
        default=None, description="A line under the map, such as 'borders are schematic'."
    )
