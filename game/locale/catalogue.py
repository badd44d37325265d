"""How is a message found in a language's catalogue?"""

import gettext as gettext_module
import io
from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = ("en", "ar")
"""Languages that the product speaks; the first is the one its messages are written in."""

OWN_NAMES: Final = {"en": "English", "ar": "العربية"}
"""What each language calls itself."""

_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def language() -> str:
    """Return the language of the running context, such as `en`."""
    return _current.get()


def asked_language() -> str | None:
    """Return the language that was asked for; None where nobody did, and the first one is spoken."""
    return _current.get(None)


@cache
def direction(lang: str) -> str:
    """Return which way any language is written, as HTML has it: `rtl` or `ltr`."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


class speak:  # noqa: N801 - reads as a function; a class is entered in half the time of a generator
    """Speak a language, one of LANGUAGES, within a `with` block.

    Raises:
        KeyError: The product does not speak it.
    """

    __slots__ = ("_lang", "_token")

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise KeyError(lang)
        self._lang = lang

    def __enter__(self) -> None:
        self._token = _current.set(self._lang)

    def __exit__(self, *_error: object) -> None:
        _current.reset(self._token)


@cache
def _translations(lang: str) -> gettext_module.NullTranslations:
    if lang == LANGUAGES[0]:
        return gettext_module.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    path = resources.files("game.locale") / lang / "LC_MESSAGES" / "rival_readings.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def _(message: str) -> str:
    """Return a message in the current language, the English one where it has none."""
    return _translations(_current.get()).gettext(message)


def later(message: str) -> str:
    """Mark a text that is looked up in the catalogue when it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that fits a count: Arabic has six."""
    return _translations(_current.get()).ngettext(one, many, count)


def number(value: float, digits: int = 0, *, signed: bool = False) -> str:
    """Write a number with Western digits, which both languages use here.

    Args:
        value: The number.
        digits: Digits after the point.
        signed: Whether a rise is marked with a plus, and a change of less than half a point has a digit after the
            point, so that it does not read as none. A fall always has a minus sign.
    """
    digits = 1 if signed and not round(value, digits) and round(value, 1) else digits
    rounded = round(value, digits) + 0.0
    text = f"{abs(rounded):.{digits}f}"
    if rounded < 0:
        return "−" + text
    return ("+" + text) if signed and rounded > 0 else text


def amount(value: float) -> str:
    """Write an amount, with a digit after the point only where one is needed."""
    return number(value, 0 if float(round(value, 1)).is_integer() else 1)


def list_of(items: Sequence[str]) -> str:
    """Join items as a sentence of the current language does: `a, b, and c`."""
    if len(items) <= 2:
        return _("{first} and {last}").format(first=items[0], last=items[1]) if items[1:] else "".join(items)
    joined = items[0]
    for item in items[1:-1]:
        joined = _("{first}, {next}").format(first=joined, next=item)
    return _("{first}, and {last}").format(first=joined, last=items[-1])
