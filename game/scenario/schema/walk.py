"""What does the schema expect at a path of keys? Findings and translations ask."""

from collections.abc import Callable, Iterator
from functools import wraps
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.scenario.schema.values import Translated

Hint: TypeAlias = Any
"""A type annotation."""

_Function = TypeVar("_Function", bound=Callable[..., Any])
_MOST_REMEMBERED: Final = 20_000


def remembered(function: _Function) -> _Function:
    """Let a function whose first argument is an annotation compute each answer once.

    Annotations are few and the same objects throughout: quick to tell apart, and slow to hash.
    """
    known: dict[tuple[object, ...], tuple[Hint, Any]] = {}

    @wraps(function)
    def remembering(hint: Hint, *others: object) -> Any:
        found = known.get((id(hint), *others))
        if found is None:
            if len(known) == _MOST_REMEMBERED:  # keys that authors write are among the arguments
                known.clear()
            # Kept with the annotation, so that its id stays its own.
            found = known[id(hint), *others] = (hint, function(hint, *others))
        return found[1]

    return cast(_Function, remembering)


def _origin(hint: Hint) -> Any:
    return get_origin(hint)


def alternatives(hint: Hint) -> Iterator[Hint]:
    """Yield what an annotation allows besides None, without its metadata."""
    origin = _origin(hint)
    if origin is Annotated:
        yield from alternatives(get_args(hint)[0])
    elif origin in (Union, UnionType):
        for part in get_args(hint):
            yield from alternatives(part)
    elif hint is not NoneType:
        yield hint


@remembered
def model_of(hint: Hint) -> type[BaseModel] | None:
    """Return the model that stands at an annotation, if one does."""
    for part in alternatives(hint):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields by the keys that authors write."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def hint_of(field: FieldInfo) -> Hint:
    """Return a field's whole annotation."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


@remembered
def step(hint: Hint, key: str | int) -> Hint | None:
    """Return the annotation below a key or index, None if nothing may stand there."""
    for part in alternatives(hint):
        origin, args = _origin(part), get_args(part)
        if origin is dict and isinstance(key, str):
            return args[1]
        if origin is tuple and isinstance(key, int):
            return args[0] if len(args) == 2 and args[1] is Ellipsis else args[min(key, len(args) - 1)]
        if isinstance(part, type) and issubclass(part, BaseModel) and isinstance(key, str):
            field = keys_of(part).get(key)
            if field is not None:
                return hint_of(field)
    return None


@remembered
def is_list(hint: Hint) -> bool:
    """Return whether a list stands at an annotation."""
    return any(_origin(part) is tuple for part in alternatives(hint))


@remembered
def length_of(hint: Hint) -> int | None:
    """Return how many values the list at an annotation must have, None where that is not fixed."""
    for part in alternatives(hint):
        if _origin(part) is tuple and Ellipsis not in get_args(part):
            return len(get_args(part))
    return None


@remembered
def is_text(hint: Hint) -> bool:
    """Return whether translations give what stands here."""
    if _origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return any(isinstance(mark, Translated) for mark in marks) or is_text(inner)
    if _origin(hint) in (Union, UnionType):
        return any(is_text(part) for part in get_args(hint))
    return False


@remembered
def holds_texts(hint: Hint) -> bool:
    """Return whether translations give anything at or below an annotation."""
    if is_text(hint):
        return True
    for part in alternatives(hint):
        if isinstance(part, type) and issubclass(part, BaseModel):
            if any(holds_texts(hint_of(field)) for field in part.model_fields.values()):
                return True
        elif any(holds_texts(arg) for arg in get_args(part) if arg is not Ellipsis):
            return True
    return False
