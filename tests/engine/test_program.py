"""Does a formula mean the same, to the bit, on a single game's numbers and on rows?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.expression import Call, Leaf
from game.engine.program import _ON_NUMBERS, _ON_ROWS, compile_formulas

_ARGS = {"neg": 1, "not": 1, "abs": 1, "sqrt": 1, "exp": 1, "log": 1, "logistic": 1, "where": 3, "clamp": 3}
numbers = st.one_of(st.sampled_from([0.0, 1.0, 0.5, 100.0]), st.floats(-1e6, 1e6))


def test_every_operation_has_both_forms():
    assert set(_ON_NUMBERS) == set(_ON_ROWS)


@pytest.mark.parametrize("op", sorted(_ON_ROWS))
@given(first=st.tuples(numbers, numbers, numbers), second=st.tuples(numbers, numbers, numbers))
def test_numbers_and_rows_give_the_same_bits(op, first, second):
    leaves = tuple(Leaf("indicator", at) for at in range(_ARGS.get(op, 2)))
    program = compile_formulas([Call(op, leaves)])
    rows = np.broadcast_to(program.run(lambda leaf: np.array([first[leaf.index], second[leaf.index]]))[0], 2)
    for row, given_numbers in zip(rows, (first, second), strict=True):
        number = program.run(lambda leaf, known=given_numbers: known[leaf.index])[0]
        assert isinstance(number, float)
        assert number + 0.0 == row + 0.0  # the sign of nothing is never read


@pytest.mark.parametrize(("op", "given_numbers"), [("div", (100.0, 1e-308)), ("mul", (1e200, 1e200))])
def test_what_is_too_large_for_a_number_is_infinite_without_a_word(op, given_numbers):
    program = compile_formulas([Call(op, (Leaf("indicator", 0), Leaf("indicator", 1)))])
    assert program.run(lambda leaf: given_numbers[leaf.index]) == [np.inf]
    assert list(program.run(lambda leaf: np.full(2, given_numbers[leaf.index]))[0]) == [np.inf, np.inf]
