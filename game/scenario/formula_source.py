"""Can a text be a formula at all? Its length, characters, brackets and words, before it is parsed."""

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from game.locale import _

MOST_CHARACTERS: Final = 300
MOST_BRACKETS: Final = 12
MOST_FAULTS: Final = 5
"""Faults reported for one formula."""
LARGEST: Final = 1e9
"""Numbers, in formulas and by themselves, stay below this."""

WORDS: Final = frozenset({"and", "or", "not", "if", "else"})
"""Words of the formula language that are neither names nor functions."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a formula, `offset` and `length` in characters of its text.

    `instead` is what can only have been meant in place of these characters; '' where that is not sure.
    """

    code: str
    offset: int
    length: int
    message: str
    fix: str
    instead: str = ""


_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>\.?[0-9][0-9A-Za-z_.]*)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]*)*)
      | (?P<slip>&&|\|\||\*\*|[=!<>]==|,,|=>|=<|<>|//|!(?!=)|(?<![<>=!])=(?!=)|(?:(?![0-9])\d)+|[^ -~])
      | (?P<sign><=|>=|==|!=|[-+*/%<>(),])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+")
_DOTTED: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_SIGNS_IN_A_ROW: Final = re.compile(r"(?:[-+]\s*){4,}|(?:\bnot\s+){4,}")

_POWER: Final = "X303"
_SPELLING: Final = "X304"
_INSTEAD: Final[dict[str, str]] = {
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "=": "==", "=>": ">=", "=<": "<=",
    "<>": "!=", "===": "==", "!==": "!=", ">==": ">=", "<==": "<=", ",,": ",", "//": "/", "−": "-", "–": "-",
    "—": "-", "×": "*", "·": "*", "÷": "/", "،": ",", ";": ",", "؛": ",", "٪": "%", "٫": ".", "≤": "<=",
    "≥": ">=", "≠": "!=", "[": "(", "]": ")", "{": "(", "}": ")",
}  # fmt: skip
_UNSURE: Final = frozenset({"//", ";", "[", "]", "{", "}"})
"""Of these, those that may have meant something else."""


def check_source(text: str) -> list[Fault]:
    """Return what keeps a text from being parsed as a formula; none where it may be."""
    if len(text) > MOST_CHARACTERS:
        message = _("this formula has {count} characters, the most is {most}")
        fix = _("split it into several effects, or give a part an indicator of its own")
        return [Fault("X301", 0, len(text), message.format(count=len(text), most=MOST_CHARACTERS), fix)]
    if not text.strip():
        return [Fault("X307", 0, len(text), _("this formula is empty"), _("write a number or a formula"))]
    faults = [*_tokens(text), *_brackets(text)]
    if not faults and (found := _SIGNS_IN_A_ROW.search(text)):
        message = _("there are too many signs in a row here")
        faults.append(Fault("X307", found.start(), len(found[0]), message, _("write at most one")))
    return sorted(faults, key=lambda fault: fault.offset)[:MOST_FAULTS]


def _tokens(text: str) -> Iterator[Fault]:
    for found in _TOKEN.finditer(text):
        kind, symbol, at = found.lastgroup, found[0], found.start()
        fault = None
        if kind == "number":
            fault = _number(symbol, at)
        elif kind == "word":
            fault = _word(symbol, at)
        elif kind in ("slip", "other"):
            fault = _character(symbol, at)
        if fault is not None:
            yield replace(fault, instead=_apart(fault.instead, text, at, found.end()))


def _apart(word: str, text: str, start: int, end: int) -> str:
    """Return a word that goes in place of some characters with the spaces that it needs around it."""
    if not word.isalpha():
        return word
    before = "" if text[:start].endswith((" ", "(")) or not start else " "
    behind = "" if text[end:].startswith((" ", ")")) else " "
    return before + word + behind


def _number(symbol: str, at: int) -> Fault | None:
    length = len(symbol)
    if _NUMBER.fullmatch(symbol):
        if float(symbol) < LARGEST:
            return None
        message = _("the number {symbol} is too large").format(symbol=symbol)
        return Fault("X311", at, length, message, _("stay below 1000000000"))
    plain = symbol.lstrip("0").replace("_", "")
    message = _("'{symbol}' is not a number").format(symbol=symbol)
    if _NUMBER.fullmatch(plain):
        return Fault("X311", at, length, message, _("write {instead}").format(instead=plain), plain)
    fix = _("write a number in digits with at most one point, such as 1000 or 0.25")
    return Fault("X311", at, length, message, fix)


def _word(symbol: str, at: int) -> Fault | None:
    if symbol in WORDS:
        return None
    length, small = len(symbol), symbol.lower()
    if small in WORDS:
        message = _("'{symbol}' is written in small letters").format(symbol=symbol)
        return Fault(_SPELLING, at, length, message, _("write {instead}").format(instead=small), small)
    if keyword.iskeyword(symbol) or symbol in ("true", "false", "none"):
        message = _("the word '{symbol}' is not available in formulas").format(symbol=symbol)
        fix = _("write 1 for true and 0 for false") if small in ("true", "false") else _("leave it out")
        return Fault("X308", at, length, message, fix)
    if "." in symbol and not _DOTTED.fullmatch(symbol):
        message = _("'{symbol}' has a dot that cannot be read").format(symbol=symbol)
        return Fault(
            "X305", at, length, message, _("dots stand only in seats.BLOC, EVENT.OPTION and sign.AGREEMENT")
        )
    if symbol.startswith("_"):
        message = _("'{symbol}' is not a name").format(symbol=symbol)
        return Fault("X305", at, length, message, _("names begin with a small letter"))
    if any(keyword.iskeyword(part) for part in symbol.split(".")):
        message = _("the name '{symbol}' cannot be used in formulas").format(symbol=symbol)
        return Fault("X308", at, length, message, _("give it another id"))
    return None


def _character(symbol: str, at: int) -> Fault:
    length = len(symbol)
    if symbol in ("**", "^"):
        return Fault(_POWER, at, length, _("there are no powers in formulas"), _("multiply: x * x"))
    if symbol in _INSTEAD:
        message = _("'{symbol}' is not how formulas write this").format(symbol=symbol)
        instead = _INSTEAD[symbol]
        fix = _("write {instead}").format(instead=instead)
        return Fault(_SPELLING, at, length, message, fix, "" if symbol in _UNSURE else instead)
    if symbol.isdecimal():
        digits = "".join(str(int(digit)) for digit in symbol)
        message = _("formulas are written with the digits 0 to 9")
        return Fault("X306", at, length, message, _("write {instead}").format(instead=digits), digits)
    if symbol == ".":
        message = _("this dot stands alone")
        return Fault("X305", at, length, message, _("write names such as seats.BLOC without spaces"))
    if symbol in "\"'“”‘’«»`":
        return Fault("X306", at, length, _("formulas have no quotes"), _("write names as they are"))
    if symbol == "#":
        fix = _("write the tag alone: played(TAG)")
        return Fault("X306", at, length, _("in formulas a tag has no #"), fix)
    message = _("the character {character} cannot stand in a formula")
    shown = f"'{symbol}' (U+{ord(symbol[0]):04X})" if symbol.isprintable() else f"U+{ord(symbol[0]):04X}"
    return Fault("X306", at, length, message.format(character=shown), _("take it out"))


def _brackets(text: str) -> Iterator[Fault]:
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
            if len(opened) == MOST_BRACKETS + 1:
                message = _("brackets stand more than {most} deep here").format(most=MOST_BRACKETS)
                yield Fault("X302", at, 1, message, _("make the formula simpler"))
        elif character == ")":
            if opened:
                opened.pop()
            else:
                yield Fault("X302", at, 1, _("nothing opens this bracket"), _("take it out or add '('"))
    if opened:
        yield Fault("X302", opened[-1], 1, _("this bracket is never closed"), _("add ')'"))


def diagnose(text: str) -> Fault:
    """Return what is wrong with a text that passed `check_source` but cannot be parsed."""
    wants_value = True
    last: re.Match[str] | None = None
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "space":
            continue
        symbol = found[0]
        is_value = found.lastgroup == "number" or (found.lastgroup == "word" and symbol not in WORDS)
        opens = symbol == "("
        is_call = opens and last is not None and last.lastgroup == "word" and last[0] not in WORDS
        is_prefix = symbol in ("-", "+", "not")
        if wants_value and not (is_value or opens or is_prefix or _is_empty_call(last, symbol)):
            return _fault_at(found, _("a value is missing before '{symbol}'"), _("add a number or a name"))
        if not wants_value and (is_value or symbol == "not" or (opens and not is_call)):
            message = _("an operator is missing before '{symbol}'")
            return _fault_at(found, message, _("add one, such as * or and"))
        wants_value = not (is_value or symbol == ")")
        last = found
    if wants_value and last is not None:
        return _fault_at(last, _("a value is missing after '{symbol}'"), _("add a number or a name"))
    message = _("this formula cannot be read")
    return Fault("X307", 0, len(text), message, _("a choice is written: VALUE if CONDITION else OTHER"))


def _is_empty_call(last: re.Match[str] | None, symbol: str) -> bool:
    return symbol == ")" and last is not None and last[0] == "("


def _fault_at(found: re.Match[str], message: str, fix: str) -> Fault:
    return Fault("X307", found.start(), len(found[0]), message.format(symbol=found[0]), fix)
