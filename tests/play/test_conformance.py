"""One suite that every shipped scenario, variant and bot passes."""

import numpy as np
import pytest

from game.engine import judge
from game.engine.bound import bind, pure
from game.engine.chance import roots_from
from game.engine.ledger import ledger
from game.engine.moves import first_obstacle, legal_part
from game.engine.state import begin, horizon
from game.engine.turn import resolve
from game.play.batch import Circumstances, play_batch
from game.play.demo import demo
from game.play.plans import moves_chosen
from game.play.quick import QuickBot
from game.play.search import decide
from game.scenario.library import shipped
from game.scenario.loading import load


def everything() -> list[str]:
    """Return every shipped scenario and variant."""
    names = []
    for name in shipped():
        variants = (path for path in load(name).files if path.startswith("variants/"))
        names += [name, *(f"{name}:{path[9:-5]}" for path in sorted(variants))]
    return names


@pytest.fixture(scope="module", params=everything())
def ruleset(request):
    loaded = load(request.param)
    assert loaded.ruleset is not None, loaded.findings
    return loaded.ruleset


@pytest.fixture(scope="module")
def game(ruleset):
    return demo(ruleset, 3, pure(ruleset, 0))


def test_scenario_is_found_by_its_name(ruleset):
    assert load(ruleset.id).id == ruleset.id


def test_bots_play_it_to_an_ending(ruleset, game):
    assert game.over
    assert len(game.steps) == ruleset.turns
    assert 0 <= int(judge.outcomes(ruleset, game.state)[0]) < len(ruleset.outcomes)


def test_search_bots_order_only_what_is_legal(ruleset, game):
    for step in game.steps:
        for role in range(len(ruleset.roles)):
            order = decide(ruleset, role, step.before, game.evidence(role, step.before.turn - 1))
            assert first_obstacle(ruleset, step.before, order) is None


def test_quick_bots_order_only_what_is_legal(ruleset):
    bots = [QuickBot(ruleset, role) for role in range(len(ruleset.roles))]
    for path in play_batch(ruleset, pure(ruleset, 0), Circumstances(others=lambda role: bots[role]), 1, 30):
        for state in path[:-1]:
            moves = moves_chosen(ruleset, state, bots)
            for lane in range(0, 30, 7):
                alone = state.take(np.array([lane]))
                for role in range(len(ruleset.roles)):
                    order = [
                        int(at) for at in np.flatnonzero(moves[:, lane]) if ruleset.moves[at].role == role
                    ]
                    assert first_obstacle(ruleset, alone, order) is None


def test_quick_bots_do_the_same_in_every_lane_count(ruleset):
    bots = [QuickBot(ruleset, role) for role in range(len(ruleset.roles))]
    together = begin(ruleset, roots_from(5, 8))
    moves = moves_chosen(ruleset, together, bots)
    for lane in range(8):
        alone = begin(ruleset, roots_from(5 + lane, 1))
        assert np.array_equal(moves_chosen(ruleset, alone, bots)[:, 0], moves[:, lane])


def test_ledger_explains_every_change(ruleset, game):
    bound = bind(ruleset, game.world)
    for turn in range(1, ruleset.turns + 1):
        steps = game.steps[max(0, turn - 1 - horizon(ruleset)) : turn]
        sums = np.zeros(len(ruleset.indicators))
        for term in ledger(bound, steps):
            sums[term.target] += term.points[0]
        change = (steps[-1].after.x - steps[-1].before.x)[:, 0]
        assert sums == pytest.approx(change, abs=1e-9)


def test_lanes_equal_single_games(ruleset):
    circumstances = Circumstances(others=lambda role: QuickBot(ruleset, role))
    (together,) = play_batch(ruleset, ruleset.prior, circumstances, 11, 5)
    for lane in range(5):
        (alone,) = play_batch(ruleset, ruleset.prior, circumstances, 11 + lane, 1)
        for many, one in zip(together, alone, strict=True):
            assert np.array_equal(many.x[:, lane], one.x[:, 0])
            assert np.array_equal(many.seats[:, lane], one.seats[:, 0])


def test_every_role_can_act_and_be_absent(ruleset):
    state = begin(ruleset, roots_from(1, 1))
    for role in range(len(ruleset.roles)):
        assert any(move.role == role and move.kind == "policy" for move in ruleset.moves)
        assert first_obstacle(ruleset, state, []) is None
        assert all(ruleset.moves[at].role == role for at in ruleset.roles[role].caretaker)


def test_values_stay_finite_and_in_range_under_any_legal_orders(ruleset):
    state = begin(ruleset, roots_from(17, 60))
    numbers = np.random.default_rng(17)
    low = np.array([[item.low] for item in ruleset.indicators])
    high = np.array([[item.high] for item in ruleset.indicators])
    while state.turn <= ruleset.turns:
        wanted = numbers.random((len(ruleset.moves), state.lanes)) < 0.5
        state, _ = resolve(bind(ruleset, ruleset.prior), state, legal_part(ruleset, state, wanted))
        assert np.isfinite(state.x).all()
        assert ((state.x >= low) & (state.x <= high)).all()
        assert (state.capital >= -1e-9).all()
    for contest_at, contest in enumerate(ruleset.contests):
        members = [at for at, bloc in enumerate(ruleset.blocs) if bloc.contest == contest_at]
        assert (state.seats[members].sum(axis=0) == contest.seats).all()


def test_wording_decides_nothing(tmp_path):
    first = load("tutorial")
    for path, text in first.files.items():
        place = tmp_path / "worded-anew" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace('\ntitle: "', '\ntitle: "Another '), encoding="utf-8")
    again = load(tmp_path / "worded-anew")
    assert again.digest != first.digest
    games = [demo(loaded.ruleset, 3, pure(loaded.ruleset, 0)) for loaded in (first, again)]
    assert games[0].orders == games[1].orders
    assert games[0].evidence(0).weights.tolist() == games[1].evidence(0).weights.tolist()
