"""Who hears at once that something is new on a host? A thread of its own, which tells whoever asked for it."""

import threading
from collections.abc import Callable
from typing import Final

from game.remote.client import Client

_REST: Final = 2.0
"""Seconds before a socket is opened anew that was lost, or could not open."""

_PATIENCE: Final = 3.0


class Listener:
    """Hears what a host tells until it is ended, or its client is closed."""

    def __init__(self, client: Client, hear: Callable[[str | None], None]) -> None:
        """Prepare to listen.

        Args:
            client: Who hears.
            hear: Called in the thread with all that `Client.news` yields, and with None whenever the host's socket was
                lost or could not open: from then on, one has to look for oneself.
        """
        self._client, self._hear = client, hear
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether nothing more will be heard."""
        return self._ended.is_set() or self._client.closed

    def stop(self) -> None:
        """Hear nothing more; may be called by whoever hears."""
        self._ended.set()

    def end(self) -> None:
        """Hear nothing more, and wait until that is so."""
        self.stop()
        self._client.hang_up()
        self._thread.join(timeout=_PATIENCE)

    def _listen(self) -> None:
        while not self.ended:
            for told in self._client.news():
                if self.ended:
                    return
                self._hear(told)
            if self.ended:
                return
            self._hear(None)
            self._ended.wait(_REST)
