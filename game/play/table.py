"""How do seats play one game together in one process?

The table keeps the journal, takes orders, lets bots play the seats without a person, and resolves the turn
when every person's order is in. A resumed game is replayed from its journal and stands exactly where it was.
"""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from game import __version__
from game.base.arrays import Floats
from game.base.errors import ContentError
from game.engine.ruleset import Ruleset
from game.engine.worlds import world_of
from game.locale import _
from game.play import journal
from game.play.demo import orders_of_bots
from game.play.game import Game
from game.play.journal import Journal, Record
from game.play.orders import Order, Prediction
from game.scenario.asking import Asked
from game.scenario.loading import Loaded, load_texts
from game.scenario.names import role_of


class Table:
    """One game, its seats and its journal.

    Attributes:
        loaded: The scenario.
        game: What has happened.
        path: The journal's file.
        people: Roles that people play, by id; bots play the others.
        note: What was found when the game was resumed, for the person; empty if nothing.
        drafts: Orders still being made, by role id.
        confirmed: Orders that are in for this turn, by role id.
        predictions: All predictions, by turn, role id and participant.
        evidence_shown: Whether seats see the evidence while the game runs.
    """

    def __init__(self, loaded: Loaded, game: Game, kept: Journal, people: Sequence[str]) -> None:
        self.loaded = loaded
        self.game = game
        self.people = tuple(people)
        self.note = ""
        self.drafts: dict[str, tuple[str, ...]] = {}
        self.confirmed: dict[str, tuple[str, ...]] = {}
        self.predictions: dict[tuple[int, str, str], Prediction] = {}
        self.evidence_shown = True
        self._journal = kept

    @property
    def path(self) -> Path:
        """The journal's file."""
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
            UsageError: A role does not exist, or the file cannot be made.
            ContentError: The scenario has errors.
        """
        ruleset = _compiled(loaded)
        for role in people:
            role_of(ruleset, role)
        people = list(dict.fromkeys(people))
        seed = secrets.randbits(64) if seed is None else seed
        world = world_of(ruleset, seed) if world is None else world
        assert loaded.scenario is not None  # noqa: S101 - it compiled
        first = {
            "version": __version__,
            "scenario": loaded.id,
            "variant": loaded.variant,
            "title": loaded.scenario.title,
            "turns": ruleset.turns,
            "digest": loaded.digest,
            "files": dict(loaded.files),
            "seed": seed,
            "world": [float(weight) for weight in world],
            "people": list(people),
        }
        return cls(loaded, Game(ruleset, seed, world), Journal.create(save, first), people)

    @classmethod
    def resume(cls, path: Path) -> "Table":
        """Go on with a saved game exactly where it was.

        Raises:
            UsageError: There is no such file.
            ContentError: It is damaged, is no saved game, or belongs to another version.
        """
        kept = journal.read(path)
        first = kept.records[0]
        try:
            loaded = load_texts(first["files"], first["scenario"], first["variant"])
            ruleset = _compiled(loaded)
            if loaded.digest != first["digest"]:
                raise ContentError(_damaged(path))
            game = Game(ruleset, int(first["seed"]), np.array(first["world"], float))
            table = cls(loaded, game, Journal.open(path, kept), tuple(first["people"]))
            for record in kept.records[1:]:
                table._replay(record)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ContentError(_damaged(path)) from error
        if kept.torn:
            table.note = _("The last line of the saved game was cut off and has been dropped.")
        table._go_on()
        return table

    def _replay(self, record: Record) -> None:
        match record["record"]:
            case "draft":
                self.drafts[record["role"]] = tuple(record["moves"])
            case "order":
                self.confirmed[record["role"]] = tuple(record["moves"])
            case "prediction":
                prediction = Prediction(
                    turn=record["turn"],
                    readings=record["readings"],
                    questions=record.get("questions", {}),
                )
                self.predictions[prediction.turn, record["role"], record["participant"]] = prediction
            case "act" if record["act"] == "evidence":
                self.evidence_shown = bool(record["shown"])
            case "resolve":
                self._step([self.ruleset.event_at[name] for name in record["forced"]])

    def _positions(self, role: str, moves: Sequence[str]) -> list[int]:
        at = self.ruleset.role_at[role]
        return [self.ruleset.move_at[at, move] for move in moves]

    def _step(self, forced: Sequence[int] = ()) -> None:
        orders = {
            self.ruleset.role_at[role]: self._positions(role, moves) for role, moves in self.confirmed.items()
        }
        self.game.resolve(orders, tuple(forced))
        self.drafts.clear()
        self.confirmed.clear()

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
        self._go_on()

    def keep_prediction(self, role: str, participant: str, prediction: Prediction) -> None:
        """Keep a participant's prediction for this turn."""
        self._write(
            "prediction",
            turn=prediction.turn,
            role=role,
            participant=participant,
            readings=prediction.readings,
            questions=prediction.questions,
        )
        self.predictions[prediction.turn, role, participant] = prediction

    def asked(self) -> tuple[Asked, ...]:
        """Return the questions of the turn that is due."""
        return tuple(item for item in self.loaded.questions if self.game.turn in item.turns)

    def show_evidence(self, shown: bool) -> None:
        """Let seats see the evidence while the game runs, or keep it back."""
        self._write("act", act="evidence", shown=shown)
        self.evidence_shown = shown

    def _write(self, kind: str, **content: Any) -> None:
        self._journal.append({"record": kind, **content})

    def _go_on(self) -> None:
        """Let bots play and resolve the turn, if every person's order is in; turn by turn if nobody plays."""
        while not self.game.over and not self.missing():
            bots = [
                at
                for at, role in enumerate(self.ruleset.roles)
                if role.id not in self.people and role.id not in self.confirmed
            ]
            for at, moves in orders_of_bots(self.game, bots).items():
                role = self.ruleset.roles[at].id
                names = tuple(self.ruleset.moves[move].id for move in moves)
                self._write("order", turn=self.game.turn, role=role, moves=list(names))
                self.confirmed[role] = names
            self._write("resolve", turn=self.game.turn, forced=[])
            self._step()

    def close(self) -> None:
        """Close the journal; everything is on the disk already."""
        self._journal.close()


def _compiled(loaded: Loaded) -> Ruleset:
    if loaded.ruleset is None:
        message = _("The scenario {id} has errors: run `rival-readings check {id}` to see them.")
        raise ContentError(message.format(id=loaded.id))
    return loaded.ruleset


def _damaged(path: Path) -> str:
    message = _("The saved game {path} is damaged. Nothing was changed; restore the file from a copy.")
    return message.format(path=path)
