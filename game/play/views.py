"""What does a seat show its player? Everything, and nothing that the seat may not know.

A view is complete for its turn and in one language. It serialises to JSON for front ends of any kind.
"""

from typing import Any, Literal, TypeAlias

import orjson
from pydantic import BaseModel, ConfigDict, Field

from game.play.orders import RefusalCode


class Shown(BaseModel):
    """Base of everything shown; its JSON is kept with it, since most of a view is shown again and again."""

    __slots__ = ("_json",)
    model_config = ConfigDict(frozen=True)


class Headline(Shown):
    """Something that a seat learned of a turn."""

    turn: int
    kind: Literal["stood_in", "event", "policy", "answer", "signature", "agreement", "breach", "contest"] = (
        Field(
            description="stood_in: what was ordered for this seat without its people; no other seat is told."
        )
    )
    id: str = Field(
        description="The event, move, agreement or contest that it is about; of stood_in the role."
    )
    text: str
    by: str | None = Field(default=None, description="Role that acted, by id; None if nobody's act.")
    detail: str = Field(default="", description="The longer text, where the scenario has one.")
    place: str | None = Field(default=None, description="Where it happened, an id of the map's places.")


class IndicatorView(Shown):
    """An indicator as this seat can know it, in index points."""

    id: str
    label: str
    about: str
    hidden: bool = Field(description="This seat hears nothing of it; the numbers below are None.")
    exact: bool = Field(description="This seat knows it exactly.")
    featured: bool = Field(description="Among the few that the role looks at first.")
    better: Literal["high", "low", "none"]
    least: float = Field(description="Lowest value that it can take.")
    most: float = Field(description="Highest value that it can take.")
    estimate: float | None = Field(description="Best estimate from all that the seat has seen.")
    low: float | None = Field(description="Lower end of the band that holds the value nine times in ten.")
    high: float | None = Field(description="Upper end of that band.")
    report: float | None = Field(description="The latest report, as it came in; None before the first.")
    change: float | None = Field(description="Change of the estimate over the last turn.")
    trend: Literal["up", "down", "unclear"] = Field(
        description="Which way it moved, where the change is beyond the band's half width."
    )
    history: tuple[float, ...] = Field(description="Estimates turn by turn, the declared start first.")


class MoveView(Shown):
    """A move that the seat might make."""

    id: str
    label: str
    about: str
    cost: float
    tags: tuple[str, ...] = ()
    covert: bool = False
    available: bool = Field(description="It can be added to the present draft.")
    drafted: bool = Field(description="It stands in the present draft.")
    code: RefusalCode | None = Field(default=None, description="Why it is not available.")
    reason: str = Field(default="", description="The same in a sentence.")
    cooldown: int = Field(default=0, description="Full turns that a use makes it unavailable for.")


class DecisionView(Shown):
    """A question that an event puts to this seat."""

    event: str
    label: str
    text: str
    turns_left: int = Field(description="1: it must be answered now, or the default is taken.")
    default: str = Field(description="Move id of the answer that is taken if none is given.")
    options: tuple[MoveView, ...]


class AgreementView(Shown):
    """A bargain that this seat knows of."""

    id: str
    label: str
    about: str
    parties: tuple[str, ...] = Field(description="Role ids.")
    mine: bool = Field(description="This seat is a party.")
    covert: bool
    status: Literal["in_force", "offered", "open", "gone"] = Field(
        description="offered: somebody's signature lives; gone: it cannot be signed again."
    )
    signed_by: tuple[str, ...] = Field(description="Roles whose signature lives; parties alone see it.")
    breaks: tuple[str, ...] = Field(description="What breaks it, in words.")
    sign: MoveView | None = Field(description="This seat's signature as a move; None if not a party.")


class BlocView(Shown):
    """A list in the election."""

    id: str
    label: str
    was: int
    seats: int | None = Field(description="None before the vote.")
    colour: str = Field(description="What it is drawn in, as #RRGGBB.")


class ReadingView(Shown):
    """An analyst's account, as every player may know it."""

    id: str
    analyst: str
    label: str
    summary: tuple[str, ...] = Field(description="Its claims, paraphrased.")
    colour: str = Field(description="What it is drawn in, as #RRGGBB.")


class PlaceView(Shown):
    """A place on the map."""

    label: str
    at: tuple[float, float] = Field(description="Longitude and latitude in degrees.")
    kind: str


class MapView(Shown):
    """The scenario's map; points are longitude and latitude in degrees."""

    outline: tuple[tuple[float, float], ...]
    rivers: tuple[tuple[tuple[float, float], ...], ...]
    waters: tuple[tuple[tuple[float, float], ...], ...]
    places: dict[str, PlaceView]
    note: str


class QuestionView(Shown):
    """A question of the turn, to be answered with a probability."""

    id: str
    ask: str


class ObjectiveView(Shown):
    """What this role wants."""

    id: str
    label: str
    weight: float
    worth: float | None = Field(description="How far it was reached, 0 to 1; None while the game runs.")


class RoleEnd(Shown):
    """How a role fared, once the game is over."""

    role: str
    label: str
    score: float
    reached_at: float
    reached: bool
    objectives: tuple[ObjectiveView, ...]


class CostView(Shown):
    """What the ending cost, whoever is credited."""

    id: str
    label: str
    value: float
    in_turns: bool = Field(description="The value counts turns.")


class EndView(Shown):
    """How the game ended."""

    outcome: str
    title: str
    text: str
    credit: str
    harvest: str
    world: dict[str, float] = Field(description="How much of each reading was true in this game.")
    roles: tuple[RoleEnd, ...]
    costs: tuple[CostView, ...]


class View(Shown):
    """All that a seat shows its player."""

    scenario: str
    title: str
    about: str
    lang: str
    role: str
    role_label: str
    brief: str
    roles: dict[str, str] = Field(description="Label of every role by its id.")
    turn: int
    turns: int
    first_day: str = Field(description="ISO date of the turn's first day.")
    last_day: str
    phase: Literal["deciding", "waiting", "over"]
    missing: tuple[str, ...] = Field(description="Roles whose order is not in yet.")
    capital: float
    income: float
    most_capital: float
    slots: int
    draft: tuple[str, ...]
    draft_cost: float
    dates: dict[str, int] = Field(description="Turn of each named date.")
    vote: int | None = Field(description="Turn of the election; None if there is none.")
    map: MapView | None = Field(description="None if the scenario has no map.")
    settled: bool = Field(
        default=True,
        description="Whether the estimates take in the latest turn; if not, they are older ones and new ones follow.",
    )
    headlines: tuple[Headline, ...] = Field(description="All that the seat has learned, turn by turn.")
    indicators: tuple[IndicatorView, ...]
    policies: tuple[MoveView, ...]
    decisions: tuple[DecisionView, ...]
    agreements: tuple[AgreementView, ...]
    blocs: tuple[BlocView, ...]
    readings: tuple[ReadingView, ...]
    objectives: tuple[ObjectiveView, ...]
    reached_at: float = Field(description="Score, 0 to 1, from which the role has reached what it wants.")
    questions: tuple[QuestionView, ...] = Field(description="What may be predicted before this turn.")
    evidence_shown: bool = Field(description="Whether this game shows the evidence while it runs.")
    end: EndView | None

    @property
    def in_order(self) -> list[IndicatorView]:
        """The indicators in the order of their numbers: those that the role watches first."""
        return sorted(self.indicators, key=lambda item: not item.featured)

    def as_json(self) -> bytes:
        """Return the same as `model_dump_json`, in UTF-8."""
        return json_of(vars(self))


Parts: TypeAlias = dict[str, Any]
"""A view's fields, or an indicator's, by name: what a `View` is made of, where it only passes on its way to JSON."""


def json_of(parts: Parts) -> bytes:
    """Return a view's fields as its JSON, in UTF-8, in less than half the time that the model takes."""
    return orjson.dumps(parts, default=_fragment_of)


def _fragment_of(shown: Shown) -> orjson.Fragment:
    """Return something shown as JSON, put together when it is first asked for; copies do not take it along."""
    kept: orjson.Fragment | None = getattr(shown, "_json", None)
    if kept is None:
        made = memoryview(json_of(vars(shown)))
        kept = orjson.Fragment(bytes(made))  # a copy: what orjson returns has room for much more
        object.__setattr__(shown, "_json", kept)
    return kept


class AccountTerm(Shown):
    """One cause that a reading would name for a change."""

    text: str = Field(description="The cause in words.")
    points: float = Field(description="Index points that it would have added.")
    cite: tuple[str, ...] = Field(
        default=(), description="Cited paragraphs, each after its source's name and a colon."
    )
    says: str = Field(default="", description="Paraphrase of the claim it rests on, if it rests on one.")


class Account(Shown):
    """How one reading would explain a reported change."""

    reading: str
    analyst: str
    terms: tuple[AccountTerm, ...]
    explained: float
    unexplained: float = Field(
        description="What the account leaves over: luck, report error, acts that nobody saw."
    )
    gap: float = Field(
        description="By how much the reports of these turns lie off the account's course, on average, whichever way."
    )
    misfit: float = Field(
        description="How badly the reports of these turns fit the account: half the sum of their squared gaps, each "
        "in units of what report error and luck make usual. The chance of such gaps falls with its exponential."
    )


class Explanation(Shown):
    """Why an indicator moved, as far as a seat can know."""

    indicator: str
    label: str
    since: int = Field(description="First turn that it covers.")
    until: int = Field(description="Last turn that it covers.")
    reported: float | None = Field(description="Report at the end less what was estimated before `since`.")
    accounts: tuple[Account, ...]


class ExpectedIndicator(Shown):
    """What a reading leads a seat to expect of an indicator, in index points."""

    id: str
    label: str
    now: float = Field(description="This account's estimate before the coming turn.")
    next_turn: float = Field(description="Mean after the coming turn.")
    bands: tuple[tuple[float, ...], ...] = Field(
        description="After each turn from the coming one to the last: below which 5, 25, 50, 75 and 95 in 100 "
        "futures lie."
    )
    terms: tuple[AccountTerm, ...] = Field(description="What would move it in the coming turn.")


class ExpectedView(Shown):
    """What one reading leads a seat to expect, if it makes the moves that it plans."""

    reading: str
    analyst: str
    label: str
    indicators: tuple[ExpectedIndicator, ...]
    outcomes: dict[str, float] = Field(description="Chance of each ending, by its id.")
    events: dict[str, float] = Field(
        description="Chance that each event which the seat would see happens from now on, by its id."
    )
    seats: dict[str, float] = Field(description="Mean seats of each bloc at the end, by its id.")


class ForecastView(Shown):
    """What each reading leads a seat to expect, side by side."""

    turn: int
    moves: tuple[str, ...] = Field(description="The moves that the seat would make this turn.")
    titles: dict[str, str] = Field(description="Title of each ending by its id.")
    readings: tuple[ExpectedView, ...]
    leanings: dict[str, dict[str, tuple[float, ...]]] = Field(
        description="What each policy that can be afforded would add on its own, in index points: by its id, by the id "
        "of an indicator that it moves, one number for each reading in their order."
    )


class Testimony(Shown):
    """Something that a seat saw in a turn, and which reading it speaks for or against."""

    kind: Literal["report", "event", "quiet"] = Field(
        description="quiet: an event that could have happened and did not."
    )
    id: str = Field(description="The indicator or event that it is about.")
    text: str = Field(description="The whole in words.")
    reading: str = Field(description="The reading whose odds it moved most.")
    ratio: float = Field(
        description="How many times as likely it was under that reading as under the others on average; "
        "below 1: it speaks against it."
    )


class EvidenceTurn(Shown):
    """What a seat could hold of the readings after a turn."""

    turn: int = Field(description="0: before the first turn.")
    weights: dict[str, float] = Field(
        description="P(reading | what the seat saw), by reading id, summing to 1."
    )
    testimonies: tuple[Testimony, ...] = Field(description="What moved it most, the strongest first.")


class EvidenceView(Shown):
    """Which reading what a seat has seen speaks for, turn by turn."""

    role: str
    turns: tuple[EvidenceTurn, ...]


class TruthView(Shown):
    """Why an indicator really moved in a turn; only once the game is over."""

    indicator: str
    label: str
    turn: int
    before: float
    after: float
    terms: tuple[AccountTerm, ...]
