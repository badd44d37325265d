"""Is the table of what names mean whole, with nothing in it that the schema does not have?"""

from collections.abc import Iterator

from pydantic import BaseModel

from game.scenario import schema
from game.scenario.authoring.refers import KEYS, VALUES
from game.scenario.schema.values import ID

MODELS = [getattr(schema, name) for name in schema.__all__]
NO_NAMES = {
    ("Bloc", "colour"),
    ("Indicator", "better"),  # words of the format
    ("Reading", "colour"),
    ("Scenario", "language"),
    ("Scenario", "pace"),
    ("Situation", "start"),  # numbers
    ("Source", "paragraphs"),
}
"""Keys whose values have a fixed form, but name nothing."""
FREE = {("Scale", "rule")}
"""Keys whose values name something in a free form."""


def parts(model: type[BaseModel]) -> Iterator[tuple[str, dict]]:
    found = model.model_json_schema(by_alias=True)
    yield from found["properties"].items()


def forms(node: object) -> Iterator[str]:
    """Yield the patterns of values, those of other kinds of entries apart."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        for key, value in node.items():
            if key != "propertyNames":
                yield from forms(value)
    elif isinstance(node, list):
        for value in node:
            yield from forms(value)


def groups(node: object) -> Iterator[dict]:
    if isinstance(node, dict):
        if "patternProperties" in node or isinstance(node.get("additionalProperties"), dict):
            yield node
        for key in ("anyOf", "oneOf"):
            for one in node.get(key, ()):
                yield from groups(one)


def all_parts() -> Iterator[tuple[tuple[str, str], dict]]:
    for model in MODELS:
        if isinstance(model, type) and issubclass(model, BaseModel) and model is not schema.Entry:
            for key, field in parts(model):
                yield (model.__name__, key), field


def test_every_name_has_a_meaning() -> None:
    named = {place for place, field in all_parts() if list(forms(field))}
    assert named - NO_NAMES == VALUES.keys() - FREE


def test_every_group_has_a_meaning() -> None:
    assert {place for place, field in all_parts() if list(groups(field))} == KEYS.keys()


def test_ids_are_what_the_editor_thinks_they_are() -> None:
    assert ID == r"[a-z][a-z0-9_]*"
