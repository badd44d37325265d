"""Who asks, in which language, and may they change anything? Read from cookies, never from the page's address."""

import asyncio
import hmac
import secrets
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from game.locale import LANGUAGES, _, speak
from game.session.host import Host

SEAT: Final = "seat"
"""Cookie with a participant's token."""

FACILITATOR: Final = "facilitator"
"""Cookie with the facilitator's token."""

BOARD: Final = "board"
"""Cookie with a projector's token."""

LANG: Final = "lang"
_CSRF: Final = "form"
_FORM: Final = "application/x-www-form-urlencoded"
"""What our pages send; other kinds can bring letters that no page can be written with."""
_MOST_FIELDS: Final = 300
_MOST_TEXT: Final = 16_384
_KEPT_SECONDS: Final = 14 * 86400

_T = TypeVar("_T")


@dataclass(frozen=True)
class Asker:
    """Somebody who asks for a page.

    Attributes:
        token: A participant's token; empty if there is none.
        facilitator: A facilitator's token; empty if there is none.
        board: A token that opens the public boards: a projector's, else the facilitator's.
        lang: The language to answer in.
        form_key: What a form of theirs must hold to be taken.
    """

    token: str
    facilitator: str
    board: str
    lang: str
    form_key: str


def asker_of(request: HTTPConnection) -> Asker:
    """Return who asks."""
    cookies = request.cookies
    lang = cookies.get(LANG, "")
    if lang not in LANGUAGES:
        wanted = request.headers.get("accept-language", "")[:2].lower()
        lang = wanted if wanted in LANGUAGES else LANGUAGES[0]
    key = cookies.get(_CSRF, "")
    key = key if 16 <= len(key) <= 64 else secrets.token_urlsafe(24)
    facilitator = cookies.get(FACILITATOR, "")[:200]
    board = cookies.get(BOARD, "")[:200] or facilitator
    return Asker(cookies.get(SEAT, "")[:200], facilitator, board, lang, key)


def host_of(request: HTTPConnection) -> Host:
    """Return the host that serves."""
    host: Host = request.app.state.host
    return host


def remember(request: HTTPConnection, response: Response, name: str, value: str) -> None:
    """Keep something in a cookie that no script can read and no other site can send."""
    response.set_cookie(
        name,
        value,
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme in ("https", "wss"),
    )


def remember_form_key(request: HTTPConnection, response: Response, asker: Asker) -> None:
    """Keep what the asker's forms must hold."""
    if request.cookies.get(_CSRF) != asker.form_key:
        remember(request, response, _CSRF, asker.form_key)


async def form_of(request: Request) -> FormData:
    """Return a form that was sent from one of our own pages.

    Raises:
        HTTPException: 403 where it was not, 400 where it is no form or too large.
    """
    asker = asker_of(request)
    is_ours = request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM
    form = (
        FormData()
        if not is_ours
        else await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT)
    )
    sent = str(form.get("form_key", ""))
    with speak(asker.lang):
        if not request.cookies.get(_CSRF) or not hmac.compare_digest(sent.encode(), asker.form_key.encode()):
            raise HTTPException(
                403, _("This form is out of date. Go back, load the page again and send it once more.")
            )
    return form


async def ask(
    lang: str, work: Callable[[], _T], *, at_once: bool = False, among: Executor | None = None
) -> _T:
    """Do work in the asker's language; in a thread, since it waits for the disk, unless it is done `at_once`.

    Args:
        lang: The language.
        work: What to do.
        at_once: Whether it is so quick that no thread is needed.
        among: Whose threads do it, where it may take long; None: those of everything quick.
    """

    def spoken() -> _T:
        with speak(lang):
            return work()

    if at_once:
        return spoken()
    if among is not None:
        return await asyncio.get_running_loop().run_in_executor(among, spoken)
    return await run_in_threadpool(spoken)


def thinkers_of(request: HTTPConnection) -> Executor:
    """Return the threads that wait for what takes long to work out, so that nothing quick waits behind it."""
    found: Executor = request.app.state.thinkers
    return found


async def come_in(
    request: Request, knows: Callable[[str], bool], cookie: str, to: str
) -> RedirectResponse | None:
    """Let in by a token in the page's address, kept in a cookie from then on; None if it is wrong.

    Wrong ones are not counted: nobody guesses 128 bits, and whoever has a right one comes in whatever others do.
    """
    token = request.path_params["token"][:200]
    if not await ask(asker_of(request).lang, lambda: knows(token)):
        return None
    response = RedirectResponse(to, 303)
    remember(request, response, cookie, token)
    return response


def origin_of(request: HTTPConnection) -> str:
    """Return where the asker is, for counting wrong guesses."""
    return request.client.host if request.client is not None else ""
