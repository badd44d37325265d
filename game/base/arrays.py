"""What are the arrays of the engine called?

Axes by fixed letters: V indicators, C causes, R rules, K readings, P moves, E events, A agreements,
T turns, B lanes (games computed side by side; an interactive game is B = 1).
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.uint64]
Counts: TypeAlias = NDArray[np.int16]
"""Small whole numbers: turns left, times fired, seats."""

Number: TypeAlias = float | Floats
"""A number; where several worlds stand side by side and differ in it, one for each, [W, 1]."""
