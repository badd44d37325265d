"""What does `play --browser` do? Play alone on the pages of a group session that this machine serves to itself."""

import secrets
import webbrowser
from typing import TYPE_CHECKING

from game.base.errors import UsageError
from game.cli.addresses import SOLO, free_port
from game.cli.hosting import default_store, resumed
from game.locale import _, language

if TYPE_CHECKING:
    from game.engine.ruleset import Ruleset
    from game.session.host import Host


def play_in_browser(scenario: str | None, seat: str | None, world: str | None, resume: str | None) -> int:
    """Play alone on the group session's pages, bots on the other seats.

    Args:
        scenario: What to play; the default where None.
        seat: The role to play; the first where None.
        world: A reading's id or `draw`; the scenario's own choice where None.
        resume: Code of a game that was played like this, to go on with it.
    """
    from game.server.app import build
    from game.server.serving import collecting_at_rest, server_of
    from game.session.host import Host
    from game.session.store import Store
    from game.session.thinking import Thinkers

    held = Host(Store(default_store()), thinkers=Thinkers(1))
    try:
        code, token = (
            _begun_alone(held, scenario, seat, world)
            if resume is None
            else _resumed_alone(held, scenario or seat or world, resume)
        )
        port = free_port()
        address = f"http://{SOLO}:{port}"
        server = server_of(build(held, code, address, alone=True), SOLO, port)
        link = f"{address}/enter/{token}"
        print(_("Open {link} in a browser. Ctrl-C ends it; the game is kept.").format(link=link))
        print(
            _("To go on with it later: {command}").format(
                command=f"rival-readings play --browser --resume {code}"
            ),
            flush=True,
        )
        webbrowser.open(link)
        with collecting_at_rest():
            server.run()
    finally:
        held.close()
    return 0


def _begun_alone(held: "Host", scenario: str | None, seat: str | None, world: str | None) -> tuple[str, str]:
    """Begin a game for one person; return its code and the person's token."""
    from game.cli.opening import playable
    from game.scenario.library import DEFAULT
    from game.scenario.names import role_of
    from game.session.api import Act, Joined, Settings

    loaded = playable(scenario or DEFAULT)
    role = seat or next(iter(loaded.compiled.role_at))
    role_of(loaded.compiled, role)
    reading = None if world is None else _reading_of(loaded.compiled, world)
    made = held.create(loaded, 1, language(), Settings(evidence_shown=True))
    joined = held.join(made.code, _("You"), language())
    assert isinstance(joined, Joined)  # noqa: S101 - nobody else is in this session
    held.claim(joined.token, 1, role)
    if reading is not None:
        held.act(made.facilitator_token, Act(kind="world", world=reading))
    held.act(made.facilitator_token, Act(kind="start"))
    return made.code, joined.token


def _reading_of(ruleset: "Ruleset", world: str) -> str:
    """Return the reading that a text makes the world.

    Raises:
        UsageError: It names none, or a mix.
    """
    from game.play.naming import world_named

    weights = world_named(ruleset, world, secrets.randbits(64))
    if weights.max() < 1.0:
        raise UsageError(_("--browser plays in the world of one reading: name it, or leave the mix out"))
    return ruleset.readings[int(weights.argmax())]


def _resumed_alone(held: "Host", asked: str | None, code: str) -> tuple[str, str]:
    """Go on with a game of one person; return its code and a new token of theirs.

    Args:
        held: The host.
        asked: What was asked for besides, which nothing may be.
        code: The code that the game named.

    Raises:
        UsageError: It cannot be opened, it was begun otherwise than is asked for, or it is a class's.
    """
    from game.play.orders import Refused

    made = resumed(held, asked, None, code)
    overview = held.overview(made.facilitator_token)
    people = () if isinstance(overview, Refused) else overview.participants
    joined = held.reissue(made.facilitator_token, people[0].id) if len(people) == 1 else None
    if joined is None or isinstance(joined, Refused):
        message = _("{code} is a group session: rival-readings host --resume {code} goes on with it")
        raise UsageError(message.format(code=made.code))
    return made.code, joined.token
