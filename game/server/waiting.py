"""What does an open socket wait with? Little: asyncio's own queue and event take four thousand bytes a socket."""

import asyncio
from typing import Any


class Waiting:
    """Messages in their order, for one reader; does what `asyncio.Queue` does as far as a socket needs it."""

    __slots__ = ("_messages", "_reader")

    def __init__(self) -> None:
        """Begin without a message."""
        self._messages: tuple[Any, ...] = ()
        self._reader: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        """Return whether no message waits."""
        return not self._messages

    def put_nowait(self, message: Any) -> None:
        """Add a message."""
        self._messages += (message,)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Any:
        """Return the next message, once there is one."""
        while not self._messages:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        message, *rest = self._messages
        self._messages = tuple(rest)
        return message


class Gate:
    """Lets all through while it is open; does what `asyncio.Event` does as far as a socket needs it."""

    __slots__ = ("_opened",)

    def __init__(self) -> None:
        """Begin open."""
        self._opened: asyncio.Future[None] | None = None

    def set(self) -> None:
        """Open it."""
        if self._opened is not None:
            self._opened.set_result(None)
            self._opened = None

    def clear(self) -> None:
        """Close it."""
        if self._opened is None:
            self._opened = asyncio.get_running_loop().create_future()

    async def wait(self) -> None:
        """Return once it is open."""
        while self._opened is not None:
            await asyncio.shield(self._opened)  # who is cancelled leaves the others waiting
