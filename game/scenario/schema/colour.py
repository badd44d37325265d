"""How is a colour written? By its name, or as #rrggbb in quotes: without them, YAML takes it for a comment."""

import re
from typing import Annotated, Any, Final, TypeAlias

from game.locale import _
from game.scenario.colours import NAMED
from game.scenario.schema.values import Read, matching, one_of

_NO_NAME: Final = re.compile(r"\s*|\s*#.*|[0-9A-Fa-f]{3,8}", re.DOTALL)
_BY_NAME: Final = one_of(*NAMED)
_BY_PARTS: Final = matching(
    "#[0-9A-Fa-f]{6}", lambda: _('a name such as teal, or "#rrggbb" in quotes'), '"#0A4F96"'
)


def _read(value: Any) -> str:
    named = isinstance(value, str) and not _NO_NAME.fullmatch(value)
    found: str = (_BY_NAME if named else _BY_PARTS).reader(value)
    return found


Colour: TypeAlias = Annotated[
    str, Read(_read, {"anyOf": [_BY_NAME.json, {**_BY_PARTS.json, "format": "color-hex"}]})
]
"""A name, or #rrggbb."""
