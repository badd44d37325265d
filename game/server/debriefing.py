"""Who may open the debrief of a game that is over, as the page that `debrief` writes?

The facilitator that of every room; everybody in a room that of their own, once the facilitator has opened it, and
whoever has a link that one of them asked for; who plays alone, their own.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from game.locale import LANGUAGES, _
from game.play.orders import Refused
from game.server.asking import LANG, Asker, ask, asker_of, host_of
from game.server.rendering import page
from game.session.host import Host
from game.session.room import Room
from game.session.seeing import debrief_of
from game.session.session import KNOWN_ERRORS, Session, StrangerError, refused_for

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
"""The debrief brings its own style; it has no script, and none would run."""

_MOST_KEPT: Final = 32
"""Pages that are kept, each some hundred kilobytes."""

_PATIENCE: Final = 1.5
"""Seconds that somebody waits for a page before they are told that it is being written."""

_LOOK_EACH: Final = 2
"""Seconds after which a page that says so is loaded again."""


class Pages:
    """Debriefs that are or were written, the latest asked for: a class opens its room's all at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], Future[str]] = OrderedDict()
        self._playing: set[tuple[str, int]] = set()

    def of(self, name: tuple[object, ...], write: Callable[[], "Future[str]"]) -> "Future[str]":
        """Return a page that was kept; without one, begin to write it. One that could not be written is not kept."""
        with self._lock:
            found = self._kept.pop(name, None)
            if found is None or (found.done() and found.exception() is not None):
                found = write()
            self._kept[name] = found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            return found

    def look(self, host: Host) -> None:
        """Begin to write the debriefs of games that have just ended, in all languages of their people."""
        for session in host.opened() if host.thinkers is not None else ():
            for number, room in session.rooms.items():
                place = (session.id, number)
                if room.phase == "playing":
                    self._playing.add(place)
                elif place in self._playing:
                    self._playing.discard(place)
                    members = session.hall.facts.members.values()
                    for lang in {item.lang for item in members if item.room == number and room.over}:
                        begun(self, host, session, room, lang)


def begun(pages: Pages, host: Host, session: Session, room: Room, lang: str) -> "Future[str] | Refused":
    """Begin to write a room's debrief in a language, if nobody has, or say why there is none."""
    with room.looked_at():
        played = len(room.table.game.steps)
        if not room.over or not played:
            return Refused(code="closed", reason=_("End the game first: the debrief tells everything."))
        name = (session.id, room.number, lang, played, len(room.branches))
    return pages.of(name, lambda: debrief_of(host, session, room, lang))


async def of_room(request: Request) -> Response:
    """Open the debrief of a room whose game is over."""
    asker, host, number = asker_of(request), host_of(request), request.path_params["room"]
    return await _answer(request, asker, await ask(asker.lang, lambda: _of_room(host, asker, number)))


async def own(request: Request) -> Response:
    """Open the debrief of the asker's own game: a class waits for its facilitator to open it."""
    asker, host, is_alone = asker_of(request), host_of(request), bool(request.app.state.alone)
    return await _answer(request, asker, await ask(asker.lang, lambda: _own(host, asker, is_alone)))


async def by_link(request: Request) -> Response:
    """Open the debrief that a link leads to, for whoever has it: it opens nothing else."""
    asker, host = asker_of(request), host_of(request)
    token, lang = request.path_params["token"][:200], request.query_params.get("lang")
    if lang in LANGUAGES and LANG not in request.cookies:
        asker = replace(asker, lang=lang)
    found = await ask(asker.lang, lambda: _opened(lambda: host.read(token), is_alone=False))
    return await _answer(request, asker, found)


async def _answer(request: Request, asker: Asker, place: tuple[Session, Room] | Refused) -> Response:
    found = place if isinstance(place, Refused) else await _written(request, asker, *place)
    if isinstance(found, Refused):
        status = 403 if found.code == "stranger" else 409
        return page(request, "error.html.j2", status, asker, reason=found.reason)
    if found is None:
        response: Response = page(request, "writing.html.j2", 202, asker)
        response.headers["Refresh"] = str(_LOOK_EACH)
        return response
    return HTMLResponse(found, headers={"Content-Security-Policy": _POLICY})


async def _written(request: Request, asker: Asker, session: Session, room: Room) -> str | Refused | None:
    """Return a room's debrief, None while it is being written; however many wait, they hold nobody else up."""
    pages: Pages = request.app.state.debriefs
    try:
        coming = await ask(asker.lang, lambda: begun(pages, host_of(request), session, room, asker.lang))
        if isinstance(coming, Refused):
            return coming
        waiting = asyncio.wrap_future(coming)
        waiting.add_done_callback(lambda done: done.cancelled() or done.exception())  # it is told below
        await asyncio.wait([waiting], timeout=_PATIENCE)
        return coming.result() if coming.done() else None
    except KNOWN_ERRORS as error:
        return refused_for(error)


def _of_room(host: Host, asker: Asker, number: int) -> tuple[Session, Room] | Refused:
    try:
        session = host.of_facilitator(asker.facilitator)
    except KNOWN_ERRORS as error:
        return refused_for(error)
    room = session.rooms.get(number)
    return Refused(code="unknown", reason=_("There is no such room.")) if room is None else (session, room)


def _own(host: Host, asker: Asker, is_alone: bool) -> tuple[Session, Room] | Refused:
    return _opened(lambda: host.placed(asker.token)[1:], is_alone=is_alone)


def _opened(find: Callable[[], tuple[Session, Room]], *, is_alone: bool) -> tuple[Session, Room] | Refused:
    """Return a room that is found if its debrief is open to everybody in it."""
    try:
        session, room = find()
        with room.looked_at():
            is_open = is_alone or room.debriefed
        if not is_open:
            raise StrangerError(_("The facilitator opens the debrief for everybody."))
    except KNOWN_ERRORS as error:
        return refused_for(error)
    return session, room


routes = [
    Route("/facilitator/debrief/{room:int}", of_room),
    Route("/debrief", own),
    Route("/debrief/{token}", by_link),
]
