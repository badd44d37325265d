"""What can a person type, in the current language, and what was probably meant by something else?"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from game.locale import _, language, speak

_CUTOFF: Final = 0.6
_DIGITS: Final = 6
_WHOLE_WORD: Final = {"quit", "finish"}
"""Commands for which the start of a word is not enough."""

_QUOTED: Final = 40
"""Characters of a person's own words that are repeated to them at most."""

_OFFERED: Final = {
    "deciding": (
        "policies",
        "agreements",
        "decisions",
        "status",
        "why",
        "expect",
        "evidence",
        "messages",
        "write",
        "draft",
        "confirm",
        "help",
    ),
    "waiting": ("messages", "write", "status", "why", "evidence", "headlines", "help", "quit"),
    "over": (
        "end",
        "scores",
        "evidence",
        "truth",
        "why",
        "debrief",
        "messages",
        "write",
        "readings",
        "status",
        "help",
        "quit",
    ),
}
"""Commands that are offered by number whenever a turn or its end is shown, by phase."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can ask for.

    Attributes:
        name: What the program calls it.
        words: What a person may type, the shown word first.
        form: What follows the word, for the help.
        help: What it does, in a sentence.
        when: `deciding` or `over` where it makes sense only then; empty for always.
        where: `session` or `alone` where it makes sense only in a group session, where there are others at other
            machines, or only without one, where nobody else leads the game; empty for both.
    """

    name: str
    words: tuple[str, ...]
    form: str
    help: str
    when: str = ""
    where: str = ""

    @property
    def shown(self) -> str:
        """The command as the help shows it."""
        return f"{self.words[0]} {self.form}".strip()


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that was understood, and the words after it."""

    name: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are no command; `near` are words that may have been meant."""

    text: str
    near: tuple[str, ...]


def folded(text: str) -> str:
    """Return a text as it is compared: without case, marks and Arabic vowel signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter) and letter != "ـ")


def quoted(text: str) -> str:
    """Return a person's own words for a message: printable, and not too many."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return clean if len(clean) <= _QUOTED else clean[:_QUOTED] + "..."


def commands() -> list[Command]:
    """Return all commands in the current language."""

    def entry(name: str, words: str, form: str, text: str, when: str = "", where: str = "") -> Command:
        return Command(name, tuple(words.split()), form, text, when, where)

    # Translators: the first text of each entry holds command words, the shown one first, then short forms.
    # N and words in capitals stand for what a person types there.
    return [
        entry("turn", _("turn t"), "", _("Shows what happened and what is to be done this turn.")),
        entry("policies", _("policies p"), "", _("Lists your policies."), "deciding"),
        entry(
            "choose",
            _("choose ch"),
            _("N"),
            _("Puts policy N into your order, or takes it out again."),
            "deciding",
        ),
        entry("agreements", _("agreements a"), "", _("Lists the agreements that you know of.")),
        entry("sign", _("sign s"), _("N"), _("Signs agreement N, or takes the signature back."), "deciding"),
        entry("decisions", _("decisions d"), "", _("Lists the questions put to you."), "deciding"),
        entry("answer", _("answer an"), _("N"), _("Gives answer N to a question."), "deciding"),
        entry("draft", _("order o draft"), "", _("Shows your order as it stands."), "deciding"),
        entry("undo", _("undo u"), "", _("Takes your last change of the order back."), "deciding"),
        entry("confirm", _("confirm c"), "", _("Hands your order in and ends your turn."), "deciding"),
        entry(
            "predict",
            _("predict pr"),
            _("N N N"),
            _("Notes how likely you hold each analyst's account, in percent."),
            "deciding",
        ),
        entry(
            "guess",
            _("guess gu"),
            _("PERCENT"),
            _("Notes how likely you hold yes to the question of the turn."),
            "deciding",
        ),
        entry(
            "evidence",
            _("evidence ev"),
            _("[all]"),
            _("Shows which account what you have seen speaks for, and what moved it."),
        ),
        entry("scores", _("scores sc"), "", _("Shows how good your predictions were."), "over"),
        entry("status", _("status i indicators"), _("[all or NAME]"), _("Shows where things stand.")),
        entry(
            "why",
            _("why w"),
            _("NAME [since TURN]"),
            _("Shows how each analyst would explain why something moved."),
        ),
        entry(
            "expect",
            _("expect x forecast"),
            _("[NAME]"),
            _("Shows what each analyst would expect of your order as it stands."),
            "deciding",
        ),
        entry(
            "truth", _("truth tr"), _("NAME TURN"), _("Shows why something really moved in a turn."), "over"
        ),
        entry("readings", _("readings r analysts"), "", _("Tells the analysts' accounts.")),
        entry("headlines", _("headlines n history news"), "", _("Lists all that you have learned so far.")),
        entry("objectives", _("objectives g goals"), "", _("Says what you want to reach.")),
        entry(
            "brief", _("brief b"), _("[about]"), _("Tells your role again, or what the scenario is about.")
        ),
        entry(
            "messages",
            _("messages m"),
            _("[all]"),
            _("Shows what was said to you and by you; answers a message."),
            where="session",
        ),
        entry(
            "write",
            _("write wr"),
            _("[TO WHOM]"),
            _("Writes a message to a role, everybody, the press or the facilitator; can offer an agreement."),
            where="session",
        ),
        entry(
            "pin",
            _("pin device"),
            "",
            _("Shows four digits with which you come in on another device."),
            where="session",
        ),
        entry("end", _("end e"), "", _("Shows how the game ended."), "over"),
        entry(
            "debrief", _("debrief de"), "", _("Says where the page to talk about after the game is."), "over"
        ),
        entry("language", _("language l lang"), _("en or ar"), _("Goes on in another language.")),
        entry("save", _("save"), "", _("Says where the game is saved.")),
        entry("help", _("help h ?"), _("[COMMAND]"), _("Lists what you can type.")),
        entry(
            "finish",
            _("finish"),
            "",
            _("Ends the game now, after the turns played so far: the truth opens."),
            "deciding",
            "alone",
        ),
        entry("quit", _("quit q exit"), "", _("Leaves; the game is saved.")),
    ]


def commands_in(phase: str, *, in_session: bool = False, evidence: bool = True) -> list[Command]:
    """Return the commands that make sense.

    Args:
        phase: `deciding`, `waiting` or `over`.
        in_session: Whether this is a seat of a group session.
        evidence: Whether the game shows the evidence while it runs.
    """
    where = "session" if in_session else "alone"
    kept_back = "" if evidence or phase == "over" else "evidence"
    return [
        item
        for item in commands()
        if item.when in ("", phase) and item.where in ("", where) and item.name != kept_back
    ]


def offered_first(phase: str, known: Collection[Command]) -> tuple[str, ...]:
    """Return the names of those of the known commands that are offered by number in a phase."""
    names = {item.name for item in known}
    return tuple(name for name in _OFFERED[phase] if name in names)


def _vocabulary(items: Collection[Command]) -> dict[str, str]:
    """Return the command's name for every word, those of English too: many type it whatever they read."""
    words: dict[str, str] = {}
    names = {item.name for item in items}
    if language() != "en":
        with speak("en"):
            words = {
                folded(word): item.name for item in commands() if item.name in names for word in item.words
            }
    for item in items:
        words.update({folded(word): item.name for word in item.words})
    return words


def understood(line: str, items: list[Command]) -> Typed | Unclear:
    """Return which of some commands a line asks for; the start of a word will do where it is clear."""
    first, *rest = line.split() or [""]
    words = _vocabulary(items)
    word = folded(first)
    name = words.get(word)
    if name is None and word:
        begun = {words[known] for known in words if known.startswith(word)}
        if len(begun) == 1 and not begun & _WHOLE_WORD:
            name = begun.pop()
    if name is not None:
        return Typed(name, tuple(rest))
    shown = {folded(known): known for item in items for known in item.words}
    near = [shown[known] for known in shown if word and known.startswith(word)]
    near = near or [shown[known] for known in get_close_matches(word, shown, n=2, cutoff=_CUTOFF)]
    return Unclear(quoted(first), tuple(near))


def exactly(text: str, items: Collection[Command]) -> str | None:
    """Return which of some commands a text is a word of, where the start of a word may mean something else."""
    return _vocabulary(items).get(folded(text))


def whole_number(text: str) -> int | None:
    """Return the number that a word stands for, in Western or Eastern Arabic digits; None if it is none."""
    word = text.rstrip(".,،)")
    return int(word) if word.isdecimal() and len(word) <= _DIGITS else None


def yes_or_no(text: str) -> bool | None:
    """Return what an answer to a question means; None if it is neither yes nor no."""
    word = folded(text)
    # Translators: words for yes, separated by spaces.
    if word in {folded(item) for item in (*_("yes y").split(), "yes", "y")}:
        return True
    # Translators: words for no, separated by spaces.
    if word in {folded(item) for item in (*_("no n").split(), "no", "n")}:
        return False
    return None


def means_all(words: Collection[str]) -> bool:
    """Return whether the words after a command ask for everything."""
    # Translators: the word after `status` that asks for every indicator.
    return folded(" ".join(words)) in {"all", folded(_("all"))}
