"""Can every nickname be read, whatever letters the window's font has?"""

import pytest

from game.desktop.fonts import font
from game.desktop.glyphs import PYGAMES, Glyphs, has, of_this_machine
from game.desktop.text import TextPainter

BARE, PYGAME = Glyphs([]), Glyphs([str(PYGAMES)])


def missing(text):
    """Return the letters and signs of a text that the window's own font would draw as a box."""
    own = font(24, 400, rtl=False)
    return [letter for letter in text if letter.isprintable() and letter > " " and not has(own, letter)]


@pytest.mark.parametrize("name", ["小明", "🙂 Nora", "👩\u200d🚀", "한글", "Женя", "نور 🦊", "שרה", "नमस्ते"])
def test_without_another_font_a_name_is_spelt_in_letters_that_are_there(name):
    assert missing(name)
    spelt = BARE.readable(name)
    assert not missing(spelt)
    assert any(letter.isalnum() for letter in spelt)


def test_names_are_spelt_as_people_would():
    assert BARE.readable("小明") == "XiaoMing"
    assert BARE.readable("🙂 Nora") == "(slight smile) Nora"
    assert BARE.readable("نور, Zoë \u200e12") == "نور, Zoë \u200e12"
    assert BARE.readable("\U000f0000") == "?"
    assert BARE.readable("ab\ufe0f\u034f") == "ab\ufe0f\u034f", "nothing is seen of these"


def test_another_font_writes_what_it_has_and_no_line_grows():
    assert PYGAME.readable("Nora Женя") == "Nora Женя"
    assert [part for _face, part in PYGAME.faced("Nora Женя!", 16, 400, rtl=False)] == ["Nora ", "Женя", "!"]
    for scale in (1.0, 1.7, 3.0):
        bare, painter = (TextPainter(scale, rtl=False, glyphs=one) for one in (BARE, PYGAME))
        assert painter.size("Nora Женя", 16)[1] == bare.size("Nora", 16)[1]
        drawn = painter.line("Женя", 16, 400, "#000000")
        assert drawn.get_bounding_rect().h > 6 * scale, "letters are drawn, and not cut off"


def test_parts_of_a_run_stand_in_the_order_in_which_it_is_written():
    assert [part for _face, part in PYGAME.faced("نور Ж", 16, 400, rtl=True)] == ["Ж", "نور "]


def test_this_machine_writes_every_letter_that_some_font_of_its_has():
    assert of_this_machine().readable("Женя") == "Женя"
    assert str(PYGAMES) == of_this_machine().files[-1]
