"""What do `host` and `join` do? Serve a group session from here and say how to reach it, or take a seat in one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from game.base.errors import EnvironmentLacksError, UsageError
from game.cli.addresses import ANY, check_free, in_link, is_here_only, reachable
from game.cli.frame import guarded, tell
from game.cli.options import Lang, ScenarioOrDefault
from game.locale import _, language, later, list_of, ngettext
from game.play.saves import data_folder

if TYPE_CHECKING:
    from uvicorn import Server

    from game.session.api import Created
    from game.session.host import Host
    from game.session.store import Store

PORT: Final = 8765
_MOST_TOLD: Final = 5
"""Sessions that are named to somebody whose code is none."""


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of the program."""
    app.command(help=later("Host a group session: phones and laptops join by browser."))(host)
    app.command(help=later("Join a group session from this machine."))(join)


def host(
    scenario: ScenarioOrDefault = None,
    rooms: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            show_default=False,
            help=later("Rooms, each with a game of its own; one if no number is named."),
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help=later("Where to listen."))] = PORT,
    bind: Annotated[str, typer.Option(metavar="ADDRESS", help=later("Which network to listen on."))] = ANY,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help=later("A file, or postgresql://... for several hosts on one database.")
        ),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=later("Go on with a session that is kept, by its code.")),
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option(metavar="FILE", help=later("Certificate for https."))
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(metavar="FILE", help=later("Its key."))] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=later("Another name that browsers ask for, such as a proxy's; several: once for each."),
        ),
    ] = None,
    no_window: Annotated[
        bool, typer.Option("--no-window", help=later("Open no window for the projector."))
    ] = False,
    lang: Lang = None,
) -> None:
    """Host a group session."""

    def act() -> int:
        from game.server.app import build
        from game.server.serving import collecting_at_rest, server_of
        from game.session.host import Host
        from game.session.thinking import Thinkers

        if (tls_cert is None) != (tls_key is None):
            raise UsageError(_("--tls-cert and --tls-key go together"))
        if tls_cert is not None and tls_key is not None:
            check_tls(tls_cert, tls_key)
        check_free(bind, port)
        held = Host(_opened(store or default_store()), thinkers=Thinkers())
        if resume is None:
            made = _begun(held, scenario, 1 if rooms is None else rooms)
        else:
            made = resumed(held, scenario, rooms, resume)
        scheme = "https" if tls_cert is not None else "http"
        names = reachable(bind)
        addresses = [f"{scheme}://{in_link(name)}:{port}" for name in names]
        _say_where(addresses, made.code, f"{addresses[0]}/facilitator/enter/{made.facilitator_token}")
        tell(_for_whom(bind, names[0]))
        message = _(
            "Ctrl-C ends it. Everything is kept: --resume {code} goes on with it, and at the same address open pages "
            "and your link go on as well."
        )
        print(message.format(code=made.code), flush=True)
        app = build(held, made.code, addresses[0], names=[bind, *(name or ())] if tls_cert is None else None)
        server = server_of(app, bind, port, tls_cert, tls_key)
        try:
            with collecting_at_rest():
                if not no_window and has_window():
                    _beside_window(server, held, made.facilitator_token, addresses[0], made.code)
                else:
                    server.run()
        finally:
            held.close()
        return 0

    raise typer.Exit(guarded(act, lang))


def _opened(place: str | Path) -> "Store":
    from game.session.store import Store

    try:
        return Store(place)
    except EnvironmentLacksError as error:
        remedy = _("Name another place by --store.")
        raise EnvironmentLacksError(f"{error} {remedy}") from error


def _begun(held: "Host", scenario: str | None, rooms: int) -> "Created":
    from game.cli.opening import playable
    from game.scenario.library import DEFAULT
    from game.session.api import Settings

    return held.create(playable(scenario or DEFAULT), rooms, language(), Settings())


def resumed(held: "Host", scenario: str | None, rooms: int | None, code: str) -> "Created":
    """Open a session that is kept.

    Args:
        held: The host.
        scenario: What was asked for besides, which nothing may be.
        rooms: The same.
        code: The session's code.

    Raises:
        UsageError: There is none, or something was asked for besides.
    """
    from game.play.orders import Refused

    if scenario is not None:
        raise UsageError(
            _("--resume goes on with the scenario of its session: leave '{name}' out").format(name=scenario)
        )
    if rooms is not None:
        raise UsageError(_("--resume goes on with the rooms of its session: leave --rooms out"))
    made = held.resume(code)
    if isinstance(made, Refused):
        message = (
            _("no session with the code {code} is kept here. Was it kept elsewhere? See --store.")
            if made.code == "unknown"
            else _(
                "no session with the code {code} can be opened here: {why} Was it kept elsewhere? See --store."
            )
        )
        raise UsageError(" ".join([message.format(code=code, why=made.reason), *_kept_here(held)]))
    return made


def _kept_here(held: "Host") -> list[str]:
    """Return a sentence that names the sessions that can be resumed; nothing if there are none."""
    from datetime import datetime

    from game.locale.dates import day
    from game.session.kept import latest

    told = [
        ngettext("{code} ({day}, {n} person)", "{code} ({day}, {n} people)", len(facts.members)).format(
            code=facts.code,
            day=day(datetime.fromtimestamp(facts.created).astimezone().date()),
            n=len(facts.members),
        )
        for facts in latest(held.store, held.clock, _MOST_TOLD)
    ]
    return [_("Kept here: {sessions}.").format(sessions=list_of(told))] if told else []


def join(
    url: Annotated[
        str, typer.Argument(metavar="URL", help=later("The address on the board, or the join link."))
    ],
    text: Annotated[bool, typer.Option("--text", help=later("In the terminal."))] = False,
    lang: Lang = None,
) -> None:
    """Join a group session."""

    def act() -> int:
        from game.terminal.console import standard_console
        from game.terminal.joining import join_game

        if not text and has_window():
            from game.desktop.opening import open_join

            return open_join(url)
        join_game(url, standard_console(), language())
        return 0

    raise typer.Exit(guarded(act, lang))


def default_store() -> Path:
    """Return the file in which group sessions are kept; neither it nor its folder need exist yet."""
    return data_folder() / "sessions.db"


def check_tls(cert: Path, key: Path) -> None:
    """Make sure that a certificate and its key can be served with.

    Raises:
        UsageError: They cannot be read, or do not belong together.
    """
    import ssl

    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
    except OSError as error:
        message = _("the certificate {cert} and the key {key} cannot be used: {why}")
        told = message.format(cert=cert, key=key, why=error.strerror or error)
        raise UsageError(told) from error


def _say_where(addresses: Sequence[str], code: str, facilitator: str) -> None:
    from game.server.codes import qr_lines

    print(_("Join at {address} with the code {code}").format(address=addresses[0], code=code))
    print(qr_lines(f"{addresses[0]}/?code={code}"))
    print(_("You, as the facilitator, open: {link}").format(link=facilitator))
    print(_("Keep that link to yourself: whoever has it can do what you can."))
    for other in addresses[1:]:
        print(_("If that address does not answer, try {address}").format(address=other))


def _for_whom(bind: str, name: str) -> str:
    """Return who can come in, and what to do about it.

    Args:
        bind: Where is listened.
        name: The address that others are told.
    """
    if is_here_only(bind):
        message = _("Only browsers on this machine can join at {address}: for others, leave out --bind.")
        return message.format(address=bind)
    if is_here_only(name):
        return _(
            "This machine is in no network: only browsers on it can join. Join a Wi-Fi, or open a hotspot."
        )
    return _(
        "Open the address on one phone now. If nothing comes: both must be in the same network; some Wi-Fi "
        "keeps devices apart, then open a hotspot on a phone or on this machine; and this machine's "
        "firewall must let the port in."
    )


def has_window() -> bool:
    """Return whether a window for the projector can open here."""
    from game.desktop.opening import has_display

    return has_display()


def _beside_window(server: "Server", held: "Host", token: str, address: str, code: str) -> None:
    """Serve in a thread while the projector's window is open; either one's end ends the other.

    Raises:
        EnvironmentLacksError: The serving has ended by itself, for a reason that the server has told.
    """
    import threading

    from game.desktop.opening import open_projector

    failed: list[Exception] = []

    def serve() -> None:
        try:
            server.run()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        open_projector(held, token, address, code, thread.is_alive)
        if failed:
            raise failed[0]
        if not thread.is_alive():
            message = _(
                "the server has stopped, so nobody can reach the session. "
                "Everything is kept: --resume {code} goes on with it."
            )
            raise EnvironmentLacksError(message.format(code=code))
    finally:
        server.should_exit = True
        thread.join(timeout=5)
