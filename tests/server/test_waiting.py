"""Does an open socket wait with little, and lose nothing by it?"""

import asyncio
import gc
from types import SimpleNamespace

from game.server.serving import Fair, Lasting
from game.server.waiting import Gate, Waiting
from tests.server.serving import never_reads, serving
from tests.session.group import Group
from tests.session.test_shared import until


def test_messages_come_in_their_order_at_once_or_later():
    async def told():
        waiting = Waiting()
        assert waiting.empty()
        waiting.put_nowait("first")
        waiting.put_nowait("second")
        assert not waiting.empty()
        found = [await waiting.get(), await waiting.get()]
        reader = asyncio.create_task(waiting.get())
        await asyncio.sleep(0)
        waiting.put_nowait("third")
        waiting.put_nowait("fourth")
        return [*found, await reader, await waiting.get()]

    assert asyncio.run(told()) == ["first", "second", "third", "fourth"]


def test_a_reader_that_is_cancelled_takes_no_message_with_it():
    async def told():
        waiting = Waiting()
        reader = asyncio.create_task(waiting.get())
        await asyncio.sleep(0)
        waiting.put_nowait("kept")
        reader.cancel()
        await asyncio.wait([reader])
        assert reader.cancelled()
        return await asyncio.wait_for(waiting.get(), 1)

    assert asyncio.run(told()) == "kept"


def test_a_gate_lets_all_through_once_it_is_open():
    async def passed():
        gate, through = Gate(), []

        async def go(name):
            await gate.wait()
            through.append(name)

        await asyncio.wait_for(go("open"), 1)
        gate.clear()
        gate.clear()
        goers = [asyncio.create_task(go(name)) for name in ("gone", "one", "other")]
        await asyncio.sleep(0)
        goers[0].cancel()
        await asyncio.wait(goers, timeout=0.05)
        assert through == ["open"]
        gate.set()
        gate.set()
        await asyncio.wait(goers, timeout=1)
        return through

    assert asyncio.run(passed()) == ["open", "one", "other"]


def test_a_gate_that_closes_again_at_once_is_closed():
    async def passes():
        gate = Gate()
        gate.clear()
        goer = asyncio.create_task(gate.wait())
        await asyncio.sleep(0)
        gate.set()
        gate.clear()
        await asyncio.wait([goer], timeout=0.05)
        return goer.done()

    assert not asyncio.run(passes())


def held(text):
    """Return whether anything that is of use holds a text, or its bytes, or what holds them."""
    gc.collect()
    wanted = frozenset((text, text.encode()))
    for holder in gc.get_objects():
        if isinstance(holder, dict | list | tuple | set):
            for item in holder.values() if isinstance(holder, dict) else holder:
                parts = item if isinstance(item, tuple) else (item,)
                if any(isinstance(part, str | bytes) and part in wanted for part in parts):
                    return True
    return False


def test_an_open_socket_holds_nothing_of_what_it_was_asked_for_with(baghdad, tmp_path):
    with serving(tmp_path, baghdad) as served:
        group = Group(served.host, baghdad).begin()
        person, name = SimpleNamespace(token=group.token()), group.ids[1, group.roles[0]]
        with never_reads(int(served.url.rpartition(":")[2]), person.token):
            assert until(lambda: served.host.session(group.name).presence.devices(name))
            assert until(lambda: not held(f"Bearer {person.token}"))


def alive(kind):
    """Return how many there are of a kind of object."""
    return sum(type(item) is kind for item in gc.get_objects())


def test_a_socket_leaves_nothing_that_must_be_looked_for(baghdad, tmp_path):
    with serving(tmp_path, baghdad) as served:
        group = Group(served.host, baghdad).begin()
        gc.collect()
        gc.disable()
        try:
            before = alive(Fair), alive(Lasting)
            with never_reads(int(served.url.rpartition(":")[2]), group.token()):
                assert until(lambda: alive(Lasting) > before[1])
                assert until(lambda: alive(Fair) == before[0])
            assert until(lambda: alive(Lasting) == before[1])
        finally:
            gc.enable()
