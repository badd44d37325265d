"""How good were the predictions? Brier scores, laid beside those of the readings and of the evidence.

A score is the squared distance between what was said and what came: 0 is perfect. For one yes-or-no question
always saying a half gives 0.25; for the readings, saying the same of all K gives 1 - 1/K. Outcome, prediction
and reasoning are never put together into one number.

Source: Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from game.base.arrays import Floats
from game.base.errors import ContentError
from game.locale import _
from game.play.forecast import settled
from game.play.table import Table
from game.play.texts import texts_of
from game.play.views import Shown
from game.scenario.asking import Asked

FEW: Final = 8
"""With fewer answers than this a mean score says more of luck than of judgement."""

_BINS: Final = 5


class ReadingScore(Shown):
    """A prediction about the readings.

    Attributes:
        turn: The turn before whose resolution it was made.
        role: The seat, by role id.
        participant: Who made it.
        said: How likely each reading was held, by its id.
        score: Brier score against the reading that was true, 0 to 2; None in a mixed world.
        evidence: What the seat's evidence said at the time, by reading id.
        evidence_score: The score that it would have had; None in a mixed world.
    """

    turn: int
    role: str
    participant: str
    said: Mapping[str, float]
    score: float | None
    evidence: Mapping[str, float]
    evidence_score: float | None


class AnswerScore(Shown):
    """A prediction about a question of the turn.

    Attributes:
        turn: The turn before whose resolution it was made.
        role: The seat, by role id.
        participant: Who made it.
        question: Id of the question.
        ask: The question itself, in the language that was spoken.
        said: How likely yes was held.
        came: Whether the answer was yes in this game.
        score: Brier score against this game, 0 to 1.
        in_2021: The answer as things went in reality, None where there is none.
        score_2021: Brier score against that.
        readings: How likely each reading would have held yes from what the seat knew, by reading id.
        reading_scores: The scores of these.
    """

    turn: int
    role: str
    participant: str
    question: str
    ask: str
    said: float
    came: bool
    score: float
    in_2021: bool | None
    score_2021: float | None
    readings: Mapping[str, float]
    reading_scores: Mapping[str, float]


class Scores(Shown):
    """All predictions of a game, scored.

    Attributes:
        readings: Predictions about the readings, by turn.
        answers: Predictions about questions, by turn.
    """

    readings: tuple[ReadingScore, ...]
    answers: tuple[AnswerScore, ...]

    def people(self) -> list[tuple[str, str]]:
        """Return who predicted anything, as (role, participant), sorted."""
        people = {(item.role, item.participant) for item in self.readings}
        return sorted(people | {(item.role, item.participant) for item in self.answers})

    def of(self, role: str, participant: str) -> "Scores":
        """Return one participant's predictions."""
        who = (role, participant)
        return Scores(
            readings=tuple(item for item in self.readings if (item.role, item.participant) == who),
            answers=tuple(item for item in self.answers if (item.role, item.participant) == who),
        )

    def reading_mean(self) -> float | None:
        """Return the mean score about the readings; None if there are too few to tell."""
        return _mean([item.score for item in self.readings if item.score is not None])

    def answer_mean(self) -> float | None:
        """Return the mean score about the questions; None if there are too few to tell."""
        return _mean([item.score for item in self.answers])

    def calibration(self) -> list[tuple[float, float, int]]:
        """Return, for each fifth of the scale that was used: mean said, share that came true, how many.

        Empty if there are too few answers to tell.
        """
        if len(self.answers) < FEW:
            return []
        said = np.array([item.said for item in self.answers])
        came = np.array([item.came for item in self.answers], float)
        bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
        return [
            (float(said[bins == at].mean()), float(came[bins == at].mean()), int((bins == at).sum()))
            for at in np.unique(bins)
        ]


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if len(values) >= FEW else None


def brier(said: float, came: bool) -> float:
    """Return the Brier score of a probability of yes, 0 to 1."""
    return (said - float(came)) ** 2


def scores_of(table: Table, only: str | None = None) -> Scores:
    """Return all predictions of a game that is over, scored, with what the evidence and the readings would have said.

    Args:
        table: The game.
        only: The role whose predictions are wanted; None: all.

    Raises:
        ContentError: The game is not over: scores would give the world away.
    """
    return _scored(table, _Comparing(table), only)


def own_scores_of(table: Table) -> Scores:
    """Return all predictions of a game that is over, scored, with nothing to compare them with: at once.

    Raises:
        ContentError: The game is not over: scores would give the world away.
    """
    return _scored(table, _Scorer(table), None)


def _scored(table: Table, scorer: "_Scorer", only: str | None) -> Scores:
    if not table.game.over:
        raise ContentError(_("Predictions are scored when the game is over."))
    readings, answers = [], []
    for (turn, role, participant), prediction in sorted(table.predictions.items()):
        if turn > len(table.game.steps) or only not in (None, role):
            continue
        if prediction.readings:
            readings.append(scorer.about_readings(turn, role, participant, prediction.readings))
        for name, said in prediction.questions.items():
            question = scorer.questions[name]
            if question.settled(turn) <= len(table.game.steps):
                answers.append(scorer.about_question(turn, role, participant, question, said))
    return Scores(readings=tuple(readings), answers=tuple(answers))


class _Scorer:
    """Scores predictions, with nothing to compare them with."""

    def __init__(self, table: Table) -> None:
        self.table, self.game, self.ruleset = table, table.game, table.ruleset
        self.questions = {item.id: item for item in table.loaded.questions}
        self.texts = texts_of(table.loaded, table.ruleset)
        self.states = table.game.states()

    def about_readings(
        self, turn: int, role: str, participant: str, said: Mapping[str, float]
    ) -> ReadingScore:
        at = self.ruleset.role_at[role]
        evidence = self._evidence_says(turn, at)
        return ReadingScore(
            turn=turn,
            role=role,
            participant=participant,
            said=said,
            score=self._against_world(said),
            evidence=evidence,
            evidence_score=self._against_world(evidence) if evidence else None,
        )

    def about_question(
        self, turn: int, role: str, participant: str, question: Asked, said: float
    ) -> AnswerScore:
        after = self.states[question.settled(turn)]
        came = bool(settled(self.ruleset, question, self.states[turn - 1], after)[0])
        scenario = self.table.loaded.scenario
        written = None if scenario is None else scenario.questions.get(question.id)
        in_2021 = None if written is None else written.in_2021
        readings = self._readings_say(turn, self.ruleset.role_at[role], question)
        return AnswerScore(
            turn=turn,
            role=role,
            participant=participant,
            question=question.id,
            ask=self.texts.question(question),
            said=said,
            came=came,
            score=brier(said, came),
            in_2021=in_2021,
            score_2021=None if in_2021 is None else brier(said, in_2021),
            readings=readings,
            reading_scores={name: brier(value, came) for name, value in readings.items()},
        )

    def _by_reading(self, values: Floats) -> dict[str, float]:
        return {name: float(value) for name, value in zip(self.ruleset.readings, values, strict=True)}

    def _against_world(self, said: Mapping[str, float]) -> float | None:
        world = self.game.world
        if float(world.max()) < 1.0:
            return None
        names = self.ruleset.readings
        return float(sum((said.get(name, 0.0) - world[at]) ** 2 for at, name in enumerate(names)))

    def _evidence_says(self, turn: int, role: int) -> Mapping[str, float]:
        """Return what the seat's evidence said at the time, by reading."""
        del turn, role
        return {}

    def _readings_say(self, turn: int, role: int, question: Asked) -> Mapping[str, float]:
        """Return how likely each reading holds yes."""
        del turn, role, question
        return {}


class _Comparing(_Scorer):
    """Scores predictions beside what the evidence and the readings would have said, which takes a moment."""

    def _evidence_says(self, turn: int, role: int) -> Mapping[str, float]:
        return self._by_reading(self.game.evidence(role, turn - 1).weights)

    def _readings_say(self, turn: int, role: int, question: Asked) -> Mapping[str, float]:
        """Return how likely each reading holds yes, from what the seat knew and the order that it made."""
        made = self.game.steps[turn - 1].causes.moves[:, 0]
        planned = [at for at, move in enumerate(self.ruleset.moves) if made[at] and move.role == role]

        def look() -> Floats:
            return self.game.forecaster(role).answer(self.game.evidence(role, turn - 1), planned, question)

        return self._by_reading(self.game.memo(("answers", turn, role, question.id), look))
