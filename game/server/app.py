"""What serves a group session? Pages, their files, news over a socket, and JSON for other clients."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from game.locale import _, speak
from game.server import (
    api_routes,
    comparing,
    debriefing,
    facilitator,
    join_pages,
    live,
    projector,
    seat_pages,
)
from game.server.asking import asker_of
from game.server.hub import Hub
from game.server.names import Named
from game.server.rendering import HEADERS, page
from game.session.host import Host

MOST_BODY = 64 * 1024
"""Bytes that anybody may send at once."""

_FONTS = "fontpkg_ibm_plex_sans_arabic"
_MOST_THINKING = 16
"""Questions that are waited for at once; more wait for their turn."""
_TICK_SECONDS = 1.0
_LOG = logging.getLogger(__name__)
_SAFE_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def build(
    host: Host, code: str = "", address: str = "", *, alone: bool = False, names: Iterable[str] | None = ()
) -> Starlette:
    """Return the application.

    Args:
        host: Holds the sessions; closed by whoever made it.
        code: The code of the session that the start page is for, so that a link alone is enough.
        address: Where phones reach it, as the projector shows it.
        alone: Whether one person plays against bots, without a facilitator.
        names: Names by which it may be asked for besides its own; None: any, where a certificate tells browsers.
    """

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.hub = Hub(host)
        app.state.thinkers = ThreadPoolExecutor(_MOST_THINKING, "thinking")
        ticking = asyncio.create_task(_tick(host, app.state.debriefs))
        try:
            yield
        finally:
            ticking.cancel()
            app.state.hub.close()
            app.state.thinkers.shutdown(wait=False, cancel_futures=True)

    app = _Application(
        routes=[
            *api_routes.routes,
            *live.routes,
            *join_pages.routes,
            *seat_pages.routes,
            *facilitator.routes,
            *debriefing.routes,
            *comparing.routes,
            *projector.routes,
            Route("/fonts/{name}", _font),
            Mount("/static", StaticFiles(packages=[("game.server", "static")])),
        ],
        middleware=[Middleware(_Safe), *([] if names is None else [Middleware(Named, names)])],
        exception_handlers={HTTPException: _refused, ClientDisconnect: _left, Exception: _failed},
        lifespan=lifespan,
    )
    app.serve_socket = live.serve if names is None else Named(live.serve, names)
    app.state.debriefs = debriefing.Pages()
    app.state.host, app.state.code, app.state.address, app.state.alone = host, code, address, alone
    return app


class _Application(Starlette):
    """Has sockets served few calls deep: whatever serves one is held for as long as its page is open.

    Attributes:
        serve_socket: Serves one.
    """

    serve_socket: ASGIApp

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:  # type: ignore[override]
        """Serve a request or a socket."""
        if scope["type"] == "websocket" and scope["path"] == live.PATH:
            scope["app"] = self
            return self.serve_socket(scope, receive, send)
        return super().__call__(scope, receive, send)


async def _tick(host: Host, debriefs: debriefing.Pages) -> None:
    while True:
        await asyncio.sleep(_TICK_SECONDS)
        try:
            await run_in_threadpool(host.tick)
            await run_in_threadpool(debriefs.look, host)
        except Exception:  # the next second tries again
            _LOG.exception("the time was not looked at")


class _Safe:
    """Puts safe headers on every answer, and takes no more than a form's worth of bytes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        served = self._served if scope["type"] == "http" else self.app
        return served(scope, receive, send)

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BODY:
                raise HTTPException(413)
            return message

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                present = {name for name, _value in headers}
                headers += [header for header in _SAFE_HEADERS if header[0] not in present]
            await send(message)

        await self.app(scope, limited, safe)


def _font(request: Request) -> Response:
    """Serve a file of the packaged font."""
    folder = Path(str(resources.files(_FONTS))) / "files"
    names = {path.name: path for path in folder.glob("*.ttf")}
    found = names.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return FileResponse(found, headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    with speak(asker_of(request).lang):
        known = {
            404: _("There is no such page."),
            405: _("There is no such page."),
            413: _("That is too large to be taken."),
        }
        reason = known.get(error.status_code, error.detail)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"code": "malformed", "reason": reason}, error.status_code)
    return page(request, "error.html.j2", error.status_code, reason=reason)


def _left(_request: Request, _error: Exception) -> Response:
    """Let whoever has left before the whole request was here go in silence."""
    return Response(status_code=400)


def _failed(request: Request, _error: Exception) -> Response:
    with speak(asker_of(request).lang):
        reason = _(
            "Something went wrong on the host's machine. What was confirmed is kept; load the page again."
        )
    if request.url.path.startswith("/api/"):
        return JSONResponse({"code": "unsaved", "reason": reason}, 500)
    return page(request, "error.html.j2", 500, reason=reason)
