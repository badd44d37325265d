"""What may formulas say? Their names, functions and signs, in words; a test holds them against the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from game.locale import _


@dataclass(frozen=True)
class Word:
    """Something that a formula may say.

    Attributes:
        name: How it is called; a test compares it with what the reader of formulas knows.
        form: How it is written.
        meaning: Returns what it means, in the reader's language.
        example: A formula with it, over the reference's own example.
    """

    name: str
    form: str
    meaning: Callable[[], str]
    example: str


WORDS: Final = (
    Word("", "ID", lambda: _("an indicator: its value at the start of the turn"), "0.5 * anger"),
    Word("turn", "turn", lambda: _("the number of the turn, from 1"), "turn > 1"),
    Word(
        "seats",
        "seats.BLOC",
        lambda: _("the seats that a bloc has won; 0 before the contest"),
        "seats.islanders",
    ),
    Word(
        "",
        "+ - * / % ( )",
        lambda: _("calculation; % is the remainder; what is divided by 0 is 0"),
        "(fares - 50) / 10",
    ),
    Word(
        "",
        "< <= > >= == !=",
        lambda: _("comparison: 1 if it holds, else 0; 0 < x < 5 is one, too"),
        "40 < anger < 60",
    ),
    Word(
        "",
        "A and B, A or B, not A",
        lambda: _("conditions put together"),
        "turn > 2 and not in_force(pact)",
    ),
    Word("", "A if C else B", lambda: _("A where C holds, else B"), "2 if anger > 60 else 0"),
    Word("min", "min(A, B, ...)", lambda: _("the smallest"), "min(fares, 50)"),
    Word("max", "max(A, B, ...)", lambda: _("the largest"), "max(0, anger - 30)"),
    Word(
        "clamp",
        "clamp(X, LOW, HIGH)",
        lambda: _("X, but not below LOW and not above HIGH"),
        "clamp(anger, 20, 80)",
    ),
    Word("abs", "abs(X)", lambda: _("X without its sign"), "abs(fares - 50)"),
    Word("sqrt", "sqrt(X)", lambda: _("the square root; 0 below 0"), "sqrt(anger)"),
    Word("exp", "exp(X)", lambda: _("e to the power of X"), "exp(-0.1 * anger)"),
    Word("log", "log(X)", lambda: _("the natural logarithm; 0 at 0 and below"), "log(46)"),
    Word(
        "logistic",
        "logistic(X)",
        lambda: _("1 / (1 + e^-X): from 0 to 1, a half at 0"),
        "logistic(0.1 * (anger - 50))",
    ),
    Word("before", "before(DATE)", lambda: _("whether the date's turn is still to come"), "before(vote)"),
    Word("after", "after(DATE)", lambda: _("whether the date's turn is over"), "after(vote)"),
    Word(
        "turns_to",
        "turns_to(DATE)",
        lambda: _("turns up to the date's turn; negative after it"),
        "turns_to(vote)",
    ),
    Word(
        "happened",
        "happened(EVENT)",
        lambda: _("whether an event has happened before this turn"),
        "happened(storm)",
    ),
    Word("in_force", "in_force(AGREEMENT)", lambda: _("whether an agreement is in force"), "in_force(pact)"),
    Word(
        "played",
        "played(MOVE or TAG)",
        lambda: _("whether a move, or one with a tag, was made before this turn"),
        "played(loud)",
    ),
    Word("sign", "sign.AGREEMENT", lambda: _("a signature, as a move"), "played(sign.pact)"),
    Word("start", "start(X)", lambda: _("X when the game began; in `measure` alone"), "anger - start(anger)"),
    Word(
        "chance",
        "chance(EVENT or OUTCOME)",
        lambda: _("the share of games with it; in `measure` alone"),
        "chance(storm)",
    ),
    Word(
        "asked",
        "asked(X)",
        lambda: _("X before the turn of asking; in `holds` alone"),
        "fares > asked(fares)",
    ),
)
