"""How is the reference shown? As plain text, or as one page that needs nothing but itself."""

import textwrap
from collections.abc import Iterator, Mapping

from game.locale import _, direction, language
from game.scenario.authoring.reference import Key, KindOfEntry, Reference
from game.scenario.authoring.rendering import environment

_WIDTH = 100


def text_of(reference: Reference) -> Iterator[str]:
    """Yield the reference as lines of text."""
    words = _words()
    yield from (words["title"], "=" * len(words["title"]), "")
    yield from _wrapped(words["intro"], 0)
    for kind in reference.kinds:
        yield from ("", kind.name, "-" * len(kind.name))
        yield from _kind(kind, words)
    yield from ("", words["files"], "-" * len(words["files"]))
    for file in reference.files:
        yield from _wrapped(f"{file.path}: {file.meaning}", 2)
        yield from (f"      | {line}" for line in file.example.splitlines())
    yield from ("", words["formulas"], "-" * len(words["formulas"]))
    for word in reference.formulas:
        yield from _wrapped(f"{word.form}: {word.meaning}", 2)
        yield f"      {word.example}"
    yield from ("", words["codes"], "-" * len(words["codes"]))
    for page in reference.codes:
        yield from _wrapped(f"{page.code}: {page.title}", 2)
        yield from _wrapped(page.means, 6)


def _kind(kind: KindOfEntry, words: Mapping[str, str]) -> Iterator[str]:
    for paragraph in kind.about.split("\n\n"):
        yield from _wrapped(paragraph, 0)
    yield from _wrapped(f"{words['where']}: {'; '.join(kind.where)}", 0)
    yield ""
    for key in kind.keys:
        yield from _wrapped(f"{key.name}: {_facts(key, words)}", 2)
        yield from _wrapped(key.about, 6)
        yield from (f"      | {line}" for line in key.example.splitlines())
    if kind.example:
        yield from ("", words["example"] + ":")
        yield from (f"    {line}" for line in kind.example.splitlines())


def _facts(key: Key, words: Mapping[str, str]) -> str:
    facts = [key.what]
    if key.required:
        facts.append(words["required"])
    if key.default:
        facts.append(f"{words['default']} {key.default}")
    if key.translated:
        facts.append(words["translated"])
    return _("; ").join(facts)


def _wrapped(text: str, indent: int) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text, _WIDTH, initial_indent=before, subsequent_indent=before + "  ", break_on_hyphens=False
    )


def page_of(reference: Reference) -> str:
    """Return the reference as one HTML page, in the current language."""
    return (
        environment()
        .get_template("reference.html.j2")
        .render(
            words=_words(),
            lang=language(),
            direction=direction(language()),
            reference=reference,
            names={kind.name for kind in reference.kinds},
        )
    )


def _words() -> Mapping[str, str]:
    """Return the headings, in the current language."""
    return {
        "title": _("The scenario format"),
        "intro": _(
            "A scenario is a folder with scenario.yaml; any section may stand in a file of its own that is "
            "named after it. Ids consist of small Latin letters, digits and _, a letter first. What is said "
            "here is written from the schema that `check` uses, and every example has been run."
        ),
        "contents": _("Contents"),
        "where": _("Stands in"),
        "key": _("Key"),
        "what": _("What stands there"),
        "meaning": _("Meaning"),
        "required": _("must be there"),
        "default": _("if left out:"),
        "translated": _("in every language"),
        "example": _("Example"),
        "files": _("Variants and translations"),
        "formulas": _("Formulas"),
        "formulas_intro": _(
            "Formulas compute with the values at the start of the turn. They know nothing else:"
        ),
        "form": _("Written"),
        "codes": _("Mistakes that check finds"),
        "wrong": _("Wrong"),
        "right": _("Right"),
    }
