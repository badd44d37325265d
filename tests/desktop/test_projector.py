"""Does the class see how to join, who is ready and the news, and nothing else?"""

import pytest

from game.desktop.screens.projector import Projector
from game.play.orders import Order
from game.session.api import Act
from game.session.host import Host
from game.session.store import Store
from tests.desktop.player import Player


@pytest.fixture
def session(baghdad, tmp_path):
    host = Host(Store(tmp_path / "store.db"))
    made = host.create(baghdad, rooms=2)
    token = host.join(made.code, "Amal").token
    host.claim(token, 1, "government")
    host.act(made.facilitator_token, Act(kind="start", room=1))
    yield host, made, token
    host.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("size", [(960, 600), (1920, 1080)], ids=str)
def test_the_board(session, lang, size):
    host, made, token = session
    host.draft(token, Order(turn=1, moves=("public_schedule",)))
    host.send(token, "washington", "canary-message")
    player = Player(size, lang)

    def look(spoken, room):
        return host.board(made.facilitator_token, spoken, room)

    player.app.show(Projector(player.app, look, 2, "http://192.168.1.20:8765", made.code))
    player.app.idle()
    canvas = player.look()
    texts = " ".join(text for text, _place in canvas.texts)
    assert " ".join(made.code) in texts
    assert "192.168.1.20" in texts
    assert "Amal" in texts
    assert "canary" not in texts
    assert "schedule" not in texts.lower()
    address, digits = (
        next(place for text, place in canvas.texts if part in text)
        for part in ("192.168.1.20", " ".join(made.code))
    )
    assert address.h >= 30 * canvas.style.scale, "it is read from the back of a class"
    assert digits.h >= 45 * canvas.style.scale, "as above"
    assert address.bottom <= digits.top
    screen = player.app.surface.get_rect()
    assert all(screen.contains(place) or not place.w for _text, place in canvas.texts)
    player.press("room")
    player.app.idle()
    texts = " ".join(text for text, _place in player.look().texts)
    assert "Amal" not in texts
    assert {"en": "The game has not begun yet.", "ar": "لم تبدأ اللعبة بعد."}[lang] in texts


@pytest.mark.parametrize(
    ("acts", "told"),
    [
        ([Act(kind="pause", room=1)], "The game is paused."),
        ([Act(kind="end", room=1)], "The game is over."),
        ([Act(kind="timer", room=1, seconds=3600)], "59:5"),
        ([Act(kind="message", text="Five minutes left")], "Five minutes left"),
    ],
)
def test_what_the_facilitator_does_for_all_is_seen_by_all(session, acts, told):
    host, made, _token = session
    player = Player((1280, 720))
    player.app.show(
        Projector(
            player.app, lambda lang, room: host.board(made.facilitator_token, lang, room), 2, "http://h", "C"
        )
    )
    player.app.idle()
    assert told not in " ".join(text for text, _place in player.look().texts)
    for act in acts:
        host.act(made.facilitator_token, act)
    player.app.screen._board = None
    player.app.idle()
    canvas = player.look()
    (place,) = [place for text, place in canvas.texts if told in text]
    assert place.h >= 20, "it is read from the back of a class"
