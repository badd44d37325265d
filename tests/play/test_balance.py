"""Are the figures of a scenario's balance right, and do they say in words what falls short?"""

import copy

import numpy as np
import pytest

from game.base.errors import UsageError
from game.engine import judge
from game.engine.bound import bind, pure
from game.engine.chance import roots_from
from game.engine.moves import first_obstacle
from game.engine.state import begin
from game.play.balance import CASTS, figures
from game.play.balance_games import play, replay, roots_in_blocks, tally
from game.play.balance_policies import Trials
from game.play.balance_shortfalls import longest_at_limit, shortfalls
from game.play.casts import DrawnBelief, Planned, RandomPlayer
from game.play.plans import moves_chosen
from game.play.quick import QuickBot
from game.play.wants import Wants, risk_of_breach
from game.scenario.loading import load

GAMES = 24


@pytest.fixture(scope="module")
def lesson():
    loaded = load("tutorial")
    assert loaded.ruleset is not None, loaded.findings
    return loaded


@pytest.fixture(scope="module")
def document(lesson):
    return figures(lesson, GAMES)


@pytest.mark.parametrize("player", [RandomPlayer, DrawnBelief])
def test_players_order_only_what_is_legal_and_the_same_in_every_lane_count(ruleset, player):
    players = [player(ruleset, role) for role in range(len(ruleset.roles))]
    played = play(bind(ruleset, pure(ruleset, 2)), players, roots_from(3, 6))
    for state, moves in zip(played.path, played.orders, strict=False):
        for lane in (0, 5):
            alone = state.take(np.array([lane]))
            assert np.array_equal(moves_chosen(ruleset, alone, players)[:, 0], moves[:, lane])
            for role in range(len(ruleset.roles)):
                order = [int(at) for at in np.flatnonzero(moves[:, lane]) if ruleset.moves[at].role == role]
                assert first_obstacle(ruleset, alone, order) is None


def test_beliefs_are_drawn_by_the_prior_and_stay(ruleset):
    bot = DrawnBelief(ruleset, 0)
    first = begin(ruleset, roots_from(1, 3000))
    believed = bot.believed(first)
    shares = np.bincount(believed, minlength=len(ruleset.readings)) / 3000
    assert shares == pytest.approx(ruleset.prior, abs=0.04)
    played = play(bind(ruleset, pure(ruleset, 0)), [bot], roots_from(1, 10))
    assert np.array_equal(bot.believed(played.end), believed[:10])


def test_orders_played_again_give_the_same_games(ruleset):
    bound = bind(ruleset, pure(ruleset, 1))
    roots = roots_from(9, 20)
    players = [RandomPlayer(ruleset, role) for role in range(len(ruleset.roles))]
    played = play(bound, players, roots)
    assert np.array_equal(replay(bound, played.orders, roots).x, played.end.x)


def test_blocks_hold_all_games_once():
    parts = roots_in_blocks(7, 2500)
    assert [len(part) for part in parts] == [1000, 1000, 500]
    assert np.array_equal(np.concatenate(parts), roots_from(7, 2500))


def test_leaving_a_policy_out_is_measured_on_common_luck(ruleset):
    """Worked by hand for one policy: play, take it out of the orders, play again."""
    players = [DrawnBelief(ruleset, role) for role in range(len(ruleset.roles))]
    found = tally(ruleset, 1, players, 40, 30, vary=True)
    bound, roots = bind(ruleset, pure(ruleset, 1)), roots_from(40, 30)
    played = play(bound, players, roots)
    at = ruleset.move_at[0, "technical_talks"]
    for moves in played.orders:
        moves[at] = False
    without = judge.score(ruleset, replay(bound, played.orders, roots), 0)
    used = played.end.played[at]
    expected = (judge.score(ruleset, played.end, 0) - without)[used].sum()
    assert found.used[at] == used.sum() > 0
    assert found.left_out[at] == pytest.approx(expected)


def test_a_point_counts_for_what_is_left_of_it(ruleset):
    """At the end a point is worth its slope; a point of something that falls back is worth less before."""
    role = ruleset.role_at["government"]
    wants = Wants(ruleset, role, ruleset.prior)
    economy = ruleset.indicator_at["economy"]
    objectives = ruleset.roles[role].objectives
    total = sum(item.weight for item in objectives)
    place = [item.id for item in objectives].index("livelihoods")
    slope = objectives[place].weight / total / (objectives[place].best - objectives[place].worst)
    course = wants.gains[1:, economy, place]
    assert course[-1] == pytest.approx(slope)
    assert (np.diff(course) > 0.0).all()
    assert course[-2] < slope * (1.0 - ruleset.indicators[economy].rests_rate) + 1e-3


def test_an_agreement_that_may_leak_is_a_risk(ruleset):
    secret = [item.id for item in ruleset.agreements].index("quiet_understanding")
    assert risk_of_breach(ruleset, ruleset.prior, secret)[1:] == pytest.approx(0.09)


def test_plans_keep_to_their_policies(ruleset):
    trials = Trials(ruleset, 0, 1, 4)
    assert trials.until == ruleset.dates["election"]
    assert len(trials.sets()) == 8 + 28
    talks, train = (ruleset.move_at[0, name] for name in ("technical_talks", "train_regulars"))
    before = np.zeros((len(ruleset.moves), 4), bool)
    after = before.copy()
    before[talks], after[train] = True, True
    bot = QuickBot(ruleset, 0, pure(ruleset, 0), policies=())
    played = play(bind(ruleset, pure(ruleset, 0)), [Planned(before, after, 6, bot)], roots_from(1, 4))
    policies = [at for at, move in enumerate(ruleset.moves) if move.kind == "policy"]
    for turn, moves in enumerate(played.orders, start=1):
        used = {at for at in policies if moves[at].any()}
        assert used <= ({talks} if turn <= 6 else {train})


def test_figures_are_shares_of_games(lesson, document):
    ruleset = lesson.ruleset
    assert document["scenario"] == "tutorial"
    assert document["games"] == GAMES
    assert document["readings"] == list(ruleset.readings)
    assert list(document["used"]) == list(CASTS)
    for cast in CASTS:
        for reading in ruleset.readings:
            shares = [values[reading] for values in document["outcomes"][cast].values()]
            assert sum(shares) == pytest.approx(1.0)
            assert document["swapped"][cast][reading][reading] == 0.0
    policies = [move.id for move in ruleset.moves if move.kind == "policy"]
    assert set(document["behind"]) == set(document["used"]["bots"]["policies"]) == set(policies)
    for behind in document["behind"].values():
        assert min(behind.values()) >= 0.0
    for curve in document["evidence"].values():
        assert len(curve) == ruleset.turns + 1
        assert curve[0] == pytest.approx((ruleset.prior**2).sum())


def test_figures_are_the_same_again_and_progress_is_told(lesson, document):
    told = []
    assert figures(lesson, GAMES, told.append) == document
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_a_senseless_number_of_games_is_refused(lesson):
    with pytest.raises(UsageError, match="0"):
        figures(lesson, 0)


def _sound(ruleset):
    """Return figures in which nothing falls short."""
    readings = ruleset.readings

    def each(*values):
        return dict(zip(readings, values, strict=True))

    curve = [0.33, 0.35, 0.40, 0.42, 0.45, 0.48, 0.52, 0.60, 0.68, 0.75, 0.80, 0.85]
    cast = {"policies": {"talks": each(0.5, 0.1, 0.0)}}
    return {
        "readings": list(readings),
        "used": {"bots": cast},
        "behind": {"talks": each(0.0, 0.2, 0.1)},
        "answers": {"raid": {"wait": each(0.1, 0.0, 0.0), "fire": each(-0.1, 0.1, 0.0)}},
        "outcomes": {"bots": {"shared": each(0.0, 0.01, 0.0)}, "random": {"shared": each(0.0, 0.03, 0.0)}},
        "objectives": {"bots": {"blocs": each(0.3, 0.5, 0.7)}},
        "knowing": {
            "blocs": {
                "bots": {
                    "knowing": each(0.6, 0.6, 0.6),
                    "prior": each(0.5, 0.5, 0.5),
                    "wrong": each(0.4, 0.4, 0.4),
                }
            }
        },
        "swapped": {"bots": {name: each(0.5, 0.5, 0.5) for name in readings}},
        "limits": {"bots": {"economy": each(0.0, 0.0, 0.09)}},
        "evidence": {"blocs": curve},
    }  # fmt: skip


def test_nothing_falls_short_of_sound_figures(ruleset):
    assert shortfalls(ruleset, _sound(ruleset)) == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("behind", "talks"), (0.05, 0.2, 0.1), ("talks", "0.050", "0.03")),
        (("used", "bots", "policies", "talks"), (0.01, 0.04, 0.0), ("talks", "4.0", "5.0")),
        (("answers", "raid", "wait"), (0.9, 0.9, 0.9), ("1 of 1", "raid")),
        (("outcomes", "random", "shared"), (0.0, 0.019, 0.0), ("shared", "1.9", "2.0")),
        (
            ("objectives", "bots", "blocs"),
            (0.3, 0.29, 0.71),
            ("blocs", "29.0 under {1} and 71.0 under {2}", "30.0 to 70.0"),
        ),
        (("knowing", "blocs", "bots", "knowing"), (0.5, 0.5, 0.4), ("blocs", "−0.033")),
        (("knowing", "blocs", "bots", "wrong"), (0.6, 0.5, 0.5), ("blocs", "−0.033")),
        (("swapped", "bots", "al_basri"), (0.9, 0.5, 0.5), ("al_basri", "al_azzawi", "70.0")),
        (("limits", "bots", "economy"), (0.0, 0.0, 0.1), ("economy", "10.0")),
    ],
)
def test_each_shortfall_names_the_figure_and_the_mark(ruleset, path, value, said):
    found = copy.deepcopy(_sound(ruleset))
    part = found
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = dict(zip(ruleset.readings, value, strict=True))
    sentences = shortfalls(ruleset, found)
    if path[0] == "swapped":
        assert sentences == []
        found["swapped"]["bots"]["al_azzawi"]["al_basri"] = 0.9
        sentences = shortfalls(ruleset, found)
        said = ("al_basri", "al_azzawi", "90.0")
    assert len(sentences) == 1
    for word in said:
        assert word.format(*ruleset.readings) in sentences[0]


@pytest.mark.parametrize(("turn", "value"), [(2, 0.55), (6, 0.70), (10, 0.95), (10, 0.60)])
def test_evidence_that_comes_too_soon_or_too_late_is_named(ruleset, turn, value):
    found = _sound(ruleset)
    found["evidence"]["blocs"][turn] = value
    (sentence,) = shortfalls(ruleset, found)
    assert f"turn {turn}" in sentence
    assert f"{value:.2f}" in sentence


def test_an_indicator_at_its_limit_is_told_as_the_table_tells_it(ruleset):
    found = _sound(ruleset)
    found["limits"]["random"] = {"economy": dict(zip(ruleset.readings, (0.25, 0.0, 0.02), strict=True))}
    assert list(longest_at_limit(found)["economy"].values()) == [0.25, 0.0, 0.09]
    (sentence,) = shortfalls(ruleset, found)
    assert "25.0" in sentence
