"""A small ruleset made by hand that uses every mechanism of the engine once."""

import numpy as np

from game.engine.expression import Call, Const, Expr, Leaf
from game.engine.ruleset import (
    Agreement,
    Bloc,
    Contest,
    Cost,
    Event,
    Indicator,
    Move,
    Objective,
    Outcome,
    Role,
    Rule,
    Ruleset,
)

TRUST, UNREST = Leaf("indicator", 0), Leaf("indicator", 1)


def times(factor: float, leaf: Expr) -> Expr:
    return Call("mul", (Const(factor), leaf))


def indicator(name: str, start: float, **changes: object) -> Indicator:
    values: dict[str, object] = {
        "id": name,
        "start": start,
        "low": 0.0,
        "high": 100.0,
        "noise": 1.0,
        "rests_at": 50.0,
        "rests_rate": 0.05,
        "soft_bottom": 35.0,
        "soft_top": 45.0,
        "errors": (9.0, 15.0),
        "hidden": (False, False),
    }
    return Indicator(**(values | changes))  # type: ignore[arg-type]


INDICATORS = (
    indicator("trust", 55.0),
    indicator("unrest", 40.0, rests_rate=0.0, soft_bottom=0.0, soft_top=0.0),
    indicator("secret", 30.0, hidden=(False, True), errors=(0.0, 0.0)),
)

ROLES = (
    Role(
        "city", 5.0, 3.0, 9.0, 2,
        (Objective("calm", UNREST, 70.0, 20.0, 2.0), Objective("seats", Leaf("seats", 0), 10.0, 60.0, 1.0)),
        0.5, (1,), 0, 0.3,
    ),
    Role("union", 4.0, 2.0, 8.0, 1, (Objective("trust", TRUST, 30.0, 70.0, 1.0),), 0.5, (3,), None, 0.2),
)  # fmt: skip

# Moves: 0-2 city's policies, 3-4 union's, 5-6 signatures, 7-8 answers.
MOVES = (
    Move("talks", "policy", 0, 2.0, tags=frozenset({"calm"})),
    Move("works", "policy", 0, 1.5, cooldown=1),
    Move("raid", "policy", 0, 3.0, covert=0.6, excludes=frozenset({0}), tags=frozenset({"raid"})),
    Move("strike", "policy", 1, 2.0, when=Call("gt", (UNREST, Const(20.0)))),
    Move("rumour", "policy", 1, 1.0, covert=1.0),
    Move("sign.pact", "sign", 0, 1.0, agreement=0),
    Move("sign.pact", "sign", 1, 0.0, agreement=0, when=Call("not", (Leaf("happened", 1),))),
    Move("march.allow", "answer", 0, 0.0, event=0),
    Move("march.forbid", "answer", 0, 1.0, event=0),
)

EVENTS = (
    Event(
        "march", None, times(0.008, UNREST), Call("gt", (Leaf("turn"), Const(1.0))), False,
        frozenset({0, 1}), 0, 1, 7, (7, 8),
    ),
    Event("leak", None, times(0.5, Leaf("in_force", 0)), None, True, frozenset({0, 1})),
    Event("vote", 3, None, None, False, frozenset({0, 1})),
    Event("memo", None, Const(0.2), None, False, frozenset({0})),
)  # fmt: skip

AGREEMENTS = (Agreement("pact", (0, 1), 2, False, False, False, frozenset({2}), frozenset({1})),)

CAUSE_MOVE, CAUSE_EVENT, CAUSE_PACT, CAUSE_BREACH = 1, 1 + len(MOVES), 1 + len(MOVES) + 4, 1 + len(MOVES) + 5

RULES = tuple(
    Rule(f"rule{number}", cause, target, by, after, lasts, cause != 0, coefficients)
    for number, (cause, target, by, after, lasts, coefficients) in enumerate(
        [
            (0, 0, times(-0.05, UNREST), 0, 1, (1.0, 1.0)),
            (
                0,
                1,
                times(-0.02, Call("max", (Const(0.0), Call("sub", (TRUST, Const(30.0)))))),
                0,
                1,
                (1.0, 0.0),
            ),
            (0, 1, Call("log", (Call("div", (TRUST, UNREST)),)), 0, 1, (0.5, 1.0)),
            (CAUSE_MOVE + 0, 1, Const(-4.0), 0, 1, (1.0, 0.3)),
            (CAUSE_MOVE + 0, 0, times(0.05, TRUST), 1, 2, (1.0, 1.0)),
            (CAUSE_MOVE + 1, 0, Const(3.0), 0, 1, (1.0, 1.0)),
            (CAUSE_MOVE + 2, 1, Const(-6.0), 0, 1, (1.2, 1.0)),
            (CAUSE_MOVE + 2, 1, Const(5.0), 1, 1, (0.5, 1.5)),
            (CAUSE_MOVE + 3, 1, Const(7.0), 0, 1, (1.0, 1.0)),
            (CAUSE_MOVE + 4, 0, Const(-2.5), 0, 2, (1.0, 1.0)),
            (CAUSE_MOVE + 8, 1, Const(4.0), 0, 1, (0.0, 1.0)),
            (CAUSE_EVENT + 0, 1, Const(2.0), 0, 1, (1.0, 1.0)),
            (CAUSE_EVENT + 1, 0, Const(-5.0), 0, 1, (1.0, 1.0)),
            (CAUSE_EVENT + 3, 2, Const(6.0), 0, 1, (1.0, 1.0)),
            (CAUSE_PACT, 1, Const(-1.5), 0, 1, (1.0, 1.0)),
            (CAUSE_BREACH, 0, Const(-8.0), 0, 1, (1.0, 1.0)),
        ]
    )
)

RULESET = Ruleset(
    id="small",
    turns=6,
    dates={"vote": 3},
    pace=1.0,
    covert_rate=0.3,
    readings=("hopeful", "wary"),
    prior=np.array([0.5, 0.5]),
    world=None,
    indicators=INDICATORS,
    roles=ROLES,
    moves=MOVES,
    events=EVENTS,
    factors=np.array([[1.0, 1.4], [1.0, 1.0], [1.0, 1.0], [1.0, 2.0]]),
    agreements=AGREEMENTS,
    contests=(Contest("council", 3, 101, 0.1),),
    blocs=(
        Bloc("reds", 0, 40, Call("add", (Const(3.0), times(0.01, TRUST)))),
        Bloc("blues", 0, 35, Const(3.5)),
        Bloc("greens", 0, 26, times(0.07, UNREST)),
    ),
    rules=RULES,
    outcomes=(Outcome("calm", Call("lt", (UNREST, Const(35.0)))), Outcome("unsettled", None)),
    costs=(
        Cost("hot_turns", Call("ge", (UNREST, Const(45.0))), None),
        Cost("distrust", None, Call("sub", (Const(100.0), TRUST))),
    ),
)
