"""Which turn is meant by `end`, a turn's number, DATE or DATE+1?"""

import re
from typing import Final

from game.locale import _
from game.scenario.collector import Collector
from game.scenario.inventory import Inventory
from game.scenario.places import Path

_DATE: Final = re.compile(r"([a-z][a-z0-9_]*)(?:\s*\+\s*([0-9]+))?")


def turn_at(inventory: Inventory, moment: str) -> int | None:
    """Return the turn of a moment, also one after the last; None if it names none."""
    if moment == "end":
        return inventory.calendar.turns
    if moment.isdigit():
        return int(moment)
    found = _DATE.fullmatch(moment)
    if found is None or found[1] not in inventory.dates:
        return None
    return inventory.dates[found[1]] + int(found[2] or 0)


def check_moment(inventory: Inventory, collector: Collector, path: Path, moment: str) -> None:
    """Note what is wrong with a moment."""
    turn = turn_at(inventory, moment)
    last = inventory.calendar.turns
    if turn is None:
        name = moment.partition("+")[0].strip()
        message = _("there is no date '{name}'")
        collector.unknown(path, name, [*inventory.dates, "end"], message, section="calendar")
    elif not 1 <= turn <= last:
        message = _("'{moment}' is turn {turn}, and the game has turns 1 to {last}")
        text = message.format(moment=moment, turn=turn, last=last)
        collector.error("R507", path, text, _("name an earlier moment") if turn > last else _("begin with 1"))
