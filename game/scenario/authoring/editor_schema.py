"""What does an editor need to know of the format? One JSON Schema, written from the schema's models.

The schema as such is for `scenario.yaml`; a part of it serves every other file, as `modeline` says. With a
scenario's own ids it also says which names may stand where.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from game.locale import _
from game.scenario import schema as models
from game.scenario.authoring.example import values
from game.scenario.authoring.ids import Ids
from game.scenario.authoring.refers import KEYS, VALUES, Kind
from game.scenario.authoring.text_schema import translation_schema
from game.scenario.files import SECTIONS, stem_of
from game.scenario.library import ROOT
from game.scenario.schema import Scenario
from game.scenario.schema.values import ID
from game.scenario.schema.walk import keys_of

Json: TypeAlias = dict[str, Any]
"""A JSON Schema or a part of one."""

FILE: Final = "schema.json"
"""What the schema is called in a scenario's folder."""
PARTS: Final = "$defs"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_GENERAL: Final = ("public_trust",)
"""The example that every id has; it says nothing at a place of its own."""
_FORMULA: Final = ["string", "number"]
_SCALAR: Final = ("string", _FORMULA)
_WHERE_FOLDERS: Final = {"readings": "Reading", "text": "translation", "variants": "variant"}
_PART_OF_VARIANT: Final = "In"
"""What stands behind the name of a kind as a variant may write it: in part, with null to delete."""


def part_for(path: str) -> str | None:
    """Return which part of the schema serves a file of a scenario; '' for the whole, None for no part."""
    folder, _slash, _name = path.rpartition("/")
    if folder:
        return _WHERE_FOLDERS.get(folder)
    if path == ROOT:
        return ""
    return stem_of(path) if stem_of(path) in SECTIONS else None


def modeline(path: str) -> str:
    """Return the first line by which editors find the schema, for a file inside a scenario's folder."""
    part = part_for(path)
    fragment = f"#/{PARTS}/{part}" if part else ""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{FILE}{fragment}"


def editor_schema(ids: Ids | None = None, data: object = None) -> Json:
    """Return the format as a JSON Schema.

    Args:
        ids: Names of one scenario, for a schema that knows them.
        data: That scenario's values, for its translations.
    """
    whole = Scenario.model_json_schema(by_alias=True)
    kinds: dict[str, Json] = whole.pop(PARTS)
    polisher = _Polisher(ids or Ids())
    parts = {name: polisher.model(name, kind) for name, kind in kinds.items()}
    root = polisher.model("Scenario", whole)
    sections = {name: root["properties"][name] for name in SECTIONS}
    variant = _in_part({**parts, "variant": root})
    for name, section in sections.items():
        kept = {key: section[key] for key in ("title", "description") if key in section}
        root["properties"][name] = {**kept, "$ref": f"#/{PARTS}/{name}"}
    parts |= sections | variant | polisher.names
    parts["translation"] = translation_schema(data)
    root["required"] = ["format", "title"]  # sections may stand in files of their own
    return {"$schema": _DIALECT, **root, PARTS: dict(sorted(parts.items()))}


class _Polisher:
    """Makes of pydantic's schema one that helps an author.

    Attributes:
        names: Lists of names, which many places share.
    """

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.names: dict[str, Json] = {
            f"name_of_{kind}": _names(kind, labels) for kind, labels in ids.of.items()
        }

    def model(self, name: str, kind: Json) -> Json:
        """Return a model's schema."""
        properties = {key: self._field(name, key, field) for key, field in kind["properties"].items()}
        result = {**kind, "properties": properties}
        result["description"] = _(kind.get("description", ""))
        return result

    def _field(self, model: str, key: str, field: Json) -> Json:
        value, own = VALUES.get((model, key), "own"), KEYS.get((model, key), "own")
        result: Json = self._value(field, value, own)
        result["title"] = key.replace("_", " ").capitalize()
        about = keys_of(getattr(models, model))[key].description
        if about is not None:  # pydantic leaves it out where the kind behind the key says the same
            result["description"] = _(about) + self._formula_names(result)
        if not result.get("default"):
            result.pop("default", None)
        if (model, key) in values() and (model, key) not in VALUES.keys() | KEYS.keys():
            result.setdefault("examples", [values()[model, key]])
        return result

    def _value(self, node: Json, value: Kind, keys: Kind) -> Json:
        """Return the schema of a value, names narrowed to those that there are."""
        node = dict(node)
        for word in ("anyOf", "oneOf"):
            if word in node:
                choices = [self._value(one, value, keys) for one in node.pop(word)]
                choices = [one for one in choices if one != {"type": "null"}]
                node |= choices[0] if len(choices) == 1 else {"anyOf": choices}
        for word in ("prefixItems", "items"):
            if isinstance(node.get(word), list):
                node[word] = [self._value(item, value, keys) for item in node[word]]
            elif word in node:
                node[word] = self._value(node[word], value, keys)
        if "patternProperties" in node:
            node = self._keys(node, value, keys)
        if tuple(node.get("examples", ())) == _GENERAL:
            del node["examples"]
        return self._narrowed(node, value) if node.get("type") in _SCALAR else node

    def _keys(self, node: Json, value: Kind, keys: Kind) -> Json:
        node.pop("propertyNames", None)
        node["additionalProperties"] = False
        inner = {form: self._value(one, value, keys) for form, one in node["patternProperties"].items()}
        node["patternProperties"] = inner
        known = self.ids.of.get(keys)
        if known is not None:
            (form,) = inner.values()
            del node["patternProperties"]
            node["properties"] = {name: {**form, "title": label or name} for name, label in known.items()}
        return node

    def _narrowed(self, leaf: Json, kind: Kind) -> Json:
        if kind not in self.ids.of or "enum" in leaf:
            return leaf
        kept: Json = {key: leaf[key] for key in ("title", "description", "default") if key in leaf}
        return {**kept, "$ref": f"#/{PARTS}/name_of_{kind}"}

    def _formula_names(self, field: Json) -> str:
        """Return, for the description of a formula, what it may speak of in this scenario."""
        if not is_formula(field) or not self.ids.formula:
            return ""
        lines = [f"{what}: {', '.join(names)}" for what, names in self.ids.formula.items() if names]
        return "\n\n" + "\n\n".join(lines)


def is_formula(field: Json) -> bool:
    """Return whether a number or a formula is expected."""
    return field.get("type") == _FORMULA and "pattern" not in field


def _names(kind: Kind, labels: Mapping[str, str]) -> Json:
    """Return a list of names; where more may be said, in forms that lead back to them."""
    listed: Json = {"type": "string", "enum": list(labels), "enumDescriptions": list(labels.values())}
    among = "|".join(re.escape(name) for name in labels)
    further: dict[Kind, Callable[[], Json]] = {
        "tag": lambda: {"type": "string", "pattern": f"^(?:{ID})$"},
        "moment": lambda: _moment(among),
        "moment_asked": lambda: _moment(among),
        "forced": lambda: {"type": "string", "pattern": f"^(?:{among})@(?:[0-9]{{1,3}}|{ID})$"},
    }
    return {"anyOf": [listed, further[kind]()]} if kind in further else listed


def _moment(among: str) -> Json:
    pattern = rf"^(?:[0-9]{{1,3}}|(?:{among})\s*\+\s*[0-9]{{1,3}})$"
    return {"type": ["string", "integer"], "pattern": pattern}


def _in_part(kinds: Mapping[str, Json]) -> dict[str, Json]:
    """Return kinds as a variant writes them: nothing is required, and null deletes."""
    renamed = {name: name if name == "variant" else name + _PART_OF_VARIANT for name in kinds}
    refs = {f"#/{PARTS}/{name}": f"#/{PARTS}/{new}" for name, new in renamed.items()}
    result = {}
    for name, kind in kinds.items():
        properties = {key: _or_null(_redirected(field, refs)) for key, field in kind["properties"].items()}
        result[renamed[name]] = {key: value for key, value in kind.items() if key != "required"}
        result[renamed[name]]["properties"] = properties
    return result


def _redirected(node: Any, refs: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_redirected(item, refs) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: _redirected(value, refs) for key, value in node.items() if key != "minProperties"}
    if isinstance(node.get("$ref"), str):
        result["$ref"] = refs.get(node["$ref"], node["$ref"])
    for word in ("properties", "patternProperties"):
        if isinstance(node.get(word), dict):
            result[word] = {key: _or_null(one) for key, one in result[word].items()}
    return result


def _or_null(field: Json) -> Json:
    kept: Json = {key: field[key] for key in ("title", "description") if key in field}
    rest = {key: value for key, value in field.items() if key not in kept}
    choices = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    return {**kept, "anyOf": [*choices, {"type": "null"}]}
