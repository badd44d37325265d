"""A seat's view depends on what the seat may see, and on nothing else."""

from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.base.memo import Memo
from game.engine.bound import pure
from game.engine.chance import roots_of
from game.engine.ledger import Step
from game.engine.state import State
from game.locale import speak
from game.play.demo import orders_of_bots
from game.play.game import Game
from game.play.journal import Journal
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.sight import knows_agreement, sees_move
from game.play.table import Table
from game.play.viewing import Viewer
from game.scenario.loading import load_texts


def scrambled_state(ruleset, role: int, state: State, numbers: np.random.Generator) -> State:
    """Return a state in which everything that the role may not know is different."""
    x = numbers.uniform(0.0, 100.0, state.x.shape)
    exact = [
        at for at, item in enumerate(ruleset.indicators) if item.errors[role] == 0.0 and not item.hidden[role]
    ]
    x[exact] = state.x[exact]
    capital = numbers.uniform(0.0, 9.0, state.capital.shape)
    capital[role] = state.capital[role]
    mine = np.array([move.role == role for move in ruleset.moves])[:, None]
    others_cooldown = numbers.integers(0, 3, state.cooldown.shape, dtype=np.int16)
    hidden_pacts = [at for at in range(len(ruleset.agreements)) if not knows_agreement(ruleset, role, at)]
    in_force, signed = state.in_force.copy(), state.signed.copy()
    in_force[hidden_pacts] ^= True
    for at, item in enumerate(ruleset.agreements):
        if role not in item.parties:
            signed[at] = numbers.integers(0, 3, signed[at].shape)
    unseen = [at for at, event in enumerate(ruleset.events) if role not in event.seen_by]
    fired, opened = state.fired.copy(), state.open.copy()
    fired[unseen] += 1
    others = [at for at, event in enumerate(ruleset.events) if event.decides not in (None, role)]
    opened[others] = numbers.integers(0, 2, opened[others].shape)
    played = state.played.copy()
    secret = [at for at in range(len(ruleset.moves)) if not sees_move(ruleset, role, at, hidden=True)]
    played[secret] ^= True
    return replace(
        state,
        x=x,
        start=x,
        roots=roots_of([int(numbers.integers(2**62))]),
        pending=numbers.uniform(-5.0, 5.0, state.pending.shape),
        capital=capital,
        cooldown=np.where(mine, state.cooldown, others_cooldown),
        in_force=in_force,
        signed=signed,
        fired=fired,
        open=opened,
        played=played,
    )


@pytest.fixture(scope="module")
def played(baghdad, ruleset, tmp_path_factory):
    """A table in mid-game, every seat's observations made."""
    game = Game(ruleset, 41, pure(ruleset, 1))
    for _turn in range(4):
        game.resolve(orders_of_bots(game, range(len(ruleset.roles))))
    for role in range(len(ruleset.roles)):
        game.evidence(role)
    path = tmp_path_factory.mktemp("secrets") / "game.jsonl"
    return Table(baghdad, game, Journal.create(path, {}), [role.id for role in ruleset.roles])


@contextmanager
def scrambled(game, role, luck):
    """Within it, all that a role may not know of a game is different, and nothing told of it before is at hand."""
    honest = game.steps, game.world, game.seed, game.memo
    numbers = np.random.default_rng(luck)
    try:
        game.steps = [
            Step(
                scrambled_state(game.ruleset, role, step.before, numbers),
                step.causes,
                scrambled_state(game.ruleset, role, step.after, numbers),
            )
            for step in game.steps
        ]
        game.world = numbers.dirichlet(np.ones(len(game.world)))
        game.seed = int(numbers.integers(2**62))
        game.memo = Memo()
        yield
    finally:
        game.steps, game.world, game.seed, game.memo = honest


@given(role=st.integers(0, 3), luck=st.integers(0, 2**32))
def test_view_ignores_all_that_it_hides(played, role, luck):
    name = played.ruleset.roles[role].id
    with speak("en"):
        before = Viewer(played, name).view("en").model_dump_json()
        with scrambled(played.game, role, luck):
            assert Viewer(played, name).view("en").model_dump_json() == before


def told(table, name, until=4):
    """Return all that a seat is told beyond its view, worked out anew from what it observed."""
    table.game._evidence, table.game._forecasters = {}, {}
    seat = LocalSeat(table, name)
    parts = [
        seat.evidence("en"),
        seat.forecast(Order(turn=table.game.turn), "en"),
        seat.explain("attack_tempo", 1, until, "en"),
    ]
    return [part.model_dump_json() for part in parts]


@settings(max_examples=8)
@given(role=st.integers(0, 3), luck=st.integers(0, 2**32))
def test_evidence_forecast_and_accounts_ignore_all_that_the_seat_cannot_see(played, role, luck):
    name = played.ruleset.roles[role].id
    before = told(played, name)
    with scrambled(played.game, role, luck):
        assert told(played, name) == before


def test_what_happened_in_2021_stays_out_until_the_end(baghdad, tmp_path):
    files = dict(baghdad.files)
    files["history.yaml"] = files["history.yaml"].replace('text: "', 'text: "CANARY ')
    marked = load_texts(files, "baghdad-2021", None)
    assert all(fact.text.startswith("CANARY") for fact in marked.scenario.history.values())
    table = Table.start(marked, ["blocs"], tmp_path / "game.jsonl", seed=6)
    seat = LocalSeat(table, "blocs")
    for turn in range(1, 5):
        seat.confirm(Order(turn=turn))
        shown = seat.view("en").model_dump_json() + "".join(told(table, "blocs", until=turn))
        assert "CANARY" not in shown
        assert "in_2021" not in shown
        assert seat.scores("en").code == "closed"
        assert seat.truth("attack_tempo", 1, "en").code == "closed"
    table.close()


def test_scrambling_changes_what_is_not_hidden(played, ruleset):
    """The test above would not pass by showing nothing: another seat's view does change."""
    with speak("en"):
        views = {Viewer(played, role.id).view("en").model_dump_json() for role in ruleset.roles}
    assert len(views) == len(ruleset.roles)


def test_hidden_indicators_and_private_events_stay_out(played, ruleset):
    with speak("en"):
        for at, role in enumerate(ruleset.roles):
            view = Viewer(played, role.id).view("en")
            for item, shown in zip(ruleset.indicators, view.indicators, strict=True):
                numbers = (shown.estimate, shown.low, shown.high, shown.report, shown.change)
                assert shown.hidden == item.hidden[at]
                assert (numbers == (None,) * 5) == item.hidden[at]
            seen = {headline.id for headline in view.headlines}
            for event in ruleset.events:
                if at not in event.seen_by:
                    assert event.id not in seen
            assert "seed" not in view.model_dump_json()
