"""Which names does a scenario give its things, as far as its files can be read?

Read from the files' values, not from the schema's models: an editor wants names while a scenario has mistakes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from game.scenario.authoring.refers import Kind

Labels = Mapping[str, str]
"""A text for a person by each name."""

_EVERYBODY: Final = {"all": "every role"}
_OTHERS: Final = {"default": "every role that is not named"}
_DRAW: Final = {"draw": "one reading, drawn by its prior"}
_END: Final = {"end": "after the last turn"}
_ASKED: Final = {"asked": "after the turn of asking", **_END}
_ALWAYS: Final = {"always": "each turn"}


@dataclass(frozen=True)
class Ids:
    """The names of a scenario.

    Attributes:
        of: What each kind of reference may name; a kind that is missing may name anything.
        formula: Names that formulas use, by what they are.
    """

    of: Mapping[Kind, Labels] = field(default_factory=dict)
    formula: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ids_of(data: Any, rules: Mapping[str, str] | None = None) -> Ids:
    """Return the names in a scenario's values.

    Args:
        data: Its values, keys as in `Scenario`; whatever stands there.
        rules: What each of its rules does, by id, if it could be compiled.
    """
    indicators, roles, readings = (_labels(data, name) for name in ("indicators", "roles", "readings"))
    policies, agreements = _labels(data, "policies"), _labels(data, "agreements")
    events, answers = _labels(data, "events"), dict(_answers(data))
    tags = {f"#{name}": text for name, text in _tags(data).items()}
    dates = {name: str(day) for name, day in _group(_group(data).get("calendar"), "dates").items()}
    signatures = {f"sign.{name}": label for name, label in agreements.items()}
    moves = {**policies, **answers, **signatures}
    breaches = {f"broken.{name}": label for name, label in agreements.items()}
    of: dict[Kind, Labels] = {
        "indicator": indicators,
        "role": roles,
        "role_or_all": {**_EVERYBODY, **roles} if roles else {},
        "role_or_default": {**_OTHERS, **roles} if roles else {},
        "event": events,
        "reading": readings,
        "world": {**_DRAW, **readings} if readings else {},
        "date": dates,
        "moment": {**_END, **dates},
        "moment_asked": {**_ASKED, **dates},
        "place": _labels(_group(data).get("map"), "places"),
        "tag": _tags(data),
        "move": moves,
        "move_or_tag": {**moves, **tags} if moves else {},
        "breach": {**policies, **answers, **events, **tags} if policies or events else {},
        "cause": {**_ALWAYS, **policies, **tags, **events, **answers, **agreements, **breaches},
        "rule": rules or {},
        "claim": dict(_claims(data)),
        "forced": events,
    }
    formula = {
        "indicators": tuple(indicators),
        "dates": tuple(dates),
        "events": tuple(events),
        "agreements": tuple(agreements),
        "moves": tuple(moves),
        "blocs": tuple(_blocs(data)),
    }
    return Ids({kind: names for kind, names in of.items() if names}, formula)


def _group(value: Any, key: str | None = None) -> dict[str, Any]:
    found = value if key is None else _group(value).get(key)
    return found if isinstance(found, dict) else {}


def _label(entry: Any, key: str = "label") -> str:
    found = _group(entry).get(key)
    return found if isinstance(found, str) else ""


def _labels(data: Any, section: str) -> dict[str, str]:
    return {name: _label(entry) for name, entry in _group(data, section).items()}


def _answers(data: Any) -> Iterator[tuple[str, str]]:
    for event, entry in _group(data, "events").items():
        for option, answer in _group(_group(entry, "decision"), "options").items():
            yield f"{event}.{option}", f"{_label(entry)}: {_label(answer)}"


def _tags(data: Any) -> dict[str, str]:
    """Return each tag with the names of the policies that carry it."""
    found: dict[str, list[str]] = {}
    for name, policy in _group(data, "policies").items():
        tags = _group(policy).get("tags", ())
        for tag in tags if isinstance(tags, list) else [tags]:
            if isinstance(tag, str):
                found.setdefault(tag, []).append(name)
    return {tag: ", ".join(names) for tag, names in found.items()}


def _claims(data: Any) -> Iterator[tuple[str, str]]:
    for reading, account in _group(data, "readings").items():
        for claim, entry in _group(account, "claims").items():
            yield f"{reading}.{claim}", _label(entry, "says")


def _blocs(data: Any) -> Iterator[str]:
    for contest in _group(data, "contests").values():
        for bloc in _group(contest, "blocs"):
            yield f"seats.{bloc}"
