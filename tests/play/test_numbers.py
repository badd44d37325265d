"""Does a game never show or keep what is no number, however far apart its accounts are?"""

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest

from game.base.errors import ContentError
from game.engine.bound import pure
from game.play.evidence import first_evidence, weigh
from game.play.game import Game
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from game.play.testimony import Witness
from game.scenario.loading import load_texts
from tests.scenario.tiny import TEXT


def test_accounts_far_apart_have_finite_odds(tmp_path):
    """What one account expects cannot be told by another at all: the likelihoods are 0 as numbers."""
    text = TEXT.replace("{of: talk, change: trust, times: 2}", "{of: talk, change: trust, times: -99999}")
    loaded = load_texts({"scenario.yaml": text}, "bridge", None)
    assert loaded.ruleset is not None, loaded.findings
    table = Table.start(loaded, ["town"], tmp_path / "far.jsonl", seed=3, world=pure(loaded.ruleset, 1))
    seat = LocalSeat(table, "town")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        seat.confirm(Order(turn=1, moves=("talk",)))
        found = seat.evidence("en")
    table.close()
    told = found.turns[-1].testimonies
    assert told
    assert all(math.isfinite(item.ratio) and item.ratio > 0.0 for item in told)
    assert "inf" not in " ".join(item.text for item in told)
    assert max(max(item.ratio, 1.0 / item.ratio) for item in told) > 1000


@pytest.mark.parametrize("weights", [(1.0, 0.0), (0.0, 1.0)])
def test_an_account_that_seemed_impossible_can_come_back(weights):
    """As when one turn fits one account alone, and the next turn the other."""
    text = TEXT.replace("{of: talk, change: trust, times: 2}", "{of: talk, change: trust, times: -99999}")
    loaded = load_texts({"scenario.yaml": text}, "bridge", None)
    ruleset = loaded.ruleset
    game = Game(ruleset, 3, pure(ruleset, 1))
    talk = [move.id for move in ruleset.moves].index("talk")
    game.resolve({0: (talk,)})
    before = replace(first_evidence(ruleset, 0), weights=np.array(weights))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = weigh(ruleset, before, game.seen(0, 1)).weights
    assert np.isfinite(found).all()
    assert found.sum() == pytest.approx(1.0)
    assert found[1] > 0.99


def test_odds_of_likelihoods_are_those_of_the_textbook():
    logs, prior = np.log([0.9, 0.1, 0.2]), np.array([0.2, 0.6, 0.2])
    best, ratio = Witness("report", 0, logs).strongest(prior)
    assert (best, ratio) == (0, pytest.approx(0.9 / (0.75 * 0.1 + 0.25 * 0.2)))


@pytest.mark.parametrize(("logs", "ratio"), [((0.0, -5000.0), 1e6), ((-5000.0, 0.0), 1e-6)])
def test_no_account_is_ever_ruled_out_by_one_thing(logs, ratio):
    found = Witness("report", 0, np.array(logs)).strongest(np.array([0.5, 0.5]))
    assert found == (0, pytest.approx(ratio))


def test_a_value_that_is_no_number_ends_in_one_clear_error():
    loaded = load_texts({"scenario.yaml": TEXT}, "bridge", None)
    rules = [
        replace(rule, coefficients=(math.inf, math.inf)) if rule.id == "always>wealth" else rule
        for rule in loaded.ruleset.rules
    ]
    game = Game(replace(loaded.ruleset, rules=tuple(rules)), 1, np.array([0.5, 0.5]))
    with pytest.raises(ContentError, match="turn 1 'trust'"), np.errstate(invalid="ignore"):
        game.resolve({})
    assert game.steps == []
