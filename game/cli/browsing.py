"""What does `play --browser` do? Play alone on the pages of a group session that this machine serves to itself."""

import secrets
import shlex
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.base.errors import RivalReadingsError, UsageError
from game.cli.addresses import SOLO, free_port
from game.cli.frame import tell
from game.cli.hosting import default_store, resumed
from game.cli.options import SEED_BITS
from game.cli.writing import check_new
from game.locale import _, language
from game.scenario.writing import write

if TYPE_CHECKING:
    from game.session.api import Created
    from game.session.host import Host

_REST: Final = 0.2
"""Seconds between two savings of a game."""


@dataclass(frozen=True)
class Asked:
    """What game was asked for; None is what was left out.

    Attributes:
        scenario: What to play; the default where None.
        seat: The role to play; the first where None.
        seed: What all luck derives from; drawn where None.
        world: `draw`, a reading's id or a mix of readings; the scenario's own choice where None.
    """

    scenario: str | None = None
    seat: str | None = None
    seed: int | None = None
    world: str | None = None

    @property
    def first(self) -> str | None:
        """What was asked for first, None if nothing was."""
        named = (self.scenario, self.seat, self.seed, self.world)
        return next((str(item) for item in named if item is not None), None)


def play_in_browser(asked: Asked, resume: str | None, save: Path | None) -> int:
    """Play alone on the group session's pages, bots on the other seats.

    Args:
        asked: The game to begin.
        resume: Code of a game that was played like this, to go on with it.
        save: A new file that the game is saved in, a moment after everything that its person does; what is confirmed
            is kept for `resume` before that.

    Raises:
        UsageError: Something does not exist, the file does already, or what was asked for contradicts itself.
        EnvironmentLacksError: The file cannot be written.
    """
    from game.server.app import build
    from game.server.serving import collecting_at_rest, server_of
    from game.session.host import Host
    from game.session.store import Store
    from game.session.thinking import Thinkers

    if save is not None:
        check_new(save)
    held = Host(Store(default_store()), thinkers=Thinkers(1))
    try:
        made, token = (
            _begun_alone(held, asked) if resume is None else _resumed_alone(held, asked.first, resume)
        )
        port = free_port()
        address = f"http://{SOLO}:{port}"
        server = server_of(build(held, made.code, address, alone=True), SOLO, port)
        link = f"{address}/enter/{token}"
        print(_("Open {link} in a browser. Ctrl-C ends it; the game is kept.").format(link=link))
        print(
            _("To go on with it later: {command}").format(
                command=f"rival-readings play --browser --resume {made.code}"
            ),
            flush=True,
        )
        with _saving(held, made, save) if save is not None else nullcontext():
            webbrowser.open(link)
            with collecting_at_rest():
                server.run()
    finally:
        held.close()
    return 0


@contextmanager
def _saving(held: "Host", made: "Created", path: Path) -> Iterator[None]:
    """Keep a file as the game is, within a `with` block.

    Raises:
        EnvironmentLacksError: It cannot be written, at first or in the end; in between that is told, and tried again.
    """
    from game.session.exporting import journal_of

    changed, ended = threading.Event(), threading.Event()

    def save() -> None:
        write(path, journal_of(held.store, held.of_facilitator(made.facilitator_token), 1))

    def follow() -> None:
        while changed.wait() and not ended.is_set():
            changed.clear()
            try:
                save()
            except RivalReadingsError as error:
                tell(str(error))
            ended.wait(_REST)

    save()
    follower = threading.Thread(target=copy_context().run, args=(follow,), name="saver", daemon=True)
    end = held.subscribe(lambda _session, _room, _version: changed.set())
    follower.start()
    try:
        yield
    finally:
        end()
        ended.set()
        changed.set()
        follower.join()
        save()
        message = _("The game is saved. Look back on it by: {command}")
        print(message.format(command=f"rival-readings replay {shlex.quote(str(path))}"))


def _begun_alone(held: "Host", asked: Asked) -> "tuple[Created, str]":
    """Begin a game for one person; return its session and the person's token."""
    from game.cli.opening import playable
    from game.play.naming import world_named
    from game.scenario.library import DEFAULT
    from game.scenario.names import role_of
    from game.session.api import Act, Joined, Settings

    loaded = playable(asked.scenario or DEFAULT)
    role = asked.seat or next(iter(loaded.compiled.role_at))
    role_of(loaded.compiled, role)
    seed = secrets.randbits(SEED_BITS) if asked.seed is None else asked.seed
    world = None if asked.world is None else world_named(loaded.compiled, asked.world, seed)
    made = held.create(loaded, 1, language(), Settings(evidence_shown=True), seed=seed, world=world)
    joined = held.join(made.code, _("You"), language())
    assert isinstance(joined, Joined)  # noqa: S101 - nobody else is in this session
    held.claim(joined.token, 1, role)
    held.act(made.facilitator_token, Act(kind="start"))
    return made, joined.token


def _resumed_alone(held: "Host", asked: str | None, code: str) -> "tuple[Created, str]":
    """Go on with a game of one person; return its session and a new token of theirs.

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
    return made, joined.token
