"""Which options do several modules of commands share?"""

from collections.abc import Callable
from typing import Annotated

import typer

from game.locale import LANGUAGES, _, later


def one_of(*allowed: str) -> Callable[[str | None], str | None]:
    """Return a check that a value is one of a few words."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            message = _("'{value}' is none of: {allowed}")
            raise typer.BadParameter(message.format(value=value, allowed=", ".join(allowed)))
        return value

    return check


Lang = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(LANGUAGES),
        callback=one_of(*LANGUAGES),
        help=later("The language to speak."),
    ),
]
