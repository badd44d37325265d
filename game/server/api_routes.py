"""What do other clients ask for? JSON under `/api`, with the token of a seat as `Authorization: Bearer TOKEN`.

Every answer is a view as `game.play.views` and `game.session.api` describe it, an `Ack` (`{"turn": n}`), or a
`Refused` (`{"code", "reason", "move"}`) with status 409; 401 where the token is nobody's. `?lang=en|ar` chooses
the language. `/live` is the socket that says when to ask again, or brings every view (`?view=en|ar`), with the same
header; orders, drafts and predictions can be handed in by it too, which costs a host half as much.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from game.locale import LANGUAGES, _
from game.play.orders import Prediction, Refused
from game.play.views import View
from game.server.asking import ask, host_of, origin_of, thinkers_of
from game.server.handing import Handed, Predicted
from game.session.api import Link, Message, Pin
from game.session.host import Host

_MESSAGES: TypeAdapter[tuple[Message, ...]] = TypeAdapter(tuple[Message, ...])
Work: TypeAlias = Callable[[Host, str, str, Request, bytes], Any]


class Coming(BaseModel):
    """The body of `POST /api/join`: a code with a nickname, or with the four digits of another device."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=16)
    nickname: str = Field(default="", max_length=200)
    pin: str = Field(default="", max_length=8)


class Wanted(BaseModel):
    """The body of `POST /api/claim`."""

    model_config = ConfigDict(extra="forbid")

    room: int = Field(ge=1, le=10_000)
    role: str = Field(max_length=200)


class Said(BaseModel):
    """The body of `POST /api/say`."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(max_length=200)
    text: str = Field(max_length=4000)
    offer: str | None = Field(default=None, max_length=200)
    key: str | None = Field(default=None, max_length=64)


class _Endpoint:
    """Answers what is asked for at one path; an ASGI application, for every order of a class goes through it."""

    def __init__(self, work: Work, *, open_to_all: bool) -> None:
        self._work, self._open_to_all = work, open_to_all
        self._is_quick, self._is_long = work in _QUICK, work in _LONG

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do the work and send what came of it."""
        body = await _body_of(receive)
        request = Request(scope)
        host, lang = host_of(request), LANGUAGES[0]
        if scope["query_string"]:
            wanted = request.query_params.get("lang")
            lang = wanted if wanted in LANGUAGES else lang
        token = request.headers.get("authorization", "").removeprefix("Bearer ")[:200]
        at_once = self._is_quick and host.is_free(token)  # it is nobody's if the token is

        def answer() -> tuple[Any, int | None]:
            if not (self._open_to_all or at_once) and host.who(token) is None:
                return Refused(code="stranger", reason=host.why_unknown(token)), 401
            if not self._open_to_all:
                host.seen(token)
            try:
                found = self._work(host, token, lang, request, body)
            except ValidationError:
                return Refused(code="malformed", reason=_("This request cannot be understood.")), 400
            return found, None

        among = thinkers_of(request) if self._is_long else None
        found, status = await ask(lang, answer, at_once=at_once, among=among)
        if isinstance(found, Future):  # no thread waits for the disk
            found = await asyncio.wrap_future(found)
        status = status or (409 if isinstance(found, Refused) else 200)
        await Response(_json(found), status, media_type="application/json")(scope, receive, send)


async def _body_of(receive: Receive) -> bytes:
    """Return the whole of a request's body.

    Raises:
        ClientDisconnect: Whoever sent it has left before it was here.
    """
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _route(path: str, work: Work, *, open_to_all: bool = False) -> Route:
    method = "GET" if work in _READS else "POST"
    return Route(f"/api{path}", _Endpoint(work, open_to_all=open_to_all), methods=[method])


def _json(found: Any) -> str | bytes:
    if isinstance(found, View):
        return found.as_json()
    if isinstance(found, tuple):
        return _MESSAGES.dump_json(found)
    content: str = found.model_dump_json()
    return content


def _join(host: Host, _token: str, lang: str, request: Request, body: bytes) -> Any:
    coming = Coming.model_validate_json(body)
    if coming.pin:
        return host.move(coming.code, coming.pin, origin_of(request), lang)
    return host.join(coming.code, coming.nickname, lang, origin_of(request))


def _claim(host: Host, token: str, _lang: str, _request: Request, body: bytes) -> Any:
    wanted = Wanted.model_validate_json(body)
    return host.claim(token, wanted.room, wanted.role)


def _draft(host: Host, token: str, lang: str, _request: Request, body: bytes) -> Any:
    handed = Handed.model_validate_json(body)
    return host.draft_soon(token, handed.order, handed.key, lang)


def _confirm(host: Host, token: str, lang: str, _request: Request, body: bytes) -> Any:
    handed = Handed.model_validate_json(body)
    return host.confirm_soon(token, handed.order, handed.key, lang)


def _predict(host: Host, token: str, lang: str, _request: Request, body: bytes) -> Any:
    said = Predicted.model_validate_json(body)
    return host.predict_soon(token, said.prediction, said.key, lang)


def _forecast(host: Host, token: str, lang: str, _request: Request, body: bytes) -> Any:
    return host.forecast(token, Handed.model_validate_json(body).order, lang)


def _say(host: Host, token: str, lang: str, _request: Request, body: bytes) -> Any:
    said = Said.model_validate_json(body)
    return host.send(token, said.to, said.text, said.key, said.offer, lang)


def _debrief(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    found = host.debrief_link(token, lang)
    return found if isinstance(found, Refused) else Link(path=f"/debrief/{found}?lang={lang}")


def _pin(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    found = host.pin(token, lang)
    return found if isinstance(found, Refused) else Pin(digits=found)


def _me(host: Host, token: str, _lang: str, _request: Request, _body: bytes) -> Any:
    return host.who(token)


def _view(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    return host.view(token, lang)


def _status(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    return host.status(token, lang)


def _rooms(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    return host.rooms(token, lang)


def _evidence(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    return host.evidence(token, lang)


def _scores(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    return host.scores(token, lang)


def _predicted(host: Host, token: str, _lang: str, _request: Request, _body: bytes) -> Any:
    return host.predicted(token) or Prediction(turn=1)


def _messages(host: Host, token: str, _lang: str, _request: Request, _body: bytes) -> Any:
    return host.messages(token)


def _board(host: Host, token: str, lang: str, _request: Request, _body: bytes) -> Any:
    return host.board(token, lang)


def _explain(host: Host, token: str, lang: str, request: Request, _body: bytes) -> Any:
    return host.explain(
        token, request.path_params["name"], _turn(request, "since"), _turn(request, "until"), lang
    )


def _truth(host: Host, token: str, lang: str, request: Request, _body: bytes) -> Any:
    return host.truth(token, request.path_params["name"], _turn(request, "turn"), lang)


def _turn(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


_READS = frozenset(
    {_me, _view, _status, _rooms, _evidence, _scores, _predicted, _messages, _board, _explain, _truth}
)

_LONG = frozenset({_forecast, _evidence, _explain, _truth, _scores})
"""What is worked out when it is asked for."""

_QUICK = frozenset({_draft, _confirm, _predict})
"""What ends in a future, so that a thread is needed for it only where its work itself takes long."""

routes = [
    # Routes are tried in turn: what is asked for most comes first.
    _route("/confirm", _confirm),
    _route("/draft", _draft),
    _route("/view", _view),
    _route("/status", _status),
    _route("/join", _join, open_to_all=True),
    _route("/claim", _claim),
    _route("/me", _me),
    _route("/rooms", _rooms),
    _route("/predict", _predict),
    _route("/predicted", _predicted),
    _route("/forecast", _forecast),
    _route("/evidence", _evidence),
    _route("/explain/{name}", _explain),
    _route("/truth/{name}", _truth),
    _route("/scores", _scores),
    _route("/messages", _messages),
    _route("/say", _say),
    _route("/board", _board),
    _route("/debrief", _debrief),
    _route("/pin", _pin),
]
