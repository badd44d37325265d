"""Y: how the file is written as YAML."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page

PAGES: Final = (
    Page(
        "Y201",
        later("a tab where spaces must stand"),
        later(
            "Lines are indented with spaces alone. check --fix puts spaces in place of tabs; most editors "
            "can do so too."
        ),
        later(
            "A tab looks two, four or eight columns wide, depending on the editor, so nobody could tell "
            "what belongs to what."
        ),
        Example("talk:\n\trole: town\n\tlabel: Talk\n"),
        Example("talk:\n  role: town\n  label: Talk\n"),
    ),
    Page(
        "Y202",
        later("a special space in the indentation"),
        later(
            "This space looks like any other but is not: it often comes from a web page. check --fix puts "
            "an ordinary one in its place."
        ),
        later("A special space would become part of a name, and the name would never be found again."),
        Example("talk:\n\u00a0\u00a0role: town\n\u00a0\u00a0label: Talk\n"),
        Example("talk:\n  role: town\n  label: Talk\n"),
    ),
    Page(
        "Y203",
        later("an anchor, alias or merge key"),
        later(
            "YAML uses & and * at the beginning of a text, and <<, to repeat parts of a file; scenarios "
            "do without. Write the part out, or put a text that begins so in double quotes."
        ),
        later("With repeated parts a file of a few lines can become larger than any memory."),
        Example("talk:\n  role: town\n  label: Talk\n  about: *Important news\n"),
        Example('talk:\n  role: town\n  label: Talk\n  about: "*Important news"\n'),
    ),
    Page(
        "Y204",
        later("a tag"),
        later(
            "YAML takes a word that begins with ! for an order to build something; scenarios do without. "
            "Put the text in double quotes."
        ),
        later("Orders in a file from a stranger could do harm, so none is ever obeyed."),
        Example("talk:\n  role: town\n  label: !Now or never\n"),
        Example('talk:\n  role: town\n  label: "!Now or never"\n'),
    ),
    Page(
        "Y206",
        later("a key stands twice"),
        later(
            "Two entries of one group have the same name, at the two places shown. Delete one, or give it "
            "another name."
        ),
        later("YAML itself would drop one of the two without a word."),
        Example("talk: {role: town, label: Talk}\ntalk: {role: crowd, label: Shout}\n"),
        Example("talk: {role: town, label: Talk}\nshout: {role: crowd, label: Shout}\n"),
    ),
    Page(
        "Y207",
        later("a second document in one file"),
        later(
            "A line of three dashes begins a new document. Delete it and what follows, or put that into a "
            "file of its own."
        ),
        later("Only the first document would be read."),
        Example("talk: {role: town, label: Talk}\n---\nmarch: {role: crowd, label: March}\n"),
        Example("talk: {role: town, label: Talk}\nmarch: {role: crowd, label: March}\n"),
    ),
    Page(
        "Y210",
        later("a second colon in a line"),
        later(
            "A colon and a space part a key from its value; a text that contains them stands in double "
            "quotes."
        ),
        later("Without quotes nobody can tell where the key ends."),
        Example("talk:\n  role: town\n  label: Talk: now\n"),
        Example('talk:\n  role: town\n  label: "Talk: now"\n'),
    ),
    Page(
        "Y211",
        later("a text that must stand in quotes"),
        later(
            "A text cannot begin with @, `, %, & or *, and cannot go on behind its closing quotation "
            'mark. Put the whole text in double quotes, and \\" for marks inside.'
        ),
        later("These characters have a meaning of their own in YAML."),
        Example("talk:\n  role: town\n  label: @town\n"),
        Example('talk:\n  role: town\n  label: "@town"\n'),
    ),
    Page(
        "Y212",
        later("a quotation mark is not closed"),
        later("A text in quotes ends with the mark it began with. Close it."),
        later("An open mark swallows the lines below up to the next mark, keys and all."),
        Example('talk:\n  role: town\n  label: "Talk\n'),
        Example('talk:\n  role: town\n  label: "Talk"\n'),
    ),
    Page(
        "Y213",
        later("lines or brackets do not line up"),
        later(
            "Entries of one group have the same number of spaces before them, and each bracket that opens "
            "is closed. Compare the line with those above."
        ),
        later("The indentation alone says what belongs to what."),
        Example("talk:\n  role: town\n   label: Talk\n"),
        Example("talk:\n  role: town\n  label: Talk\n"),
    ),
    Page(
        "Y214",
        later("a colon, or the space behind it, is missing"),
        later("A key is followed by a colon and a space: 'cost: 2'."),
        later("Without them the line is one long text, not a key with a value."),
        Example("talk:\n  role:town\n  label: Talk\n"),
        Example("talk:\n  role: town\n  label: Talk\n"),
    ),
    Page(
        "Y215",
        later("a backslash that means nothing"),
        later(
            "In double quotes a backslash begins a code such as \\n. Write two for one, or use single quotes."
        ),
        later("What the author meant cannot be guessed."),
        Example('talk: {role: town, label: "Talk\\qquick"}\n'),
        Example('talk: {role: town, label: "Talk\\\\quick"}\n'),
    ),
    Page(
        "Y219",
        later("a line that cannot be read"),
        later(
            "Compare indentation, colons, commas and quotes with the lines above, where the cause often "
            "stands."
        ),
        later(
            "What cannot be read cannot be checked either: its whole section is left out until it is mended."
        ),
        Example("%YAML 9.9\n---\ntalk: {role: town, label: Talk}\n"),
        Example("talk: {role: town, label: Talk}\n"),
    ),
    Page(
        "Y220",
        later("a text is cut off by #"),
        later(
            "What follows ' #' in a line is a remark. If it is part of the text, put the text in double "
            "quotes; if it is a remark, put two spaces before the #."
        ),
        later("The rest of the text would be dropped without a word."),
        Example("talk:\n  role: town\n  label: Talk to # 3\n"),
        Example('talk:\n  role: town\n  label: "Talk to # 3"\n'),
        warns=True,
    ),
    Page(
        "Y221",
        later("quotation marks of a word processor"),
        later(
            "YAML knows the straight marks \" and ' alone; others become part of the text. check --fix "
            "puts straight ones in their place."
        ),
        later("Players would see the marks, and a colon or # inside would still be read as YAML."),
        Example("talk: {role: town, label: “Talk”}\n"),
        Example('talk: {role: town, label: "Talk"}\n'),
        warns=True,
    ),
)
