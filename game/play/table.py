"""How do seats play one game together in one process?

The table keeps the journal, takes orders, lets bots play the seats without a person, and resolves the turn
when every person's order is in. A resumed game is replayed from its journal and stands exactly where it was.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from game import __version__
from game.base.arrays import Floats
from game.base.errors import ContentError, RivalReadingsError, UsageError
from game.engine.moves import Hand
from game.engine.ruleset import Ruleset
from game.engine.worlds import world_of
from game.locale import _
from game.play import journal
from game.play.demo import orders_of_bots
from game.play.game import Game, StandIn
from game.play.journal import Contents, Journal, Nowhere, Record
from game.play.orders import Order, Prediction
from game.play.plans import FixedPlan
from game.scenario.asking import Asked
from game.scenario.library import shipped
from game.scenario.loading import Loaded, load_texts
from game.scenario.names import role_of


class Keeper(Protocol):
    """Keeps a game's records: a journal, or a group's store."""

    def append(self, record: Mapping[str, Any]) -> None:
        """Add a record."""
        ...

    def close(self) -> None:
        """Take no more records."""
        ...


class Table:
    """One game, its seats and its journal.

    Attributes:
        loaded: The scenario.
        game: What has happened.
        path: The journal's file; only where a file is kept.
        people: Roles that people play, by id; bots or caretakers play the others.
        caretakers: Roles whose absent people are stood in for by the scenario's caretaker, by id.
        forced: Events that are made to happen when the turn is resolved, by id.
        note: What was found when the game was resumed, for the person; empty if nothing.
        drafts: Orders still being made, by role id.
        confirmed: Orders that are in for this turn, by role id.
        stood_in: Whose they are, of those that are not their people's own, by role id.
        predictions: All predictions, by turn, role id and participant.
        evidence_shown: Whether seats see the evidence while the game runs.
    """

    def __init__(self, loaded: Loaded, game: Game, keeper: Keeper, people: Sequence[str]) -> None:
        self.loaded = loaded
        self.game = game
        self.people = tuple(people)
        self.caretakers: frozenset[str] = frozenset()
        self.forced: tuple[str, ...] = ()
        self.note = ""
        self.drafts: dict[str, tuple[str, ...]] = {}
        self.confirmed: dict[str, tuple[str, ...]] = {}
        self.stood_in: dict[str, StandIn] = {}
        self.predictions: dict[tuple[int, str, str], Prediction] = {}
        self.evidence_shown = True
        self._journal = keeper

    @property
    def path(self) -> Path:
        """The journal's file."""
        assert isinstance(self._journal, Journal)  # noqa: S101 - asked for where a file was chosen
        return self._journal.path

    @property
    def ruleset(self) -> Ruleset:
        """The compiled scenario."""
        return self.game.ruleset

    @classmethod
    def start(
        cls,
        loaded: Loaded,
        people: Sequence[str],
        save: Path,
        *,
        seed: int | None = None,
        world: Floats | None = None,
    ) -> "Table":
        """Begin a game.

        Args:
            loaded: A scenario without errors.
            people: Ids of the roles that people play.
            save: File of the journal; it must not exist.
            seed: What all luck derives from; None draws 64 random bits.
            world: How much of each reading is true, [K]; None leaves it to the scenario.

        Raises:
            UsageError: A role does not exist, or the file does already.
            ContentError: The scenario has errors.
            EnvironmentLacksError: The file cannot be written.
        """
        first = first_record(loaded, people, seed, world)
        return cls.of(loaded, first, Journal.create(save, first))

    @classmethod
    def of(cls, loaded: Loaded, first: Mapping[str, Any], keeper: Keeper) -> "Table":
        """Sit down to the game that a journal's first record speaks of, before anything has happened.

        Raises:
            ContentError: The scenario has errors.
        """
        game = Game(loaded.compiled, int(first["seed"]), np.array(first["world"], float))
        return cls(loaded, game, keeper, tuple(first["people"]))

    @classmethod
    def resume(cls, path: Path) -> "Table":
        """Go on with a saved game exactly where it was.

        Raises:
            UsageError: There is no such file, or the game is open in another window.
            ContentError: It is damaged, is no saved game, or belongs to another version.
            EnvironmentLacksError: It cannot be written.
        """
        contents = journal.read(path)
        opened = Journal.open(path, contents)
        try:
            table = cls._stand(path, contents, opened)
            table.go_on()
        except RivalReadingsError:
            opened.close()
            raise
        if contents.torn:
            table.note = _("The last line of the saved game was cut off and has been dropped.")
        return table

    @classmethod
    def look(cls, path: Path) -> "Table":
        """Open a saved game only to look at it: its file is never written to.

        Raises:
            UsageError: There is no such file.
            ContentError: It is damaged, is no saved game, or belongs to another version.
        """
        return cls._stand(path, journal.read(path), Nowhere())

    @classmethod
    def _stand(cls, path: Path, contents: Contents, keeper: Keeper) -> "Table":
        """Return the game that a file holds, where it stands.

        Raises:
            ContentError: It cannot be played as it is written there.
        """
        try:
            loaded = _scenario_of(contents.records)
            if loaded is None:
                raise ContentError(_damaged(path))
            table = cls.of(loaded, contents.records[0], keeper)
            for record in contents.records[1:]:
                table.replay(record)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ContentError(_damaged(path)) from error
        return table

    def replay(self, record: Record) -> None:
        """Let a record that was kept take effect, as it did when it was made."""
        match record["record"]:
            case "draft":
                self.drafts[record["role"]] = tuple(record["moves"])
            case "order":
                self.confirmed[record["role"]] = tuple(record["moves"])
                if "by" in record:
                    self.stood_in[record["role"]] = StandIn(record["by"])
            case "prediction":
                prediction = Prediction(
                    turn=record["turn"],
                    readings=record["readings"],
                    questions=record.get("questions", {}),
                )
                self._predict(record["role"], record["participant"], prediction)
            case "act" if record["act"] == "evidence":
                self.evidence_shown = bool(record["shown"])
            case "act" if record["act"] == "end":
                self.game.ended = True
            case "seat":
                self._seat(record["role"], record["held"])
            case "force_event":
                self.forced = (*self.forced, record["event"])
            case "rewind":
                self._rewind(record["turn"])
            case "resolve":
                self._step([self.ruleset.event_at[name] for name in record["forced"]])

    def _positions(self, role: str, moves: Sequence[str]) -> list[int]:
        at = self.ruleset.role_at[role]
        return [self.ruleset.move_at[at, move] for move in moves]

    def _step(self, forced: Sequence[int] = ()) -> None:
        orders = {
            self.ruleset.role_at[role]: self._positions(role, moves) for role, moves in self.confirmed.items()
        }
        stood_in = {self.ruleset.role_at[role]: by for role, by in self.stood_in.items()}
        self.game.resolve(orders, tuple(forced), stood_in=stood_in)
        self._begin_turn()

    def _begin_turn(self) -> None:
        self.drafts.clear()
        self.confirmed.clear()
        self.stood_in.clear()
        self.forced = ()

    def _seat(self, role: str, held: str) -> None:
        rest = [name for name in self.people if name != role]
        self.people = (*rest, role) if held == "people" else tuple(rest)
        self.caretakers = self.caretakers | {role} if held == "caretaker" else self.caretakers - {role}

    def _rewind(self, turn: int) -> None:
        game = Game(self.ruleset, self.game.seed, self.game.world)
        game.steps, game.orders = self.game.steps[: turn - 1], self.game.orders[: turn - 1]
        game.stood_in = self.game.stood_in[: turn - 1]
        self.game = game
        self._begin_turn()
        self.predictions = {key: kept for key, kept in self.predictions.items() if key[0] < turn}

    def seat(self, role: str, held: str) -> None:
        """Give a seat to `people`, a `bot` or the scenario's `caretaker`, from the turn that is due on."""
        self._write("seat", role=role, held=held)
        self._seat(role, held)

    def force_event(self, event: str) -> None:
        """Make an event happen when the turn that is due is resolved."""
        self._write("force_event", turn=self.game.turn, event=event)
        self.forced = (*self.forced, event)

    def rewind(self, turn: int, reason: str) -> None:
        """Take the game back to the start of a turn; the same orders would have the same luck again."""
        self._write("rewind", turn=turn, reason=reason)
        self._rewind(turn)

    def missing(self) -> tuple[str, ...]:
        """Return the people's roles whose order is not in, by id."""
        if self.game.over:
            return ()
        return tuple(role for role in self.people if role not in self.confirmed)

    def keep_draft(self, role: str, order: Order) -> None:
        """Keep a legal draft."""
        if self.drafts.get(role, ()) != order.moves:
            self._write("draft", turn=order.turn, role=role, moves=list(order.moves))
            self.drafts[role] = order.moves

    def take_order(self, role: str, order: Order) -> None:
        """Keep a legal order; when all are in, the turn is resolved."""
        self._write("order", turn=order.turn, role=role, moves=list(order.moves))
        self.confirmed[role] = order.moves
        self.go_on()

    def keep_prediction(self, role: str, participant: str, prediction: Prediction) -> None:
        """Keep a participant's prediction for this turn; one that says nothing withdraws what was kept."""
        self._write(
            "prediction",
            turn=prediction.turn,
            role=role,
            participant=participant,
            readings=prediction.readings,
            questions=prediction.questions,
        )
        self._predict(role, participant, prediction)

    def _predict(self, role: str, participant: str, prediction: Prediction) -> None:
        self.predictions.pop((prediction.turn, role, participant), None)
        if prediction.readings or prediction.questions:
            self.predictions[prediction.turn, role, participant] = prediction

    def asked(self) -> tuple[Asked, ...]:
        """Return the questions of the turn that is due."""
        return tuple(item for item in self.loaded.questions if self.game.turn in item.turns)

    def show_evidence(self, shown: bool) -> None:
        """Let seats see the evidence while the game runs, or keep it back."""
        self._write("act", act="evidence", shown=shown)
        self.evidence_shown = shown

    def end(self) -> None:
        """End the game after the turns played so far: nothing more can be ordered, and the truth opens.

        Raises:
            UsageError: No turn has been played yet.
        """
        if not self.game.steps:
            raise UsageError(_("No turn has been played yet: there is nothing to look back on."))
        self._write("act", act="end")
        self.game.ended = True

    def change_scenario(self, tried: "Table") -> None:
        """Go on under a changed scenario.

        Args:
            tried: Where this game's records lead under it.
        """
        self._write("scenario", files=dict(tried.loaded.files), digest=tried.loaded.digest)
        self.loaded, self.game = tried.loaded, tried.game

    def _write(self, kind: str, **content: Any) -> None:
        self._journal.append({"record": kind, **content})

    def go_on(self) -> None:
        """Let bots play and resolve the turn, if every person's order is in; turn by turn if nobody plays."""
        while not self.game.over and not self.missing():
            self.resolve()

    def resolve(self) -> None:
        """Resolve the turn that is due: drafts and caretakers stand in for people whose order is not in."""
        absent = {role: self._stand_in(role) for role in self.ruleset.role_at if role not in self.confirmed}
        orders = {role: self._ordered_by(by, role) for role, by in absent.items() if by is not StandIn.BOT}
        bots = [self.ruleset.role_at[role] for role, by in absent.items() if by is StandIn.BOT]
        for at, moves in orders_of_bots(self.game, bots).items():
            orders[self.ruleset.roles[at].id] = moves
        for role, moves in orders.items():
            names = tuple(self.ruleset.moves[move].id for move in moves)
            self._write("order", turn=self.game.turn, role=role, moves=list(names), by=absent[role])
            self.confirmed[role], self.stood_in[role] = names, absent[role]
        self._write("resolve", turn=self.game.turn, forced=list(self.forced))
        self._step([self.ruleset.event_at[name] for name in self.forced])

    def _stand_in(self, role: str) -> StandIn:
        """Return what counts for a role without an order: its people's draft, else its caretaker's list, or a bot."""
        if role in self.people:
            return StandIn.DRAFT if role in self.drafts else StandIn.CARETAKER
        return StandIn.CARETAKER if role in self.caretakers else StandIn.BOT

    def _ordered_by(self, by: StandIn, role: str) -> tuple[int, ...]:
        """Return a role's draft, or what the scenario's caretaker does."""
        if by is StandIn.DRAFT:
            return tuple(self._positions(role, self.drafts[role]))
        plan = self.ruleset.roles[self.ruleset.role_at[role]].caretaker
        hand = Hand(self.ruleset, self.game.state)
        FixedPlan(plan)(self.game.state, hand)
        return tuple(move for move in plan if hand.taken[move, 0])

    def close(self) -> None:
        """Close the journal; everything is on the disk already."""
        self._journal.close()


def _scenario_of(records: Sequence[Record]) -> Loaded | None:
    """Return the scenario that a journal's game is played under now; None if its digest is another.

    Raises:
        KeyError: The records are not whole.
    """
    first = records[0]
    now = next((record for record in reversed(records) if record["record"] == "scenario"), first)
    loaded = load_texts(now["files"], first["scenario"], first["variant"])
    if loaded.digest != now["digest"]:
        return None
    spec = first["scenario"] if loaded.id.partition(":")[0] in shipped() else None
    return replace(loaded, spec=spec)


def first_record(
    loaded: Loaded, people: Sequence[str], seed: int | None = None, world: Floats | None = None
) -> dict[str, Any]:
    """Return a new game's first record; seed and world as in `Table.start`.

    Raises:
        UsageError: A role does not exist.
        ContentError: The scenario has errors.
    """
    ruleset = loaded.compiled
    for role in people:
        role_of(ruleset, role)
    seed = secrets.randbits(64) if seed is None else seed
    world = world_of(ruleset, seed) if world is None else world
    assert loaded.scenario is not None  # noqa: S101 - it compiled
    return {
        "version": __version__,
        "scenario": loaded.id,
        "variant": loaded.variant,
        "title": loaded.scenario.title,
        "turns": ruleset.turns,
        "digest": loaded.digest,
        "files": dict(loaded.files),
        "seed": seed,
        "world": [float(weight) for weight in world],
        "people": list(dict.fromkeys(people)),
    }


def _damaged(path: Path) -> str:
    message = _("The saved game {path} is damaged. Nothing was changed; restore the file from a copy.")
    return message.format(path=path)
