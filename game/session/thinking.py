"""Who works out what takes long - estimates, forecasts, explanations - without holding up anybody's order?"""

import os
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Any, Final

from game.locale import _
from game.scenario.loading import Loaded
from game.session import replicas
from game.session.replicas import Question
from game.session.stored import Reader, UnsavedError

_TRIES: Final = 3
_MOST_AT_ONCE: Final = 4
"""Questions that go to a process in one message: they are answered in one, too."""


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
        self._waiting: deque[_Asked] = deque()
        self._busy = self._closed = False

    def ask(self, asked: _Asked) -> None:
        """Pass a question on, at the latest when those before it are answered."""
        with self._lock:
            self._waiting.append(asked)
        self._go_on()

    def _go_on(self) -> None:
        """Pass some of what waits to the process if it has nothing to do: every message to it costs the asker time."""
        if self._closed:
            self.close()
        with self._lock:
            if self._busy or self._closed or not self._waiting:
                return
            self._busy = True
            some = [self._waiting.popleft()]
            while self._waiting and len(some) < _MOST_AT_ONCE and _is_short(some[0], self._waiting[0]):
                some.append(self._waiting.popleft())
            process, inner = self._pass(some)
        inner.add_done_callback(lambda done: self._told(some, process, done))

    def _pass(self, some: Sequence[_Asked]) -> "tuple[ProcessPoolExecutor | None, Future[list[Any]]]":
        try:
            if self._process is None:
                context = get_context("spawn")
                self._process = ProcessPoolExecutor(1, mp_context=context, initializer=replicas.get_ready)
            for asked in some:
                if asked.loaded.digest not in self._scenarios:
                    self._process.submit(replicas.learn, replicas.ScenarioText.of(asked.loaded))
                    self._scenarios.add(asked.loaded.digest)
            wanted = [(asked.reader.where, asked.loaded.digest, asked.question) for asked in some]
            return self._process, self._process.submit(replicas.answers, wanted)
        except (
            BrokenProcessPool,
            OSError,
            RuntimeError,
        ) as error:  # or this machine can start no process now
            broken: Future[list[Any]] = Future()
            broken.set_exception(error)
            return self._process, broken

    def _told(
        self, some: Sequence[_Asked], process: ProcessPoolExecutor | None, done: "Future[list[Any]]"
    ) -> None:
        """Pass answers on; a process that has died is replaced in another thread, for this one holds its lock."""
        if done.cancelled() or not isinstance(done.exception(), BrokenProcessPool):
            self._answered(some, process, done)
        else:
            threading.Thread(target=self._answered, args=(some, process, done), name="thinker-mender").start()

    def _answered(
        self, some: Sequence[_Asked], process: ProcessPoolExecutor | None, done: "Future[list[Any]]"
    ) -> None:
        error = ClosingError(_("the session is closing")) if done.cancelled() else done.exception()
        if isinstance(error, OSError | RuntimeError):
            self._start_over(process)
        if isinstance(error, BrokenProcessPool):
            tried = [replace(asked, tries=asked.tries - 1) for asked in some]
            some = [asked for asked in tried if asked.tries < 0]
            with self._lock:
                self._waiting.extendleft(asked for asked in reversed(tried) if asked.tries >= 0)
        with self._lock:
            self._busy = False
        self._go_on()
        answers = [error] * len(some) if error is not None else done.result()
        for asked, found in zip(some, answers, strict=True):
            if isinstance(found, BaseException):
                asked.answer.set_exception(found)
            else:
                asked.answer.set_result(found)

    def _start_over(self, process: ProcessPoolExecutor | None) -> None:
        """Let another process be started instead of one that has died or could not be started."""
        with self._lock:
            if process is None or self._process is not process:
                return
            self._process = None
            self._scenarios.clear()
        process.shutdown(wait=False)

    def close(self) -> None:
        """End the process; what waits is not answered."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
            left, self._waiting = self._waiting, deque()
        if process is not None:
            process.shutdown(cancel_futures=True)
        for asked in left:
            asked.answer.set_exception(ClosingError(_("the session is closing")))


def _is_short(*asked: _Asked) -> bool:
    """Return whether questions are answered soon, so that none of them waits for long if they share a message."""
    return all(item.question.what == "estimates" for item in asked)


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
