"""Which words does the product itself use, in the reader's language?

Messages are written in English in the code and looked up in `LANG/LC_MESSAGES/rival_readings.po`, read as
it stands: no build step. The language belongs to the running context, so a server may speak two at once.
"""

from game.locale.catalogue import (
    LANGUAGES,
    OWN_NAMES,
    _,
    amount,
    asked_language,
    direction,
    language,
    later,
    list_of,
    ngettext,
    number,
    speak,
)

__all__ = [
    "LANGUAGES",
    "OWN_NAMES",
    "_",
    "amount",
    "asked_language",
    "direction",
    "language",
    "later",
    "list_of",
    "ngettext",
    "number",
    "speak",
]
