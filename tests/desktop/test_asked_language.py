"""In which language does the window open? In the one asked for; else in the one that was set in it last."""

import pytest

from game.cli.frame import guarded, language_in
from game.desktop.settings import Settings, keep, kept


@pytest.mark.parametrize(("words", "lang"), [([], "ar"), (["--lang", "en"], "en"), (["--lang=ar"], "ar")])
def test_the_language_asked_for_goes_before_the_one_that_is_kept(words, lang):
    keep(Settings(lang="ar", text_size=150))
    opened = []

    def opens():
        opened.append(kept())
        return 0

    assert guarded(opens, language_in(words)) == 0
    assert opened == [Settings(lang=lang, text_size=150)]
