"""How does a page come out of a template? Everything escaped, in the asker's language, with safe headers."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from game.debrief.pseudonyms import pseudonym_of
from game.locale import LANGUAGES, OWN_NAMES, _, amount, language, list_of, ngettext, number, speak
from game.locale.dates import dates_written
from game.play.citing import cited
from game.play.wording import clock, closest, mark_line, score_and_mark, wasted, wishes
from game.server.asking import Asker, asker_of, remember_form_key

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every answer; files that never change are kept by browsers."""

_MOST_SHOWN: Final = 100
"""Messages of a room that a page shows, the newest; all of them leave with the export."""

_BEFORE_THE_SEAT: Final = frozenset({"/join", "/language", "/leave"})
"""Forms of the first page; the others are sent from a seat's page, or end there."""


@cache
def environment() -> Environment:
    """Return what renders the server's templates."""
    found = Environment(
        loader=ChoiceLoader(
            [PackageLoader("game.server", "templates"), PackageLoader("game.debrief", "forms")]
        ),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {
        "_": _,
        "ngettext": ngettext,
        "number": number,
        "amount": amount,
        "list_of": list_of,
        "dates_written": dates_written,
        "own_names": OWN_NAMES,
        "most_shown": _MOST_SHOWN,
        "wishes": wishes,
        "mark_line": mark_line,
        "wasted": wasted,
        "score_and_mark": score_and_mark,
        "pseudonym_of": pseudonym_of,
        "arrow": lambda: "←" if language() == "ar" else "→",
    }
    found.filters |= {
        "signed": _signed,
        "percent": _percent,
        "clock": lambda seconds: f"\u200e{clock(seconds)}",
        "named": _named,
        "isolated": isolated,
        "cited": cited,
        "closest": closest,
    }
    return found


def _signed(value: float, digits: int = 1) -> str:
    return "\u200e" + number(value, digits, signed=True)


def _percent(share: float) -> str:
    return f"\u200e{number(100 * share)}%"


def _named(ids: Iterable[str], labels: Mapping[str, str]) -> str:
    return list_of([labels[name] for name in ids])


def isolated(name: str) -> str:
    """Return what somebody typed, kept from turning the direction of the sentence that it stands in."""
    return f"\u2068{name}\u2069"


def _way_back(request: HTTPConnection) -> str:
    """Return where a page is seen again, by plain loading: for one that answers a form, the page with the form."""
    path = request.url.path
    if request.scope.get("method") != "POST":
        return f"{path}?{request.url.query}" if request.url.query else path
    if path.startswith("/facilitator"):
        return "/facilitator"
    return "/" if path in _BEFORE_THE_SEAT else "/play"


def page(
    request: HTTPConnection, template: str, status: int = 200, asker: Asker | None = None, /, **values: Any
) -> HTMLResponse:
    """Return a page.

    Args:
        request: What was asked.
        template: Its name.
        status: The HTTP status.
        asker: Who asks, read from the request if None.
        values: What the template needs.
    """
    asker = asker or asker_of(request)
    with speak(asker.lang):
        text = (
            environment()
            .get_template(template)
            .render(
                lang=asker.lang,
                direction="rtl" if asker.lang == "ar" else "ltr",
                languages=LANGUAGES,
                form_key=asker.form_key,
                path=_way_back(request),
                alone=request.app.state.alone,
                **values,
            )
        )
    response = HTMLResponse(text, status)
    remember_form_key(request, response, asker)
    return response
