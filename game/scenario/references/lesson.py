"""Do messages, questions, debrief and history speak of things that exist?"""

from game.locale import _
from game.scenario.moments import check_moment, turn_at
from game.scenario.places import Path
from game.scenario.references.lookup import Lookup
from game.scenario.schema import Question


def check_lesson(lookup: Lookup) -> None:
    """Note mistakes in what surrounds play in a class."""
    scenario = lookup.scenario
    for name, inject in scenario.injects.items():
        path = ("injects", name)
        lookup.have("roles", (*path, "to"), inject.to, "all")
        if inject.event is not None:
            lookup.has("events", (*path, "event"), inject.event)
    for name, question in scenario.questions.items():
        _check_question(lookup, ("questions", name), question)
    for name, item in scenario.debrief.items():
        for at, link in enumerate(item.claims):
            _check_link(lookup, ("debrief", name, "claims", at), link)
    for name, fact in scenario.history.items():
        lookup.keys("readings", ("history", name, "bears_on"), fact.bears_on)


def _check_question(lookup: Lookup, path: Path, question: Question) -> None:
    last = lookup.inventory.calendar.turns
    for at, turn in enumerate(question.turns):
        if turn > last:
            message = _("there is no turn {turn}: the last is {last}").format(turn=turn, last=last)
            lookup.collector.error("R507", (*path, "turns", at), message, _("choose an earlier turn"))
    for at, name in enumerate(question.dates):
        lookup.date((*path, "dates", at), name)
    if question.at != "asked":
        check_moment(lookup.inventory, lookup.collector, (*path, "at"), question.at)
        _check_order(lookup, (*path, "at"), question)


def _check_order(lookup: Lookup, path: Path, question: Question) -> None:
    """Note a question that is asked when its answer is known already."""
    dates = lookup.inventory.dates
    asked = max((*question.turns, *(dates[name] for name in question.dates if name in dates)), default=0)
    settled = turn_at(lookup.inventory, question.at)
    if settled is not None and settled < asked:
        message = _("the question is asked in turn {asked}, and '{moment}' is turn {settled}, before it")
        text = message.format(asked=asked, moment=question.at, settled=settled)
        lookup.collector.error("R507", path, text, _("ask it earlier, or write 'at: end'"))


def _check_link(lookup: Lookup, path: Path, link: str) -> None:
    reading, _dot, claim = link.partition(".")
    if not lookup.has("readings", path, reading) or reading not in lookup.scenario.readings:
        return
    claims = lookup.scenario.readings[reading].claims
    if claim not in claims and "readings" not in lookup.collector.unread:
        message = _("{reading} has no claim '{name}'").format(reading=reading, name=claim)
        lookup.collector.misnamed(path, claim, claims, message)
