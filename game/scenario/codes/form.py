"""S: the form that the schema asks for."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page

PAGES: Final = (
    Page(
        "S401",
        later("an unknown key"),
        later(
            "This word has no meaning at this place. Most often it is misspelt: the nearest known one is "
            "named, and check --fix puts it in where only one can be meant."
        ),
        later("A misspelt key would be passed over, and what it says would not hold in the game."),
        Example("talk: {role: town, label: Talk, csot: 2}\n"),
        Example("talk: {role: town, label: Talk, cost: 2}\n"),
    ),
    Page(
        "S402",
        later("something is missing"),
        later("This entry needs a key that is not there, or one that says nothing. Add the line."),
        later("Without it the game would not know what to do."),
        Example("talk: {role: town}\n"),
        Example("talk: {role: town, label: Talk}\n"),
    ),
    Page(
        "S403",
        later("a value of the wrong kind"),
        later(
            "Here stands, say, a word where a number must stand, or a number in other digits than 0 to 9. "
            "The message says what is expected."
        ),
        later("Nothing is guessed: 1:30, 0x1F and the like are never turned into some other number."),
        Example("talk: {role: town, label: Talk, cost: two}\n"),
        Example("talk: {role: town, label: Talk, cost: 2}\n"),
    ),
    Page(
        "S404",
        later("a value out of range"),
        later("The number is too small or too large, or there are too few or too many values."),
        later("Outside these limits a value has no meaning in the game."),
        Example("talk: {role: town, label: Talk, cost: -1}\n"),
        Example("talk: {role: town, label: Talk, cost: 1}\n"),
    ),
    Page(
        "S405",
        later("none of the words that are possible"),
        later("Only a few words may stand here, and the message lists them."),
        later("Each of the words makes the game do something; no other does."),
        Example("start: 2030-01-01\nstep: wek\nturns: 4\n", "calendar.yaml"),
        Example("start: 2030-01-01\nstep: week\nturns: 4\n", "calendar.yaml"),
    ),
    Page(
        "S406",
        later("another version of the format"),
        later(
            "This program reads format 1. A scenario with a higher number needs a newer version of Rival "
            "Readings."
        ),
        later("A newer format may mean something else by the same words."),
        Example("format: 2\ntitle: The bridge\n", "scenario.yaml"),
        Example("format: 1\ntitle: The bridge\n", "scenario.yaml"),
    ),
    Page(
        "S407",
        later("two things that exclude each other"),
        later("These keys cannot stand together in one entry. Keep one of them."),
        later("An event, say, happens on a date or by chance; with both, nobody could say when."),
        Example("storm: {label: Storm, date: vote, chance: 0.1}\n", "events.yaml"),
        Example("storm: {label: Storm, date: vote}\n", "events.yaml"),
    ),
)
