"""X: formulas."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page


def _talk(formula: str, dots: str = "") -> Example:
    """Return a policy whose effect is a formula."""
    effect = f'  effects:\n    - {{change: trust, by: "{formula}"}}\n'
    return Example("talk:\n  role: town\n  label: Talk\n" + effect, dots=dots)


def _when(formula: str) -> Example:
    """Return an event with a condition."""
    return Example(f'storm: {{label: Storm, chance: 0.1, when: "{formula}"}}\n', "events.yaml")


PAGES: Final = (
    Page(
        "X301",
        later("a formula is too long"),
        later(
            "A formula may have 300 characters. Split it into several effects, or give a part of it an "
            "indicator of its own."
        ),
        later("Nobody can check a longer one by reading it, and neither can the players who see it."),
        _talk("0.1 * money …", dots=" + 0.1 * trust" * 25),
        _talk("0.1 * money"),
    ),
    Page(
        "X302",
        later("brackets do not match, or are too deep"),
        later("Each bracket that opens is closed, and they are at most 12 deep."),
        later("Where a bracket is missing, the formula may mean several things."),
        _talk("0.1 * (money - 20"),
        _talk("0.1 * (money - 20)"),
    ),
    Page(
        "X303",
        later("a power"),
        later("There are no powers in formulas. Multiply instead: x * x."),
        later("Powers grow out of all bounds before anybody notices."),
        _talk("0.01 * money ** 2"),
        _talk("0.01 * money * money"),
    ),
    Page(
        "X304",
        later("a sign or word is spelt otherwise"),
        later(
            "Formulas write 'and', 'or', 'not', '==', '>=', '<=', '!=', '*' and '/'. check --fix puts "
            "these in place of others where only one can be meant."
        ),
        later("Each sign has one spelling, so that all scenarios can be read alike."),
        _when("money > 20 && turn > 1"),
        _when("money > 20 and turn > 1"),
    ),
    Page(
        "X305",
        later("a dot or underscore that cannot stand here"),
        later(
            "Dots stand only in seats.BLOC, EVENT.OPTION and sign.AGREEMENT, and names begin with a small "
            "letter."
        ),
        later(
            "Formulas reach nothing but the scenario's own names; what looks like a way around is refused."
        ),
        _when("money.start > 20"),
        _when("money > 20"),
    ),
    Page(
        "X306",
        later("a character that no formula has"),
        later(
            "Formulas consist of names, numbers in the digits 0 to 9, signs and round brackets: no "
            "quotes, no #, no letters with accents."
        ),
        later("Characters that look alike are different ones to a computer."),
        _talk("0.1 * mоney"),
        _talk("0.1 * money"),
    ),
    Page(
        "X307",
        later("a formula that cannot be read"),
        later(
            "Something is missing at the place shown: a value, a sign between two values, or the whole "
            "formula."
        ),
        later("What cannot be read cannot be computed."),
        _talk("0.1 * (money - )"),
        _talk("0.1 * (money - 20)"),
    ),
    Page(
        "X308",
        later("a word or form that is not available"),
        later(
            "Formulas know numbers, names, + - * / %, comparisons, and, or, not, 'A if CONDITION else B', "
            "and a few functions. For true write 1, for false 0."
        ),
        later(
            "What a formula may do is a short list on purpose: no scenario can make the program do "
            "anything else."
        ),
        _when("money > 20 and True"),
        _when("money > 20"),
    ),
    Page(
        "X309",
        later("a function that does not exist here"),
        later(
            "There are min, max, clamp, abs, sqrt, exp, log, logistic, before, after, turns_to, happened, "
            "in_force and played; start and chance in 'expect', asked and start in questions. A function "
            "needs brackets."
        ),
        later("Functions that reach beyond the scenario are not available, whatever they are called."),
        _talk("round(0.1 * money)"),
        _talk("max(1, 0.1 * money)"),
    ),
    Page(
        "X310",
        later("a function with too few or too many values"),
        later("The message says how many values the function takes."),
        later("With another number of values the function means nothing."),
        _talk("clamp(money, 1)"),
        _talk("clamp(money, 1, 5)"),
    ),
    Page(
        "X311",
        later("a number that cannot be read, or is too large"),
        later(
            "Numbers are written in digits with at most one point, below 1000000000, without leading "
            "zeros or underscores."
        ),
        later("010 is eight to some programs and ten to people; here it is neither until you say which."),
        _talk("010 + money"),
        _talk("10 + money"),
    ),
    Page(
        "X312",
        later("an unknown name in a formula"),
        later(
            "There is nothing of this name. Most often it is misspelt: the nearest known one is named, "
            "and check --fix puts it in where only one can be meant."
        ),
        later("A rule that reads something that does not exist can never be right."),
        _talk("0.1 * mony"),
        _talk("0.1 * money"),
    ),
    Page(
        "X313",
        later("a division by 0, or a root or logarithm that is not defined"),
        later(
            "For some values that its names can take, this part of the formula is not defined, and counts "
            "as 0. Keep it from there, with max(1, x) for instance."
        ),
        later("The game never stops over it, but the effect vanishes just where it may matter."),
        _talk("10 / money"),
        _talk("10 / max(1, money)"),
        warns=True,
    ),
    Page(
        "X314",
        later("a name of another kind"),
        later(
            "This name exists, but an event, an agreement, a date or a policy is read through a function: "
            "happened(x), in_force(x), before(x), played(x)."
        ),
        later("An event has no value of its own; whether it happened has one."),
        _when("vote"),
        _when("after(vote)"),
    ),
    Page(
        "X315",
        later("a formula that can grow out of all proportion"),
        later(
            "For some values that its names can take, the result passes 1000000000, or it does with the factors of a "
            "reading. Keep it within bounds with clamp(value, low, high), and factors near 1."
        ),
        later("Indicators lie between 0 and 100; a rule that can move one by a billion is a slip."),
        _talk("exp(money)"),
        _talk("exp(0.01 * money)"),
    ),
    Page(
        "X316",
        later("a name that is a policy and a tag"),
        later(
            "played(x) reads a policy or all policies with a tag; here both are called so. Give the tag "
            "another name."
        ),
        later("Nobody could tell which of the two is meant."),
        Example(
            "talk: {role: town, label: Talk}\n"
            'write: {role: town, label: Write, tags: [talk], when: "not played(talk)"}\n'
        ),
        Example(
            "talk: {role: town, label: Talk}\n"
            'write: {role: town, label: Write, tags: [words], when: "not played(talk)"}\n'
        ),
    ),
)
