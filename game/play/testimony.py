"""Why did the evidence move? Which reports and events spoke for which reading, as likelihood ratios in words.

Each report, and each event that happened or could have happened, is weighed on its own: how likely it was on
average over a reading's particles. Their product comes close to what the evidence as a whole moved by, and
would be equal to it if they did not hang together.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from game.base.arrays import Floats
from game.engine.bound import bind, pure
from game.engine.effects import advance
from game.locale import _, number
from game.play.evidence import LEAST_CHANCE, event_scores, report_scores
from game.play.game import Game
from game.play.texts import Texts
from game.play.views import EvidenceTurn, EvidenceView, Testimony

MOST: Final = 5
"""Testimonies that are named for a turn: the strongest."""

_LEAST: Final = 1.1
"""A ratio closer to even than this is not worth a sentence."""

_STRENGTHS: Final = (1.5, 3.0, 10.0)
"""Ratios from which a testimony is called clear, strong and very strong."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A report or event and how likely each reading held it.

    Attributes:
        kind: Of a report, of an event that happened, or of one that did not.
        at: The indicator or event.
        logs: Log likelihood under each reading, up to a constant that all share, [K].
    """

    kind: Literal["report", "event", "quiet"]
    at: int
    logs: Floats

    def strongest(self, prior: Floats) -> tuple[int, float]:
        """Return the reading whose odds it moves most, and by what factor against the others on average.

        Args:
            prior: How likely each reading was held before, [K]; readings at 0 do not count.

        Returns:
            The reading's position, and the factor: as little as evidence holds possible at least, and its inverse at
            most, so that no account is ever ruled out.
        """
        best, most = 0, 0.0
        for reading in np.flatnonzero(prior > 0.0):
            others = prior.copy()
            others[reading] = 0.0
            if others.sum() <= 0.0:
                continue
            odds = float(self.logs[reading]) - _mean(self.logs, others)
            if abs(odds) > abs(most):
                best, most = int(reading), odds
        return best, math.exp(min(max(most, math.log(LEAST_CHANCE)), -math.log(LEAST_CHANCE)))


def _mean(logs: Floats, weights: Floats | None = None) -> float:
    """Return the logarithm of the mean likelihood, of those that have a weight where weights are given."""
    top = float(logs.max() if weights is None else logs[weights > 0.0].max())
    return top + math.log(float(np.average(np.exp(np.minimum(logs - top, 0.0)), weights=weights)))


def witnesses(game: Game, role: int, turn: int) -> list[Witness]:
    """Return all that a seat saw of a resolved turn, each weighed under every reading."""
    ruleset, seen = game.ruleset, game.seen(role, turn)
    reports, events = [], []
    for reading, step in enumerate(game.evidence(role, turn).steps):
        bound = bind(ruleset, pure(ruleset, reading))
        ahead = advance(bound, step.before, step.causes).x
        reports.append([_mean(row) for row in report_scores(ruleset, role, ahead, seen)])
        scores = event_scores(bound, role, step.before, seen)
        events.append({at: _mean(row) for at, row in scores.items()})
    heard = np.flatnonzero(~np.isnan(seen.reports))
    found = [
        Witness("report", int(at), np.array([row[place] for row in reports]))
        for place, at in enumerate(heard)
    ]
    found += [
        Witness("event" if at in seen.fired else "quiet", at, np.array([scores[at] for scores in events]))
        for at in events[0]
    ]
    return found


def evidence_view(game: Game, texts: Texts, role: int) -> EvidenceView:
    """Return what the seat could hold of the readings after each turn, and what moved it."""
    turns = [_turn(game, texts, role, turn) for turn in range(len(game.steps) + 1)]
    return EvidenceView(role=game.ruleset.roles[role].id, turns=tuple(turns))


def _turn(game: Game, texts: Texts, role: int, turn: int) -> EvidenceTurn:
    weights = game.evidence(role, turn).weights
    named = []
    if turn:
        before = game.evidence(role, turn - 1).weights
        weighed = [(item, *item.strongest(before)) for item in witnesses(game, role, turn)]
        weighed.sort(key=lambda entry: -abs(float(np.log(entry[2]))))
        named = [
            _testimony(game, texts, role, turn, *entry)
            for entry in weighed[:MOST]
            if max(entry[2], 1.0 / entry[2]) >= _LEAST
        ]
    return EvidenceTurn(
        turn=turn,
        weights={name: float(weight) for name, weight in zip(game.ruleset.readings, weights, strict=True)},
        testimonies=tuple(named),
    )


def _testimony(
    game: Game, texts: Texts, role: int, turn: int, item: Witness, reading: int, ratio: float
) -> Testimony:
    ruleset = game.ruleset
    name = ruleset.readings[reading]
    if item.kind == "report":
        value = float(game.seen(role, turn).reports[item.at])
        what = _("The report on '{indicator}' ({value})").format(
            indicator=texts.indicator(item.at), value=number(value)
        )
        about = ruleset.indicators[item.at].id
    else:
        what = (
            _("That this happened: '{event}'")
            if item.kind == "event"
            else _("That this did not happen: '{event}'")
        )
        what = what.format(event=texts.event(item.at))
        about = ruleset.events[item.at].id
    text = _sentence(ratio).format(
        what=what,
        analyst=texts.scenario.readings[name].analyst,
        times=number(max(ratio, 1.0 / ratio), 1),
    )
    return Testimony(kind=item.kind, id=about, text=text, reading=name, ratio=ratio)


def _sentence(ratio: float) -> str:
    """Return the sentence for a ratio; above 1 it speaks for the account, below 1 against it."""
    if ratio >= 1.0:
        sentences = (
            _("{what} speaks a little for {analyst}'s account: {times} times as likely as under the others."),
            _("{what} speaks clearly for {analyst}'s account: {times} times as likely as under the others."),
            _("{what} speaks strongly for {analyst}'s account: {times} times as likely as under the others."),
            _(
                "{what} speaks very strongly for {analyst}'s account: {times} times as likely as under the others."
            ),
        )
    else:
        sentences = (
            _(
                "{what} speaks a little against {analyst}'s account: {times} times as likely under the others."
            ),
            _("{what} speaks clearly against {analyst}'s account: {times} times as likely under the others."),
            _(
                "{what} speaks strongly against {analyst}'s account: {times} times as likely under the others."
            ),
            _(
                "{what} speaks very strongly against {analyst}'s account: {times} times as likely under the others."
            ),
        )
    return sentences[sum(max(ratio, 1.0 / ratio) >= mark for mark in _STRENGTHS)]
