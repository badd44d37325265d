"""Formulas: what they mean, what is refused, and that no text can do harm."""

import ast
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.engine.expression import Call, Const, Expr, Leaf
from game.engine.program import compile_formulas
from game.scenario.bounds import Interval, Ranges, bounds, judge
from game.scenario.expressions import Formula, read
from game.scenario.formula_names import Names

NAMES = Names(
    indicators={"trust": 0, "anger": 1},
    dates={"vote": 6, "deadline": 11},
    events={"raid": 0, "leak": 1},
    agreements={"truce": 0},
    blocs={"reform": 0, "others": 1},
    outcomes={"peace": 0},
    moves={"talk": (0,), "strike": (1,), "raid.answer": (2,), "sign.truce": (3, 4)},
    tags={"attack": (1, 2)},
)
RANGES = Ranges((Interval(0.0, 100.0), Interval(-50.0, 50.0)), turns=11, seats=(329, 329))
VALUES = {
    Leaf("indicator", 0): 40.0,
    Leaf("indicator", 1): -7.5,
    Leaf("turn"): 4.0,
    Leaf("seats", 0): 30.0,
    Leaf("happened", 0): 1.0,
    Leaf("in_force", 0): 0.0,
    Leaf("played", 0): 0.0,
    Leaf("played", 1): 1.0,
    Leaf("played", 2): 0.0,
    Leaf("played", 3): 0.0,
    Leaf("played", 4): 1.0,
    Leaf("start", 0): 60.0,
    Leaf("outcome", 0): 1.0,
    Leaf("asked", 1): 3.0,
}


def value_of(expr: Expr, values: dict[Leaf, float] = VALUES) -> float:
    return float(compile_formulas([expr]).run(lambda leaf: values[leaf])[0])


def value(text: str, names: Names = NAMES) -> float:
    formula = read(text, names)
    assert formula.faults == (), text
    return value_of(formula.expr)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trust", 40.0),
        ("-0.05 * (trust - 45)", 0.25),
        ("1 + 2 * 3 - 4 / 8", 6.5),
        ("trust % 7", 5.0),
        ("anger % 2", 0.5),
        ("turn", 4.0),
        ("seats.reform + 1", 31.0),
        ("0 < turn < 5", 1.0),
        ("0 < turn < 4", 0.0),
        ("turn == 4 and trust != 4 or anger >= 0", 1.0),
        ("not in_force(truce)", 1.0),
        ("10 if happened(raid) else 20", 10.0),
        ("min(trust, 30, turn)", 4.0),
        ("max(1, 2)", 2.0),
        ("clamp(trust, 0, 30)", 30.0),
        ("abs(anger)", 7.5),
        ("sqrt(trust + 9)", 7.0),
        ("exp(0) + log(1)", 1.0),
        ("logistic(0)", 0.5),
        ("before(vote)", 1.0),
        ("after(vote)", 0.0),
        ("turns_to(vote)", 2.0),
        ("played(talk)", 0.0),
        ("played(attack)", 1.0),
        ("played(raid.answer)", 0.0),
        ("played(sign.truce)", 1.0),
        ("+turn - -2", 6.0),
        ("trust / 0", 0.0),
        ("trust / (turn - 4)", 0.0),
        ("trust\n  + 1", 41.0),
        ("((((((((((((1))))))))))))", 1.0),
    ],
)
def test_formula_means_what_it_says(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


def test_measures_and_questions_have_functions_of_their_own() -> None:
    names = NAMES.allowing("start", "chance", "asked")
    assert value("trust - start(trust)", names) == -20.0
    assert value("chance(raid) + chance(peace)", names) == 2.0
    assert value("asked(anger)", names) == 3.0
    [fault] = read("start(trust)", NAMES).faults
    assert fault.code == "X309"


@pytest.mark.parametrize(
    ("text", "code", "marked", "fix"),
    [
        ("trust && turn", "X304", "&&", "write and"),
        ("trust || turn", "X304", "||", "write or"),
        ("!trust", "X304", "!", "write not"),
        ("turn = 3", "X304", "=", "write =="),
        ("turn => 3", "X304", "=>", "write >="),
        ("turn <> 3", "X304", "<>", "write !="),
        ("trust ^ 2", "X303", "^", "multiply: x * x"),
        ("trust ** 2", "X303", "**", "multiply: x * x"),
        ("trust − 2", "X304", "−", "write -"),
        ("trust × 2", "X304", "×", "write *"),
        ("min(1، 2)", "X304", "،", "write ,"),
        ("turn > ٣", "X306", "٣", "write 3"),
        ("trust.real", "X305", "trust.real", "write seats.BLOC or played(trust.real)"),
        ("__import__", "X305", "__import__", "names begin with a small letter"),
        ("'trust'", "X306", "'", "write names as they are"),
        ("played(#attack)", "X306", "#", "write the tag alone: played(TAG)"),
        ("trust AND turn", "X304", "AND", "write and"),
        ("lambda", "X308", "lambda", "leave it out"),
        ("True", "X308", "True", "write 1 for true and 0 for false"),
        ("trust @ 2", "X306", "@", "take it out"),
        ("010", "X311", "010", "write 10"),
        ("1_000", "X311", "1_000", "write 1000"),
        ("1e3", "X311", "1e3", "write a number in digits with at most one point, such as 1000 or 0.25"),
        ("1000000000", "X311", "1000000000", "stay below 1000000000"),
        ("turn > 3 and trst < 20", "X312", "trst", "did you mean 'trust'?"),
        ("seats.refrom", "X312", "seats.refrom", "did you mean 'reform'?"),
        ("happened(rad)", "X312", "rad", "did you mean 'raid'?"),
        ("before(voted)", "X312", "voted", "did you mean 'vote'?"),
        ("played(atack)", "X312", "atack", "did you mean 'attack'?"),
        ("in_force(truse)", "X312", "truse", "did you mean 'truce'?"),
        ("happened(truce)", "X314", "truce", "it is an agreement; write in_force(truce)"),
        ("vote > 3", "X314", "vote", "it is a date; write before(vote), after(vote) or turns_to(vote)"),
        ("seats > 3", "X312", "seats", "write seats.BLOC"),
        ("abs", "X309", "abs", "write abs(...)"),
        ("mix(1, 2)", "X309", "mix", "did you mean 'min'?"),
        ("abs(1, 2)", "X310", "abs(1, 2)", "add or remove values"),
        ("clamp(trust)", "X310", "clamp(trust)", "write clamp(value, low, high)"),
        ("happened(1)", "X310", "happened(1)", "write happened(NAME)"),
        ("1 + (2", "X302", "(", "add ')'"),
        ("1 + 2)", "X302", ")", "take it out or add '('"),
        ("(((((((((((((1)))))))))))))", "X302", "(", "make the formula simpler"),
        ("1 2", "X307", "2", "add one, such as * or and"),
        ("2 trust", "X307", "trust", "add one, such as * or and"),
        ("2 (trust)", "X307", "2 (trust)", "add one, such as * or and"),
        ("trust +", "X307", "+", "add a number or a name"),
        ("* trust", "X307", "*", "add a number or a name"),
        ("1, 2", "X307", "1, 2", "write min(A, B), or 0.5 with a point"),
        ("1 if trust", "X307", "1 if trust", "a choice is written: VALUE if CONDITION else OTHER"),
        ("----1", "X307", "----", "write at most one"),
        ("", "X307", "", "write a number or a formula"),
    ],
)
def test_slip_is_named_where_it_stands(text: str, code: str, marked: str, fix: str) -> None:
    fault = read(text, NAMES).faults[0]
    assert (fault.code, text[fault.offset : fault.offset + fault.length], fault.fix) == (code, marked, fix)


def test_several_faults_are_found_at_once() -> None:
    faults = read("trst + angr * happened(lek)", NAMES).faults
    assert [fault.fix for fault in faults] == [
        "did you mean 'trust'?",
        "did you mean 'anger'?",
        "did you mean 'leak'?",
    ]


def test_too_long_formula_is_one_fault() -> None:
    assert [fault.code for fault in read("trst+" * 100, NAMES).faults] == ["X301"]


def test_policy_and_tag_of_one_name_are_told_apart() -> None:
    names = Names(moves={"attack": (0,)}, tags={"attack": (1,)})
    assert read("played(attack)", names).faults[0].code == "X316"


def test_unread_kind_lets_unknown_names_pass() -> None:
    names = Names(unread=frozenset({"indicator", "tag", "outcome", "event"})).allowing("chance")
    assert read("some_indicator + played(some_tag) + chance(some_end)", names).faults == ()
    assert read("in_force(nothing)", names).faults[0].code == "X312"


def test_uses_say_what_a_formula_reads() -> None:
    formula = read("trust > 3 and played(attack) and before(vote) and seats.reform", NAMES)
    uses = {(use.kind, use.name, formula.text[use.offset : use.offset + use.length]) for use in formula.uses}
    assert uses == {
        ("indicator", "trust", "trust"),
        ("tag", "attack", "attack"),
        ("date", "vote", "vote"),
        ("bloc", "reform", "seats.reform"),
    }


WORDS = (
    "trust",
    "turn",
    "seats.reform",
    "raid",
    "vote",
    "talk",
    "and",
    "or",
    "not",
    "if",
    "else",
    "2.5",
    "0",
)
SIGNS = (
    "(",
    ")",
    ",",
    "+",
    "-",
    "*",
    "/",
    "%",
    "<",
    "<=",
    "==",
    "!=",
    "min(",
    "clamp(",
    "played(",
    "before(",
)
SLIPS = ("^", "&&", "=", ".", "#", "'", "،", "٣", "lambda", "__class__", "\n", "True")
OPERATORS = ("+", "-", "*", "<", "<=", "==", "!=", "and", "or")
PIECES = st.sampled_from(WORDS + SIGNS + SIGNS + SLIPS)


@given(st.text(max_size=320) | st.lists(PIECES, max_size=60).map(" ".join))
@settings(max_examples=400)
def test_no_text_makes_an_exception(text: str) -> None:
    formula = read(text, NAMES)
    assert isinstance(formula, Formula)
    for fault in formula.faults:
        assert 0 <= fault.offset <= len(text)
        assert fault.offset + fault.length <= len(text)
        assert fault.message
        assert fault.fix


@pytest.mark.parametrize(
    "text",
    [
        "not " * 75,
        "-" * 300,
        "(" * 300,
        "1+" * 149 + "1",
        "\ud800",
        "\x00",
        "1if 2 else 3",
        "0x10",
        "1j",
        "a" * 300,
    ],
)
def test_hostile_text_is_only_reported(text: str) -> None:
    assert isinstance(read(text, NAMES), Formula)


SIMPLE = st.sampled_from(["trust", "anger", "turn", "seats.reform", "happened(raid)"]) | st.integers(
    0, 99
).map(str)


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(
        inner,
        st.sampled_from([*OPERATORS, "/", "%", ">", ">="]),
        inner,
    )
    return (
        two.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
        | st.tuples(st.sampled_from(["abs", "sqrt", "log", "logistic", "not ", "-"]), inner).map(
            lambda parts: f"({parts[0]}({parts[1]}))"
        )
        | st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})")
        | st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        )
        | inner.map(lambda part: f"clamp({part}, 0, 5)")
    )


FORMULAS = st.recursive(SIMPLE, _grow, max_leaves=6)
STATES = st.fixed_dictionaries(
    {
        Leaf("indicator", 0): st.floats(0.0, 100.0) | st.sampled_from([0.0, 100.0]),
        Leaf("indicator", 1): st.floats(-50.0, 50.0) | st.just(0.0),
        Leaf("turn"): st.integers(1, 12).map(float),
        Leaf("seats", 0): st.integers(0, 329).map(float),
        Leaf("happened", 0): st.sampled_from([0.0, 1.0]),
    }
)


@given(FORMULAS, STATES)
@settings(max_examples=400)
def test_interval_contains_what_occurs(text: str, state: dict[Leaf, float]) -> None:
    formula = read(text, NAMES)
    if formula.faults:
        return
    interval = bounds(formula.expr, RANGES)
    found = value_of(formula.expr, state)
    assert math.isfinite(found)
    slack = 1e-9 * max(1.0, abs(found))
    assert interval.low - slack <= found <= interval.high + slack


ARITHMETIC = st.recursive(
    st.integers(0, 9).map(str),
    lambda inner: (
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(" ".join)
        | inner.map(lambda part: f"({part})")
        | inner.map(lambda part: f"not {part}")
        | st.tuples(inner, inner, inner).map(lambda parts: f"{parts[0]} if {parts[1]} else {parts[2]}")
    ),
    max_leaves=10,
)


@given(ARITHMETIC)
def test_precedence_is_the_usual_one(text: str) -> None:
    formula = read(text, NAMES)
    if formula.faults:
        return
    tree = ast.parse(text, mode="eval")
    uses_logic = any(isinstance(node, ast.BoolOp) for node in ast.walk(tree))
    expected = eval(compile(tree, "", "eval"))  # noqa: S307 - digits and operators made above
    found = value_of(formula.expr)
    assert bool(found) == bool(expected) if uses_logic else found == float(expected)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("trust / turn", []),
        ("1 / trust", ["X313"]),
        ("1 / (trust - 4)", ["X313"]),
        ("1 / trust if trust > 0 else 0", []),
        ("1 / trust if trust != 0 and turn > 2 else 0", []),
        ("0 if trust <= 0 else 1 / trust", []),
        ("0 if not trust > 0 else log(trust)", []),
        ("log(trust)", ["X313"]),
        ("log(1 + trust)", []),
        ("sqrt(anger)", ["X313"]),
        ("trust % anger", ["X313"]),
        ("exp(trust)", ["X315"]),
        ("exp(0.1 * trust)", []),
        ("trust * trust * trust * trust * trust", ["X315"]),
        ("999999999 * 999999999", ["X315"]),
        ("*".join(["exp(50)"] * 20), ["X315"]),
    ],
)
def test_risks_are_seen_before_play(text: str, codes: list[str]) -> None:
    judged = judge(read(text, NAMES), RANGES)
    assert [fault.code for fault in judged.errors + judged.doubts] == codes


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("trust >= 0", True), ("trust > 100", False), ("turn > 3", None), ("turn < 1 or trust < 0", False)],
)
def test_conditions_that_always_or_never_hold(text: str, verdict: bool | None) -> None:
    interval = bounds(read(text, NAMES).expr, RANGES)
    found = True if interval.is_true else False if interval.is_false else None
    assert found is verdict


def test_narrowing_needs_a_value_that_fits_both() -> None:
    assert bounds(read("trust if trust > 200 else 7", NAMES).expr, RANGES) == Interval(7.0, 7.0)


def _nested(op: Callable[[Expr], Expr], times: int) -> Expr:
    expr: Expr = Leaf("turn")
    for _ in range(times):
        expr = op(expr)
    return expr


def test_quotients_stay_finite() -> None:
    tiny = {**VALUES, Leaf("indicator", 0): 1e-9, Leaf("indicator", 1): 0.0}
    formula = read("turn / trust / trust / trust", NAMES)
    assert value_of(formula.expr, tiny) == 1e9
    assert bounds(formula.expr, RANGES) == Interval(-1e9, 1e9)
    assert np.isfinite(value_of(_nested(lambda inner: Call("mul", (inner, Const(2.0))), 5), VALUES))
