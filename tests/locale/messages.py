"""Which messages does the product's code contain? Extracted from the source, as a translator's tool would.

What the schema of scenarios says of its kinds and keys is a message as it stands there.

To bring a catalogue up to date after messages changed: python -m tests.locale.messages ar
"""

import sys
from collections.abc import Iterator
from inspect import cleandoc
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from game.scenario import schema
from game.scenario.authoring.example import entries
from game.scenario.schema.walk import keys_of

_IDLE = tuple(
    f'"{field}' for field in ("Report-", "POT-", "PO-", "Last-", "Language-Team", "Generated-", "Project-Id")
)
"""Fields of the header that say nothing here."""
GAME = Path(__file__).parent.parent.parent / "game"


def messages() -> Catalog:
    """Return every message of the product, without translations."""
    catalogue = Catalog(project="rival-readings", charset="utf-8")
    found = extract_from_dir(
        GAME,
        method_map=[("**.py", "python"), ("**.html.j2", "jinja2")],
        keywords={"_": None, "later": None, "ngettext": (1, 2)},
    )
    for path, line, message, _comments, context in found:
        catalogue.add(message, None, [(f"game/{path}", line)], context=context)
    for message in descriptions():
        catalogue.add(message)
    return catalogue


def descriptions() -> Iterator[str]:
    """Yield what the schema says of each kind of entry and of its keys."""
    for name in entries():
        model = getattr(schema, name)
        yield cleandoc(model.__doc__)
        yield from (field.description for field in keys_of(model).values() if field.description is not None)


def path_of(lang: str) -> Path:
    """Return the file of a language's catalogue."""
    return GAME / "locale" / lang / "LC_MESSAGES" / "rival_readings.po"


def catalogue_of(lang: str) -> Catalog:
    """Return a language's catalogue as it stands."""
    with path_of(lang).open("rb") as file:
        return read_po(file, locale=lang)


def renew(lang: str) -> int:
    """Add new messages to a catalogue and drop old ones; return how many lack a translation."""
    catalogue = catalogue_of(lang)
    catalogue.update(messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    content = BytesIO()
    write_po(content, catalogue, width=110, no_location=True, sort_output=True)
    lines = content.getvalue().decode().splitlines(keepends=True)
    path_of(lang).write_text("".join(line for line in lines if not line.startswith(_IDLE)), encoding="utf-8")
    return sum(not all(forms(message)) for message in catalogue if message.id)


def forms(message) -> tuple[str, ...]:
    """Return a message's translations: one, or one for each plural form."""
    string = message.string
    return tuple(string) if isinstance(string, list | tuple) else (string,)


if __name__ == "__main__":
    print(renew(sys.argv[1]), "messages lack a translation")
