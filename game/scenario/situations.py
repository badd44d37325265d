"""In which situations is an expectation tried?"""

from collections.abc import Iterator

from game.scenario.places import Path
from game.scenario.schema import Expect, Situation


def situations_of(expect: Expect) -> Iterator[Situation]:
    """Yield every situation of an expectation."""
    return (situation for _path, situation in placed_situations((), expect))


def placed_situations(path: Path, expect: Expect) -> Iterator[tuple[Path, Situation]]:
    """Yield every situation of an expectation with where it stands.

    Args:
        path: Where the expectation stands.
        expect: The expectation.
    """
    if expect.with_ is not None:
        yield (*path, "with"), expect.with_
    if expect.without is not None:
        yield (*path, "without"), expect.without
    for at, situation in enumerate(expect.both or ()):
        yield (*path, "both", at), situation
    if expect.at_least_times is not None:
        yield (*path, "at_least_times", "of"), expect.at_least_times.of
