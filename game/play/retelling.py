"""What can be told of a game that is over, beside what happened? Its other courses, its luck, its turning points.

In words of the current language, for the debrief, the replay and whoever else looks back.
"""

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from game.engine import judge
from game.engine.ledger import Term
from game.engine.ruleset import Ruleset
from game.locale import _
from game.play import replay
from game.play.accounts import worded_terms
from game.play.forecast import QUANTILES
from game.play.game import Game
from game.play.texts import Texts
from game.play.views import AccountTerm, Shown


class RoleScore(Shown):
    """How a role fared."""

    role: str
    label: str
    score: float
    reached: bool


class PartingView(Shown):
    """Where another course of the same orders first lies noticeably apart."""

    turn: int
    indicator: str
    label: str
    apart: float = Field(description="Index points, the other course less this game.")
    terms: tuple[AccountTerm, ...] = Field(description="What moved it in this game, in that turn.")
    other_terms: tuple[AccountTerm, ...] = Field(description="What moved it in the other course.")


class CourseView(Shown):
    """A course that a game took, or would have taken."""

    reading: str = Field(
        default="", description="The reading that is all of the truth in it; empty: this game's world."
    )
    analyst: str = ""
    label: str = ""
    values: dict[str, tuple[float, ...]] = Field(
        description="Each indicator, the start first, then after each turn."
    )
    events: tuple[tuple[str, ...], ...] = Field(description="Labels of the events of each turn.")
    outcome: str = Field(description="The ending, by its id.")
    title: str = Field(description="The same in words.")
    roles: tuple[RoleScore, ...]
    seats: dict[str, int] = Field(description="Seats of each bloc at the end, by its id.")
    left_out: tuple[str, ...] = Field(default=(), description="Orders that were not allowed in it, in words.")
    parting: PartingView | None = Field(
        default=None, description="None for this game, or where they never part."
    )


class LuckView(Shown):
    """How much was luck: the same orders under other seeds."""

    seeds: int
    role: str
    label: str
    score: float = Field(description="In this game.")
    below: float = Field(
        description="Share of the seeds that scored less, half of those that scored the same."
    )
    quantiles: tuple[float, ...] = Field(description="Below which 5, 25, 50, 75 and 95 in 100 scores lie.")


class EndingShare(Shown):
    """How often the same orders end in a way under other seeds."""

    outcome: str
    title: str
    share: float


class TurningPoint(Shown):
    """One decision, and the game without it."""

    turn: int
    role: str
    role_label: str
    move: str
    label: str
    scores: dict[str, float] = Field(description="What each role's score owes to it, 0 to 1, by role.")
    moved: tuple[tuple[str, float], ...] = Field(
        description="Labels of what it moved most by the end, and points."
    )
    outcome: str = Field(description="The ending without it, by its id.")
    title: str
    other_end: bool = Field(description="Whether it ends otherwise without it.")


_MOST_MOVED = 3


def course_of(game: Game, texts: Texts) -> CourseView:
    """Return the course that a game that is over took."""
    ruleset = game.ruleset
    at = int(judge.outcomes(ruleset, game.state)[0])
    outcome = ruleset.outcomes[at].id
    path = np.stack([state.x[:, 0] for state in game.states()], axis=1)
    return CourseView(
        values={item.id: tuple(map(float, row)) for item, row in zip(ruleset.indicators, path, strict=True)},
        events=tuple(
            tuple(texts.event(int(event)) for event in np.flatnonzero(step.causes.fired[:, 0]))
            for step in game.steps
        ),
        outcome=outcome,
        title=texts.scenario.outcomes[outcome].title,
        roles=tuple(_score(game, texts, role) for role in range(len(ruleset.roles))),
        seats={
            bloc.id: int(seats) for bloc, seats in zip(ruleset.blocs, game.state.seats[:, 0], strict=True)
        },
    )


def _score(game: Game, texts: Texts, at: int) -> RoleScore:
    role = game.ruleset.roles[at]
    score = float(judge.score(game.ruleset, game.state, at)[0])
    return RoleScore(role=role.id, label=texts.roles[role.id], score=score, reached=score >= role.reached_at)


def under_readings(game: Game, texts: Texts) -> tuple[CourseView, ...]:
    """Return the course of a game's own orders and luck under each reading, in the scenario's order."""
    return tuple(under_reading(game, texts, at) for at in range(len(game.ruleset.readings)))


def under_reading(game: Game, texts: Texts, at: int) -> CourseView:
    """Return the course of a game's own orders and luck in the world where one reading is all of the truth."""
    name = game.ruleset.readings[at]
    authored = texts.scenario.readings[name]
    found = retold(game, texts, replay.under(game, at))
    return found.model_copy(update={"reading": name, "analyst": authored.analyst, "label": authored.label})


def retold(game: Game, texts: Texts, other: replay.Replay) -> CourseView:
    """Return another course of a game, with where it parts from it and what could not be ordered in it."""
    left_out = tuple(_not_allowed(texts, turn, move) for turn, move in other.left_out)
    parting = replay.parting(game, other.game)
    shown = None if parting is None else _parting(game.ruleset, texts, parting)
    return course_of(other.game, texts).model_copy(update={"left_out": left_out, "parting": shown})


def _not_allowed(texts: Texts, turn: int, move: int) -> str:
    role = texts.roles[texts.ruleset.roles[texts.ruleset.moves[move].role].id]
    message = _("Turn {turn}, {role}: {move}")
    return message.format(turn=turn, role=role, move=texts.move(move))


def _parting(ruleset: Ruleset, texts: Texts, found: replay.Parting) -> PartingView:
    def told(terms: Sequence[Term]) -> tuple[AccountTerm, ...]:
        return worded_terms(texts, terms)

    return PartingView(
        turn=found.turn,
        indicator=ruleset.indicators[found.indicator].id,
        label=texts.indicator(found.indicator),
        apart=found.apart,
        terms=told(found.terms[0]),
        other_terms=told(found.terms[1]),
    )


def luck_of(game: Game, texts: Texts) -> tuple[tuple[LuckView, ...], tuple[EndingShare, ...]]:
    """Return where each role's score lies among the same orders under other seeds, and how those end."""
    found = replay.luck(game)
    ruleset = game.ruleset
    roles = tuple(
        LuckView(
            seeds=found.scores.shape[1],
            role=role.id,
            label=texts.roles[role.id],
            score=float(judge.score(ruleset, game.state, at)[0]),
            below=float(found.below[at]),
            quantiles=tuple(map(float, np.quantile(found.scores[at], QUANTILES))),
        )
        for at, role in enumerate(ruleset.roles)
    )
    ends = tuple(
        EndingShare(outcome=item.id, title=texts.scenario.outcomes[item.id].title, share=float(share))
        for item, share in zip(ruleset.outcomes, found.outcomes, strict=True)
    )
    return roles, ends


def turning_points_of(game: Game, texts: Texts, count: int = 3) -> tuple[TurningPoint, ...]:
    """Return the decisions of a game that is over which mattered most, of different turns."""
    ruleset = game.ruleset
    end = int(judge.outcomes(ruleset, game.state)[0])
    points = []
    for item in replay.turning_points(game, count):
        move = ruleset.moves[item.move]
        role = ruleset.roles[move.role].id
        most = np.argsort(-np.abs(item.values), kind="stable")[:_MOST_MOVED]
        outcome = ruleset.outcomes[item.outcome].id
        points.append(
            TurningPoint(
                turn=item.turn,
                role=role,
                role_label=texts.roles[role],
                move=move.id,
                label=texts.move(item.move),
                scores={role.id: float(owed) for role, owed in zip(ruleset.roles, item.scores, strict=True)},
                moved=tuple(
                    (texts.indicator(int(at)), float(item.values[at])) for at in most if item.values[at]
                ),
                outcome=outcome,
                title=texts.scenario.outcomes[outcome].title,
                other_end=item.outcome != end,
            )
        )
    return tuple(points)
