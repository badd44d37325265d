"""What does the facilitator see and do? All rooms at a glance, every act with one press and a record of it."""

import io
import zipfile
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from game.base.errors import UsageError
from game.locale import _, dates, list_of, number
from game.play.dealing import rooms_for
from game.play.orders import Refused
from game.play.texts import texts_of
from game.server.asking import (
    BOARD,
    FACILITATOR,
    Asker,
    ask,
    asker_of,
    come_in,
    form_of,
    host_of,
)
from game.server.rendering import page
from game.session.api import Act, Message, SessionOverview
from game.session.grading import COLUMNS, column_texts
from game.session.host import Host

_NUMBERS = ("room", "turn")
_MOST_DIGITS = 4
_IDLE_AFTER = 120.0
"""Seconds after which a seat that others wait for is called idle."""
_FEW_ROOMS = 4
"""With more rooms, the rarer acts are shown for the room that is asked for alone."""
_MOST_ON_A_SEAT = 3
"""People of a seat who can still decide together in a turn of a few minutes."""
_MOST_HEARD = 30
"""Messages to the facilitator that are shown from all rooms together, the newest."""
_ZIP = "application/zip"


async def enter(request: Request) -> Response:
    """Take the facilitator's token from the link that the host's machine has printed, and keep it in a cookie."""
    response = await come_in(request, host_of(request).facilitates, FACILITATOR, "/facilitator")
    if response is None:
        reason = await ask(
            asker_of(request).lang, lambda: _("This link is nobody's. It is printed on the host's machine.")
        )
        return page(request, "error.html.j2", 403, reason=reason)
    response.delete_cookie(BOARD)  # the board is this session's from now on, not that of an older link
    return response


async def show(request: Request) -> Response:
    """Show all rooms."""
    return await _show(request, told="")


async def _show(request: Request, told: str, status: int = 200) -> Response:
    asker, host = asker_of(request), host_of(request)
    wanted = request.query_params.get("room", "")
    asked = int(wanted) if wanted.isdecimal() and len(wanted) < _MOST_DIGITS else 0
    found = await ask(asker.lang, lambda: _gathered(host, asker, asked))
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 403, reason=found.reason)
    return page(
        request,
        "facilitator.html.j2",
        status,
        told=told,
        idle_after=_IDLE_AFTER,
        lasting=dates.lasting,
        new_key=lambda: token_urlsafe(16),
        **found,
    )


def _columns() -> dict[str, str]:
    """Return what the columns of a gradebook are called in the current language, by the names in its first line."""
    labels = (
        _("Participant"),
        _("Room"),
        _("Role"),
        _("Post"),
        _("Turns played"),
        _("Orders"),
        _("Predictions"),
        _("Messages"),
        _("Score of the role"),
        _("Reached its mark"),
        _("Brier score about the accounts"),
        _("Brier score of the answers"),
    )
    return dict(zip(COLUMNS, labels, strict=True))


def _gathered(host: Host, asker: Asker, asked: int) -> dict[str, Any] | Refused:
    noted = host.mark(asker.facilitator)
    overview = host.overview(asker.facilitator)
    if isinstance(overview, Refused):
        return overview
    loaded = host.of_facilitator(asker.facilitator).hall.loaded
    assert loaded.ruleset is not None  # noqa: S101 - it is being played
    texts = texts_of(loaded, loaded.ruleset)
    scenario = texts.scenario
    numbers = [room.room for room in overview.rooms]
    detailed = numbers if len(numbers) <= _FEW_ROOMS else [asked]
    said = {at: host.said(asker.facilitator, at) for at in numbers}
    heard = {at: _heard(messages) for at, messages in said.items()}
    return {
        "noted": noted,
        "columns": _columns(),
        "told_of": column_texts(),
        "overview": overview,
        "asked": asked,
        "detailed": detailed,
        "title": scenario.title,
        "roles": texts.roles,
        "readings": {name: f"{item.analyst}: {item.label}" for name, item in scenario.readings.items()},
        "agreements": {name: item.label for name, item in scenario.agreements.items()},
        "events": {name: item.label for name, item in scenario.events.items()},
        "injects": {name: item.text for name, item in scenario.injects.items()},
        "said": {at: said[at] for at in detailed if at in said},
        "heard": {at: len(messages) for at, messages in heard.items()},
        "newest": sorted(
            ((at, item) for at, messages in heard.items() for item in messages),
            key=lambda found: found[1].at,
            reverse=True,
        )[:_MOST_HEARD],
        "placed": {at: [who for who in overview.participants if who.room == at] for at in detailed},
        "worlds": {
            room: list_of(
                [
                    f"{scenario.readings[name].label} ({number(100 * share)}%)"
                    for name, share in world.items()
                    if share
                ]
            )
            for room, world in overview.worlds.items()
        },
        "suited": _suited(overview, len(texts.roles)),
        "deleted_on": "" if overview.delete_after is None else _day(overview.delete_after),
        "waiting": [who for who in overview.participants if who.room is None and not who.facilitator],
    }


def _suited(overview: SessionOverview, seats: int) -> int:
    """Return how many rooms would suit the people, where they are too many and nobody plays yet; else 0."""
    people, rooms = len(overview.participants), overview.rooms
    is_full = people > len(rooms) * _MOST_ON_A_SEAT * seats
    return rooms_for(people, seats) if is_full and all(room.phase == "lobby" for room in rooms) else 0


def _heard(messages: tuple[Message, ...] | Refused) -> list[Message]:
    """Return what the facilitator was told of all that was said in a room."""
    return [] if isinstance(messages, Refused) else [item for item in messages if item.to == "facilitator"]


def _day(at: float) -> str:
    return dates.day(datetime.fromtimestamp(at).astimezone().date(), "d MMMM y")


async def act(request: Request) -> Response:
    """Do one of the facilitator's acts."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    try:
        wanted = await ask(asker.lang, lambda: _act(form, host.clock.now()))
    except UsageError as error:
        return await _show(request, str(error), 409)
    except ValidationError:
        told = await ask(asker.lang, lambda: _("Something is missing or out of range in what you sent."))
        return await _show(request, told, 409)
    key = str(form.get("key", ""))[:64] or None
    answer = await ask(asker.lang, lambda: host.act(asker.facilitator, wanted, key, asker.lang))
    if isinstance(answer, Refused):
        return await _show(request, answer.reason, 403 if answer.code == "stranger" else 409)
    back = "" if wanted.room is None else f"?room={wanted.room}"
    return RedirectResponse(f"/facilitator{back}", 303)


def _act(form: FormData, now: float) -> Act:
    """Return the act that a form describes.

    Raises:
        ValidationError: It describes none.
        UsageError: A number in it cannot be read, or what tells everything was not confirmed.
    """
    given: dict[str, Any] = {}
    for name in (
        "kind",
        "room",
        "role",
        "turn",
        "text",
        "held",
        "inject",
        "event",
        "world",
        "participant",
    ):
        value = str(form.get(name, "")).strip()
        if value:
            given[name] = int(value) if name in _NUMBERS and value.isdecimal() and len(value) < 6 else value
    minutes = str(form.get("minutes", "")).strip()
    if minutes:
        given["seconds"] = 60 * _minutes(minutes)
    if "shown" in form:
        given["shown"] = form.get("shown") == "yes"
    if given.get("kind") == "delete_after":
        days = str(form.get("days", "")).strip()
        if days and not (days.isdecimal() and len(days) <= _MOST_DIGITS and int(days)):
            raise UsageError(_("Type a number of days, from 1 to 9999, or nothing: then it is kept."))
        given["at"] = now + 86400 * int(days) if days else None
    if given.get("kind") == "end" and form.get("sure") != "yes":
        raise UsageError(_("Tick the box beside it first: everybody then reads which account was true."))
    if given.get("world") == "draw":
        given["world"] = None
    place = str(form.get("place", ""))
    if place:
        given["post"], _colon, given["role"] = place.partition(":")
    return Act.model_validate(given)


def _minutes(text: str) -> float:
    """Return the minutes that somebody typed.

    Raises:
        UsageError: It is no number.
    """
    plain = text.replace("٫", ".").replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal():
        raise UsageError(_("Type minutes as a number, such as 5 or 2.5."))
    return float(plain)


async def deal(request: Request) -> Response:
    """Deal everybody who has no place into rooms and seats."""
    _form, asker, host = await form_of(request), asker_of(request), host_of(request)
    answer = await ask(asker.lang, lambda: host.deal(asker.facilitator, lang=asker.lang))
    if isinstance(answer, Refused):
        return await _show(request, answer.reason, 409)
    return RedirectResponse("/facilitator", 303)


async def reissue(request: Request) -> Response:
    """Give somebody a new token, and show four digits for their new device; older devices are out."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    joined = await ask(
        asker.lang, lambda: host.reissue(asker.facilitator, str(form.get("participant", ""))[:64], asker.lang)
    )
    if isinstance(joined, Refused):
        return await _show(request, joined.reason, 409)
    digits = await ask(asker.lang, lambda: host.pin(joined.token, asker.lang))
    told = digits.reason if isinstance(digits, Refused) else ""
    return page(request, "pin.html.j2", digits="" if told else digits, told=told)


async def export(request: Request) -> Response:
    """Send the session as files: grades, tidy log, a journal per room; pseudonyms unless names are asked for."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    columns = [str(value) for value in form.getlist("column")] or None
    if columns is None and "columns" in form:  # all of them were there to be ticked, and none is
        told = await ask(asker.lang, lambda: _("Tick one column of the gradebook at least."))
        return await _show(request, told, 409)
    names = form.get("names") == "yes"
    try:
        found = await ask(asker.lang, lambda: host.export(asker.facilitator, columns, names=names))
    except UsageError as error:
        return await _show(request, str(error), 409)
    if isinstance(found, Refused):
        return await _show(request, found.reason, 403)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return Response(
        out.getvalue(), media_type=_ZIP, headers={"Content-Disposition": 'attachment; filename="session.zip"'}
    )


async def delete(request: Request) -> Response:
    """Delete all of the session, once the facilitator has typed its code."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    overview = await ask(asker.lang, lambda: host.overview(asker.facilitator))
    if isinstance(overview, Refused):
        return page(request, "error.html.j2", 403, reason=overview.reason)
    if str(form.get("code", "")).strip().upper() != overview.code:
        told = await ask(asker.lang, lambda: _("Type the session's code to delete all of it."))
        return await _show(request, told, 409)
    answer = await ask(asker.lang, lambda: host.delete(asker.facilitator))
    if isinstance(answer, Refused):
        return await _show(request, answer.reason, 409)
    reason = await ask(asker.lang, lambda: _("All of the session is deleted."))
    response = page(request, "error.html.j2", reason=reason)
    response.delete_cookie(FACILITATOR)
    return response


async def look(request: Request) -> Response:
    """Look over a seat's shoulder: what it knows, without its forms."""
    asker, host = asker_of(request), host_of(request)
    number, role = request.path_params["room"], request.path_params["role"]
    view = await ask(asker.lang, lambda: host.seat_view(asker.facilitator, number, role, asker.lang))
    if isinstance(view, Refused):
        return page(request, "error.html.j2", 403 if view.code == "stranger" else 404, reason=view.reason)
    return page(request, "look.html.j2", view=view, room=number)


routes = [
    Route("/facilitator", show),
    Route("/facilitator/act", act, methods=["POST"]),
    Route("/facilitator/deal", deal, methods=["POST"]),
    Route("/facilitator/reissue", reissue, methods=["POST"]),
    Route("/facilitator/export", export, methods=["POST"]),
    Route("/facilitator/delete", delete, methods=["POST"]),
    Route("/facilitator/look/{room:int}/{role}", look),
    Route("/facilitator/enter/{token}", enter),
]
