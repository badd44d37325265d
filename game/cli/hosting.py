"""What do `host` and `join` do? Serve a group session from here and say how to reach it, or take a seat in one."""

import errno
import socket
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from game.base.errors import EnvironmentLacksError, UsageError
from game.cli.frame import guarded, tell
from game.cli.options import Lang, ScenarioOrDefault
from game.locale import _, language, later, list_of, ngettext
from game.play.saves import data_folder

if TYPE_CHECKING:
    from game.session.api import Created
    from game.session.host import Host
    from game.session.store import Store

PORT: Final = 8765
_MOST_TOLD: Final = 5
"""Sessions that are named to somebody whose code is none."""
_ANY: Final = "0.0.0.0"  # noqa: S104 - phones of the class must reach it
SOLO: Final = "127.0.0.1"
"""The address of this machine for itself alone."""
_ANY_6: Final = "::"
_SOLO_6: Final = "::1"


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
    bind: Annotated[str, typer.Option(metavar="ADDRESS", help=later("Which network to listen on."))] = _ANY,
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
        addresses = [f"{scheme}://{_in_link(name)}:{port}" for name in reachable(bind)]
        _say_where(addresses, bind, made.code, f"{addresses[0]}/facilitator/enter/{made.facilitator_token}")
        app = build(held, made.code, addresses[0])
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
        message = _(
            "no session with the code {code} can be opened here: {why} Was it kept elsewhere? See --store."
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


def check_free(bind: str, port: int) -> None:
    """Make sure that nobody else listens there.

    Raises:
        UsageError: This machine has no such address.
        EnvironmentLacksError: Somebody does, or the port is not for everybody.
    """
    with closing(socket.socket(_family(bind))) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if probe.family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # as the server listens
        try:
            probe.bind((bind, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                message = _("this machine has no address '{address}': 0.0.0.0 stands for all that it has")
                raise UsageError(message.format(address=bind)) from error
            message = _(
                "port {port} of {address} cannot be opened: {why}. Choose another by --port, or end what uses it."
            )
            told = message.format(port=port, address=bind, why=error.strerror or error)
            raise EnvironmentLacksError(told) from error


def reachable(bind: str) -> list[str]:
    """Return the addresses by which others may reach this machine, the most likely first; never empty.

    They are of the kind that is listened at: IPv6 for `::`, IPv4 for `0.0.0.0`.
    """
    if bind not in (_ANY, _ANY_6):
        return [bind]
    family, found = _family(bind), list[str]()
    elsewhere = "2001:db8::1" if bind == _ANY_6 else "192.0.2.1"
    with suppress(OSError), closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
        probe.connect((elsewhere, 9))  # a documentation address: nothing is sent, the route alone is chosen
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        found += [str(item[4][0]) for item in socket.getaddrinfo(socket.gethostname(), None, family)]
    names = [name for name in dict.fromkeys(found) if not _is_here_only(name)]
    return names or [_SOLO_6 if bind == _ANY_6 else SOLO]


def _family(name: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in name else socket.AF_INET


def _is_here_only(name: str) -> bool:
    """Return whether an address is of no use to others: of this machine itself, or without its network's name."""
    return name.startswith(("127.", "fe80:")) or name == _SOLO_6


def _in_link(name: str) -> str:
    """Return an address as it stands in a link: one of IPv6 in brackets."""
    return f"[{name}]" if ":" in name else name


def _say_where(addresses: Sequence[str], bind: str, code: str, facilitator: str) -> None:
    from game.server.codes import qr_lines

    print(_("Join at {address} with the code {code}").format(address=addresses[0], code=code))
    print(qr_lines(f"{addresses[0]}/?code={code}"))
    print(_("You, as the facilitator, open: {link}").format(link=facilitator))
    print(_("Keep that link to yourself: whoever has it can do what you can."))
    for other in addresses[1:]:
        print(_("If that address does not answer, try {address}").format(address=other))
    if _is_here_only(bind):
        message = _("Only browsers on this machine can join at {address}: for others, leave out --bind.")
        tell(message.format(address=bind))
    elif addresses[0].split("//")[1].startswith(("127.", f"[{_SOLO_6}]")):
        tell(
            _("This machine is in no network: only browsers on it can join. Join a Wi-Fi, or open a hotspot.")
        )
    else:
        tell(
            _(
                "Open the address on one phone now. If nothing comes: both must be in the same network; some Wi-Fi "
                "keeps devices apart, then open a hotspot on a phone or on this machine; and this machine's "
                "firewall must let the port in."
            )
        )
    print(
        _(
            "Ctrl-C ends it. Everything is kept: --resume {code} goes on with it, and at the same address open pages "
            "and your link go on as well."
        ).format(code=code),
        flush=True,
    )


def has_window() -> bool:
    """Return whether a window for the projector can open here."""
    from game.desktop.opening import has_display

    return has_display()


def _beside_window(server: Any, held: Any, token: str, address: str, code: str) -> None:
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


def free_port() -> int:
    """Return a port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind((SOLO, 0))
        return int(probe.getsockname()[1])
