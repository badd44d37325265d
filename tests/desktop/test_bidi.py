"""Lines stand in the order that the Unicode algorithm asks for."""

import re

import pytest
from bidi import get_display

from game.desktop.bidi import runs
from game.locale import LANGUAGES, speak
from tests.locale.messages import catalogue_of, forms

LINES = [
    "بغداد 2021",
    "في 10 تشرين الأول 2021 فاز 329 نائبا",
    "Baghdad بغداد 2021",
    "اتفاق (2008) نافذ",
    "النسبة 42% تقريبا",
    "الكلفة: 3 من 9",
    "حزب KDP (31 مقعدا)",
    "3.5 نقطة، ثم 1,200",
    "«الفضل للشعب» في 4.2",
    "Turn 5 of 11",
    "a (ب) c",
    "",
]


def visual(text, rtl):
    """Return a line as it stands from left to right, letters of right-to-left runs turned around."""
    return "".join(part[::-1] if back else part for part, back in runs(text, rtl=rtl))


def mirrored(text):
    table = str.maketrans("()[]«»", ")(][»«")
    return "".join(
        part.translate(table) if any("\u0590" <= c <= "\u08ff" for c in text) else part for part in text
    )


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("text", LINES)
def test_as_the_unicode_algorithm_orders_it(text, rtl):
    expected = get_display(text, base_dir="R" if rtl else "L")
    drawn = visual(text, rtl)
    assert strip(drawn) == strip(expected)


def strip(text):
    """Brackets are turned by the font here, and by the algorithm there: only their places are compared."""
    return text.translate(str.maketrans("()[]«»", "||||||"))


def test_numbers_keep_their_order_in_every_message():
    for lang in LANGUAGES[1:]:
        with speak(lang):
            for message in catalogue_of(lang):
                for text in forms(message):
                    drawn = visual(text.replace("{", "").replace("}", ""), rtl=True)
                    assert sorted(drawn) == sorted(text.translate(str.maketrans("", "", "{}\u200e\u200f")))
                    assert all(number in drawn for number in re.findall(r"\d+(?:\.\d+)?", text))


def test_a_number_is_never_turned_around():
    parts = runs("عدد 2021 هنا", rtl=True)
    assert ("2021", False) in parts
    assert runs("\u200e-12", rtl=True) == [("-12", False)]
