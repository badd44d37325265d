"""R: what the scenario's entries say of each other, and of a source."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page

_PRINT: Final = "e4a05f47313b24f49d638dde25b295e6f6670bd60a2bffbd3968aad2456a0585"
"""Of the paragraph in the examples' copies."""
_READINGS: Final = ("readings/hope.yaml", "readings/gloom.yaml")


def _claim(text: str) -> Example:
    """Return a reading with a claim."""
    lines = "analyst: A\nlabel: Hope\nclaims:\n  talk_works:\n    says: Talk works.\n"
    return Example(lines + text, "readings/hope.yaml")


def _cited(number: int, copy: str = "", note: str = "") -> Example:
    """Return a scenario that cites a paragraph of a source that has one."""
    text = (
        "format: 1\ntitle: The bridge\nsources:\n  report:\n    title: A report\n"
        f'    paragraphs: {{1: "{_PRINT}"}}\n'
        f"always:\n  - {{change: trust, by: -1, cite: {number}}}\n"
    )
    return Example(text, "scenario.yaml", copy=copy, note=note)


def _known_exactly(report: str) -> Example:
    """Return a scenario in which two readings differ on an indicator that has some report."""
    text = (
        "indicators:\n"
        f"  trust: {{label: Trust, start: 50, report: {report}}}\n"
        "readings:\n  hope:\n    analyst: A\n    label: Hope\n    claims:\n"
        "      talk_works: {says: Talk works., effects: [{of: talk, change: trust, by: 2}]}\n"
    )
    rest = "  gloom: {analyst: B, label: Gloom}\nformat: 1\ntitle: The bridge\n"
    text = text.replace("readings:", "  money: {label: Money, start: 50}\nreadings:")
    return Example(text, "scenario.yaml", rest=rest, without=("indicators.yaml", *_READINGS))


def _storm(seen_by: str, default: str) -> Example:
    """Return an event with a question."""
    text = (
        f"storm:\n  label: Storm\n  chance: 0.1\n  seen_by: {seen_by}\n  decision:\n    role: town\n"
        f"    default: {default}\n    options:\n      wait: {{label: Wait}}\n"
        "      act: {label: Act, cost: 1, effects: [{change: trust, by: 3}]}\n"
    )
    return Example(text, "events.yaml")


PAGES: Final = (
    Page(
        "R501",
        later("an unknown id"),
        later(
            "There is nothing of this name. Most often it is misspelt: the nearest known one is named, "
            "and check --fix puts it in where only one can be meant."
        ),
        later("A rule about something that does not exist does nothing, and nobody would notice."),
        Example("talk: {role: twon, label: Talk}\n"),
        Example("talk: {role: town, label: Talk}\n"),
    ),
    Page(
        "R502",
        later("things that wait for each other"),
        later("Each of these can come about only when another of them has. Change one of the conditions."),
        later("None of them ever happens, in any game."),
        Example(
            'storm: {label: Storm, chance: 0.1, when: "happened(flood)"}\n'
            'flood: {label: Flood, chance: 0.1, when: "happened(storm)"}\n',
            "events.yaml",
        ),
        Example(
            "storm: {label: Storm, chance: 0.1}\n"
            'flood: {label: Flood, chance: 0.1, when: "happened(storm)"}\n',
            "events.yaml",
        ),
        warns=True,
    ),
    Page(
        "R503",
        later("a name of the wrong kind"),
        later("This name exists but names, say, an event where a role must stand, or a tag without its #."),
        later("The game would look for it among the wrong things and never find it."),
        Example("talk: {role: trust, label: Talk}\n"),
        Example("talk: {role: town, label: Talk}\n"),
    ),
    Page(
        "R504",
        later("something that nothing uses"),
        later(
            "No formula reads this indicator and no role is shown it; or nothing refers to this tag, and "
            "it is spelt almost like one that something does refer to. Use it, or take it out."
        ),
        later(
            "Players would see a number move that means nothing; a misspelt tag leaves a policy out of "
            "what is said of all that carry it."
        ),
        Example(
            "doubt: {label: Doubt, start: 50}\n",
            "indicators.yaml",
            rest="trust: {label: Trust, start: 50}\nmoney: {label: Money, start: 50}\n",
        ),
        Example(
            "money: {label: Money, start: 50}\n",
            "indicators.yaml",
            rest="trust: {label: Trust, start: 50}\n",
        ),
        warns=True,
    ),
    Page(
        "R505",
        later("one id for two things"),
        later(
            "Policies, events and agreements need ids that differ, and so do blocs. Rename one of the two."
        ),
        later("A rule that names this id would be about both, or about the wrong one."),
        Example("talk: {label: Talks, chance: 0.1}\n", "events.yaml"),
        Example("talks: {label: Talks, chance: 0.1}\n", "events.yaml"),
    ),
    Page(
        "R506",
        later("an id that has a meaning of its own"),
        later("Words such as turn, all, always, draw or end mean something in scenarios. Choose another id."),
        later("Where the word stands, nobody could tell which of the two is meant."),
        Example("always: {role: town, label: Talk}\n"),
        Example("talk: {role: town, label: Talk}\n"),
    ),
    Page(
        "R507",
        later("a day or turn outside the game"),
        later("The message says from when to when the game runs. Choose a day within, or more turns."),
        later("What is tied to a day that never comes never happens."),
        Example("start: 2030-01-01\nstep: week\nturns: 4\ndates: {vote: 2030-06-01}\n", "calendar.yaml"),
        Example("start: 2030-01-01\nstep: week\nturns: 4\ndates: {vote: 2030-01-20}\n", "calendar.yaml"),
    ),
    Page(
        "R508",
        later("a condition that tells what a role may not know"),
        later(
            "A policy that is greyed out shows the role whether its condition holds. Use only what the "
            "role knows exactly: the turn, dates, seats, events that all see, its own moves, open "
            "agreements, and indicators that are exact for it."
        ),
        later("Players could read off a hidden number by looking at which card is greyed out."),
        Example('talk: {role: town, label: Talk, when: "trust > 40"}\n'),
        Example('talk: {role: town, label: Talk, when: "turn > 1"}\n'),
    ),
    Page(
        "R509",
        later("a role knows exactly what the readings differ on"),
        later(
            "Give the role a report with an error: a seat that sees such an indicator exactly knows after "
            "a turn or two which reading is true."
        ),
        later("To find out which reading is true is what the game is about."),
        _known_exactly("{error: 10, exact_for: [town]}"),
        _known_exactly("{error: 10}"),
    ),
    Page(
        "R510",
        later("two rules of the same name"),
        later(
            "A rule is called by its cause and its indicator. Where one cause has two effects on one "
            "indicator, give one of them an id of its own."
        ),
        later("The ledger and the readings speak of rules by their names."),
        Example(
            "talk:\n"
            "  role: town\n"
            "  label: Talk\n"
            "  effects:\n"
            "    - {change: trust, by: 2}\n"
            "    - {change: trust, by: 1, after: 1}\n"
        ),
        Example(
            "talk:\n"
            "  role: town\n"
            "  label: Talk\n"
            "  effects:\n"
            "    - {change: trust, by: 2}\n"
            "    - {change: trust, by: 1, after: 1, id: later}\n"
        ),
    ),
    Page(
        "R511",
        later("a factor without a rule"),
        later(
            "No rule of this cause changes this indicator, so there is nothing to multiply. The message "
            "says what the cause does change."
        ),
        later("The claim would say something that the game does not do."),
        _claim("    scale: [{of: talk, change: money, times: 2}]\n"),
        _claim("    scale: [{of: talk, change: trust, times: 2}]\n"),
    ),
    Page(
        "R512",
        later("a role that has no part in it"),
        later(
            "The move is another role's, or the role does not sign, or it does not see the event that it "
            "is asked about."
        ),
        later("A role cannot do what is not its own, nor answer what it has not heard."),
        _storm("[crowd]", "wait"),
        _storm("[crowd, town]", "wait"),
    ),
    Page(
        "R513",
        later("endings in the wrong order"),
        later("Endings are tried from the top: each has a condition but the last, which takes what is left."),
        later("A game might end in none, or some endings might never be reached."),
        Example(
            'calm: {when: "trust > 60", title: Calm, text: It is calm.}\n'
            'storm: {when: "trust < 40", title: Storm, text: It storms.}\n',
            "outcomes.yaml",
        ),
        Example(
            'calm: {when: "trust > 60", title: Calm, text: It is calm.}\n'
            "storm: {title: Storm, text: It storms.}\n",
            "outcomes.yaml",
        ),
    ),
    Page(
        "R514",
        later("a default that is not always possible"),
        later(
            "The default answer stands in for a seat that is absent, so it costs nothing and has no "
            "condition."
        ),
        later("Otherwise an event could be left without any answer."),
        _storm("[town]", "act"),
        _storm("[town]", "wait"),
    ),
    Page(
        "R515",
        later("values that do not fit together"),
        later(
            "A start outside its range, a lowest value above the highest, or the like. The message names "
            "both."
        ),
        later("One of the two values is a slip, and only you know which."),
        Example(
            "money: {label: Money, start: 150}\n",
            "indicators.yaml",
            rest="trust: {label: Trust, start: 50}\n",
        ),
        Example(
            "money: {label: Money, start: 15}\n", "indicators.yaml", rest="trust: {label: Trust, start: 50}\n"
        ),
    ),
    Page(
        "R516",
        later("a citation of a paragraph that the source does not have"),
        later(
            "Compare the number with the source. Where several sources have paragraphs, write SOURCE:NUMBER."
        ),
        later("Readers could not look the claim up."),
        _cited(7),
        _cited(1),
    ),
    Page(
        "R517",
        later("a cited paragraph reads otherwise in your copy"),
        later(
            "check --article FILE compares fingerprints of paragraphs. Compare the two before you rely on "
            "this citation; your copy may be a later version or another translation."
        ),
        later("What the citation is to prove may not stand in your copy."),
        _cited(1, "[1] The bridge is new.\n", later("compared with a copy that says otherwise")),
        _cited(1, "[1] The bridge is old.\n", later("compared with a copy that says the same")),
        warns=True,
    ),
    Page(
        "R518",
        later("a cited paragraph is not in your copy"),
        later(
            "check --article FILE has found no paragraph of this number. Look whether your copy is whole, "
            "and whether it counts paragraphs as the scenario does; lines that begin with [1], [2] and so "
            "on count for certain."
        ),
        later("Nobody could look the citation up in this copy."),
        _cited(1, "[2] The river is wide.\n", later("compared with a copy without that paragraph")),
        _cited(1, "[1] The bridge is old.\n", later("compared with a copy that says the same")),
        warns=True,
    ),
    Page(
        "R519",
        later("a colour that can hardly be seen"),
        later(
            "Charts are drawn on light paper. A reading's colour, in which its analyst's name is written as "
            "well, needs a contrast of 4.5 to it, a bloc's colour one of 3. The message names a colour of that "
            "kind, dark enough."
        ),
        later("Who sees less well, or looks at a pale projector, could not read it."),
        Example('analyst: A\nlabel: Hope\ncolour: "#FFD700"\n', "readings/hope.yaml"),
        Example("analyst: A\nlabel: Hope\ncolour: amber\n", "readings/hope.yaml"),
    ),
)
