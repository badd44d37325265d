"""How fast is a session's own table, without a network?"""

import resource
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from game.play.orders import Ack, Order
from game.play.views import View
from game.scenario.loading import load
from game.session.api import Act
from game.session.host import Host
from game.session.store import Store
from game.session.thinking import Thinkers
from tests.load.figures import Measured, peak


class InProcess:
    """A session of full rooms in this process, everybody on every seat."""

    def __init__(self, where: str, scenario: str, rooms: int, spread: float) -> None:
        self.host = Host(Store(where), thinkers=Thinkers())
        self.rooms, self.spread = rooms, spread
        loaded = load(scenario)
        created = self.host.create(loaded, rooms=rooms)
        self.roles = tuple(loaded.ruleset.role_at)
        self.tokens: dict[tuple[int, str], str] = {}
        for room in range(1, rooms + 1):
            for role in self.roles:
                joined = self.host.join(created.code, f"{room} {role}")
                assert self.host.claim(joined.token, room, role) == Ack(turn=1)
                self.tokens[room, role] = joined.token
        assert isinstance(self.host.act(created.facilitator_token, Act(kind="start")), Ack)
        self.able: dict[tuple[int, str], list[str]] = {}
        for place, token in self.tokens.items():
            self.note(place, self.host.view(token, "en"))
        self.readers = ThreadPoolExecutor(8)
        self.generator = np.random.default_rng(1)
        self.measured = Measured()

    def run(self, turns: int) -> Measured:
        """Play turns and return what was measured."""
        for turn in range(1, turns + 1):
            self.settle(self.turn(turn))
        self.measured.memory = peak()
        self.host.close()
        return self.measured

    @staticmethod
    def beside() -> float:
        """Return the highest resident set of a process that thinks, in MB."""
        return peak(resource.RUSAGE_CHILDREN)

    def note(self, place: tuple[int, str], view: View) -> None:
        """Note what a seat can do, by what it sees."""
        self.able[place] = [move.id for move in view.policies if move.available]

    def order(self, place: tuple[int, str], turn: int) -> Order:
        """Return an order with a policy drawn from those that the seat can use."""
        able = self.able[place]
        return Order(turn=turn, moves=(str(self.generator.choice(able)),) if able else ())

    def turn(self, turn: int) -> float:
        """Let everybody hand in an order and wait until everybody has the next turn's view; return when."""
        places = list(self.tokens)
        self.generator.shuffle(places)
        orders = [self.order((room, role), turn) for room, role in places]
        due = np.sort(self.generator.uniform(0.0, self.spread, len(places)))
        left = dict.fromkeys(range(1, self.rooms + 1), len(self.roles))
        lock, done = threading.Lock(), threading.Semaphore(0)
        cpu, began = time.process_time(), time.perf_counter()
        for (room, role), order, at in zip(places, orders, due, strict=True):
            time.sleep(max(0.0, began + at - time.perf_counter()))
            sent = time.perf_counter()

            def answered(answer: object, room: int = room, sent: float = sent) -> None:
                assert answer.result() == Ack(turn=turn), answer.result()
                self.measured.answers.append(time.perf_counter() - sent)
                with lock:
                    left[room] -= 1
                    last = left[room] == 0
                if last:
                    shown = self.readers.submit(self.show, room, sent)
                    shown.add_done_callback(lambda _shown: done.release())

            self.host.confirm_soon(self.tokens[room, role], order, f"{turn}").add_done_callback(answered)
        for _room in range(self.rooms):
            done.acquire()
        self.measured.cpu += time.process_time() - cpu
        self.measured.wall += time.perf_counter() - began
        self.measured.orders += len(places)
        self.measured.turns += self.rooms
        return began + self.spread

    def show(self, room: int, sent: float) -> None:
        """Make every member's view of the next turn."""
        for role in self.roles:
            view = self.host.view(self.tokens[room, role], "en")
            view.model_dump_json()
            self.note((room, role), view)
        self.measured.views.append(time.perf_counter() - sent)

    def settle(self, began: float) -> None:
        """Wait until every view has the estimates of the turn."""
        for token in self.tokens.values():
            while not self.host.view(token, "en").settled:
                time.sleep(0.01)
            self.measured.settled.append(time.perf_counter() - began)
