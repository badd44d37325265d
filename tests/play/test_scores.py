"""Predictions are scored against what came, and honest probabilities score best."""

import cProfile
import pstats

import numpy as np
import pytest

from game.base.errors import ContentError
from game.base.memo import Memo
from game.play.forecast import FUTURES, Forecaster, settled
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction
from game.play.scores import FEW, brier, own_scores_of, scores_of
from game.play.table import Table


@pytest.fixture(scope="module")
def table(baghdad, tmp_path_factory):
    table = Table.start(baghdad, ["government"], tmp_path_factory.mktemp("saves") / "game.jsonl", seed=5)
    seat = LocalSeat(table, "government")
    names = table.ruleset.readings
    for turn in range(1, table.ruleset.turns + 1):
        view = seat.view("en")
        assert view.questions, f"no question in turn {turn}"
        prediction = Prediction(
            turn=turn,
            readings={name: 0.8 if at == 0 else 0.1 for at, name in enumerate(names)},
            questions={item.id: 0.3 for item in view.questions},
        )
        if turn == 1:
            with pytest.raises(ContentError):
                scores_of(table)
        assert isinstance(seat.predict("Zaynab", prediction), Ack)
        assert seat.predicted("Zaynab") == prediction
        assert seat.predicted("Ali") is None
        assert isinstance(seat.confirm(Order(turn=turn)), Ack)
    table.close()
    return table


def test_every_prediction_is_scored_and_survives_a_resume(table):
    scores = scores_of(table)
    assert len(scores.readings) == table.ruleset.turns
    assert len(scores.answers) == table.ruleset.turns
    assert scores.people() == [("government", "Zaynab")]
    again = Table.resume(table.path)
    assert scores_of(again) == scores
    again.close()


def test_scores_follow_from_what_was_said_and_what_came(table):
    scores = scores_of(table)
    true = table.ruleset.readings[int(table.game.world.argmax())]
    for item in scores.readings:
        assert item.score == pytest.approx(
            sum((value - (name == true)) ** 2 for name, value in item.said.items())
        )
        assert sum(item.evidence.values()) == pytest.approx(1.0)
    states = table.game.states()
    by_name = {item.question: item for item in scores.answers}
    tempo = table.ruleset.indicator_at["attack_tempo"]
    assert by_name["attacks_rise"].came == (states[2].x[tempo, 0] > states[1].x[tempo, 0])
    assert by_name["few_forces_left"].came == (
        states[-1].x[table.ruleset.indicator_at["combat_presence"], 0] < 56
    )
    for item in scores.answers:
        assert item.score == pytest.approx(brier(0.3, item.came))
        assert set(item.readings) == set(table.ruleset.readings)
        assert all(0.0 <= value <= 1.0 for value in item.readings.values())
    assert by_name["cabinet_this_year"].in_2021 is False
    assert by_name["cabinet_this_year"].score_2021 == pytest.approx(0.09)
    assert by_name["attacks_rise"].score_2021 is None


def test_few_answers_are_too_few_to_tell(table):
    scores = scores_of(table)
    assert scores.answer_mean() == pytest.approx(np.mean([item.score for item in scores.answers]))
    assert sum(count for _said, _came, count in scores.calibration()) == len(scores.answers)
    few = type(scores)(readings=scores.readings[: FEW - 1], answers=scores.answers[: FEW - 1])
    assert few.answer_mean() is None
    assert few.reading_mean() is None
    assert few.calibration() == []


@pytest.mark.parametrize("true", [0.0, 0.2, 0.5, 0.9])
def test_the_true_probability_scores_best_on_average(true):
    said = np.linspace(0.0, 1.0, 101)
    expected = [true * brier(value, True) + (1.0 - true) * brier(value, False) for value in said]
    assert said[int(np.argmin(expected))] == pytest.approx(true)


def looks(work, *given):
    """Return a work's result, and how often it looked ahead for a role."""
    profile = cProfile.Profile()
    found = profile.runcall(work, *given)
    code = Forecaster.answer.__code__
    calls = pstats.Stats(profile).stats
    return found, sum(
        stat[0]
        for (path, line, _n), stat in calls.items()
        if (path, line) == (code.co_filename, code.co_firstlineno)
    )


def test_an_answer_is_looked_for_no_further_than_it_is_settled(table):
    game, question = table.game, table.loaded.questions[0]
    turn = min(question.turns)
    forecaster, evidence = game.forecaster(0), game.evidence(0, turn - 1)
    found = forecaster.answer(evidence, [], question)
    begun, readings = forecaster._begun(evidence, FUTURES), len(table.ruleset.readings)
    _first, end, values = forecaster._played(begun, readings, [], table.ruleset.turns)
    _first, short, _values = forecaster._played(begun, readings, [], question.settled(turn))
    assert short.turn == question.settled(turn) + 1 < end.turn
    assert np.array_equal(short.x, values[question.settled(turn) - turn])
    yes = settled(table.ruleset, question, begun, short).reshape(readings, -1)
    assert found == pytest.approx(yes.mean(axis=1))


def test_own_scores_are_the_same_without_looking_ahead(table):
    table.game.memo = Memo()
    own, looked = looks(own_scores_of, table)
    assert looked == 0
    full, looked = looks(scores_of, table)
    assert looked > 0
    assert looks(scores_of, table) == (full, 0)  # the page in another language does not look again
    bare = {"evidence": {}, "evidence_score": None}
    assert own.readings == tuple(item.model_copy(update=bare) for item in full.readings)
    bare = {"readings": {}, "reading_scores": {}}
    assert own.answers == tuple(item.model_copy(update=bare) for item in full.answers)
    assert own.answer_mean() == full.answer_mean() is not None


def test_one_seats_predictions_alone_are_scored(table):
    assert scores_of(table, "government") == scores_of(table)
    nobody, looked = looks(scores_of, table, "washington")
    assert nobody.people() == []
    assert looked == 0
