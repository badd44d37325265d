"""Who may open the debrief of a game that is over, as the page that `debrief` writes?

The facilitator that of every room; everybody in a room that of their own, once the facilitator has opened it; who
plays alone, their own.
"""

import asyncio
from collections import OrderedDict
from concurrent.futures import Future
from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from game.locale import _
from game.play.orders import Refused
from game.server.asking import Asker, ask, asker_of, host_of
from game.server.rendering import page
from game.session.host import Host
from game.session.room import Room
from game.session.seeing import debrief_of
from game.session.session import KNOWN_ERRORS, Session, StrangerError, refused_for

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""The debrief brings its own style; it has no script, and none would run."""

_MOST_KEPT: Final = 32
"""Pages that are kept, each some hundred kilobytes."""


class Pages:
    """Debriefs that were written, the latest asked for: a class opens its room's all at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], str] = OrderedDict()

    def of(self, name: tuple[object, ...]) -> str | None:
        """Return a page that was kept, None if there is none."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def keep(self, name: tuple[object, ...], text: str) -> None:
        """Keep a page."""
        with self._lock:
            self._kept[name] = text
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)


async def of_room(request: Request) -> Response:
    """Open the debrief of a room whose game is over."""
    asker, host, number = asker_of(request), host_of(request), request.path_params["room"]
    return await _answer(request, asker, await ask(asker.lang, lambda: _of_room(host, asker, number)))


async def own(request: Request) -> Response:
    """Open the debrief of the asker's own game: a class waits for its facilitator to open it."""
    asker, host, is_alone = asker_of(request), host_of(request), bool(request.app.state.alone)
    return await _answer(request, asker, await ask(asker.lang, lambda: _own(host, asker, is_alone)))


async def _answer(request: Request, asker: Asker, place: tuple[Session, Room] | Refused) -> Response:
    found = place if isinstance(place, Refused) else await _written(request, asker, *place)
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 403 if found.code == "stranger" else 409, reason=found.reason)
    return HTMLResponse(found, headers={"Content-Security-Policy": _POLICY})


async def _written(request: Request, asker: Asker, session: Session, room: Room) -> str | Refused:
    """Return a room's debrief; however many wait for it, they hold nobody else up."""
    pages: Pages = request.app.state.debriefs

    def begin() -> "tuple[tuple[object, ...], Future[str]] | str | Refused":
        with room.looked_at():
            played = len(room.table.game.steps)
            if not room.over or not played:
                return Refused(code="closed", reason=_("End the game first: the debrief tells everything."))
            name = (session.id, room.number, asker.lang, played, len(room.branches))
        return pages.of(name) or (name, debrief_of(host_of(request), session, room, asker.lang))

    try:
        begun = await ask(asker.lang, begin)
        if not isinstance(begun, tuple):
            return begun
        name, coming = begun
        text = await asyncio.wrap_future(coming)
    except KNOWN_ERRORS as error:
        return refused_for(error)
    pages.keep(name, text)
    return text


def _of_room(host: Host, asker: Asker, number: int) -> tuple[Session, Room] | Refused:
    try:
        session = host.of_facilitator(asker.facilitator)
    except KNOWN_ERRORS as error:
        return refused_for(error)
    room = session.rooms.get(number)
    return Refused(code="unknown", reason=_("There is no such room.")) if room is None else (session, room)


def _own(host: Host, asker: Asker, is_alone: bool) -> tuple[Session, Room] | Refused:
    try:
        _who, session, room = host.placed(asker.token)
        with room.looked_at():
            is_open = is_alone or room.debriefed
        if not is_open:
            raise StrangerError(_("The facilitator opens the debrief for everybody."))
    except KNOWN_ERRORS as error:
        return refused_for(error)
    return session, room


routes = [Route("/facilitator/debrief/{room:int}", of_room), Route("/debrief", own)]
