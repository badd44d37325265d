"""What does one participant take home? What their seat ordered, what they predicted and said, turn by turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.debrief.page import environment
from game.locale import direction, speak
from game.play.dealing import Post
from game.play.ending import end_of
from game.play.orders import Prediction
from game.play.scores import Scores
from game.play.table import Table
from game.play.texts import Texts, texts_of


@dataclass(frozen=True)
class Person:
    """A participant, as their page tells of them.

    Attributes:
        id: As predictions name them.
        name: Pseudonym or nickname.
        room: Number of their room.
        role: Role id; None for press and observers.
        post: What they did there.
        said: What they said or noted, with the turn.
    """

    id: str
    name: str
    room: int
    role: str | None
    post: Post
    said: Sequence[tuple[int, str]]


def write_participant(table: Table, person: Person, lang: str, every: Scores | None) -> str:
    """Return one participant's page, which needs nothing but itself; while the game runs, without its world.

    Args:
        table: Their room's game.
        person: Who they are.
        lang: The page's language.
        every: All predictions of the game, scored; None while it runs.
    """
    with speak(lang):
        texts = texts_of(table.loaded, table.ruleset)
        end = end_of(table.game, texts) if table.game.over else None
        scores = every.of(person.role or "", person.id) if every is not None else None
        return (
            environment()
            .get_template("participant.html.j2")
            .render(
                lang=lang,
                direction=direction(lang),
                title=texts.scenario.title,
                sheet={"title": person.name, "name": "index", "secret": False},
                person=person,
                role=texts.roles[person.role] if person.role is not None else None,
                end=end,
                reached=[item for item in end.roles if item.role == person.role] if end is not None else [],
                scores=scores,
                readings={name: item.analyst for name, item in texts.scenario.readings.items()},
                turns=[
                    _turn(table, texts, person, scores, turn) for turn in range(1, len(table.game.steps) + 1)
                ],
            )
        )


def _turn(table: Table, texts: Texts, person: Person, scores: Scores | None, turn: int) -> dict[str, Any]:
    """Return what a participant did in a turn, with scores where there are any.

    What was said after the last turn of a game that is over stands with that turn.
    """
    ruleset, played = table.ruleset, len(table.game.steps)
    last = turn == played and table.game.over
    made = np.flatnonzero(table.game.steps[turn - 1].causes.moves[:, 0])
    mine = [int(at) for at in made if ruleset.roles[ruleset.moves[at].role].id == person.role]
    predicted: Prediction | None = table.predictions.get((turn, person.role or "", person.id))
    asks = {item.id: texts.question(item) for item in table.loaded.questions}
    found: dict[str, Any] = {
        "turn": turn,
        "orders": [texts.move(at) for at in mine],
        "readings": dict(predicted.readings) if predicted is not None else {},
        "score": None,
        "answers": [],
        "said": [text for at, text in person.said if at == turn or (last and at > turn)],
    }
    if predicted is None:
        return found
    judged = {item.question: item for item in (scores.answers if scores else ()) if item.turn == turn}
    found["answers"] = [
        {"ask": asks.get(name, name), "said": said, "judged": judged.get(name)}
        for name, said in predicted.questions.items()
    ]
    said = scores.readings if scores else ()
    found["score"] = next((item.score for item in said if item.turn == turn), None)
    return found
