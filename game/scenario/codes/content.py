"""L: what reads well and is still not worth having. C: what simulation says of claims."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page

_READINGS: Final = ("readings/hope.yaml", "readings/gloom.yaml")


def _storm(more: str) -> Example:
    """Return an event."""
    return Example(f"storm: {{label: Storm, {more}}}\n", "events.yaml")


def _choice(act: str) -> Example:
    """Return an event with two answers."""
    text = (
        "storm:\n  label: Storm\n  chance: 0.1\n  decision:\n    role: town\n    default: wait\n"
        f"    options:\n      wait: {{label: Wait}}\n      act: {{label: Act, cost: 1{act}}}\n"
    )
    return Example(text, "events.yaml")


def _expect(text: str) -> Example:
    """Return a reading with an expectation."""
    lines = "analyst: A\nlabel: Hope\nclaims:\n  talk_works:\n    says: Talk works.\n    expect:\n      - "
    return Example(lines + text + "\n", "readings/hope.yaml")


def _ending(when: str) -> Example:
    """Return a scenario with an ending that needs an event."""
    text = (
        "events:\n"
        f'  flood: {{label: Flood, chance: 0.1, when: "{when}"}}  # ok: L701\n'
        "outcomes:\n"
        '  ruin: {when: "happened(flood)", title: Ruin, text: The bridge is gone.}\n'
        "  other: {title: Otherwise, text: Nobody knows.}\n"
    )
    return Example(text, "scenario.yaml", rest="format: 1\ntitle: The bridge\n", without=("outcomes.yaml",))


def _goal(ends: str) -> Example:
    """Return two roles, the second of which has an objective between two values."""
    goals = "objectives: {calm: {label: Calm, of: trust, "
    return Example(
        f"crowd: {{label: The crowd, brief: Be heard., {goals}{ends}}}}}}}\n",
        "roles.yaml",
        rest=f"town: {{label: Town hall, brief: Keep calm., shows: [trust, money], {goals}from: 20, to: 80}}}}}}\n",
    )


def _cited(cite: str) -> Example:
    """Return a scenario with a source and a claim."""
    text = (
        "sources:\n  report: {title: A report}\n"
        "readings:\n  hope:\n    analyst: A\n    label: Hope\n    claims:\n"
        f"      talk_works: {{says: Talk works.{cite}}}\n"
    )
    rest = "  gloom: {analyst: B, label: Gloom}\nformat: 1\ntitle: The bridge\n"
    return Example(text, "scenario.yaml", rest=rest, without=_READINGS)


PAGES: Final = (
    Page(
        "L701",
        later("something that never comes about"),
        later(
            "This condition never holds, or needs what never happens, or an effect arrives after the last "
            "turn. Change it, or take it out."
        ),
        later("You have written something that no player will ever see."),
        _storm('chance: 0.1, when: "trust > 100"'),
        _storm('chance: 0.1, when: "trust > 90"'),
        warns=True,
    ),
    Page(
        "L702",
        later("a condition that always holds"),
        later("It might as well be left out; more likely, something else was meant."),
        later("Whoever reads the condition believes that it matters."),
        _storm('chance: 0.1, when: "trust >= 0"'),
        _storm('chance: 0.1, when: "trust >= 10"'),
        warns=True,
    ),
    Page(
        "L703",
        later("an ending that is never reached"),
        later("It needs something that never happens. Change its condition, or what it needs."),
        later("Players can only be told of endings that they can reach."),
        _ending("trust > 100"),
        _ending("trust > 90"),
        warns=True,
    ),
    Page(
        "L704",
        later("an event whose chance is 0"),
        later(
            "Luck never brings it about, and no inject and no claim sets it off. Raise the chance, or add "
            "an inject that sets it off; where you set it off by hand, accept the warning with '# ok: "
            "L704'."
        ),
        later("In play it would never happen."),
        _storm("chance: 0"),
        _storm("chance: 0.1"),
        warns=True,
    ),
    Page(
        "L705",
        later("an expectation that cannot fail"),
        later(
            "Whatever happens in a game, the figure lies within these bounds. Ask for what the claim says "
            "and other accounts would not show."
        ),
        later("A test that cannot fail proves nothing about the claim."),
        _expect("{measure: trust, at_most: 100}"),
        _expect("{measure: trust, with: {play: {town: [talk]}}, without: {}, at_least: 1}"),
        warns=True,
    ),
    Page(
        "L706",
        later("a claim without a citation"),
        later(
            "The scenario has sources, and this claim does not say where it is from. Add 'cite' with the "
            "paragraphs that it rests on."
        ),
        later("Readers must be able to tell what a source says from what the author adds."),
        _cited(""),
        _cited(', cite: "report:3"'),
        warns=True,
    ),
    Page(
        "L707",
        later("a choice that is never the better one"),
        later(
            "Another choice costs no more, and does at least as much of everything that is good for the "
            "role in every reading. Lower the cost, or let the choice do something that the other does "
            "not."
        ),
        later("A choice that nobody has a reason to make is none."),
        _choice(""),
        _choice(", effects: [{change: trust, by: 3}]"),
        warns=True,
    ),
    Page(
        "L708",
        later("a move that nobody can pay"),
        later("It costs more than its role can ever hold. Lower the cost, or raise the role's capital."),
        later("The card would lie on the table and could never be played."),
        Example("talk: {role: town, label: Talk, cost: 20}\n"),
        Example("talk: {role: town, label: Talk, cost: 2}\n"),
        warns=True,
    ),
    Page(
        "L709",
        later("a chance above 1"),
        later(
            "A chance lies between 0 and 1, and this formula comes to more as a rule, as one in percent "
            "would. Divide it by 100, or write 'chance: 1' if the event is to be certain."
        ),
        later("What is above 1 counts as 1: the event would happen every time."),
        _storm("chance: trust"),
        _storm('chance: "0.01 * trust"'),
        warns=True,
    ),
    Page(
        "L710",
        later("something that another entry makes pointless"),
        later(
            "An objective lies where its measure never comes, a role has policies and no slot for them, or "
            "it is to see first what is hidden from it. The message names both; change one of them."
        ),
        later("As the two stand, what is written makes no difference in any game."),
        _goal("from: 140, to: 165"),
        _goal("from: 40, to: 65"),
        warns=True,
    ),
    Page(
        "C801",
        later("a claim that does not hold"),
        later(
            "A thousand games were played, and the figure is not what the claim expects, or 'where' holds in "
            "none of them. Change the rules, or the expectation."
        ),
        later(
            "In this game a reading is what its rules do; where they do something else, the analyst is "
            "misrepresented."
        ),
        _expect("{measure: trust, with: {play: {town: [talk]}}, without: {}, at_least: 40}"),
        _expect("{measure: trust, with: {play: {town: [talk]}}, without: {}, at_least: 1}"),
    ),
    Page(
        "C802",
        later("a claim tried at the end of a scale"),
        later(
            "In many of the games the indicator stands at its lowest or highest value, where effects are "
            "cut off. Weaken its effects, or widen its range or its soft limits."
        ),
        later("At the end of a scale all accounts look alike."),
        _expect("{measure: trust, with: {start: {trust: 100}}, at_least: 60}"),
        _expect("{measure: trust, with: {start: {trust: 80}}, at_least: 60}"),
        warns=True,
    ),
)
