"""T: translations."""

from typing import Final

from game.locale import later
from game.scenario.codes.page import Example, Page

_REST: Final = """\
indicators: {trust: {label: الثقة}, money: {label: المال}}
roles:
  town: {label: البلدية, brief: حافظ على الهدوء., objectives: {calm: {label: الهدوء}}}
  crowd: {label: الناس, brief: ليسمعوك., objectives: {heard: {label: أن يُسمعوا}}}
policies: {talk: {label: كلام}, march: {label: مسيرة}}
outcomes:
  calm: {title: هدوء, text: عمّ الهدوء.}
  other: {title: غير ذلك, text: لا أحد يعلم.}
readings: {hope: {analyst: أ, label: أمل}, gloom: {analyst: ب, label: تشاؤم}}
"""


def _arabic(text: str, rest: str = _REST) -> Example:
    """Return a translation into Arabic."""
    return Example(text, "text/ar.yaml", rest=rest)


PAGES: Final = (
    Page(
        "T601",
        later("a text without a translation"),
        later(
            "The translation does not have this text; until it does, the scenario's own language is "
            "shown. The message says where it belongs."
        ),
        later("Players who read the other language would find foreign words among theirs."),
        _arabic("title: الجسر\n", ""),
        _arabic("title: الجسر\n"),
        warns=True,
    ),
    Page(
        "T602",
        later("an empty translation"),
        later("Write the text, or take the line out: the scenario's own text is used then."),
        later("An empty line looks as if it were done."),
        _arabic('title: ""\n'),
        _arabic("title: الجسر\n"),
        warns=True,
    ),
    Page(
        "T603",
        later("a translation that is the same text"),
        later(
            "Translate it, or take the line out: the scenario's own text is used then. Where the text is "
            "the same in both languages, accept the warning with '# ok: T603'."
        ),
        later("Copied texts look translated in every count."),
        _arabic("title: The bridge\n"),
        _arabic("title: الجسر\n"),
        warns=True,
    ),
)
