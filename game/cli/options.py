"""Which arguments and options do several commands share?"""

from collections.abc import Callable
from typing import Annotated, Final

import typer

from game.locale import LANGUAGES, _, later

SEED_BITS: Final = 64
"""Bits of a seed that is drawn where none is named."""


def one_of(*allowed: str) -> Callable[[str | None], str | None]:
    """Return a check that a value is one of a few words."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            message = _("'{value}' is none of: {allowed}")
            raise typer.BadParameter(message.format(value=value, allowed=_(", ").join(allowed)))
        return value

    return check


_SCENARIO: Final = later(
    "A shipped id such as baghdad-2021, a variant such as baghdad-2021:workshop, a folder or a file."
)

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help=_SCENARIO)]
ScenarioOrDefault = Annotated[
    str | None, typer.Argument(metavar="SCENARIO", show_default=False, help=_SCENARIO)
]
OwnScenario = Annotated[
    str, typer.Argument(metavar="SCENARIO", help=later("A shipped id, a folder or a file."))
]
"""A scenario's files as a whole, of which a variant is only a part."""
AsJson = Annotated[bool, typer.Option("--json", help=later("Print one JSON document."))]
Lang = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(LANGUAGES),
        callback=one_of(*LANGUAGES),
        help=later("The language to speak."),
    ),
]
