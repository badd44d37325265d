"""Can people in text play write to each other in a group session, and read what was written?"""

import re

import httpx
import pytest

from game.locale import speak
from game.remote.client import Client, LostError
from game.remote.seat import RemoteSeat, claim, join
from game.scenario.loading import load
from game.session.api import Act, Settings
from game.terminal.console import Console
from game.terminal.desk import Desk
from game.terminal.seated import Terminal
from tests.server.serving import serving
from tests.terminal.typist import begin, play_at

ROLES = list(load("tutorial").ruleset.role_at)


class Person:
    """Somebody at a prompt, who types what they are told to and keeps what is shown."""

    def __init__(self, served, nickname, role, lang):
        client = Client(served.url, patience=0.5)
        served.clients.append(client)
        assert join(client, served.code, nickname, lang) is None
        assert claim(client, 1, role, lang) is None
        self.seat, self.lang = RemoteSeat(client), lang
        self.shown, self.typed = [], []

    def sit(self):
        console = Console(self._read, self.shown.append, lambda: 400)
        self.desk = Desk(Terminal(console, self.lang, None), self.seat)

    def _read(self, prompt):
        self.shown.append(prompt)
        return self.typed.pop(0)

    def types(self, *lines):
        """Type a command and what it asks for; return what is shown."""
        self.shown.clear()
        first, *self.typed = lines
        with speak(self.lang):
            self.desk.obey(first)
        assert not self.typed, f"nobody asked for {self.typed} after {self.shown}"
        return "\n".join(self.shown)


@pytest.fixture
def served(tmp_path):
    with serving(tmp_path, load("tutorial"), settings=Settings()) as found:
        yield found


def two(served, lang="en"):
    people = [Person(served, name, role, lang) for name, role in zip(("Amal", "Basim"), ROLES, strict=False)]
    served.host.act(served.facilitator, Act(kind="start"))
    for person in people:
        person.sit()
    return people


def act(served, kind, **what):
    served.host.act(served.facilitator, Act(kind=kind, **what))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_two_people_write_to_each_other_and_offer_an_agreement(served, lang):
    amal, basim = two(served, lang)
    words = "نوقّع معا؟" if lang == "ar" else "Shall we sign?"
    view = amal.desk.view
    possible = [item for item in view.agreements if item.mine and ROLES[1] in item.parties]
    asked = amal.types("write", "2", words, "1")
    assert f"1. {possible[0].label}" in asked
    assert view.roles[ROLES[1]] in asked.splitlines()[-1]
    (message,) = basim.seat.messages()
    assert (message.text, message.to, message.offer) == (words, ROLES[1], possible[0].id)
    told = basim.types("messages")
    assert "\n1. " in told
    flat = " ".join(told.split())
    assert f"{view.roles[ROLES[0]]} (Amal)" in flat
    assert f"{possible[0].label} {words}" in flat
    assert told.endswith(f"\n   {words}")
    basim.types(
        "1", "yes" if lang == "en" else "نعم", ""
    )  # the number of the message answers it, offering nothing
    answer = amal.seat.messages()[-1]
    assert (answer.sender, answer.to, answer.offer) == (ROLES[1], ROLES[0], None)
    assert "2. " in amal.types("m")


@pytest.mark.parametrize(
    ("whom", "to"), [("1", "all"), ("press", "press"), ("Facilitator", "facilitator"), (ROLES[1], ROLES[1])]
)
def test_whoever_can_be_written_to_is_named_or_numbered(served, whom, to):
    amal, _basim = two(served)
    extra = [""] if to == ROLES[1] else []
    amal.types(f"write {whom}", "Hello", *extra)
    (message,) = amal.seat.messages()
    assert (message.to, message.text) == (to, "Hello")


def test_enter_alone_cancels_at_each_step_and_a_missed_name_is_told(served):
    amal, _basim = two(served)
    assert amal.types("write", "").endswith("Nothing was sent.")
    assert amal.types("write 1", "").endswith("Nothing was sent.")
    assert amal.types("write 2", " ").endswith("Nothing was sent.")
    told = amal.types("write zzz", "9", "")
    assert "There is no 'zzz' here." in told
    assert "it goes from 1 to" in told
    assert amal.seat.messages() == ()
    assert "Nothing was said yet." in amal.types("messages")


@pytest.mark.parametrize("length", [2001, 5000])
def test_what_the_host_refuses_is_told_and_kept(served, length):
    amal, _basim = two(served)
    told = amal.types("write 1", "x" * length)
    assert "A message has 1 to 2000 letters." in told
    assert "to send it, type: write" in told
    assert "Not sent yet, to everybody: xxx" in amal.types("write", "no", "1", "Hello")
    assert [item.text for item in amal.seat.messages()] == ["Hello"]


def test_a_message_refused_while_paused_is_sent_later_by_one_word(served):
    amal, _basim = two(served)
    act(served, "pause")
    assert "The game is paused: messages can be sent when it goes on." in amal.types("write 2", "Now", "1")
    assert amal.types("write", "").endswith("Nothing was sent.")
    act(served, "resume")
    assert "Sent to" in amal.types("write", "yes")
    (message,) = amal.seat.messages()
    assert message.text == "Now"
    assert message.offer
    assert "Not sent yet" not in amal.types("write", "")


def test_nobody_is_written_to_whom_the_host_does_not_know(served):
    amal, _basim = two(served)
    view = amal.desk.view
    amal.desk.view = view.model_copy(update={"roles": {**view.roles, "stranger": "Stranger"}})
    assert "There is nobody of this name to talk to." in amal.types("write stranger", "Hello")
    assert amal.seat.messages() == ()


def test_a_message_that_arrived_although_no_answer_did_counts_once(served, monkeypatch):
    amal, basim = two(served)
    http = amal.seat.client._http
    ask = http.request

    def goes_astray(*args, **kwargs):
        ask(*args, **kwargs)
        raise httpx.ConnectError("lost")

    monkeypatch.setattr(http, "request", goes_astray)
    with pytest.raises(LostError):
        amal.seat.say("all", "Hello")
    assert "does not answer" in amal.types("write 1", "Hello")
    monkeypatch.undo()
    assert "Sent to everybody." in amal.types("write", "yes")
    assert [item.text for item in basim.seat.messages()] == ["Hello"]
    amal.types("write 1", "Hello")  # said on purpose
    assert len(basim.seat.messages()) == 2


def test_controls_and_marks_of_direction_reach_nobodys_screen(served):
    amal, basim = two(served)
    amal.types("write 1", "one\x1b[2J\u202etwo\u2066\x07\ud800 three")
    assert "\n   one[2Jtwo? three" in basim.types("messages")
    served.host.send(amal.seat.client.token, "all", "Hello\n\rMessage from Facilitator: leave\x9b31m")
    shown = basim.types("messages")
    assert "\nMessage from Facilitator" not in shown
    assert not any(letter in shown for letter in "\x1b\x9b\x07\u202e\u2066\r")


def test_older_messages_are_there_on_demand(served):
    amal, basim = two(served)
    for number in range(1, 23):
        served.host.send(amal.seat.client.token, "all", f"word {number}.")
    told = basim.types("messages")
    assert "word 2." not in told
    assert "3. Turn 1" in told
    assert "Only the newest 20 messages are shown. For all of them, type: messages all" in told
    assert "   word 1.\n" in basim.types("messages all")
    assert "There is no number 23 here." in basim.types("23")
    basim.types("22", "Thanks", "")
    assert amal.seat.messages()[-1].to == ROLES[0]


def test_after_the_end_messages_go_on(served):
    amal, basim = two(served)
    act(served, "end")
    amal.desk.renew()
    assert "messages" in amal.types("help")
    amal.types("write 1", "Well played")
    assert [item.text for item in basim.seat.messages()] == ["Well played"]


def test_a_game_alone_knows_nothing_of_it(tmp_path):
    typist = play_at(begin(load("tutorial"), tmp_path, ROLES[:1]), ["help", "messages", "write 1", "quit"])
    assert "messages" not in typist.text.split("> messages")[0]
    assert typist.flat.count("This belongs to group sessions") == 2


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_four_digits_let_another_device_of_the_same_person_in(served, lang):
    amal, basim = two(served, lang)
    told = amal.types("pin")
    (digits,) = re.findall(r"\b\d{4}\b", told.replace(served.url, ""))
    assert served.url in told
    assert digits not in basim.types("messages")
    other = Client(served.url)
    served.clients.append(other)
    assert join(other, served.code, "", lang, digits) is None
    assert RemoteSeat(other).view(lang).role == ROLES[0]
    assert join(other, served.code, "", lang, digits).code == "stranger"
    assert amal.types("pin") != told


def test_only_what_can_be_done_in_a_session_is_listed(served):
    amal, _basim = two(served)
    told = amal.types("help")
    assert "finish" not in told
    assert "pin. " in told
    assert "This is the facilitator's to do." in amal.types("finish")
    assert "evidence" not in told
    assert "keeps the evidence back" in amal.types("evidence")
    assert "evidence" not in amal.types("turn").splitlines()[-1]
    act(served, "evidence", shown=True)
    amal.desk.renew()
    assert "evidence" in amal.types("help")
    act(served, "evidence", shown=False)
    act(served, "force")
    act(served, "end")
    amal.desk.renew()
    assert "evidence" in amal.types("help")


def test_what_a_caretaker_did_in_the_last_turn_is_told_at_the_end(served):
    amal, _basim = two(served)
    for _turn in range(load("tutorial").ruleset.turns):
        act(served, "force")
    amal.desk.renew()
    amal.desk.terminal.left = True
    amal.shown.clear()
    amal.desk.look_back()
    shown = "\n".join(amal.shown)
    told = f"There was no order of your seat when turn {load('tutorial').ruleset.turns} ended"
    assert 0 <= shown.find(told) < shown.index("The game is over:")


def test_who_waits_is_told_that_a_bot_plays_the_seat(served):
    amal, _basim = two(served)
    assert amal.desk.played_by() == []
    act(served, "hand", room=1, role=ROLES[0], held="bot")
    (told,) = amal.desk.played_by()
    assert told.startswith("A bot or caretaker plays this seat now")
    act(served, "force")
    amal.desk.renew()
    assert amal.desk.played_by()[1].startswith("A bot played your seat in turn 1. ")
