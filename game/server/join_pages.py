"""How does somebody come in? The code, a nickname, a language; a seat; another device by four digits."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from game.locale import LANGUAGES
from game.play.orders import Refused
from game.server.asking import (
    LANG,
    SEAT,
    Asker,
    ask,
    asker_of,
    come_in,
    form_of,
    host_of,
    origin_of,
    remember,
)
from game.server.rendering import page
from game.session.api import Participant
from game.session.host import Host

_WRONG: Final = {"malformed": "nickname", "taken": "nickname", "stranger": "pin"}
"""The field that a refusal is about, where it is not the code."""


async def start(request: Request) -> Response:
    """Show the page on which people join; who is in this session already goes on to their seat."""
    asker, host, served = asker_of(request), host_of(request), str(request.app.state.code)
    code = request.query_params.get("code", served)[:16]

    def known() -> tuple[Participant | None, str]:
        """Return who asks, or what to tell them if they were removed; nothing of a session that is not served."""
        who = host.who(asker.token) if asker.token else None
        removed = host.removed_from(asker.token) if asker.token and who is None else None
        session = removed if who is None else who.session
        if session is None or (code == served and not host.leads_to(code, session)):
            return None, ""
        return who, host.why_unknown(asker.token) if removed else ""

    who, told = await ask(asker.lang, known)
    return page(request, "join.html.j2", who=who, code=code, nickname="", told=told, wrong="")


async def join(request: Request) -> Response:
    """Take a code and a nickname."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    code, nickname = str(form.get("code", ""))[:16], str(form.get("nickname", ""))[:200]
    lang = str(form.get("lang", asker.lang))
    lang = lang if lang in LANGUAGES else asker.lang
    digits = str(form.get("pin", "")).strip()[:8]
    origin = origin_of(request)
    if digits:
        found = await ask(asker.lang, lambda: host.move(code, digits, origin, lang))
    else:
        found = await ask(asker.lang, lambda: host.join(code, nickname, lang, origin))
    if isinstance(found, Refused):
        wrong = _WRONG.get(found.code, "code")
        return page(
            request,
            "join.html.j2",
            409,
            who=None,
            code=code,
            nickname=nickname,
            told=found.reason,
            wrong=wrong,
        )
    response = RedirectResponse("/seats", 303)
    remember(request, response, SEAT, found.token)
    remember(request, response, LANG, lang)
    return response


async def language(request: Request) -> Response:
    """Go on in another language."""
    form, asker = await form_of(request), asker_of(request)
    lang, back = str(form.get("lang", "")), str(form.get("back", "/"))
    response = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
    remember(request, response, LANG, lang if lang in LANGUAGES else asker.lang)
    return response


async def seats(request: Request) -> Response:
    """Show the rooms and seats to choose from; who has a seat goes on to it."""
    asker, host = asker_of(request), host_of(request)
    who = await ask(asker.lang, lambda: host.who(asker.token)) if asker.token else None
    if who is None:
        return RedirectResponse("/", 303)
    await ask(asker.lang, lambda: host.seen(asker.token))
    if who.room is not None and "change" not in request.query_params:
        return RedirectResponse("/play", 303)
    return await _seats(request, asker, host, who, told="")


async def _seats(request: Request, asker: Asker, host: Host, who: Participant, told: str) -> Response:
    noted = await ask(asker.lang, lambda: host.mark(asker.token))
    found = await ask(asker.lang, lambda: host.rooms(asker.token, asker.lang))
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 409, reason=found.reason)
    roles = {role.id: role for role in found.roles}
    return page(
        request,
        "seats.html.j2",
        409 if told else 200,
        at="/seats" if who.room is None else "/seats?change=1",
        noted=noted,
        told=told,
        found=found,
        roles=roles,
    )


async def claim(request: Request) -> Response:
    """Take a place on a seat."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    room, _dot, role = str(form.get("seat", "")).partition(".")
    number = int(room) if room.isdecimal() and len(room) < 5 else 0
    answer = await ask(asker.lang, lambda: host.claim(asker.token, number, role))
    if isinstance(answer, Refused):
        who = await ask(asker.lang, lambda: host.who(asker.token))
        if who is None:
            return RedirectResponse("/", 303)
        return await _seats(request, asker, host, who, told=answer.reason)
    return RedirectResponse("/play", 303)


async def pin(request: Request) -> Response:
    """Give four digits that let another device in."""
    _form, asker, host = await form_of(request), asker_of(request), host_of(request)
    digits = await ask(asker.lang, lambda: host.pin(asker.token, asker.lang))
    told = digits.reason if isinstance(digits, Refused) else ""
    return page(request, "pin.html.j2", digits="" if told else digits, told=told)


async def leave(request: Request) -> Response:
    """Forget on this device who the asker is; the seat stays theirs."""
    await form_of(request)
    response = RedirectResponse("/", 303)
    response.delete_cookie(SEAT)
    return response


async def enter(request: Request) -> Response:
    """Take a participant's token from a link that this machine has made for its own person, who plays alone."""
    if not request.app.state.alone:  # in a class, a link could put somebody on another's seat unnoticed
        raise HTTPException(404)
    asker, host = asker_of(request), host_of(request)
    response = await come_in(request, host.takes_part, SEAT, "/play")
    if response is None:
        return RedirectResponse("/", 303)
    who = await ask(asker.lang, lambda: host.who(request.path_params["token"][:200]))
    remember(request, response, LANG, asker.lang if who is None else who.lang)
    return response


routes = [
    Route("/enter/{token}", enter),
    Route("/", start),
    Route("/join", join, methods=["POST"]),
    Route("/language", language, methods=["POST"]),
    Route("/seats", seats),
    Route("/claim", claim, methods=["POST"]),
    Route("/pin", pin, methods=["POST"]),
    Route("/leave", leave, methods=["POST"]),
]
