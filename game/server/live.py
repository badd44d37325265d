"""How does a page learn that something has changed? One socket a page; other clients hand things in by it as well."""

import asyncio
import logging
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from game.locale import LANGUAGES
from game.server.asking import Asker, asker_of, host_of
from game.server.handing import hand_over
from game.server.hub import ALL_ROOMS, Hub, Watch
from game.session.host import Host
from game.session.telling import Place

PATH: Final = "/live"
"""Where a socket is asked for."""

_MOST_DIGITS: Final = 16
_LOG: Final = logging.getLogger(__name__)


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve a socket until it is closed; an ASGI application.

    It sends `changed` after changes of what the asker sees, `status` where the room's status alone has changed. Both
    are followed by that status as JSON where the asker has a room. Where `?view=` names a language, `view` comes
    instead after changes of what all see, such as turns and estimates, with all that the seat shows, as
    `GET /api/view` answers; it is the one binary message, since it is large and in UTF-8 already. Now and then comes
    `still`. A page says by `?noted=` what it noted of itself when it was put together: if it is out of date by now it
    is told at once.

    A seat may hand in by it too, as `game.server.handing.HandedIn` in JSON; `answer` comes back, with its key and what
    the same request would have been answered by HTTP.
    """
    websocket = WebSocket(scope, receive, send)
    token, place = await _come(websocket)
    if place is None:
        await websocket.close(4403)
        return
    lang, noted = websocket.query_params.get("view"), websocket.query_params.get("noted")
    lang = lang if lang in LANGUAGES else None
    line = _Line(place, lang, token, host_of(websocket), websocket.app.state.hub, send)
    await websocket.accept()
    del websocket, scope
    await run_in_threadpool(line.host.present, token, 1)
    line.hub.add(line)
    try:
        if lang or not await run_in_threadpool(_is_current, line, noted):
            line.own = True
            line.wake()
        while (message := await receive())["type"] != "websocket.disconnect":
            await line.hear(message.pop("text", None) or "")
    except asyncio.CancelledError:
        pass  # it was cut, or the server ends
    finally:
        line.hang_up()
        await run_in_threadpool(line.host.present, token, -1)


async def _come(websocket: WebSocket) -> tuple[str, Place | None]:
    """Return who asks for a socket and whose news concern them; None: nobody's, or another site's page asks."""
    asker, host = asker_of(websocket), host_of(websocket)
    origin = websocket.headers.get("origin")
    bearer = websocket.headers.get("authorization", "").removeprefix("Bearer ")
    token = bearer or _token_of(asker, websocket.query_params.get("as"))
    is_ours = origin is None or origin.partition("://")[2] == websocket.headers.get("host")
    return token, await run_in_threadpool(host.listens, token) if token and is_ours else None


def _token_of(asker: Asker, kind: str | None) -> str:
    return {"facilitator": asker.facilitator, "board": asker.board}.get(kind or "", asker.token)


class _Line(Watch):
    """An open socket.

    Attributes:
        token: Whose it is.
        host: Serves it.
        hub: Wakes it.
    """

    __slots__ = ("_is_due", "_reading", "_send", "_sending", "host", "hub", "token")

    def __init__(self, place: Place, lang: str | None, token: str, host: Host, hub: Hub, send: Send) -> None:
        """Hold a socket that the running task reads."""
        super().__init__(place, lang)
        self.token, self.host, self.hub, self._send = token, host, hub, send
        self._reading = asyncio.current_task()
        self._sending: asyncio.Task[None] | None = None
        self._is_due = False

    def wake(self) -> None:
        """Send what is new."""
        self._is_due = True
        if self._sending is None:
            self._sending = asyncio.create_task(self._pass_on())

    def cut(self) -> None:
        """End it."""
        if self._reading is not None:
            self._reading.cancel()

    def hang_up(self) -> None:
        """Pass on nothing more."""
        self.hub.discard(self)
        if self._sending is not None:
            self._sending.cancel()

    async def _pass_on(self) -> None:
        try:
            while self._is_due:
                self._is_due = False
                if self.moved:
                    await self._move()
                news: str | bytes = await self._news() if self.own else ""
                news = news or ("still" if self.still else "")
                self.still = False
                if news:
                    self.sending = self.told = self.told + 1
                    await self._tell(news)
                    self.sending = 0
                del news  # a view is large
        except Exception:  # whoever listens comes back, and is told everything anew
            _LOG.exception("a socket was not told what is new")
            self.cut()
        finally:
            self._sending = None

    async def _tell(self, news: str | bytes) -> None:
        kind = "text" if isinstance(news, str) else "bytes"
        try:
            await self._send({"type": "websocket.send", kind: news})
        except (OSError, RuntimeError):  # the other side has left
            self.cut()

    async def _move(self) -> None:
        """Look whether its people have moved to another room."""
        self.moved = False
        place = await run_in_threadpool(self.host.listens, self.token)
        if place != self.place:
            self.hub.move(self, place or self.place._replace(room=ALL_ROOMS))

    async def _news(self) -> str | bytes:
        """Return what there is to send; nothing while what is new is not on the disk."""
        stamp = self.host.stamp(self.place)
        if stamp is None:
            return ""
        is_status = stamp.own == self.shown != -1
        self.own, self.shown, self.common = False, stamp.own, stamp.common
        if not self.place.room:
            return "changed"
        view = await self.hub.view(self, stamp)
        if view:
            return b"view " + view
        return f"{'status' if is_status else 'changed'} {await self.hub.status(self.place, stamp)}".strip()

    async def hear(self, message: str) -> None:
        """Take what somebody hands in and answer it."""
        await self._tell(await hand_over(self.host, self.token, message))


def _is_current(line: _Line, noted: str | None) -> bool:
    """Return whether a page shows what there is to show by now; a socket without a page is told of what comes."""
    if noted is None:
        return True
    if not line.place.room or not (noted.isascii() and noted.isdigit() and len(noted) < _MOST_DIGITS):
        return noted == line.host.mark(line.token)
    line.shown = int(noted)
    stamp = line.host.stamp(line.place)
    return stamp is not None and stamp.own == line.shown


async def version(request: Request) -> Response:
    """Answer with what changes whenever the asker's page does, for pages whose socket cannot open."""
    asker, host = asker_of(request), host_of(request)
    token = _token_of(asker, request.query_params.get("as"))
    await run_in_threadpool(host.seen, token)
    return JSONResponse({"version": await run_in_threadpool(host.news, token)})


routes = [Route("/version", version)]
