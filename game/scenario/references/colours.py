"""Can the colours that an author gives be told apart, and be seen?"""

from collections.abc import Iterable
from typing import TypeAlias

from game.locale import _, number
from game.scenario.colours import FOR_SHAPES, FOR_TEXT, darkened, hex_of, least_contrast
from game.scenario.places import Path
from game.scenario.references.lookup import Lookup

_Given: TypeAlias = Iterable[tuple[Path, str | None]]


def check_colours(lookup: Lookup) -> None:
    """Note colours that two have, and those that hardly stand out from what they are drawn on."""
    scenario = lookup.scenario
    readings: _Given = [(("readings", name), reading.colour) for name, reading in scenario.readings.items()]
    blocs: _Given = [
        (("contests", contest, "blocs", name), bloc.colour)
        for contest, held in scenario.contests.items()
        for name, bloc in held.blocs.items()
    ]
    _check(lookup, readings, FOR_TEXT)  # analysts' names are written in them
    _check(lookup, blocs, FOR_SHAPES)


def _check(lookup: Lookup, given: _Given, least: float) -> None:
    first: dict[str, Path] = {}
    for path, colour in given:
        if colour is None:
            continue
        where, shown = (*path, "colour"), hex_of(colour)
        other = first.setdefault(shown, path)
        if other is not path:
            message = _(
                "'{name}' has the colour {colour} as well, so that charts could not tell the two apart"
            ).format(name=other[-1], colour=colour)
            fix = _("choose another colour, or take the line out")
            lookup.collector.error("R515", where, message, fix, see=(*other, "colour"))
        elif least_contrast(shown) < least:
            message = _("{colour} can hardly be seen on light paper: its contrast is {found}, not {least}")
            text = message.format(
                colour=colour, found=number(least_contrast(shown), 1), least=number(least, 1)
            )
            fix = _('write a darker colour, such as "{darker}"').format(darker=darkened(shown, least))
            lookup.collector.error("R519", where, text, fix)
