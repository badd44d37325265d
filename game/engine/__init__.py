"""The turn, as pure functions on arrays: a reading is a column of coefficients, never another program.

Axes by fixed letters: V indicators, C causes, R rules, K readings, P moves, E events, A agreements,
B lanes (games computed side by side; an interactive game is B = 1).
"""
