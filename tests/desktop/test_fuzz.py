"""Does drawing ever hang or fail? Any size of window, any numbers, any texts."""

import signal
from contextlib import contextmanager

import pygame
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.desktop import theme
from game.desktop.drawing.bars import draw_bar
from game.desktop.drawing.fan import Fan, draw_fan
from game.desktop.drawing.hemicycle import draw_hemicycle
from game.desktop.drawing.shapes import _painted, _rounded, dashed, mark, rounded, stroke
from game.desktop.flow import begin
from game.desktop.text import TextPainter
from game.desktop.theme import Style
from game.play.table import Table
from tests.desktop.player import Player

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a clock that interrupts")
_SECONDS = 30


@contextmanager
def time_limit():
    """Fail where drawing hangs; far longer than any drawing takes on a slow machine."""

    def over(_signal, _frame):
        raise TimeoutError(f"drawing took more than {_SECONDS} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


values = st.floats(-1e4, 1e4)
points = st.lists(st.tuples(values, values), min_size=1, max_size=12)
rects = st.builds(pygame.Rect, *[st.integers(-50, 400)] * 2, *[st.integers(0, 500)] * 2)
dashes = st.none() | st.tuples(st.floats(0, 30), st.floats(0, 30))
scales = st.floats(0.8, 4.0)


@settings(max_examples=150, deadline=None)
@example(points=[(0.0, 0.0), (300.0, 0.0)], width=1.0, dash=(0.0, 2.3e-308))
@given(points=points, width=st.floats(0.1, 20), dash=dashes)
def test_lines(points, width, dash):
    surface = pygame.Surface((300, 200))
    with time_limit():
        stroke(surface, theme.INK, points, width)
        dashed(surface, theme.INK, points, width, dash)


@settings(max_examples=150, deadline=None)
@given(rect=rects, scale=scales, rtl=st.booleans(), seats=st.lists(st.integers(0, 400), max_size=9))
def test_shapes(rect, scale, rtl, seats):
    surface = pygame.Surface((320, 240))
    style = Style(scale, rtl, TextPainter(scale, rtl=rtl))
    with time_limit():
        rounded(surface, rect, 7 * scale, theme.PANEL, theme.LINE)
        draw_hemicycle(surface, rect, seats, [theme.INK] * len(seats), theme.PANEL)
        draw_bar(surface, rect, 3.0, 0.0, theme.INK, style)
        for kind in (*theme.MARKS, "down", "flat", "cross"):
            mark(surface, kind, rect.center, scale * 4, theme.INK)


@settings(max_examples=150, deadline=None)
@given(
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    radius=st.integers(0, 20),
    edge=st.sampled_from([None, theme.LINE]),
    width=st.integers(1, 4),
)
def test_a_panel_of_any_size_is_as_if_painted_whole(size, radius, edge, width):
    shape = (*size, min(radius, size[0] // 2, size[1] // 2), theme.PANEL, edge, width)
    ours, whole = (pygame.image.tobytes(paint(*shape), "RGBA") for paint in (_rounded, _painted))
    assert ours == whole


@settings(max_examples=150, deadline=None)
@given(
    rect=rects,
    past=st.lists(values, max_size=12),
    ahead=st.lists(st.tuples(*[values] * 5), max_size=12),
    ends=st.tuples(values, values),
    scale=scales,
)
def test_fans(rect, past, ahead, ends, scale):
    surface = pygame.Surface((320, 240))
    fan = Fan(
        past=tuple(past),
        bands=tuple(tuple(sorted(band)) for band in ahead),
        low=min(ends),
        high=max(ends),
        turns=12,
        place=len(past) % 4,
        colour=theme.INK,
    )
    with time_limit():
        draw_fan(surface, rect, fan, Style(scale, rtl=False, text=TextPainter(scale, rtl=False)))


@settings(max_examples=150, deadline=None)
@example(text="\xad", width=1.0, scale=1.0, rtl=False)
@given(text=st.text(max_size=120), width=st.floats(1, 900), scale=scales, rtl=st.booleans())
def test_texts(text, width, scale, rtl):
    surface = pygame.Surface((320, 60))
    painter = TextPainter(scale, rtl=rtl)
    with time_limit():
        for line in painter.wrapped(text, 12.5, 400, width, 4):
            painter.draw(surface, line, (10, 10), 12.5, 400, width=width)
            assert painter.size(line, 12.5, 400) == painter.line(line, 12.5, 400, theme.INK).get_size()


@pytest.fixture(scope="module")
def table(baghdad, tmp_path_factory):
    table = Table.start(baghdad, ["government"], tmp_path_factory.mktemp("fuzz") / "game.jsonl", seed=5)
    yield table
    table.close()


@settings(max_examples=25, deadline=None)
@given(
    size=st.tuples(st.integers(320, 3000), st.integers(240, 2000)),
    lang=st.sampled_from(["en", "ar"]),
    text_size=st.integers(80, 200),
)
def test_the_board_at_any_size(table, size, lang, text_size):
    player = Player(size, lang, text_size)
    with time_limit():
        begin(player.app, table)
        player.look()
    assert player.app.canvas.hots
