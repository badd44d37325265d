"""What does a person on a seat see and do? One page for the turn, one for each quantity, forms for everything."""

from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from game.locale import _
from game.play.orders import Ack, Order, Refused
from game.play.views import ForecastView, View
from game.server.asking import Asker, ask, asker_of, form_of, host_of, thinkers_of
from game.server.fans import fan_of
from game.server.predicting import as_typed, prediction_of, remark_on, typed_in, whole_of
from game.server.rendering import page
from game.session.api import Participant
from game.session.host import Host

_MOST_MOVES = 100
_LOOKS = 3  # at a room that goes on meanwhile; the next news of it renew the page in any case


async def seat(request: Request) -> Response:
    """Show the asker's seat as it stands."""
    return await _seat(request, told="")


async def _seat(
    request: Request,
    told: str,
    ticked: tuple[str, ...] | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    """Show the asker's seat; what was ticked and typed instead of what is kept, where that was refused."""
    asker, host = asker_of(request), host_of(request)
    who = await ask(asker.lang, lambda: host.who(asker.token)) if asker.token else None
    if who is None:
        return RedirectResponse("/", 303)
    await ask(asker.lang, lambda: host.seen(asker.token))
    if who.room is None:
        return RedirectResponse("/seats", 303)
    if who.post != "seat" or who.role is None:
        return await _watching(request, asker, host, who, told)

    def gather() -> dict[str, Any]:
        for _look in range(_LOOKS):  # all of one moment
            noted = host.mark(asker.token)
            view = host.view(asker.token, asker.lang)
            status = host.status(asker.token)
            evidence = host.evidence(asker.token, asker.lang)
            found = {
                "noted": noted,
                "who": who,
                "view": view,
                "status": status,
                "messages": host.messages(asker.token),
                "predicted": host.predicted(asker.token),
                "evidence": None if isinstance(evidence, Refused) else evidence,
                "scores": host.own_scores(asker.token),
            }
            if host.mark(asker.token) == noted:
                break
        return found

    found = await ask(asker.lang, gather)
    view = found["view"]
    if isinstance(view, Refused):
        return page(request, "error.html.j2", 409, reason=view.reason)
    shown = as_typed(found["predicted"], view) if typed is None else typed
    return page(
        request,
        "seat.html.j2",
        409 if told else 200,
        told=told,
        ticked=view.draft if ticked is None else ticked,
        typed=shown,
        remark=await ask(asker.lang, lambda: remark_on(shown, view), at_once=True),
        is_refused=typed is not None,
        key=token_urlsafe(16),
        **found,
    )


async def status(request: Request) -> Response:
    """Show how the asker's room stands: the part of every page that others' orders change."""
    asker, host = asker_of(request), host_of(request)
    await ask(asker.lang, lambda: host.seen(asker.token))
    found = await ask(asker.lang, lambda: host.status(asker.token, asker.lang))
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 409, reason=found.reason)
    return page(
        request, "status.html.j2", status=found, roles={seat.role: seat.label for seat in found.seats}
    )


async def _watching(request: Request, asker: Asker, host: Host, who: Participant, told: str) -> Response:
    """Show press and observers what the whole room may see."""
    noted = await ask(asker.lang, lambda: host.mark(asker.token))
    board = await ask(asker.lang, lambda: host.board(asker.token, asker.lang))
    messages = await ask(asker.lang, lambda: host.messages(asker.token))
    if isinstance(board, Refused):
        return page(request, "error.html.j2", 409, reason=board.reason)
    status, seats = 409 if told else 200, board.status.seats
    return page(
        request,
        "watching.html.j2",
        status,
        noted=noted,
        told=told,
        asked=seats[board.status.turn % len(seats)].label,
        watched=seats[who.joined % len(seats)].label,
        who=who,
        board=board,
        messages=messages,
        key=token_urlsafe(16),
    )


async def order(request: Request) -> Response:
    """Keep a draft, hand the order in, or keep the prediction alone; what is typed of a prediction is kept first.

    A draft that the page keeps by itself comes without the prediction's fields, and what is typed of a prediction
    without a draft; that is answered with whether it counts yet.
    """
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    view = await ask(asker.lang, lambda: host.view(asker.token, asker.lang))
    if isinstance(view, Refused):
        return await _seat(request, told=view.reason)
    moves, typed = _moves(form, view), typed_in(form, view)
    wanted, key, wish = Order(turn=_turn(form), moves=moves), _key(form), form.get("do")

    def predict() -> Ack | Refused:
        kept = host.predicted(asker.token)
        if wish == "typed":
            said = whole_of(typed, view, wanted.turn, kept)
            if said is None:
                return Ack(turn=wanted.turn)
            return host.predict(asker.token, said, key, asker.lang)
        unchanged = typed == as_typed(kept, view)
        if wish != "predict" and (unchanged or not any(typed.values()) or wanted.turn != view.turn):
            return Ack(turn=wanted.turn)
        found = prediction_of(typed, view, wanted.turn)
        return (
            found if isinstance(found, Refused) else host.predict(asker.token, found, f"{key}p", asker.lang)
        )

    def hand_in() -> Ack | Refused:
        if wish != "confirm":
            return host.draft(asker.token, wanted, f"{key}d", asker.lang)
        # Nothing is asked before it: an order that counted already is answered as it was, whichever turn is due now.
        answer = host.confirm(asker.token, wanted, key, asker.lang)
        if isinstance(answer, Refused):
            host.draft(asker.token, wanted, f"{key}d", asker.lang)
        return answer

    predicted = await ask(asker.lang, predict)
    if isinstance(predicted, Refused):
        return await _seat(request, told=predicted.reason, ticked=moves, typed=typed)
    if wish == "typed":
        remark = await ask(asker.lang, lambda: remark_on(typed, view), at_once=True)
        return page(request, "remark.html.j2", remark=remark)
    answer = await ask(asker.lang, hand_in)
    if isinstance(answer, Refused):
        return await _seat(request, told=answer.reason, ticked=moves)
    return RedirectResponse("/play", 303)


def _moves(form: FormData, view: View) -> tuple[str, ...]:
    """Return the moves that a form names; answers come one for each question."""
    named = [str(value) for value in form.getlist("move")]
    named += [str(form.get(f"answer:{item.event}", "")) for item in view.decisions]
    return tuple(dict.fromkeys(name[:200] for name in named if name))[:_MOST_MOVES]


def _turn(form: FormData) -> int:
    text = str(form.get("turn", ""))
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else 1


def _key(form: FormData) -> str:
    return str(form.get("key", ""))[:60] or token_urlsafe(16)


async def say(request: Request) -> Response:
    """Send a message, perhaps with an offer."""
    form, asker, host = await form_of(request), asker_of(request), host_of(request)
    to, text = str(form.get("to", ""))[:200], str(form.get("text", ""))[:4000]
    offer = str(form.get("offer", ""))[:200] or None
    answer = await ask(asker.lang, lambda: host.send(asker.token, to, text, _key(form), offer, asker.lang))
    return await _answered(request, answer)


async def _answered(request: Request, answer: Ack | Refused) -> Response:
    if isinstance(answer, Refused):
        return await _seat(request, told=answer.reason)
    return RedirectResponse("/play", 303)


async def indicator(request: Request) -> Response:
    """Show one quantity: how each account explains its last change, and what each expects."""
    asker, host = asker_of(request), host_of(request)
    name = request.path_params["name"]

    def gather() -> dict[str, Any] | Refused:
        view = host.view(asker.token, asker.lang)
        if isinstance(view, Refused):
            return view
        host.seen(asker.token)
        item = next((item for item in view.indicators if item.id == name), None)
        if item is None:
            return Refused(code="unknown", reason=_("There is no such page."))
        last = view.turn if view.phase == "over" else view.turn - 1
        explained = host.explain(asker.token, name, last, last, asker.lang) if last >= 1 else None
        order = Order(turn=view.turn, moves=view.draft)
        expected = None if view.phase == "over" else host.forecast(asker.token, order, asker.lang)
        truth = host.truth(asker.token, name, last, asker.lang) if view.phase == "over" else None
        return {
            "view": view,
            "item": item,
            "last": last,
            "explained": None if isinstance(explained, Refused) else explained,
            "fans": []
            if expected is None or isinstance(expected, Refused)
            else _fans(view, name, expected.readings),
            "leanings": []
            if expected is None or isinstance(expected, Refused)
            else _leanings(view, name, expected),
            "truth": None if isinstance(truth, Refused) else truth,
        }

    found = await ask(asker.lang, gather, among=thinkers_of(request))
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 404 if found.code == "unknown" else 409, reason=found.reason)
    return page(request, "indicator.html.j2", **found)


def _fans(view: View, name: str, readings: tuple[Any, ...]) -> list[dict[str, Any]]:
    item = next(item for item in view.indicators if item.id == name)
    found = []
    for place, reading in enumerate(readings):
        coming = next((one for one in reading.indicators if one.id == name), None)
        if coming is not None and item.history:
            fan = fan_of(item.history, coming.bands, item.least, item.most, view.turns, place)
            found.append({"reading": reading, "coming": coming, "fan": fan, "place": place})
    return found


def _leanings(view: View, name: str, forecast: ForecastView) -> list[tuple[str, tuple[float, ...]]]:
    """Return what each account would have each policy add to a quantity: label, points by reading."""
    labels = {move.id: move.label for move in view.policies}
    return [
        (labels[move], points[name])
        for move, points in forecast.leanings.items()
        if name in points and move in labels
    ]


_POSTS: dict[str, Callable[[Request], Any]] = {"/order": order, "/say": say}

routes = [
    Route("/play", seat),
    Route("/status", status),
    Route("/indicator/{name}", indicator),
    *(Route(path, act, methods=["POST"]) for path, act in _POSTS.items()),
]
