"""Every legal order is accepted, every other refused with a code and a reason."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.bound import pure
from game.play.local_seat import LocalSeat
from game.play.orders import Ack, Order, Prediction, RefusalCode, Refused
from game.play.table import Table

CODES = set(get_args(RefusalCode))


@pytest.fixture(scope="module")
def table(baghdad, ruleset, tmp_path_factory):
    """A game in its third turn with every seat held by a person."""
    path = tmp_path_factory.mktemp("orders") / "game.jsonl"
    people = [role.id for role in ruleset.roles]
    table = Table.start(baghdad, people, path, seed=11, world=pure(ruleset, 0))
    for turn in (1, 2):
        for role in people:
            seat = LocalSeat(table, role)
            moves = next(((move.id,) for move in seat.view("en").policies if move.available), ())
            assert isinstance(seat.confirm(Order(turn=turn, moves=moves)), Ack)
    return table


def is_legal(view, chosen):
    """Judge an order by what the view says, without the code that judges orders."""
    moves = {move.id: move for move in view.policies}
    moves |= {option.id: option for decision in view.decisions for option in decision.options}
    moves |= {item.sign.id: item.sign for item in view.agreements if item.sign is not None}
    if len(set(chosen)) < len(chosen) or any(
        name not in moves or not moves[name].available for name in chosen
    ):
        return False
    if sum(moves[name].cost for name in chosen) > view.capital:
        return False
    if sum(name in {policy.id for policy in view.policies} for name in chosen) > view.slots:
        return False
    return all(
        len({option.id for option in decision.options} & set(chosen)) <= 1 for decision in view.decisions
    )


@given(role=st.integers(0, 3), data=st.data())
def test_orders_are_taken_if_legal_and_refused_with_a_code_if_not(table, ruleset, role, data):
    seat = LocalSeat(table, ruleset.roles[role].id)
    assert isinstance(seat.draft(Order(turn=3)), Ack)
    view = seat.view("en")
    names = [*sorted({move.id for move in ruleset.moves}), "no_such_move"]
    mine = sorted({move.id for move in ruleset.moves if move.role == role})
    chosen = tuple(data.draw(st.lists(st.sampled_from(mine) | st.sampled_from(names), max_size=4)))
    answer = seat.draft(Order(turn=3, moves=chosen))
    excluded = {(move.id, ruleset.moves[other].id) for move in ruleset.moves for other in move.excludes}
    legal = is_legal(view, chosen) and not any((a, b) in excluded for a in chosen for b in chosen)
    assert isinstance(answer, Ack) == legal, (chosen, answer)
    if isinstance(answer, Refused):
        assert answer.code in CODES
        assert answer.reason
        assert seat.view("en").draft == ()
    else:
        assert seat.view("en").draft == chosen
        reordered = tuple(data.draw(st.permutations(chosen)))
        assert isinstance(seat.draft(Order(turn=3, moves=reordered)), Ack)


def test_what_the_view_calls_available_is(table, ruleset):
    for role in ruleset.roles:
        seat = LocalSeat(table, role.id)
        assert isinstance(seat.draft(Order(turn=3)), Ack)
        view = seat.view("en")
        options = [option for decision in view.decisions for option in decision.options]
        signs = [item.sign for item in view.agreements if item.sign is not None]
        for move in (*view.policies, *options, *signs):
            answer = seat.draft(Order(turn=3, moves=(move.id,)))
            assert isinstance(answer, Ack) == move.available
            if isinstance(answer, Refused):
                assert (answer.code, answer.reason) == (move.code, move.reason)


def test_timely_refusals(table):
    seat = LocalSeat(table, "blocs")
    assert seat.draft(Order(turn=2)).code == "wrong_turn"
    assert seat.draft(Order(turn=4)).code == "wrong_turn"
    assert seat.draft(Order(turn=3, moves=("technical_talks",))).code == "not_yours"
    assert seat.draft(Order(turn=3, moves=("majority_pact", "majority_pact"))).code == "malformed"


def test_confirmed_and_over(baghdad, ruleset, tmp_path):
    table = Table.start(baghdad, ["blocs", "factions"], tmp_path / "game.jsonl", seed=2)
    seat = LocalSeat(table, "blocs")
    assert isinstance(seat.confirm(Order(turn=1)), Ack)
    assert seat.confirm(Order(turn=1)).code == "confirmed"
    assert seat.view("en").phase == "waiting"
    for turn in range(1, ruleset.turns + 1):
        for role in table.missing():
            assert isinstance(LocalSeat(table, role).confirm(Order(turn=turn)), Ack)
    assert seat.confirm(Order(turn=ruleset.turns)).code == "over"
    assert seat.view("en").phase == "over"
    assert seat.view("en").end is not None


def test_predictions_are_probabilities_of_the_readings(table, ruleset):
    seat = LocalSeat(table, "blocs")
    even = dict.fromkeys(ruleset.readings, 1.0 / len(ruleset.readings))
    assert isinstance(seat.predict("Zaynab", Prediction(turn=3, readings=even)), Ack)
    assert seat.predict("Zaynab", Prediction(turn=3, readings={"al_basri": 0.5})).code == "malformed"
    assert seat.predict("Zaynab", Prediction(turn=3, readings={"nobody": 1.0})).code == "unknown"
    assert seat.predict("Zaynab", Prediction(turn=1, readings=even)).code == "wrong_turn"


def test_the_true_ledger_stays_shut_while_the_game_runs(table):
    seat = LocalSeat(table, "blocs")
    assert seat.truth("combat_presence", 1, "en").code == "closed"
    story = seat.explain("combat_presence", 1, 2, "en")
    assert [account.reading for account in story.accounts] == list(table.ruleset.readings)
    for account in story.accounts:
        terms = sum(term.points for term in account.terms)
        assert terms == pytest.approx(account.explained, abs=0.3)
        assert account.explained + account.unexplained == pytest.approx(story.reported, abs=1e-9)
