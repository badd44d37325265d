"""By which names may this host be asked for? Not by one that somebody else owns and has led here.

A page from elsewhere can have its own name lead to this machine (DNS rebinding), and would then read here what only
somebody in this network may. Browsers say which name they asked for.
"""

import socket
from collections.abc import Awaitable, Iterable
from functools import lru_cache
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from game.locale import _, speak
from game.server.asking import asker_of
from game.server.rendering import isolated, page

_NOBODYS: Final = (".local", ".localhost", ".lan", ".internal", ".home.arpa")
"""Ends of names that nobody can own in the Internet; nor one without a dot."""


_FOR_ALL: Final = ("/static/", "/fonts/")
"""Files that are the same everywhere; a refusal is shown with them."""


class Named:
    """Refuses whoever asks for this host by a name that is not its own, except for files that are the same everywhere.

    Addresses, names without a dot, names that nobody can own, this machine's own name and those that it was given are
    its own. Who sends none is no browser.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        """Answer by an application to those names as well."""
        self._app = app
        self._own = frozenset(_plain(name) for name in (socket.gethostname(), *names))

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer, or refuse."""
        asked = next((value for name, value in scope.get("headers", ()) if name == b"host"), b"")
        is_open = scope["type"] not in ("http", "websocket") or scope["path"].startswith(_FOR_ALL)
        if is_open or not asked or self._knows(asked.decode("latin-1")):
            return self._app(scope, receive, send)
        if scope["type"] == "websocket":
            return send({"type": "websocket.close", "code": 4403})
        return _refusal(HTTPConnection(scope), asked.decode("latin-1"))(scope, receive, send)

    def _knows(self, asked: str) -> bool:
        name = _name_in(asked)
        return bool(name) and (name in self._own or _is_nobodys(name))


def _refusal(request: HTTPConnection, asked: str) -> Response:
    with speak(asker_of(request).lang):
        message = _(
            "This host does not know itself by the name {name}. Open {address} instead; if the name is right, whoever "
            "hosts can begin with {option}."
        )
        name = _name_in(asked)[:100]
        option, address = isolated(f"--name {name}"), request.app.state.address
        reason = message.format(name=name, address=address, option=option)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"code": "stranger", "reason": reason}, 403)
    return page(request, "error.html.j2", 403, reason=reason)


@lru_cache(maxsize=256)
def _name_in(asked: str) -> str:
    """Return the name or address without its port; empty if it is none."""
    try:
        return _plain(urlsplit(f"//{asked}").hostname or "")
    except ValueError:
        return ""


def _plain(name: str) -> str:
    return name.lower().rstrip(".")


@lru_cache(maxsize=256)
def _is_nobodys(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return "." not in name or name.endswith(_NOBODYS)
    return True
