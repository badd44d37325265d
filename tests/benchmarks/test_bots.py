"""How long do bots, evidence, compilation and checks take? Run with --benchmark-enable."""

from dataclasses import replace

import numpy as np
import pytest

from game.engine.bound import bind, pure
from game.engine.chance import roots_from
from game.engine.effects import parted
from game.engine.state import begin, side_by_side
from game.engine.turn import resolve
from game.play.claims import prove
from game.play.demo import orders_of_bots
from game.play.evidence import weigh
from game.play.forecast import QUANTILES, Forecaster, _drawn, quantiles
from game.play.game import Game
from game.play.plans import moves_chosen
from game.play.quick import QuickBot
from game.play.simulate import Request, simulate
from game.scenario.loading import load, load_texts


@pytest.fixture(scope="module")
def third_turn(ruleset):
    """A game before its third turn, all evidence weighed."""
    game = Game(ruleset, 1, pure(ruleset, 1))
    for _turn in range(2):
        game.resolve(orders_of_bots(game, range(4)))
    for role in range(4):
        game.evidence(role)
    return game


def test_three_search_bots_decide(benchmark, third_turn):
    assert len(benchmark(orders_of_bots, third_turn, (1, 2, 3))) == 3


def test_evidence_of_a_seat_after_a_turn(benchmark, ruleset, third_turn):
    seen, before = third_turn.seen(1, 2), third_turn.evidence(1, 1)
    assert benchmark(weigh, ruleset, before, seen).weights.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("futures", [250, 1000])
def test_forecast_to_the_last_turn(benchmark, ruleset, third_turn, futures):
    benchmark.group = "forecast, 3 readings, quick bots"
    evidence, forecaster = third_turn.evidence(0), Forecaster(ruleset, 0)
    assert len(benchmark(forecaster.look, evidence, (), futures)) == len(ruleset.readings)


@pytest.mark.parametrize("futures", [250, 1000])
def test_three_readings_others_idle(benchmark, ruleset, third_turn, futures):
    """The same futures without bots: the turns alone, and their quantiles."""
    benchmark.group = f"3 readings x {futures} futures, idle"
    luck = roots_from(1, futures)
    state = side_by_side([_drawn(item, luck) for item in third_turn.evidence(0).particles])
    bound = bind(ruleset, *(pure(ruleset, reading) for reading in range(3)))
    assert benchmark(_quantiles_to_the_end, bound, state).shape[-2:] == (3, len(QUANTILES))


@pytest.mark.parametrize("futures", [250, 1000])
def test_three_readings_one_by_one(benchmark, ruleset, third_turn, futures):
    """The naive way to the same numbers."""
    benchmark.group = f"3 readings x {futures} futures, idle"
    states = [_drawn(item, roots_from(1, futures)) for item in third_turn.evidence(0).particles]
    bounds = [bind(ruleset, pure(ruleset, reading)) for reading in range(3)]

    def naive():
        return [_quantiles_to_the_end(*pair) for pair in zip(bounds, states, strict=True)]

    assert len(benchmark(naive)) == 3


def _quantiles_to_the_end(bound, state):
    """Return quantiles of every turn from here on, those of each world apart."""
    idle, values = np.zeros((len(bound.ruleset.moves), state.lanes), bool), []
    while state.turn <= bound.ruleset.turns:
        state, _ = resolve(bound, state, idle)
        values.append(parted(bound, state.x))
    return quantiles(np.stack(values))


@pytest.mark.parametrize("others", ["idle", "quick"])
def test_simulate_5000_games(benchmark, baghdad, others):
    """One process's part of `simulate`, which plays 5000 games of a reading at a time."""
    benchmark.group = "simulate, 5000 games of one reading"
    request = Request(games=5000, readings=("al_basri",), others=others)
    assert benchmark.pedantic(simulate, (baghdad, request), rounds=5)["games"] == 5000


@pytest.mark.parametrize("bots", [False, True], ids=["idle", "quick bots"])
def test_a_turn_of_1000_lanes(benchmark, ruleset, bots):
    benchmark.group = "a turn, B = 1000"
    state, bound = begin(ruleset, roots_from(1, 1000)), bind(ruleset, pure(ruleset, 1))
    everybody = [QuickBot(ruleset, role) for role in range(4)]
    for _turn in range(4):
        state, _ = resolve(bound, state, moves_chosen(ruleset, state, everybody))
    choosers = everybody if bots else []

    def turn():
        return resolve(bound, state, moves_chosen(ruleset, state, choosers))

    assert np.isfinite(benchmark(turn)[0].x).all()


def test_load_without_claims(benchmark, baghdad):
    loaded = benchmark(load_texts, baghdad.files, baghdad.id, None)
    assert loaded.ruleset is not None


def test_bind_a_world(benchmark, ruleset):
    """Programs and coefficients of one world, made anew each time, as after an edit."""
    world = pure(ruleset, 0)
    assert benchmark(lambda: bind(replace(ruleset), world)).plans


def test_prove_every_claim(benchmark, baghdad):
    proofs = benchmark.pedantic(prove, (load(baghdad.id),), rounds=1)
    assert all(proof.holds for proof in proofs)
