"""How do strengths become seats?"""

import numpy as np

from game.base.arrays import Counts, Floats


def shares(strengths: Floats) -> Floats:
    """Return each bloc's share of the vote, [blocs, B], from log weights by softmax."""
    weights = np.exp(strengths - strengths.max(axis=0))
    total = np.zeros(weights.shape[1])
    for row in weights:
        total += row
    portions: Floats = weights / total
    return portions


def largest_remainder(portions: Floats, seats: int) -> Counts:
    """Share out seats so that each bloc gets its quota's whole part and the largest remainders the rest.

    Args:
        portions: Share of each bloc, summing to 1 in each lane, [blocs, B].
        seats: Seats to give out, exactly.

    Returns:
        Seats of each bloc, [blocs, B]. Of equal remainders the bloc listed first goes first.

    Source: the Hare quota with largest remainders, as in Gallagher and Mitchell (eds.), The Politics of
    Electoral Systems (2005), appendix A.
    """
    quota = portions * seats
    whole = np.floor(quota)
    left = seats - whole.sum(axis=0)
    order = np.argsort(-(quota - whole), axis=0, kind="stable")
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(len(portions))[:, None], axis=0)
    given: Counts = (whole + (place < left)).astype(np.int16)
    return given
