"""What are people called where their nicknames may not stand? `P01`, `P02`, ... in the order of joining."""

import re
from typing import Final

_FORM: Final = re.compile(r"P\d{2,}")


def pseudonym_of(place: int) -> str:
    """Return what somebody is called, by their place among the people, from 0."""
    return f"P{place + 1:02}"


def is_pseudonym(participant: str) -> bool:
    """Return whether a participant's id is a pseudonym already, as in a room's game that a session has exported."""
    return _FORM.fullmatch(participant) is not None
