"""How does a page learn that something has changed? One socket a page; the page then asks for itself again."""

import asyncio
import contextlib

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from game.locale import LANGUAGES
from game.server.asking import Asker, asker_of, host_of
from game.server.hub import ALL_ROOMS, Hub, Watch
from game.session.host import Host

_MOST_DIGITS = 16


async def socket(websocket: WebSocket) -> None:
    """Send `changed` after changes of what the asker sees, `status` where the room's status alone has changed.

    Both are followed by that status as JSON where the asker has a room. Where `?view=` names a language, `view` comes
    instead after changes of what all see, such as turns and estimates, with all that the seat shows, as
    `GET /api/view` answers; it is the one binary message, since it is large and in UTF-8 already. Now and then comes
    `still`. A page says by `?noted=` what it noted of itself when it was put together: if it is out of date by now it
    is told at once.
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
        lang = websocket.query_params.get("view")
        watch = Watch(place, lang if lang in LANGUAGES else None, asyncio.current_task())
        with hub.watching(watch):
            noted = websocket.query_params.get("noted")
            if watch.lang or not await run_in_threadpool(_is_current, host, watch, token, noted):
                watch.own = True
                watch.changed.set()
            await _pass_on(websocket, hub, watch, host, token)
    finally:
        await run_in_threadpool(host.present, token, -1)


def _is_current(host: Host, watch: Watch, token: str, noted: str | None) -> bool:
    """Return whether a page shows what there is to show by now; a socket without a page is told of what comes."""
    if noted is None:
        return True
    if not watch.place.room or not (noted.isascii() and noted.isdigit() and len(noted) < _MOST_DIGITS):
        return noted == host.mark(token)
    watch.shown = int(noted)
    stamp = host.stamp(watch.place)
    return stamp is not None and stamp.own == watch.shown


def _token_of(asker: Asker, kind: str | None) -> str:
    return {"facilitator": asker.facilitator, "board": asker.board}.get(kind or "", asker.token)


async def _pass_on(websocket: WebSocket, hub: Hub, watch: Watch, host: Host, token: str) -> None:
    gone = asyncio.create_task(_until_gone(websocket))
    gone.add_done_callback(lambda _gone: watch.changed.set())
    sent = 0
    try:
        while True:
            await watch.changed.wait()
            watch.changed.clear()
            if gone.done():
                return
            if watch.moved:
                watch.moved = False
                place = await run_in_threadpool(host.listens, token)
                if place != watch.place:
                    hub.move(watch, place or watch.place._replace(room=ALL_ROOMS))
            news: str | bytes = await _news(hub, watch, host) if watch.own else ""
            news = news or ("still" if watch.still else "")
            watch.still = False
            if news:
                watch.sending = sent = sent + 1
                try:
                    await (websocket.send_text(news) if isinstance(news, str) else websocket.send_bytes(news))
                except (WebSocketDisconnect, RuntimeError, OSError):
                    return  # the other side has left
                watch.sending = 0
            del news  # a view is large, and the next one may be long in coming
    except asyncio.CancelledError:
        pass  # it takes nothing, or the server ends
    finally:
        gone.cancel()


async def _news(hub: Hub, watch: Watch, host: Host) -> str | bytes:
    """Return what there is to send to a socket that was woken; nothing while what is new is not on the disk."""
    stamp = host.stamp(watch.place)
    if stamp is None:
        return ""
    is_status = stamp.own == watch.shown != -1
    watch.own, watch.shown, watch.common = False, stamp.own, stamp.common
    if not watch.place.room:
        return "changed"
    view = await hub.view(watch, stamp)
    if view:
        return b"view " + view
    return f"{'status' if is_status else 'changed'} {await hub.status(watch.place, stamp)}".strip()


async def _until_gone(websocket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass


async def version(request: Request) -> Response:
    """Answer with what changes whenever the asker's page does, for pages whose socket cannot open."""
    asker, host = asker_of(request), host_of(request)
    token = _token_of(asker, request.query_params.get("as"))
    await run_in_threadpool(host.seen, token)
    return JSONResponse({"version": await run_in_threadpool(host.news, token)})


routes = [WebSocketRoute("/live", socket), Route("/version", version)]
