"""Seats of a room: orders, resends, several people, messages, devices, and the store behind them."""

import threading

import pytest

from game.play.orders import Ack, Order, Prediction, Refused
from game.session.api import Joined
from tests.session.group import Group


@pytest.fixture
def group(host, tutorial) -> Group:
    return Group(host, tutorial).begin()


def test_a_turn_resolves_when_all_orders_are_in(group):
    assert group.confirm(0) == Ack(turn=1)
    assert group.status().missing == (group.roles[1],)
    assert group.confirm(1) == Ack(turn=1)
    assert group.status().turn == 2
    assert group.status().missing == group.roles


def test_a_resent_order_is_one_order_with_one_answer(group):
    order = Order(turn=1, moves=group.choice())
    answers = [group.host.confirm(group.token(), order, "mine") for _time in range(3)]
    assert answers == [Ack(turn=1)] * 3
    group.confirm(1)
    version = group.status().version
    assert group.host.confirm(group.token(), order, "mine") == Ack(turn=1)
    assert group.status().version == version
    again = group.host.confirm(group.token(), order, "another")
    assert isinstance(again, Refused)
    assert again.code == "wrong_turn"


def test_many_resends_at_once_have_one_effect(group):
    order = Order(turn=1, moves=group.choice())
    answers = [group.host.confirm_soon(group.token(), order, "mine") for _time in range(20)]
    assert {done.result(30) for done in answers} == {Ack(turn=1)}
    kept = group.host.store.read(group.name, 1)
    assert sum(item.body["record"] == "order" for item in kept) == 1


def test_foreign_late_and_oversized_orders_are_refused(group):
    foreign = next(move.id for move in group.host.view(group.token(1), "en").policies)
    assert group.host.confirm(group.token(), Order(turn=1, moves=(foreign,))).code in ("not_yours", "unknown")
    assert group.host.confirm(group.token(), Order(turn=2)).code == "wrong_turn"
    assert group.host.confirm(group.token(), Order(turn=1), "k" * 65).code == "malformed"
    assert group.host.confirm("no such token", Order(turn=1)).code == "stranger"
    assert group.host.send(group.token(), "all", "x" * 2001).code == "malformed"
    with pytest.raises(ValueError, match="moves"):
        Order(turn=1, moves=("x",) * 101)


def test_everything_is_there_after_a_restart(group, opened):
    group.play_turn()
    group.host.draft(group.token(), Order(turn=2, moves=group.choice()))
    group.host.send(group.token(), group.roles[1], "A word", "m")
    other = opened()
    for at in range(2):
        assert other.view(group.token(at), "en") == group.host.view(group.token(at), "en")
        assert other.messages(group.token(at)) == group.host.messages(group.token(at))
    assert other.status(group.token()).version == group.status().version
    order = Order(turn=2, moves=other.view(group.token(), "en").draft)
    assert other.confirm(group.token(), order, "k") == Ack(turn=2)


def test_two_people_of_a_seat_confirm_together(group):
    second = group.join("second")
    assert group.host.claim(second.token, 1, group.roles[0]) == Ack(turn=1)
    for token in (group.token(), second.token):
        group.host.present(token, 1)
    choice = group.choice()
    assert group.host.confirm(group.token(), Order(turn=1, moves=choice)) == Ack(turn=1)
    assert group.host.view(second.token, "en").draft == choice
    assert group.status().seats[0].proposed
    assert group.roles[0] in group.status().missing
    assert group.host.confirm(group.token(), Order(turn=1, moves=choice)) == Ack(turn=1)
    assert group.roles[0] in group.status().missing
    assert group.host.draft(second.token, Order(turn=1)) == Ack(turn=1)
    assert not group.status().seats[0].proposed
    assert group.host.confirm(second.token, Order(turn=1)) == Ack(turn=1)
    assert group.host.confirm(group.token(), Order(turn=1)) == Ack(turn=1)
    assert group.roles[0] not in group.status().missing


def test_a_closed_phone_does_not_block_its_seat(group):
    second = group.join("second")
    group.host.claim(second.token, 1, group.roles[0])
    group.host.present(second.token, 1)
    group.host.present(second.token, -1)
    group.confirm(0)
    assert group.roles[0] not in group.status().missing


def test_each_person_predicts_alone(group):
    second = group.join("second")
    group.host.claim(second.token, 1, group.roles[0])
    readings = list(group.loaded.ruleset.reading_at)
    for token, weight in ((group.token(), 0.75), (second.token, 0.25)):
        said = Prediction(turn=1, readings={readings[0]: weight, readings[1]: 1 - weight})
        assert group.host.predict(token, said) == Ack(turn=1)
        assert group.host.predicted(token) == said
    assert group.host.predicted(group.token()).readings[readings[0]] == 0.75
    assert group.confirm(0) == Ack(turn=1)
    late = Prediction(turn=1, readings={readings[0]: 0.5, readings[1]: 0.5})
    assert group.host.predict(second.token, late) == Ack(turn=1)
    assert group.confirm(1) == Ack(turn=1)
    assert group.host.predict(second.token, late).code == "wrong_turn"


def test_messages_reach_whom_they_are_for(group):
    observer = group.join("observer")
    group.act("seat", participant=observer.participant_id, room=1, post="observer")
    assert group.host.send(group.token(), group.roles[1], "between us", "a") == Ack(turn=1)
    assert group.host.send(group.token(), "all", "to all", "b") == Ack(turn=1)
    assert [item.text for item in group.host.messages(group.token(1))] == ["between us", "to all"]
    assert [item.text for item in group.host.messages(observer.token)] == ["to all"]
    assert group.host.send(observer.token, "all", "psst").code == "stranger"
    assert group.host.confirm(observer.token, Order(turn=1)).code == "stranger"


def test_nobody_floods_the_others_pages(group, clock):
    said = [group.host.send(group.token(), "all", f"{number}", f"k{number}") for number in range(61)]
    assert said[:60] == [Ack(turn=1)] * 60
    assert said[60].code == "too_often"
    assert group.host.send(group.token(), "all", "0", "k0") == Ack(turn=1)
    assert group.host.send(group.token(1), "all", "I may speak") == Ack(turn=1)
    clock.at += 60
    assert group.host.send(group.token(), "all", "60", "k60") == Ack(turn=1)
    assert len(group.host.messages(group.token())) == 62


def test_an_offer_names_an_agreement_of_both(group):
    agreement = group.host.view(group.token(), "en").agreements[0].id
    sent = group.host.send(group.token(), group.roles[1], "Sign?", "o", offer=agreement)
    assert sent == Ack(turn=1)
    assert group.host.messages(group.token(1))[0].offer == agreement
    assert group.host.send(group.token(), group.roles[1], "Sign?", offer="no_such").code == "unknown"


def test_a_pin_lets_a_second_device_in_once(group, clock):
    pin = group.host.pin(group.token())
    assert len(pin) == 4
    moved = group.host.move(group.code, pin)
    assert isinstance(moved, Joined)
    assert group.host.view(moved.token, "en") == group.host.view(group.token(), "en")
    refused = group.host.move(group.code, pin)
    assert refused.code == "stranger"
    arabic = group.host.move(group.code, pin, lang="ar").reason
    assert arabic.isascii() is False
    assert arabic != refused.reason
    late = group.host.pin(group.token())
    clock.at += 301
    assert group.host.move(group.code, late).code == "stranger"


def test_pins_cannot_be_guessed(group):
    pin = group.host.pin(group.token())
    wrong = [f"{number:04}" for number in range(6) if f"{number:04}" != pin][:5]
    for guess in wrong:
        assert group.host.move(group.code, guess, origin=guess).code == "stranger"
    assert group.host.move(group.code, pin, origin="elsewhere").code == "stranger"


def test_a_reissued_token_ends_the_old_one(group):
    new = group.host.reissue(group.facilitator, group.ids[1, group.roles[0]])
    assert isinstance(new, Joined)
    assert group.host.view(group.token(), "en").code == "stranger"
    assert group.host.view(new.token, "en").role == group.roles[0]
    assert group.host.reissue(new.token, group.ids[1, group.roles[1]]).code == "stranger"


def test_guessing_codes_is_held_back(group, clock):
    for number in range(10):
        assert group.host.join(f"WRONG{number}", "x", origin="phone").code == "unknown"
    assert group.host.join(group.code, "x", origin="phone").code == "too_often"
    assert isinstance(group.host.join(group.code, "y", origin="another"), Joined)
    clock.at += 61
    assert isinstance(group.host.join(group.code, "x", origin="phone"), Joined)


def test_guesses_from_everywhere_keep_nobody_out_but_those_who_guess(group, clock):
    guessers = [f"10.1.{number // 250}.{number % 250}" for number in range(400)]
    for at in guessers:
        assert group.host.join("WRONG1", "x", origin=at).code == "unknown"
    tried = [group.host.join("WRONG2", "x", origin=at).code for at in guessers]
    assert set(tried) == {"too_often"}
    assert isinstance(group.host.join(group.code, "late", origin="192.168.1.9"), Joined)
    assert group.confirm() == Ack(turn=1)
    clock.at += 61
    assert isinstance(group.host.join(group.code, "sorry", origin=guessers[0]), Joined)


def test_one_network_of_many_addresses_is_one_place(group):
    for number in range(10):
        assert group.host.join("WRONG1", "x", origin=f"2001:db8:0:7::{number:x}").code == "unknown"
    assert group.host.join(group.code, "x", origin="2001:db8:0:7:a:b:c:d").code == "too_often"
    assert isinstance(group.host.join(group.code, "x", origin="2001:db8:0:8::1"), Joined)
    for number in range(10):
        group.host.join("WRONG1", "x", origin=f"::ffff:10.0.0.{number}")
    assert isinstance(group.host.join(group.code, "y", origin="10.0.0.77"), Joined)


def test_an_unknown_room_or_session_is_never_made(group):
    stranger = group.join("late")
    assert group.host.claim(stranger.token, 99, group.roles[0]).code == "unknown"
    assert group.host.claim(stranger.token, 1, "nobody").code == "unknown"
    assert group.host.join("AAAAAA", "x").code == "unknown"
    assert group.host.store.sizes("nothing") == {}
    assert set(group.host.store.sizes(group.name)) == {0, 1}


def test_nicknames_are_cleaned_and_told_apart(group):
    assert group.host.join(group.code, " \u202e\n ").code == "malformed"
    assert isinstance(group.host.join(group.code, "Zaynab\u202e  al\n"), Joined)
    assert group.host.join(group.code, "zaynab al").code == "taken"
    for same in ("Zaynab\u3164 al", "\uff3aaynab al", "Zaynab\ufe0f al\u2800"):
        assert group.host.join(group.code, same).code == "taken"
    assert group.host.join(group.code, "\u3164\u2800").code == "malformed"


def test_one_device_cannot_fill_a_session(group):
    def join(number, origin="laptop"):
        return group.host.join(group.code, f"{origin} {number}", origin=origin)

    came = [join(number) for number in range(50)]
    assert all(isinstance(joined, Joined) for joined in came)
    assert join(50).code == "too_often"
    assert isinstance(join(50, "phone"), Joined)
    assert group.host.claim(came[0].token, 1, group.roles[0]) == Ack(turn=1)
    group.host.present(came[1].token, 1)
    assert isinstance(join(50), Joined)
    assert isinstance(join(51), Joined)
    assert join(52).code == "too_often"


def test_what_people_say_acts_on_no_screen(group):
    """Escapes, half letters that no page can be written with, and what turns the direction of all that follows."""
    typed = "  one\x00\x1b[2J\ud800 \u202egnp.exe\r\ntwo\x9b\ufeff  "
    assert group.host.send(group.token(), "all", typed, "a") == Ack(turn=1)
    group.act("message", text=typed.replace("\ud800", ""))
    assert [item.text for item in group.host.messages(group.token(1))] == ["one[2J gnp.exe\ntwo"] * 2
    for nothing in ("\u200b\u2060", "\x1b", "\u3164", "\u2800 \u00ad"):
        assert group.host.send(group.token(), "all", nothing).code == "malformed"
        assert group.act("message", text=nothing).code == "malformed"
    joiner = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert group.host.send(group.token(), "all", joiner, "b") == Ack(turn=1)
    assert group.host.messages(group.token(1))[-1].text == joiner


def test_watchers_hear_of_a_turn_after_it_is_kept(group):
    heard = threading.Event()
    seen = []

    def watcher(session: str, number: int, version: int) -> None:
        seen.append((session, number, len(group.host.store.read(session, number)) >= version))
        heard.set()

    stop = group.host.subscribe(watcher)
    group.confirm()
    assert heard.wait(30)
    assert (group.name, 1, True) in seen
    stop()
    count = len(seen)
    group.confirm(1)
    assert len(seen) == count


@pytest.mark.parametrize("first", ["send", "export"])
def test_a_room_is_read_by_whoever_asks_first_after_a_restart(opened, tutorial, first):
    group = Group(opened(), tutorial).begin()
    again = opened()
    if first == "send":
        assert again.send(group.token(), "all", "hello", "k") == Ack(turn=1)
    else:
        assert "grades.csv" in again.export(group.facilitator)


def test_a_key_is_one_things_alone(opened, tutorial):
    group = Group(opened(), tutorial).begin()
    assert group.host.send(group.token(), "all", "hello", "1") == Ack(turn=1)
    assert group.host.confirm(group.token(), Order(turn=1), "1") == Ack(turn=1)
    assert group.status().missing == (group.roles[1],)
