"""Who works out what takes long - estimates, forecasts, explanations - without holding up anybody's order?"""

import os
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Any, Final

from game.locale import _
from game.scenario.loading import Loaded
from game.session import replicas
from game.session.reading import Reader, UnsavedError
from game.session.replicas import Question

_TRIES: Final = 3


class ClosingError(UnsavedError):
    """Nobody will answer any more."""


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A question on its way.

    Attributes:
        reader: Reads what is kept of the room.
        loaded: The room's scenario.
        question: What is asked.
        answer: What the asker waits for.
        tries: How often it may still be asked again.
    """

    reader: Reader
    loaded: Loaded
    question: Question
    answer: "Future[Any]" = field(default_factory=Future)
    tries: int = _TRIES


class Thinker:
    """One process that plays rooms along and answers what their seats ask; started when first asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: ProcessPoolExecutor | None = None
        self._scenarios: set[str] = set()

    def ask(self, asked: _Asked) -> None:
        """Pass a question on."""
        with self._lock:
            if self._process is None:
                self._process = ProcessPoolExecutor(
                    1, mp_context=get_context("spawn"), initializer=replicas.get_ready
                )
            process, digest = self._process, asked.loaded.digest
            try:
                if digest not in self._scenarios:
                    process.submit(replicas.learn, replicas.Scenario.of(asked.loaded))
                    self._scenarios.add(digest)
                inner = process.submit(replicas.answer, asked.reader.where, digest, asked.question)
            except BrokenProcessPool as error:
                inner = Future()
                inner.set_exception(error)
        inner.add_done_callback(lambda done: self._answered(asked, process, done))

    def _answered(self, asked: _Asked, process: ProcessPoolExecutor, done: "Future[Any]") -> None:
        if done.cancelled():
            asked.answer.set_exception(ClosingError(_("the session is closing")))
            return
        error = done.exception()
        if error is None:
            asked.answer.set_result(done.result())
            return
        try:
            if asked.tries == 0 or not isinstance(error, BrokenProcessPool):
                raise error
            self._start_over(process)
            self.ask(replace(asked, tries=asked.tries - 1))
        except Exception as final:
            asked.answer.set_exception(final)

    def _start_over(self, process: ProcessPoolExecutor) -> None:
        """Let another process be started instead of one that has died."""
        with self._lock:
            if self._process is process:
                process.shutdown(wait=False)
                self._process = None
                self._scenarios.clear()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.shutdown(cancel_futures=True)


class Thinkers:
    """Several processes, each for rooms of its own."""

    def __init__(self, processes: int | None = None) -> None:
        """Get ready; a process starts when it is first asked.

        Args:
            processes: How many; None: one for each core but one, which takes the orders.
        """
        count = max(1, (os.cpu_count() or 2) - 1) if processes is None else processes
        self._thinkers = [Thinker() for _n in range(count)]
        self._lock = threading.Lock()
        self._going: dict[Question, Future[Any]] = {}

    def ask(self, reader: Reader, loaded: Loaded, question: Question) -> "Future[Any]":
        """Return the answer's future; it fails as the question itself fails. The same question is worked out once."""
        with self._lock:
            if question in self._going:
                return self._going[question]
            asked = _Asked(reader, loaded, question)
            asked.answer.set_running_or_notify_cancel()
            self._going[question] = asked.answer
        asked.answer.add_done_callback(lambda _done: self._forget(question))
        place = hash((question.session, question.room))
        self._thinkers[place % len(self._thinkers)].ask(asked)
        return asked.answer

    @property
    def at_leisure(self) -> bool:
        """Whether an answer can be expected soon."""
        return len(self._going) <= len(self._thinkers)

    def _forget(self, question: Question) -> None:
        with self._lock:
            self._going.pop(question, None)

    def close(self) -> None:
        """End all processes."""
        for thinker in self._thinkers:
            thinker.close()
