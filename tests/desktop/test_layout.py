"""Does everything fit? Both languages, five sizes, three sizes of text."""

import pytest

from game.desktop.app import size_on
from game.desktop.flow import begin
from game.desktop.screens.branch import Branch
from game.desktop.screens.choice import AgreementPage, QuestionPage
from game.desktop.screens.curtain import Curtain
from game.desktop.screens.outcome import Outcome
from game.desktop.screens.reader import analysts_screen, headlines_screen, help_screen
from game.desktop.screens.replay import Expectation, Replay
from game.desktop.screens.resolution import Resolution
from game.desktop.screens.role import Introduction
from game.desktop.screens.settings import SettingsScreen
from game.desktop.screens.title import Roles, Title
from game.desktop.sitting import Sitting
from game.locale import speak
from game.play.local_seat import LocalSeat
from game.play.orders import Order
from game.play.table import Table
from tests.desktop.player import Player

SIZES = [(960, 600), (1280, 720), (1280, 1024), (1920, 1080), (3840, 2160)]
SCALES = [80, 100, 200]


@pytest.fixture(scope="module")
def tables(baghdad, tmp_path_factory):
    folder = tmp_path_factory.mktemp("saves")
    open_, over = (Table.start(baghdad, ["government"], folder / f"{name}.jsonl", seed=5) for name in "ab")
    for table, turns in ((open_, 3), (over, 11)):
        for turn in range(1, turns + 1):
            LocalSeat(table, "government").confirm(Order(turn=turn))
    return open_, over


def screens(app, baghdad, tables, lang):
    open_, over = tables
    yield Title(app)
    yield Roles(app, baghdad)
    begin(app, open_)
    board = app.screen
    sitting = board.sitting
    sitting.look_ahead()
    for left, tab in (("vote", "cards"), ("agreements", "agreements"), ("decisions", "decisions")):
        board.left, board.tab = left, tab
        yield board
    for tab in ("situation", "map", "accounts", "ledger", "vote"):
        board.tab = tab
        yield board
    yield AgreementPage(app, sitting, sitting.view.agreements[1].id)
    yield QuestionPage(app, sitting, sitting.view.decisions[0].event)
    yield Introduction(app, sitting)
    board._confirm()
    for tab in ("order", "prediction"):
        app.screens[-1].tab = tab
        yield app.screens[-1]
    yield Resolution(app, sitting, lambda: None)
    yield Curtain(app, sitting, "government", lambda: None)
    yield Outcome(app, Sitting(over, lang))
    replay = Replay(app, Sitting(over, lang))
    yield replay
    replay._expected(1, same=True)
    yield replay
    app.show(replay)
    yield Expectation(app, lambda *_: None)
    yield Branch(app, over.game, replay.texts, 3)
    yield SettingsScreen(app)
    yield help_screen(app)
    yield analysts_screen(app, sitting)
    yield headlines_screen(app, sitting)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_leaves_the_window_and_no_button_covers_another(baghdad, tables, lang, size, scale):
    player = Player(size, lang, scale)
    with speak(lang):
        for screen in screens(player.app, baghdad, tables, lang):
            name = type(screen).__name__
            player.app.screens = [screen]
            canvas = player.look()
            whole = canvas.surface.get_rect()
            for hot in canvas.hots:
                assert whole.contains(hot.rect), (name, hot.id, hot.rect)
                assert hot.label.strip(), (name, hot.id)
            for text, place in canvas.texts:
                assert whole.inflate(4, 8).contains(place), (name, text, place)
            for at, hot in enumerate(canvas.hots):
                for other in canvas.hots[at + 1 :]:
                    assert not hot.rect.inflate(-6, -6).colliderect(other.rect.inflate(-6, -6)), (
                        name,
                        hot.id,
                        other.id,
                    )
            assert len({hot.id for hot in canvas.hots}) == len(canvas.hots), name


def test_the_page_is_mirrored(tables):
    places = {}
    for lang in ("en", "ar"):
        player = Player((1280, 720), lang)
        begin(player.app, tables[0])
        hots = {hot.id: hot.rect for hot in player.look().hots}
        places[lang] = hots
    for name in ("move:technical_talks", "indicator:economy"):
        english, arabic = places["en"][name], places["ar"][name]
        assert abs(english.x - (1280 - arabic.right)) <= 1


@pytest.mark.parametrize(
    ("desktop", "size"),
    [
        ((1920, 1080), (1280, 720)),
        ((1280, 720), (1280, 720)),
        ((1024, 640), (1024, 640)),
        ((800, 480), (960, 600)),
    ],
)
def test_the_window_opens_no_larger_than_the_desktop_if_all_has_room(desktop, size):
    assert size_on(desktop) == size
