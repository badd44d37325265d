"""What does the whole class see? How to join, the public board, who is ready, the time; never a secret."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from game.locale import _
from game.play.orders import Refused
from game.server.asking import BOARD, ask, asker_of, come_in, form_of, host_of
from game.server.codes import qr_svg
from game.server.rendering import page


async def board(request: Request) -> Response:
    """Show the public board of a room, to the facilitator or a projector's machine."""
    asker, host = asker_of(request), host_of(request)
    text = request.query_params.get("room", "1")
    number = int(text) if text.isdecimal() and len(text) < 5 else 1
    noted = await ask(asker.lang, lambda: host.mark(asker.board))
    shown = await ask(asker.lang, lambda: host.joining_code(asker.board))
    found = await ask(asker.lang, lambda: host.board(asker.board, asker.lang, number))
    if isinstance(shown, Refused):
        return page(request, "error.html.j2", 403, reason=shown.reason)
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 404, reason=found.reason)
    code, rooms = shown
    address = _address(request)
    return page(
        request,
        "board.html.j2",
        noted=noted,
        board=found,
        code=code,
        address=address,
        qr=qr_svg(f"{address}/?code={code}"),
        rooms=range(1, rooms + 1),
    )


async def enter(request: Request) -> Response:
    """Take a projector's token from the link that the facilitator was given, and keep it in a cookie."""
    response = await come_in(request, host_of(request).shows, BOARD, "/board")
    if response is None:
        reason = await ask(
            asker_of(request).lang,
            lambda: _("This link is nobody's. The facilitator's page makes a new one."),
        )
        return page(request, "error.html.j2", 403, reason=reason)
    return response


async def link(request: Request) -> Response:
    """Make a link for the projector's machine: it shows what everybody may see, and opens nothing else."""
    _form, asker, host = await form_of(request), asker_of(request), host_of(request)
    token = await ask(asker.lang, lambda: host.projector(asker.facilitator, asker.lang))
    if isinstance(token, Refused):
        return page(request, "error.html.j2", 403, reason=token.reason)
    return page(request, "board_link.html.j2", link=f"{_address(request)}/board/enter/{token}")


def _address(request: Request) -> str:
    return request.app.state.address or str(request.base_url).rstrip("/")


routes = [
    Route("/board", board),
    Route("/board/enter/{token}", enter),
    Route("/facilitator/board", link, methods=["POST"]),
]
