"""What may a translation's file say? It mirrors the ids of a scenario and gives texts alone."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from game.scenario.schema import Scenario
from game.scenario.schema.values import ID
from game.scenario.schema.walk import Hint, hint_of, holds_texts, is_list, is_text, keys_of, model_of, step
from game.scenario.translating import VARIANTS, name_of, only_text

Json: TypeAlias = dict[str, Any]

_TEXT: Final[Json] = {"type": "string"}


def translation_schema(data: object = None) -> Json:
    """Return the schema of a translation.

    Args:
        data: Values of the scenario that is translated, for a schema with its ids and its own texts.
    """
    anything = _of(Scenario, None) or {}
    root = (_of(Scenario, data) if isinstance(data, Mapping) else None) or anything
    variants = {
        "title": "Variants",
        "description": "What a variant says differently, by its name.",
        "type": "object",
        "additionalProperties": anything,
    }
    return {
        **root,
        "title": "Translation",
        "description": "The texts of a scenario in another language, under the same ids.",
        "properties": {**root["properties"], VARIANTS: variants},
    }


def _of(hint: Hint, data: object) -> Json | None:
    """Return the schema of what translations give at a place, None if that is nothing."""
    if not holds_texts(hint):
        return None
    if is_text(hint):
        return dict(_TEXT)
    if is_list(hint):
        return _list(hint, data)
    model = model_of(hint)
    return _entry(hint, data) if model is not None else _group(hint, data)


def _entry(hint: Hint, data: object) -> Json | None:
    model = model_of(hint)
    assert model is not None  # noqa: S101 - seen by the caller
    properties: dict[str, Json] = {}
    for key, field in keys_of(model).items():
        known = data.get(key) if isinstance(data, Mapping) else None
        if data is not None and known is None:
            continue
        inner = _of(hint_of(field), known)
        if inner is not None:
            original = known if isinstance(known, str) and "\n" not in known.strip() else field.description
            properties[key] = {"title": key, "description": original or "", **inner}
    if not properties:
        return None
    group = _object(properties)
    return {"anyOf": [_TEXT, group]} if only_text(hint) and hint is not Scenario else group


def _group(hint: Hint, data: object) -> Json | None:
    if data is None:
        inner = _of(step(hint, "id"), None)
        pattern = {f"^(?:{ID})$": inner}
        return {"type": "object", "patternProperties": pattern, "additionalProperties": False}
    found = data.items() if isinstance(data, Mapping) else ()
    entries = {key: inner for key, value in found if (inner := _of(step(hint, key), value))}
    return _object(entries) if entries else None


def _list(hint: Hint, data: object) -> Json | None:
    items = data if isinstance(data, list) else [data]
    inner = [_of(step(hint, at), item) for at, item in enumerate(items)]
    texts = {"type": "array", "items": _of(step(hint, 0), None)}
    if model_of(step(hint, 0)) is None:
        return {"anyOf": [_TEXT, texts]}
    if data is None:
        return {"anyOf": [{"type": "object", "additionalProperties": inner[0]}, texts]}
    named = {
        name_of(item): found
        for item, found in zip(items, inner, strict=True)
        if found is not None and isinstance(item, Mapping) and name_of(item)
    }
    return {"anyOf": [_object(named), texts]} if named else None


def _object(properties: Mapping[str, Json]) -> Json:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}
