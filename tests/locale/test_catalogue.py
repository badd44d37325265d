"""Every message of the product stands in every language, whole and with its placeholders."""

import re
from string import Formatter

import pytest

from game.locale import LANGUAGES, _, direction, language, list_of, ngettext, number, speak
from tests.locale.messages import catalogue_of, forms, messages

OTHERS = LANGUAGES[1:]
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200b]")
LETTERS = {"ar": re.compile("[\u0621-\u064a]")}


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _how in Formatter().parse(text) if name is not None}


def wanted(lang):
    catalogue = catalogue_of(lang)
    for message in messages():
        if message.id:
            single = message.id[0] if isinstance(message.id, tuple) else message.id
            yield message, catalogue.get(single)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_message_is_missing_or_empty_or_left_over(lang):
    missing = [message.id for message, found in wanted(lang) if found is None or not all(forms(found))]
    assert missing == []
    known = {message.id for message in messages()}
    assert [message.id for message in catalogue_of(lang) if message.id and message.id not in known] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_messages_are_translated_and_keep_their_placeholders(lang):
    for message, found in wanted(lang):
        assert not found.fuzzy, message.id
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        names = set().union(*map(placeholders, sources))
        for text in forms(found):
            assert not DIRECTION.search(text), text
            assert placeholders(text) <= names, text
            if not isinstance(message.id, tuple):
                assert placeholders(text) == names, text
            if any(
                len(word) > 3
                for word in re.findall(r"[a-z]+", re.sub(r"\{.*?\}|'[^']*'|`[^`]*`", "", sources[0]))
            ):
                assert LETTERS[lang].search(text), text


@pytest.mark.parametrize("lang", OTHERS)
def test_plural_forms_say_their_number_where_several_numbers_share_them(lang):
    catalogue = catalogue_of(lang)
    assert catalogue.num_plurals == 6
    for message in catalogue:
        if isinstance(message.id, tuple) and "{n}" in message.id[1]:
            assert all("{n}" in form for form in message.string[3:]), message.id


def test_language_belongs_to_the_context():
    assert language() == "en"
    with speak("ar"):
        assert language() == "ar"
        assert list_of(["1", "2"]) != "1 and 2"
    assert _("no such message") == "no such message"
    assert ngettext("{n} x", "{n} xs", 2) == "{n} xs"
    with pytest.raises(KeyError), speak("xx"):
        pass


def test_numbers():
    assert number(-0.04, 1) == "0.0"
    assert number(2.0, signed=True) == "+2"
    assert number(-0.3, signed=True) == "−0.3"  # no change reads as none
    assert number(0.04, signed=True) == number(0.0, signed=True) == "0"
    assert number(-3.25, 1) == "−3.2"


@pytest.mark.parametrize(
    ("lang", "way"),
    [("en", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("ckb", "rtl"), ("fr", "ltr"), ("qq", "ltr")],
)
def test_a_scenario_s_own_language_is_written_its_way(lang, way):
    assert direction(lang) == way
