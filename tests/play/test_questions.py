"""Does a scenario without questions ask about what is most in doubt between its readings?"""

import numpy as np

from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction
from game.play.table import Table
from game.scenario.asking import MOST_DOUBTED
from game.scenario.loading import load, load_texts


def without_questions():
    baghdad = load("baghdad-2021")
    files = {path: text for path, text in baghdad.files.items() if path != "questions.yaml"}
    files["text/ar.yaml"] = cut(files["text/ar.yaml"], "questions")
    return load_texts(files, "silent", None)


def cut(text, section):
    """Return a file's text without one of its sections."""
    kept, inside = [], False
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "#", "\n")):
            inside = line.startswith(f"{section}:")
        if not inside:
            kept.append(line)
    return "".join(kept)


def test_every_turn_has_a_question_of_what_the_readings_differ_on(tmp_path):
    loaded = without_questions()
    assert loaded.ruleset is not None, loaded.findings[:3]
    ruleset = loaded.ruleset
    assert len(loaded.questions) == MOST_DOUBTED
    for turn in range(1, ruleset.turns + 1):
        assert sum(turn in item.turns for item in loaded.questions) == 1
    for item in loaded.questions:
        rules = [rule for rule in ruleset.rules if rule.target == item.indicator]
        assert any(np.ptp(rule.coefficients) > 0 for rule in rules)

    table = Table.start(loaded, ["government"], tmp_path / "game.jsonl", seed=3)
    seat = LocalSeat(table, "government")
    label = loaded.scenario.indicators[ruleset.indicators[loaded.questions[0].indicator].id].label
    (question,) = seat.view("en").questions
    assert label in question.ask
    assert seat.view("ar").questions[0].ask != question.ask
    assert isinstance(seat.predict("me", Prediction(turn=1, questions={question.id: 0.8})), Ack)
    while not table.game.over:
        seat.confirm(Order(turn=table.game.turn))
    (answer,) = seat.scores("en").answers
    at = loaded.questions[0].indicator
    first, second = table.game.states()[:2]
    assert answer.came == bool(second.x[at, 0] > first.x[at, 0])
    assert answer.in_2021 is None
    assert set(answer.readings) == set(ruleset.readings)
    table.close()


def test_an_authors_questions_stand_alone():
    assert all(item.indicator is None for item in load("baghdad-2021").questions)
