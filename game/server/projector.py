"""What does the whole class see? How to join, the public board, who is ready, the time; never a secret."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from game.play.orders import Refused
from game.server.asking import ask, asker_of, host_of
from game.server.codes import qr_svg
from game.server.rendering import page


async def board(request: Request) -> Response:
    """Show the public board of a room; the facilitator opens it on the projector."""
    asker, host = asker_of(request), host_of(request)
    text = request.query_params.get("room", "1")
    number = int(text) if text.isdecimal() and len(text) < 5 else 1
    overview = await ask(asker, lambda: host.overview(asker.facilitator))
    if isinstance(overview, Refused):
        return page(request, "error.html.j2", 403, reason=overview.reason)
    found = await ask(asker, lambda: host.board(asker.facilitator, asker.lang, number))
    if isinstance(found, Refused):
        return page(request, "error.html.j2", 404, reason=found.reason)
    address = request.app.state.address or str(request.base_url).rstrip("/")
    return page(
        request,
        "board.html.j2",
        board=found,
        code=overview.code,
        address=address,
        qr=qr_svg(f"{address}/?code={overview.code}"),
        rooms=[room.room for room in overview.rooms],
    )


routes = [Route("/board", board)]
