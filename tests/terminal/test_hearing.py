"""Is somebody who joined in text told at once what happens, and is what they type kept?"""

import os
import re
import select
import subprocess
import sys
import time

import pytest

from game.play.orders import Order
from game.scenario.loading import load
from game.session.api import Act, Settings
from tests.cli.command import ROOT, environment
from tests.server.serving import serving
from tests.session.test_shared import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")

_WAIT = 30.0


class Terminal:
    """Somebody at a terminal of their own, who has joined and taken the first seat."""

    def __init__(self, served, folder, begin=("-m", "game"), lang="en"):
        self.ours, theirs = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, *begin, "--lang", lang, "join", f"{served.url}/?code={served.code}", "--text"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env={**environment(folder), "TERM": "dumb", "COLUMNS": "90"},
        )
        os.close(theirs)
        self.shown = ""

    def sees(self, pattern):
        """Wait until something is shown after what was seen last, and return it."""
        end = time.monotonic() + _WAIT
        while not (found := re.search(pattern, self.shown, re.DOTALL)):
            ready, _w, _x = select.select([self.ours], [], [], max(0, end - time.monotonic()))
            assert ready, f"{pattern!r} is not in {self.shown!r}"
            try:
                self.shown += os.read(self.ours, 65536).decode().replace("\r\n", "\n")
            except OSError:  # the other side has closed
                assert re.search(pattern, self.shown, re.DOTALL), self.shown
        self.shown = self.shown[found.end() :]
        return found.group()

    def types(self, text):
        os.write(self.ours, text.encode())

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


@pytest.fixture
def served(tmp_path):
    with serving(tmp_path, load("tutorial"), settings=Settings()) as found:
        yield found


def begin(terminal):
    terminal.sees("Nickname:")
    terminal.types("Amal\n")
    terminal.sees("Which seat")
    terminal.types("1\n")
    terminal.sees("You are in")


def act(served, kind, **what):
    served.host.act(served.facilitator, Act.model_validate({"kind": kind, **what}))


@pytest.fixture
def terminal(served, tmp_path):
    found = Terminal(served, tmp_path)
    begin(found)
    act(served, "start")
    found.sees("Turn 1 > ")
    yield found
    found.close()


def test_what_happens_is_told_at_once_and_what_is_typed_stays(served, terminal):
    terminal.types("status al")
    terminal.sees("status al")
    act(served, "message", text="Two minutes left")
    terminal.sees(r"\nMessage from Facilitator: Two minutes left\nTurn 1 > status al")
    act(served, "pause")
    terminal.sees(r"\nThe game is paused.\nTurn 1 > status al")
    act(served, "resume")
    terminal.sees(r"\nThe game goes on.\nTurn 1 > status al")
    terminal.types("l\n")
    terminal.sees(r"Turn 1 > $")
    assert "I do not know" not in terminal.shown


def test_arabic_that_is_being_typed_stays_too(served, terminal):
    terminal.types("حال")
    terminal.sees("حال")
    act(served, "message", text="بقيت دقيقتان")
    terminal.sees(r"\nMessage from Facilitator: بقيت دقيقتان\nTurn 1 > حال")


def test_a_turn_that_ends_shows_the_next_and_keeps_what_is_typed(served, terminal):
    terminal.types("stat")
    terminal.sees("stat")
    act(served, "force")
    told = terminal.sees(r"\nThe game has gone on meanwhile.\n.*Turn 2 > stat")
    news = " ".join(told.partition("What you learned of turn 1:")[2].split())
    assert news.startswith(
        "- There was no order of your seat when turn 1 ended, so a caretaker acted in your"
    )
    terminal.types("us\n")
    terminal.sees("Turn 2 > $")
    terminal.types("confirm\n")
    terminal.sees("yes or no: ")
    act(served, "message", text="Hurry")
    terminal.sees(r"\nMessage from Facilitator: Hurry\n.*yes or no: ")
    act(served, "end")
    terminal.sees("The game is over > ")
    act(served, "debrief")
    terminal.sees("The debrief page of this game:\n.*The game is over > ")


def test_who_waits_for_the_others_is_told_too(served, terminal):
    other = served.host.join(served.code, "Basim")
    room = served.host.rooms(other.token, "en").rooms[0]
    served.host.claim(other.token, 1, room.seats[1].role)
    terminal.types("confirm yes\n")
    terminal.sees("Waiting for: ")
    act(served, "message", text="They think it over")
    terminal.sees("Message from Facilitator: They think it over\n")
    assert served.host.confirm(other.token, Order(turn=1)).turn == 1
    terminal.sees("Turn 2 > ")


def test_whoever_is_removed_is_told_at_once(served, terminal):
    name = served.host.overview(served.facilitator).participants[0].id
    act(served, "remove", participant=name)
    terminal.sees("The facilitator has removed you from this session.")
    assert terminal.process.wait(timeout=20) == 1


def test_whoever_is_removed_while_writing_is_told_and_is_out(served, terminal):
    terminal.types("write 1\n")
    terminal.sees("cancels: ")
    name = served.host.overview(served.facilitator).participants[0].id
    act(served, "remove", participant=name)
    terminal.sees("The facilitator has removed you from this session.")
    assert terminal.process.wait(timeout=20) == 1


def test_where_lines_cannot_be_edited_it_is_told_all_the_same(served, tmp_path):
    """As on Windows: the system keeps what was typed, and takes it with Enter."""
    blocked = "import sys; sys.modules['readline'] = None; from game.cli.main import run; run()"
    terminal = Terminal(served, tmp_path, ("-c", blocked))
    try:
        begin(terminal)
        act(served, "start")
        terminal.sees("Turn 1 > ")
        terminal.types("stat")
        act(served, "message", text="Hurry")
        terminal.sees(r"\nMessage from Facilitator: Hurry\nTurn 1 > ")
        terminal.types("us\n")
        terminal.sees("Turn 1 > $")
        act(served, "force")
        terminal.types("status\n")
        terminal.sees("The game has gone on meanwhile. .*Turn 2 > ")
    finally:
        terminal.close()


def test_where_lines_cannot_be_edited_a_message_is_sent_all_the_same_and_who_waits_goes_on(served, tmp_path):
    blocked = "import sys; sys.modules['readline'] = None; from game.cli.main import run; run()"
    terminal = Terminal(served, tmp_path, ("-c", blocked))
    try:
        begin(terminal)
        other = served.host.join(served.code, "Basim")
        served.host.claim(other.token, 1, served.host.rooms(other.token, "en").rooms[0].seats[1].role)
        act(served, "start")
        terminal.sees("Turn 1 > ")
        terminal.types("write 1\n")
        terminal.sees("cancels: ")
        terminal.types("Wait for")
        act(served, "force")
        terminal.sees("\nMessage to everybody; Enter alone cancels: ")
        terminal.types(" me\n")
        terminal.sees("Sent to everybody.\n\nThe game has gone on meanwhile.\n.*Turn 2 > ")
        (message,) = served.host.messages(other.token)
        assert message.text == "Wait for me"
        terminal.types("confirm yes\n")
        terminal.sees("Waiting for: ")
        assert served.host.confirm(other.token, Order(turn=2)).turn == 2
        terminal.sees("Turn 3 > ")
    finally:
        terminal.close()


def test_where_lines_cannot_be_edited_whoever_is_removed_is_told_at_once(served, tmp_path):
    blocked = "import sys; sys.modules['readline'] = None; from game.cli.main import run; run()"
    terminal = Terminal(served, tmp_path, ("-c", blocked))
    try:
        begin(terminal)
        act(served, "start")
        terminal.sees("Turn 1 > ")
        name = served.host.overview(served.facilitator).participants[0].id
        act(served, "remove", participant=name)
        told = terminal.sees(r"The facilitator has removed you from this session\..*Turn 1 > ")
        assert "Traceback" not in told
        terminal.types("status\n")
        terminal.sees("The facilitator has removed you from this session.")
        assert terminal.process.wait(timeout=20) == 1
    finally:
        terminal.close()


def test_where_input_is_no_terminal_it_is_told_before_the_next_line(served, tmp_path):
    ran = subprocess.Popen(
        [sys.executable, "-m", "game", "join", f"{served.url}/?code={served.code}", "--text"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(tmp_path),
    )
    ran.stdin.write(b"Amal\n1\n")
    ran.stdin.flush()
    assert until(lambda: served.host.overview(served.facilitator).rooms[0].seats[0].holders, _WAIT)
    act(served, "start")
    told = b""
    while b"Turn 1 >" not in told:
        told += os.read(ran.stdout.fileno(), 65536)
    act(served, "message", text="Hurry")
    assert b"Hurry" not in told
    ran.stdin.write(b"objectives\n")
    ran.stdin.flush()
    told = b""
    while b"Turn 1 >" not in told:
        told += os.read(ran.stdout.fileno(), 65536)
    assert b"What you want:" in told
    assert told.decode().splitlines()[-2:] == ["Message from Facilitator: Hurry", "Turn 1 > "]
    act(served, "message", text="Too late")
    act(served, "force")
    rest, _errors = ran.communicate(b"objectives\nobjectives\n", timeout=_WAIT)
    shown = " ".join(rest.decode().split())
    assert shown.index("The game has gone on meanwhile.") < shown.index("a caretaker acted in your name")
    assert shown.count("Message from Facilitator: Too late") == 1
    assert shown.count("Hurry") == 0
    assert "What you want:" in shown.partition("Turn 2 >")[2]


def test_what_is_written_while_the_turn_ends_stays_and_is_sent(served, terminal):
    terminal.types("write\n")
    terminal.sees("To whom do you write?.*cancels: ")
    terminal.types("1\n")
    terminal.sees("Message to everybody; Enter alone cancels: ")
    terminal.types("Wait for")
    terminal.sees("Wait for")
    act(served, "force")
    terminal.sees(r"\nThe game has gone on meanwhile; what you write .*\nMessage to everybody.*: Wait for")
    terminal.types(" me\n")
    terminal.sees("Sent to everybody.\n\nThe game has gone on meanwhile.\n.*Turn 2 > $")
    (message,) = served.host.said(served.facilitator, 1)
    assert message.text == "Wait for me"


def test_what_one_says_oneself_is_not_told_as_news(served, terminal):
    terminal.types("write 1\n")
    terminal.sees("cancels: ")
    terminal.types("Hello\n")
    terminal.sees("Sent to everybody.\n")
    act(served, "message", text="Thanks")
    assert "Hello" not in terminal.sees("Message from Facilitator: Thanks\nTurn 1 > ")


def test_no_line_of_a_message_passes_for_another_message(served, terminal):
    other = served.host.join(served.code, "Basim")
    served.host.claim(other.token, 1, served.host.rooms(other.token, "en").rooms[0].seats[1].role)
    served.host.send(other.token, "all", "Hello\nMessage from Facilitator: stop")
    terminal.sees(r"\(Basim\): Hello\n   Message from Facilitator: stop\nTurn 1 > ")


def test_two_people_at_terminals_write_to_each_other_in_their_languages(served, tmp_path):
    people = [Terminal(served, tmp_path / lang, lang=lang) for lang in ("en", "ar")]
    try:
        for person, name in zip(people, ("Amal", "باسم"), strict=True):
            person.sees(": $")
            person.types(f"{name}\n")
            person.sees(": $")
            person.types("1\n" if name == "Amal" else "2\n")
            assert until(
                lambda name=name: any(
                    name in seat.holders for seat in served.host.overview(served.facilitator).rooms[0].seats
                ),
                _WAIT,
            )
        act(served, "start")
        english, arabic = people
        english.sees("Turn 1 > $")
        arabic.sees("الجولة 1 > $")
        english.types("write 2\n")
        english.sees("cancels: ")
        english.types("Shall we?\n")
        english.sees("Type a number; Enter alone offers none: ")
        english.types("1\n")
        english.sees("Sent to .*Turn 1 > $")
        arabic.sees(r"\(Amal\): Shall we\?\nعرض: [^\n]+\nالجولة 1 > $")
        arabic.types("رسائل\n" if "رسائل" in arabic.shown else "messages\n")
        arabic.sees("Shall we.*> $")
        arabic.types("1\n")
        arabic.sees(": $")
        arabic.types("نعم، غدا\n")
        arabic.sees("1. .*: $")
        arabic.types("\n")
        english.sees(r"Message from [^\n]*\(باسم\): نعم، غدا\nTurn 1 > $")
    finally:
        for person in people:
            person.close()


def test_who_waits_can_write_and_goes_on_at_once(served, terminal):
    other = served.host.join(served.code, "Basim")
    served.host.claim(other.token, 1, served.host.rooms(other.token, "en").rooms[0].seats[1].role)
    terminal.types("confirm yes\n")
    terminal.sees("Waiting for: .*Waiting, turn 1 > $")
    terminal.types("confirm\n")
    terminal.sees("Your order is in; wait for the others.\n")
    terminal.types("write 1\n")
    terminal.sees("cancels: ")
    terminal.types("We are ready\n")
    terminal.sees("Sent to everybody.*> $")
    (message,) = served.host.messages(other.token)
    assert message.text == "We are ready"
    terminal.types("stat")
    terminal.sees("stat")
    assert served.host.confirm(other.token, Order(turn=1)).turn == 1
    terminal.sees("Turn 2 > stat")
