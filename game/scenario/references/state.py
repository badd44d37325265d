"""Do indicators, roles and dates fit together?"""

from typing import Final

from game.locale import _
from game.scenario.expressions import RESERVED
from game.scenario.references.lookup import Lookup
from game.scenario.schema import Capital, Indicator, Map, Role

_ROLE_WORDS: Final = ("all", "default")


def check_state(lookup: Lookup) -> None:
    """Note mistakes in the calendar, indicators and roles."""
    _check_calendar(lookup)
    for name, indicator in lookup.scenario.indicators.items():
        _check_indicator(lookup, name, indicator)
    for name, role in lookup.scenario.roles.items():
        _check_role(lookup, name, role)
    if lookup.scenario.map is not None:
        _check_outline(lookup, lookup.scenario.map)


def _check_outline(lookup: Lookup, item: Map) -> None:
    for at, message in enumerate(
        (
            _("the points of the outline all have one longitude"),
            _("the points of the outline all have one latitude"),
        )
    ):
        if len({point[at] for point in item.outline}) == 1:
            fix = _("write the corners of an area: at least three points that do not lie on one line")
            lookup.collector.error("R515", ("map", "outline"), message, fix)


def _check_calendar(lookup: Lookup) -> None:
    calendar = lookup.inventory.calendar
    for name, day in lookup.scenario.calendar.dates.items():
        path = ("calendar", "dates", name)
        if name in ("end", "asked"):
            message = _("'{name}' has a meaning of its own and cannot be a date's name").format(name=name)
            lookup.collector.error("R506", path, message, _("choose another name"), key=True)
        if calendar.turn_of(day) is None:
            message = _("{day} is outside the game, which runs from {first} to {last}")
            text = message.format(day=day, first=calendar.start, last=calendar.end)
            lookup.collector.error("R507", path, text, _("choose a day in the game, or more turns"))


def _check_indicator(lookup: Lookup, name: str, item: Indicator) -> None:
    path = ("indicators", name)
    if name in RESERVED:
        message = _("'{name}' has a meaning of its own in formulas").format(name=name)
        lookup.collector.error("R506", path, message, _("choose another id"), key=True)
    low, high = item.range
    if low >= high:
        message = _("the range ends at {high}, where it begins or before").format(high=f"{high:g}")
        lookup.collector.error("R515", (*path, "range"), message, _("write [lowest, highest]"))
    else:
        _within(lookup, (*path, "start"), item.start, item)
        if item.rests is not None:
            _within(lookup, (*path, "rests", "at"), item.rests.at, item)
    report = (*path, "report")
    lookup.keys("roles", (*report, "error"), item.report.error, "default")
    lookup.have("roles", (*report, "exact_for"), item.report.exact_for)
    lookup.have("roles", (*report, "hidden_from"), item.report.hidden_from)
    lookup.keys("roles", (*path, "better"), item.better)
    for at, role in enumerate(item.report.exact_for):
        if role in item.report.hidden_from:
            message = _("{role} cannot know exactly what is hidden from it").format(role=role)
            lookup.collector.error("R515", (*report, "exact_for", at), message, _("keep one of the two"))


def _within(lookup: Lookup, path: tuple[str, ...], value: float, item: Indicator) -> None:
    low, high = item.range
    if not low <= value <= high:
        message = _("{value} is outside the range from {low} to {high}")
        text = message.format(value=f"{value:g}", low=f"{low:g}", high=f"{high:g}")
        lookup.collector.error("R515", path, text, _("choose a value in the range, or widen the range"))


def _check_role(lookup: Lookup, name: str, role: Role) -> None:
    path = ("roles", name)
    if name in _ROLE_WORDS:
        message = _("'{name}' has a meaning of its own and cannot be a role's id").format(name=name)
        lookup.collector.error("R506", path, message, _("choose another id"), key=True)
    lookup.have("indicators", (*path, "shows"), role.shows)
    _check_capital(lookup, name, role.capital)
    for at, move in enumerate(role.caretaker):
        lookup.move((*path, "caretaker", at), move, [name])
    if role.bot.believes is not None:
        lookup.has("readings", (*path, "bot", "believes"), role.bot.believes)
    for objective, item in role.objectives.items():
        if item.from_ == item.to:
            message = _("this objective is worth 0 and 1 at the same value")
            where = (*path, "objectives", objective, "to")
            lookup.collector.error("R515", where, message, _("let 'from' and 'to' differ"))


def _check_capital(lookup: Lookup, name: str, capital: Capital) -> None:
    if capital.start > capital.most:
        message = _("the capital begins at {start}, and {most} is the most that can be held")
        text = message.format(start=f"{capital.start:g}", most=f"{capital.most:g}")
        key = "start" if "start" in capital.model_fields_set else "most"
        fix = _("lower 'start', or raise 'most'")
        lookup.collector.error("R515", ("roles", name, "capital", key), text, fix)
