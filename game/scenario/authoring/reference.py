"""What is the whole format? Every kind of entry with its keys, written from the schema, with examples that run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from game.locale import _
from game.scenario import schema as models
from game.scenario.authoring.editor_schema import PARTS, Json, editor_schema
from game.scenario.authoring.example import entries
from game.scenario.authoring.formula_words import WORDS
from game.scenario.authoring.other_files import OTHER_FILES
from game.scenario.authoring.refers import KEYS, VALUES
from game.scenario.authoring.splicing import column_of, end_of
from game.scenario.authoring.type_words import type_in_words
from game.scenario.codes import Page, pages
from game.scenario.files import SECTIONS
from game.scenario.places import Node
from game.scenario.schema import Scenario
from game.scenario.schema.walk import is_list, is_text, keys_of, step


@dataclass(frozen=True, slots=True)
class Key:
    """A key that an entry may have.

    Attributes:
        name: The key.
        what: What may stand behind it, in words.
        required: Whether it must be there.
        default: What counts without it; '' if that is nothing.
        about: What it means.
        example: Lines with it; '' if its kind's example says it all.
        kinds: Names of the kinds that stand behind it.
        translated: Whether translations give it in their own language.
    """

    name: str
    what: str
    required: bool
    default: str
    about: str
    example: str
    kinds: tuple[str, ...]
    translated: bool


@dataclass(frozen=True, slots=True)
class KindOfEntry:
    """A kind of entry.

    Attributes:
        name: The name of its model.
        about: What it is.
        where: Where such entries stand.
        keys: What it may say.
        example: Lines of one.
    """

    name: str
    about: str
    where: tuple[str, ...]
    keys: tuple[Key, ...]
    example: str


@dataclass(frozen=True, slots=True)
class FormulaWord:
    """Something that a formula may say."""

    form: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class BesideSections:
    """A kind of file that is no section."""

    path: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The format.

    Attributes:
        kinds: Kinds of entries, a whole scenario first.
        files: Kinds of files that are no sections: variants and translations.
        formulas: What formulas may say.
        codes: Kinds of mistakes that `check` finds.
    """

    kinds: tuple[KindOfEntry, ...]
    files: tuple[BesideSections, ...]
    formulas: tuple[FormulaWord, ...]
    codes: tuple[Page, ...]


def reference() -> Reference:
    """Return the format, in the current language as far as it is translated."""
    parts = editor_schema()
    schemas = {"Scenario": parts, **parts[PARTS]}
    kinds = tuple(_kind(name, schemas[name]) for name in entries())
    files = tuple(BesideSections(file.path, file.meaning(), file.example) for file in OTHER_FILES)
    formulas = tuple(FormulaWord(word.form, word.meaning(), word.example) for word in WORDS)
    return Reference(kinds, files, formulas, tuple(map(_in_words, pages().values())))


def _in_words(page: Page) -> Page:
    """Return a page with its texts in the current language."""
    return replace(page, title=_(page.title), means=_(page.means), matters=_(page.matters))


def _kind(name: str, schema: Json) -> KindOfEntry:
    model: type[BaseModel] = getattr(models, name)
    nodes = [node for node, _path in entries()[name]]
    example = "" if model is Scenario else cut_out(nodes[0])
    keys = tuple(_key(model, key, schema, nodes) for key in keys_of(model))
    where = dict.fromkeys(_where(path) for _node, path in entries()[name])
    return KindOfEntry(name, schema["description"], tuple(where), keys, example)


def _where(path: tuple[str, ...]) -> str:
    """Return in words where an entry stands."""
    if not path:
        return _("scenario.yaml; its sections may stand in files of their own, such as policies.yaml")
    section, rest = path[0].rstrip(":"), " ".join(path[1:])
    if section not in SECTIONS:
        return f"scenario.yaml, {' '.join(path)}"
    if path[:2] == ("readings:", "ID:"):
        file, rest = "readings/ID.yaml", " ".join(path[2:])
    else:
        file = f"{section}.yaml"
    return f"{file}, {rest}" if rest else file


def _key(model: type[BaseModel], key: str, schema: Json, nodes: Sequence[Node]) -> Key:
    field = keys_of(model)[key]
    part = _resolved(schema, schema["properties"][key])
    names = (model.__name__, key)
    hint = step(model, key)
    default = field.default
    return Key(
        name=key,
        what=type_in_words(part, VALUES.get(names), KEYS.get(names)),
        required=field.is_required(),
        default=_default(default) if default is not PydanticUndefined else "",
        about=schema["properties"][key].get("description") or part.get("description", ""),
        example=_key_example(key, nodes, whole=model is Scenario),
        kinds=tuple(_kinds_in(part)),
        translated=is_text(hint) or (is_list(hint) and is_text(step(hint, 0))),
    )


def _resolved(schema: Json, part: Json) -> Json:
    """Return what stands at a key, a section's own part in place of a pointer to it."""
    name = part.get("$ref", "").rpartition("/")[2]
    return schema[PARTS][name] if name in SECTIONS and PARTS in schema else part


def _kinds_in(node: Any) -> Iterator[str]:
    """Yield the names of the kinds of entries that a part of the schema speaks of."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _kinds_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _kinds_in(value)


def _default(value: object) -> str:
    """Return a default as an author would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_default, value))}]" if value else ""
    return value if isinstance(value, str) else ""


def cut_out(node: Node) -> str:
    """Return the lines of a value of the example, with its key if it has one, moved to the left edge."""
    start = node.key[0] if node.key is not None else node.start
    before = column_of(node.source, start)
    first, *rest = node.source.text[start : end_of(node)].splitlines()
    return "\n".join([first, *(line[before:] for line in rest)])


def _key_example(key: str, nodes: Sequence[Node], *, whole: bool) -> str:
    """Return lines with a key, unless the example of its kind has them; of a whole scenario only short ones."""
    for node in nodes:
        child = node.content.get(key) if isinstance(node.content, dict) else None
        if child is not None:
            found = cut_out(child)
            return "" if ("\n" in found if whole else node is nodes[0]) else found
    return ""
