"""What is a reading? An analyst's account as claims: effects, factors, and what simulation must show."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from game.locale import _
from game.scenario.schema.acts import Cites, Effect, MovesOrTags
from game.scenario.schema.colour import Colour
from game.scenario.schema.state import Ids
from game.scenario.schema.values import (
    ONE_OR_LIST,
    Basis,
    Cause,
    Entry,
    Forced,
    Formula,
    Id,
    Moment,
    NotNegative,
    Number,
    Positive,
    Start,
    Text,
    Words,
    refuse,
)

Texts: TypeAlias = Annotated[tuple[Text, ...], ONE_OR_LIST]
"""One text or a list."""

_OF = "The cause: a policy, #tag, event, EVENT.OPTION, agreement, broken.AGREEMENT or always."
_OWN_BASIS = "Replaces the claim's basis for this entry."
_OWN_CITE = "Replaces the claim's paragraphs for this entry."


class ClaimEffect(Effect):
    """A rule that one reading alone holds. Its id is READING.CLAIM.CAUSE>INDICATOR."""

    of: Cause = Field(default="always", description=_OF + " One rule for each cause that matches.")
    basis: Basis | None = Field(default=None, description=_OWN_BASIS)
    cite: Cites = Field(default=(), description=_OWN_CITE)


class Scale(Entry):
    """How strongly rules that all share work in this reading; several factors multiply."""

    of: Cause | None = Field(default=None, description=_OF)
    rule: Words | None = Field(
        default=None,
        description="One rule by its id, where a cause has several on one indicator.",
        examples=["promise>later"],
    )
    change: Id | None = Field(
        default=None, description="The indicator; without it, all that the cause changes."
    )
    times: Number = Field(description="The factor; 0 means that the reading denies the link.")
    basis: Basis | None = Field(default=None, description=_OWN_BASIS)
    cite: Cites = Field(default=(), description=_OWN_CITE)

    @model_validator(mode="after")
    def _names_one_thing(self) -> "Scale":
        if self.of is None and self.rule is None:
            refuse("S402", _("nothing says which rules are scaled"), _("add 'of: CAUSE' or 'rule: ID'"))
        if self.rule is not None and self.of is not None:
            refuse("S407", _("a rule's id says it all"), _("keep 'rule' or 'of', not both"), "of")
        if self.rule is not None and self.change is not None:
            refuse("S407", _("a rule's id says it all"), _("take 'change' out"), "change")
        return self


class ChanceFactor(Entry):
    """What a reading multiplies an event's chance by."""

    event: Id = Field(description="The event.")
    times: NotNegative = Field(description="The factor.")
    basis: Basis | None = Field(default=None, description=_OWN_BASIS)
    cite: Cites = Field(default=(), description=_OWN_CITE)


def _chances_form(value: Any) -> str:
    return "<short>" if isinstance(value, Mapping) else "<long>"


Chances: TypeAlias = Annotated[
    Annotated[dict[Id, NotNegative], Tag("<short>")] | Annotated[tuple[ChanceFactor, ...], Tag("<long>")],
    Discriminator(_chances_form),
]


class Situation(Entry):
    """What is special about the games that a claim speaks of; other roles are idle."""

    play: dict[Id, MovesOrTags] = Field(
        default={},
        description="Moves or #tags that a role makes each turn, tried in order until slots or capital end.",
        examples=[{"council": ["#loud"]}],
    )
    start: dict[Id, Start] = Field(
        default={}, description="Other starts of indicators: a value, or a change such as '+30'."
    )
    force: Annotated[tuple[Forced, ...], ONE_OR_LIST] = Field(
        default=(),
        description="Events that fire whatever their chance and `when`: EVENT (turn 1), EVENT@4, EVENT@DATE.",
    )
    forbid: Ids = Field(default=(), description="Events that never fire.")


class Bounds(Entry):
    """Between what a measure must lie."""

    at_least: Number | None = Field(default=None, description="The lowest that is allowed.")
    at_most: Number | None = Field(default=None, description="The highest that is allowed.")
    within: NotNegative | None = Field(default=None, description="How far from 0 at most, either way.")

    @property
    def bounded(self) -> bool:
        """Whether anything is bounded here."""
        return any(bound is not None for bound in (self.at_least, self.at_most, self.within))


def _expecting(bounds: Bounds) -> Bounds:
    if not bounds.bounded:
        refuse("S402", *_nothing_expected())
    return bounds


def _nothing_expected() -> tuple[str, str]:
    return _("nothing is expected here"), _("add 'at_least', 'at_most' or 'within'")


class Reach(Entry):
    """A bound by another situation's difference."""

    factor: Positive = Field(description="How many times as large.")
    of: Situation = Field(description="The situation to compare with.")


class Path(Entry):
    """Turns along which a bound must hold."""

    until: Moment = Field(default="end", description="The last of them: end, a turn, DATE or DATE+1.")


class Expect(Bounds):
    """What must show on a thousand games of common luck.

    `with` and `without` bound the difference between two situations, `with` alone or neither the level.
    """

    measure: Formula = Field(
        description="What is measured: any formula, also start(x), chance(event), chance(outcome)."
    )
    at: Moment = Field(
        default="end", description="When: end, a turn, DATE or DATE+1, after that turn resolves."
    )
    with_: Situation | None = Field(
        default=None, alias="with", description="The games in which it must show."
    )
    without: Situation | None = Field(default=None, description="The games that they are compared with.")
    both: tuple[Situation, Situation] | None = Field(
        default=None, description="Two situations that do more together than the sum of each alone."
    )
    more_than_sum: Number | None = Field(
        default=None,
        description="With `both`: how far the two together pass the sum of each, in this number's direction.",
    )
    at_least_times: Reach | None = Field(
        default=None, description="How many times as large the difference is as that of another situation."
    )
    every: Path | None = Field(
        default=None, description="The bounds hold on each turn up to a moment, not only at `at`."
    )
    where: Formula | None = Field(
        default=None, description="Keeps only the games in which this holds at that moment."
    )
    also_under: dict[Id, Annotated[Bounds, AfterValidator(_expecting)]] = Field(
        default={},
        description="Bounds for the same measure under other readings.",
        examples=[{"promises": {"at_most": 0.1}}],
    )
    basis: Basis | None = Field(default=None, description=_OWN_BASIS)
    cite: Cites = Field(default=(), description=_OWN_CITE)

    @model_validator(mode="after")
    def _is_whole(self) -> "Expect":
        pairs = self.both is not None
        if pairs != (self.more_than_sum is not None):
            fix = _("write 'both: [{...}, {...}]' and 'more_than_sum: 5'")
            refuse(
                "S407", _("'both' and 'more_than_sum' go together"), fix, "both" if pairs else "more_than_sum"
            )
        if pairs and (self.with_ is not None or self.without is not None):
            refuse("S407", _("'both' stands in place of 'with' and 'without'"), _("take them out"), "both")
        if self.without is not None and self.with_ is None:
            refuse("S402", _("'without' needs a 'with' to compare"), _("add 'with: {...}'"), "without")
        if self.at_least_times is not None:
            self._compares_something(self.at_least_times.of)
        if not (self.bounded or pairs or self.at_least_times or self.also_under):
            refuse("S402", *_nothing_expected())
        return self

    def _compares_something(self, other: Situation) -> None:
        """Refuse two differences of which one is always 0."""
        nothing = self.without or Situation()
        if (self.with_ or nothing) == nothing:
            message = _("'at_least_times' needs a 'with' to compare")
            refuse("S402", message, _("add 'with: {...}'"), "at_least_times")
        if other == nothing:
            message = _("'at_least_times' compares with games in which nothing is different")
            fix = _("write what is different there, such as 'of: {play: {ROLE: [POLICY]}}'")
            refuse("S402", message, fix, "at_least_times")


class Claim(Entry):
    """One thing that an analyst says, as rules and as what simulation must show."""

    says: Text = Field(description="The claim in our words, one sentence.")
    cite: Cites = Field(default=(), description="Paragraphs it rests on: 19, [23, 25] or article:19.")
    basis: Basis = Field(default="stated", description="`stated` by the source or `inference` by the author.")
    effects: tuple[ClaimEffect, ...] = Field(default=(), description="Rules that this reading alone holds.")
    scale: tuple[Scale, ...] = Field(default=(), description="Factors on rules that all readings share.")
    chances: Chances = Field(
        default={},
        description="Factors on events' chances: EVENT: NUMBER, or a list of entries.",
        examples=[{"storm": 1.5}],
    )
    expect: tuple[Expect, ...] = Field(
        default=(), description="What simulation must show, checked with every edit."
    )

    @property
    def chance_factors(self) -> tuple[ChanceFactor, ...]:
        """The factors on events' chances, whichever way they are written."""
        if isinstance(self.chances, dict):
            return tuple(
                ChanceFactor.model_construct(event=event, times=times)
                for event, times in self.chances.items()
            )
        return self.chances


class Answers(Entry):
    """How the analyst answers the two questions of every debrief."""

    credited: Text = Field(description="Who is credited?")
    harvests: Text = Field(description="Who harvests it?")


class Record(Entry):
    """How the account fared against what happened; shown in the debrief alone."""

    borne_out: Texts = Field(default=(), description="What happened as the account says.")
    not_borne_out: Texts = Field(default=(), description="What did not.")
    argued: Texts = Field(default=(), description="What is still argued over.")


class Reading(Entry):
    """An analyst's account of the crisis: a model of what was reported of them, never of the person."""

    analyst: Text = Field(description="Whose account it is.")
    label: Text = Field(description="Its name in two or three words.", examples=["Prices"])
    about: Text | None = Field(default=None, description="The account in a few sentences.")
    colour: Colour | None = Field(
        default=None,
        description='Its colour in charts, unlike the others\' and dark enough to be read: a name, or `"#rrggbb"` in '
        "quotes. Without one it has the colour of its place, in this order. Its sign and dash come from its place.",
        examples=["teal", "#7A1F5C"],
    )
    prior: Positive = Field(
        default=1.0, description="How likely it is before play, against the other readings' priors."
    )
    answers: Answers | None = Field(
        default=None, description="Its answers to the questions of every debrief."
    )
    advice: dict[Id, Text] = Field(
        default={}, description="What the analyst would tell each role, in our words."
    )
    leaves_out: Texts = Field(default=(), description="What the account, as reported, does not address.")
    claims: dict[Id, Claim] = Field(default={}, description="What it says, claim by claim.")
    record: Record | None = Field(default=None, description="How it fared against what happened.")
