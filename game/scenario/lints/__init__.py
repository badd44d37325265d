"""What in a scenario without mistakes is still not worth having? Each module here is one lint.

A lint has a `CODE` and a function `look` that yields findings; being a module of this package is all that it
takes to be run. A comment in the line that a warning names silences it: `# ok: L704`.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from game.scenario.findings import Finding
from game.scenario.scene import Scene


class Lint(Protocol):
    """A module of this package."""

    CODE: str
    look: Callable[[Scene], Iterator[Finding]]


@cache
def lints() -> tuple[Lint, ...]:
    """Return every lint, by its module's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast(Lint, import_module(f"{__name__}.{name}")) for name in names)


def look(scene: Scene) -> Iterator[Finding]:
    """Yield what all lints find in a scenario."""
    for lint in lints():
        yield from lint.look(scene)
