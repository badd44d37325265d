"""Which kinds of mistakes does the checker find, and what is there to say about each?

Every module here but `page` holds the pages on one range of codes. Every code that the checker can find has
a page, and the smallest scenario with that mistake is on it.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

from game.scenario.codes.page import Example, Page

_ORDER: Final = "FYSXRTLC"
"""Letters of the codes in the order in which the checks run."""


@cache
def pages() -> Mapping[str, Page]:
    """Return the page on each code, in their order."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name != "page"]
    found: list[Page] = []
    for name in names:
        found += import_module(f"{__name__}.{name}").PAGES
    return {
        page.code: page for page in sorted(found, key=lambda page: (_ORDER.index(page.code[0]), page.code))
    }


__all__ = ["Example", "Page", "pages"]
