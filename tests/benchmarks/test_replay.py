"""How long does looking back take? Run with --benchmark-enable; one by one is the naive way."""

import pytest

from game.base.digest import word_of
from game.engine.bound import pure
from game.engine.chance import roots_from
from game.engine.state import begin
from game.play.demo import demo
from game.play.game import Game
from game.play.replay import luck, under, without

SEEDS = 100


@pytest.fixture(scope="module")
def game(ruleset):
    return demo(ruleset, 7, pure(ruleset, 1))


@pytest.mark.benchmark(group="100 other lucks")
def test_all_at_once(benchmark, game):
    assert benchmark(luck, game, SEEDS).scores.shape[1] == SEEDS


@pytest.mark.benchmark(group="100 other lucks")
def test_one_by_one(benchmark, game, ruleset):
    roots = roots_from(word_of("naive"), SEEDS)

    def naive():
        for lane in range(SEEDS):
            single = Game(ruleset, 0, game.world)
            single._start = begin(ruleset, roots[lane : lane + 1])
            for order, step in zip(game.orders, game.steps, strict=True):
                single.resolve({0: order}, step.forced)

    benchmark.pedantic(naive, rounds=3)


def test_500_other_lucks(benchmark, game):
    benchmark(luck, game)


def test_under_another_reading(benchmark, game):
    benchmark(under, game, 0)


def test_without_each_move(benchmark, game):
    benchmark(without, game)
