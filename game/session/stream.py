"""How does something said to a session become a kept fact? It is tried in memory and stands once it is stored.

A hall or a room is what its records make of it. Work on it runs under its lock, adds records and says an answer;
the answer is given when the records are on the disk. If another process was faster, the work and all that was built
on it is taken back, what the other has kept is read, and the work is done again; if the store refuses, it is taken
back and refused.
"""

import contextlib
import threading
import weakref
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter

from game.base.errors import RivalReadingsError
from game.locale import _, speak
from game.play.orders import Ack, Refused
from game.session.api import Clock
from game.session.store import Batch, Chain, ConflictError, Store
from game.session.stored import StoredRecord, UnsavedError

Answer: TypeAlias = Ack | Refused
"""What everybody gets who wants something changed."""

_ANSWERS: Final = TypeAdapter[Answer](Answer)
_PATIENCE: Final = 1.0
_LOOKS: Final = 4
"""How often whoever looks waits for the disk, so many seconds each time."""

_TRIES: Final = 20
"""How often work is done again because another process was faster."""


class GoneError(RivalReadingsError):
    """The session has been deleted."""


@dataclass(slots=True)
class Extra:
    """What is kept together with a work's records.

    Attributes:
        tokens: Participants by the hashes of new tokens.
        revoked: Participants whose older tokens end.
        opens: The code of a new session.
    """

    tokens: dict[str, str] = field(default_factory=dict)
    revoked: list[str] = field(default_factory=list)
    opens: str | None = None


class Stream(ABC):
    """What follows from the records of a hall or a room.

    Attributes:
        session: The session's id.
        number: 0 for the hall, else the room's.
        lock: Held by whoever reads or changes it.
        version: How many of its records are known to be on the disk.
    """

    def __init__(self, store: Store, clock: Clock, session: str, number: int) -> None:
        self.session, self.number = session, number
        self.lock = threading.RLock()
        self.version = 0
        self._store, self._clock = store, clock
        self._size = self._announced = 0
        self._chain = Chain(broken=True)
        self._added: list[dict[str, Any]] = []
        self._common: dict[str, Any] = {}
        self._answers: dict[str, tuple[Answer, Future[None] | None]] = {}
        self._watchers: list[Callable[[int, int], None]] = []
        self._late: deque[_Work] = deque()
        self._mending = threading.Lock()
        self._undo: tuple[int, Callable[[], None]] | None = None
        self._turned: Callable[[], Future[None] | None] = lambda: None
        self._now = 0.0

    @property
    def kept(self) -> bool:
        """Whether all that has taken effect here is on the disk, or else is read from there before anybody looks."""
        return self.stale or self.version == self._size

    @property
    def stale(self) -> bool:
        """Whether it must be read again before anybody looks."""
        return self._chain.broken

    @abstractmethod
    def forget(self) -> None:
        """Go back to before the first record."""

    @abstractmethod
    def replay(self, record: dict[str, Any], at: float) -> None:
        """Let a kept record take effect."""

    @abstractmethod
    def turns(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record changes what all see, so that nobody may see it before it is on the disk."""

    def remembered(self) -> Callable[[], None] | None:
        """Return what takes back records of one seat that follow; None if all must be read again instead."""
        return None

    def of_one_seat(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record changes no more than what `remembered` takes back."""
        del record
        return False

    @contextlib.contextmanager
    def looked_at(self) -> Iterator[None]:
        """Hold the lock while looking at what all see, which is on the disk by then; waits some seconds at most.

        Raises:
            GoneError: It has been deleted, or never was.
        """
        for _look in range(_LOOKS):  # between the waiting and the lock something may have happened again
            turned = self._turned()
            if turned is not None and not turned.done():
                wait([turned], timeout=_PATIENCE)
            del turned
            self.lock.acquire()
            if self._has_turned():
                break
            self.lock.release()
        else:
            self.lock.acquire()
        try:
            self.fresh()
            yield
        finally:
            self.lock.release()

    def _has_turned(self) -> bool:
        """Return whether what all see is on the disk."""
        turned = self._turned()
        return turned is None or turned.done()

    @abstractmethod
    def noted(self, record: Mapping[str, Any], at: float) -> None:
        """Take note that a record is on the disk, whoever has made it; called from any thread."""

    def append(self, record: Mapping[str, Any]) -> None:
        """Add a record that has taken effect already."""
        self._added.append({**self._common, **record})

    def write(self, kind: str, **content: Any) -> None:
        """Add a record and let it take effect."""
        record = {"record": kind, **content}
        self.append(record)
        self.replay(record, self._now)

    def close(self) -> None:
        """Take no more records: the next to look reads the stream again."""
        self._read_again()

    def _read_again(self) -> None:
        self._undo = None
        self._chain.broken = True

    def watch(self, watcher: Callable[[int, int], None]) -> Callable[[], None]:
        """Call back with number and version after every change; returns what ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    def fresh(self, *, new: bool = False) -> None:
        """Read the stream again if it is not what is kept; call it under the lock.

        Raises:
            GoneError: It has been deleted, or never was, and is not new.
        """
        if self.stale:
            self._go_back()
            stored = self._stored()
            if self._size and not stored:  # nobody was faster: perhaps it was deleted
                self._read_again()
                self._go_back()
                stored = self._stored()
            self._take(stored)
            self._chain = Chain()
        if self._size == 0 and not new:
            raise GoneError(_("There is no such session here."))

    def _stored(self) -> Sequence[StoredRecord]:
        """Return what is kept beyond what is known here."""
        return self._store.read(self.session, self.number, self._size)

    def _go_back(self) -> None:
        """Let nothing stand but what is known to be kept; all is forgotten where that is not remembered."""
        since, undo = 0, self.forget
        if self._undo is not None and self._undo[0] == self.version:
            since, undo = self._undo
        undo()
        self._undo = None
        self._size = self.version = since
        self._answers = {key: held for key, held in self._answers.items() if since and held[1] is None}

    def lacks(self, size: int) -> bool:
        """Return whether another process has kept what is not known here, if so many records are kept by now."""
        return not self.stale and self.version == self._size < size

    def heard(self, size: int | None, stored: Sequence[StoredRecord] = ()) -> None:
        """Catch up with what another process has kept.

        Args:
            size: How many records are kept; -1: all of it was deleted, None: look.
            stored: What was read of them since `version`, if anything.

        Raises:
            UnsavedError: It cannot be read; whoever looks next tries again.
        """
        # While something is on its way to the disk from here, this is read after it.
        self._announced = max(self._announced, size or 0)
        with self.lock:
            if size == -1:
                self._read_again()
            elif self.stale:
                self.fresh(new=True)
            elif self.version == self._size and (size is None or size > self._size):
                self._take(stored or self._stored())
            else:
                return
        self._tell()

    def _take(self, stored: Sequence[StoredRecord]) -> None:
        for item in stored:
            if item.number < self._size:
                continue
            if item.number > self._size:
                return
            self._now = item.at
            self.replay(item.body, item.at)
            self.noted(item.body, item.at)
            self._size += 1
            if item.key is not None and item.answer is not None:
                self._answers[item.key] = (_ANSWERS.validate_json(item.answer), None)
        self.version = self._size

    def perform(
        self,
        work: Callable[[], Answer],
        *,
        key: str | None = None,
        lang: str = "en",
        by: str | None = None,
        extra: Extra | None = None,
        new: bool = False,
    ) -> "Future[Answer]":
        """Do work that adds records; the future holds its answer once they are kept.

        Args:
            work: Runs under the lock, perhaps more than once; refuses before it adds anything.
            key: What its maker calls it: done once, and answered alike ever after.
            lang: Language of refusals.
            by: Participant who wants it, noted in every record.
            extra: What is kept together with the records; `work` may fill it.
            new: The stream need not exist yet.
        """
        outer: Future[Answer] = Future()
        # Whoever stops waiting cannot take it back: it is being kept, and the others must be told of it.
        outer.set_running_or_notify_cancel()
        self._try(_Work(work, key, lang, by, extra or Extra(), outer, _TRIES, new))
        return outer

    def _try(self, task: "_Work") -> None:
        try:
            with self.lock, speak(task.lang):
                self.fresh(new=task.new)
                if self._is_answered(task):
                    return
                done = self._begin(task)
                if done is None:
                    return
                chain, size = self._chain, self._size
        except GoneError as error:
            task.outer.set_result(Refused(code="stranger", reason=str(error)))
            return
        except UnsavedError as error:
            task.outer.set_result(_unsaved(task.lang, error))
            return
        except Exception as error:
            task.outer.set_exception(error)
            return
        done.add_done_callback(lambda kept: self._settle(task, kept, chain, size))

    def _is_answered(self, task: "_Work") -> bool:
        """Answer work that has been done already as it was answered then."""
        if task.key is None or task.key not in self._answers:
            return False
        answer, before = self._answers[task.key]
        if before is not None and not before.done():
            before.add_done_callback(lambda _done: self._later(task))
            return True
        if before is not None and before.exception() is not None:
            self.fresh(new=task.new)
            return self._is_answered(task)
        task.outer.set_result(answer)
        return True

    def _begin(self, task: "_Work") -> "Future[None] | None":
        """Do the work and queue its records; None if there is nothing to keep."""
        self._now = self._clock.now()
        self._common = {} if task.by is None else {"participant": task.by}
        task.extra.tokens.clear()
        task.extra.revoked.clear()
        if self._store.shared and 0 < self.version == self._size:
            undo = self.remembered()
            self._undo = (self.version, undo) if undo else None
        try:
            answer = task.work()
        except Exception:
            if self._added:
                self._read_again()
            self._added = []
            raise
        added, self._added = self._added, []
        if not added:
            task.outer.set_result(answer)
            return None
        batch = Batch(
            session=self.session,
            stream=self.number,
            first=self._size,
            at=self._now,
            bodies=added,
            chain=self._chain,
            key=task.key,
            answer=answer.model_dump_json() if task.key is not None else None,
            tokens=dict(task.extra.tokens),
            revoked=tuple(task.extra.revoked),
            opens=task.extra.opens,
        )
        if not all(map(self.of_one_seat, added)):
            self._undo = None
        self._size += len(added)
        done = self._store.submit(batch)
        if any(map(self.turns, added)):
            self._turned = weakref.ref(done)  # once it is kept, nobody else holds it
        task.answer, task.added, task.at = answer, added, self._now
        if task.key is not None:
            self._answers[task.key] = (answer, done)
        return done

    def _settle(self, task: "_Work", kept: "Future[None]", chain: Chain, size: int) -> None:
        """Answer the one who waits, in the writer's thread."""
        error = kept.exception()
        if error is None:
            if chain is self._chain:
                self.version = max(self.version, size)
                for record in task.added:
                    self.noted(record, task.at)
                if task.key is not None and task.answer is not None:
                    self._answers[task.key] = (task.answer, None)  # what led to it is let go
            assert task.answer is not None  # noqa: S101 - the work was done
            task.outer.set_result(task.answer)
            self._tell()
            if self.lacks(self._announced):
                _MENDERS.submit(self.heard, self._announced)
            return
        if isinstance(error, ConflictError) and task.tries > 0:
            self._late.append(replace(task, tries=task.tries - 1))
            _MENDERS.submit(self._again)
            return
        task.outer.set_result(_unsaved(task.lang, error))
        self._tell()

    def _again(self) -> None:
        """Do all work again that came too late, in its order, after everybody knows what came before it."""
        with self._mending:
            if self._late:
                with contextlib.suppress(UnsavedError):
                    self.heard(None)
            while self._late:
                self._try(self._late.popleft())

    def _later(self, task: "_Work") -> None:
        _MENDERS.submit(self._try, task)

    def _tell(self) -> None:
        for watcher in tuple(self._watchers):
            watcher(self.number, self.version)


def _unsaved(lang: str, error: BaseException) -> Refused:
    with speak(lang):
        reason = _("This could not be saved on the host's machine, so it does not count: {why}.")
        return Refused(code="unsaved", reason=reason.format(why=error))


@dataclass(slots=True)
class _Work:
    work: Callable[[], Answer]
    key: str | None
    lang: str
    by: str | None
    extra: Extra
    outer: "Future[Answer]"
    tries: int
    new: bool
    answer: Answer | None = None
    added: Sequence[Mapping[str, Any]] = ()
    at: float = 0.0


_MENDERS: Final = ThreadPoolExecutor(2, thread_name_prefix="store-mender")
"""Do work again that came too late."""
