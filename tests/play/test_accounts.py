"""Does what accounts leave over tell them apart where it can, and only there?"""

from collections import Counter

import numpy as np
import pytest

from game.engine.bound import pure
from game.engine.moves import possible
from game.locale import speak
from game.play.accounts import explanation, worded
from game.play.game import Game
from game.play.texts import texts_of
from game.scenario.authoring.example import example
from game.scenario.loading import load, load_texts
from game.terminal.accounts import explanation_page


def moves_of(game, role, numbers):
    """Return a policy drawn from those that a role can use, if any."""
    can = possible(game.ruleset, game.state)[:, 0]
    mine = [
        at
        for at, move in enumerate(game.ruleset.moves)
        if move.role == role and move.kind == "policy" and can[at]
    ]
    return [int(numbers.choice(mine))] if mine else []


def named(scenario, games, turns):
    """Return how often explanations name the right analyst alone, a wrong one alone, or keep several."""
    loaded = load(scenario)
    ruleset, texts = loaded.ruleset, texts_of(loaded, loaded.ruleset)
    analysts = [loaded.scenario.readings[name].analyst for name in ruleset.readings]
    found = Counter()
    for seed in range(games):
        true = seed % len(analysts)
        game, numbers = Game(ruleset, seed, pure(ruleset, true)), np.random.default_rng(seed)
        for _turn in range(turns):
            game.resolve({role: moves_of(game, role, numbers) for role in range(len(ruleset.roles))})
        for at, item in enumerate(ruleset.indicators):
            if item.hidden[0]:
                continue
            view = explanation(game, texts, 0, at, 1, turns)
            said = explanation_page(view, [0.0] * (turns + 1))[-1]
            inside = [analyst for analyst in analysts if analyst in said]
            found["several" if len(inside) != 1 else "right" if inside == [analysts[true]] else "wrong"] += 1
    return found


def test_an_analyst_named_alone_is_right_far_more_often_than_wrong():
    with speak("en"):
        found = named("tutorial", 60, 3)
    assert found["right"] >= 4 * found["wrong"] > 0, found


def test_where_reports_err_far_nobody_is_named_alone():
    with speak("en"):
        found = named("baghdad-2021", 6, 6)
    assert found["several"] >= 20 * (found["right"] + found["wrong"]), found


def test_opposite_misses_do_not_cancel():
    with speak("en"):
        loaded = load("tutorial")
        game = Game(loaded.ruleset, 3, pure(loaded.ruleset, 0))
        for _turn in range(3):
            game.resolve({})
        heard = next(at for at, item in enumerate(loaded.ruleset.indicators) if not item.hidden[0])
        alone = [explanation(game, texts_of(loaded, loaded.ruleset), 0, heard, 1, turn) for turn in (1, 2, 3)]
    for account in range(len(alone[0].accounts)):
        left = [view.accounts[account].unexplained for view in alone]
        assert alone[2].accounts[account].gap == pytest.approx(sum(map(abs, left)) / 3)
        assert alone[2].accounts[account].misfit >= alone[0].accounts[account].misfit


def test_a_rule_of_one_account_is_told_by_its_own_reason_and_without_one_by_its_claim():
    loaded = load_texts({"scenario.yaml": example().source.text}, "example", None)
    texts = texts_of(loaded, loaded.compiled)
    at = {rule.id: place for place, rule in enumerate(loaded.compiled.rules)}
    terms = worded(
        texts, {at["prices.coins_count.always>passengers"]: 2.0, at["prices.coins_count.subsidy>thanks"]: 1.0}
    )
    assert [term.says for term in terms] == ["Cheap and calm", "Whoever pays less travels more."]
