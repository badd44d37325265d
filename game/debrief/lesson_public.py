"""What may everybody in a class know before they play? Turns, questions and accounts, for sheets of all kinds."""

from dataclasses import dataclass

from game.locale import _, list_of, ngettext
from game.locale.dates import dates
from game.play.texts import Texts
from game.scenario.calendar import calendar_of
from game.scenario.citations import cites_in_full


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn.

    Attributes:
        number: Its number, from 1.
        dates: The days that it covers, in words.
        questions: Questions that are asked in it.
        contests: Contests that are held in it.
    """

    number: int
    dates: str
    questions: tuple[str, ...]
    contests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that an analyst is reported to say.

    Attributes:
        says: The claim in the author's words.
        cited: The paragraphs that it rests on, in words; empty if none.
        inferred: Whether the author infers it where the source is silent.
    """

    says: str
    cited: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A reading, without what the debrief alone tells.

    Attributes:
        analyst: Whose account it is.
        label: Its name.
        about: Paragraphs on it.
        claims: What it says.
        leaves_out: What it does not address.
    """

    analyst: str
    label: str
    about: tuple[str, ...]
    claims: tuple[Claim, ...]
    leaves_out: tuple[str, ...]


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the paragraphs of an author's text."""
    return tuple(part.strip() for part in (text or "").split("\n") if part.strip())


def turns_of(texts: Texts) -> tuple[Turn, ...]:
    """Return every turn of a scenario."""
    calendar = calendar_of(texts.scenario)
    return tuple(
        Turn(
            number=number,
            dates=dates(*calendar.dates_of(number)),
            questions=tuple(texts.question(item) for item in texts.loaded.questions if number in item.turns),
            contests=tuple(
                texts.scenario.contests[contest.id].label or _("The vote")
                for contest in texts.ruleset.contests
                if contest.turn == number
            ),
        )
        for number in range(1, texts.ruleset.turns + 1)
    )


def accounts_of(texts: Texts) -> tuple[Account, ...]:
    """Return every reading as its claims."""
    return tuple(
        Account(
            analyst=reading.analyst,
            label=reading.label,
            about=paragraphs(reading.about),
            claims=tuple(
                Claim(claim.says, cited(texts, claim.cite), claim.basis == "inference")
                for claim in reading.claims.values()
            ),
            leaves_out=reading.leaves_out,
        )
        for reading in texts.scenario.readings.values()
    )


def cited(texts: Texts, cites: tuple[str, ...]) -> str:
    """Return cited paragraphs in words, with their source where there are several."""
    sources = texts.scenario.sources
    by_source: dict[str, list[str]] = {}
    for mark in cites_in_full(texts.scenario, cites):
        source, _colon, paragraph = mark.rpartition(":")
        by_source.setdefault(source, []).append(paragraph)
    parts = []
    for source, numbers in by_source.items():
        message = ngettext("paragraph {list}", "paragraphs {list}", len(numbers))
        found = message.format(list=list_of(numbers))
        several = len(sources) > 1 and source in sources
        parts.append(f"{texts.source(source)}: {found}" if several else found)
    return _("; ").join(parts)
