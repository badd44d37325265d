"""F: the file itself."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page

_TALK: Final = "talk: {role: town, label: Talk}\n"
_AR: Final = "talk: {role: town, label: كلام}\n"
_RIGHT: Final = Example(_TALK)

PAGES: Final = (
    Page(
        "F100",
        later("a file is missing or cannot be read"),
        later(
            "The folder has no scenario.yaml, or a file of it cannot be opened, or a folder lies in its "
            "place. Put the file there, or give yourself leave to read it. Links to places outside the "
            "folder are not followed: put a copy in their place."
        ),
        later(
            "A folder becomes a scenario by its scenario.yaml. Nothing outside the folder is ever read, "
            "so that a scenario from a stranger can be opened without fear."
        ),
        Example(
            "trust: {label: Trust, start: 50}\n",
            "indicators.yaml",
            note=later("the folder has no scenario.yaml"),
            without=("scenario.yaml",),
        ),
        Example("format: 1\ntitle: The bridge\n", "scenario.yaml"),
    ),
    Page(
        "F101",
        later("a file, or a folder, is too large"),
        later(
            "A file may have 2 MB, a group 1,000 entries, and a scenario 4 MB, 200 files, 100,000 values and "
            "1,000 formulas. Make it simpler, or put what does not belong to it elsewhere."
        ),
        later(
            "Files that are larger than any scenario would make the game slow, or fill the computer's memory."
        ),
        Example("# …\n" + _TALK, dots="x" * 2_200_000, note=later("more than 2 MB")),
        _RIGHT,
    ),
    Page(
        "F102",
        later("the file is saved as UTF-16"),
        later("Some editors call this encoding Unicode. Save the file as UTF-8."),
        later(
            "Scenarios are exchanged between many computers; UTF-8 is the encoding that all of them read "
            "the same way."
        ),
        Example(_AR, encoding="utf-16", note=later("saved as UTF-16")),
        Example(_AR, note=later("saved as UTF-8")),
    ),
    Page(
        "F103",
        later("the file is not UTF-8"),
        later(
            "From the place shown on, the file cannot be read: it is saved in another encoding, often "
            "Windows-1256 for Arabic. Open it in that encoding and save it as UTF-8."
        ),
        later(
            "In another encoding each letter would turn into a different one, and nobody would notice "
            "before players read it."
        ),
        Example(_AR, encoding="cp1256", note=later("saved as Windows-1256")),
        Example(_AR, note=later("saved as UTF-8")),
    ),
    Page(
        "F104",
        later("an invisible control character"),
        later(
            "A character stands here that nobody can see, often copied from a web page or a word "
            "processor. Delete it; check --fix does so where it can."
        ),
        later("Such characters end lines where editors do not, hide text, or confuse terminals."),
        Example("talk: {role: town, label: Talk\x07}\n"),
        _RIGHT,
    ),
    Page(
        "F105",
        later("a character that turns the direction of writing"),
        later(
            "Invisible characters can make a line read otherwise than it is stored. Delete it: Arabic and "
            "Latin text find their direction by themselves, and check --fix does so too."
        ),
        later("With such characters a file can show one thing and mean another."),
        Example("talk: {role: town, label: \u202eTalk}\n"),
        _RIGHT,
    ),
    Page(
        "F107",
        later("a text is too long"),
        later("A single text may have 20,000 characters. Shorten it, or divide it among several entries."),
        later(
            "Nobody reads more than that on a card, and such a text is more likely the rest of a file "
            "that a missing quotation mark has swallowed."
        ),
        Example("talk: {role: town, label: Talk, about: …}\n", dots="word " * 5_000),
        Example("talk: {role: town, label: Talk, about: Town hall talks.}\n"),
    ),
    Page(
        "F108",
        later("too many levels within each other"),
        later(
            "Brackets or indents may be 24 levels deep; a scenario needs eight. Look for a bracket that "
            "is typed too often."
        ),
        later("Files with thousands of brackets are made to break programs."),
        Example("talk: …\n", dots="[" * 30 + "]" * 30),
        _RIGHT,
    ),
    Page(
        "F109",
        later("the file is empty"),
        later("There is nothing in the file, or nothing but remarks. Write something into it, or delete it."),
        later("An empty file looks like a section that is there, and is often one that was not saved."),
        Example("# policies come here later\n"),
        _RIGHT,
    ),
    Page(
        "F110",
        later("the file has the wrong form"),
        later(
            "A section consists of 'key: value' lines; only always.yaml is a list, whose entries begin "
            "with '- '."
        ),
        later("The name before the colon is how other parts of the scenario speak of an entry."),
        Example("- {role: town, label: Talk}\n"),
        _RIGHT,
    ),
    Page(
        "F111",
        later("a file that belongs to nothing"),
        later(
            "A file of a scenario is named after what is in it, a section, a reading's id, a language or a "
            "variant, and ends in .yaml; its folders are readings, text and variants. Rename it, or put it "
            "into another folder."
        ),
        later("A misspelt name would leave a whole section out without a word."),
        Example(_TALK, "polices.yaml", without=("policies.yaml",)),
        _RIGHT,
    ),
)
