"""How is a host asked over the network? Again until it answers; what is handed in has one effect only."""

import json
import secrets
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx
from pydantic import BaseModel, ValidationError
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from game.base.errors import EnvironmentLacksError, UsageError
from game.locale import _
from game.play.orders import Refused
from game.play.views import View

_PATIENCE: Final = 60.0
"""Seconds for which a host that does not answer is asked again."""

_LONGEST_REST: Final = 5.0
_TIMEOUT: Final = 20.0

_GLANCE: Final = 2.0
"""Seconds that a question may take of somebody who has other things to do meanwhile."""

_MOST_BYTES: Final = 4 * 1024 * 1024
_MOST_BY_SOCKET: Final = 4096
"""Characters, of which each is a byte, that a host takes by the socket at once."""

_T = TypeVar("_T", bound=BaseModel)


class LostError(EnvironmentLacksError):
    """The host does not answer."""


def address_of(url: str) -> tuple[str, str]:
    """Return a host's address, and the code that a join link holds, empty if none.

    Raises:
        UsageError: It is no address of a host.
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        message = _("'{url}' is no address: copy it from the board, such as http://192.168.1.20:8765")
        raise UsageError(message.format(url=url))
    code = parse_qs(parts.query).get("code", [""])[0]
    return f"{parts.scheme}://{parts.netloc}", code


class _Answered(BaseModel):
    """What a host's socket says of something that was handed in by it."""

    key: str
    answer: dict[str, Any]


class Client:
    """Asks one host, as one participant.

    Attributes:
        address: The host's.
        token: The participant's; empty before they have joined.
        told: Called with True when the host is out of reach, and with False once it answers again.
        closed: Whether nothing is asked any more.
    """

    def __init__(self, address: str, patience: float = _PATIENCE) -> None:
        """Prepare to ask; nothing is sent yet."""
        self.address, self.token = address, ""
        self.told: Callable[[bool], None] = lambda _away: None
        self.closed = False
        self._patience = patience
        self._socket: Connection | None = None
        self._asked: dict[str, Future[Any]] = {}
        self._http = httpx.Client(base_url=f"{address}/api", timeout=_TIMEOUT, follow_redirects=False)

    def get(self, path: str, model: type[_T], **params: Any) -> _T | Refused:
        """Ask for something."""
        return self._read(self._send("GET", path, params, None), model)

    def glance(self, path: str, model: type[_T]) -> _T | Refused:
        """Ask for something once, and not for long.

        Raises:
            LostError: The host does not answer.
        """
        return self._read(self._send("GET", path, {}, None, patience=0.0, timeout=_GLANCE), model)

    def post(self, path: str, body: dict[str, Any], model: type[_T], **params: Any) -> _T | Refused:
        """Hand something in; it is sent again until it is answered, and counts once."""
        return self._read(self._send("POST", path, params, body), model)

    def hand_in(self, what: str, content: Mapping[str, Any], model: type[_T], lang: str) -> _T | Refused:
        """Hand in a seat's `draft`, `confirm` or `predict`, by the socket if news are being heard from it.

        Where that does not answer, it is sent like anything else, by the same key, so that it counts once.
        """
        body = {**content, "key": self.key()}
        answer = self._by_socket({"do": what, "lang": lang, **body})
        if answer is None:
            return self.post(f"/{what}", body, model, lang=lang)
        for kind in (model, Refused):
            with suppress(ValidationError):
                return kind.model_validate(answer)
        raise LostError(self._foreign())

    def _by_socket(self, message: dict[str, Any]) -> Any:
        """Return what is answered, None if nothing is."""
        text, socket = json.dumps(message), self._socket
        if socket is None or len(text) > _MOST_BY_SOCKET:
            return None
        answered = self._asked[message["key"]] = Future()
        try:
            socket.send(text)
            return answered.result(_GLANCE)
        except (OSError, WebSocketException, FutureTimeout, CancelledError):
            return None
        finally:
            del self._asked[message["key"]]

    def _heard(self, told: str) -> None:
        """Hand an answer to whoever waits for it."""
        found = _Answered.model_validate_json(told.removeprefix("answer "))
        waiting = self._asked.get(found.key)
        if waiting is not None and waiting.set_running_or_notify_cancel():
            waiting.set_result(found.answer)

    def key(self) -> str:
        """Return a name for something that is handed in, so that it counts once."""
        return secrets.token_urlsafe(16)

    def _send(
        self,
        method: str,
        path: str,
        params: dict[str, Any],
        body: dict[str, Any] | None,
        *,
        patience: float | None = None,
        timeout: float = _TIMEOUT,
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        until = time.monotonic() + (self._patience if patience is None else patience)
        rest, away = 0.3, False
        while True:
            try:
                answer = self._http.request(
                    method, path, params=params, json=body, headers=headers, timeout=timeout
                )
                if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    if away:
                        self.told(False)
                    return answer
            except httpx.TransportError as error:
                self._refuse_if_not_trusted(error)
            if time.monotonic() + rest > until:
                message = _("{address} does not answer. Is this machine in the same network as the host?")
                raise LostError(message.format(address=self.address))
            if not away:
                away = True
                self.told(True)
            time.sleep(rest)
            rest = min(2 * rest, _LONGEST_REST)

    def _refuse_if_not_trusted(self, error: BaseException) -> None:
        """Say at once what asking again does not mend: the host's certificate is not trusted here."""
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
            cause = cause.__cause__ or cause.__context__
        if cause is not None:
            message = _(
                "The certificate of {address} is not trusted here ({why}). If it is the host's own, ask for its "
                "file and set the environment variable SSL_CERT_FILE to it; or join in a browser."
            )
            raise EnvironmentLacksError(
                message.format(address=self.address, why=cause.verify_message)
            ) from error

    def _read(self, answer: httpx.Response, model: type[_T]) -> _T | Refused:
        if answer.status_code != httpx.codes.OK:
            return _refused(answer)
        if len(answer.content) > _MOST_BYTES:
            raise LostError(_("What {address} answers cannot be understood.").format(address=self.address))
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            raise LostError(self._foreign()) from error

    def _foreign(self) -> str:
        message = _("What {address} answers cannot be understood: it may run another version.")
        return message.format(address=self.address)

    def views(self, lang: str) -> Iterator[View]:
        """Yield what the seat shows now and whenever what all see has changed, until the connection is lost."""
        with (
            suppress(OSError, WebSocketException, ValidationError),
            self._connect(f"/live?view={lang}") as socket,
        ):
            for told in socket:
                if isinstance(told, bytes):
                    yield View.model_validate_json(told.removeprefix(b"view "))

    def news(self) -> Iterator[str]:
        """Yield what the host tells, as `/live` does, first an empty text, until the connection is lost or hung up."""
        with suppress(OSError, WebSocketException, ValidationError), self._connect("/live") as socket:
            self._socket = socket
            try:
                if self.closed:
                    return
                yield ""
                for told in socket:
                    if isinstance(told, str) and told.startswith("answer "):
                        self._heard(told)
                    elif isinstance(told, str) and told != "still":
                        yield told
            finally:
                self._socket = None
                for waiting in list(self._asked.values()):
                    waiting.cancel()

    def _connect(self, path: str) -> Connection:
        address = f"{self.address.replace('http', 'ws', 1)}{path}"
        header = {"Authorization": f"Bearer {self.token}"}
        return connect(address, additional_headers=header, max_size=_MOST_BYTES, close_timeout=_GLANCE)

    @property
    def hears(self) -> bool:
        """Whether `news` come from the host now."""
        return self._socket is not None

    def hang_up(self) -> None:
        """End `news` in another thread."""
        socket = self._socket
        if socket is not None:
            socket.close()

    def close(self) -> None:
        """Let the connection go."""
        self.closed = True
        self.hang_up()
        self._http.close()


def _refused(answer: httpx.Response) -> Refused:
    try:
        return Refused.model_validate_json(answer.content)
    except ValidationError:
        reason = _("The host answers with an error ({status}).").format(status=answer.status_code)
        return Refused(code="malformed", reason=reason)
