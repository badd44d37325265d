"""What each reading leads a seat to expect: from what it knows, on the same luck, by its own terms."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.bound import bind, pure
from game.engine.chance import roots_from
from game.engine.ledger import Step, rest_terms, rule_terms
from game.engine.turn import resolve
from game.play.demo import orders_of_bots
from game.play.forecast import QUANTILES, Forecaster
from game.play.game import Game
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.plans import moves_chosen
from game.play.quick import QuickBot
from game.play.table import Table


@pytest.fixture(scope="module")
def game(ruleset):
    game = Game(ruleset, 8, pure(ruleset, 2))
    game.resolve(orders_of_bots(game, range(len(ruleset.roles))))
    return game


def look(ruleset, game, moves=()):
    return Forecaster(ruleset, 0).look(game.evidence(0), moves, futures=120)


def test_bands_are_in_order_and_in_range(ruleset, game):
    for expected in look(ruleset, game):
        assert expected.bands.shape == (ruleset.turns - 1, len(ruleset.indicators), len(QUANTILES))
        assert (np.diff(expected.bands, axis=2) >= 0.0).all()
        assert (expected.bands >= 0.0).all()
        assert (expected.bands <= 100.0).all()
        assert expected.outcomes.sum() == pytest.approx(1.0)
        assert expected.seats.sum() == pytest.approx(329.0)


def test_same_knowledge_same_forecast(ruleset, game):
    for one, two in zip(look(ruleset, game), look(ruleset, game), strict=True):
        assert np.array_equal(one.bands, two.bands)


def test_readings_side_by_side_equal_each_alone_bit_for_bit(ruleset, game):
    evidence, forecaster = game.evidence(0), Forecaster(ruleset, 0)
    for reading, expected in enumerate(forecaster.look(evidence, (), futures=120)):
        roots, particles = roots_from(forecaster.luck, 120), evidence.particles[reading]
        state = replace(particles.take(np.arange(120) % particles.lanes), roots=roots)
        bots = [QuickBot(ruleset, role) for role in range(len(ruleset.roles))]
        for turn in range(ruleset.turns - 1):
            moves = moves_chosen(ruleset, state, bots[0 if turn else 1 :])
            state, _causes = resolve(bind(ruleset, pure(ruleset, reading)), state, moves)
            assert np.array_equal(expected.means[turn], state.x.mean(axis=1))
            assert np.array_equal(expected.bands[turn], np.quantile(state.x, QUANTILES, axis=1).T)
        assert np.array_equal(expected.seats, state.seats.mean(axis=1))


def test_terms_are_the_means_of_each_reading_s_own(ruleset, game):
    evidence, forecaster = game.evidence(0), Forecaster(ruleset, 0)
    planned = [ruleset.move_at[0, "train_regulars"]]
    bots = [QuickBot(ruleset, role) for role in range(1, len(ruleset.roles))]
    for reading, expected in enumerate(forecaster.look(evidence, planned, futures=120)):
        roots, particles = roots_from(forecaster.luck, 120), evidence.particles[reading]
        state = replace(particles.take(np.arange(120) % particles.lanes), roots=roots)
        moves = moves_chosen(ruleset, state, bots)
        moves[planned] = True
        bound = bind(ruleset, pure(ruleset, reading))
        after, causes = resolve(bound, state, moves)
        alone = [*rule_terms(bound, [Step(state, causes, after)]), *rest_terms(bound, state)]
        means = [(term.target, term.rule, float(term.points.mean())) for term in alone]
        told = [(term.target, term.rule, term.points) for term in expected.terms]
        assert told == [item for item in means if item[2]]
        assert len(told) > 30


def test_a_planned_move_counts_in_each_account_as_that_account_has_it(ruleset, game):
    move = ruleset.move_at[0, "train_regulars"]
    target = ruleset.indicator_at["forces_readiness"]
    for idle, trained in zip(look(ruleset, game), look(ruleset, game, [move]), strict=True):
        assert trained.means[0, target] - idle.means[0, target] > 2.0


def test_a_seat_sees_accounts_of_what_it_hears(baghdad, ruleset, tmp_path):
    table = Table.start(baghdad, ["factions"], tmp_path / "game.jsonl", seed=4)
    seat = LocalSeat(table, "factions")
    view = seat.forecast(Order(turn=1, moves=("declared_pause",)), "en")
    hidden = {item.id for item in ruleset.indicators if item.hidden[2]}
    assert [item.reading for item in view.readings] == list(ruleset.readings)
    for reading in view.readings:
        assert hidden.isdisjoint(item.id for item in reading.indicators)
        tempo = next(item for item in reading.indicators if item.id == "attack_tempo")
        assert any("pause" in term.text.lower() for term in tempo.terms)
        assert len(tempo.bands) == ruleset.turns
    assert seat.forecast(Order(turn=1, moves=("nothing",)), "en").code == "unknown"
