"""Who may open the debrief of a game that is over? The facilitator that of every room; who plays alone, their own."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from game.debrief.page import write_debrief
from game.locale import _
from game.play.orders import Refused
from game.server.asking import Asker, ask, asker_of, host_of
from game.server.rendering import page
from game.session.host import Host
from game.session.room import Room
from game.session.session import KNOWN_ERRORS, StrangerError, refused_for

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""The debrief brings its own style; it has no script, and none would run."""


async def of_room(request: Request) -> Response:
    """Open the debrief of a room whose game is over, as the page that `debrief` writes."""
    asker, host, number = asker_of(request), host_of(request), request.path_params["room"]
    return await _answer(request, asker, await ask(asker.lang, lambda: _of_room(host, asker, number)))


async def own(request: Request) -> Response:
    """Open the debrief of the asker's own game, where they play alone: a class waits for its facilitator."""
    asker, host, is_alone = asker_of(request), host_of(request), bool(request.app.state.alone)
    return await _answer(request, asker, await ask(asker.lang, lambda: _own(host, asker, is_alone)))


async def _answer(request: Request, asker: Asker, room: Room | Refused) -> Response:
    found = room if isinstance(room, Refused) else await ask(asker.lang, lambda: _written(room, asker.lang))
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 403 if found.code == "stranger" else 409, reason=found.reason)
    return HTMLResponse(found, headers={"Content-Security-Policy": _POLICY})


def _of_room(host: Host, asker: Asker, number: int) -> Room | Refused:
    try:
        room = host.of_facilitator(asker.facilitator).rooms.get(number)
    except KNOWN_ERRORS as error:
        return refused_for(error)
    return room or Refused(code="unknown", reason=_("There is no such room."))


def _own(host: Host, asker: Asker, is_alone: bool) -> Room | Refused:
    try:
        if not is_alone:
            raise StrangerError(_("This is the facilitator's to do."))
        return host.seated(asker.token)[2]
    except KNOWN_ERRORS as error:
        return refused_for(error)


def _written(room: Room, lang: str) -> str | Refused:
    with room.lock:
        room.fresh()
        if not room.over or not room.table.game.steps:
            return Refused(code="closed", reason=_("End the game first: the debrief tells everything."))
        return write_debrief(room.table, lang)


routes = [Route("/facilitator/debrief/{room:int}", of_room), Route("/debrief", own)]
