"""What is a scenario as a whole?"""

from typing import Annotated, Final, Literal

from pydantic import Field

from game.locale import _
from game.scenario.schema.accounts import Reading, Texts
from game.scenario.schema.acts import Agreement, Contest, Cost, Effect, Event, Outcome, Policy
from game.scenario.schema.basics import Calendar, Map, Source, World
from game.scenario.schema.lesson import DebriefQuestion, HistoryFact, Inject, Question
from game.scenario.schema.state import Indicator, Role
from game.scenario.schema.values import Chance, Entry, Id, LanguageCode, Pace, Read, Text, refuse

FORMAT: Final = 1
"""Version of the scenario format that this program reads."""


def _format(value: object) -> int:
    if str(value).strip() != str(FORMAT):
        message = _("this program reads format {known}, not '{found}'").format(
            known=FORMAT, found=str(value)[:20]
        )
        refuse("S406", message, _("write 'format: {known}'").format(known=FORMAT))
    return FORMAT


class Scenario(Entry):
    """Everything that the files of a scenario say, in one language."""

    format: Annotated[Literal[1], Read(_format, {"const": FORMAT})] = Field(
        description="Version of this format: 1."
    )
    title: Text = Field(description="Title of the scenario.")
    language: LanguageCode = Field(
        default="en", description="Language in which its texts are written, by its code: en or ar."
    )
    about: Text | None = Field(default=None, description="Two paragraphs that a class reads first.")
    leaves_out: Texts = Field(default=(), description="What this model does not contain, in a sentence each.")
    sources: dict[Id, Source] = Field(default={}, description="Documents that it cites.")
    calendar: Calendar = Field(description="How turns lie on dates.")
    world: World = Field(
        default="draw",
        description="What is true in a game: draw (one reading by its prior), a reading's id, or "
        "{mix: {READING: 0.6}}.",
    )
    covert_rate: Chance = Field(
        default=0.3, description="How often a covert move is expected of others, per turn."
    )
    pace: Pace = Field(
        default=1.0,
        description="For a variant with fewer turns: how many turns of the full game one turn stands for, as a "
        "number or a quotient such as 11/6. What acts all the time, policies, chances and luck grow with it; "
        "incomes, slots, dates and questions are for the variant to say.",
        examples=["11/6"],
    )
    indicators: dict[Id, Indicator] = Field(min_length=1, description="What is counted.")
    always: tuple[Effect, ...] = Field(default=(), description="Effects that act each turn in every reading.")
    roles: dict[Id, Role] = Field(min_length=1, description="Who plays.")
    policies: dict[Id, Policy] = Field(min_length=1, description="What each role can do.")
    events: dict[Id, Event] = Field(default={}, description="What happens on dates and by chance.")
    agreements: dict[Id, Agreement] = Field(default={}, description="Bargains between roles.")
    contests: dict[Id, Contest] = Field(default={}, description="Elections.")
    outcomes: dict[Id, Outcome] = Field(min_length=1, description="Endings, tried in the order listed.")
    costs: dict[Id, Cost] = Field(default={}, description="What an ending cost, printed with every ending.")
    readings: dict[Id, Reading] = Field(min_length=1, description="The analysts' accounts.")
    map: Map | None = Field(default=None, description="A schematic map.")
    injects: dict[Id, Inject] = Field(default={}, description="Messages that the facilitator has ready.")
    questions: dict[Id, Question] = Field(
        default={}, description="Questions that players answer with a probability."
    )
    debrief: dict[Id, DebriefQuestion] = Field(default={}, description="Questions for discussion after play.")
    history: dict[Id, HistoryFact] = Field(default={}, description="What happened, for the debrief.")


def _no_calendar() -> Calendar:
    """Return a calendar in which every turn lies, for where nobody knows what the scenario's says."""
    return Calendar(start="2000-01-01", step="day", turns=400)


class Incomplete(Scenario):
    """What is left of a scenario of which whole sections cannot be read: they stand empty."""

    title: Text = ""
    calendar: Calendar = Field(default_factory=_no_calendar)
    indicators: dict[Id, Indicator] = Field(default={})
    roles: dict[Id, Role] = Field(default={})
    policies: dict[Id, Policy] = Field(default={})
    outcomes: dict[Id, Outcome] = Field(default={})
    readings: dict[Id, Reading] = Field(default={})
