"""What may stand where a single value is expected? Every scalar arrives as text; the field says what it is.

A reader here refuses with a code of `findings`, a message and the remedy.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, NoReturn, TypeAlias

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from game.locale import _
from game.scenario.formula_source import LARGEST
from game.scenario.own_examples import Like, like_this

MOST_DIGITS: Final = 40
"""Characters of the longest number."""
ID: Final = r"[a-z][a-z0-9_]*"

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_WHOLE: Final = re.compile(r"[+-]?[0-9]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIOD: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ID: Final = re.compile(ID)
_YES: Final = frozenset({"true", "yes"})
_NO: Final = frozenset({"false", "no"})
Wanted: TypeAlias = Callable[[], str]
"""Says, in the reader's language, what is expected; asked only where something else stands."""

_LATIN: Final = {ord("٫"): ".", ord("٬"): "", ord("−"): "-", ord("–"): "-", ord("_"): ""}
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Latin letters of double width, by which East Asian keyboards write."""
_THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")


class Entry(BaseModel):
    """Base of everything in a scenario: frozen, and no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)


@dataclass(frozen=True, eq=False)
class Read:
    """How the text of a scalar becomes a value, and what an editor's schema says of it."""

    reader: Callable[[Any], Any]
    json: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.reader)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.json)


@dataclass(frozen=True, eq=False)
class Short:
    """A shorter way to write a field, which is read as its long form."""

    expand: Callable[[Any], Any]
    json: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler(core)
        return {"anyOf": [self.json or long["items"], long]}


@dataclass(frozen=True)
class Translated:
    """Marks a text that a translation gives in its own language."""


def refuse(
    code: str, message: str, fix: str = "", key: str = "", instead: str = "", like: Like = ""
) -> NoReturn:
    """Reject a value.

    Args:
        code: Code of the finding.
        message: What is wrong, one sentence.
        fix: What to do about it.
        key: Key of the entry to point at, where an entry as a whole is rejected.
        instead: What can only have been meant.
        like: What the remedy shows an example of, which the scenario's own files may have a better one for.

    Raises:
        PydanticCustomError: Always.
    """
    context = {"message": message, "fix": fix, "key": key, "instead": instead, "like": like}
    raise PydanticCustomError(code, "{message}", context)  # type: ignore[arg-type, unused-ignore]


def shorten(text: str) -> str:
    """Return a text short enough to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_DIGITS else line[: MOST_DIGITS - 1] + "…"


def _a_number() -> str:
    return _("a number")


def _a_quotient() -> str:
    return _("a number or a quotient such as 11/6")


def _a_share() -> str:
    return _("true, false or a chance from 0 to 1")


def _a_date() -> str:
    return _("a date")


def _scalar(value: Any, wanted: Wanted) -> str:
    """Return a scalar as text; also Python's own values, for scenarios made in code."""
    if isinstance(value, str) and value and not value.isspace():
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    if value is None or isinstance(value, str):
        fix = _("write {wanted}, or take the line out").format(wanted=wanted())
        refuse("S402", _("there is nothing here"), fix)
    shown = _("a list") if isinstance(value, list | tuple) else _("a group of keys")
    message = _("here stands {shown} instead of {wanted}").format(shown=shown, wanted=wanted())
    refuse("S403", message, _("write {wanted}").format(wanted=wanted()))


def _digits(value: Any, pattern: re.Pattern[str], wanted: Wanted) -> str:
    text = _scalar(value, wanted)
    if len(text) > MOST_DIGITS:
        refuse("S403", _("this is too long to be {wanted}").format(wanted=wanted()))
    if pattern.fullmatch(text):
        return text
    message = _("'{text}' is not {wanted}").format(text=shorten(text), wanted=wanted())
    sure = _latin(text.translate(_LATIN)).strip()
    if pattern.fullmatch(sure):
        refuse("S403", message, _("write {instead}").format(instead=sure), instead=sure)
    likely = (
        sure.replace("%", "")
        .replace(",", "" if _THOUSANDS.fullmatch(sure) else ".")
        .replace("،", ".")
        .strip()
    )
    if pattern.fullmatch(likely):
        refuse("S403", message, _("write {instead}").format(instead=likely))
    refuse("S403", message, _("write {wanted} in the digits 0 to 9").format(wanted=wanted()))


def _latin(text: str) -> str:
    """Return a text with the digits 0 to 9, and plain letters in place of wide ones."""
    plain = text.translate(_WIDE)
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in plain)


def _within(value: float, least: float | None, most: float | None, above: float | None) -> None:
    if least is not None and value < least:
        message, fix = _("{value} is too low"), _("the lowest is {limit}").format(limit=f"{least:g}")
    elif most is not None and value > most:
        message, fix = _("{value} is too high"), _("the highest is {limit}").format(limit=f"{most:g}")
    elif above is not None and value <= above:
        message, fix = _("{value} is too low"), _("it must be above {limit}").format(limit=f"{above:g}")
    elif abs(value) >= LARGEST:
        message, fix = _("{value} is too large"), _("stay below 1000000000")
    else:
        return
    refuse("S404", message.format(value=f"{value:g}"), fix)


def _json_number(kind: str, least: float | None, most: float | None, above: float | None) -> JsonSchemaValue:
    bounds = {"minimum": least, "maximum": most, "exclusiveMinimum": above}
    return {"type": kind, **{key: value for key, value in bounds.items() if value is not None}}


def number(least: float | None = None, most: float | None = None, above: float | None = None) -> Read:
    """Return how a number is read, bounded as said."""

    def read(value: Any) -> float:
        found = float(_digits(value, _NUMBER, _a_number))
        _within(found, least, most, above)
        return found

    return Read(read, _json_number("number", least, most, above))


def whole(least: int | None = None, most: int | None = None) -> Read:
    """Return how a whole number is read, bounded as said."""

    def read(value: Any) -> int:
        found = int(_digits(value, _WHOLE, lambda: _("a whole number")))
        _within(found, least, most, None)
        return found

    return Read(read, _json_number("integer", least, most, None))


def _yes_no(value: Any) -> bool:
    text = _scalar(value, lambda: _("true or false")).lower()
    if text not in _YES | _NO:
        refuse(
            "S403",
            _("'{text}' is neither true nor false").format(text=shorten(text)),
            _("write true or false"),
        )
    return text in _YES


def _share(value: Any) -> float:
    """Read true, false or a chance as a chance."""
    text = _scalar(value, _a_share)
    if text.lower() in _YES | _NO:
        return 1.0 if text.lower() in _YES else 0.0
    found = float(_digits(text, _NUMBER, _a_share))
    _within(found, 0.0, 1.0, None)
    return found


def _pace(value: Any) -> float:
    """Read a number or a quotient such as 11/6."""
    parts = _scalar(value, _a_quotient).split("/")
    if len(parts) > 2:
        refuse("S403", _("this is not a quotient"), _("write one such as 11/6"))
    found = [float(_digits(part.strip(), _NUMBER, _a_quotient)) for part in parts]
    for part in found:
        _within(part, None, None, 0.0)
    result = found[0] / found[1] if len(found) == 2 else found[0]
    _within(result, 0.01, 100.0, None)
    return result


def _day(value: Any) -> date:
    text = _scalar(value, _a_date)
    fix = _("write year, month and day, such as 2030-01-31")
    message = _("'{text}' is not a date").format(text=shorten(text))
    if not _DAY.fullmatch(text):
        refuse("S403", message, fix)
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse("S403", _("there is no day {text}").format(text=text), fix)


def _period(value: Any) -> str:
    text = _scalar(value, _a_date)
    fix = _("write a day, a month or a year, such as 2030-01-31, 2030-01 or 2030")
    if not _PERIOD.fullmatch(text):
        refuse("S403", _("'{text}' is not a date").format(text=shorten(text)), fix)
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        refuse("S403", _("there is no day {text}").format(text=text), fix)
    return text


def plain_text(value: Any) -> str:
    """Read a text, a number or a formula as the text that it is kept as."""
    return _scalar(value, lambda: _("a text"))


def strange_letter(text: str) -> str:
    """Return the first character that no id may hold, named so that an invisible one can be found; or ''."""
    for letter in text:
        if not (letter.isascii() and (letter.isalnum() or letter == "_")):
            return f"'{letter}' (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}"
    return ""


def matching(pattern: str, wanted: Wanted, example: str, like: Like = "") -> Read:
    """Return how a name of a certain form is read.

    Args:
        pattern: Regular expression that the whole text must match.
        wanted: Returns, in the reader's language, what is expected.
        example: Name of the right form.
        like: What is named.
    """
    compiled = re.compile(pattern)

    def read(value: Any) -> str:
        text = _scalar(value, wanted)
        if compiled.fullmatch(text):
            return text
        message = _("'{text}' is not {wanted}").format(text=shorten(text), wanted=wanted())
        strange = strange_letter(text) if not text.isascii() else ""
        if strange:
            message = _("'{text}' is not {wanted}: it contains {letter}").format(
                text=shorten(text), wanted=wanted(), letter=strange
            )
        sure = _latin(text)
        refuse("S403", message, like_this(example), "", sure if compiled.fullmatch(sure) else "", like)

    kinds = ["string", "number"] if compiled.fullmatch("1") else "string"
    return Read(read, {"type": kinds, "pattern": f"^(?:{pattern})$", "examples": [example]})


def one_of(*words: str) -> Read:
    """Return how one of a few words is read."""

    def read(value: Any) -> str:
        text = _scalar(value, lambda: _("one of: {words}").format(words=_(", ").join(words)))
        if text in words:
            return text
        from game.scenario.names import hint, meant

        message = _("'{text}' is not possible here").format(text=shorten(text))
        refuse("S405", message, hint(text, words), instead=meant(text, words) or "")

    return Read(read, {"type": "string", "enum": list(words)})


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


ONE_OR_LIST: Final = Short(_as_list, {})
"""One value stands for a list of one."""


def _name() -> str:
    return _("an id (small Latin letters, digits and _, a letter first)")


_MEASURE_JSON: Final[JsonSchemaValue] = {"type": ["string", "number"]}

Number: TypeAlias = Annotated[float, number()]
Positive: TypeAlias = Annotated[float, number(above=0.0)]
NotNegative: TypeAlias = Annotated[float, number(least=0.0)]
Chance: TypeAlias = Annotated[float, number(least=0.0, most=1.0)]
"""A number from 0 to 1."""
Share: TypeAlias = Annotated[float, Read(_share, {"type": ["boolean", "number"], "minimum": 0, "maximum": 1})]
"""True (1), false (0) or a number from 0 to 1."""
Pace: TypeAlias = Annotated[float, Read(_pace, {"type": ["number", "string"], "examples": ["11/6"]})]
Count: TypeAlias = Annotated[int, whole(least=0, most=10_000)]
Turn: TypeAlias = Annotated[int, whole(least=1, most=400)]
YesNo: TypeAlias = Annotated[bool, Read(_yes_no, {"type": "boolean"})]
Day: TypeAlias = Annotated[date, Read(_day, {"type": "string", "format": "date"})]
Period: TypeAlias = Annotated[str, Read(_period, {"type": "string", "examples": ["2030-01-31", "2030-01"]})]
"""A day, a month or a year, as written."""
Words: TypeAlias = Annotated[str, Read(plain_text, {"type": "string"})]
"""A text that is the same in every language."""
Text: TypeAlias = Annotated[str, Read(plain_text, {"type": "string"}), Translated()]
"""A text that translations give in their own language."""
Formula: TypeAlias = Annotated[str, Read(plain_text, _MEASURE_JSON)]
"""A number or a formula, kept as text."""
Id: TypeAlias = Annotated[str, matching(ID, _name, "public_trust", "id")]
Link: TypeAlias = Annotated[
    str, matching(rf"{ID}\.{ID}", lambda: _("READING.CLAIM"), "prices.coins_count", "claim")
]
Move: TypeAlias = Annotated[
    str, matching(rf"{ID}(?:\.{ID})?", lambda: _("POLICY, EVENT.OPTION or sign.AGREEMENT"), "subsidy", "move")
]
MoveOrTag: TypeAlias = Annotated[
    str, matching(rf"#{ID}|{ID}(?:\.{ID})?", lambda: _("a move or a #tag"), '"#loud"', "tag")
]
Cause: TypeAlias = Annotated[
    str, matching(rf"#{ID}|{ID}(?:\.{ID})?", lambda: _("something that causes effects"), "storm", "cause")
]
"""`always`, a policy, #tag, event, EVENT.OPTION, agreement or broken.AGREEMENT."""
Cite: TypeAlias = Annotated[
    str, matching(rf"(?:{ID}:)?[0-9]{{1,6}}", lambda: _("the number of a paragraph, or SOURCE:NUMBER"), "19")
]
Moment: TypeAlias = Annotated[
    str,
    matching(
        rf"[0-9]{{1,3}}|{ID}(?:\s*\+\s*[0-9]{{1,3}})?",
        lambda: _("end, the number of a turn, a DATE or DATE+1"),
        "vote+1",
        "moment",
    ),
]
Forced: TypeAlias = Annotated[
    str,
    matching(
        rf"{ID}(?:@(?:[0-9]{{1,3}}|{ID}))?", lambda: _("EVENT, EVENT@TURN or EVENT@DATE"), "storm@4", "forced"
    ),
]
Start: TypeAlias = Annotated[
    str,
    matching(r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,9})?)", lambda: _("a value, or a change such as +30"), "+30"),
]
Fingerprint: TypeAlias = Annotated[
    str, matching(r"[0-9a-f]{64}", lambda: _("64 digits of a SHA-256 fingerprint"), "0" * 64)
]
LanguageCode: TypeAlias = Annotated[str, matching(r"[a-z]{2,3}", lambda: _("the code of a language"), "en")]
Basis: TypeAlias = Annotated[Literal["stated", "inference"], one_of("stated", "inference")]
Better: TypeAlias = Annotated[Literal["high", "low", "none"], one_of("high", "low", "none")]
