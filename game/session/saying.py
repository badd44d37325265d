"""What is kept of what people type? Letters that everybody can see, none that act on a screen or a file."""

import re
import unicodedata
from typing import Final

_MOST_NAME: Final = 40

_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Controls, and what turns the direction of all that follows; line ends and tabs are none of them."""

_BLANK: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\uffa0]|[\ufe00-\ufe0f]"
)
"""Letters that are drawn as nothing."""


def words_of(text: str) -> str:
    """Return what somebody says without what nobody can see and screens act upon; empty where nothing is seen."""
    words = _ACTING.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return words if _BLANK.sub("", words).strip() else ""


def name_of(nickname: str) -> str:
    """Return a nickname in one line without invisible characters."""
    letters = "".join(letter for letter in nickname if letter.isprintable())
    return unicodedata.normalize("NFC", " ".join(_BLANK.sub("", letters).split()))[:_MOST_NAME]


def is_same_name(one: str, other: str) -> bool:
    """Return whether two nicknames look alike but for case and width of their letters."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
