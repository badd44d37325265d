"""How are templates and the texts of what `new` writes read from the package?"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from game.scenario.authoring.splicing import quoted
from game.scenario.nodes import read_text
from game.scenario.places import Source

STARTERS: Final = ("en", "ar")
"""Languages that `new` can write."""
_FOLDER: Final = "forms"
_CODE: Final = re.compile(r"`([^`]+)`")


@cache
def environment() -> Environment:
    """Return what renders the package's templates."""
    found = Environment(
        loader=PackageLoader("game.scenario.authoring", _FOLDER),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    found.filters |= {"q": quoted, "visible": visible, "code": as_code, "linked": linked}
    return found


def visible(text: str) -> str:
    """Return a text with what nobody would see written as escapes."""
    return "".join(
        letter
        if letter.isprintable() or letter == "\n"
        else "\\t"
        if letter == "\t"
        else f"\\u{ord(letter):04x}"
        for letter in text
    )


def as_code(text: str) -> Markup:
    """Return a text as HTML, what stands between backticks in it as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def linked(text: str, names: Iterable[str]) -> Markup:
    """Return a text as HTML like `as_code`, each of some kinds of entries in it a link to what is said of it."""
    found = str(as_code(text))
    for name in dict.fromkeys(names):
        link = f'<a href="#{escape(name)}"><bdi>{escape(name)}</bdi></a>'
        found = re.sub(rf"\b{re.escape(name)}\b", link, found)
    return Markup(found)  # noqa: S704 - escaped before


@cache
def starter_texts(language: str) -> Mapping[str, str]:
    """Return the texts of what `new` writes, in one of STARTERS."""
    path = resources.files("game.scenario.authoring") / _FOLDER / f"{language}.yaml"
    tree = read_text(Source(path.name, path.read_text(encoding="utf-8")))
    assert isinstance(tree.root.content, dict)  # noqa: S101 - the package's own file
    return {key: str(node.content) for key, node in tree.root.content.items()}


def speaker(language: str) -> Callable[..., str]:
    """Return what says a text in a language, by its key and what stands in its gaps."""
    texts = starter_texts(language)

    def say(key: str, **gaps: object) -> str:
        return texts[key].format(**gaps)

    return say
