"""What do spreadsheets get of a game? Tidy tables of orders, predictions, scores and indicators."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from game.base.errors import UsageError
from game.base.spreadsheet import csv_of
from game.debrief.pseudonyms import is_pseudonym, pseudonym_of
from game.engine import judge
from game.locale import _
from game.play.scores import Scores, scores_of
from game.play.table import Table
from game.play.texts import Texts, texts_of
from game.scenario.writing import writable, write


def tables_of(table: Table) -> dict[str, bytes]:
    """Return the tables of a game that is over by file name: UTF-8 with a mark, as spreadsheets open it.

    Raises:
        ContentError: The game is still running.
    """
    texts = texts_of(table.loaded, table.ruleset)
    scores = scores_of(table)
    people = {
        who: who[1] if is_pseudonym(who[1]) else pseudonym_of(place)
        for place, who in enumerate(scores.people())
    }
    return {
        "orders.csv": _written(("turn", "role", "role_label", "move", "move_label"), _orders(table, texts)),
        "predictions.csv": _written(
            ("turn", "role", "participant", "about", "id", "said"),
            [
                *(
                    (item.turn, item.role, people[item.role, item.participant], "reading", name, share)
                    for item in scores.readings
                    for name, share in item.said.items()
                ),
                *(
                    (
                        item.turn,
                        item.role,
                        people[item.role, item.participant],
                        "question",
                        item.question,
                        item.said,
                    )
                    for item in scores.answers
                ),
            ],
        ),
        "scores.csv": _written(
            ("what", "turn", "role", "participant", "id", "value"),
            [*_outcomes(table), *_brier(scores, people)],
        ),
        "indicators.csv": _written(
            ("turn", "indicator", "label", "value", *(f"report_{role}" for role in table.ruleset.role_at)),
            _indicators(table, texts),
        ),
    }


def write_tables(table: Table, folder: Path) -> list[Path]:
    """Write the tables into a folder, which is made if it is not there, and return their files.

    Raises:
        UsageError: A file of that name is there and is something else; nothing has been written then.
        EnvironmentLacksError: They cannot be written.
    """
    contents = {folder / name: content for name, content in tables_of(table).items()}
    for path, content in contents.items():
        with writable(path):
            stands = path.exists() and not path.read_bytes().startswith(content.partition(b"\n")[0])
        if stands:
            message = _("{path} exists already and is something else: name another folder")
            raise UsageError(message.format(path=path))
    for path, content in contents.items():
        write(path, content)
    return list(contents)


def _orders(table: Table, texts: Texts) -> Iterable[Sequence[Any]]:
    ruleset = table.ruleset
    for turn, order in enumerate(table.game.orders, start=1):
        for at in order:
            move = ruleset.moves[at]
            role = ruleset.roles[move.role].id
            yield turn, role, texts.roles[role], move.id, texts.move(at)


def _outcomes(table: Table) -> Iterable[Sequence[Any]]:
    ruleset, state = table.ruleset, table.game.state
    last = len(table.game.steps)
    for at, role in enumerate(ruleset.roles):
        yield "objectives", last, role.id, "", "", float(judge.score(ruleset, state, at)[0])
        for item, worth in zip(role.objectives, judge.worth(ruleset, state, at)[:, 0], strict=True):
            yield "objective", last, role.id, "", item.id, float(worth)


def _brier(scores: Scores, people: dict[tuple[str, str], str]) -> Iterable[Sequence[Any]]:
    for told in scores.readings:
        who = people[told.role, told.participant]
        if told.score is not None:
            yield "brier_readings", told.turn, told.role, who, "", told.score
        if told.evidence_score is not None:
            yield "brier_evidence", told.turn, told.role, who, "", told.evidence_score
    for item in scores.answers:
        who = people[item.role, item.participant]
        yield "brier_question", item.turn, item.role, who, item.question, item.score
        if item.score_2021 is not None:
            yield "brier_question_2021", item.turn, item.role, who, item.question, item.score_2021
        for reading, score in item.reading_scores.items():
            yield f"brier_question_{reading}", item.turn, item.role, who, item.question, score


def _indicators(table: Table, texts: Texts) -> Iterable[Sequence[Any]]:
    ruleset, game = table.ruleset, table.game
    for turn, state in enumerate(game.states()):
        for at, item in enumerate(ruleset.indicators):
            heard = [
                float(game.seen(role, turn).reports[at]) if turn and not item.hidden[role] else ""
                for role in range(len(ruleset.roles))
            ]
            yield turn, item.id, texts.indicator(at), float(state.x[at, 0]), *heard


def _written(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return csv_of(header, ([_rounded(value) for value in row] for row in rows))


def _rounded(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value
