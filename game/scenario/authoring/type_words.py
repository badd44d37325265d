"""What may stand behind a key? A part of the schema, in words."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from game.locale import _
from game.scenario.authoring.editor_schema import Json, is_formula
from game.scenario.authoring.refers import Kind

_KINDS: Final[Mapping[Kind, Callable[[], str]]] = {
    "indicator": lambda: _("an indicator's id"),
    "role": lambda: _("a role's id"),
    "role_or_all": lambda: _("a role's id, or all"),
    "role_or_default": lambda: _("a role's id, or default"),
    "event": lambda: _("an event's id"),
    "reading": lambda: _("a reading's id"),
    "world": lambda: _("draw, or a reading's id"),
    "date": lambda: _("a date's name"),
    "moment": lambda: _("end, a turn's number, DATE or DATE+1"),
    "moment_asked": lambda: _("asked, end, DATE or DATE+1"),
    "place": lambda: _("a place's id"),
    "tag": lambda: _("a tag, without #"),
    "move": lambda: _("POLICY, EVENT.OPTION or sign.AGREEMENT"),
    "move_or_tag": lambda: _("POLICY, EVENT.OPTION, sign.AGREEMENT or #TAG"),
    "breach": lambda: _("POLICY, EVENT.OPTION, EVENT or #TAG"),
    "cause": lambda: _("always, POLICY, #TAG, EVENT, EVENT.OPTION, AGREEMENT or broken.AGREEMENT"),
    "rule": lambda: _("a rule's id, CAUSE>INDICATOR or CAUSE>ID"),
    "cite": lambda: _("a paragraph's number, or SOURCE:NUMBER"),
    "claim": lambda: _("READING.CLAIM"),
    "forced": lambda: _("EVENT, EVENT@TURN or EVENT@DATE"),
    "option": lambda: _("the id of one of the options"),
    "paragraph": lambda: _("a paragraph's number"),
    "measure": lambda: _("a formula"),
    "own": lambda: _("an id of your own"),
}
_TYPES: Final[Mapping[str, Callable[[], str]]] = {
    "string": lambda: _("text"),
    "number": lambda: _("number"),
    "integer": lambda: _("whole number"),
    "boolean": lambda: _("true or false"),
}


def type_in_words(part: Json, kind: Kind | None, keys: Kind | None) -> str:
    """Return what may stand at a place.

    Args:
        part: The place's part of the schema.
        kind: What a name there means.
        keys: What the names of a group there mean.
    """
    if "$ref" in part:
        return str(part["$ref"].rpartition("/")[2])
    if "anyOf" in part:
        return _choices([type_in_words(choice, kind, keys) for choice in part["anyOf"]], part["anyOf"])
    if "enum" in part:
        return _("one of: {words}").format(words=_(", ").join(map(str, part["enum"])))
    if "const" in part:
        return str(part["const"])
    if part.get("type") == "array":
        return _array(part, kind, keys)
    if part.get("type") == "object" and keys is not None:
        (inner,) = (part.get("patternProperties") or {"": part["additionalProperties"]}).values()
        value = type_in_words(inner, kind, None)
        return _("a group: {key} -> {value}").format(key=_KINDS[keys](), value=value)
    if kind is not None and "pattern" in part:
        return _KINDS[kind]()
    return _scalar(part)


def _choices(words: list[str], choices: list[Json]) -> str:
    """Return several things that may stand at a place; one or a list of it in one phrase."""
    if len(choices) == 2 and choices[1].get("type") == "array" and choices[1].get("items") == choices[0]:
        return _("{one}, or a list of that").format(one=words[0])
    return _(", or ").join(dict.fromkeys(words))


def _array(part: Json, kind: Kind | None, keys: Kind | None) -> str:
    if "prefixItems" in part:
        first = type_in_words(part["prefixItems"][0], kind, keys)
        return _("[A, B], each: {what}").format(what=first)
    words = _("a list of: {what}").format(what=type_in_words(part["items"], kind, keys))
    most = part.get("maxItems")
    return _("{what}, {most} at most").format(what=words, most=most) if most else words


def _scalar(part: Json) -> str:
    types = part.get("type")
    if is_formula(part):
        return _("a formula or a number")
    if part.get("format") == "date":
        return _("a day, as 2030-01-31")
    if part.get("format") == "color-hex":
        return '`"#rrggbb"`'
    if types == "string" and "pattern" in part:
        return _("text of a fixed form")
    names = [types] if isinstance(types, str) else list(types or ["string"])
    words = _(", or ").join(_TYPES[name]() for name in names)
    return words + _limits(part)


def _limits(part: Mapping[str, Any]) -> str:
    low, above, high = part.get("minimum"), part.get("exclusiveMinimum"), part.get("maximum")
    if low is not None and high is not None:
        return _(", {low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
    if low is not None:
        return _(", {low} or more").format(low=f"{low:g}")
    if above is not None:
        return _(", above {low}").format(low=f"{above:g}")
    return _(", {high} at most").format(high=f"{high:g}") if high is not None else ""
