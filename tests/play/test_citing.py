"""Is the source of a cause called by its label, its title or a word in the asker's language, never by its id?"""

import pytest

from game.engine.bound import pure
from game.locale import speak
from game.play.accounts import explanation
from game.play.citing import term_line
from game.play.game import Game
from game.play.texts import texts_of
from game.scenario.loading import load_texts

LONG = {
    "en": "Report on the outcome of the US-Iraqi strategic dialogue, with three political analysts (Arabic, read in "
    "machine translation)",
    "ar": "تقرير عن نتائج الحوار الاستراتيجي الأمريكي العراقي، مع ثلاثة محللين سياسيين (بالعربية، وقُرئ في ترجمة آلية)",
}
LABEL = {"en": "Al Jazeera", "ar": '"الجزيرة"'}
SHORT = {"en": "A report on the talks", "ar": "تقرير عن المحادثات"}


def unlabelled(files):
    """Return the scenario without the label of its source."""
    return {
        path: "".join(
            line
            for line in text.splitlines(keepends=True)
            if line.strip() not in {f"label: {label}" for label in LABEL.values()}
        )
        for path, text in files.items()
    }


def cited_by(files, lang):
    """Return every line of causes that cites something after a turn."""
    loaded = load_texts(files, "baghdad-2021", None)
    assert loaded.ruleset is not None, loaded.findings
    game = Game(loaded.ruleset, 7, pure(loaded.ruleset, 0))
    game.resolve({})
    with speak(lang):
        texts = texts_of(loaded, loaded.ruleset)
        found = [
            term_line(term)
            for at, item in enumerate(loaded.ruleset.indicators)
            if not item.hidden[0]
            for account in explanation(game, texts, 0, at, 1, 1).accounts
            for term in account.terms
            if term.cite
        ]
    assert found
    return found


@pytest.mark.parametrize(
    ("lang", "word", "paragraph"), [("en", "source", "(source, paragraph"), ("ar", "المصدر", "الفقرة")]
)
def test_a_cause_is_cited_by_its_sources_label_or_title_or_a_word(baghdad, lang, word, paragraph):
    label = LABEL[lang].strip('"')
    assert all(f"({label}" in line for line in cited_by(dict(baghdad.files), lang))
    files = unlabelled(baghdad.files)
    lines = cited_by(files, lang)
    assert all(f"({word}" in line and "article" not in line for line in lines)
    assert any(paragraph in line for line in lines)
    titled = {path: text.replace(LONG[lang], SHORT[lang]) for path, text in files.items()}
    assert all(f"({SHORT[lang]}" in line for line in cited_by(titled, lang))


def test_of_several_sources_each_is_called_by_its_label_or_title(baghdad):
    files = unlabelled(baghdad.files)
    files["scenario.yaml"] = files["scenario.yaml"].replace(
        "sources:\n", "sources:\n  memoir: {title: A memoir}\n"
    )
    loaded = load_texts(files, "baghdad-2021", None)
    texts = texts_of(loaded, loaded.ruleset)
    found = texts.cites(["article:1", "memoir:4", "letter:2"])
    assert found == (f"{LONG['en']}:1", "A memoir:4", "source:2")
    files["scenario.yaml"] = files["scenario.yaml"].replace(
        "{title: A memoir}", "{title: A memoir, label: He}"
    )
    loaded = load_texts(files, "baghdad-2021", None)
    assert texts_of(loaded, loaded.ruleset).source("memoir") == "He"
