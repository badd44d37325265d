"""How does a page learn that something has changed? One socket a page; the page then asks for itself again."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from game.server.asking import Asker, asker_of, host_of
from game.session.host import Host
from game.session.telling import Place

_HEARTBEAT = 20.0
_ALL_ROOMS = 0
"""The stream of everything that is not one room's."""


@dataclass(slots=True, eq=False)
class Watch:
    """What a socket waits for.

    Attributes:
        place: Whose news concern it.
        changed: Set whenever one of them has changed.
        moved: Whether people may have moved to other rooms since this was last looked at.
        own: Whether something of its own place has changed since then.
    """

    place: Place
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    moved: bool = False
    own: bool = False


class Hub:
    """Wakes the sockets of a session when anything in it changes; runs in the server's event loop."""

    def __init__(self, host: Host) -> None:
        """Begin to listen to the host's news."""
        self._loop = asyncio.get_running_loop()
        self._host = host
        self._waiting: dict[str, set[Watch]] = {}
        self._statuses: dict[tuple[str, int | None], tuple[tuple[int, int], asyncio.Future[str]]] = {}
        self._end: Callable[[], None] = host.subscribe(self._heard)

    def _heard(self, session: str, room: int, _version: int) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._wake, session, room)

    def _wake(self, session: str, room: int) -> None:
        for watch in tuple(self._waiting.get(session, ())):
            if watch.place.room is None or room in (watch.place.room, _ALL_ROOMS):
                watch.moved = watch.moved or room == _ALL_ROOMS
                watch.own = watch.own or room != _ALL_ROOMS or watch.place.room in (None, _ALL_ROOMS)
                watch.changed.set()

    @contextlib.contextmanager
    def watching(self, place: Place) -> Iterator[Watch]:
        """Give what is woken whenever the room, or any room of the session, has changed."""
        watch = Watch(place)
        self._waiting.setdefault(place.session, set()).add(watch)
        try:
            yield watch
        finally:
            self._waiting[place.session].discard(watch)

    async def status(self, place: Place, stamp: tuple[int, int]) -> str:
        """Return how a place's room stands, as JSON: asked for once for all its sockets."""
        known = self._statuses.get(place[:2])
        if known is None or known[0] != stamp:
            asked = asyncio.ensure_future(run_in_threadpool(self._host.status_of, place))
            known = self._statuses[place[:2]] = (stamp, asked)
        return await asyncio.shield(known[1])

    def close(self) -> None:
        """Listen no more."""
        self._end()


async def socket(websocket: WebSocket) -> None:
    """Send `changed` after changes of what the asker sees, `status` where the room's status alone has changed.

    Both are followed by that status as JSON where the asker has a room. Now and then comes `still`. A page says by
    `?noted=` what it noted of itself when it was put together: if it is out of date by now it is told at once.
    """
    origin = websocket.headers.get("origin")
    asker, host = asker_of(websocket), host_of(websocket)
    bearer = websocket.headers.get("authorization", "").removeprefix("Bearer ")
    token = bearer or _token_of(asker, websocket.query_params.get("as"))
    place = await run_in_threadpool(host.listens, token) if token else None
    if place is None or (origin is not None and origin.partition("://")[2] != websocket.headers.get("host")):
        await websocket.close(4403)
        return
    await websocket.accept()
    await run_in_threadpool(host.present, token, 1)
    try:
        hub: Hub = websocket.app.state.hub
        with hub.watching(place) as watch:
            noted = websocket.query_params.get("noted")
            is_current = noted is not None and noted == await run_in_threadpool(host.mark, token)
            if noted and not is_current:
                watch.own = True
                watch.changed.set()
            shown = host.stamp(place)[0] if is_current else -1
            await _pass_on(websocket, hub, watch, host, token, shown)
    finally:
        await run_in_threadpool(host.present, token, -1)


def _token_of(asker: Asker, kind: str | None) -> str:
    return {"facilitator": asker.facilitator, "board": asker.board}.get(kind or "", asker.token)


async def _pass_on(websocket: WebSocket, hub: Hub, watch: Watch, host: Host, token: str, shown: int) -> None:
    gone = asyncio.create_task(_until_gone(websocket))
    try:
        while not gone.done():
            changed = asyncio.create_task(watch.changed.wait())
            await asyncio.wait((changed, gone), timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
            woken = changed.done()
            changed.cancel()
            watch.changed.clear()
            if watch.moved:
                watch.moved = False
                place = await run_in_threadpool(host.listens, token)
                if place != watch.place:
                    shown, watch.own = -1, True
                    watch.place = place or watch.place._replace(room=_ALL_ROOMS)
            if woken and not watch.own:
                continue
            watch.own, told = False, "still"
            if woken:
                before = shown
                shown, stamp = host.stamp(watch.place)
                status = await hub.status(watch.place, stamp) if shown >= 0 else ""
                told = f"{'status' if shown == before != -1 else 'changed'} {status}".strip()
            if not gone.done():
                await asyncio.wait_for(websocket.send_text(told), _HEARTBEAT)
    except (WebSocketDisconnect, RuntimeError, TimeoutError, OSError):
        pass
    finally:
        gone.cancel()


async def _until_gone(websocket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await websocket.receive_text()


async def version(request: Request) -> Response:
    """Answer with what changes whenever the asker's page does, for pages whose socket cannot open."""
    asker, host = asker_of(request), host_of(request)
    token = _token_of(asker, request.query_params.get("as"))
    return JSONResponse({"version": await run_in_threadpool(host.news, token)})


routes = [WebSocketRoute("/live", socket), Route("/version", version)]
