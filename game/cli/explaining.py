"""What does `explain` print? A page on one kind of mistake, or the list of all kinds."""

import shutil
import textwrap
from collections.abc import Iterator
from typing import Final

from game.base.errors import UsageError
from game.locale import _
from game.scenario.codes import Example, Page, pages
from game.scenario.findings import visible
from game.scenario.names import hint

_WIDEST: Final = 100
_INDENT: Final = "    "


def explain(code: str | None) -> int:
    """Print the page on a code, or all codes if None is named.

    Raises:
        UsageError: There is no such code.
    """
    if code is None:
        for page in pages().values():
            print(f"{page.code}  {_(page.title)}")
        return 0
    known = pages().get(code.strip().upper())
    if known is None:
        message = _("there is no code '{code}'").format(code=code)
        raise UsageError(_("; ").join((message, _near(code.strip().upper()))))
    for line in lines_of(known):
        print(line)
    return 0


def _near(code: str) -> str:
    """Return what to write instead of an unknown code: of codes with the same letter the next in number."""
    digits = code[1:]
    alike = [known for known in pages() if known[0] == code[:1]]
    if not alike or not (digits.isascii() and digits.isdigit()):
        return hint(code, pages())
    nearest = min(alike, key=lambda known: abs(int(known[1:]) - int(digits)))
    return _("did you mean '{name}'?").format(name=nearest)


def lines_of(page: Page) -> Iterator[str]:
    """Yield a page as lines of text."""
    yield f"{page.code}: {_(page.title)}"
    yield ""
    yield from _wrapped(_(page.means))
    yield ""
    yield from _wrapped(_("Why it matters: {reason}").format(reason=_(page.matters)))
    yield ""
    yield from _example(_("Wrong"), page.wrong)
    yield ""
    yield from _example(_("Right"), page.right)
    if page.warns:
        yield ""
        yield from _wrapped(
            _("This is a warning. To accept it, end its line with: {remark}").format(
                remark=f"# ok: {page.code}"
            )
        )


def _wrapped(text: str) -> list[str]:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    return textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False)


def _example(title: str, example: Example) -> Iterator[str]:
    where = f"{example.file}: {_(example.note)}" if example.note else example.file
    yield f"{title}, {where}"
    for line in example.text.splitlines():
        yield _INDENT + visible(line.replace("\t", "→   "))
    if example.rest:
        yield _INDENT + "..."
