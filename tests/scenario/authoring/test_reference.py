"""Is the reference whole, and does every example in it run?"""

import re
from html.parser import HTMLParser

import pytest

from game.locale import speak
from game.play.claims import prove
from game.scenario import schema
from game.scenario.authoring.example import example
from game.scenario.authoring.formula_words import WORDS
from game.scenario.authoring.reference import Reference, reference
from game.scenario.authoring.reference_page import page_of, text_of
from game.scenario.authoring.rendering import as_code, linked
from game.scenario.calendar import calendar_of
from game.scenario.expressions import RESERVED, read
from game.scenario.inventory import Inventory
from game.scenario.loading import Loaded, load_texts
from game.scenario.nodes import read_text
from game.scenario.places import Places, Source
from game.scenario.schema.walk import keys_of

KINDS = [name for name in schema.__all__ if name not in ("FORMAT", "Entry", "Translated", "Bounds")]
"""Every kind of entry; bounds as such stand only inside expectations."""


@pytest.fixture(scope="module")
def found() -> Reference:
    return reference()


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_texts({"scenario.yaml": example().source.text}, "example", None)


def test_the_example_is_a_scenario_without_mistakes(loaded: Loaded) -> None:
    assert list(loaded.findings) == []
    assert all(proof.holds and proof.finding is None for proof in prove(loaded))


def test_every_kind_and_every_key_is_there_with_an_example(found: Reference) -> None:
    kinds = {kind.name: kind for kind in found.kinds}
    assert set(KINDS) <= kinds.keys()
    for name, kind in kinds.items():
        model = getattr(schema, name)
        assert [key.name for key in kind.keys] == list(keys_of(model)), name
        for key in kind.keys:
            assert key.about, (name, key.name)
            assert "None" not in key.what, (name, key.name)
            if name != "Scenario":
                assert key.example or re.search(rf"\b{key.name}:", kind.example), (name, key.name)


def test_the_examples_of_variants_and_translations_are_such(found: Reference) -> None:
    assert [file.path.partition("/")[0] for file in found.files] == ["variants", "text"]
    short, arabic = (file.example for file in found.files)
    files = {"scenario.yaml": example().source.text, "variants/short.yaml": short, "text/ar.yaml": arabic}
    cut = load_texts(files, "example", "short")
    assert {finding.code for finding in cut.findings} == {"T601"}, "the translation is a part of one"
    assert all(proof.holds for proof in prove(cut))
    assert cut.in_language("ar").policies["subsidy"].effects[0].why == "يدفع المجلس"
    assert cut.in_language("ar").title.endswith("جولات")
    assert calendar_of(cut.in_language("en")).turns == 3


def test_every_example_of_a_kind_is_one(found: Reference) -> None:
    for kind in found.kinds:
        if kind.example:
            data = value_of(kind.example)
            getattr(schema, kind.name).model_validate(data)


def test_every_example_of_a_key_is_one(found: Reference) -> None:
    for kind in found.kinds:
        model = getattr(schema, kind.name)
        for key in kind.keys:
            if key.example:
                tree = read_text(Source(kind.name, key.example))
                assert not tree.findings
                data = tree.root.data()
                assert isinstance(data, dict)
                assert list(data) == [key.name]
                errors = wrong(model, data)
                assert not [one for one in errors if one["loc"][:1] == (key.name,)], errors


def wrong(model: type[schema.Entry], data: object) -> list:
    from pydantic import ValidationError

    try:
        model.model_validate(data)
    except ValidationError as problem:
        return problem.errors()
    return []


def value_of(text: str) -> object:
    """Return an example's entry, without the key that leads to it."""
    tree = read_text(Source("x", text))
    assert not tree.findings, text
    data = tree.root.data()
    assert isinstance(data, dict)
    if text.startswith("{") or len(data) > 1:
        return data
    (value,) = data.values()
    return value if isinstance(value, dict) else data


def test_formulas_are_told_whole_and_their_examples_can_be_read(loaded: Loaded) -> None:
    assert {word.name for word in WORDS} - {""} == RESERVED
    assert loaded.scenario is not None
    names = Inventory(loaded.scenario, Places(example().root)).names.allowing("start", "chance", "asked")
    for word in WORDS:
        assert read(word.example, names).faults == (), word.example


def test_the_text_is_plain_and_narrow(found: Reference) -> None:
    lines = list(text_of(found))
    assert "Policy" in lines
    assert max(map(len, lines)) < 140
    assert not any("\u2500" <= letter <= "\u259f" for line in lines for letter in line)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.opened: list[str] = []
        self.lang = self.dir = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in ("meta", "br", "link", "img"):
            self.opened.append(tag)
        if tag == "html":
            self.lang, self.dir = known["lang"] or "", known["dir"] or ""
        if known.get("id"):
            assert known["id"] not in self.ids
            self.ids.add(known["id"] or "")
        assert "src" not in known
        assert tag not in ("script", "link", "iframe", "img")
        if "href" in known:
            assert (known["href"] or "").startswith("#")
            self.links.add((known["href"] or "")[1:])

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_stands_alone(lang: str, direction: str) -> None:
    with speak(lang):
        text = page_of(reference())
    page = Page()
    page.feed(text)
    page.close()
    assert (page.lang, page.dir) == (lang, direction)
    assert page.opened == []
    assert page.links <= page.ids
    assert set(KINDS) <= page.ids
    assert "http" not in re.sub(r"https://example\.org\S*", "", text)
    assert not [
        letter for letter in text if not letter.isprintable() and letter not in "\n\u200f\u200c\u200d"
    ]


def test_what_stands_between_backticks_is_code_on_the_page(found: Reference) -> None:
    assert "<code>check --article FILE</code> compares" in page_of(found)
    assert as_code("a `<b>` c") == "a <code>&lt;b&gt;</code> c"


def test_a_kind_is_named_once_by_its_link(found: Reference) -> None:
    link = '<a href="#{0}"><bdi>{0}</bdi></a>'
    page = page_of(found)
    assert f"<td>a list of: {link.format('Effect')}</td>" in page.replace("\n", "")
    assert f"[A, B], each: {link.format('Situation')}</td>" in page.replace("\n", "")
    assert linked("Aa, or `<Aa>`, not Aab", ["Aa"]).count("href") == 2


def test_in_arabic_every_meaning_is_arabic() -> None:
    with speak("ar"):
        told = reference()
        page, text = page_of(told), list(text_of(told))
    abouts = {f"{kind.name}.{key.name}": key.about for kind in told.kinds for key in kind.keys}
    abouts |= {kind.name: kind.about for kind in told.kinds}
    abouts |= {file.path: file.meaning for file in told.files} | {
        word.form: word.meaning for word in told.formulas
    }
    assert [name for name, about in abouts.items() if not re.search("[\u0621-\u064a]", about)] == []
    assert "  title: نص؛ لا بد منه؛ بكل لغة" in text
    assert "<code>&#34;#rrggbb&#34;</code>" in page  # kept from turning round
