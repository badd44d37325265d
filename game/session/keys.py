"""What may a maker call what it sends, so that it counts once?"""

from game.locale import _
from game.play.orders import Refused


def bad_key(key: str | None) -> Refused | None:
    """Return what is wrong with a key, None if nothing."""
    if key is not None and not (1 <= len(key) <= 64 and key.isascii() and key.isprintable()):
        return Refused(code="malformed", reason=_("A key has 1 to 64 plain letters."))
    return None


def key_of(participant: str, kind: str, key: str | None) -> str | None:
    """Return a key that no other participant can make, nor the same one for another kind of thing."""
    return None if key is None else f"{participant} {kind} {key}"
