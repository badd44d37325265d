"""What was it really like, turn by turn, and what did each seat make of it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from game.debrief.charts import Chart, Series, chart
from game.debrief.pseudonyms import is_pseudonym
from game.locale import _, list_of, number
from game.locale.dates import dates
from game.play.accounts import truth
from game.play.forecast import settled
from game.play.game import Game
from game.play.local_seat import LocalSeat
from game.play.retelling import TurningPoint
from game.play.scores import FEW, scores_of
from game.play.table import Table
from game.play.testimony import evidence_view
from game.play.texts import Texts
from game.play.views import TruthView
from game.scenario.calendar import calendar_of

MOVED: Final = 3
"""Changes of a turn that are told."""

SHOWN: Final = 4
"""Quantities of a seat whose reports are laid beside what was."""


@dataclass(frozen=True)
class Moment:
    """A turn.

    Attributes:
        turn: Its number.
        dates: Its days, in words.
        orders: What each role ordered or answered, role label and moves.
        events: What happened.
        moved: The largest changes, each with its true causes.
        mattered: Decisions of this turn that mattered most in the whole game.
    """

    turn: int
    dates: str
    orders: tuple[tuple[str, tuple[str, ...]], ...]
    events: tuple[str, ...]
    moved: tuple[TruthView, ...]
    mattered: tuple[str, ...]


def moments_of(game: Game, texts: Texts, points: tuple[TurningPoint, ...]) -> list[Moment]:
    """Return every turn that was played."""
    ruleset, calendar = game.ruleset, calendar_of(texts.scenario)
    found = []
    for turn, step in enumerate(game.steps, start=1):
        change = np.abs(step.after.x[:, 0] - step.before.x[:, 0])
        most = np.argsort(-change, kind="stable")[:MOVED]
        made = [
            (
                texts.roles[role.id],
                tuple(
                    texts.move(move)
                    for move, item in enumerate(ruleset.moves)
                    if item.role == at and step.causes.moves[move, 0]
                ),
            )
            for at, role in enumerate(ruleset.roles)
        ]
        found.append(
            Moment(
                turn=turn,
                dates=dates(*calendar.dates_of(turn)),
                orders=tuple(made),
                events=tuple(texts.event(int(at)) for at in np.flatnonzero(step.causes.fired[:, 0])),
                moved=tuple(truth(game, texts, int(at), turn) for at in most if change[at] > 0.0),
                mattered=tuple(
                    f"{point.role_label}: {point.label}" for point in points if point.turn == turn
                ),
            )
        )
    return found


def reality_of(table: Table, texts: Texts) -> list[dict[str, Any]]:
    """Return, for each seat that people played, what was beside what it was told and made of it."""
    game, ruleset = table.game, table.ruleset
    path = np.stack([state.x[:, 0] for state in game.states()], axis=1)
    found = []
    for role in table.people or tuple(ruleset.role_at):
        at, view = ruleset.role_at[role], LocalSeat(table, role).view("en")
        charts = []
        heard = [item for item in view.indicators if item.featured and not item.hidden and not item.exact]
        for item in heard[:SHOWN]:
            index = ruleset.indicator_at[item.id]
            reports = [
                None,
                *(float(game.seen(at, turn).reports[index]) for turn in range(1, len(game.steps) + 1)),
            ]
            estimates = list(item.history)
            error = float(np.abs(np.array(estimates) - path[index]).mean())
            title = _(
                "{indicator}: it ended at {real}, the seat estimated {estimate}, {error} off on average"
            ).format(
                indicator=texts.indicator(index),
                real=number(path[index, -1]),
                estimate=number(estimates[-1]),
                error=number(error, 1),
            )
            series = [
                Series(_("as it was"), [float(value) for value in path[index]], "real"),
                Series(_("as the seat estimated"), estimates, "estimate"),
                Series(_("reports"), reports, "report"),
            ]
            charts.append(
                {
                    "label": texts.indicator(index),
                    "chart": chart(title, series, item.least, item.most, len(game.steps)),
                }
            )
        found.append({"role": texts.roles[role], "charts": charts})
    return found


def evidence_of(table: Table, texts: Texts) -> list[dict[str, Any]]:
    """Return, for each seat that people played, what its evidence said turn by turn, and what moved it."""
    ruleset, found = table.ruleset, []
    names = {name: item.analyst for name, item in texts.scenario.readings.items()}
    for role in table.people or tuple(ruleset.role_at):
        view = evidence_view(table.game, texts, ruleset.role_at[role])
        series = [
            Series(analyst, [100 * turn.weights[name] for turn in view.turns], f"r{place % 6}", colour)
            for place, ((name, analyst), colour) in enumerate(
                zip(names.items(), texts.reading_colours, strict=True)
            )
        ]
        last = view.turns[-1].weights
        title = _("At the end: {shares}").format(
            shares=list_of([f"{names[name]} \u200e{number(100 * share)}%" for name, share in last.items()])
        )
        picture: Chart = chart(title, series, 0.0, 100.0, len(view.turns) - 1)
        told = [
            {"turn": turn.turn, "texts": [item.text for item in turn.testimonies[:2]]}
            for turn in view.turns
            if turn.testimonies
        ]
        found.append({"role": texts.roles[role], "chart": picture, "told": told})
    return found


def answers_of(table: Table, texts: Texts) -> list[dict[str, Any]]:
    """Return the questions whose answer as things went is known, with this game's answer, by turn."""
    states, found = table.game.states(), []
    for item in table.loaded.questions:
        written = texts.scenario.questions.get(item.id)
        if written is None or written.in_2021 is None:
            continue
        for turn in sorted(item.turns):
            if item.settled(turn) < len(states):
                after = states[item.settled(turn)]
                came = bool(settled(table.ruleset, item, states[turn - 1], after)[0])
                found.append(
                    {"turn": turn, "ask": texts.question(item), "then": written.in_2021, "here": came}
                )
    return sorted(found, key=lambda item: item["turn"])


def scores_by_person(table: Table, texts: Texts, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return each participant's predictions, scored; outcome, prediction and reasoning stay apart.

    Who has no name is counted.
    """
    every, found = scores_of(table), []
    asks = {item.id: texts.question(item) for item in table.loaded.questions}
    for place, (role, participant) in enumerate(every.people(), start=1):
        own = every.of(role, participant)
        called = names.get(participant) or (participant if is_pseudonym(participant) else "")
        found.append(
            {
                "name": called or _("Participant {n}").format(n=place),
                "role": texts.roles[role],
                "answers": [
                    {"turn": item.turn, "ask": asks.get(item.question, item.question), "said": item.said,
                     "came": item.came, "score": item.score, "in_2021": item.in_2021,
                     "score_2021": item.score_2021,
                     "readings": [item.readings[name] for name in texts.scenario.readings],
                     "reading_scores": [item.reading_scores[name] for name in texts.scenario.readings]}
                    for item in own.answers
                ],
                "readings": [
                    {"turn": item.turn, "said": [item.said.get(name) for name in texts.scenario.readings],
                     "score": item.score, "evidence": [item.evidence[name] for name in texts.scenario.readings],
                     "evidence_score": item.evidence_score}
                    for item in own.readings
                ],
                "answer_mean": own.answer_mean(),
                "reading_mean": own.reading_mean(),
                "calibration": own.calibration(),
                "few": FEW,
            }
        )  # fmt: skip
    return found
