"""How do a session's rooms compare? Courses of every quantity and all orders, room beside room."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from game.debrief.charts import Series, chart
from game.locale import _
from game.play.orders import Refused
from game.scenario.colours import READINGS
from game.server.asking import ask, asker_of, host_of
from game.server.rendering import page
from game.session.api import Comparison, CourseOfRoom

MOST_LINES: Final = 4
"""Courses that one chart draws at most; with more, the numbers alone are shown."""


async def compare(request: Request) -> Response:
    """Lay what the rooms have played, and what was taken back, side by side; full of secrets."""
    asker, host = asker_of(request), host_of(request)

    def work() -> dict[str, Any] | Refused:
        found = host.compare(asker.facilitator, asker.lang)
        return found if isinstance(found, Refused) else _content(found)

    content = await ask(asker.lang, work)
    if isinstance(content, Refused):
        return page(request, "error.html.j2", 403, reason=content.reason)
    return page(request, "compare.html.j2", **content)


def _content(found: Comparison) -> dict[str, Any]:
    names = [_name(course) for course in found.courses]
    return {
        "found": found,
        "names": names,
        "drawn": len(names) <= MOST_LINES,
        "charts": {
            name: chart(
                label,
                [
                    Series(called, course.values[name], f"r{at % 6}", READINGS[at % len(READINGS)])
                    for at, (called, course) in enumerate(zip(names, found.courses, strict=True))
                ],
                *found.spans[name],
                found.turns,
            )
            for name, label in found.indicators.items()
        },
    }


def _name(course: CourseOfRoom) -> str:
    if not course.branch:
        return _("Room {number}").format(number=course.room)
    return _("Room {number}, taken back ({n})").format(number=course.room, n=course.branch)


routes = [Route("/facilitator/compare", compare)]
