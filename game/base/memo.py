"""What was worked out already? Made when it is first asked for, and kept under a name."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")


class Memo:
    """Keeps what is made, for as long as whoever holds it."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def __call__(self, name: Hashable, make: Callable[[], _T]) -> _T:
        """Return what was made under a name; made now if it never was."""
        if name not in self._made:
            self._made[name] = make()
        made: _T = self._made[name]
        return made
